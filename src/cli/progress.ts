import type { IndexEvent } from "../index-corpus.ts";
import { type Io, type Output, writeJsonLine } from "./io.ts";
import { cut, formatDuration, plain } from "./text.ts";

/** Shows how indexing goes. `end` leaves nothing moving behind. */
export interface Progress {
  show(event: IndexEvent): void;
  /** A line that stays. */
  say(line: string): void;
  end(): void;
}

/** Milliseconds between two drawings of the line, so that it is seen to move. */
const REDRAW = 80;
/** Milliseconds between two lines where they pile up. */
const PLAIN_INTERVAL = 2000;
const SPINNER = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";

/** Every event as a line of JSON on standard output. */
export function jsonProgress({ stdout, stderr }: Pick<Io, "stdout" | "stderr">): Progress {
  return { show: (event) => writeJsonLine(stdout, event), say: (line) => stderr.write(`${line}\n`), end() {} };
}

/** One rewritten line on a terminal; elsewhere lines, at most one in two seconds. On standard error. */
export function textProgress(io: Io, corpus: string): Progress {
  return lineProgress(io, `Reading ${corpus}`);
}

/** The same, beginning with what is said. */
export function lineProgress({ stderr }: Pick<Io, "stderr">, said: string): Progress {
  return stderr.isTTY ? terminalProgress(stderr, said) : plainProgress(stderr, said);
}

function terminalProgress(output: Output, first: string): Progress {
  let said = first;
  let drawn = Number.NEGATIVE_INFINITY;
  let turn = 0;
  const draw = () => {
    drawn = performance.now();
    const spinner = SPINNER[turn++ % SPINNER.length];
    output.write(`\r\x1b[2K${cut(`${spinner} ${said}`, output.columns - 1)}`);
  };
  draw();
  const timer = setInterval(draw, REDRAW);
  const say = (line: string) => {
    output.write(`\r\x1b[2K${line}\n`);
    draw();
  };
  return {
    say,
    show(event) {
      if (event.type === "index-damaged") say(describeDamage(event));
      said = describe(event) ?? said;
      // Indexing may leave the timer no turn, so events draw as well.
      if (performance.now() - drawn >= REDRAW) draw();
    },
    end() {
      clearInterval(timer);
      output.write("\r\x1b[2K");
    },
  };
}

function plainProgress(output: Output, first: string): Progress {
  output.write(`${first}\n`);
  let written = performance.now();
  let last = first;
  const say = (line: string) => output.write(`${line}\n`);
  return {
    say,
    show(event) {
      if (event.type === "index-damaged") say(describeDamage(event));
      const said = describe(event);
      const isEnd = event.type === "scan-end" || (event.type === "download" && event.bytes === event.bytesTotal);
      const due = isEnd || performance.now() - written >= PLAIN_INTERVAL;
      if (said === undefined || said === last || !due) return;
      written = performance.now();
      last = said;
      output.write(`${said}\n`);
    },
    end() {},
  };
}

/** "The index is damaged (segment-1/texts.bin): the documents of that part are indexed again." */
function describeDamage({ files }: Extract<IndexEvent, { type: "index-damaged" }>): string {
  return `The index is damaged (${files.join(", ")}): the documents of that part are indexed again.`;
}

function describe(event: IndexEvent): string | undefined {
  if (event.type === "scan-progress") return describeLooking(event);
  if (event.type === "scan-end") return describeScan(event);
  if (event.type === "progress") return describeProgress(event);
  if (event.type === "download") return describeDownload(event);
  return undefined;
}

function describeLooking({ files, filesTotal }: Extract<IndexEvent, { type: "scan-progress" }>): string {
  if (filesTotal === null) return `Looking for files: ${grouped(files)} so far`;
  return `Looking for changes: ${grouped(files)} of ${grouped(filesTotal)} files`;
}

function describeScan(scan: Extract<IndexEvent, { type: "scan-end" }>): string {
  const counts = [
    [scan.added, "new"],
    [scan.changed, "changed"],
    [scan.renamed, "renamed"],
    [scan.removed, "removed"],
    [scan.unchanged, "unchanged"],
  ] as const;
  const said = counts.filter(([number]) => number > 0).map(([number, what]) => `${grouped(number)} ${what}`);
  return `Files: ${said.join(", ") || "none"}`;
}

/** "Downloading 4.1 of 23.0 MB (17%), onnx/model.onnx of Xenova/e5-small-v2" */
function describeDownload({ model, file, bytes, bytesTotal }: Extract<IndexEvent, { type: "download" }>): string {
  const megabytes = (value: number) => (value / 1e6).toFixed(value < 1e5 ? 3 : 1);
  const amount =
    bytesTotal === null
      ? `${megabytes(bytes)} MB`
      : `${megabytes(bytes)} of ${megabytes(bytesTotal)} MB (${Math.floor((100 * bytes) / Math.max(1, bytesTotal))}%)`;
  return `Downloading ${amount}, ${file} of ${plain(model)}`;
}

function describeProgress(event: Extract<IndexEvent, { type: "progress" }>): string {
  const { documents, documentsTotal, passages, passagesTotal, elapsedMs } = event;
  const rate = elapsedMs > 0 ? (passages * 1000) / elapsedMs : 0;
  const left = Math.max(0, passagesTotal - passages);
  // What is waited for comes first: a narrow terminal cuts the end off.
  return [
    ...(rate > 0 && left > 0 ? [`${formatDuration((left * 1000) / rate)} left`] : []),
    `${grouped(passages)} of ${grouped(passagesTotal)} paragraphs`,
    ...(rate > 0 ? [`${grouped(Math.round(rate))} a second`] : []),
    `${grouped(documents)} of ${grouped(documentsTotal)} files`,
  ].join(", ");
}

function grouped(number: number): string {
  return number.toLocaleString("en-GB");
}
