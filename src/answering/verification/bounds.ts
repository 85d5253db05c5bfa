import { isSameClock } from "./clock.ts";
import type { ReadText } from "./evidence.ts";
import { type Amount, isSameAmount } from "./numbers.ts";
import type { Word } from "./words.ts";

/** What a text says around a number: no less, no more. */
type Bound = "from" | "to" | null;

const FEW =
  "(?:less|fewer|lower|smaller|shorter|narrower|younger|earlier|cooler|colder|cheaper|lighter|thinner|sooner|slower)";
const AT_MOST = new RegExp(
  `(?:\\b(?:under|below|at most|up to|as (?:much|many|high|low|long|late) as|within|(?:no|not) (?:more|longer|later|higher|greater|larger|older|bigger) than|not (?:to )?exceed\\w*|not (?:over|above)|maximum(?: of)?)|(?<!\\b(?:no|not) )${FEW} than)$`,
);
const AT_LEAST = new RegExp(
  `(?:\\b(?:over|above|at least|exceed\\w*|in excess(?: of)?|minimum(?: of)?|beyond|upwards(?: of)?|(?:no|not) ${FEW} than|not (?:under|below)|(?<!\\b(?:no|not) )(?!${FEW})(?:\\p{L}+er|more) than))$`,
  "u",
);
const MORE_BEHIND =
  /^(?:and|or) (?:more|above|over|older|higher|longer)\b|^\S+ (?:and|or) (?:more|above|over|older|higher|longer)\b|^(?:\S+ )?at least\b/;
const LESS_BEHIND =
  /^(?:\S+ )?(?:and|or) (?:less|fewer|under|below|younger|lower|shorter)\b|^(?:\S+ )?at (?:the )?most\b/;

const plainOf = (words: readonly Word[]) => words.map(({ plain }) => plain).join(" ");

function inSentence(words: readonly Word[], from: number, to: number, at: number): readonly Word[] {
  return words.slice(Math.max(0, from), to).filter(({ sentence }) => sentence === words[at]?.sentence);
}

function boundOf({ words }: ReadText, { first, after }: Pick<Amount, "first" | "after">): Bound {
  const before = plainOf(inSentence(words, first - 4, first, first)).replace(
    /(?: (?:the|an?|some|about|age|ages|of))+$/,
    "",
  );
  const behind = plainOf(inSentence(words, after, after + 4, first));
  // "No later than ten days beforehand" is ten days or more.
  if (/\b(?:no|not) later than$/.test(before) && /\b(?:before|beforehand|advance|prior|ahead)\b/.test(behind))
    return "from";
  if (AT_MOST.test(before) || LESS_BEHIND.test(behind)) return "to";
  return AT_LEAST.test(before) || MORE_BEHIND.test(behind) ? "from" : null;
}

const TURNS = /^(?:not|no|never|only|unless|except|cannot|nobody|none|nothing|refus\w*|forbid\w*|against|.*n't)$/;
const COMPARES = /^(?:more|less|fewer|later|longer|earlier|higher|lower)$/;

/** How often a text turns around what it says: "sail when it is below" is "not sail when it is above". */
const isTurned = ({ words }: ReadText) =>
  words.filter(({ plain }, at) => TURNS.test(plain) && !COMPARES.test(words[at + 1]?.plain ?? "")).length % 2;

/** Numbers of the statement whose bound is another in what is cited, or which have one there and none here. */
export function otherBounds(statement: ReadText, said: ReadText): string[] {
  const mayTurn = isTurned(statement) !== isTurned(said);
  const wrong = statement.amounts.filter((amount) => {
    const theirs = said.amounts.filter((other) => isSameAmount(amount, other) && !other.isOrdinal);
    if (theirs.length === 0 || amount.isOrdinal) return false;
    const own = boundOf(statement, amount);
    const bounds = theirs.map((other) => boundOf(said, other));
    if (bounds.includes(own)) return false;
    const isDuring =
      own === "from" &&
      bounds.includes(null) &&
      statement.words[amount.first - 1]?.plain === "over" &&
      /^(?:time|calendar)$/.test(amount.unit?.of ?? "");
    return !(mayTurn && own !== null) && !isDuring;
  });
  return [
    ...wrong.map(({ first, after }) => textOf(statement, first, after)),
    ...otherSides(statement, said, mayTurn),
    ...otherFrequency(statement, said),
  ];
}

function textOf({ text, words }: ReadText, first: number, after: number): string {
  return text.slice(words[first]?.start ?? 0, words[after - 1]?.end ?? 0);
}

const EVERY = /\b(?:every|each) (?:(\w+) )?(second|minute|hour|day|week|month|year)s?\b/g;

/** "Every year" for "every five years". */
function otherFrequency(statement: ReadText, said: ReadText): string[] {
  const all = ({ words }: ReadText) =>
    [...plainOf(words).matchAll(EVERY)].map(([, count = "", unit = ""]) => ({ count, unit }));
  const theirs = all(said);
  return all(statement).flatMap(({ count, unit }) => {
    const same = theirs.filter((other) => other.unit === unit);
    return same.length > 0 && same.every((other) => (other.count === "") !== (count === "")) ? [unit] : [];
  });
}

const SIDES: Readonly<Record<string, "start" | "after" | "end" | "at">> = {
  from: "start",
  starting: "start",
  since: "after",
  after: "after",
  until: "end",
  till: "end",
  to: "end",
  by: "end",
  before: "end",
  in: "at",
  on: "at",
  at: "at",
};
const BETWEEN =
  /^(?:the|end|beginning|start|middle|mid|early|late|of|about|around|autumn|spring|summer|winter|(?:sun|mon|tues|wednes|thurs|fri|satur)day)$/;

/** On which side of a day or an hour something is said to be. */
function sideOf({ words }: ReadText, start: number): "start" | "after" | "end" | "at" | null {
  let at = words.findIndex((word) => word.start >= start) - 1;
  for (let i = 0; i < 4 && BETWEEN.test(words[at]?.plain ?? ""); i++) at--;
  const word = words[at];
  return word === undefined ? null : (SIDES[word.plain] ?? null);
}

/** Times that the statement has another side of: "from May" for "until May", "on 3 May" for "by 3 May". */
function otherSides(statement: ReadText, said: ReadText, mayTurn: boolean): string[] {
  if (mayTurn) return [];
  const isSame = (start: number, theirs: readonly number[]) => {
    const own = sideOf(statement, start);
    const sides = theirs.map((other) => sideOf(said, other));
    if (own === null || sides.length === 0 || sides.includes(null) || sides.includes(own)) return true;
    if (own === "start" || own === "after")
      return sides.some((side) => side === "start" || side === "after" || side === "at");
    return own === "at" && sides.includes("start");
  };
  const times = statement.times.filter(({ year, month, day, start }) => {
    const theirs = said.times.filter(
      (other) =>
        other.month === month && other.day === day && (other.year === year || other.year === null || year === null),
    );
    return !isSame(
      start,
      theirs.map((other) => other.start),
    );
  });
  const clocks = statement.clocks.filter(
    (clock) =>
      !isSame(
        clock.start,
        said.clocks.filter((other) => isSameClock(clock, other)).map((other) => other.start),
      ),
  );
  return [...times, ...clocks].map(({ start, end }) => statement.text.slice(start, end));
}
