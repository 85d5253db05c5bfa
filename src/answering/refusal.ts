import { dateInWords } from "../documents/dates.ts";
import { passageFrequency } from "../retrieval/bm25.ts";
import { isOfAny, timesOf } from "../retrieval/document-times.ts";
import type { QueryTerm, Reading } from "../retrieval/reading.ts";
import type { RankedPassage } from "../retrieval/retriever.ts";
import { inScope, type Scope } from "../retrieval/scope.ts";
import { documentAt, documentsWith, type SearchableIndex } from "../retrieval/searchable.ts";
import { termsOf } from "../retrieval/standing-term.ts";
import type { Document, IndexedDocument, IsoDate, Period, RefusalReason } from "../types.ts";
import { type Allows, missingNames, missingNamesMessage, neverTogether } from "./refusal-names.ts";
import { LEAD, list, quoted } from "./refusal-words.ts";

/** At this many passages or fewer, the least score of the best passage at which an answer is given. */
export const LEAST_SCORE = 0.3;
export const SMALL_INDEX = 50;
/** By how much it rises each time the passages are e times as many: the best of more is better by chance alone. */
export const RISE = 0.027;
/** A single word of the question that stands nowhere and weighs this much of it leaves too little to go by. */
const DECISIVE_SHARE = 0.5;
/**
 * The cosine at which a word of the documents may stand for one of the question: for a name ("USA" for "US", .56; of two
 * unrelated names under .4), and for another word ("expenditure" for "spent", .42; of unrelated words mostly under .2).
 */
const SAME_NAME = 0.5;
const SAME_WORD = 0.38;
const PERIODS_SHOWN = 8;

/**
 * The least score of the best passage at which an answer is given, by the number of passages. `npm run bench refusal`
 * fits both numbers over all collections and prints what others would do, as curves of precision and recall; these are
 * round ones on the careful side of the fit: to small collections .22 would do, and let more questions of other subjects pass.
 */
export function leastScore(passages: number): number {
  return LEAST_SCORE + RISE * Math.log(Math.max(1, passages / SMALL_INDEX));
}

/** Why there is no answer, before the nearest passages are added. */
export interface Finding {
  readonly reason: RefusalReason;
  readonly message: string;
  readonly missingTerms: readonly string[];
}

/** The largest cosine of a word to any word of these passages. */
export type NearestWord = (word: string, passages: readonly RankedPassage[]) => Promise<number>;

/** Whether the evidence can carry an answer at all: null when it can. */
export async function judge(
  reading: Reading,
  evidence: readonly RankedPassage[],
  index: SearchableIndex,
  scope: Scope,
  nearestWord: NearestWord,
): Promise<Finding | null> {
  if (index.passages.length === 0) {
    return { reason: "empty-index", message: "The index holds no passages.", missingTerms: [] };
  }
  if (reading.terms.length === 0 && reading.period === null) {
    return { reason: "no-evidence", message: `${LEAD} The question names nothing to look for.`, missingTerms: [] };
  }
  const periods = periodsAsked(reading);
  if (evidence.length === 0) {
    if (periods.length > 0) return noDocumentOf(periods, index, scope, "none mentions that time");
    return { reason: "no-evidence", message: `${LEAD} No document passes the given filters.`, missingTerms: [] };
  }

  const allows = inScope(index, scope);
  const missing: QueryTerm[] = [];
  const renamed = new Set<QueryTerm>();
  for (const term of missingNames(reading, index, allows)) {
    const isElsewhere = documentsWith(index, term.term).length > 0;
    if (isElsewhere || (await nearestWord(term.word, evidence)) < SAME_NAME) missing.push(term);
    else renamed.add(term);
  }
  if (missing.length > 0) {
    const message = missingNamesMessage(missing, reading, index, allows);
    return { reason: "missing-terms", message, missingTerms: missing.map(({ word }) => word) };
  }
  const apart = neverTogether(reading, index, allows);
  if (apart !== null) return { reason: "no-evidence", message: apart, missingTerms: [] };
  const asked = reading.terms.filter((term) => !renamed.has(term));
  const finding = await weak(asked, evidence, index, nearestWord, reading, allows);
  const isOfPeriod = ({ document }: IndexedDocument) => isOfAny(document, reading.spans);
  if (finding === null || periods.length === 0 || index.documents.some(isOfPeriod)) return finding;
  return noSentenceOf(reading, index, scope);
}

