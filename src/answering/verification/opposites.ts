import { terms } from "../../retrieval/tokenize.ts";
import { CONVERSES, OPPOSITES } from "./opposite-words.ts";
import { isPassive } from "./verbs.ts";
import type { Word } from "./words.ts";

const LINES = [...OPPOSITES, ...CONVERSES].map((line) => line.split(" / ").map((words) => words.split(" ")));

/** Every word, in lower case, with the groups of the line that it stands in; and the same by its stem. */
const places = new Map<string, { readonly line: number; readonly group: number }[]>();
LINES.forEach((groups, line) => {
  groups.forEach((words, group) => {
    for (const key of new Set(
      words.flatMap((word) => (word.includes("-") ? [word] : [word, terms(word)[0] ?? word])),
    )) {
      places.set(key, [...(places.get(key) ?? []), { line, group }]);
    }
  });
});

type Place = { readonly line: number; readonly group: number };
const read = new WeakMap<Word, readonly Place[]>();

/** Of the word at a position, with what makes another of it: "gave up", "hardly ever". */
function placesAt(words: readonly Word[], at: number): readonly Place[] {
  const word = words[at];
  if (word === undefined) return [];
  const known = read.get(word);
  if (known !== undefined) return known;
  const next = words[at + 1]?.plain ?? "";
  const phrase = formsOf(word.plain)
    .map((form) => places.get(`${form}-${next}`) ?? [])
    .find(({ length }) => length > 0);
  // "No longer", "three or more".
  const isNoLonger = /^(?:no|or)$/.test(words[at - 1]?.plain ?? "") && /^(?:longer|more|less|fewer)$/.test(word.plain);
  const found = isNoLonger ? [] : (phrase ?? placesOf(word));
  read.set(word, found);
  return found;
}

/** "Gives", and "give" and "giv" of it. */
const formsOf = (plain: string) => {
  const bare = plain.replace(/(?:e[ds]|ing)$/, "");
  return [...new Set([plain, plain.replace(/s$/, ""), bare, `${bare}e`])];
};

function placesOf(word: Word): readonly Place[] {
  const own = [...(places.get(word.plain) ?? []), ...(places.get(word.stem) ?? [])];
  return own.length > 0 ? own : positives(word.plain).flatMap((positive) => places.get(positive) ?? []);
}

/** "Cold" of "colder" and "coldest", "big" of "bigger", "large" of "larger". */
function positives(plain: string): string[] {
  const base = /^(\p{L}{3,}?)(?:er|est)$/u.exec(plain)?.[1];
  return base === undefined ? [] : [base, `${base}e`, base.replace(/i$/, "y"), base.replace(/(.)\1$/, "$1")];
}

/** How many words to each side tell whether two opposites are said of the same. */
const AROUND = 4;
/** The same in words of substance. */
const BESIDE = 3;

/** Words of the statement whose opposite the evidence has in the same place, and not them. */
export function opposedWords(
  statement: readonly Word[],
  evidence: readonly Word[],
  isNegated: (words: readonly Word[], at: number) => boolean,
): string[] {
  const said = new Set(evidence.map(({ stem }) => stem));
  const own = new Set(statement.map(({ stem }) => stem));
  return statement.flatMap((word, at) => {
    if (said.has(word.stem)) return isExchanged(statement, at, evidence) ? [word.text] : [];
    const mine = placesAt(statement, at);
    if (mine.length === 0) return [];
    const all = evidence.map((_, i) => placesAt(evidence, i));
    // "Fell" of one thing, where what is cited says so of another.
    const holds = (line: number, group: number, shared: number) =>
      all.some(
        (there, i) =>
          there.some(
            (place) =>
              place.line === line &&
              // "Did not change" holds "stayed the same".
              (place.group === group || isNegated(evidence, i) !== isNegated(statement, at)),
          ) && neighboursShared(statement, at, evidence, i) >= shared,
      );
    const isOpposed = evidence.some((other, i) => {
      if (own.has(other.stem)) return false;
      const lines = mine.filter(({ line, group }) =>
        all[i]?.some(
          (there) =>
            there.line === line &&
            there.group !== group &&
            !holds(line, group, neighboursShared(statement, at, evidence, i)),
        ),
      );
      if (lines.length === 0) return false;
      const isConverse = lines.every(({ line }) => line >= OPPOSITES.length);
      // "After recruitment began" for "before recruitment began" is no matter of who.
      const isTime = /^(?:before|after)$/.test(word.plain) && nextStem(statement, at) === nextStem(evidence, i);
      if (isConverse && !isTime && nameBefore(statement, at) !== nameBefore(evidence, i)) return false;
      // "Pupils are given" what they receive.
      if (isConverse && isPassive(statement, at) !== isPassive(evidence, i)) return false;
      if (isNegated(statement, at) !== isNegated(evidence, i)) return false;
      return neighboursShared(statement, at, evidence, i) > 0;
    });
    return isOpposed ? [word.text] : [];
  });
}

