import { isSameClock } from "./clock.ts";
import type { ReadText } from "./evidence.ts";
import { absentParts, type Name, nameSource } from "./names.ts";
import { type Amount, isSameAmount } from "./numbers.ts";
import type { Word } from "./words.ts";

const APART = /[;,()]/;
const OPENS = /^(?:and|while|whereas|but|against|versus|compared|than)$/;

/** A stretch of a text that says one thing, by the positions of its words, half open. */
interface Stretch {
  readonly first: number;
  readonly after: number;
}

/** Cut at commas and at "and", where a number is on both sides. */
function stretchesOf({ words }: ReadText): Stretch[] {
  const starts = words.flatMap((word, at) =>
    word.opensSentence || APART.test(word.gap) || OPENS.test(word.plain) ? [at] : [],
  );
  return starts.map((first, i) => ({ first, after: starts[i + 1] ?? words.length }));
}

/** A number or a time with the stretch it stands in. */
interface Placed {
  readonly at: number;
  readonly isSame: (other: Placed) => boolean;
  readonly value: Value;
}
type Value =
  | { readonly amount: ReadText["amounts"][number] }
  | { readonly clock: ReadText["clocks"][number] }
  | { readonly time: ReadText["times"][number] };

function placedIn(text: ReadText): Placed[] {
  const wordAt = (start: number) => text.words.findIndex((word) => word.end > start);
  const values: { at: number; value: Value }[] = [
    ...text.amounts.map((amount) => ({ at: amount.first, value: { amount } })),
    ...text.clocks.map((clock) => ({ at: wordAt(clock.start), value: { clock } })),
    ...text.times
      .filter(({ weekday }) => weekday === null)
      .map((time) => ({ at: wordAt(time.start), value: { time } })),
  ];
  return values.map(({ at, value }) => ({ at, value, isSame: (other) => isSameValue(value, other.value) }));
}

function isSameValue(a: Value, b: Value): boolean {
  if ("amount" in a && "amount" in b) return isSameAmount(a.amount, b.amount);
  if ("clock" in a && "clock" in b) return isSameClock(a.clock, b.clock);
  if (!("time" in a && "time" in b)) return false;
  const isPart = (one: number | null, other: number | null) => one === null || other === null || one === other;
  const [one, other] = [a.time, b.time];
  return isPart(one.year, other.year) && one.month === other.month && one.day === other.day;
}

/** Which sort of value may stand in another's place. */
const sortOf = (value: Value) => Object.keys(value)[0];

/**
 * Numbers and times that the statement gives to what has another in the list that is cited: "A by 74%" of "A fell by 87%,
 * B by 74%".
 */
export function exchangedShares(statement: ReadText, said: ReadText): string[] {
  const theirs = placedIn(said);
  const stretches = stretchesOf(said);
  const own = stretchesOf(statement);
  const stretchOf = (all: readonly Stretch[], at: number) => all.find(({ first, after }) => first <= at && at < after);
  return placedIn(statement).flatMap((mine) => {
    const same = theirs.filter((other) => mine.isSame(other));
    const [one, ...more] = same;
    const place = stretchOf(own, mine.at);
    if (one === undefined || more.length > 0 || place === undefined) return [];
    const here = stretchOf(stretches, one.at);
    if (here === undefined || !isItsOwn(said.words, here, one.at)) return [];
    const around = stemsOf(statement.words, place);
    const others = theirs.filter((other) => sortOf(other.value) === sortOf(mine.value) && !other.isSame(one));
    const isExchanged = others.some((other) => {
      const there = stretchOf(stretches, other.at);
      if (there === undefined || there === here) return false;
      const inThere = stemsOf(said.words, there);
      // "Open from 8 to 6 on weekdays and from 9 to 12 on Saturdays": what stands before holds of both.
      const isTail = stemsOf(said.words, { first: there.first, after: other.at }).size === 0;
      const inHere = stemsOf(said.words, isTail ? { first: one.at + 1, after: here.after } : here);
      const only = (a: ReadonlySet<string>, b: ReadonlySet<string>) =>
        [...a].filter((stem) => !b.has(stem) && around.has(stem));
      return only(inThere, inHere).length > 0 && only(inHere, inThere).length === 0;
    });
    return isExchanged ? [shown(statement, mine.at)] : [];
  });
}

/** "Caddick (£118,000), Northmoor (£104,500)": each number in brackets with the name before it. */
function bracketed({ words, amounts, names, text }: ReadText): { readonly name: Name; readonly amount: Amount }[] {
  return amounts.flatMap((amount) => {
    const first = words[amount.first];
    const name = names.find(({ after }) => after === amount.first);
    const isOpened = first !== undefined && /\(/.test(text.slice(first.start - first.gap.length, first.start));
    return name !== undefined && isOpened ? [{ name, amount }] : [];
  });
}

/** Numbers of the statement that what is cited gives, in brackets, to another name of the statement's. */
export function otherBrackets(statement: ReadText, said: ReadText): string[] {
  const own = nameSource(statement.words);
  const pairs = bracketed(said);
  return statement.amounts.flatMap((amount) => {
    const theirs = pairs.filter((pair) => isSameAmount(pair.amount, amount));
    const isNamed = ({ name }: { readonly name: Name }) => absentParts(name, own).length === 0;
    const isOthers = theirs.length > 0 && !theirs.some(isNamed) && pairs.some(isNamed);
    return isOthers ? [shown(statement, amount.first)] : [];
  });
}

const CHANGE = /^(?:increase|decrease|rise|fall|drop|cut|difference|total|reward|price|cost|fee|more|less|between)$/;

/** Whether a stretch names what its number is of: before it, or behind a preposition. "An increase of 8%" does not. */
function isItsOwn(words: readonly Word[], { first, after }: Stretch, at: number): boolean {
  const isNamed = (word: Word) => !word.isFunction && !CHANGE.test(word.plain) && !isNumber(word);
  if (words.slice(first, at).some(({ plain }) => plain === "between")) return false;
  const behind = words.slice(at + 1, after);
  const leads = behind.findIndex(({ plain }) => /^(?:from|by|for|on|to|after|of|at|in)$/.test(plain));
  return words.slice(first, at).some(isNamed) || (leads >= 0 && behind.slice(leads).some(isNamed));
}

const isNumber = ({ plain }: Word) => /^\p{N}/u.test(plain);

function stemsOf(words: readonly Word[], { first, after }: Stretch): ReadonlySet<string> {
  return new Set(
    words
      .slice(first, after)
      .filter((word) => !word.isFunction && !isNumber(word))
      .map(({ stem }) => stem),
  );
}

const shown = ({ words }: ReadText, at: number) => words[at]?.text ?? "";
