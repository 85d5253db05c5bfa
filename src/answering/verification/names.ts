import { isCourtesy, isRoleNoun, isTitle, singular } from "../../documents/roles.ts";
import { countriesOf, nationalityOf } from "../../retrieval/nationality.ts";
import type { Word } from "./words.ts";

/** A run of words that a text writes as a name. */
export interface Name {
  /** Without titles, articles and function words: "William", "J.", "Perry". */
  readonly parts: readonly Word[];
  /** Positions of its words, half open. */
  readonly first: number;
  readonly after: number;
  /** Whether it is a word that begins a sentence, and may be no name. */
  readonly isUnsure: boolean;
}

const CALENDAR =
  /^(?:january|february|march|april|may|june|july|august|september|october|november|december|(?:sun|mon|tues|wednes|thurs|fri|satur)day)$/;
/** Words within a name that are written small. */
const INSIDE = /^(?:of|de|da|di|del|della|von|van|der|den|la|le|du|al|bin|ibn|and|for|the|on|y)$/;
const OF_NAMES = /^(?:of|de|da|di|del|della|von|van|der|den|la|le|du|al|bin|ibn|y)$/;

/** The names of a text. `taken` tells which words are part of a date or a number. */
export function namesIn(words: readonly Word[], taken: (word: Word) => boolean): Name[] {
  const names: Name[] = [];
  const isPart = (word: Word | undefined) => word !== undefined && isNameWord(word) && !taken(word);
  for (let at = 0; at < words.length; at++) {
    const first = words[at];
    if (first === undefined || !isPart(first)) continue;
    let after = at + 1;
    for (;;) {
      if (isPart(words[after]) && isGlued(words[after])) after++;
      else if (
        OF_NAMES.test(words[after]?.text ?? "") &&
        isGlued(words[after]) &&
        isPart(words[after + 1]) &&
        isGlued(words[after + 1])
      )
        after += 2;
      else break;
    }
    const parts = words
      .slice(at, after)
      .filter((word) => word.isCapital && !isTitleWord(word) && !INSIDE.test(word.text));
    const isUnsure = first.opensSentence && after === at + 1 && !/^\p{Lu}{2,}|\p{Ll}\p{Lu}|\./u.test(first.text);
    if (parts.length > 0) names.push({ parts, first: at, after, isUnsure });
    at = after - 1;
  }
  return names;
}

