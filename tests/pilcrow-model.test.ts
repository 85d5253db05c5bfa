import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { ModelSettings } from "../src/config/model.ts";
import type { Settings } from "../src/config.ts";
import { createPilcrow } from "../src/pilcrow.ts";
import { BUNDLED } from "./embedding/model-paths.ts";
import { deadAddress, scriptedServer } from "./embedding/scripted-server.ts";
import { folderOf } from "./make-index.ts";

/** Two notes, an index of their own, and a model as a TypeScript caller writes it down. */
async function setUp(): Promise<(model: ModelSettings) => Settings> {
  const corpus = await folderOf({
    "trees.txt": "Trees\n\nThe club will plant forty lime trees along the canal.\n",
    "boats.txt": "Boats\n\nThe harbour master counted nine boats in May.\n",
  });
  const index = await folderOf({});
  const rest = {
    exampleCorpus: false,
    llm: null,
    host: "127.0.0.1",
    port: 0,
    allowedHosts: [],
    publicUrl: null,
    maxFileBytes: 1e6,
  };
  return (model) => ({ corpus, index, model, ...rest });
}

async function indexed(settings: Settings) {
  const pilcrow = createPilcrow(settings);
  const events = [];
  for await (const event of pilcrow.index()) events.push(event);
  return { pilcrow, events };
}

const first = async (pilcrow: ReturnType<typeof createPilcrow>) =>
  (await pilcrow.search({ question: "how many lime trees?", limit: 1 }))[0];

test("a model of the hub, then the same from its folder; not with another prefix of passages", async () => {
  const hub = await scriptedServer((request, response) => {
    const file = /^\/acme\/tiny\/resolve\/main\/(.+)$/.exec(request.url ?? "")?.[1] ?? "";
    if (!["config.json", "tokenizer.json", "tokenizer_config.json", "onnx/model.onnx"].includes(file)) {
      return response.writeHead(404).end();
    }
    const bytes = readFileSync(join(BUNDLED, file));
    response.writeHead(200, { "content-length": bytes.length });
    response.end(request.method === "HEAD" ? undefined : bytes);
  });
  const settings = await setUp();
  const model = { kind: "hub", id: "acme/tiny", cache: await folderOf({}), endpoint: hub.url } as const;
  const { pilcrow, events } = await indexed(settings(model));
  expect(events[0]).toMatchObject({ type: "download", model: "acme/tiny", file: "config.json", bytes: 0 });
  expect(await first(pilcrow)).toMatchObject({ path: "trees.txt" });
  expect((await pilcrow.status()).embedder).toBe("acme/tiny");

  const asked = hub.requests.length;
  const offline = createPilcrow(settings({ ...model, endpoint: await deadAddress() }));
  expect(await first(offline)).toMatchObject({ path: "trees.txt" });
  for await (const event of offline.prepare()) throw new Error(`${event.file} was fetched again`);
  expect(hub.requests).toHaveLength(asked);

  const folder = { kind: "folder", path: BUNDLED } as const;
  expect(await first(createPilcrow(settings(folder)))).toMatchObject({ path: "trees.txt" });
  // No vector of the index depends on it.
  const asking = { ...folder, prefixes: { query: "query: " } };
  expect(await first(createPilcrow(settings(asking)))).toMatchObject({ path: "trees.txt" });
  const prefixes = { query: "query: ", passage: "passage: " };
  await expect(first(createPilcrow(settings({ ...folder, prefixes })))).rejects.toMatchObject({
    code: "index-mismatch",
    message: expect.stringMatching(
      /acme\/tiny \(\w+\), .* pilcrow-static \(\w+\): passage prefix "" there, "passage: " here$/,
    ),
    advice: expect.stringContaining("pilcrow index --rebuild"),
  });
});

test("an embeddings endpoint, which is told all texts; not after it gives longer vectors", async () => {
  let dimension = 8;
  const texts: string[] = [];
  const server = await scriptedServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const { input }: { input: string[] } = JSON.parse(body);
    texts.push(...input);
    // One direction for each of the words that matter, and one for all others.
    const vector = (text: string) =>
      Array.from({ length: dimension }, (_, i) => (i === 0 || text.includes(["", "trees", "boats"][i] ?? "-") ? 1 : 0));
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ data: input.map((text) => ({ embedding: vector(text) })) }));
  });
  const settings = await setUp();
  const model = { kind: "endpoint", id: "tiny", baseUrl: `${server.url}/v1` } as const;
  const { pilcrow } = await indexed(settings(model));
  expect(texts.some((text) => text.includes("forty lime trees"))).toBe(true);
  expect(await first(pilcrow)).toMatchObject({ path: "trees.txt" });
  expect((await pilcrow.ask({ question: "How many lime trees will the club plant?" })).answer).toContain("forty");
  dimension = 9;
  await expect(first(createPilcrow(settings(model)))).rejects.toMatchObject({
    code: "index-mismatch",
    message: expect.stringMatching(/: dimension 8 there, 9 here$/),
  });
});