/** That no document is of the period, and that those which speak of that time say nothing of what is asked. */
export function noSentenceOf(reading: Reading, index: SearchableIndex, scope: Scope): Finding {
  return noDocumentOf(periodsAsked(reading), index, scope, "what others say of that time does not answer");
}

function periodsAsked({ sides, period }: Reading): readonly Period[] {
  return sides.length > 0 ? sides : period === null ? [] : [period];
}

/** That no document is of these periods, and of which times there are some. */
function noDocumentOf(
  periods: readonly Period[],
  index: SearchableIndex,
  { documents, folders, from, to }: Scope,
  others: string,
): Finding {
  const allows = inScope(index, { documents, folders, from, to });
  const filtered = allows !== undefined;
  const dates = new Set<IsoDate>();
  const undated = new Set<Document>();
  for (let ordinal = 0; ordinal < index.passages.length; ordinal++) {
    const { document } = documentAt(index, ordinal);
    if (allows !== undefined && !allows(ordinal)) continue;
    const times = timesOf(document);
    if (times.length === 0) undated.add(document);
    for (const { from } of times) if (from !== null) dates.add(from);
  }
  const times = periodsOf([...dates]);
  const which = filtered ? "None of the documents asked for is" : "No document is";
  const there =
    times.length === 0
      ? ""
      : `; ${filtered ? "they are" : "there are documents"} of ${list(times, "and", PERIODS_SHOWN)}`;
  const without = undated.size === 0 ? "" : `; ${undated.size} ${undated.size === 1 ? "has" : "have"} no date`;
  const asked = list(
    periods.map(({ text }) => quoted(text)),
    "or",
  );
  return {
    reason: "no-document-in-period",
    message: `${LEAD} ${which} of ${asked}, and ${others}${there}${without}.`,
    missingTerms: [],
  };
}

/** The years of these dates, in order; of one year its months, of one month its days. */
function periodsOf(dates: readonly IsoDate[]): string[] {
  const [years = [], ...finer] = [4, 7, 10].map((length) => [...new Set(dates.map((date) => date.slice(0, length)))]);
  const shown = years.length > 1 ? years : (finer.find((times) => times.length > 1) ?? finer.at(-1) ?? years);
  return [...shown].sort().map(dateInWords);
}

/** A decisive word that stands nowhere, or nothing that comes near enough. */
async function weak(
  terms: readonly QueryTerm[],
  evidence: readonly RankedPassage[],
  index: SearchableIndex,
  nearestWord: NearestWord,
  reading: Reading,
  allows: Allows,
): Promise<Finding | null> {
  const total = terms.reduce((sum, term) => sum + term.weight, 0);
  const nowhere = terms.filter(({ term }) => passageFrequency(index.lexical, term) === 0);
  const decisive = nowhere.find(({ weight }) => weight >= DECISIVE_SHARE * total);
  const isDecisive = decisive !== undefined && (await nearestWord(decisive.word, evidence)) < SAME_WORD;
  // "What happened on 27 September 2013?" asks for whatever is of that time.
  const isNear = terms.length === 0 || (evidence[0]?.score ?? 0) >= leastScore(index.passages.length);
  if (isNear && !isDecisive) return null;
  if (nowhere.length === 0) {
    const absent =
      allows === undefined
        ? []
        : terms.filter(({ word }) => termsOf(word).every((term) => documentsWith(index, term, allows).length === 0));
    if (absent.length > 0) {
      return {
        reason: "missing-terms",
        message: missingNamesMessage(absent, reading, index, allows),
        missingTerms: absent.map(({ word }) => word),
      };
    }
    return {
      reason: "no-evidence",
      message: `${LEAD} No passage comes near enough to the question.`,
      missingTerms: [],
    };
  }
  const words = nowhere.map(({ word }) => word);
  const stands = `${list(words.map(quoted))} ${words.length === 1 ? "stands" : "stand"} in none of the documents`;
  const rest = words.length < terms.length ? ", and no passage comes near enough to the rest" : "";
  return { reason: "missing-terms", message: `${LEAD} ${stands}${isNear ? "" : rest}.`, missingTerms: words };
}
