import type { AskEvent, Citation, Fallback, ModelUse, Statement } from "../types.ts";
import type { Draft, Quote } from "./answerer.ts";
import { citeAll, type FileReader } from "./citations.ts";
import type { Writer } from "./writer.ts";

/** What came of having an answer written. */
export interface WrittenAnswer {
  readonly statements: readonly Statement[];
  readonly citations: readonly Citation[];
  /** Why it is not to be given; null where it is, and where the model says that the passages do not answer. */
  readonly fallback: Fallback | null;
  /** null where no model was asked. */
  readonly use: ModelUse | null;
}

const COMPLETE_LIST: Fallback = {
  reason: "complete-list",
  message: "Every mention is counted and quoted, which no language model is asked to do.",
};
const NOTHING_LEFT: Fallback = {
  reason: "unsupported",
  message: "Nothing that the language model wrote is supported by the passages.",
};

/** Has an answer written, and tells each statement after its citations, when its quotes stand in their files. */
export async function* writtenAnswer(
  question: string,
  draft: Draft,
  writer: Writer,
  read: FileReader,
  signal?: AbortSignal,
  since?: number,
): AsyncGenerator<AskEvent, WrittenAnswer> {
  if (draft.kind === "every-mention") return { ...NOTHING, fallback: COMPLETE_LIST };
  if (draft.finding !== null) return NOTHING;
  const statements: Statement[] = [];
  const citations: Citation[] = [];
  const stop = new AbortController();
  const writing = writer.write(question, draft, AbortSignal.any([stop.signal, ...(signal ? [signal] : [])]), since);
  try {
    for (;;) {
      const next = await writing.next();
      if (next.done) {
        const { ending, use } = next.value;
        if (ending === "silent") return { ...NOTHING, use };
        const fallback = ending !== "answered" ? ending : statements.length === 0 ? NOTHING_LEFT : null;
        return { statements, citations, fallback, use };
      }
      const { text, quotes, rank, verdict, missing } = next.value;
      // A sentence that several statements rest on is cited once.
      const fresh = quotes.filter((quote) => !citations.some((citation) => isOf(citation, quote)));
      const checked = fresh.length === 0 && quotes.length > 0 ? [] : await citeAll(fresh, citations.length + 1, read);
      if (checked === null) continue;
      for (const citation of checked) yield { type: "citation", citation };
      citations.push(...checked);
      const cited = quotes.flatMap((quote) => citations.find((citation) => isOf(citation, quote)) ?? []);
      const statement = { text, citations: cited.map(({ marker }) => marker), rank, verdict, missing };
      yield { type: "statement", statement };
      statements.push(statement);
    }
  } finally {
    // Also where nobody reads on: the model is not left writing.
    stop.abort();
  }
}

function isOf({ passageId, start, end }: Citation, quote: Quote): boolean {
  return passageId === quote.source.passage.passageId && start === quote.start && end === quote.end;
}

const NOTHING: WrittenAnswer = { statements: [], citations: [], fallback: null, use: null };
