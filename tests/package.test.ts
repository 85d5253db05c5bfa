import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { callTool } from "./mcp/call-tool.ts";
import { examplesOf, WITH_SCRIPTED_MODEL } from "./package-examples.ts";

const root = resolve(import.meta.dirname, "..");
const away = mkdtempSync(join(tmpdir(), "pilcrow-package-"));
const unpacked = join(away, "package");
const working = join(away, "working");
const env = { PATH: process.env.PATH, HOME: away, npm_config_offline: "true", npm_config_update_notifier: "false" };

beforeAll(() => {
  npm("run", "build");
  npm("pack", "--ignore-scripts", "--pack-destination", away);
  const tarball = readdirSync(away).find((name) => name.endsWith(".tgz")) ?? "";
  execFileSync("tar", ["-xzf", join(away, tarball), "-C", away]);
  mkdirSync(join(working, "papers"), { recursive: true });
  writeFileSync(join(working, "papers", "log.md"), "# Harbour log\n\nThe north crane was repaired by Ilse Brandt.\n");
  // Only what package.json asks for is linked, so that a forgotten dependency is missing here as it would be there.
  const manifest: { dependencies: Record<string, string> } = JSON.parse(
    readFileSync(join(root, "package.json"), "utf8"),
  );
  for (const name of Object.keys(manifest.dependencies)) {
    const link = join(unpacked, "node_modules", name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(root, "node_modules", name), link);
  }
  // Where a program of somebody else finds the package, and what its examples use beside it.
  mkdirSync(join(working, "node_modules"));
  symlinkSync(unpacked, join(working, "node_modules", "pilcrow"));
  for (const name of ["ai", "openai", "zod", "@types"]) {
    symlinkSync(join(root, "node_modules", name), join(working, "node_modules", name));
  }
}, 120_000);
afterAll(() => rmSync(away, { recursive: true }));

test("the packed tarball answers from the example documents, in an empty folder", () => {
  const { status, stdout, stderr } = pilcrow("ask", "what did Perry commit to in 1996?", "--json");
  expect(stderr).toContain("using the example documents");
  expect(status).toBe(0);
  const answer = JSON.parse(stdout);
  expect(answer.answered).toBe(true);
  expect(answer.citations[0]).toMatchObject({ date: "1996-11-01", label: "¶6", check: "verified" });
  expect(answer.answer).toMatch(/prompt and effective assistance.*nuclear umbrella/s);
});

test("the packed tarball finds nothing wrong with itself", () => {
  const { status, stdout } = pilcrow("doctor", "--json", "--port", "0");
  const { findings } = JSON.parse(stdout);
  expect(findings.filter(({ state }: { state: string }) => state === "problem")).toEqual([]);
  expect(findings).toContainEqual(expect.objectContaining({ name: "page", state: "ok" }));
  expect(status).toBe(0);
});

test("the packed tarball says what an embeddings endpoint needs beside it", () => {
  const model = ["--model", "openai-compatible:tiny", "--model-base-url", "http://127.0.0.1:9/v1"];
  const { status, stderr } = pilcrow("index", "--index", "endpoint", ...model);
  expect(stderr).toMatch(/^pilcrow: the texts of documents and questions are sent to 127\.0\.0\.1:9, /);
  expect(stderr).toMatch(
    /\npilcrow: .*not installed\. Install it with `npm install @ai-sdk\/openai-compatible@2`.*\n$/,
  );
  expect(status).toBe(1);
});

test("the packed tarball says what a language model needs beside it, before anything is read", () => {
  const { status, stdout, stderr } = pilcrow("ask", "who?", "--mode", "generative", "--llm", "ollama:tiny");
  expect(stderr).toMatch(
    /^pilcrow: .*@ai-sdk\/openai-compatible, which is not installed\. Install it with `npm install @ai-sdk\/openai-compatible@2`.*\n$/,
  );
  expect(stdout).toBe("");
  expect(status).toBe(1);
});

test("the example of the README runs as it stands, in under 15 lines", () => {
  const [code = "", ...others] = examplesOf(root, "README.md");
  expect(others).toEqual([]);
  expect(code.trimEnd().split("\n").length).toBeLessThan(15);
  const { status, stdout, stderr } = script("example.mjs", code);
  expect(stderr).toBe("");
  expect(stdout).toMatch(
    /^1 documents\nThe north crane was repaired by Ilse Brandt\. \[1\]\n\[1\] Harbour log, ¶1, verified: .*\nlog\.md 0\.\d+\n$/,
  );
  expect(status).toBe(0);
});

