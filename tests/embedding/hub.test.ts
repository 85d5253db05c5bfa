import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { mkdir, readdir, truncate, writeFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { HubModel } from "../../src/config/model.ts";
import type { ModelDownload } from "../../src/embedding/embedder.ts";
import { downloadModel, hubFolder, isDownloaded } from "../../src/embedding/hub.ts";
import { modelSource } from "../../src/embedding/source.ts";
import { loadEmbedder } from "../../src/embedding/transformers.ts";
import { BUNDLED, cosine } from "./model-paths.ts";
import { deadAddress, type Script, scriptedServer } from "./scripted-server.ts";

const scratch = mkdtempSync(join(tmpdir(), "pilcrow-hub-"));
afterAll(() => rmSync(scratch, { recursive: true }));
const COMMIT = "c".repeat(40);
const ID = "acme/tiny-model";
let caches = 0;

function hubModel(endpoint: string, changes: Partial<HubModel> = {}): HubModel {
  return {
    kind: "hub",
    id: ID,
    cache: join(scratch, String(caches++)),
    endpoint,
    ...changes,
  };
}

type Files = Readonly<Record<string, Buffer>>;
const small: Files = {
  "config.json": Buffer.from("{}"),
  "tokenizer.json": Buffer.from('{"version":"1.0"}'),
  "tokenizer_config.json": Buffer.from("{}"),
  "onnx/model_quantized.onnx": Buffer.alloc(300_000, "weights"),
};
const bundled: Files = Object.fromEntries(
  ["config.json", "tokenizer.json", "tokenizer_config.json", "onnx/model.onnx"].map((file) => [
    file,
    readFileSync(join(BUNDLED, file)),
  ]),
);

/** Answers as the hub does, with ranges, versions and the SHA-256 of weights. */
function serve(files: Files, request: IncomingMessage, response: ServerResponse): void {
  const [, revision, file = ""] = /^\/acme\/tiny-model\/resolve\/(\w+)\/(.+)$/.exec(request.url ?? "") ?? [];
  const bytes = files[file];
  if (bytes === undefined || (revision !== "main" && revision !== COMMIT)) {
    response.writeHead(404).end("Entry not found");
    return;
  }
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
  const headers = {
    etag: `"${sha256.slice(0, 40)}"`,
    "x-repo-commit": COMMIT,
    "content-length": bytes.length - start,
    ...(file.endsWith(".onnx") && { "x-linked-etag": `"${sha256}"`, "x-linked-size": bytes.length }),
    ...(start > 0 && { "content-range": `bytes ${start}-${bytes.length - 1}/${bytes.length}` }),
  };
  response.writeHead(start > 0 ? 206 : 200, headers).end(request.method === "HEAD" ? undefined : bytes.subarray(start));
}

const isWeights = (request: IncomingMessage) => request.method === "GET" && request.url?.endsWith(".onnx");

async function download(model: HubModel, signal?: AbortSignal): Promise<ModelDownload[]> {
  const events: ModelDownload[] = [];
  for await (const event of downloadModel(model, signal)) events.push(event);
  return events;
}

const partsOf = async (model: HubModel) =>
  (await readdir(hubFolder(model), { recursive: true }).catch((): string[] => [])).filter((name) =>
    name.endsWith(".part"),
  );

describe("a model of the hub", () => {
  test("is downloaded once, from one commit, tells how far it is, and gives the vectors of its folder", async () => {
    const hub = await scriptedServer((request, response) => serve(bundled, request, response));
    const model = hubModel(hub.url);
    const events: ModelDownload[] = [];
    const source = modelSource(model);
    expect(await source.isHere?.()).toBe(false);
    for await (const event of source.prepare?.() ?? []) events.push(event);
    const weights = events.filter(({ file }) => file === "onnx/model.onnx");
    const size = bundled["onnx/model.onnx"]?.length;
    expect(weights[0]).toEqual({ type: "download", model: ID, file: "onnx/model.onnx", bytes: 0, bytesTotal: size });
    expect(weights.at(-1)).toMatchObject({ bytes: size, bytesTotal: size });
    expect(hub.requests.filter((request) => request.includes("/main/"))).toEqual([
      "HEAD /acme/tiny-model/resolve/main/config.json",
      "GET /acme/tiny-model/resolve/main/config.json",
    ]);
    expect(await source.isHere?.()).toBe(true);

    const before = hub.requests.length;
    const offline = modelSource({ ...model, endpoint: await deadAddress() });
    const [embedder, folder] = await Promise.all([offline.load(), loadEmbedder(BUNDLED)]);
    expect(hub.requests).toHaveLength(before);
    expect([embedder.id, embedder.hash]).toEqual([ID, folder.hash]);
    const [[here], [there]] = await Promise.all([embedder.embed(["Perry"], "query"), folder.embed(["Perry"], "query")]);
    expect(cosine(here, there)).toBeCloseTo(1, 6);
  });

  test("goes on where a connection broke", async () => {
    let breaks = 0;
    const half: Script = (request, response) => {
      if (!isWeights(request) || breaks++ > 0) return serve(small, request, response);
      response.writeHead(200, { "content-length": 300_000 });
      response.write(Buffer.alloc(100_000, "weights"), () => response.destroy());
    };
    const hub = await scriptedServer(half);
    const model = hubModel(hub.url);
    await download(model);
    expect(
      readFileSync(join(hubFolder(model), "onnx/model_quantized.onnx")).equals(
        small["onnx/model_quantized.onnx"] ?? Buffer.of(),
      ),
    ).toBe(true);
    expect(hub.requests.filter((request) => request.includes("bytes="))).toEqual([
      `GET /acme/tiny-model/resolve/${COMMIT}/onnx/model_quantized.onnx bytes=100000-`,
    ]);
    expect(await partsOf(model)).toEqual([]);
  });

  test("that never comes whole is never taken for whole, and the next run goes on", async () => {
    let isBroken = true;
    const hub = await scriptedServer((request, response) => {
      if (!isBroken || !isWeights(request)) return serve(small, request, response);
      if (request.headers.range) return response.destroy();
      response.writeHead(200, { "content-length": 300_000 });
      response.write(Buffer.alloc(299_999, "weights"), () => response.destroy());
    });
    const model = hubModel(hub.url);
    await expect(download(model)).rejects.toMatchObject({
      name: "ModelError",
      code: "model-unreachable",
      message: expect.stringMatching(/tiny-model is not here, and its download broke off \(after 0\.3 of 0\.3 MB\)$/),
      advice: expect.stringContaining("goes on where it stopped"),
    });
    expect(await isDownloaded(model)).toBe(false);
    expect(await readdir(join(hubFolder(model), "onnx"))).toEqual(
      await partsOf(model).then((p) => p.map((n) => n.slice(5))),
    );
    isBroken = false;
    await download(model);
    expect(hub.requests.at(-2)).toMatch(/^GET .*model_quantized\.onnx bytes=299999-$/);
    expect(await isDownloaded(model)).toBe(true);
  });

  test("that arrives with other bytes than announced is thrown away", async () => {
    const hub = await scriptedServer((request, response) =>
      serve(
        isWeights(request) ? { ...small, "onnx/model_quantized.onnx": Buffer.alloc(300_000, "wrong") } : small,
        request,
        response,
      ),
    );
    const model = hubModel(hub.url);
    await expect(download(model)).rejects.toMatchObject({ message: expect.stringContaining("did not arrive as") });
    expect([await isDownloaded(model), await partsOf(model)]).toEqual([false, []]);
  });

  test("is fetched whole from a server that knows no ranges, versions or sizes", async () => {
    let tries = 0;
    const hub = await scriptedServer((request, response) => {
      const file = /resolve\/\w+\/(.+)$/.exec(request.url ?? "")?.[1] ?? "";
      if (small[file] === undefined) return response.writeHead(404).end();
      if (request.method === "HEAD") return response.writeHead(405).end();
      response.writeHead(200);
      if (isWeights(request) && tries++ === 0) return response.write("cut", () => response.destroy());
      response.end(small[file]);
    });
    const model = hubModel(hub.url);
    await download(model);
    expect(readFileSync(join(hubFolder(model), "onnx/model_quantized.onnx"))).toHaveLength(300_000);
  });

  test("what was damaged or is of another process is fetched again", async () => {
    const hub = await scriptedServer((request, response) => serve(small, request, response));
    const model = hubModel(hub.url);
    await mkdir(join(hubFolder(model), "onnx"), { recursive: true });
    // Half a file of a version that is no more, of a process that is no more.
    await writeFile(join(hubFolder(model), "onnx", "model_quantized.onnx.0ld.999999999.part"), "old");
    await download(model);
    expect(await partsOf(model)).toEqual([]);
    await truncate(join(hubFolder(model), "tokenizer.json"), 3);
    expect(await isDownloaded(model)).toBe(false);
    await writeFile(join(hubFolder(model), "pilcrow-download.json"), "{");
    await download(model);
    expect(readFileSync(join(hubFolder(model), "tokenizer.json"), "utf8")).toBe('{"version":"1.0"}');
  });

  test("two who ask at once share one download", async () => {
    const hub = await scriptedServer((request, response) => serve(bundled, request, response));
    const source = modelSource(hubModel(hub.url));
    await Promise.all([source.identity(), source.identity()]);
    expect(hub.requests.filter((request) => /^GET .*model\.onnx/.test(request))).toHaveLength(1);
  });

  test("the token goes to the hub, and not to where it redirects", async () => {
    const store = await scriptedServer((request, response) => serve(small, request, response));
    const hub = await scriptedServer((request, response) => {
      if (!request.url?.endsWith(".onnx")) return serve(small, request, response);
      const location = store.url.replace("127.0.0.1", "localhost") + request.url;
      response.writeHead(302, { location, "x-linked-size": 300_000, "x-linked-etag": '"v1"' }).end();
    });
    const model = hubModel(hub.url, { token: () => "hf_secret" });
    await download(model);
    expect(hub.headers.every(({ authorization }) => authorization === "Bearer hf_secret")).toBe(true);
    expect(store.requests.length).toBeGreaterThan(0);
    expect(store.headers.some(({ authorization }) => authorization !== undefined)).toBe(false);
  });

  test("the hub's own redirects are followed, and name the commit on the way", async () => {
    const hub = await scriptedServer((request, response) => {
      const moved = request.url?.startsWith("/moved") ?? false;
      request.url = request.url?.replace(/^\/moved/, "");
      if (moved) return serve(small, request, response);
      response.writeHead(307, { location: `/moved${request.url}`, "x-repo-commit": COMMIT }).end("Moved");
    });
    const model = hubModel(hub.url);
    await download(model);
    expect(readFileSync(join(hubFolder(model), "tokenizer.json"))).toEqual(small["tokenizer.json"]);
    expect(hub.requests).toContain(`GET /moved/acme/tiny-model/resolve/${COMMIT}/onnx/model_quantized.onnx`);
  });

  test("stops when told to", async () => {
    const controller = new AbortController();
    const hub = await scriptedServer((request, response) => {
      if (!isWeights(request)) return serve(small, request, response);
      response.writeHead(200, { "content-length": 300_000 });
      response.write("weights", () => controller.abort());
    });
    await expect(download(hubModel(hub.url), controller.signal)).rejects.toMatchObject({ name: "AbortError" });
  });
});

const bundledAdvice = /Unset PILCROW_MODEL to use the bundled model.*--model \/path\/to\/tiny-model/;

describe("a model that cannot be had", () => {
  test("without a hub is one clear line that names the bundled model and a folder", async () => {
    const endpoint = await deadAddress();
    await expect(modelSource(hubModel(endpoint)).load()).rejects.toMatchObject({
      code: "model-unreachable",
      message: `The model ${ID} is not here, and ${endpoint.slice(7)} cannot be reached (ECONNREFUSED)`,
      advice: expect.stringMatching(bundledAdvice),
    });
  });

  test.each([
    [404, "model-missing", /has no model acme\/tiny-model \(no config\.json\)/],
    [401, "model-missing", /refuses the model acme\/tiny-model \(401\)/],
    [403, "model-missing", /private or gated/],
    [503, "model-unreachable", /cannot be reached \(it answers 503\)/],
  ])("answered %d", async (status, code, message) => {
    const hub = await scriptedServer((_, response) => response.writeHead(status).end());
    const model = hubModel(hub.url);
    await expect(download(model)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
      advice: expect.stringMatching(bundledAdvice),
    });
    expect(await isDownloaded(model)).toBe(false);
  });

  test("a dtype that is not there is refused with those that are", async () => {
    const files = { ...small, "onnx/model_fp16.onnx": Buffer.from("x") };
    const hub = await scriptedServer((request, response) => serve(files, request, response));
    await expect(download(hubModel(hub.url, { dtype: "q4" }))).rejects.toMatchObject({
      code: "model-missing",
      message: expect.stringMatching(
        /no onnx\/model_q4\.onnx of the model acme\/tiny-model; of the weights there are: fp16, q8$/,
      ),
    });
  });

  test("a cache that cannot be written is said", async () => {
    const hub = await scriptedServer((request, response) => serve(small, request, response));
    await writeFile(join(scratch, "file"), "");
    await expect(download(hubModel(hub.url, { cache: join(scratch, "file") }))).rejects.toMatchObject({
      message: expect.stringMatching(/cannot be written \((ENOTDIR|EEXIST)\)/),
      advice: expect.stringContaining("PILCROW_MODEL_CACHE"),
    });
  });
});
