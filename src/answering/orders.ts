import { splitSentences } from "../documents/sentences.ts";
import type { RankedPassage } from "../retrieval/retriever.ts";
import { contentTokens } from "../retrieval/stopwords.ts";
import type { Quote } from "./answerer.ts";
import { isInstruction } from "./instructions.ts";

/** Half open. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/** Text that speaks to a model, among what a model is sent. */
export interface Orders {
  readonly isAny: boolean;
  /** By the passage's id: sentences that speak so, by offsets into the document's text. Nothing rests on them. */
  readonly sentences: ReadonlyMap<string, readonly Span[]>;
  /** The words of substance of all that speaks so, and of the sentence after each. */
  readonly terms: ReadonlySet<string>;
  /** Those of each. */
  readonly each: readonly ReadonlySet<string>[];
}

/** How many of a statement's words of substance an order has that says it. */
const MOST = 2 / 3;

/** What in the question, the passages and their titles speaks to a model. */
export function ordersIn(question: string, passages: readonly RankedPassage[]): Orders {
  const sentences = new Map<string, readonly Span[]>();
  const texts = passages.flatMap(headsOf).filter(isInstruction);
  texts.push(...ordersOf(question).map(({ said }) => said));
  for (const { passage } of passages) {
    const { start: offset } = passage;
    const found = ordersOf(passage.text);
    if (found.length === 0) continue;
    sentences.set(
      passage.passageId,
      found.map(({ start, end }) => ({ start: offset + start, end: offset + end })),
    );
    texts.push(...found.map(({ said }) => said));
  }
  const each = texts.map((text) => new Set(termsOf(text)));
  return { isAny: texts.length > 0, sentences, terms: new Set(each.flatMap((terms) => [...terms])), each };
}

/** Whether a quote has a part of a sentence that speaks to a model. */
export function restsOnOrder({ source, start, end }: Quote, { sentences }: Orders): boolean {
  const orders = sentences.get(source.passage.passageId) ?? [];
  return orders.some((order) => order.start < end && start < order.end);
}

/** Whether a statement says what only an order told it to: it has words of one that its own quotes do not have. */
export function followsOrder(text: string, quoted: readonly string[], { terms }: Orders): boolean {
  const own = new Set(quoted.flatMap(termsOf));
  return termsOf(text).some((term) => terms.has(term) && !own.has(term));
}

/** Whether an order says the statement itself, or most of it: it may be true, but nobody is to be talked into it. */
export function isSaidByOrder(text: string, { each }: Orders): boolean {
  const own = [...new Set(termsOf(text))];
  return own.length > 0 && each.some((terms) => own.filter((term) => terms.has(term)).length >= MOST * own.length);
}

interface Order extends Span {
  /** With the sentence after it, which may be what it orders. */
  readonly said: string;
}

/** The sentences of a text that speak to a model; the whole of it where only the whole does. */
function ordersOf(text: string): Order[] {
  const sentences = splitSentences(text);
  const found = sentences.flatMap(({ start, end }, i): Order[] =>
    isInstruction(text.slice(start, end))
      ? [{ start, end, said: text.slice(start, sentences[i + 1]?.end ?? end) }]
      : [],
  );
  return found.length > 0 || !isInstruction(text) ? found : [{ start: 0, end: text.length, said: text }];
}

function headsOf({ document, passage }: RankedPassage): string[] {
  return [document.title, passage.section ?? ""];
}

function termsOf(text: string): string[] {
  return contentTokens(text).map(({ term }) => term);
}
