import { execFile } from "node:child_process";
import { appendFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { ResourceListChangedNotificationSchema } from "@modelcontextprotocol/sdk/types.js";
import { expect, it, onTestFinished } from "vitest";
import { folderOf } from "../make-index.ts";
import { callTool } from "./call-tool.ts";
import { saysItOnce } from "./library-errors.ts";

const tsx = pathToFileURL(resolve("node_modules/tsx/dist/loader.mjs")).href;
const FILES = { "log.md": "# Harbour log\n\nThe north crane was repaired by Ilse Brandt.\n" };
const ENV = { PATH: process.env.PATH ?? "" };

async function setUp(files: Record<string, string> = FILES) {
  const corpus = await folderOf(files);
  const flags = ["--corpus", corpus, "--index", await folderOf({})];
  return { corpus, args: ["--import", tsx, resolve("src/cli.ts"), "mcp", ...flags] };
}

async function connect(args: readonly string[]) {
  const transport = new StdioClientTransport({ command: process.execPath, args: [...args], env: ENV, stderr: "pipe" });
  const said: string[] = [];
  transport.stderr?.on("data", (chunk) => said.push(String(chunk)));
  const broken: Error[] = [];
  const client = new Client({ name: "test", version: "1" });
  client.onerror = (error) => broken.push(error);
  await client.connect(transport);
  onTestFinished(() => client.close());
  return { client, said, broken };
}

it("makes the index while the client is greeted, tells how that goes, and answers with paths", async () => {
  const { args, corpus } = await setUp();
  const { client, said, broken } = await connect(args);
  const steps: unknown[] = [];
  const onprogress = (step: unknown) => void steps.push(step);
  const { text, data, links } = await callTool(client, "ask", { question: "Who repaired the crane?" }, { onprogress });
  // In the words that it has over HTTP.
  const unknown = await callTool(client, "ask", { question: "x", documents: ["nope"] });
  expect(unknown).toMatchObject({ isError: true, text: 'There is no document "nope".' });
  expect(text).toMatch(/^The north crane was repaired by Ilse Brandt\. \[1\]/);
  expect(text).toContain("pilcrow://documents/log.md#p1 log.md:3");
  expect(data).toMatchObject({ citations: [{ url: "pilcrow://documents/log.md#p1" }] });
  expect(steps).toEqual([
    { progress: 1, total: 1, message: "1 of 1 document indexed" },
    { progress: 2, message: "1 passage found" },
    { progress: 3, message: "a statement is checked" },
  ]);
  const [link] = links;
  const { contents } = await client.readResource({ uri: link?.uri ?? "" });
  expect(contents).toMatchObject([{ text: FILES["log.md"] }]);
  expect(said.join("")).toContain("1 document, 1 passage indexed");
  expect(said.join("")).toContain(corpus);
  // Anything but the protocol on standard output would be an error of the client.
  expect(broken).toEqual([]);
});

it("completes ids when the index is made, and says in public words what stands in the way", async () => {
  const ref = { type: "ref/resource" as const, uri: "pilcrow://documents/{id}" };
  const complete = (client: Client) => client.complete({ ref, argument: { name: "id", value: "LO" } });
  const { client } = await connect((await setUp()).args);
  expect(client.getServerCapabilities()).toMatchObject({ resources: { listChanged: true } });
  // Nobody has waited for the index yet.
  expect((await complete(client)).completion.values).toEqual(["log.md"]);
  const empty = await connect((await setUp({ "notes.zip": "PK" })).args);
  await expect(complete(empty.client)).rejects.toThrow(
    /^MCP error -32603: (?!MCP error).*Put \.txt or \.md files into it/s,
  );
});

it("says once what kind of error it is, also of the errors of the library", async () => {
  const { client } = await connect((await setUp()).args);
  await saysItOnce(client);
});

it("goes on to answer after a request was given up", async () => {
  const { args } = await setUp();
  const { client } = await connect(args);
  const away = new AbortController();
  // The index is still being made.
  const given = callTool(client, "ask", { question: "Who repaired the crane?" }, { signal: away.signal });
  away.abort("no longer wanted");
  await expect(given).rejects.toThrow("no longer wanted");
  expect((await callTool(client, "ask", { question: "Who repaired the crane?" })).text).toContain("Ilse Brandt. [1]");
});

it("follows the folder where it is told to, and says that the list has changed", async () => {
  const { args, corpus } = await setUp();
  const { client } = await connect([...args, "--watch"]);
  expect((await client.listResources()).resources).toHaveLength(1);
  const changed = new Promise<void>((resolve) => {
    client.setNotificationHandler(ResourceListChangedNotificationSchema, () => resolve());
  });
  // The watcher starts after the index was made: what is written before it looks is found when it starts.
  await appendFile(join(corpus, "2.txt"), "The ferry was sold to Oldsund.\n");
  await changed;
  expect((await client.listResources()).resources).toHaveLength(2);
  expect((await callTool(client, "ask", { question: "To whom was the ferry sold?" })).text).toContain("Oldsund. [1]");
});

it("says what stands in the way as a result, and answers when it is gone", async () => {
  const { args, corpus } = await setUp({ "notes.zip": "PK" });
  const { client } = await connect(args);
  const refused = await callTool(client, "search", { question: "crane" });
  expect(refused).toMatchObject({ isError: true, text: expect.stringContaining("Put .txt or .md files into it") });
  await appendFile(join(corpus, "log.txt"), "The north crane was repaired.\n");
  expect(await callTool(client, "search", { question: "crane" })).toMatchObject({ isError: false });
});

it("answers what is piped in, and ends", async () => {
  const { args } = await setUp();
  const client = { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "pipe", version: "1" } };
  const messages = [
    { jsonrpc: "2.0", id: 1, method: "initialize", params: client },
    { jsonrpc: "2.0", method: "notifications/initialized" },
    { jsonrpc: "2.0", id: 2, method: "tools/call", params: { name: "search", arguments: { question: "crane" } } },
  ];
  const { out, code } = await new Promise<{ out: string; code: number | null }>((done) => {
    const child = execFile(process.execPath, args, { env: ENV }, (_, out) => done({ out, code: child.exitCode }));
    child.stdin?.end(messages.map((message) => `${JSON.stringify(message)}\n`).join(""));
  });
  const answers = out
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(answers.filter(({ id }) => id !== undefined)).toMatchObject([
    { id: 1, result: { serverInfo: { name: "pilcrow" } } },
    { id: 2, result: { structuredContent: { passages: { length: 1 } } } },
  ]);
  expect(code).toBe(0);
});

it("ends in order when it is stopped", async () => {
  const { args } = await setUp();
  const code = await new Promise<number | null>((done) => {
    const child = execFile(process.execPath, args, { env: ENV }, () => done(child.exitCode));
    child.stderr?.once("data", () => child.kill("SIGTERM"));
  });
  expect(code).toBe(0);
});