/** The last word before that is written with a capital, in the same sentence; "if" at its beginning is no name. */
function nameBefore(words: readonly Word[], at: number): string | undefined {
  const sentence = words[at]?.sentence;
  return words.slice(0, at).findLast((word) => word.isCapital && !word.isFunction && word.sentence === sentence)?.stem;
}

/** Of the word of substance behind. */
const nextStem = (words: readonly Word[], at: number) => beside(words, at, 1)[0]?.stem;

/** How many words of substance both have close by. */
function neighboursShared(a: readonly Word[], i: number, b: readonly Word[], j: number): number {
  const near = (words: readonly Word[], at: number) => [...beside(words, at, -1), ...beside(words, at, 1)];
  const other = new Set(near(b, j).map(({ stem }) => stem));
  return new Set(near(a, i).flatMap(({ stem }) => (other.has(stem) ? [stem] : []))).size;
}

/** The words of substance to one side, the nearest first, in the same sentence. */
function beside(words: readonly Word[], at: number, step: 1 | -1): Word[] {
  const found: Word[] = [];
  for (let i = at + step; found.length < BESIDE && words[i]?.sentence === words[at]?.sentence; i += step) {
    const word = words[i];
    if (word !== undefined && !word.isFunction) found.push(word);
  }
  return found;
}

/** "Open the drain and close the inlet" turned into "open the inlet": beside the opposite stands what the word has beside it. */
function isExchanged(statement: readonly Word[], at: number, evidence: readonly Word[]): boolean {
  const word = statement[at];
  const mine = placesAt(statement, at);
  const beside = neighbours(statement, at);
  if (word === undefined || mine.length === 0 || beside.size === 0) return false;
  let [same, opposite] = [0, 0];
  for (const [i, other] of evidence.entries()) {
    const shared = [...neighbours(evidence, i)].filter((stem) => beside.has(stem)).length;
    if (other.stem === word.stem) same = Math.max(same, shared);
    else if (
      placesAt(evidence, i).some((place) =>
        mine.some(({ line, group }) => place.line === line && place.group !== group),
      )
    ) {
      opposite = Math.max(opposite, shared);
    }
  }
  return opposite > same;
}

/** The words of substance close by, in the same part of the sentence. */
function neighbours(words: readonly Word[], at: number): Set<string> {
  const found = new Set<string>();
  const add = (i: number) => {
    const word = words[i];
    if (word !== undefined && !word.isFunction) found.add(word.stem);
  };
  const isBreak = (i: number) =>
    words[i] === undefined ||
    /[,;:.()]/.test(words[i]?.gap ?? "") ||
    /^(?:and|but|or|while)$/.test(words[i]?.plain ?? "");
  for (let i = at + 1; i <= at + AROUND && !isBreak(i); i++) add(i);
  for (let i = at; i > at - AROUND && i > 0 && !isBreak(i); i--) add(i - 1);
  return found;
}

/** Whether the two are listed as excluding each other: "open" and "closed". */
export function isListedOpposite(a: Word, b: Word): boolean {
  return placesOf(a).some(({ line, group }) =>
    placesOf(b).some((place) => place.line === line && place.group !== group),
  );
}

/** Whether the two are listed as saying the same: "more" and "higher". */
export function isListedAlike(a: Word, b: Word): boolean {
  return placesOf(a).some(({ line, group }) =>
    placesOf(b).some((place) => place.line === line && place.group === group),
  );
}
