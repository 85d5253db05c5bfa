import { describe, expect, test } from "vitest";
import { readText } from "../../../src/answering/verification/evidence.ts";
import { inPlainCharacters, strangeWords } from "../../../src/answering/verification/plain-words.ts";

test.each([
  ["wide letters", "Ｔｈｅ ｏｗｌ", "The owl"],
  ["ligatures", "the ﬁrst owl", "the first owl"],
  ["Arabic digits", "٤٢ owls", "42 owls"],
  ["Devanagari digits", "९ owls", "9 owls"],
  ["Persian digits", "۱۰ owls", "10 owls"],
  ["bold digits", "𝟕 owls", "7 owls"],
  ["digits as they are", "1907 owls", "1907 owls"],
  ["what is not seen", "ow\u200bls", "owls"],
  ["another apostrophe", "the owlʼs nest", "the owl's nest"],
  ["a name written small", "mr. moe met mrs berg", "mr. Moe met mrs Berg"],
  ["other small words", "a smr moe sang", "a smr moe sang"],
])("%s in plain characters: %j", (_, text, plain) => {
  expect(inPlainCharacters(text)).toBe(plain);
});

describe("strange words are told", () => {
  test.each([
    ["of two scripts", "The оwl slept.", "The owl slept.", ["оwl", "оwl"]],
    ["of another script", "The сова slept.", "The owl slept.", ["сова"]],
    ["numerals of another script", "There were ٤٢ owls.", "There were 42 owls.", ["٤٢"]],
    ["Chinese numerals", "There were 三 owls.", "There were 3 owls.", ["三"]],
    ["Roman numerals of one character", "Volume Ⅳ burned.", "Volume 4 burned.", ["Ⅳ"]],
    ["of two scripts, though they are there", "The оwl slept.", "The оwl slept.", ["оwl"]],
  ])("%s: %j of %j", (_, text, said, words) => {
    expect(strangeWords(text, readText(said))).toEqual(words);
  });

  test.each([
    ["Latin ones", "The 42 öwls slept in the naïve café.", "The owl slept."],
    ["another script as it stands there", "The сова slept.", "The owl, сова, slept."],
    ["numerals as they stand there", "Volume Ⅳ burned.", "Volume Ⅳ was lost."],
    ["a script that is not looked at", "The 梟 slept.", "The owl slept."],
  ])("but not %s: %j", (_, text, said) => {
    expect(strangeWords(text, readText(said))).toEqual([]);
  });
});
