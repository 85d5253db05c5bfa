import { actorConflicts } from "./actor-conflicts.ts";
import { otherBounds } from "./bounds.ts";
import { strangeCauses } from "./causes.ts";
import { isSameClock } from "./clock.ts";
import { overstated } from "./degrees.ts";
import type { Evidence, ReadText } from "./evidence.ts";
import { unhedged } from "./frames.ts";
import { absentParts, type Name, standTogether } from "./names.ts";
import { isNameMeant } from "./names-meant.ts";
import { isHard, isNegating, negationConflicts, negatorsIn } from "./negation.ts";
import { countsOtherwise, isAmountIn, isSameMeasure } from "./numbers.ts";
import { opposedWords } from "./opposites.ts";
import { misplaced } from "./places.ts";
import { otherPrefixes } from "./prefixes.ts";
import { isReckoned } from "./reckoned.ts";
import { exchangedShares } from "./shares.ts";
import { isTimeIn, type Time } from "./times.ts";
import { unitOf } from "./units.ts";
import { isBe, isHelper } from "./verbs.ts";
import type { WordVectors } from "./word-vectors.ts";
import type { Word } from "./words.ts";

/** What of a statement is wrong by what it cites, and its other words of substance, which must be looked for. */
export interface Facts {
  /** As the statement has them. */
  readonly wrong: readonly string[];
  readonly open: readonly Word[];
  /** Numbers that are not there, but can be reckoned from those that are. */
  readonly doubtful: readonly string[];
}

export function wrongFacts(statement: ReadText, evidence: Evidence, vectors: WordVectors | null): Facts {
  const { words } = statement;
  const names = statement.names.filter((name) => !isPlainWord(name, evidence));
  const isOfName = (at: number) => names.some(({ first, after }) => at >= first && at < after);
  const isOfNumber = (at: number) => statement.amounts.some(({ first, after }) => at >= first && at < after);
  const isOfTime = ({ start, end }: Word) =>
    [...statement.times, ...statement.clocks].some((time) => start < time.end && time.start < end);
  const amounts = wrongAmounts(statement, evidence);
  const wrong = [
    ...wrongTimes(statement, evidence),
    ...wrongClocks(statement, evidence.said),
    ...amounts.filter(({ isDoubtful }) => !isDoubtful).map(({ shown }) => shown),
    ...names.flatMap((name) => wrongName(name, statement, evidence)),
    ...misplaced(statement, evidence.said),
    ...negationConflicts(words, evidence.said.words, vectors),
    ...opposedWords(words, evidence.said.words, isNegated).filter((word) => !isOneUnit(word, evidence.said)),
    ...overstated(statement, evidence.said),
    ...unhedged(statement, evidence.said),
    ...otherPrefixes(words, evidence.said.words),
    ...otherBounds(statement, evidence.said),
    ...exchangedShares(statement, evidence.said),
    ...strangeCauses(statement, evidence.said, vectors),
    ...actorConflicts(statement, evidence.said, evidence.people, evidence.before.words),
  ];
  const open = words.filter(
    (word, at) =>
      !word.isFunction &&
      !isHard(words, at) &&
      !isNegating(word) &&
      !isOfName(at) &&
      !isOfNumber(at) &&
      !isOfTime(word),
  );
  const doubtful = amounts.flatMap(({ shown, isDoubtful }) => (isDoubtful ? [shown] : []));
  return { wrong: [...new Set(wrong)], open, doubtful };
}

/** A word that begins the sentence and no name: what is cited writes it small, or nowhere with a capital. */
function isPlainWord({ parts, isUnsure }: Name, { names, beforeNames }: Evidence): boolean {
  const [part] = parts;
  if (!isUnsure || part === undefined) return false;
  const same = [...names.words, ...beforeNames.words].filter(({ stem }) => stem === part.stem);
  return same.every((word) => !word.isCapital || word.opensSentence);
}

/** "In a year" for "within twelve months". */
function isOneUnit(word: string, { amounts }: ReadText): boolean {
  const unit = unitOf({ plain: word.toLowerCase() });
  return unit !== null && amounts.some((other) => other.unit !== null && isSameMeasure({ value: 1, unit }, other));
}

function isNegated(words: readonly Word[], at: number): boolean {
  const stem = words[at]?.stem ?? "";
  return negatorsIn(words).some(
    (negator) =>
      negator.strength === "hard" && negator.at < at && at - negator.at <= 5 && negator.behind.includes(stem),
  );
}

