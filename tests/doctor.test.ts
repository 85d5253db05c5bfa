import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { doctorCommand } from "../src/cli/doctor-command.ts";
import { diagnose, type Finding, type Patient } from "../src/doctor.ts";
import { IndexError, ModelError } from "../src/errors.ts";
import { llmSettings } from "./answering/scripted-llm.ts";
import { fakeIo } from "./cli/fake-io.ts";
import { fakePilcrow, settings, status } from "./cli/fake-pilcrow.ts";

const root = mkdtempSync(join(tmpdir(), "pilcrow-doctor-"));
const corpus = join(root, "papers");
const mixed = join(root, "mixed");

beforeAll(() => {
  mkdirSync(corpus);
  mkdirSync(join(root, "web"));
  mkdirSync(mixed);
  for (const [name, content] of Object.entries({
    "a.txt": "A paragraph.",
    "b.md": "Another.",
    "binary.txt": "a\0b",
    "empty.txt": "",
    "front.md": "---\na: [\n---\nText.",
  }))
    writeFileSync(join(mixed, name), content);
  writeFileSync(join(corpus, "a.txt"), "A paragraph.");
  writeFileSync(join(root, "web", "index.html"), "<!doctype html>");
  writeFileSync(join(root, "package.json"), '{"engines":{"node":">=20.19"}}');
});
afterAll(() => rmSync(root, { recursive: true }));

function patient(changes: Partial<Patient> = {}): Patient {
  return {
    settings: { ...settings, corpus, index: join(root, "index") },
    pilcrow: fakePilcrow(),
    packageRoot: root,
    webRoot: join(root, "web"),
    nodeVersion: "22.1.0",
    model: { load: async () => embedder([0.6, 0.8]) },
    loadStore: async () => ({}),
    ...changes,
  };
}

function embedder(vector: readonly number[]) {
  const embed = async (texts: readonly string[]) => texts.map(() => new Float32Array(vector));
  return { id: "tiny", dimension: 2, hash: "00", batchSize: 1, embed };
}

async function find(name: string, changes: Partial<Patient>): Promise<Finding | undefined> {
  for await (const finding of diagnose(patient(changes))) if (finding.name === name) return finding;
  return undefined;
}

test("all is well", async () => {
  const io = fakeIo();
  expect(await doctorCommand({ patient: patient(), json: false }, io)).toBe(0);
  const lines = io.out().trimEnd().split("\n");
  expect(lines.slice(0, -1).every((line) => line.startsWith("ok "))).toBe(true);
  expect(lines.at(-1)).toBe("All that is needed is there.");
});

test("a problem exits with 1, and is told as JSON", async () => {
  const io = fakeIo();
  expect(await doctorCommand({ patient: patient({ nodeVersion: "20.18.3" }), json: true }, io)).toBe(1);
  const told: { healthy: boolean; findings: Finding[] } = JSON.parse(io.out());
  expect(told.healthy).toBe(false);
  expect(told.findings[0]).toMatchObject({
    name: "node",
    state: "problem",
    message: expect.stringContaining(">=20.19"),
  });
});

const withLlm = (name: string): Partial<Patient> => ({
  settings: { ...here, llm: llmSettings("", { name, baseUrl: undefined }) },
});
const here = { ...settings, corpus, index: join(root, "index") };

test.each<[string, string, Partial<Patient>, RegExp]>([
  ["node", "ok", { nodeVersion: "20.19.0" }, /20\.19\.0/],
  ["store", "problem", { loadStore: () => Promise.reject(new Error("no module")) }, /no module/],
  [
    "model",
    "problem",
    { model: { load: () => Promise.reject(new ModelError("model-missing", "It is gone")) } },
    /It is gone/,
  ],
  ["model", "problem", { model: { load: async () => embedder([Number.NaN, 1]) } }, /unit length/],
  [
    "model",
    "warning",
    {
      settings: { ...here, model: { kind: "hub", id: "acme/tiny", cache: root, endpoint: "https://hub.example" } },
      model: { load: () => Promise.reject(new Error("it was fetched")), isHere: async () => false },
    },
    /acme\/tiny is not downloaded yet/,
  ],
  [
    "index",
    "ok",
    {
      pilcrow: fakePilcrow({ warm: () => Promise.reject(new Error("it was fetched")) }),
      model: { load: async () => embedder([1, 0]), isHere: async () => false },
    },
    /made with tiny-model/,
  ],
  [
    "model",
    "ok",
    { settings: { ...here, model: { kind: "endpoint", id: "tiny", baseUrl: "https://api.example/v1" } } },
    /the texts of documents and questions are sent to api\.example, the host of openai-compatible:tiny$/,
  ],
  ["language model", "ok", {}, /none is set/],
  [
    "language model",
    "ok",
    withLlm("ollama:llama"),
    /are sent to localhost:11434, the host of ollama:llama; .* without a floor of similarity/,
  ],
  ["language model", "problem", withLlm("openai:any"), /which needs a key$/],
  ["language model", "problem", withLlm("nobody:any"), /names no provider that is known/],
  ["corpus", "ok", {}, /holds 1 document$/],
  ["corpus", "warning", { settings: { ...here, corpus: mixed } }, /holds 2 documents, and 3 entries that cannot/],
  ["corpus", "problem", { settings: { ...here, corpus: join(root, "web") } }, /no document, and 1 entry that cannot/],
  ["corpus", "problem", { settings: { ...here, corpus: join(root, "nowhere") } }, /corpus folder .*nowhere/],
  ["corpus", "problem", { settings: { ...here, corpus: join(root, "package.json") } }, /package\.json is/],
  ["index", "ok", {}, /2 documents, 31 passages, made with tiny-model/],
  ["index", "warning", withStatus({ generation: null }), /none/],
  [
    "index",
    "warning",
    withStatus({ pending: { added: 1, changed: 2, renamed: 0, removed: 3 } }),
    /6 files changed since/,
  ],
  ["index", "warning", withStatus({ failureCount: 1 }), /1 file could not/],
  [
    "index",
    "problem",
    {
      pilcrow: fakePilcrow({
        status: () => Promise.reject(new IndexError("index-damaged", "It is cut off", "Rebuild.")),
      }),
    },
    /cut off/,
  ],
  [
    "index",
    "problem",
    { pilcrow: fakePilcrow({ warm: () => Promise.reject(new IndexError("index-mismatch", "Another model made it")) }) },
    /Another model/,
  ],
  ["index folder", "problem", { settings: { ...here, index: join(root, "package.json", "index") } }, /is not a folder/],
  ["page", "warning", { webRoot: join(root, "nowhere") }, /not built/],
  ["port", "ok", {}, /free one/],
  ["port", "problem", { settings: { ...here, host: "192.0.2.1", port: 8787 } }, /cannot be listened on/],
])("%s: %s", async (name, state, changes, said) => {
  const finding = await find(name, changes);
  expect(finding?.state).toBe(state);
  expect(finding?.message).toMatch(said);
});

test("a port in use is a warning, since it may be Pilcrow's own", async () => {
  const server = createServer();
  const port = await new Promise<number>((resolve, reject) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      if (address !== null && typeof address === "object") resolve(address.port);
      else reject(new Error("no port"));
    });
  });
  const finding = await find("port", { settings: { ...here, port } });
  server.close();
  expect(finding).toMatchObject({ state: "warning", message: expect.stringContaining("in use") });
});

function withStatus(changes: Partial<typeof status>): Partial<Patient> {
  return { pilcrow: fakePilcrow({ status: async () => ({ ...status, ...changes }) }) };
}
