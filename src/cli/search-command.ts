import type { Settings } from "../config.ts";
import type { Pilcrow } from "../pilcrow.ts";
import type { SearchRequest } from "../types.ts";
import { formatHits } from "./format-answer.ts";
import { type Io, writeJson } from "./io.ts";
import { requireSameFolder } from "./other-folder.ts";
import { EXIT } from "./problem.ts";
import { readQuestion } from "./read-question.ts";
import { styleOf } from "./style.ts";
import { withIndex } from "./with-index.ts";

export interface SearchOptions {
  readonly settings: Settings;
  /** Its question "-" stands for standard input. */
  readonly request: SearchRequest;
  /** `{question, passages}`, as `GET /search` answers. */
  readonly json: boolean;
}

/** `pilcrow search`. Finding nothing is no failure. */
export async function searchCommand(
  pilcrow: Pilcrow,
  { settings, request, json }: SearchOptions,
  io: Io,
): Promise<number> {
  const question = await readQuestion(request.question, io);
  const passages = await withIndex(pilcrow, settings, io, () => pilcrow.search({ ...request, question }));
  const checks = passages.map(({ check }) => check);
  await requireSameFolder(pilcrow, checks);
  if (json) {
    writeJson(io.stdout, { question, passages });
    return EXIT.success;
  }
  const width = io.stdout.isTTY ? io.stdout.columns : Number.POSITIVE_INFINITY;
  const place = { corpus: settings.corpus, cwd: io.cwd };
  io.stdout.write(formatHits(passages, { width, style: styleOf(io.stdout, io.env), place }));
  if (checks.some((check) => check !== "verified")) {
    io.stderr.write("A file is not as it was indexed. Run `pilcrow index`, then search again.\n");
  }
  return EXIT.success;
}
