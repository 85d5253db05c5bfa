import { hostname } from "node:os";
import { describe, expect, it } from "vitest";
import { IndexError, ModelError, RequestError } from "../../src/errors.ts";
import { createServer, type ServerOptions } from "../../src/server.ts";
import { pilcrow, post, problemOf } from "./requests.ts";
import { exchange, serve, webRoot } from "./serve.ts";

/** What a browser gets that says where a request comes from; the fetch of Node sets such headers itself. */
async function got(url: string, path: string, site: string, mode: string): Promise<{ status: number }> {
  const headers = `Sec-Fetch-Site: ${site}\r\nSec-Fetch-Mode: ${mode}\r\nAccept: text/html`;
  const request = `GET ${path} HTTP/1.1\r\nHost: localhost\r\n${headers}\r\nConnection: close\r\n\r\n`;
  return { status: Number((await exchange(url, [request])).slice(9, 12)) };
}

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

  const onNetwork = { webRoot, version: "1", host: "0.0.0.0" };
  const statusUnder = async (name: string, options: Partial<ServerOptions> = {}) => {
    const app = createServer(pilcrow, { ...onNetwork, ...options });
    return (await app.request("/health", { headers: { Host: name } })).status;
  };

  it.each(["192.168.1.5:8787", "[fd00::5]:8787", "localhost", hostname().toUpperCase(), `${hostname()}.local:80`])(
    "on the network it answers under %s",
    async (name) => {
      expect(await statusUnder(name)).toBe(200);
    },
  );

  it.each(["evil.example", "192.168.1.5.evil.example", "1.2.3", "[::1", `${hostname()}.evil.example`, ""])(
    "on the network it does not answer under %s, a name that can be made to point to it",
    async (name) => {
      expect(await statusUnder(name)).toBe(403);
    },
  );

  it.each([
    ["papers.example.org", { allowedHosts: ["papers.example.org"] }],
    ["Papers.example.org:8787", { allowedHosts: ["box", "papers.example.org"], host: "127.0.0.1" }],
    ["papers.example.org", { publicUrl: "https://papers.example.org" }],
    ["papers.example.org:8443", { publicUrl: "https://papers.example.org:8443", host: "127.0.0.1" }],
  ])("a name that was allowed is one of its own: %s, %j", async (name, options) => {
    expect(await statusUnder(name, options)).toBe(200);
    expect(await statusUnder(`x.${name}`, options)).toBe(403);
  });

  it("says which setting allows a name", async () => {
    const app = createServer(pilcrow, onNetwork);
    const response = await app.request("/health", { headers: { Host: "evil.example" } });
    expect(await problemOf(response)).toMatchObject({
      code: "forbidden-host",
      advice: expect.stringMatching(/PILCROW_ALLOWED_HOSTS \(--allowed-hosts\)/),
    });
  });

  const ASKS = ["/ask?q=x&mode=generative", "/search?q=x", "/documents", "/v1/models", "/health"];
  it.each([...ASKS, "/", "/documents/2017-02-07-yun-tillerson-call"])("another origin cannot get %s", async (path) => {
    const { url } = await serve({ ...pilcrow, ask: () => Promise.reject(new Error("it was asked")) });
    const response = await fetch(url + path, { headers: { Origin: "https://evil.example" } });
    expect(response.status).toBe(403);
    expect(await response.text()).toContain('"code":"forbidden-origin"');
  });

  it.each(ASKS.flatMap((path) => ["cross-site", "same-site"].map((site) => [site, path] as const)))(
    "a page of another site (%s) cannot have a browser get %s, as a picture or as a link",
    async (site, path) => {
      const { url } = await serve({ ...pilcrow, ask: () => Promise.reject(new Error("it was asked")) });
      for (const mode of ["no-cors", "cors", "navigate"]) {
        expect((await got(url, path, site, mode)).status).toBe(403);
      }
    },
  );

  it.each(["/", "/?q=x", "/reference", "/documents/2017-02-07-yun-tillerson-call"])(
    "a link of another site leads to %s, and no script of it does",
    async (path) => {
      const { url } = await serve(pilcrow);
      for (const site of ["cross-site", "same-site"]) {
        expect((await got(url, path, site, "navigate")).status).toBe(200);
        expect((await got(url, path, site, "no-cors")).status).toBe(403);
      }
    },
  );

  it.each(["none", "same-origin"])("a browser's address bar and its own page can ask: %s", async (site) => {
    const { url } = await serve(pilcrow);
    for (const mode of ["navigate", "cors"]) expect((await got(url, "/ask?q=x", site, mode)).status).toBe(200);
  });

  it.each(["https://evil.example", "null", "http://localhost:1", "file://"])("%s cannot post", async (origin) => {
    const { url } = await serve(pilcrow);
    const response = await post(url, { question: "x" }, { Origin: origin });
    expect(response.status).toBe(403);
    expect(await problemOf(response)).toMatchObject({ code: "forbidden-origin" });
  });

  it("its own page can, also behind a proxy that speaks to it under another name", async () => {
    const { url } = await serve(pilcrow, webRoot, { publicUrl: "https://papers.example.org" });
    expect((await post(url, { question: "x" }, { Origin: url })).status).toBe(200);
    const own = { Origin: "https://papers.example.org" };
    expect((await post(url, { question: "x" }, own)).status).toBe(200);
    expect((await post(url, { question: "x" }, { Origin: "http://papers.example.org" })).status).toBe(403);
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
