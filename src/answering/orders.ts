import { splitSentences } from "../documents/sentences.ts";
import type { RankedPassage } from "../retrieval/retriever.ts";
import { contentTokens } from "../retrieval/stopwords.ts";

/**
 * How injections speak to a model, and documents hardly to their readers. Verbs stand in the form of an order: "was
 * asked to ignore the rules" is told of somebody, and so is "answered that".
 */
const TO_A_MODEL = [
  /^\W*(?:system|assistant|developer)\W{0,3}:/i,
  /\b(?:SYSTEM|ASSISTANT|DEVELOPER)\W{0,3}:/,
  /<<\s*(?:end\s+of\s+)?(?:passage|question)\b|<\/?\s*(?:system|instructions?|passage|document)\b[^>]*>/i,
  /\bthe\s+(?:correct|right|only)\s+answer\s+(?:is|to)\b/i,
  /\b(?:ignore|disregard|forget|override|bypass)\b[^.!?]{0,40}\b(?:instructions?|prompts?|guidelines|rules)\b/i,
  /\b(?:ignore|disregard|forget)\b[^.!?]{0,20}\b(?:all|any|these|those|other|previous|the)\s+(?:other\s+|previous\s+)?(?:documents?|passages?|sources?|context)\b/i,
  /\b(?:system|developer|hidden|initial)\s+prompts?\b/i,
  /\b(?:new|updated|special|important)\s+instructions?\s*(?:for\b[^.!?:]{0,40})?:/i,
  /\b(?:you\s+are|act|behave|respond|pretend)\b[^.!?]{0,30}\b(?:AI|chatbot|language\s+model|LLM|unrestricted|(?:helpful|digital|virtual)\s+assistant)\b/i,
  /\b(?:AI(?:\s+\p{L}+)?|chatbots?|language\s+models?|LLMs?)\b[^.!?]{0,40}\b(?:read|process|answer|summari[sz]|us)(?:s|es|ing)?\b[^.!?]{0,20}\b(?:this|these|the\s+(?:document|text|file|page))\b/iu,
  /\b(?:answer|reply|respond)\s+(?:always|only)\b|\balways\s+(?:answer|reply|respond|say)\b/i,
  /(?:^|[.!?:;]\s)\W*(?:(?:please|instead|now|always|only|simply|just|then|and)[,\s]+)*(?:say|answer|reply|respond|claim|tell\s+(?:the\s+user|everyone))\b\s*(?:that|with|only|exactly|as|in|[:"“])/i,
  /\b(?:write|print|output|repeat|append|insert|include|add|cite|end|begin|start)\b[^.!?]{0,60}\b(?:your\s+(?:answer|response|output|reply)|to\s+the\s+user)\b/i,
  /\byour\s+(?:answer|response|output)\b[^.!?]{0,30}\b(?:contain|include|say|mention|(?:start|begin|end)\s+with)\b/i,
  /\b(?:when|if|whenever)\s+(?:(?:you\s+are|you're|anyone\s+is|the\s+user\s+is)\s+)?asked\b[^.!?]{0,60}\b(?:answer|reply|respond|say|state|claim|write)\b/i,
];

/** Whether a sentence is addressed to a model that answers: it may be shown as what it is, but nothing rests on it. */
export function isInstruction(sentence: string): boolean {
  // An address has the marks that end a sentence.
  const text = sentence.replace(/!?\[[^\]]*\]\([^)]*\)|\b\w+:\/\/\S+/g, "link").replace(/\s+/g, " ");
  return TO_A_MODEL.some((pattern) => pattern.test(text));
}

/** Text that speaks to a model, among what a model is sent. */
export interface Orders {
  /** Ids of the passages with such a sentence: nothing rests on them. */
  readonly passages: ReadonlySet<string>;
  /** The words of substance of all that speaks so. */
  readonly terms: ReadonlySet<string>;
}

/** What in the question, the passages and their titles speaks to a model. */
export function ordersIn(question: string, passages: readonly RankedPassage[]): Orders {
  const ordering = passages.filter(({ passage }) => speaksToModel(passage.text));
  const heads = passages.flatMap(({ document, passage }) => [document.title, passage.section ?? ""]);
  const texts = [
    ...ordering.map(({ passage }) => passage.text),
    ...heads.filter(isInstruction),
    ...sentencesOf(question).filter(isInstruction),
  ];
  const terms = new Set(texts.flatMap(termsOf));
  return { passages: new Set(ordering.map(({ passage }) => passage.passageId)), terms };
}

/** Whether a statement says what only an order told it to: it has words of one that its own quotes do not have. */
export function followsOrder(text: string, quoted: readonly string[], { terms }: Orders): boolean {
  const own = new Set(quoted.flatMap(termsOf));
  return termsOf(text).some((term) => terms.has(term) && !own.has(term));
}

function speaksToModel(text: string): boolean {
  return isInstruction(text) || sentencesOf(text).some(isInstruction);
}

function sentencesOf(text: string): string[] {
  return splitSentences(text).map(({ start, end }) => text.slice(start, end));
}

function termsOf(text: string): string[] {
  return contentTokens(text).map(({ term }) => term);
}
