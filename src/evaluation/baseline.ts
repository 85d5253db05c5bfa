import { hash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { z } from "zod";
import { UsageError } from "../errors.ts";
import type { Column } from "./figure.ts";
import type { Row } from "./row.ts";

const Figure = z.object({
  value: z.number(),
  low: z.number(),
  high: z.number(),
  questions: z.number(),
  /** What each question adds, as `encode` writes it. */
  each: z.string(),
});
const KnownRow = z.object({
  set: z.string(),
  /** Of the questions' ids, so that figures are compared question by question only where they are the same. */
  ids: z.string(),
  figures: z.record(z.string(), Figure),
});
const Baseline = z.object({ models: z.record(z.string(), z.record(z.string(), KnownRow)) });

export type KnownFigure = z.infer<typeof Figure>;
/** Rows by what they measure: "retrieval squad2 hybrid". */
export type KnownRows = Readonly<Record<string, z.infer<typeof KnownRow>>>;

/** What a row measures, as the baseline and the gate name it. */
export function rowName({ table, set, of }: Row): string {
  return [table, set, of].filter(Boolean).join(" ");
}

/** The committed rows of a model; none where there are none of it. Throws UsageError where the file is missing or damaged. */
export async function readBaseline(path: string, model: string): Promise<KnownRows> {
  return (await read(path)).models[model] ?? {};
}

/** Replaces the rows of the sets that were run; those of other sets and other models stay. */
export async function updateBaseline(path: string, model: string, rows: readonly Row[]): Promise<void> {
  const known = await read(path).catch((error: unknown): z.infer<typeof Baseline> => {
    if (error instanceof UsageError && error.code === "no-baseline") return { models: {} };
    throw error;
  });
  const sets = new Set(rows.map(({ set }) => set));
  const others = Object.entries(known.models[model] ?? {}).filter(([, row]) => !sets.has(row.set));
  const models = { ...known.models, [model]: Object.fromEntries([...others, ...rows.map(entry)].sort(byName)) };
  await writeFile(path, `${JSON.stringify({ models }, null, 2)}\n`);
}

async function read(path: string): Promise<z.infer<typeof Baseline>> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    const advice = "Run `pilcrow eval --update-baseline` to write it.";
    throw new UsageError("no-baseline", `there is no baseline ${path}`, advice, { cause });
  }
  try {
    return Baseline.parse(JSON.parse(text));
  } catch (cause) {
    const advice = "Delete it and run `pilcrow eval --update-baseline`.";
    throw new UsageError("bad-baseline", `${path} is not a baseline`, advice, { cause });
  }
}

function entry(row: Row): [string, z.infer<typeof KnownRow>] {
  const figures = Object.entries(row.figures).map(([name, { value, low, high, questions, columns }]) => {
    const [v, l, h] = [value, low, high].map((number) => Number(number.toFixed(4)));
    return [name, { value: v ?? 0, low: l ?? 0, high: h ?? 0, questions, each: encode(columns) }] as const;
  });
  return [rowName(row), { set: row.set, ids: idsOf(row), figures: Object.fromEntries(figures) }];
}

export function idsOf({ questions }: Row): string {
  return hash("sha256", questions.join("\n")).slice(0, 12);
}

const STEPS = 35;

/** Each value of 0 to 1 as a digit of base 36 ("z" is 1), a null as a point; a blank between two columns. */
export function encode(columns: readonly Column[]): string {
  const digit = (value: number | null) => (value === null ? "." : Math.round(value * STEPS).toString(36));
  return columns.map((column) => column.map(digit).join("")).join(" ");
}

/** What `encode` wrote, to within half a step. */
export function decode(text: string): Column[] {
  const value = (digit: string) => (digit === "." ? null : Number.parseInt(digit, 36) / STEPS);
  return text.split(" ").map((column) => [...column].map(value));
}

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) => (a < b ? -1 : 1);
