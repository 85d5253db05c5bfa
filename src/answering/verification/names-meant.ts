import { NO_NAMES } from "../../documents/roles.ts";
import type { Evidence, ReadText } from "./evidence.ts";
import { absentParts, fold, isTitleWord, type Name, type NameSource, nameSource, standTogether } from "./names.ts";
import { isVerb } from "./verbs.ts";

/** Who or what a sentence speaks of without a name. */
const PRONOUN =
  /^(?:he|she|it|they|his|her|hers|its|their|theirs|him|them|there|both|two|such|himself|herself|itself|you|your|yours|i|we|me|my|us|our|ours|mine)$/;
const FIRST_PERSON = /^(?:i|we|me|my|us|our|ours|mine)$/;
const DEFINITE = /^(?:the|this|these|that|those)$/;

/**
 * Whether a name that the quoted sentences lack is meant by them: it completes one that they have, is that of the office
 * they name, or of somebody named before for whom they have a pronoun or "the ...".
 */
export function isNameMeant(name: Name, absent: number, statement: ReadText, evidence: Evidence): boolean {
  const { said, before, beforeNames } = evidence;
  if (absent < name.parts.length && isWrittenOut(name, evidence)) return true;
  // "The Board", in its own minutes.
  if (name.parts.every(({ plain }) => NO_NAMES.has(plain)) && isIn(name, evidence.titles)) return true;
  if (absentParts(name, beforeNames).length > 0 || !standTogether(name, beforeNames)) return false;
  // "William Perry" for the "Perry" of the sentence, who is introduced before it.
  const isBegun = absent < name.parts.length && name.parts.some(({ plain }) => evidence.names.plains.has(fold(plain)));
  if (isBegun) return true;
  const isFirstPerson = said.words.some(({ plain }) => FIRST_PERSON.test(plain));
  if (isFirstPerson && isIn(name, evidence.titles)) return true;
  // A name of the sentence that the statement has not may have been replaced by this one.
  const replaced = said.names.filter(
    (other) =>
      !other.isUnsure &&
      absentParts(other, nameSource(statement.words)).length > 0 &&
      standAlike(name, statement, other, said),
  );
  if (replaced.length === 0 && isByOffice(name, evidence)) return true;
  if (isPartOfLonger(name, evidence, replaced.length > 0 ? replaced : said.names)) return true;
  const isOthers = sentencesOf(said).every((sentence) => isNamedOtherwise(said, sentence, statement, beforeNames));
  if (isOthers && isSubject(name, statement) && !isByOffice(name, evidence)) return false;
  if (replaced.length > 0)
    return isSubject(name, statement) && opensUnnamed(said) && isAntecedent(name, before, evidence.titles);
  const isSubjectMeant =
    !opensWithPronoun(said) || !isSubject(name, statement) || isAntecedent(name, before, evidence.titles);
  return isSubjectMeant && said.words.some(({ plain }) => PRONOUN.test(plain));
}