function wrongTimes(statement: ReadText, { said, dates }: Evidence): string[] {
  const { text, times } = statement;
  return times
    .filter((time) => {
      if (isTimeIn(time, said.times, []) || isYearAsNumber(time.year, time.month, said)) return false;
      return !isTimeIn(time, said.times, dates) || isTimeReplaced(time, statement, said);
    })
    .map(({ start, end }) => text.slice(start, end));
}

/** Whether a day of what is cited, which the statement has not, stood where it has this one: "on 3 May", "on 4 May". */
function isTimeReplaced(time: Time, statement: ReadText, said: ReadText): boolean {
  const ahead = ({ text }: ReadText, { start }: Time) => /(\p{L}+)\s+$/u.exec(text.slice(0, start))?.[1]?.toLowerCase();
  const shape = ({ month, day, weekday }: Time) => [month === null, day === null, weekday === null].join();
  return said.times.some((other) => {
    const isGone =
      other.day !== time.day || other.month !== time.month || (other.year !== null && other.year !== time.year);
    const isKept = statement.times.some(
      (own) => own.day === other.day && own.month === other.month && own.year === other.year,
    );
    return isGone && !isKept && shape(other) === shape(time) && ahead(said, other) === ahead(statement, time);
  });
}

function wrongClocks({ text, clocks }: ReadText, { clocks: said }: ReadText): string[] {
  const absent = clocks.filter((clock) => !said.some((other) => isSameClock(clock, other)));
  return absent.map(({ start, end }) => text.slice(start, end));
}

function isYearAsNumber(year: number | null, month: number | null, said: ReadText): boolean {
  return year !== null && month === null && said.amounts.some(({ value }) => value === year);
}

interface WrongAmount {
  readonly shown: string;
  readonly isDoubtful: boolean;
}

function wrongAmounts({ text, words, amounts }: ReadText, { said }: Evidence): WrongAmount[] {
  const years = said.times.flatMap(({ year }) => year ?? []);
  return amounts.flatMap((amount) => {
    const first = words[amount.first];
    const shown = text.slice(first?.start ?? 0, words[amount.after - 1]?.end ?? 0);
    const asWrong = { shown, isDoubtful: false };
    const ahead = text.slice(0, first?.start ?? 0);
    // "One could see".
    if (first?.plain === "one" && isHelping(words[amount.after])) return [];
    const isPlace = amount.isOrdinal && amount.value === 1 && first?.plain === "first";
    // "He went first."
    if (isPlace && (amount.counted.length === 0 || words[amount.after]?.isFunction !== false)) {
      const isOther = said.amounts.some(
        (other) => other.isOrdinal && !amounts.some(({ value }) => value === other.value),
      );
      return isOther ? [asWrong] : [];
    }
    if (isLoose(amount.value, first, said)) return [];
    if (isAmountIn(amount, said.amounts, amounts, ahead)) return countsOtherwise(amount, said.amounts) ? [asWrong] : [];
    if (years.includes(amount.value)) return [];
    return [{ shown, isDoubtful: isReckoned(amount, said.amounts) }];
  });
}

const isHelping = (word: Word | undefined) => word !== undefined && isHelper(word) && !isBe(word);

const ONE = /^(?:an?|one|single|only|sole|another)$/;
const TWO = /^(?:both|two|pair|couple|twice|double|either|second)$/;

/** "One of them", "both": numbers that a text says without one. */
function isLoose(value: number, first: Word | undefined, { words }: ReadText): boolean {
  if (first === undefined || /^\d/.test(first.text)) return false;
  if (value === 1)
    return /^(?:one|first)$/.test(first.plain) && words.some(({ plain }) => ONE.test(plain) || plain === "first");
  return value === 2 && words.some(({ plain }) => TWO.test(plain));
}

function wrongName(name: Name, statement: ReadText, evidence: Evidence): string[] {
  const { names, everywhere } = evidence;
  const absent = absentParts(name, names);
  if (absent.length > 0) {
    return isNameMeant(name, absent.length, statement, evidence) ? [] : absent.map(({ text }) => text);
  }
  if (standTogether(name, everywhere)) return [];
  return [statement.text.slice(name.parts[0]?.start, name.parts.at(-1)?.end)];
}
