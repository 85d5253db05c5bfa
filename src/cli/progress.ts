import type { IndexEvent } from "../index-corpus.ts";
import { type Io, type Output, writeJsonLine } from "./io.ts";
import { cut, formatDuration } from "./text.ts";

/** Shows how indexing goes. `end` leaves nothing moving behind. */
export interface Progress {
  show(event: IndexEvent): void;
  end(): void;
}

/** Milliseconds between two drawings of the line, so that it is seen to move. */
const REDRAW = 80;
/** Milliseconds between two lines where they pile up. */
const PLAIN_INTERVAL = 2000;
const SPINNER = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";

/** Every event as a line of JSON on standard output. */
export function jsonProgress({ stdout }: Io): Progress {
  return { show: (event) => writeJsonLine(stdout, event), end() {} };
}

/** One rewritten line on a terminal; elsewhere lines, at most one in two seconds. On standard error. */
export function textProgress({ stderr }: Io, corpus: string): Progress {
  return stderr.isTTY ? terminalProgress(stderr, corpus) : plainProgress(stderr, corpus);
}

function terminalProgress(output: Output, corpus: string): Progress {
  let said = `Reading ${corpus}`;
  let drawn = Number.NEGATIVE_INFINITY;
  let turn = 0;
  const draw = () => {
    drawn = performance.now();
    const spinner = SPINNER[turn++ % SPINNER.length];
    output.write(`\r\x1b[2K${cut(`${spinner} ${said}`, output.columns - 1)}`);
  };
  draw();
  const timer = setInterval(draw, REDRAW);
  return {
    show(event) {
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

function plainProgress(output: Output, corpus: string): Progress {
  output.write(`Reading ${corpus}\n`);
  let written = performance.now();
  return {
    show(event) {
      const said = describe(event);
      const due = event.type === "scan-end" || performance.now() - written >= PLAIN_INTERVAL;
      if (said === undefined || !due) return;
      written = performance.now();
      output.write(`${said}\n`);
    },
    end() {},
  };
}

function describe(event: IndexEvent): string | undefined {
  if (event.type === "scan-end") return describeScan(event);
  if (event.type === "progress") return describeProgress(event);
  return undefined;
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
