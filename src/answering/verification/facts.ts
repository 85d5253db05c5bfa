import { actorConflicts } from "./actor-conflicts.ts";
import { otherBounds } from "./bounds.ts";
import { strangeCauses } from "./causes.ts";
import { isSameClock } from "./clock.ts";
import { overstated } from "./degrees.ts";
import type { Doubt } from "./doubt.ts";
import type { Evidence, ReadText } from "./evidence.ts";
import { unhedged } from "./frames.ts";
import { absentParts, type Name, nameSource, standTogether } from "./names.ts";
import { isNameMeant } from "./names-meant.ts";
import { isDeniedInstead, negationConflicts } from "./negation.ts";
import { isHard, isNegating, negatorsIn } from "./negators.ts";
import { type Amount, countsOtherwise, isAmountIn, isSameAmount, isSameMeasure } from "./numbers.ts";
import { opposedWords } from "./opposites.ts";
import { otherPhrases } from "./phrases.ts";
import { misplaced } from "./places.ts";
import { otherPrefixes } from "./prefixes.ts";
import { isReckoned, isSpan } from "./reckoned.ts";
import { exchangedShares, otherBrackets } from "./shares.ts";
import { isTimeIn, type Time } from "./times.ts";
import { unitOf } from "./units.ts";
import { isBe, isHelper, isVerb } from "./verbs.ts";
import { isCommon } from "./word-meanings.ts";
import type { WordVectors } from "./word-vectors.ts";
import type { Word } from "./words.ts";

/** What a rule has found: words of the statement, as it has them. */
export interface Finding {
  readonly rule: string;
  readonly words: readonly string[];
  /** Whether what is cited may say the same in other words: then the statement is in doubt, else wrong. */
  readonly isDoubtful: boolean;
}

/** What of a statement is not as what it cites has it, and its other words of substance, which must be looked for. */
export interface Facts {
  readonly findings: readonly Finding[];
  readonly open: readonly Word[];
}

export function checkFacts(statement: ReadText, evidence: Evidence, vectors: WordVectors | null): Facts {
  const { words } = statement;
  const { said } = evidence;
  const names = statement.names.filter((name) => !isPlainWord(name, evidence));
  const isOfName = (at: number) => names.some(({ first, after }) => at >= first && at < after);
  const isOfNumber = (at: number) => statement.amounts.some(({ first, after }) => at >= first && at < after);
  const isOfTime = ({ start, end }: Word) =>
    [...statement.times, ...statement.clocks].some((time) => start < time.end && time.start < end);
  const open = words.filter(
    (word, at) =>
      !word.isFunction &&
      !isHard(words, at) &&
      !isNegating(word) &&
      !isOfName(at) &&
      !isOfNumber(at) &&
      !isOfTime(word),
  );
  const findings = [
    ...mixed("times", wrongTimes(statement, evidence)),
    wrong("clock", wrongClocks(statement, said)),
    ...mixed("numbers", wrongAmounts(statement, evidence)),
    ...mixed(
      "names",
      names.flatMap((name) => wrongName(name, statement, evidence)),
    ),
    ...mixed("places", misplaced(statement, said)),
    ...denials(statement, evidence, vectors),
    wrong("degrees", overstated(statement, said)),
    wrong("prefixes", otherPrefixes(words, said.words)),
    doubtful("bounds", otherBounds(statement, said)),
    wrong("causes", strangeCauses(statement, said, vectors)),
    ...mixed("actors", otherActors(statement, evidence)),
    doubtful("shares", [...exchangedShares(statement, said), ...otherBrackets(statement, said)]),
    doubtful("phrases", otherPhrases(statement, said)),
    doubtful("hedges", unhedged(statement, said)),
  ];
  return { findings: findings.filter((finding) => finding.words.length > 0), open };
}

const wrong = (rule: string, words: readonly string[]): Finding => ({ rule, words, isDoubtful: false });
const doubtful = (rule: string, words: readonly string[]): Finding => ({ rule, words, isDoubtful: true });

function mixed(rule: string, found: readonly Doubt[]): Finding[] {
  const wordsOf = (isDoubtful: boolean) => found.filter((one) => one.isDoubtful === isDoubtful).map(({ word }) => word);
  return [wrong(rule, wordsOf(false)), doubtful(rule, wordsOf(true))];
}

const isThan = (words: readonly Word[]) => words.some(({ plain }) => plain === "than");

/** Negations and opposites: where there are both, the one may turn the other around. */
function denials(statement: ReadText, { said }: Evidence, vectors: WordVectors | null): Finding[] {
  const { words } = statement;
  const negations = negationConflicts(words, said.words, vectors);
  const opposed = opposedWords(words, said.words, isNegated).filter((word) => !isSameStretch(word, statement, said));
  // "Hoped for a bigger effect" for "the effect was smaller than hoped".
  const isCompared =
    isThan(words) !== isThan(said.words) && opposed.every((word) => /(?:er|more|less|fewer)$/.test(word));
  const isTurnedTwice = isCompared || opposed.some((word) => isDeniedInstead(words, word, said.words));
  return isTurnedTwice
    ? [
        doubtful(
          "negations",
          negations.map(({ word }) => word),
        ),
        doubtful("opposites", opposed),
      ]
    : [...mixed("negations", negations), wrong("opposites", opposed)];
}

