import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterAll, expect, test } from "vitest";
import { modelName, textsSent } from "../../src/config/model.ts";
import type { SettingFlags } from "../../src/config/settings-table.ts";
import { parseSettings } from "../../src/config.ts";

const here = mkdtempSync(join(tmpdir(), "pilcrow-model-setting-"));
mkdirSync(join(here, "models"));
mkdirSync(join(here, "Xenova", "all-MiniLM-L6-v2"), { recursive: true });
mkdirSync(join(here, "e5-small-v2"));
afterAll(() => rmSync(here, { recursive: true }));

const modelOf = (flags: SettingFlags, env: Record<string, string> = {}, cwd = here) =>
  parseSettings(flags, { HOME: "/home/ann", ...env }, cwd, "/pkg").model;

test.each([
  ["./x", { kind: "folder", path: join(here, "x") }],
  ["../x/y", { kind: "folder", path: join(here, "..", "x", "y") }],
  ["/x", { kind: "folder", path: "/x" }],
  ["~/x", { kind: "folder", path: "/home/ann/x" }],
  // Folders that are there win over the hub's ids.
  ["Xenova/all-MiniLM-L6-v2", { kind: "folder", path: join(here, "Xenova", "all-MiniLM-L6-v2") }],
  ["e5-small-v2", { kind: "folder", path: join(here, "e5-small-v2") }],
  // A name mistyped below a folder that is there is not sent to anybody.
  ["models/mine", { kind: "folder", path: join(here, "models", "mine") }],
  ["a/b/c", { kind: "folder", path: join(here, "a/b/c") }],
  ["unheard-of", { kind: "folder", path: join(here, "unheard-of") }],
  ["nomic-ai/nomic-embed-text-v1.5", { kind: "hub", id: "nomic-ai/nomic-embed-text-v1.5" }],
  ["bge-small-en-v1.5", { kind: "hub", id: "Xenova/bge-small-en-v1.5" }],
  ["nomic-embed-text-v1.5", { kind: "hub", id: "nomic-ai/nomic-embed-text-v1.5" }],
])("the model %s", (model, expected) => {
  expect(modelOf({ model })).toMatchObject(expected);
});

test("a model of the hub is kept in the cache and comes from the hub or its mirror", () => {
  const model = "intfloat/e5-small-v2";
  expect(modelOf({ model })).toMatchObject({
    cache: "/home/ann/.cache/pilcrow/models",
    endpoint: "https://huggingface.co",
  });
  const env = { XDG_CACHE_HOME: "/c", HF_ENDPOINT: "http://mirror.example/" };
  expect(modelOf({ model }, env)).toMatchObject({ cache: "/c/pilcrow/models", endpoint: "http://mirror.example" });
  expect(modelOf({ model }, { ...env, PILCROW_MODEL_CACHE: "m" })).toMatchObject({ cache: join(here, "m") });
});

test("an endpoint is asked where its address says, and its key is not seen in print", () => {
  const env = { PILCROW_MODEL_BASE_URL: "http://localhost:11434/v1/", PILCROW_MODEL_API_KEY: "sk-secret" };
  const model = modelOf({ model: "openai-compatible:nomic-embed-text:latest" }, env);
  expect(model).toMatchObject({
    kind: "endpoint",
    id: "nomic-embed-text:latest",
    baseUrl: "http://localhost:11434/v1",
  });
  expect(model.kind === "endpoint" && model.apiKey?.()).toBe("sk-secret");
  expect(`${inspect(model)} ${JSON.stringify(model)}`).not.toContain("secret");
  expect(modelName(model)).toBe("openai-compatible:nomic-embed-text:latest");
  expect(textsSent(model)).toContain("sent to localhost:11434,");
  expect(textsSent(modelOf({ model: "./x" }))).toBeNull();
});

test("prefixes keep their blanks, and a word switches them off", () => {
  const prefixes = (env: Record<string, string>) => modelOf({}, env).prefixes;
  expect(prefixes({ PILCROW_QUERY_PREFIX: "query: ", PILCROW_PASSAGE_PREFIX: "none" })).toEqual({
    query: "query: ",
    passage: "",
  });
  expect(prefixes({ PILCROW_QUERY_PREFIX: "" })).toEqual({});
});

test("dtype auto is no choice", () => {
  expect(modelOf({ "model-dtype": "auto" })).toHaveProperty("dtype", undefined);
  expect(modelOf({ "model-dtype": "q8", "model-pooling": "cls" })).toMatchObject({ dtype: "q8", pooling: "cls" });
});

test.each<[SettingFlags, Record<string, string>, RegExp]>([
  [{ model: "openai-compatible:x" }, {}, /needs the address of its endpoint/],
  [{ model: "openai-compatible:" }, {}, /needs the name of a model/],
  [{ model: "openai:text-embedding-3-small" }, {}, /takes a folder, an id of the hub or openai-compatible:MODEL/],
  [{ model: "openai-compatible:x", "model-base-url": "localhost:80" }, {}, /takes an address/],
  [{ model: "openai-compatible:x", "model-base-url": "http://ann:hidden@h/v1" }, {}, /an address with a user name/],
  [
    { model: "openai-compatible:x", "model-base-url": "https://h/v1?api-key=hidden" },
    {},
    /_BASE_URL is an address with a query \(after \?\), but/,
  ],
  [{ model: "openai-compatible:x", "model-base-url": "h/v1?key=hidden#hidden" }, {}, /a query .* and a part after #/],
  [{ model: "intfloat/e5-small-v2" }, { HF_ENDPOINT: "https://h/#hidden" }, /^HF_ENDPOINT is an address with a part/],
  [{ model: "intfloat/e5-small-v2" }, { HF_ENDPOINT: "ann:hidden@h" }, /^HF_ENDPOINT is an address with a user name/],
  [
    { model: "openai-compatible:x", "model-base-url": "http://h/v1", "model-pooling": "cls" },
    {},
    /POOLING has a meaning/,
  ],
  [{ model: "openai-compatible:x", "model-base-url": "http://h/v1", "model-dtype": "q8" }, {}, /DTYPE has a meaning/],
  [{ "model-base-url": "http://h/v1" }, {}, /needs a model/],
  [{ "model-pooling": "max" }, {}, /^--model-pooling is "max", but it takes mean, cls, last$/],
  [{}, { PILCROW_MODEL_DTYPE: "q3" }, /^PILCROW_MODEL_DTYPE is "q3", but it takes auto, fp32/],
  [{ model: "intfloat/e5-small-v2" }, { HF_ENDPOINT: "mirror" }, /^HF_ENDPOINT is "mirror"/],
])("%j %j is refused", (flags, env, said) => {
  expect(() => modelOf(flags, env)).toThrow(said);
  expect(() => modelOf(flags, env)).not.toThrow(/hidden/);
});
