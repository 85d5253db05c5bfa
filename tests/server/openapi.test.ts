import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { createServer } from "../../src/server.ts";
import { at, document, entries, faults, isObject, type Json, operations, within } from "./openapi-document.ts";
import { OPENAPI } from "./openapi-rules.ts";
import { pilcrow } from "./requests.ts";

/** What a page is made of, which no program asks for. */
const OF_THE_PAGE = /^\/(?:reference)?(?:\.js|\.css)?$|^\/pilcrow\.(?:js|css)$/;
const isSchema = (path: readonly string[]) =>
  (path[0] === "components" && path[1] === "schemas" && path.length === 3) || path.at(-1) === "schema";

const app = createServer(pilcrow, { webRoot: "", version: "1.2.3", host: "127.0.0.1" });
const headers = { Host: "localhost" };

describe("/openapi.json", () => {
  it("is given by the server, again and again", async () => {
    for (const _ of ["first", "second"]) {
      const response = await app.request("/openapi.json", { headers });
      expect(response.headers.get("Content-Type")).toBe("application/json");
      expect(await response.json()).toEqual(document);
    }
    expect((await app.request("/openapi.json", { method: "POST", headers })).status).toBe(405);
  });

  it("keeps to the rules of OpenAPI 3.1", () => {
    const validate = new Ajv2020({ strict: false, allErrors: true }).compile(OPENAPI);
    validate(document);
    expect(validate.errors ?? []).toEqual([]);
  });

  it("breaks them where an operation says nothing of its answers, or an optional path parameter", () => {
    const validate = new Ajv2020({ strict: false }).compile(OPENAPI);
    const withPath = (operation: Json) => ({ ...document, paths: { "/x": { get: operation } } });
    const good = { operationId: "ask", summary: "x", tags: ["x"], responses: { 200: { description: "x" } } };
    expect(validate(withPath(good))).toBe(true);
    const { responses: _, ...silent } = good;
    expect(validate(withPath(silent))).toBe(false);
    const parameter = { name: "x", in: "path", description: "x", schema: {} };
    expect(validate(withPath({ ...good, parameters: [parameter] }))).toBe(false);
    expect(validate(withPath({ ...good, parameters: [{ ...parameter, required: true }] }))).toBe(true);
    expect(validate(withPath({ ...good, responses: { 200: { description: "x", schema: {} } } }))).toBe(false);
  });

  it("describes every route of the server, and no other", () => {
    const served = app.routes
      .filter(({ method, path }) => method !== "ALL" && !OF_THE_PAGE.test(path))
      .map(({ method, path }) => `${method.toLowerCase()} ${path.replace(/:(\w+)/g, "{$1}")}`);
    expect(operations.map(({ id }) => id).sort()).toEqual([...new Set(served)].sort());
  });

  it("has an id for each operation and only tags that it explains", () => {
    const ids = operations.map(({ operation }) => at(operation, "operationId"));
    expect(new Set(ids).size).toBe(operations.length);
    const tags = Array.isArray(document.tags) ? document.tags.map((tag: Json) => at(tag, "name")) : [];
    const used = operations.flatMap(({ operation }) => at(operation, "tags") ?? []);
    expect(new Set(used)).toEqual(new Set(tags));
  });

  it("has the parameters that its paths name", () => {
    for (const { path, operation } of operations) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const parameters = at(operation, "parameters");
      const described = (Array.isArray(parameters) ? parameters : [])
        .filter((one: Json) => at(one, "in") === "path")
        .map((one: Json) => at(one, "name"));
      expect(described).toEqual(named);
    }
  });

  it("refers to nothing that is not there, and holds nothing that is not referred to", () => {
    const references = [...within(document)].flatMap(([path, value]) =>
      path.at(-1) === "$ref" && typeof value === "string" ? [value] : [],
    );
    expect(references.length).toBeGreaterThan(50);
    const lost = references.filter((one) => at(document, ...one.replace("#/", "").split("/")) === undefined);
    expect(lost).toEqual([]);
    for (const kind of ["schemas", "responses"]) {
      const unused = entries(at(document, "components", kind))
        .map(([name]) => `#/components/${kind}/${name}`)
        .filter((one) => !references.includes(one));
      expect(unused).toEqual([]);
    }
  });

  it("has schemas of JSON Schema 2020-12, without the words of older ones", () => {
    const paths = [...within(document)].filter(([path, value]) => isSchema(path) && isObject(value));
    expect(paths.length).toBeGreaterThan(40);
    // Compiling in strict mode refuses a word that is no part of it, and what cannot be meant.
    for (const [path] of paths) expect(() => faults(path, null), path.join("/")).not.toThrow();
    const older = [...within(document)].filter(
      ([path, value]) => path.at(-1) === "nullable" || (path.at(-1) === "exclusiveMinimum" && value === true),
    );
    expect(older).toEqual([]);
  });

  it("says of every parameter what it is", () => {
    const silent = [...within(document)].flatMap(([path, value]) =>
      path.at(-2) === "parameters" && isObject(value) && at(value, "description") === undefined ? [path.join("/")] : [],
    );
    expect(silent).toEqual([]);
  });

  it("has examples that are valid by their schema", () => {
    let count = 0;
    for (const [path, value] of within(document)) {
      if (!isObject(value)) continue;
      const schema = [...path, "schema"];
      const examples = entries(value.examples).map(([, example]) => at(example, "value"));
      const all =
        at(value, "schema") === undefined ? [] : [...examples, ...("example" in value ? [value.example] : [])];
      for (const example of all) expect(faults(schema, example)).toEqual([]);
      const own = isSchema(path) || path.at(-2) === "properties" ? value.examples : [];
      for (const example of Array.isArray(own) ? own : []) expect(faults(path, example)).toEqual([]);
      count += all.length + (Array.isArray(own) ? own.length : 0);
    }
    expect(count).toBeGreaterThan(20);
  });

  it("describes every failure: as a problem, and below /v1 as clients there expect it", () => {
    for (const { id, path, operation } of operations) {
      const failures = entries(at(operation, "responses")).filter(([status]) => Number(status) >= 400);
      expect(failures.length, id).toBeGreaterThan(2);
      for (const [status, response] of failures) {
        // The protocol of /mcp says some of them itself, and takes larger bodies.
        if (path === "/mcp" && ["400", "406", "413"].includes(status)) continue;
        const found = path.startsWith("/v1/") ? /responses\/Chat/ : /responses\/(?!Chat)/;
        expect(at(response, "$ref"), `${id} ${status}`).toMatch(found);
      }
    }
  });
});