test("the example of the AI SDK is a tool that a model can call", () => {
  const [, code = ""] = examplesOf(root, "docs/interfaces.md");
  expect(script("tool.mjs", code)).toMatchObject({ status: 0, stderr: "" });
  const { stdout, stderr } = script("ask.mjs", WITH_SCRIPTED_MODEL);
  expect(stderr).toBe("");
  const { answer, citations } = JSON.parse(stdout);
  expect(answer).toBe("The north crane was repaired by Ilse Brandt. [1]");
  expect(citations).toMatchObject([{ path: "log.md", check: "verified" }]);
});

test("the example of the OpenAI client runs against the packed server", async () => {
  const flags = ["--corpus", "papers", "--index", "papers-index", "--port", "0", "--json"];
  const server = spawn(process.execPath, [join(unpacked, "dist", "cli.js"), "serve", ...flags], { cwd: working, env });
  onTestFinished(() => void server.kill());
  const [line] = await once(server.stdout, "data");
  const { url } = JSON.parse(String(line));
  const [code = ""] = examplesOf(root, "docs/interfaces.md");
  const { stdout, stderr } = script("client.mjs", code.replace("http://localhost:8787", url));
  expect(stderr).toBe("");
  expect(stdout).toMatch(/^The north crane was repaired by Ilse Brandt\. \[1\] \[/);
  expect(stdout).toContain(`${url}/documents/log.md#p1`);
});

test("the types of the package fit its examples", () => {
  const files = [...examplesOf(root, "README.md"), ...examplesOf(root, "docs/interfaces.md")].map((code, at) => {
    const file = `example-${at}.mts`;
    writeFileSync(join(working, file), code);
    return file;
  });
  expect(files).toHaveLength(3);
  writeFileSync(
    join(working, "wrong.mts"),
    'import { createPilcrow } from "pilcrow";\ncreatePilcrow({ corpus: 3 });\n',
  );
  const options = ["--noEmit", "--strict", "--exactOptionalPropertyTypes", "--skipLibCheck", "--module", "nodenext"];
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
  const typed = ["--target", "es2023", "--types", "node"];
  const { stdout } = spawnSync(process.execPath, [tsc, ...options, ...typed, ...files, "wrong.mts"], {
    cwd: working,
    encoding: "utf8",
  });
  expect(stdout.trim().split("\n")).toEqual([expect.stringMatching(/^wrong\.mts\(2,17\): error TS2322: /)]);
});

test("the packed tarball serves the Model Context Protocol", async () => {
  const args = [join(unpacked, "dist", "cli.js"), "mcp", "--corpus", "papers", "--index", "papers-index"];
  const childEnv = { PATH: env.PATH ?? "", HOME: away };
  const transport = new StdioClientTransport({
    command: process.execPath,
    args,
    cwd: working,
    env: childEnv,
    stderr: "ignore",
  });
  const client = new Client({ name: "test", version: "1" });
  await client.connect(transport);
  onTestFinished(() => client.close());
  expect((await callTool(client, "ask", { question: "Who repaired the north crane?" })).text).toContain(
    "Ilse Brandt. [1]",
  );
});

test("the packed tarball holds what is needed to run, and nothing else", () => {
  const files = readdirSync(unpacked, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(unpacked.length + 1));
  const expected =
    /^(dist\/.*\.(js|d\.ts|html|css)|models\/.*|corpus\/.*\.(txt|json)|package\.json|README\.md|LICENSE)$/;
  expect(files.filter((path) => !expected.test(path))).toEqual([]);
  expect(files).toEqual(expect.arrayContaining(["LICENSE", "dist/cli.js", "dist/library.js", "dist/web/index.html"]));
  expect(readFileSync(join(unpacked, "dist", "cli.js"), "utf8")).toMatch(/^#!\/usr\/bin\/env node\n/);
});

test("no registry's host stands in the project", () => {
  expect(readFileSync(join(root, ".npmrc"), "utf8")).not.toMatch(/registry\s*=|https?:/);
  const lock: { packages: Record<string, { resolved?: string }> } = JSON.parse(
    readFileSync(join(root, "package-lock.json"), "utf8"),
  );
  const resolved = Object.values(lock.packages).filter((entry) => entry.resolved !== undefined);
  expect(resolved).toEqual([]);
});

/** Runs a file of this code in the working folder. */
function script(name: string, code: string) {
  writeFileSync(join(working, name), code);
  return spawnSync(process.execPath, [name], { cwd: working, env, encoding: "utf8" });
}

function npm(...args: string[]): void {
  execFileSync("npm", args, { cwd: root, env, stdio: ["ignore", "ignore", "pipe"] });
}

function pilcrow(...args: string[]) {
  return spawnSync(process.execPath, [join(unpacked, "dist", "cli.js"), ...args], {
    cwd: working,
    env,
    encoding: "utf8",
  });
}
