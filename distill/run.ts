/** `npm run distill`: makes an embedding model as small and fast as the bundled one, from a teacher and text. */
import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { evaluationFolders } from "../src/cli/eval-command.ts";
import { readModelFolder } from "../src/embedding/model-folder.ts";
import { PilcrowError, UsageError } from "../src/errors.ts";
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
  if (!(error instanceof PilcrowError)) throw error;
  process.stderr.write(`distill: ${error.message}. ${error.advice}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}

async function run(options: DistillOptions): Promise<void> {
  const progress = textProgress(process.stderr);
  const distilled = await distill(options, progress);
  const onSet = progress.stage("evaluation");
  const rows = await developmentFigures(options.out, onSet);
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

/** The folder of development sets beside the project, or that of PILCROW_EVAL; no rows where there is none. */
async function developmentFigures(model: string, onSet: (done: number, total: number) => void) {
  const folder = evaluationFolders(null, { env: process.env, cwd: process.cwd() }, root).at(-1);
  if (folder === undefined) return [];
  try {
    return await figuresOf(model, folder.path, onSet);
  } catch (error) {
    if (!folder.optional || !(error instanceof UsageError) || error.code !== "no-question-sets") throw error;
    process.stderr.write(`skipped: there is no folder ${folder.path}; set PILCROW_EVAL to a folder of question sets\n`);
    return [];
  }
}

function versionOf(name: string): string {
  const manifest: unknown = createRequire(import.meta.url)(join(root, "node_modules", name, "package.json"));
  const version: unknown = typeof manifest === "object" && manifest !== null && Reflect.get(manifest, "version");
  return typeof version === "string" ? version : "unknown";
}
