import { splitSentences } from "../documents/sentences.ts";
import type { MentionQuestion } from "../retrieval/mention-question.ts";
import { type Found, finder, findMentions, formOf, type PassageMentions, type Phrase } from "../retrieval/phrase.ts";
import type { RankedPassage } from "../retrieval/retriever.ts";
import { inScope, isFiltered, type Scope } from "../retrieval/scope.ts";
import { documentAt, documentsWith, type SearchableIndex } from "../retrieval/searchable.ts";
import { tokenize } from "../retrieval/tokenize.ts";
import type { Document, MentionReading } from "../types.ts";
import type { Draft, DraftStatement } from "./answerer.ts";
import { mentionsInWords } from "./mention-words.ts";
import type { Finding } from "./refusal.ts";

/** A sentence that mentions it, or several where the mention goes across. */
interface MentioningSentence extends Found {
  mentions: number;
}

/**
 * Every sentence within the scope that mentions it, by document in order of date, undated ones last; a sentence counts
 * as often as it mentions it. Words count in all their English forms; headings, which are no paragraphs, do not count.
 */
export function everyMention(
  asked: MentionQuestion,
  index: SearchableIndex,
  scope: Scope,
): Pick<Draft, "statements" | "groups" | "finding" | "mention"> {
  const passages = findMentions(index, asked.phrases, inScope(index, scope));
  const mention = readingOf(asked, passages, index, scope);
  if (passages.length === 0) {
    return { statements: [], groups: null, finding: nowhere(asked, mention.headings, index, scope), mention };
  }
  const byDocument = new Map<Document, PassageMentions[]>();
  for (const one of passages) {
    const { document } = documentAt(index, one.ordinal);
    const mentioning = byDocument.get(document);
    if (mentioning === undefined) byDocument.set(document, [one]);
    else mentioning.push(one);
  }
  const statements: DraftStatement[] = [];
  const ordered = [...byDocument].sort(([a], [b]) => compareDates(a, b));
  const groups = ordered.map(([document, mentioning]) => {
    const first = statements.length;
    const mentions: number[] = [];
    for (const one of mentioning) {
      const source = sourceOf(one.ordinal, index);
      for (const sentence of sentencesWith(one.found, source.passage.text)) {
        statements.push(statementOf(source, sentence));
        mentions.push(sentence.mentions);
      }
    }
    const { title, date, documentId } = document;
    return { title, date, documentId, statements: mentions.map((_, i) => first + i), mentions, message: null };
  });
  return { statements, groups, finding: null, mention };
}

/** What was looked for and which of its forms were found, the most frequent first. */
function readingOf(
  { phrases }: MentionQuestion,
  passages: readonly PassageMentions[],
  index: SearchableIndex,
  scope: Scope,
): MentionReading {
  const counts = new Map<string, number>();
  for (const { ordinal, found } of passages) {
    for (const { start, end } of found) {
      const form = formOf(index.passages[ordinal]?.text.slice(start, end) ?? "");
      counts.set(form, (counts.get(form) ?? 0) + 1);
    }
  }
  return {
    phrases: phrases.map(({ text }) => text),
    exact: phrases.every(({ exact }) => exact),
    forms: [...counts].sort(([, a], [, b]) => b - a).map(([form]) => form),
    headings: headingsWith(phrases, index, inScope(index, scope)),
  };
}

function compareDates(a: Document, b: Document): number {
  return (a.date ?? "9999").localeCompare(b.date ?? "9999") || a.path.localeCompare(b.path);
}

/** It stands there by the words alone, whatever a search would say of it. */
function sourceOf(ordinal: number, index: SearchableIndex): RankedPassage {
  const { document, passages } = documentAt(index, ordinal);
  const passage = index.passages[ordinal] ?? passages[0];
  if (passage === undefined) throw new RangeError(`no passage ${ordinal}`);
  return { ordinal, passage, document, score: 0, dense: 0, lexical: 0, wording: 0, period: 0, people: 0 };
}

