import type { Turn } from "../types.ts";
import { asksNothing, goesOn, isQuestion } from "./cues.ts";
import { withoutPoliteness } from "./politeness.ts";
import { contentTokens } from "./stopwords.ts";
import { tokenize } from "./tokenize.ts";

/** What a question was asked after. */
export interface Conversation {
  /** The question as the user put it, before anything was filled in. */
  readonly asked: string;
  /** Oldest first. */
  readonly turns: readonly Turn[];
}

/** A text to search for, and its share; the shares of a list sum up to 1. */
export interface WeightedText {
  readonly text: string;
  readonly weight: number;
}

/** How many questions before this one count, and how much less each counts than the one after it. */
const QUESTIONS = 4;
const DECAY = 0.4;
/** The answer before this question, against the question that it answered. */
const ANSWER = 0.5;
const ANSWER_CHARACTERS = 400;
/** A question with fewer words of substance ("Why?") says less of the subject. */
const SUBJECT_WORDS = 2;
/** The question as written out from the history, against the one that was asked. */
const STANDALONE = 0.3;

/** The texts that stand for the question: as it was asked, and as it was written out. */
export function questionTexts(question: string, conversation?: Conversation): WeightedText[] {
  const asked = withoutPoliteness(conversation?.asked ?? question);
  if (asked === question) return [{ text: question, weight: 1 }];
  return [
    { text: asked, weight: 1 - STANDALONE },
    { text: question, weight: STANDALONE },
  ];
}

/** The texts that stand for what was spoken of before, the latest most; empty where nothing was. */
export function historyTexts({ turns }: Conversation): WeightedText[] {
  const texts = turns
    .filter(({ role, content }) => role === "user" && !asksNothing(content))
    .slice(-QUESTIONS)
    .reverse()
    .map(({ content }, i) => ({ text: withoutPoliteness(content), weight: DECAY ** i * share(content) }));
  const last = turns.at(-1);
  if (last?.role === "assistant") {
    const text = last.content.replace(/\[\d+\]/g, " ").slice(0, ANSWER_CHARACTERS);
    texts.push({ text, weight: ANSWER * share(text) });
  }
  const sum = texts.reduce((total, { weight }) => total + weight, 0);
  return texts.filter(({ weight }) => weight > 0).map(({ text, weight }) => ({ text, weight: weight / sum }));
}

function share(text: string): number {
  return Math.min(1, contentTokens(text).length / SUBJECT_WORDS);
}

/** A question with more words of substance says enough by itself. */
const ENOUGH_WORDS = 5;
/** A question that does not go on is put into its subject by this much, not answered from what was said before. */
const NUDGE = 0.15;

/**
 * How much the history's scores count beside the question's own; 0 leaves the question alone. `agreement`, 0 to 1, is
 * how well the best passages of the question suit the history. A question that goes on needs it the more the fewer words
 * of its own it has, and not at all where it has many. One that does not go on needs it where it is short, the most
 * where it is no whole question ("Awards?"), and is nudged where it stays with the subject. Fitted on mtrag-clapnq and
 * tests/eval/conversations together.
 */
export function historyWeight(question: string, agreement: number): number {
  const asked = withoutPoliteness(question);
  if (asksNothing(asked) || tokenize(asked).length === 0) return 0;
  const words = new Set(contentTokens(asked).map(({ term }) => term)).size;
  if (words === 0) return 1;
  if (goesOn(asked)) return words <= 2 ? 1 : words <= 4 ? 0.4 : 0;
  if (words <= 2) return isQuestion(asked) ? 0.3 : 0.5;
  return words <= ENOUGH_WORDS && agreement >= 0.3 ? NUDGE : 0;
}
