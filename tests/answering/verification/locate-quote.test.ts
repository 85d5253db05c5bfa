import { describe, expect, test } from "vitest";
import {
  isTooShort,
  locateQuote,
  type Span,
  sentencesAround,
  withoutQuestions,
} from "../../../src/answering/verification/locate-quote.ts";

const cut = (text: string, spans: readonly Span[]) => spans.map(({ start, end }) => text.slice(start, end));

/** The spans of words that the text has. */
function spansOf(text: string, ...words: readonly string[]): Span[] {
  const found = locateQuote(text, words.join(" ... "));
  if (found === null) throw new Error("the text does not have it");
  return found;
}

describe("a quote is found", () => {
  test.each([
    ["as it stands", "The owl slept. It rained.", "The owl slept.", ["The owl slept"]],
    ["in quotation marks", "The owl slept.", "“the owl slept”", ["The owl slept"]],
    ["over a line's end", "The owl\n  slept.", "The owl slept", ["The owl\n  slept"]],
    ["over a broken word", "The owl was sleep-\ning.", "was sleeping", ["was sleep-\ning"]],
    ["with another dash", "From 3 – 5 owls slept.", "3-5 owls", ["3 – 5 owls"]],
    ["with straight quotes", "The owl’s “nest” fell.", 'owl\'s "nest" fell', ["owl’s “nest” fell"]],
    ["without emphasis", "The **brown owl** slept.", "The brown owl slept", ["The **brown owl** slept"]],
    ["with emphasis", "The brown owl slept.", "The _brown_ owl slept", ["The brown owl slept"]],
    ["with a ligature", "The ﬁrst owl slept.", "first owl", ["ﬁrst owl"]],
    ["with an accent apart", "The cafe\u0301 owl slept.", "café owl", ["cafe\u0301 owl"]],
    ["with a soft hyphen", "The night\u00adingale slept.", "nightingale slept", ["night\u00adingale slept"]],
    ["in another case", "THE OWL SLEPT.", "The owl slept", ["THE OWL SLEPT"]],
    ["in its own case first", "owl. Then an Owl came.", "Owl", ["Owl"]],
    ["in two parts", "The owl, which is old, slept late.", "The owl ... slept late", ["The owl", "slept late"]],
    ["with […]", "The owl, which is old, slept late.", "The owl, […] slept", ["The owl", "slept"]],
    ["in parts that come twice", "An owl met an owl.", "owl … owl", ["owl", "owl"]],
    ["with dots of its own", "The owl ... slept.", "owl ... slept", ["owl ... slept"]],
    ["as a word behind part of one", "The owls met an owl.", "owl", ["owl"]],
  ])("%s: %j, %j", (_, text, quote, parts) => {
    const found = locateQuote(text, quote);
    expect(found && cut(text, found)).toEqual(parts);
  });

  test.each([
    ["words of its own", "The owl slept.", "The owl sang"],
    ["a part that is not there", "The owl slept.", "The owl … sang"],
    ["parts the other way around", "The owl met a bat.", "a bat ... The owl"],
    ["a part of a word", "The party slept.", "art"],
    ["the beginning of a word", "The owls slept.", "The owl"],
    ["a number cut short", "There were 150 owls.", "There were 15"],
    ["other punctuation", "The owl, slept.", "The owl slept"],
    ["nothing", "The owl slept.", ""],
    ["marks alone", "The owl slept ...", "“...”"],
    ["words left out without a mark", "The old owl slept.", "The owl slept"],
  ])("but not %s: %j, %j", (_, text, quote) => {
    expect(locateQuote(text, quote)).toBeNull();
  });

  test("the second of two that are alike, behind the first", () => {
    const text = "An owl met an owl.";
    expect(locateQuote(text, "owl … owl")?.map(({ start }) => start)).toEqual([3, 14]);
  });
});

describe("the sentences around", () => {
  const TEXT = "The owl slept. It rained. The bat sang. Dr. Moe wept.";
  test.each([
    ["a part of one", ["owl"], ["The owl slept."]],
    ["parts of two that touch", ["slept", "rained"], ["The owl slept. It rained."]],
    ["parts of two that do not", ["owl", "bat sang"], ["The owl slept.", "The bat sang."]],
    ["one quote over two", ["slept. It"], ["The owl slept. It rained."]],
    ["two parts of one", ["The owl", "slept"], ["The owl slept."]],
    ["one with a stop inside", ["Moe"], ["Dr. Moe wept."]],
  ])("%s: %j", (_, words, sentences) => {
    expect(cut(TEXT, sentencesAround(TEXT, spansOf(TEXT, ...words)))).toEqual(sentences);
  });
});

describe("a quote is too short", () => {
  test.each([
    ["one word of a sentence", "The owl slept.", ["owl"], true],
    ["two words of a sentence", "The owl slept.", ["The owl"], true],
    ["three words", "The owl slept late.", ["owl slept late"], false],
    ["three words in two parts", "The owl slept late.", ["The owl", "late"], false],
    ["a sentence of one word", "It rained. Owls! It snowed.", ["Owls"], false],
    ["a line of one word", "Birds\nOwls\nBats", ["Owls"], false],
    ["a cell of a table", "| Bird | Owl |", ["Owl"], false],
    ["a part of a cell", "| Bird | Owl of Ely | Bat |", ["Owl"], true],
    ["an item of a list", "- Owl\n- Bat", ["Owl"], false],
    ["the end of a sentence", "Here sleeps the owl.", ["owl"], true],
    ["one part of two that is none", "Owls! The bat.", ["Owls", "bat"], true],
  ])("%s: %j, %j: %j", (_, text, words, short) => {
    expect(isTooShort(text, spansOf(text, ...words))).toBe(short);
  });
});

test.each([
  ["a question", "Did the owl sleep? It did.", ["It did."]],
  ["a question in quotation marks", "“Did the owl sleep?” It did.", ["It did."]],
  ["a heading that asks", "How the owl sleeps", []],
  ["what begins like one and tells", "When it rains, the owl sleeps.", ["When it rains, the owl sleeps."]],
  ["nothing that asks", "The owl slept. It rained.", ["The owl slept. It rained."]],
  ["a question between", "It rained. Who slept? The owl.", ["It rained.", "The owl."]],
])("nothing rests on %s: %j", (_, text, told) => {
  expect(cut(text, withoutQuestions(text, [{ start: 0, end: text.length }]))).toEqual(told);
});

test("what is left without questions is told by its place in the text", () => {
  const text = "Owls sleep. Who knows? The bat does.";
  expect(cut(text, withoutQuestions(text, [{ start: 12, end: text.length }]))).toEqual(["The bat does."]);
});