function otherActors(statement: ReadText, evidence: Evidence): Doubt[] {
  // "Staff" at the beginning of a sentence is no name.
  const withoutNouns = (text: ReadText) => ({
    ...text,
    names: text.names.filter((name) => !isPlainWord(name, evidence) || !isCommon(name.parts[0]?.plain ?? "")),
  });
  const [own, said] = [withoutNouns(statement), withoutNouns(evidence.said)];
  return actorConflicts(own, said, evidence.people, evidence.before.words);
}

/** A word that begins the sentence and no name: what is cited writes it small, or nowhere with a capital. */
function isPlainWord({ parts, isUnsure }: Name, { names, beforeNames }: Evidence): boolean {
  const [part] = parts;
  if (!isUnsure || part === undefined) return false;
  const same = [...names.words, ...beforeNames.words].filter(({ stem }) => stem === part.stem);
  return same.every((word) => !word.isCapital || word.opensSentence);
}

/** "In a year" for "within twelve months", "half an hour" for "30 minutes". */
function isSameStretch(word: string, { amounts: own }: ReadText, { amounts }: ReadText): boolean {
  const unit = unitOf({ plain: word.toLowerCase() });
  const all = [{ value: 1, unit }, ...own.filter((amount) => unit !== null && amount.unit?.size === unit.size)];
  return unit !== null && all.some((amount) => amounts.some((other) => isSameMeasure(amount, other)));
}

function isNegated(words: readonly Word[], at: number): boolean {
  const stem = words[at]?.stem ?? "";
  return negatorsIn(words).some(
    (negator) =>
      negator.strength === "hard" && negator.at < at && at - negator.at <= 5 && negator.behind.includes(stem),
  );
}

function wrongTimes(statement: ReadText, { said, dates, ownDates }: Evidence): Doubt[] {
  const { text, times } = statement;
  return (
    times
      .filter((time) => {
        if (isTimeIn(time, said.times, []) || isYearAsNumber(time.year, time.month, said)) return false;
        return !isTimeIn(time, said.times, dates) || isTimeReplaced(time, statement, said);
      })
      // What a document tells may be of its own day.
      .map((time) => ({ word: text.slice(time.start, time.end), isDoubtful: isTimeIn(time, [], ownDates) }))
  );
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

function wrongAmounts({ text, words, amounts }: ReadText, { said, before, dates }: Evidence): Doubt[] {
  const years = said.times.flatMap(({ year }) => year ?? []);
  return amounts.flatMap((amount) => {
    const first = words[amount.first];
    const shown = text.slice(first?.start ?? 0, words[amount.after - 1]?.end ?? 0);
    const asWrong = { word: shown, isDoubtful: false };
    const ahead = text.slice(0, first?.start ?? 0);
    // "One could see", "one runs every hour".
    if (first?.plain === "one" && (isHelping(words[amount.after]) || isVerb(words, amount.after))) return [];
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
    const isDoubtful =
      // "One of them", "one reason", "the two groups": hardly a count.
      first?.plain === "one" ||
      (first?.plain === "two" && words[amount.first - 1]?.plain === "the") ||
      isReckoned(amount, said.amounts) ||
      isSpan(amount, [...said.times, ...dates], before.times) ||
      isNamedBefore(amount, said, before) ||
      isLabelBefore(words[amount.first - 1], amount, before);
    return [{ word: shown, isDoubtful }];
  });
}

/** "Pier 7" for "the contract", which the passage says before is for pier 7. */
function isLabelBefore(label: Word | undefined, { value }: Amount, before: ReadText): boolean {
  const isLabelled = (other: Amount) => other.value === value && before.words[other.first - 1]?.stem === label?.stem;
  return label !== undefined && !label.isFunction && before.amounts.some(isLabelled);
}

/** "The 24 samples" for "the samples", of which the passage says before that they were 24. */
function isNamedBefore(amount: Amount, said: ReadText, before: ReadText): boolean {
  const [thing] = amount.counted;
  const isSameThing = ({ counted }: Amount) => counted.includes(thing ?? "");
  const isAlike = (other: Amount) =>
    isSameAmount(amount, other) && other.isOrdinal === amount.isOrdinal && isSameThing(other);
  return thing !== undefined && before.amounts.some(isAlike) && !said.amounts.some(isSameThing);
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

function wrongName(name: Name, statement: ReadText, evidence: Evidence): Doubt[] {
  const { names, everywhere } = evidence;
  const absent = absentParts(name, names);
  if (absent.length > 0) {
    if (isNameMeant(name, absent.length, statement, evidence)) return [];
    const isDoubtful = isNameBeside(name, statement, evidence);
    return absent.map(({ text }) => ({ word: text, isDoubtful }));
  }
  if (standTogether(name, everywhere)) return [];
  return [{ word: statement.text.slice(name.parts[0]?.start, name.parts.at(-1)?.end), isDoubtful: false }];
}

/** Of somebody whom the passage names before, where the quoted sentences have nobody whom the statement leaves out. */
function isNameBeside(name: Name, { words }: ReadText, { said, beforeNames }: Evidence): boolean {
  const own = nameSource(words);
  const areKept = said.names.every((other) => other.isUnsure || absentParts(other, own).length < other.parts.length);
  return areKept && absentParts(name, beforeNames).length === 0 && standTogether(name, beforeNames);
}
