import type { Settings } from "../config.ts";
import type { Pilcrow } from "../pilcrow.ts";
import type { AskRequest } from "../types.ts";
import { formatAnswer } from "./format-answer.ts";
import { type Io, writeJson } from "./io.ts";
import { requireSameFolder } from "./other-folder.ts";
import { EXIT } from "./problem.ts";
import { readQuestion } from "./read-question.ts";
import { styleOf } from "./style.ts";
import { withIndex } from "./with-index.ts";

export interface AskOptions {
  readonly settings: Settings;
  /** Its question "-" stands for standard input. */
  readonly request: AskRequest;
  /** The Answer as it is, indented. */
  readonly json: boolean;
}

/** `pilcrow ask`. A refusal exits with 3. */
export async function askCommand(pilcrow: Pilcrow, { settings, request, json }: AskOptions, io: Io): Promise<number> {
  const question = await readQuestion(request.question, io);
  const answer = await withIndex(pilcrow, settings, io, () => pilcrow.ask({ ...request, question }));
  const nearest = answer.refusal?.nearest ?? [];
  if (!answer.answered)
    await requireSameFolder(
      pilcrow,
      nearest.map(({ check }) => check),
    );
  if (json) {
    writeJson(io.stdout, answer);
  } else {
    const width = io.stdout.isTTY ? io.stdout.columns : Number.POSITIVE_INFINITY;
    const place = { corpus: settings.corpus, cwd: io.cwd };
    io.stdout.write(formatAnswer(answer, { width, style: styleOf(io.stdout, io.env), place }));
    if (answer.citations.some(({ check }) => check !== "verified")) {
      io.stderr.write("A cited file is not as it was indexed. Run `pilcrow index`, then ask again.\n");
    } else if (!answer.answered) await sayWhenStale(pilcrow, io);
  }
  return answer.answered ? EXIT.success : EXIT.refusal;
}

/** What is not found may stand in a file that the index does not know yet. */
async function sayWhenStale(pilcrow: Pilcrow, io: Io): Promise<void> {
  const { pending } = await pilcrow.status();
  const files = pending === null ? 0 : Object.values(pending).reduce((sum, count) => sum + count, 0);
  if (files === 0) return;
  const changed = files === 1 ? "1 document has" : `${files.toLocaleString("en-GB")} documents have`;
  io.stderr.write(`${changed} changed since the index was made. Run \`pilcrow index\`, then ask again.\n`);
}
