import { hash } from "node:crypto";
import { splitSentences } from "../documents/sentences.ts";
import type { RankedPassage } from "../retrieval/retriever.ts";
import type { IndexedDocument } from "../types.ts";
import { ALTERATIONS, type Choice } from "./altered-statements.ts";
import { REWORDINGS, type Sentence } from "./reworded-statements.ts";
import { wordsWithNames } from "./statement-names.ts";

/** A statement, what it cites, and what became of it. */
export interface KnownStatement {
  readonly id: string;
  readonly text: string;
  readonly source: RankedPassage;
  readonly quote: string;
  /** The rule that it was made by; a kind of alteration where it is altered. */
  readonly made: string;
  readonly isAltered: boolean;
}

/** A sentence of a passage that a statement can be made of. */
interface Usable extends Sentence {
  readonly id: string;
  readonly source: RankedPassage;
  readonly quote: string;
  /** Up to the end of the sentence after it. */
  readonly both: string;
}

/** Statements of each sort that are made of a set. */
const OF_EACH = 240;
/** How often a sentence is used for each sort. */
const ROUNDS = 4;

/**
 * Statements made of the sentences of documents by rule, half of them altered in one thing; the same at every run. An
 * altered one is made of the sentence as it is or as it was said otherwise.
 */
export function statementsOf(documents: readonly IndexedDocument[]): KnownStatement[] {
  const sentences = documents.flatMap(usableIn).sort((a, b) => (digest(a.id) < digest(b.id) ? -1 : 1));
  const names = [...new Set(sentences.flatMap(({ text }) => wordsWithNames(text).map(([name]) => name)))].sort();
  const untouched: KnownStatement[] = [];
  const altered: KnownStatement[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (const sentence of sentences) {
      const reworded = leastUsed(REWORDINGS, untouched, (rule) => rule(sentence));
      if (reworded !== null) add(untouched, sentence, reworded, false);
      const choose = chooser(`${sentence.id} ${round}`);
      const otherwise = untouched.findLast(({ quote }) => quote === sentence.quote)?.text;
      const base = round % 2 === 0 ? sentence.text : (otherwise ?? sentence.text);
      const changed = leastUsed(ALTERATIONS, altered, (change) => change(base, choose, names));
      if (changed !== null) add(altered, sentence, changed, true);
    }
  }
  return [...untouched, ...altered];
}

function add(to: KnownStatement[], sentence: Usable, { text, made }: Made, isAltered: boolean): void {
  if (to.length >= OF_EACH || to.some((known) => known.text === text)) return;
  const id = `${sentence.id} ${made}`;
  // What is said of two sentences quotes both.
  const quote = made === "joined" ? sentence.both : sentence.quote;
  to.push({ id, text, source: sentence.source, quote, made, isAltered });
}

interface Made {
  readonly text: string;
  readonly made: string;
}

/** By the rule that has made the fewest so far, of those that fit. */
function leastUsed<Rule>(
  rules: Readonly<Record<string, Rule>>,
  made: readonly KnownStatement[],
  apply: (rule: Rule) => string | null,
): Made | null {
  const uses = (name: string) => made.filter((one) => one.made === name).length;
  const inOrder = Object.entries(rules).sort(([a], [b]) => uses(a) - uses(b));
  for (const [name, rule] of inOrder) {
    const text = apply(rule);
    if (text !== null && !made.some((one) => one.text === text)) return { text, made: name };
  }
  return null;
}

const digest = (text: string) => hash("sha256", text);

function chooser(seed: string): Choice {
  let drawn = 0;
  return (most) => (most === 0 ? 0 : Number.parseInt(digest(`${seed} ${drawn++}`).slice(0, 8), 16) % most);
}

/** Whole sentences of 6 to 45 words that say something by themselves. */
function usableIn({ document, passages }: IndexedDocument): Usable[] {
  return passages.flatMap((passage) => {
    const source = { ordinal: 0, passage, document, score: 0, dense: 0, lexical: 0, wording: 0, period: 0, people: 0 };
    const spans = splitSentences(passage.text);
    const all = spans.map(({ start, end }) => passage.text.slice(start, end));
    const texts = all.map((text) => text.replace(/\s+/g, " "));
    return texts.flatMap((text, i) => {
      if (!isUsable(text)) return [];
      const [before, after] = [texts[i - 1] ?? null, texts[i + 1] ?? null];
      return [
        {
          id: `${passage.passageId}.${i + 1}`,
          text,
          before,
          after: after !== null && isUsable(after) ? after : null,
          source,
          quote: all[i] ?? text,
          both: passage.text.slice(spans[i]?.start, spans[i + 1]?.end),
        },
      ];
    });
  });
}

function isUsable(text: string): boolean {
  const words = text.split(" ").length;
  return (
    words >= 6 && words <= 45 && /^\p{Lu}/u.test(text) && /[\p{Ll}\d][.]$/u.test(text) && !/["“”()[\]|*]/.test(text)
  );
}
