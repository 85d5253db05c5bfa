import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Embedder } from "../src/embedding/embedder.ts";
import { readModelFolder } from "../src/embedding/model-folder.ts";
import { loadEmbedder } from "../src/embedding/transformers.ts";
import { ModelError, UsageError } from "../src/errors.ts";
import { readCheckpoint, writeCheckpoint } from "./checkpoint.ts";
import { distillationLesson } from "./lessons.ts";
import { type Matrix, matrix, rowsOf, scale, setRows, unitRows } from "./matrix.ts";
import type { DistillOptions, Settings } from "./options.ts";
import { principalComponents, project } from "./principal.ts";
import type { Progress } from "./progress.ts";
import { bestScale, ridge } from "./ridge.ts";
import { writeStaticModel } from "./static-model.ts";
import { teach } from "./teacher.ts";
import { readTexts, type TextFile } from "./texts.ts";
import { weightedTokens } from "./token-vectors.ts";
import { startOf, train } from "./train.ts";
import { openVectorCache } from "./vector-cache.ts";
import { readVocabulary, tokenise, type Vocabulary } from "./vocabulary.ts";

/** What was made of what, for the model card. */
export interface Distilled {
  readonly teacher: { readonly id: string; readonly hash: string; readonly dimension: number };
  readonly files: readonly TextFile[];
  /** Different texts. */
  readonly texts: number;
  readonly vocabulary: number;
  /** Tokens of the vocabulary that the texts have. */
  readonly used: number;
  /** The share of the teacher's vectors that the student's dimensions hold. */
  readonly energy: number;
  /** The mean loss of the last pass. */
  readonly loss: number;
}

/** Steps of the conjugate gradients end there: further ones change nothing that training does not change more. */
const RIDGE_TOLERANCE = 5e-3;
const MOST_RIDGE_STEPS = 20;
const TEACHER_ADVICE =
  "--teacher takes a folder in transformers.js layout: config.json, tokenizer.json, tokenizer_config.json and weights such as onnx/model.onnx.";

/** A teacher and texts become a model: the whole flow. Throws PilcrowError. */
export async function distill(options: DistillOptions, progress: Progress): Promise<Distilled> {
  const { settings } = options;
  const { files, texts } = await readTexts(options.texts);
  const { teacher, window } = await teacherIn(options.teacher);
  if (settings.dimensions > teacher.dimension) {
    throw new UsageError(
      "bad-options",
      `--dimensions is ${settings.dimensions}, the teacher has ${teacher.dimension}`,
      `Give --dimensions ${teacher.dimension} or fewer.`,
    );
  }
  const folder = join(options.cache, teacher.hash.slice(0, 16));
  const cache = await openVectorCache(folder, teacher.dimension);

  const tokenStage = progress.stage("teacher, tokens");
  const vocabulary = await readVocabulary(options.teacher, window);
  const tokenVectors = await vectorsOfTokens(vocabulary, (tokens) => teach(tokens, teacher, cache, tokenStage));
  const textVectors = await teach(texts, teacher, cache, progress.stage("teacher, texts"));

  const tokeniseStage = progress.stage("tokens of the texts");
  const { bags, used } = tokenise(texts, vocabulary, (done) => tokeniseStage(done, texts.length));

  progress.stage("principal components");
  const { basis, energy } = await principalComponents(textVectors, settings.dimensions);
  const targets = unitRows(await project(textVectors, basis));
  const table = await project(weightedTokens(tokenVectors), basis);
  scale(table, bestScale(bags, targets, rowsOf(table, used)));

  const checkpoint = join(folder, `${await runOf(settings, texts)}.training`);
  let state = await readCheckpoint(checkpoint);
  if (state === null) {
    const ridgeStage = progress.stage("ridge regression");
    const onStep = (step: number, residual: number) => ridgeStage(step, MOST_RIDGE_STEPS, residual.toExponential(1));
    const { lambda } = settings;
    const bounds = { lambda, tolerance: RIDGE_TOLERANCE, mostSteps: MOST_RIDGE_STEPS, onStep };
    state = startOf(ridge(bags, targets, rowsOf(table, used), bounds));
    await writeCheckpoint(checkpoint, state);
  }

  const trainStage = progress.stage("training");
  const lesson = await distillationLesson(bags, { teacher: textVectors, targets }, settings);
  const trained = await train(bags, lesson, state, settings, {
    onStep(pass, step, steps, loss) {
      trainStage(pass * steps + step, settings.passes * steps, `loss ${loss.toFixed(4)}`);
    },
    onPass: (done) => writeCheckpoint(checkpoint, done),
  });

  progress.stage("writing");
  setRows(table, used, trained.table);
  await writeStaticModel({ folder: options.out, table, teacher: options.teacher, window });
  const { id, hash, dimension } = teacher;
  return {
    teacher: { id, hash, dimension },
    files,
    texts: texts.length,
    vocabulary: vocabulary.size,
    used: used.length,
    energy,
    loss: trained.loss,
  };
}

async function teacherIn(folder: string): Promise<{ teacher: Embedder; window: number }> {
  try {
    const teacher = await loadEmbedder(folder);
    return { teacher, window: (await readModelFolder(folder)).window };
  } catch (cause) {
    if (!(cause instanceof ModelError)) throw cause;
    throw new UsageError("bad-teacher", cause.message, TEACHER_ADVICE, { cause });
  }
}

/** The teacher's vector of each token alone, by id; zero for those without a text. */
async function vectorsOfTokens(
  { tokens }: Vocabulary,
  teachAll: (texts: readonly string[]) => Promise<Matrix>,
): Promise<Matrix> {
  const different = [...new Set(tokens)].filter((token) => token !== "");
  const vectors = await teachAll(different);
  const rowOf = new Map(different.map((token, row) => [token, row]));
  const all = matrix(tokens.length, vectors.columns);
  tokens.forEach((token, id) => {
    const row = rowOf.get(token);
    if (row !== undefined) setRows(all, Int32Array.of(id), rowsOf(vectors, Int32Array.of(row)));
  });
  return all;
}

/** A training goes on only where it would have come to the same weights: of the same settings, text and program. */
async function runOf(settings: Settings, texts: readonly string[]): Promise<string> {
  const hash = createHash("sha256").update(JSON.stringify(settings));
  for (const name of (await readdir(import.meta.dirname)).sort()) {
    if (name.endsWith(".ts")) hash.update(await readFile(join(import.meta.dirname, name)));
  }
  for (const text of texts) hash.update(`\n${text}`);
  return hash.digest("hex").slice(0, 16);
}
