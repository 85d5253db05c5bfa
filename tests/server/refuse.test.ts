import { describe, expect, it } from "vitest";
import { IndexError, ModelError, RequestError } from "../../src/errors.ts";
import { createServer } from "../../src/server.ts";
import { pilcrow, post, problemOf } from "./requests.ts";
import { exchange, serve, webRoot } from "./serve.ts";

describe("pages of other sites", () => {
  it.each(["evil.example", "localhost.evil.example", "127.0.0.1.evil.example:80", "[::2]", "0.0.0.0:8787"])(
    "cannot reach it under the name %s",
    async (host) => {
      const { url } = await serve(pilcrow);
      const received = await exchange(url, [`GET /documents HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`]);
      expect(received).toMatch(/^HTTP\/1\.1 403 [\s\S]*"forbidden-host"/);
    },
  );

  it.each(["localhost", "127.0.0.1:99", "[::1]:8787"])("this machine is %s", async (host) => {
    const { url } = await serve(pilcrow);
    const received = await exchange(url, [`GET /documents HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`]);
    expect(received).toMatch(/^HTTP\/1\.1 200 /);
  });

  it("any name will do on an address of the network", async () => {
    const app = createServer(pilcrow, { webRoot, version: "1", host: "0.0.0.0" });
    expect((await app.request("/health", { headers: { Host: "pilcrow.example" } })).status).toBe(200);
  });

  it.each(["https://evil.example", "null", "http://localhost:1", "file://"])("%s cannot post", async (origin) => {
    const { url } = await serve(pilcrow);
    const response = await post(url, { question: "x" }, { Origin: origin });
    expect(response.status).toBe(403);
    expect(await problemOf(response)).toMatchObject({ code: "forbidden-origin" });
  });

  it("its own page can", async () => {
    const { url } = await serve(pilcrow);
    expect((await post(url, { question: "x" }, { Origin: url })).status).toBe(200);
  });

  it("cannot frame it, run in it or read from it", async () => {
    const { url } = await serve(pilcrow);
    const { headers } = await fetch(url);
    expect(headers.get("Content-Security-Policy")).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; " +
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
    );
    expect(headers.get("Cross-Origin-Resource-Policy")).toBe("same-origin");
    expect(headers.get("Referrer-Policy")).toBe("no-referrer");
    expect(headers.get("Access-Control-Allow-Origin")).toBeNull();
  });
});

describe("errors of the layers below", () => {
  const secret = "/home/somebody/private";
  it.each([
    [
      new IndexError("index-missing", `No index in ${secret}`, `Run pilcrow index --index ${secret}`),
      503,
      "pilcrow index",
    ],
    [new IndexError("index-damaged", `${secret}/manifest is cut off`), 503, "pilcrow index` with"],
    [new IndexError("index-mismatch", `${secret}: made by another model`), 503, "--rebuild"],
    [new ModelError("model-missing", `No model in ${secret}`), 503, "pilcrow doctor"],
    [new RequestError("documents.0", "a known id", 'There is no document "x".'), 400, "a known id"],
  ])("%s: no path, and what to do", async (error, status, advice) => {
    const { url, lines } = await serve({ ...pilcrow, ask: () => Promise.reject(error) });
    const response = await post(url, { question: "x" });
    expect(response.status).toBe(status);
    const problem = JSON.stringify(await problemOf(response));
    expect(problem).toContain(`"code":"${error.code}"`);
    expect(problem).toContain(advice);
    expect(problem).not.toContain(secret);
    expect(lines.join()).toBe(status === 503 ? `POST /ask: ${error.code}: ${error.message}` : "");
  });

  it.each([new Error(`ENOENT ${secret}`), "a thrown text"])(
    "%s is internal, and its stack is for the log",
    async (error) => {
      const { url, lines } = await serve({ ...pilcrow, ask: () => Promise.reject(error) });
      const response = await post(url, { question: "x" });
      expect(response.status).toBe(500);
      const problem = await problemOf(response);
      expect(problem).toMatchObject({ code: "internal" });
      expect(JSON.stringify(problem)).not.toMatch(/ENOENT|private|thrown|\bat /);
      expect(lines).toHaveLength(error instanceof Error ? 1 : 0);
    },
  );
});
