import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";

const cli = resolve("src/cli.ts");
const tsx = pathToFileURL(resolve("node_modules/tsx/dist/loader.mjs")).href;
const empty = mkdtempSync(join(tmpdir(), "pilcrow-process-"));
afterAll(() => rmSync(empty, { recursive: true }));

test.concurrent.each([
  [["--help"], 0, /^pilcrow: .*Usage: pilcrow <command>.*PILCROW_PORT/s, /^$/],
  [["ask", "--help"], 0, /--document ID/, /^$/],
  [["--version"], 0, /^\d+\.\d+\.\d+\n$/, /^$/],
  [["serv"], 2, /^$/, /^pilcrow: There is no command "serv"\. Did you mean "serve"\? .*\n$/],
  [["ask"], 2, /^$/, /^pilcrow: ask needs a question\. For example: .*\n$/],
  [["index", "--jsn"], 2, /^$/, /--json/],
  [["serve", "--port", "high", "--json"], 2, /"code": "bad-setting"/, /--port is "high", but it takes a whole number/],
])("pilcrow %j exits with %i", async (args, code, out, err) => {
  const result = await run(args);
  expect(result.err).toMatch(err);
  expect(result.out).toMatch(out);
  expect(result.code).toBe(code);
});

test.concurrent("a bad variable is named", async () => {
  const { code, err } = await run(["status"], { PILCROW_MAX_FILE_MB: "lots" });
  expect(err).toMatch(/^pilcrow: PILCROW_MAX_FILE_MB is "lots", but it takes a number above 0, at most 500\n$/);
  expect(code).toBe(2);
});

test.concurrent.each([[["index"]], [["ask", "Who?"]], [["search", "ferry"]], [["serve"]], [["serve", "--no-update"]]])(
  "%j of a corpus folder that is not there fails in one line",
  async (args) => {
    const { code, err, out } = await run([...args, "--corpus", "nowhere", "--index", "made"]);
    expect(err).toMatch(/(?:^|\n)pilcrow: the corpus folder .*nowhere does not exist\. .*\n$/);
    expect(err).not.toMatch(/\n\s+at /);
    expect(out).toBe("");
    expect(code).toBe(1);
  },
);

/** Runs the command line in an empty folder. */
function run(args: readonly string[], env: Record<string, string> = {}) {
  return new Promise<{ code: number; out: string; err: string }>((done) => {
    const options = { cwd: empty, env: { PATH: process.env.PATH, HOME: empty, ...env } };
    const child = execFile(process.execPath, ["--import", tsx, cli, ...args], options, (_error, out, err) => {
      done({ code: child.exitCode ?? -1, out, err });
    });
  });
}