const isGlued = (word: Word | undefined) =>
  word !== undefined && !word.opensSentence && /^(?:\s*|['’]s?\s+|\.\s+|-)$/.test(word.gap);

function isNameWord(word: Word): boolean {
  return (
    word.isCapital &&
    !(word.isFunction && !/^\p{Lu}\.?$/u.test(word.text)) &&
    !CALENDAR.test(word.plain) &&
    !/^(?:I|A)$/.test(word.text)
  );
}

/** "Secretary", "Mrs", "General": what a name may go without. */
export function isTitleWord({ plain }: Word): boolean {
  return isTitle(plain) || isCourtesy(plain) || isRoleNoun(singular(plain)) || isTitle(`${plain}.`);
}

/** Short names of what is written out elsewhere. */
const SHORT_FOR: Readonly<Record<string, readonly string[]>> = {
  us: ["united states", "america", "american"],
  "u.s.": ["united states", "america", "american"],
  usa: ["united states", "america"],
  uk: ["united kingdom", "britain", "british"],
  "u.k.": ["united kingdom", "britain", "british"],
  un: ["united nations"],
  "u.n.": ["united nations"],
  eu: ["european union"],
  ussr: ["soviet union", "soviet"],
  uae: ["united arab emirates"],
  rok: ["republic of korea", "south korea", "korean", "korea"],
  dprk: ["north korea"],
};

/** A text in which names are looked for. */
export interface NameSource {
  /** In lower case, one blank between words, a blank at both ends. */
  readonly folded: string;
  readonly words: readonly Word[];
  readonly plains: ReadonlySet<string>;
  /** Positions of each word. */
  readonly places: ReadonlyMap<string, readonly number[]>;
  /** "ec" for "European Commission", "roc" for "Republic of Cyprus". */
  readonly initials: ReadonlySet<string>;
}

const sources = new WeakMap<readonly Word[], NameSource>();

/** Made once for the same words. */
export function nameSource(words: readonly Word[]): NameSource {
  const known = sources.get(words);
  if (known !== undefined) return known;
  const plains = words.map((word) => fold(word.plain));
  const places = new Map<string, number[]>();
  plains.forEach((key, at) => {
    const there = places.get(key);
    if (there === undefined) places.set(key, [at]);
    else there.push(at);
  });
  const initials = new Set(initialsOf(words));
  const source = { words, folded: ` ${plains.join(" ")} `, plains: new Set(plains), places, initials };
  sources.set(words, source);
  return source;
}

const PLAIN = /^[a-z0-9]*$/;

/** Case, accents and the points of "U.S." taken off. */
export function fold(plain: string): string {
  if (PLAIN.test(plain)) return plain;
  return plain
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .replaceAll(".", "");
}

function* initialsOf(words: readonly Word[]): Generator<string> {
  for (let at = 0; at < words.length; at++) {
    if (!words[at]?.isCapital) continue;
    let [all, capitals] = ["", ""];
    for (const word of words.slice(at, at + 8)) {
      if (!word.isCapital && !INSIDE.test(word.text)) break;
      all += word.plain.charAt(0);
      if (word.isCapital) capitals += word.plain.charAt(0);
      if (capitals.length >= 2) {
        yield all;
        yield capitals;
      }
    }
  }
}

/** The words of a name that a source does not hold, in any form that names have. */
export function absentParts(name: Name, source: NameSource): Word[] {
  const plain = name.parts.map((part) => fold(part.plain));
  if (plain.length > 1 && source.plains.has(plain.map((part) => part.charAt(0)).join(""))) return [];
  if (isLongFor(plain, source)) return [];
  return name.parts.filter((part) => !isPartIn(part, source));
}

export function isPartIn(part: Word, source: NameSource): boolean {
  const key = fold(part.plain);
  if (source.plains.has(key)) return true;
  if (/^\p{Lu}[\p{Lu}.]+$/u.test(part.text)) {
    if (source.initials.has(key)) return true;
    if ((SHORT_FOR[key] ?? []).some((long) => source.folded.includes(` ${long} `))) return true;
  }
  // An initial stands for any name that begins with it.
  if (/^\p{Lu}\.?$/u.test(part.text))
    return source.words.some((word) => word.isCapital && fold(word.plain).startsWith(key));
  return source.words.some((word) => word.isCapital && isSamePeople(part, word));
}

/** "United States" beside "US". */
function isLongFor(plain: readonly string[], source: NameSource): boolean {
  const long = plain.join(" ");
  return Object.entries(SHORT_FOR).some(([short, longs]) => source.plains.has(fold(short)) && longs.includes(long));
}

const isShort = ({ text }: Word) => /^(?:\p{Lu}\.?){2,}$/u.test(text);

/** "Korea" and "Korean", "France" and "French", "Iraqi" and "Iraqis". */
function isSamePeople(part: Word, word: Word): boolean {
  const [a, b] = [fold(part.plain), fold(word.plain)];
  // "ROK" and "DPRK" are both Korean.
  if (isShort(part) && isShort(word)) return false;
  if (a.charAt(0) !== b.charAt(0) && !nationalityOf(word.text) && !nationalityOf(part.text)) return false;
  return isPeopleOf(part, b) || isPeopleOf(word, a) || isPlural(a, b) || isPlural(b, a);
}

function isPeopleOf(adjective: Word, country: string): boolean {
  const text = adjective.text.replace(/['’]s?$/, "");
  const single = /(?:an|i)s$/.test(text) ? text.slice(0, -1) : text;
  const key = nationalityOf(single);
  return key !== null && (countriesOf(key).includes(country) || key === country);
}

/** "Norman" and "Normans"; "Williams" is no plural of "William". */
function isPlural(one: string, several: string): boolean {
  return (
    (several === `${one}s` && /(?:an|i|er|ite|ese|ist|[^aeiou]ic)s$/.test(several)) ||
    several === `${one}es` ||
    (several === one.replace(/y$/, "ies") && one.endsWith("y"))
  );
}

/** Whether neighbouring words of a name stand near each other somewhere in the source, wherever it has them both. */
export function standTogether(name: Name, { places }: NameSource): boolean {
  return name.parts.slice(1).every((part, i) => {
    const [before, after] = [places.get(fold(name.parts[i]?.plain ?? "")), places.get(fold(part.plain))];
    if (before === undefined || after === undefined) return true;
    return before.some((a) => after.some((b) => Math.abs(a - b) <= 4));
  });
}
