import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { evalText } from "./eval-text.ts";
import { type Build, buildRates, withCorpus } from "./index-build.ts";
import { changeCosts } from "./index-change.ts";
import { searchTimes } from "./index-search.ts";
import { served, startTimes } from "./index-serve.ts";
import { markdownTable, printTable } from "./table.ts";

const results = fileURLToPath(new URL("RESULTS.md", import.meta.url));
const root = fileURLToPath(new URL("..", import.meta.url));

/** Of one size of index. */
interface Measured {
  readonly build: Build;
  readonly search: Awaited<ReturnType<typeof searchTimes>>;
  readonly change: Awaited<ReturnType<typeof changeCosts>>;
  readonly start: Awaited<ReturnType<typeof startTimes>>;
  readonly served: Awaited<ReturnType<typeof served>>;
}

interface Row {
  readonly what: string;
  readonly of: (measured: Measured) => number;
  readonly digits?: number;
  /** What it is held against, at the largest size, in the same run. */
  readonly baseline?: { readonly name: string; readonly of: (measured: Measured) => number };
  readonly reach: string;
  readonly reached: (largest: Measured, smallest: Measured) => boolean;
}

const ROWS: readonly Row[] = [
  {
    what: "build, paragraphs a second",
    of: ({ build }) => build.rate,
    baseline: { name: "embedder alone", of: ({ build }) => build.embedderRate },
    reach: "at least 1/2 of the embedder alone",
    reached: ({ build }) => build.rate >= build.embedderRate / 2,
  },
  {
    what: "build, over one with all-MiniLM-L6-v2",
    of: ({ build }) => build.rate / build.miniLmRate,
    digits: 1,
    baseline: { name: "that build, paragraphs a second", of: ({ build }) => build.miniLmRate },
    reach: "at least 20 times",
    reached: ({ build }) => build.rate >= 20 * build.miniLmRate,
  },
  {
    what: "hybrid search, p50 ms",
    of: ({ search }) => search.hybrid.p50,
    digits: 2,
    baseline: { name: "Float32Array scan", of: ({ search }) => search.scan },
    reach: "at most 1/2 of the scan",
    reached: ({ search }) => search.hybrid.p50 <= search.scan / 2,
  },
  {
    what: "hybrid search, p99 ms",
    of: ({ search }) => search.hybrid.p99,
    digits: 2,
    reach: "at most 3 times p50",
    reached: ({ search }) => search.hybrid.p99 <= 3 * search.hybrid.p50,
  },
  {
    what: "hybrid search in one folder, p50 ms",
    of: ({ search }) => search.filtered.p50,
    digits: 2,
    reach: "no more than without",
    reached: ({ search }) => search.filtered.p50 <= 1.1 * search.hybrid.p50,
  },
  {
    what: "lexical search, p50 ms",
    of: ({ search }) => search.lexical.p50,
    digits: 3,
    baseline: { name: "MiniSearch", of: ({ search }) => search.miniSearch },
    reach: "at most 1/20 of MiniSearch",
    reached: ({ search }) => search.lexical.p50 <= search.miniSearch / 20,
  },
  {
    what: "open, ms",
    of: ({ search }) => search.open,
    reach: "under 1,000",
    reached: ({ search }) => search.open < 1000,
  },
  {
    what: "first answer from process start, ms",
    of: ({ start }) => start.firstAnswer,
    reach: "under 1,500",
    reached: ({ start }) => start.firstAnswer < 1500,
  },
  {
    what: "memory of the server, MB resident",
    of: ({ served }) => served.megabytes,
    reach: "under 450",
    reached: ({ served }) => served.megabytes < 450,
  },
  {
    what: "bytes on disk a paragraph, over the text",
    of: ({ build }) => build.bytesAParagraph,
    reach: "under 2,000",
    reached: ({ build }) => build.bytesAParagraph < 2000,
  },
  {
    what: "one changed file of 50 paragraphs, ms",
    of: ({ change }) => change.median,
    reach: "under 10 times that at 1,000",
    reached: ({ change }, smallest) => change.median < 10 * smallest.change.median,
  },
  {
    what: "requests failed while the index changes",
    of: ({ served }) => served.failed,
    reach: "none of 50 a second",
    reached: ({ served }) => served.failed === 0,
  },
  {
    what: "their p99, ms",
    of: ({ served }) => served.changing.p99,
    digits: 1,
    baseline: { name: "p99 while it does not", of: ({ served }) => served.quiet.p99 },
    reach: "under 3 times the quiet one",
    reached: ({ served }) => served.changing.p99 < 3 * served.quiet.p99,
  },
];

/**
 * What indexing and searching cost, and how the cost grows: every figure of the index at several sizes beside its baseline,
 * over text made from the sets of ../shared/eval. Prints one table and writes it to bench/RESULTS.md.
 */
export async function benchIndex(): Promise<void> {
  const sizes = (process.env.PILCROW_BENCH_SIZES ?? "1000,10000,100000").split(",").map(Number);
  execFileSync(process.execPath, ["build.js"], { cwd: root, stdio: "ignore" });
  const text = await evalText();
  const measured: Measured[] = [];
  for (const size of sizes) {
    const place = await withCorpus(join(tmpdir(), "pilcrow-bench", String(size)), text, size);
    const build = await buildRates(place, text);
    const search = await searchTimes(place, text);
    const start = await startTimes(place, text);
    const change = await changeCosts(place, text);
    measured.push({ build, search, start, change, served: await served(place, text) });
  }
  report(sizes, measured);
}

function report(sizes: readonly number[], measured: readonly Measured[]): void {
  const [smallest] = measured;
  const largest = measured.at(-1);
  if (smallest === undefined || largest === undefined) return;
  const shown = (value: number, digits = 0) =>
    value.toLocaleString("en", { maximumFractionDigits: digits, minimumFractionDigits: digits });
  const head = [
    "what",
    ...sizes.map((size) => size.toLocaleString("en")),
    "growth",
    "baseline at the largest",
    "to reach",
    "reached",
  ];
  const rows = ROWS.map(({ what, of, digits, baseline, reach, reached }) => {
    const values = measured.map(of);
    const growth = values.slice(1).map((value, i) => `× ${shown(value / (values[i] || Number.NaN), 1)}`);
    return [
      what,
      ...values.map((value) => shown(value, digits)),
      growth.join(", ").replaceAll("× NaN", "–"),
      baseline ? `${baseline.name}: ${shown(baseline.of(largest), digits)}` : "",
      reach,
      reached(largest, smallest) ? "yes" : "no",
    ];
  });
  const title = `index: paragraphs made from the text of the evaluation sets, ${cpus().length} cores (${cpus()[0]?.model ?? "unknown"}), Node ${process.versions.node}`;
  printTable(title, head, rows);
  const intro =
    "Written by `npm run bench index`. Columns are numbers of paragraphs; “growth” is from each to the next.";
  writeFileSync(results, `# The index, measured\n${title}. ${intro}\n\n${markdownTable(head, rows)}\n`);
}
