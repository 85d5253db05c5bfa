import { join, resolve } from "node:path";
import type { Settings } from "../config.ts";
import { modelSource } from "../embedding/source.ts";
import { type EvaluationOptions, runEvaluation } from "../evaluation/run.ts";
import type { Io } from "./io.ts";
import { prepareAloud } from "./prepare-aloud.ts";

export interface EvalOptions {
  readonly settings: Settings;
  /** The folder of question sets that was asked for by name. */
  readonly folder: string | null;
  readonly baseline: EvaluationOptions["baseline"];
  readonly json: boolean;
  readonly packageRoot: string;
}

/** `pilcrow eval`. */
export async function evalCommand({ packageRoot, folder, ...rest }: EvalOptions, io: Io): Promise<number> {
  const { prepare } = modelSource(rest.settings.model);
  if (prepare) await prepareAloud({ prepare: ({ signal } = {}) => prepare(signal) }, io);
  const folders = evaluationFolders(folder, io, packageRoot);
  return runEvaluation({ ...rest, folders, exampleCorpus: join(packageRoot, "corpus") }, io);
}

/**
 * The folder that was named; else our own set on the example documents and those of `PILCROW_EVAL`, by default of
 * `shared/eval` beside the project. Sets that were not asked for by name may be absent.
 */
export function evaluationFolders(
  folder: string | null,
  { env, cwd }: Pick<Io, "env" | "cwd">,
  packageRoot: string,
): EvaluationOptions["folders"] {
  if (folder !== null) return [{ path: resolve(cwd, folder), optional: false }];
  const beside = env.PILCROW_EVAL
    ? { path: resolve(cwd, env.PILCROW_EVAL), optional: false }
    : { path: resolve(packageRoot, "..", "shared", "eval"), optional: true };
  return [{ path: join(packageRoot, "tests", "eval"), optional: true }, beside];
}
