/** `npm run distill`: makes an embedding model as small and fast as the bundled one, from a teacher and text. */
import { constants } from "node:fs";
import { access, mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { evaluationFolders } from "../src/cli/eval-command.ts";
import { readModelFolder } from "../src/embedding/model-folder.ts";
import { errno, PilcrowError, UsageError } from "../src/errors.ts";
import { type RetrievalSet, readSets } from "../src/evaluation/sets.ts";
import { tables } from "../src/evaluation/table.ts";
import { distill } from "./distill.ts";
import { figuresOf } from "./figures.ts";
import { licenceOf, modelCard } from "./model-card.ts";
import { type DistillOptions, HELP, readOptions } from "./options.ts";
import { textProgress } from "./progress.ts";

const root = resolve(import.meta.dirname, "..");

try {
  const options = readOptions(process.argv.slice(2), process.cwd(), join(import.meta.dirname, ".cache"));
  if (options === null) process.stdout.write(HELP);
  else await run(options);
} catch (error) {
  const isOfSystem = error instanceof Error && errno(error) !== null;
  if (!isOfSystem && !(error instanceof PilcrowError)) throw error;
  const advice = error instanceof PilcrowError ? error.advice : "";
  process.stderr.write(`distill: ${`${error.message}. ${advice}`.trimEnd()}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}

async function run(options: DistillOptions): Promise<void> {
  // Whatever can be known to fail, fails before the hours that the teacher takes.
  const sets = await developmentSets();
  await makeFolders(options);
  const progress = textProgress(process.stderr);
  const distilled = await distill(options, progress);
  const rows = await figuresOf(options.out, sets, progress.stage("evaluation"));
  const stages = progress.end();
  const card = modelCard({
    options,
    distilled,
    licence: options.licence ?? (await licenceOf(options.teacher)) ?? "not said in the teacher's folder",
    versions: {
      node: process.versions.node,
      ...Object.fromEntries(["@xenova/transformers", "onnxruntime-node"].map((name) => [name, versionOf(name)])),
    },
    hash: (await readModelFolder(options.out)).hash,
    rows,
  });
  await writeFile(join(options.out, "MODEL_CARD.md"), card);
  const seconds = stages.reduce((sum, stage) => sum + stage.seconds, 0);
  process.stdout.write(`${tables(rows)}\n${options.out}: written in ${(seconds / 60).toFixed(1)} minutes\n`);
}

/** The retrieval sets beside the project, or those of PILCROW_EVAL; none where that is not set and there are none. */
async function developmentSets(): Promise<RetrievalSet[]> {
  const folder = evaluationFolders(null, { env: process.env, cwd: process.cwd() }, root).at(-1);
  if (folder === undefined) return [];
  try {
    return (await readSets(folder.path)).flatMap((set) => (set.type === "retrieval" ? [set] : []));
  } catch (error) {
    if (!folder.optional || !(error instanceof UsageError) || error.code !== "no-question-sets") throw error;
    process.stderr.write(`not measured: there is no folder ${folder.path}; set PILCROW_EVAL to one of question sets\n`);
    return [];
  }
}

/** Throws where they cannot be made or written. */
async function makeFolders({ out, cache }: DistillOptions): Promise<void> {
  for (const folder of [out, join(out, "onnx"), cache]) {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  }
}

function versionOf(name: string): string {
  const manifest: unknown = createRequire(import.meta.url)(join(root, "node_modules", name, "package.json"));
  const version: unknown = typeof manifest === "object" && manifest !== null && Reflect.get(manifest, "version");
  return typeof version === "string" ? version : "unknown";
}