/** The sentences of the text that hold these spans; a span that goes across sentences takes all of them as one. */
export function sentencesWith(found: readonly Found[], text: string): MentioningSentence[] {
  const sentences = splitSentences(text);
  const holding: MentioningSentence[] = [];
  for (const span of found) {
    const touched = sentences.filter(({ start, end }) => start < span.end && end > span.start);
    // A mark before a paragraph ("6. ") belongs to no sentence.
    const start = Math.min(span.start, ...touched.map((sentence) => sentence.start));
    const end = Math.max(span.end, ...touched.map((sentence) => sentence.end));
    const last = holding.at(-1);
    if (last === undefined || start >= last.end) holding.push({ start, end, mentions: 1 });
    else
      holding.splice(-1, 1, {
        start: Math.min(start, last.start),
        end: Math.max(end, last.end),
        mentions: last.mentions + 1,
      });
  }
  return holding;
}

function statementOf(source: RankedPassage, { start, end }: Found): DraftStatement {
  const { passage } = source;
  const text = passage.text.slice(start, end).replace(/\s+/g, " ");
  return { text, quotes: [{ source, start: passage.start + start, end: passage.start + end }], rank: 1 };
}

/** Why no paragraph of the scope mentions it: no document's does, others' do, or only its words stand apart. */
function nowhere(
  { phrases }: MentionQuestion,
  inHeadings: readonly string[],
  index: SearchableIndex,
  scope: Scope,
): Finding {
  const phrase = phrases.map(({ text }) => `“${text}”`).join(" or ");
  const words = phrases.flatMap(({ text }) =>
    tokenize(text).map((token) => ({ ...token, word: text.slice(token.start, token.end) })),
  );
  const missing = words.filter(({ term }) => documentsWith(index, term).length === 0).map(({ word }) => word);
  const missingTerms = [...new Set(missing)];
  const elsewhere = findMentions(index, phrases);
  const found = elsewhere.reduce((sum, one) => sum + one.found.length, 0);
  const documents = new Set(elsewhere.map((one) => index.documentOf[one.ordinal]));
  const headings = inHeadings.length === 0 ? "" : ` It stands in ${inHeadings.join(" and ")}.`;
  const message =
    found > 0
      ? `No document${whichOnes(scope)} mentions ${phrase}${headings === "" ? "" : " in a paragraph"}; ${mentionsInWords(found, documents.size)} outside.`
      : `${phrase} stands in no paragraph of the documents.`;
  const isEach = () => words.every(({ word }) => findMentions(index, [{ text: word, exact: false }]).length > 0);
  const apart = found === 0 && words.length > 1 && isEach() ? " Its words do, but not together." : "";
  return {
    reason: missingTerms.length > 0 ? "missing-terms" : "no-evidence",
    message: `The documents do not say. ${message}${apart}${headings}`,
    missingTerms,
  };
}

/** Which documents the question and the caller's filters leave: " asked for", " of 2006", " of 2006 among those asked for". */
function whichOnes({ period, ...filters }: Scope): string {
  const filtered = isFiltered(filters);
  if (!period) return filtered ? " asked for" : "";
  return ` of ${period.text}${filtered ? " among those asked for" : ""}`;
}

/** How many headings are named. */
const HEADINGS_SHOWN = 2;

/** "the heading “Stoves” of Handbook". Headings are no paragraphs, and not quoted. */
function headingsWith(
  phrases: readonly Phrase[],
  index: SearchableIndex,
  allows: ((ordinal: number) => boolean) | undefined,
): string[] {
  const finders = phrases.map(finder);
  const has = (text: string) => finders.some((mentions) => mentions(text).length > 0);
  const shown = new Set<string>();
  const read = new Set<string>();
  for (let ordinal = 0; ordinal < index.passages.length && shown.size < HEADINGS_SHOWN; ordinal++) {
    if (allows?.(ordinal) === false) continue;
    const { title, documentId } = documentAt(index, ordinal).document;
    const { section = "" } = index.passages[ordinal] ?? {};
    // A section is that of many passages.
    if (read.has(`${documentId} ${section}`)) continue;
    read.add(`${documentId} ${section}`);
    if (has(title)) shown.add(`the title “${title}”`);
    const heading = section.split(" › ").find(has);
    if (heading !== undefined && shown.size < HEADINGS_SHOWN) shown.add(`the heading “${heading}” of ${title}`);
  }
  return [...shown];
}
