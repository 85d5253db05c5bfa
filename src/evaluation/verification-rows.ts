import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { checkStatement } from "../answering/verification/check-statement.ts";
import { locateQuote } from "../answering/verification/locate-quote.ts";
import { parseDocument } from "../documents/parse.ts";
import type { Embedder } from "../embedding/embedder.ts";
import { UsageError } from "../errors.ts";
import { readCorpus } from "../read-corpus.ts";
import type { IndexedDocument, Verdict } from "../types.ts";
import { figure } from "./figure.ts";
import type { Row } from "./row.ts";
import type { QuestionSet, RetrievalSet } from "./sets.ts";
import { type KnownStatement, statementsOf } from "./statement-set.ts";

/** Folders of people's sets that statements written by hand stand in, beside the sets themselves. */
const BY_HAND = "statements";
const SETS_BY_HAND = [
  "statements",
  "held-out",
  "unseen",
  "fresh",
  "fresh-2",
  "fresh-3",
  "parish-and-ward",
  "answers",
  "answers-2",
  "kept-aside",
  "kept-aside-2",
  "kept-aside-free",
];
const MAX_FILE_BYTES = 50_000_000;

const Statement = z.object({ statement: z.string(), quote: z.string() });
const Passage = z.object({
  id: z.string(),
  title: z.string(),
  date: z.string().nullable(),
  text: z.string(),
  people: z.array(z.object({ name: z.string(), role: z.string() })),
  supported: z.array(Statement),
  altered: z.array(Statement.extend({ kind: z.string() })),
});

/** How statements made of a set's documents are judged: one row of all, and one of each alteration. */
export async function verificationRows(
  set: QuestionSet | RetrievalSet,
  embedder: Embedder,
  exampleCorpus: string,
): Promise<Row[]> {
  const documents = set.type === "retrieval" ? documentsOf(set) : await documentsIn(set.corpus ?? exampleCorpus);
  return rowsOf(set.name, statementsOf(documents), embedder);
}

/** How the statements that were written by hand in a folder of sets are judged; none where there are none. Throws UsageError. */
export async function handWrittenRows(folder: string, embedder: Embedder): Promise<Row[]> {
  const rows: Row[] = [];
  for (const name of SETS_BY_HAND) {
    const path = join(folder, BY_HAND, `${name}.jsonl`);
    const lines = await readFile(path, "utf8").catch(() => null);
    if (lines !== null) rows.push(...(await rowsOf(`by hand: ${name}`, readStatements(path, lines), embedder)));
  }
  return rows;
}

async function rowsOf(set: string, statements: readonly KnownStatement[], embedder: Embedder): Promise<Row[]> {
  const judged: Judged[] = [];
  for (const { id, text, source, quote, made, isAltered } of statements) {
    const { verdict } = await checkStatement(text, [{ source, quote }], embedder);
    judged.push({ id, made, isAltered, verdict });
  }
  const kinds = [...new Set(judged.filter(({ isAltered }) => isAltered).map(({ made }) => made))].sort();
  return [
    rowOf(set, "all", judged),
    ...kinds.map((kind) =>
      rowOf(
        set,
        kind,
        judged.filter(({ made, isAltered }) => isAltered && made === kind),
      ),
    ),
  ];
}

interface Judged extends Pick<KnownStatement, "id" | "made" | "isAltered"> {
  readonly verdict: Verdict;
}

function rowOf(set: string, of: string, judged: readonly Judged[]): Row {
  return {
    table: "statements",
    set,
    of,
    counts: {
      altered: judged.filter(({ isAltered }) => isAltered).length,
      untouched: judged.filter(({ isAltered }) => !isAltered).length,
    },
    figures: {
      "altered caught": share(judged, true, "supported", false),
      "altered withheld": share(judged, true, "unsupported", true),
      // Of the untouched, what is not flagged: a figure of which more is better, as the gate takes all of them.
      "untouched passed": share(judged, false, "supported", true),
      "untouched shown": share(judged, false, "unsupported", false),
    },
    questions: judged.map(({ id }) => id),
  };
}

/** How many of the altered or the untouched have the verdict, or have another one. */
function share(judged: readonly Judged[], isAltered: boolean, verdict: Verdict, isWanted: boolean) {
  return figure(
    judged.map((one) => (one.isAltered === isAltered ? Number((one.verdict === verdict) === isWanted) : null)),
  );
}

async function documentsIn(folder: string): Promise<readonly IndexedDocument[]> {
  return (await readCorpus({ folder, ignore: [], maxFileBytes: MAX_FILE_BYTES })).documents;
}

/** Each passage as a document of its own, under its title. */
function documentsOf({ passages }: RetrievalSet): IndexedDocument[] {
  return passages.map(({ _id, title, text }, i) => documentOf({ id: `${i + 1}-${_id}`, title, date: null, text }));
}

function documentOf({ id, title, date, text }: Pick<z.infer<typeof Passage>, "id" | "title" | "date" | "text">) {
  const metadata = { title, ...(date !== null && { date }) };
  return parseDocument({
    path: `${id.replaceAll(/[^\w-]/g, "-")}.txt`,
    bytes: new TextEncoder().encode(text),
    metadata,
  });
}

function readStatements(path: string, lines: string): KnownStatement[] {
  return lines.split(/\r?\n/).flatMap((line, i) => {
    if (line.trim() === "") return [];
    const parsed = Passage.safeParse(JSON.parse(line));
    if (!parsed.success) {
      throw new UsageError(
        "bad-question-set",
        `${path}, line ${i + 1} is not as expected`,
        "tests/eval/README.md shows the format.",
      );
    }
    const { supported, altered, people, ...written } = parsed.data;
    const { document, passages } = documentOf(written);
    return [
      ...supported.map((one) => ({ ...one, made: "by hand", isAltered: false })),
      ...altered.map(({ kind, ...one }) => ({ ...one, made: kind, isAltered: true })),
    ].flatMap(({ statement, quote, made, isAltered }, at) => {
      const passage = passages.find(({ text }) => locateQuote(text, quote) !== null);
      if (passage === undefined) return [];
      const source = {
        ordinal: 0,
        passage,
        document: { ...document, people },
        score: 0,
        dense: 0,
        lexical: 0,
        wording: 0,
        period: 0,
        people: 0,
      };
      return [{ id: `${written.id} ${at + 1}`, text: statement, quote, source, made, isAltered }];
    });
  });
}