/** "Nora Field" for the "Field" of the sentence, where the document has her whole name anywhere. */
function isWrittenOut({ parts }: Name, { documents }: Evidence): boolean {
  const whole = parts.map(({ text }) => text.replace(/['’]s?$/, "")).join(" ");
  return parts.length > 1 && documents.some((text) => text.replace(/\s+/g, " ").includes(whole));
}

/** Whether a sentence begins with a name that the statement has nowhere. */
function isNamedOtherwise(said: ReadText, sentence: number, { words }: ReadText, known: NameSource): boolean {
  const subject = subjectOf(said, sentence);
  const names = said.names.filter(({ parts }) => parts.some((part) => subject.includes(part)));
  const isName = ({ parts, isUnsure }: Name) =>
    !isUnsure || known.words.some((word) => word.isCapital && !word.opensSentence && word.plain === parts[0]?.plain);
  return (
    names.some(isName) && names.every((other) => absentParts(other, nameSource(words)).length === other.parts.length)
  );
}

/** Whether the same word stands before or behind both. */
function standAlike(a: Name, { words: own }: ReadText, b: Name, { words: theirs }: ReadText): boolean {
  const [before, behind] = [own[a.first - 1]?.stem, own[a.after]?.stem];
  const isBefore = before !== undefined && !DEFINITE.test(before) && before === theirs[b.first - 1]?.stem;
  return isBefore || (behind !== undefined && behind === theirs[b.after]?.stem);
}

/** "The Republic" for "the Republic of Lindau", who is named before. */
function isPartOfLonger(name: Name, { before }: Evidence, said: readonly Name[]): boolean {
  const keysOf = ({ parts }: Name) => parts.map(({ plain }) => fold(plain));
  const keys = keysOf(name);
  const shown = new Set(said.flatMap(keysOf));
  return before.names.some((longer) => {
    const parts = keysOf(longer);
    return keys.every((key) => parts.includes(key)) && parts.some((part) => !keys.includes(part) && shown.has(part));
  });
}

function isByOffice(name: Name, { said, people }: Evidence): boolean {
  const key = name.parts.at(-1)?.plain ?? "";
  const offices = people
    .filter((person) =>
      person.name
        .toLowerCase()
        .split(/[\s.]+/)
        .includes(key),
    )
    .map(({ role }) => role.toLowerCase());
  return said.words.some(
    (word, at) =>
      isTitleWord(word) &&
      !said.names.some(({ first }) => first === at + 1) &&
      offices.some((role) => role.includes(word.plain)),
  );
}

function isIn(name: Name, text: ReadText): boolean {
  return absentParts(name, nameSource(text.words)).length === 0;
}

/** Whether the name stands before the first verb of its sentence. */
function isSubject({ first }: Name, { words }: ReadText): boolean {
  const sentence = words[first]?.sentence;
  return !words.some((word, at) => at < first && word.sentence === sentence && isVerb(words, at));
}

/** Named in the title, or in the nearest sentence before that names somebody, and in those that go on from there. */
function isAntecedent(name: Name, before: ReadText, titles: ReadText): boolean {
  if (isIn(name, titles)) return true;
  const last = before.words.at(-1)?.sentence ?? -1;
  for (let sentence = last; sentence >= 0; sentence--) {
    const own = before.names.filter(({ first }) => before.words[first]?.sentence === sentence);
    if (own.length === 0) continue;
    const words = before.words.filter((word) => word.sentence === sentence);
    if (absentParts(name, nameSource(words)).length === 0) return true;
    if (isNamedFirst(before, sentence)) return false;
  }
  return false;
}

/** Whether some sentence begins with a pronoun or "the ...", before any name. */
function opensUnnamed(text: ReadText): boolean {
  return sentencesOf(text).some((sentence) => {
    return (
      !isNamedFirst(text, sentence) &&
      subjectOf(text, sentence).some(({ plain }) => PRONOUN.test(plain) || FIRST_PERSON.test(plain))
    );
  });
}

function opensWithPronoun(text: ReadText): boolean {
  return sentencesOf(text).every((sentence) =>
    subjectOf(text, sentence).some(({ plain }) => /^(?:he|she|his|her|they|their)$/.test(plain)),
  );
}

const sentencesOf = ({ words }: ReadText) => [...new Set(words.map(({ sentence }) => sentence))];

function isNamedFirst(text: ReadText, sentence: number): boolean {
  const subject = subjectOf(text, sentence);
  return text.names.some(({ parts, isUnsure }) => !isUnsure && parts.some((part) => subject.includes(part)));
}

/** What stands before the first verb. */
function subjectOf({ words }: ReadText, sentence: number) {
  const first = words.findIndex((word) => word.sentence === sentence);
  const last = words.findLastIndex((word) => word.sentence === sentence);
  const verb = words.findIndex((_, at) => at >= first && at <= last && isVerb(words, at));
  return words.slice(first, verb < 0 ? last + 1 : verb);
}
