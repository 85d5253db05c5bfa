import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { startParsers } from "../src/parsing-threads.ts";

const script = fileURLToPath(new URL("parsing-threads-process.ts", import.meta.url));
const root = fileURLToPath(new URL("..", import.meta.url));
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "pilcrow-parsing-"));
  await mkdir(join(folder, "minutes"));
  for (let i = 0; i < 24; i++) {
    const body = `Ms Ada Quill, the harbour master, reported ${i} moorings on ${i + 1} May 1987.\n\nThe café’s lease “ended”; 東京 wrote in the late 1990s.`;
    await writeFile(join(folder, "minutes", `1987-05-${10 + (i % 20)}-no-${i}.md`), `# Minutes ${i}\n\n${body}\n`);
  }
  await writeFile(join(folder, "empty.txt"), " \n");
});
afterAll(() => rm(folder, { recursive: true }));

test.runIf(availableParallelism() > 1)("threads parse files and read words as one thread does", async () => {
  // Compiled as in dist/, and where its packages are found.
  const outdir = await mkdtemp(join(root, "node_modules", ".parsing-threads-"));
  onTestFinished(() => rm(outdir, { recursive: true }));
  const how = { bundle: true, platform: "node", format: "esm", packages: "external", entryNames: "[name]" } as const;
  await build({ ...how, entryPoints: [script, join(root, "src/parsing-thread.ts")], outdir });
  const compiled = join(outdir, "parsing-threads-process.js");
  const { stdout } = await promisify(execFile)(process.execPath, [compiled, folder]);
  const { threads, ...found } = JSON.parse(stdout);
  expect(threads).toBeGreaterThan(1);
  expect(found).toEqual({ files: 26, isSame: true, samePostings: true });
});

test("where threads do not start, this one parses", async () => {
  // They do not here: nothing compiles the sources for them.
  const options = { folder, maxFileBytes: 1e6, metadata: new Map() };
  const { count, parse, end } = await startParsers(options, Number.POSITIVE_INFINITY);
  const file = { path: "minutes/1987-05-10-no-0.md", size: 1, stamp: "" };
  const { documents } = await parse(0, [{ file, change: "added", listed: "", before: null }]);
  expect({ count, found: documents.length }).toEqual({ count: 1, found: 1 });
  await end();
});
