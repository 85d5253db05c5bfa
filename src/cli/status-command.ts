import { hostname } from "node:os";
import type { Settings } from "../config.ts";
import type { Pilcrow, Status } from "../pilcrow.ts";
import { describeFailures } from "./bring-up-to-date.ts";
import { type Io, writeJson } from "./io.ts";
import { EXIT, sentences } from "./problem.ts";
import { showPath } from "./show-path.ts";
import { count, plain } from "./text.ts";

export interface StatusOptions {
  readonly settings: Settings;
  /** The Status as it is, indented. */
  readonly json: boolean;
}

/** `pilcrow status`. Having no index yet is no failure. */
export async function statusCommand(pilcrow: Pilcrow, { settings, json }: StatusOptions, io: Io): Promise<number> {
  const status = await pilcrow.status();
  if (json) writeJson(io.stdout, status);
  else io.stdout.write(`${describe(status, settings, io.cwd).join("\n")}\n`);
  return EXIT.success;
}

function describe(status: Status, settings: Settings, cwd: string): string[] {
  const example = settings.exampleCorpus ? " (the example documents)" : "";
  const head = [
    `corpus     ${plain(showPath(status.corpus, cwd))}${example}`,
    `index      ${plain(showPath(status.index, cwd))}`,
  ];
  if (status.generation === null) {
    if (status.writer === null) return [...head, "There is no index yet. `pilcrow index` makes it."];
    return [...head, `There is no index yet; it is being made by ${describeWriter(status.writer)}.`];
  }
  return [
    ...head,
    `made       ${status.createdAt === null ? "at an unknown time" : localTime(status.createdAt)}`,
    `model      ${plain(status.embedder ?? "unknown")}`,
    `documents  ${status.documents.toLocaleString("en-GB")}`,
    `passages   ${status.passages.toLocaleString("en-GB")}`,
    `pending    ${describePending(status)}`,
    ...(status.writer === null ? [] : [`writing    ${describeWriter(status.writer)}`]),
    ...describeRebuilding(status.rebuilding),
    ...describeFailures(status),
  ];
}

/** What `pilcrow index` would do: "1 added, 2 changed: `pilcrow index` brings it up to date". */
function describePending({ pending, pendingProblem }: Status): string {
  if (pending === null) return `unknown: ${pendingProblem ? sentences(pendingProblem) : "the corpus cannot be read"}`;
  const kinds = ["added", "changed", "renamed", "removed"] as const;
  const said = kinds
    .filter((kind) => pending[kind] > 0)
    .map((kind) => `${pending[kind].toLocaleString("en-GB")} ${kind}`);
  return said.length ? `${said.join(", ")}; \`pilcrow index\` brings it up to date` : "nothing; it is up to date";
}

/** That the index is being made anew, or was, and how far that is. */
function describeRebuilding(rebuilding: Status["rebuilding"]): string[] {
  if (rebuilding === null) return [];
  const { documents, passages, embedder } = rebuilding;
  const done = `${count(documents, "document")}, ${count(passages, "passage")} are done with the model ${plain(embedder)}`;
  return [`rebuild    ${done}; this index answers until all are`];
}

/** "process 4711, since 2026-05-01 14:03" */
function describeWriter({ pid, host, since }: NonNullable<Status["writer"]>): string {
  const where = host === hostname() ? "" : ` on ${host}`;
  return plain(`process ${pid}${where}, since ${localTime(since)}`);
}

/** "2026-05-01 14:03", in the time zone of this machine. */
function localTime(iso: string): string {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return plain(iso);
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 16).replace("T", " ");
}
