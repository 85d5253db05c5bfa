import { splitSentences } from "../documents/sentences.ts";
import { isOfAny } from "../retrieval/document-times.ts";
import { ofAnyTime, sentenceTest } from "../retrieval/passage-dates.ts";
import type { Reading } from "../retrieval/reading.ts";
import type { RankedPassage } from "../retrieval/retriever.ts";
import type { SearchableIndex } from "../retrieval/searchable.ts";
import { terms } from "../retrieval/tokenize.ts";

/** A sentence that is taken for its date alone must have this share of the question's words, by weight. */
const LEAST_SHARE = 0.5;

/**
 * What may answer for the period: all, where some document is of it; else of each passage only the sentences that write
 * out a time of it themselves, each as a passage. What stands beside them in a document of another time is of that time.
 */
export function ofThatTime(
  reading: Reading,
  evidence: readonly RankedPassage[],
  index: SearchableIndex,
): readonly RankedPassage[] {
  const { period, spans } = reading;
  if (period === null || index.documents.some(({ document }) => isOfAny(document, spans))) return evidence;
  const isOfPeriod = sentenceTest(spans);
  const isOfAnyTime = ofAnyTime(index);
  return evidence.flatMap((source) => {
    const { passage, document } = source;
    if (isOfAnyTime(document)) return [source];
    return splitSentences(passage.text).flatMap(({ start, end }) => {
      const text = passage.text.slice(start, end);
      if (!isOfPeriod(text, document) || !hasSubject(text, source, reading)) return [];
      return { ...source, passage: { ...passage, text, start: passage.start + start, end: passage.start + end } };
    });
  });
}

/** Whether the sentence, under the title of its document and its section, is of what is asked. */
function hasSubject(text: string, { document, passage }: RankedPassage, reading: Reading): boolean {
  const known = new Set(terms(`${text} ${passage.section ?? ""} ${document.title}`));
  const total = reading.terms.reduce((sum, { weight }) => sum + weight, 0);
  const found = reading.terms.reduce((sum, { term, weight }) => sum + (known.has(term) ? weight : 0), 0);
  return found >= LEAST_SHARE * total;
}
