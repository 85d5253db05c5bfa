import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { expect, test } from "vitest";
import { z } from "zod";
import type { EndpointModel } from "../../src/config/model.ts";
import { endpointSource } from "../../src/embedding/openai-compatible.ts";
import { ModelError } from "../../src/errors.ts";
import { cosine } from "./model-paths.ts";
import { deadAddress, scriptedServer } from "./scripted-server.ts";

const KEY = "sk-very-secret-key";
const Body = z.object({ model: z.string(), input: z.array(z.string()) });

function endpointModel(url: string, changes: Partial<EndpointModel> = {}): EndpointModel {
  return { kind: "endpoint", id: "tiny", baseUrl: `${url}/v1`, apiKey: () => KEY, ...changes };
}

async function inputOf(request: IncomingMessage): Promise<z.infer<typeof Body>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Body.parse(JSON.parse(Buffer.concat(chunks).toString("utf8")));
}

/** Three numbers that a text decides. */
function vectorOf(text: string): number[] {
  return [...createHash("sha256").update(text).digest().subarray(0, 3)].map((byte) => byte - 127.5);
}

function send(response: ServerResponse, vectors: readonly unknown[]): void {
  const data = vectors.map((embedding, index) => ({ object: "embedding", index, embedding }));
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify({ object: "list", data, model: "tiny", usage: { prompt_tokens: 1, total_tokens: 1 } }));
}

/** A server that answers rightly, and keeps what it was sent. */
async function goodServer() {
  const inputs: string[][] = [];
  const server = await scriptedServer(async (request, response) => {
    const { input } = await inputOf(request);
    inputs.push(input);
    send(response, input.map(vectorOf));
  });
  return { ...server, inputs };
}

const unit = (text: string) => {
  const vector = vectorOf(text);
  return Float32Array.from(vector, (value) => value / Math.hypot(...vector));
};

test("texts become unit vectors, in order, behind their prefixes, with the key in the header", async () => {
  const { url, inputs, requests, headers } = await goodServer();
  const prefixes = { query: "q: ", passage: "" };
  const embedder = await endpointSource(endpointModel(url, { prefixes })).load();
  expect([embedder.id, embedder.dimension]).toEqual(["openai-compatible:tiny", 3]);
  const texts = Array.from({ length: 70 }, (_, i) => `text ${i}`);
  const vectors = await embedder.embed(texts, "passage");
  expect(vectors).toHaveLength(70);
  for (const [i, vector] of vectors.entries()) expect(cosine(vector, unit(`text ${i}`))).toBeCloseTo(1, 5);
  const [question] = await embedder.embed(["why?"], "query");
  expect(cosine(question, unit("q: why?"))).toBeCloseTo(1, 5);
  expect(inputs.every((input) => input.length <= 32)).toBe(true);
  expect(requests.every((request) => request === "POST /v1/embeddings")).toBe(true);
  expect(headers.every(({ authorization }) => authorization === `Bearer ${KEY}`)).toBe(true);
  expect(await embedder.embed([], "query")).toEqual([]);
});

test("known prefixes are taken by the model's name, and a setting switches them off", async () => {
  const { url, inputs } = await goodServer();
  const named = { id: "nomic-embed-text-v1.5" };
  const known = endpointSource(endpointModel(url, named));
  await (await known.load()).embed(["a b"], "query");
  expect(inputs.at(-1)).toEqual(["search_query: a b"]);
  const off = endpointSource(endpointModel(url, { ...named, prefixes: { query: "", passage: "" } }));
  await (await off.load()).embed(["a b"], "query");
  expect(inputs.at(-1)).toEqual(["a b"]);
  expect((await known.identity()).hash).not.toBe((await off.identity()).hash);
});

test("a long text is sent in pieces, to its end, and averaged by length", async () => {
  const { url, inputs } = await goodServer();
  const embedder = await endpointSource(endpointModel(url)).load();
  const text = "핵우산 nuclear umbrella. ".repeat(200);
  const [vector] = await embedder.embed([text], "passage");
  const pieces = inputs.slice(1).flat();
  expect(pieces.join("")).toBe(text);
  expect(pieces.every((piece) => Buffer.byteLength(piece) <= 1200)).toBe(true);
  const sum = new Float32Array(3);
  for (const piece of pieces)
    unit(piece).forEach((value, i) => {
      sum[i] = (sum[i] ?? 0) + value * Buffer.byteLength(piece);
    });
  expect(cosine(vector, sum) / Math.hypot(...sum)).toBeCloseTo(1, 5);
});

test.each([429, 500, 503])("an answer %d is tried again", async (status) => {
  const server = await scriptedServer(async (request, response, count) => {
    const { input } = await inputOf(request);
    if (count < 2) return response.writeHead(status, { "retry-after-ms": "1" }).end("{}");
    send(response, input.map(vectorOf));
  });
  expect((await endpointSource(endpointModel(server.url)).load()).dimension).toBe(3);
  expect(server.requests).toHaveLength(3);
});

