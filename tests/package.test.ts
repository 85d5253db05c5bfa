import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

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
  mkdirSync(working);
  // Only what package.json asks for is linked, so that a forgotten dependency is missing here as it would be there.
  const manifest: { dependencies: Record<string, string> } = JSON.parse(
    readFileSync(join(root, "package.json"), "utf8"),
  );
  for (const name of Object.keys(manifest.dependencies)) {
    const link = join(unpacked, "node_modules", name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(root, "node_modules", name), link);
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

test("the packed tarball holds what is needed to run, and nothing else", () => {
  const files = readdirSync(unpacked, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(unpacked.length + 1));
  const expected =
    /^(dist\/.*\.(js|d\.ts|html|css)|models\/.*|corpus\/.*\.(txt|json)|package\.json|README\.md|LICENSE)$/;
  expect(files.filter((path) => !expected.test(path))).toEqual([]);
  expect(files).toEqual(expect.arrayContaining(["LICENSE", "dist/cli.js", "dist/pilcrow.js", "dist/web/index.html"]));
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
