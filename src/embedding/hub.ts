import { mkdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { DTYPES, type Dtype, type HubModel } from "../config/model.ts";
import { errno, ModelError } from "../errors.ts";
import { fetchFile } from "./download.ts";
import type { ModelDownload } from "./embedder.ts";
import { DownloadFailure, type FileOfHub, isThere } from "./hub-request.ts";
import { NEEDED_FILES, POOLING_FILE, PROMPTS_FILE } from "./model-folder.ts";
import { weightsFile } from "./weights.ts";

/** Which weights are downloaded where none are asked for, best first: a quarter of the bytes for nearly the same vectors. */
export const HUB_ORDER: readonly Dtype[] = ["q8", "fp32", "int8", "uint8", "fp16", "q4", "q4f16", "bnb4"];

/** What was downloaded, written after each file: a file that is not in it is not taken for whole. */
const RECORD = "pilcrow-download.json";
const Downloaded = z.object({
  /** The commit of the hub that the files are of; null where it named none. */
  commit: z.string().nullable(),
  /** Bytes by path. */
  files: z.record(z.string(), z.number()),
  /** Paths that the hub does not have. */
  absent: z.array(z.string()),
});
type Downloaded = z.infer<typeof Downloaded>;

/** The folder of a model of the hub. */
export function hubFolder({ cache, id }: Pick<HubModel, "cache" | "id">): string {
  return join(cache, ...id.split("/"));
}

/** Whether every file that the model needs is here, whole. Asks nobody. */
export async function isDownloaded(model: HubModel): Promise<boolean> {
  const record = await readRecord(hubFolder(model));
  return nextFile(model, record) === null;
}

/**
 * Brings the files of a model that are not here yet into its folder, telling how it goes; asks nobody when all are here.
 * What was cut off goes on where it stopped. Throws ModelError.
 */
export async function* downloadModel(model: HubModel, signal?: AbortSignal): AsyncGenerator<ModelDownload> {
  const folder = hubFolder(model);
  let record = await readRecord(folder);
  for (let next = nextFile(model, record); next !== null; next = nextFile(model, record)) {
    const { file, isNeeded } = next;
    const from: FileOfHub = {
      url: `${model.endpoint}/${model.id}/resolve/${record.commit ?? "main"}/${file}`,
      token: model.token?.(),
      target: join(folder, file),
    };
    try {
      const steps = fetchFile(from, signal);
      let step = await steps.next();
      for (; !step.done; step = await steps.next()) yield { type: "download", model: model.id, file, ...step.value };
      const fetched = step.value;
      if (fetched === null && isNeeded) throw await missingFile(file, from);
      record = {
        commit: record.commit ?? fetched?.commit ?? null,
        files: fetched ? { ...record.files, [file]: fetched.bytes } : record.files,
        absent: fetched ? record.absent : [...record.absent, file],
      };
      await writeRecord(folder, record);
    } catch (error) {
      signal?.throwIfAborted();
      throw error instanceof DownloadFailure ? failed(model, file, error) : unwritable(model, error);
    }
  }
}

/** The first file that is neither here nor known to be absent; null when there is none. */
function nextFile(
  { dtype }: HubModel,
  { files, absent }: Downloaded,
): { readonly file: string; readonly isNeeded: boolean } | null {
  const isSettled = (file: string) => file in files || absent.includes(file);
  for (const file of NEEDED_FILES) if (!(file in files)) return { file, isNeeded: true };
  for (const file of [PROMPTS_FILE, POOLING_FILE]) if (!isSettled(file)) return { file, isNeeded: false };
  const candidates = (dtype === undefined ? HUB_ORDER : [dtype]).map(weightsFile);
  const weights = candidates.find((file) => !absent.includes(file)) ?? candidates[0] ?? weightsFile("fp32");
  if (!(weights in files)) return { file: weights, isNeeded: weights === candidates.at(-1) };
  // Weights of more than two gigabytes have a second file.
  return isSettled(`${weights}_data`) ? null : { file: `${weights}_data`, isNeeded: false };
}

/** Files whose size is no longer what was downloaded are left out, and fetched again. */
async function readRecord(folder: string): Promise<Downloaded> {
  const none: Downloaded = { commit: null, files: {}, absent: [] };
  const text = await readFile(join(folder, RECORD), "utf8").catch(() => "");
  const read = Downloaded.safeParse(text === "" ? none : parsed(text));
  const record = read.success ? read.data : none;
  const whole: Record<string, number> = {};
  for (const [file, bytes] of Object.entries(record.files)) {
    const there = await stat(join(folder, file)).catch(() => null);
    if (there?.size === bytes) whole[file] = bytes;
  }
  return { ...record, files: whole };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function writeRecord(folder: string, record: Downloaded): Promise<void> {
  const path = join(folder, RECORD);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.${process.pid}`, `${JSON.stringify(record, null, 2)}\n`);
  await rename(`${path}.${process.pid}`, path);
}

/** A needed file is not on the hub; where it is the weights, which are is found out. */
async function missingFile(file: string, from: FileOfHub): Promise<DownloadFailure> {
  if (!file.startsWith("onnx/")) return new DownloadFailure("absent", 404);
  const there: Dtype[] = [];
  for (const dtype of DTYPES) {
    const url = from.url.slice(0, -file.length) + weightsFile(dtype);
    if (await isThere({ ...from, url })) there.push(dtype);
  }
  return new DownloadFailure("absent", 404, there.join(", "));
}

function failed({ id, endpoint }: HubModel, file: string, failure: DownloadFailure): ModelError {
  const host = new URL(endpoint).host;
  const local = `Unset PILCROW_MODEL to use the bundled model (models/pilcrow-static), which needs no download, or name a folder that holds the model's files: --model /path/to/${id.split("/").at(-1)}`;
  const { kind, status, said } = failure;
  const error = (code: "model-missing" | "model-unreachable", message: string, advice: string) =>
    new ModelError(code, message, advice, { cause: failure });
  if (kind === "refused") {
    const what = `${host} refuses the model ${id} (${status}): there is none of that name, or it is private or gated`;
    return error("model-missing", what, `Check the name; HF_TOKEN opens what is private or gated. ${local}.`);
  }
  if (kind === "absent" && file.startsWith("onnx/")) {
    const there = said === "" ? "none" : said;
    const what = `${host} has no ${file} of the model ${id}; of the weights there are: ${there}`;
    return error("model-missing", what, said === "" ? "Name a model that has ONNX weights." : DTYPE_ADVICE);
  }
  if (kind === "absent") {
    const what = file === NEEDED_FILES[0] ? `no model ${id} (no ${file})` : `no ${file} of the model ${id}`;
    return error("model-missing", `${host} has ${what}`, `Check the name. ${local}.`);
  }
  if (kind === "changed") {
    const what = `${file} of the model ${id} did not arrive as ${host} announced it, and was thrown away`;
    return error("model-unreachable", what, "Run the command again.");
  }
  const why = kind === "cut-off" ? `its download broke off (${said})` : `${host} cannot be reached (${said})`;
  const again = kind === "cut-off" ? "Run the command again: the download goes on where it stopped. " : "";
  return error("model-unreachable", `The model ${id} is not here, and ${why}`, `${again}${local}.`);
}

const DTYPE_ADVICE = "Choose one of them with PILCROW_MODEL_DTYPE, or unset it.";

function unwritable({ cache }: HubModel, error: unknown): unknown {
  const code = errno(error);
  if (code === null) return error;
  return new ModelError(
    "model-unreachable",
    `The folder of downloaded models, ${cache}, cannot be written (${code})`,
    "Make room or set its permissions, or name another with PILCROW_MODEL_CACHE (--model-cache).",
    { cause: error },
  );
}
