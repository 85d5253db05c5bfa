import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { distill } from "../../distill/distill.ts";
import { type DistillOptions, readOptions } from "../../distill/options.ts";
import type { Progress } from "../../distill/progress.ts";
import type { Embedder } from "../../src/embedding/embedder.ts";
import { loadEmbedder } from "../../src/embedding/transformers.ts";
import { cosine } from "../embedding/model-paths.ts";
import { tinyTeacher, tinyTexts } from "./tiny-teacher.ts";

const root = resolve(import.meta.dirname, "../..");
const texts = tinyTexts(300);
const silent: Progress = { stage: () => () => {}, end: () => [] };
let folder = "";
let teacher = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "pilcrow-distill-"));
  teacher = await tinyTeacher(join(folder, "teacher"));
  await writeFile(join(folder, "one.txt"), texts.slice(0, 200).join("\n"));
  await writeFile(join(folder, "two.txt.gz"), gzipSync(texts.slice(100).join("\n")));
});
afterAll(() => rm(folder, { recursive: true }));

/** The command line of a run, in folders of its own. */
function commandLine(name: string, ...more: string[]): string[] {
  const text = ["--text", join(folder, "one.txt"), "--text", join(folder, "two.txt.gz")];
  const folders = ["--out", join(folder, name, "tiny"), "--cache", join(folder, name, "cache")];
  return ["--teacher", teacher, ...text, ...folders, "--dimensions", "8", "--batch", "32", "--rate", "0.01", ...more];
}

function optionsOf(name: string, ...more: string[]): DistillOptions {
  const options = readOptions(commandLine(name, ...more), root, join(folder, "unused"));
  if (options === null) throw new Error("help was not asked for");
  return options;
}

const bytesOf = async (name: string) =>
  (await readFile(join(folder, name, "tiny", "onnx", "model.onnx"))).toString("base64");

/** Stops as a killed process would, at a step of the training. */
function stopAt(share: number): Progress {
  return {
    stage: (stage) => (done, total) => {
      if (stage === "training" && done > share * total) throw new Error("interrupted");
    },
    end: () => [],
  };
}

test("a student gives the vectors of its teacher, the better the longer it has learnt", async () => {
  const { files, ...distilled } = await distill(optionsOf("first"), silent);
  expect(distilled.texts).toBe(new Set(texts).size);
  expect(files.map(({ name, lines }) => [name, lines])).toEqual([
    ["one.txt", 200],
    ["two.txt.gz", 200],
  ]);
  const untrained = await distill(optionsOf("untrained", "--passes", "1"), silent);
  expect(distilled.loss).toBeLessThan(untrained.loss);

  const [small, large] = await Promise.all([loadEmbedder(join(folder, "first", "tiny")), loadEmbedder(teacher)]);
  expect(small.dimension).toBe(8);
  expect(await agreement(small, large)).toBeGreaterThan(0.8);
});

/** The share of some texts whose nearest text is the same by both models. */
async function agreement(small: Embedder, large: Embedder): Promise<number> {
  const asked = texts.slice(0, 60);
  const [ours, theirs] = await Promise.all([small.embed(asked, "passage"), large.embed(asked, "passage")]);
  const nearest = (vectors: readonly Float32Array[], i: number) => {
    const similarity = (j: number) => cosine(vectors[i], vectors[j]);
    const others = asked.map((_, j) => j).filter((j) => j !== i);
    return others.reduce((best, j) => (similarity(j) > similarity(best) ? j : best));
  };
  return asked.filter((_, i) => nearest(ours, i) === nearest(theirs, i)).length / asked.length;
}

test("a teacher with a vocabulary of another kind is learnt from", async () => {
  const pieces = await tinyTeacher(join(folder, "pieces"), "unigram");
  const distilled = await distill({ ...optionsOf("of-pieces"), teacher: pieces }, silent);
  expect(distilled.used).toBeGreaterThan(60);
  const student = await loadEmbedder(join(folder, "of-pieces", "tiny"));
  expect(await agreement(student, await loadEmbedder(pieces))).toBeGreaterThan(0.8);
});

test("the same seed gives the same bytes, another seed others", async () => {
  await distill(optionsOf("again"), silent);
  await distill(optionsOf("other", "--seed", "2"), silent);
  expect(await bytesOf("again")).toBe(await bytesOf("first"));
  expect(await bytesOf("other")).not.toBe(await bytesOf("first"));
});

test.each([0, 0.35, 0.999])("interrupted at %s of the training and resumed, it gives the same bytes", async (share) => {
  const name = `stopped-${share}`;
  await expect(distill(optionsOf(name), stopAt(share))).rejects.toThrow("interrupted");
  expect((await distill(optionsOf(name), silent)).loss).toBeGreaterThan(0);
  expect(await bytesOf(name)).toBe(await bytesOf("first"));
});

test("a killed process loses nothing", async () => {
  const run = [...commandLine("killed", "--passes", "60")];
  const child = spawn(process.execPath, ["--import", "tsx", "distill/run.ts", ...run], { cwd: root, stdio: "ignore" });
  const exited = once(child, "exit");
  const files = () => readdir(join(folder, "killed"), { recursive: true }).catch((): string[] => []);
  const begun = (found: readonly string[]) => found.some((file) => file.endsWith(".training"));
  while (child.exitCode === null && !begun(await files())) await wait(5);
  child.kill("SIGKILL");
  await exited;
  const left = await files();
  expect(begun(left)).toBe(true);
  expect(left.filter((file) => file.endsWith(".onnx"))).toEqual([]);
  await distill(optionsOf("killed", "--passes", "60"), silent);
  await distill(optionsOf("whole", "--passes", "60"), silent);
  expect(await bytesOf("killed")).toBe(await bytesOf("whole"));
}, 60_000);

/** What the program says and exits with, and what it left in its folders. */
async function refused(name: string, env: NodeJS.ProcessEnv, ...more: string[]) {
  const run = ["--import", "tsx", "distill/run.ts", ...commandLine(name, ...more)];
  const { status, stderr } = spawnSync(process.execPath, run, {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, ...env },
  });
  const left = await readdir(join(folder, name), { recursive: true }).catch((): string[] => []);
  return { status, stderr, taught: left.filter((file) => file.endsWith(".vectors")) };
}

test("what cannot end well ends in one line, before the teacher is asked", async () => {
  const sets = await refused("no-sets", { PILCROW_EVAL: join(folder, "nowhere") });
  expect(sets).toMatchObject({ status: 2, taught: [] });
  expect(sets.stderr).toMatch(/^distill: [^\n]*nowhere[^\n]*\n$/);

  const file = join(folder, "one.txt");
  for (const option of ["--out", "--cache"]) {
    const blocked = await refused(`blocked${option}`, {}, option, join(file, "below"));
    expect(blocked).toMatchObject({ status: 1, taught: [] });
    expect(blocked.stderr).toMatch(/^(not measured: [^\n]*\n)?distill: ENOTDIR[^\n]*one\.txt[^\n]*\n$/);
  }
}, 60_000);

test("what is wrong with the teacher is said with what --teacher takes", async () => {
  await expect(distill({ ...optionsOf("none"), teacher: join(folder, "nope") }, silent)).rejects.toMatchObject({
    code: "bad-teacher",
    message: expect.stringContaining("nope"),
    advice: expect.stringMatching(/^--teacher takes a folder(?!.*hub)/),
  });
  await expect(distill(optionsOf("wide", "--dimensions", "999"), silent)).rejects.toMatchObject({
    message: "--dimensions is 999, the teacher has 8",
    advice: "Give --dimensions 8 or fewer.",
  });
});