type Answer = (response: ServerResponse, input: readonly string[]) => unknown;
const json = (response: ServerResponse, status: number, body: string) =>
  response.writeHead(status, { "content-type": "application/json", "retry-after-ms": "1" }).end(body);

test.each<[string, Answer, RegExp]>([
  [
    "401, telling the key",
    (r) => json(r, 401, `{"error":{"message":"Incorrect API key: ${KEY}"}}`),
    /answers 401 \(Incorrect API key: \[key\]\)$/,
  ],
  ["404 as a page", (r) => r.writeHead(404).end("<html>"), /answers 404/],
  ["500 for ever", (r) => json(r, 500, '{"error":{"message":"boom"}}'), /answers 500 \(boom\)$/],
  ["fewer vectors than texts", (r, input) => send(r, input.slice(1).map(vectorOf)), /sent 2 vectors for 3 texts$/],
  [
    "another dimension",
    (r, input) =>
      send(
        r,
        input.map(() => [1, 2]),
      ),
    /vector of 2 numbers after one of 3$/,
  ],
  [
    "dimensions that differ",
    (r) =>
      send(r, [
        [1, 2, 3],
        [1, 2],
        [1, 2, 3],
      ]),
    /vector of 2 numbers after one of 3$/,
  ],
  ["NaN", (r) => json(r, 200, '{"data":[{"embedding":[NaN,1,2]}]}'), /not a list of vectors in JSON$/],
  [
    "null for a number",
    (r, input) =>
      send(
        r,
        input.map(() => [null, 1, 2]),
      ),
    /not a list of vectors in JSON$/,
  ],
  [
    "numbers out of range",
    (r, input) =>
      json(r, 200, JSON.stringify({ data: input.map(() => ({ embedding: [1, 2, 3] })) }).replaceAll("3", "1e300")),
    /no direction/,
  ],
  [
    "zeros",
    (r, input) =>
      send(
        r,
        input.map(() => [0, 0, 0]),
      ),
    /no direction/,
  ],
  ["no JSON", (r) => r.writeHead(200).end("hello"), /not a list of vectors in JSON$/],
  ["JSON of another kind", (r) => json(r, 200, '{"ok":true}'), /not a list of vectors in JSON$/],
  ["a broken connection", (r) => r.destroy(), /cannot be reached|terminated|other side closed/],
])(
  "%s is one clear line, without the key and the texts",
  async (_, answer, said) => {
    const server = await scriptedServer(async (request, response, count) => {
      const { input } = await inputOf(request);
      if (count === 0) return send(response, input.map(vectorOf));
      answer(response, input);
    });
    const embedder = await endpointSource(endpointModel(server.url)).load();
    const error: unknown = await embedder.embed(["my private text", "b", "c"], "passage").catch((e: unknown) => e);
    if (!(error instanceof ModelError)) throw new Error(`no ModelError: ${error}`);
    expect(error.code).toBe("model-unreachable");
    expect(error.message).toMatch(said);
    expect(error.message).toMatch(/^The embeddings endpoint 127\.0\.0\.1:\d+ gives no vectors of tiny: [^\n]*$/);
    expect(`${error.stack} ${JSON.stringify(error)} ${error.advice} ${error.cause}`).not.toMatch(/very-secret|private/);
  },
  30_000,
);

test.each([
  ["as it is", KEY, KEY],
  ["with blanks", "sk-very-secret  key of\tours ", "sk-very-secret key  of ours"],
])("a key that stands where the answer is cut is not shown in part, %s", async (_, key, echoed) => {
  for (const before of [180, 190, 195, 199]) {
    const message = `${"x".repeat(before)}${echoed}`;
    const server = await scriptedServer((_request, response) =>
      json(response, 401, JSON.stringify({ error: { message } })),
    );
    const source = endpointSource(endpointModel(server.url, { apiKey: () => key }));
    await expect(source.load()).rejects.toMatchObject({
      message: expect.stringMatching(/answers 401 \(x+\[?k?e?y?\]?\)$/),
    });
  }
});

test("an endpoint that is silent is given up, one that is not there is said", async () => {
  const silent = await scriptedServer(() => undefined);
  await expect(endpointSource(endpointModel(silent.url), 200).load()).rejects.toMatchObject({
    message: expect.stringMatching(/did not answer within 0\.2 s$/),
  });
  const dead = endpointModel(await deadAddress());
  await expect(endpointSource(dead).load()).rejects.toMatchObject({
    message: expect.stringMatching(/cannot be reached \(ECONNREFUSED\)$/),
  });
}, 60_000);

test("another address is another identity", async () => {
  const [a, b] = await Promise.all(
    ["http://a", "http://b"].map((url) => endpointSource(endpointModel(url)).identity()),
  );
  expect(a?.hash).not.toBe(b?.hash);
  expect(a?.details?.endpoint).toBe("http://a/v1");
});
