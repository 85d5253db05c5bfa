import { irregularBase } from "../../retrieval/irregular-forms.ts";
import { isLemma, type Synset, sensesOf, synsetOf } from "./wordnet.ts";

/** How many senses of each part of speech count, the most frequent ones. */
const MOST_SENSES = 6;
/** How many steps more general a word may be: "vessel" for "ferry". */
const MOST_STEPS = 2;

/** WordNet's rules of detachment (morphy(7WN)), and doubled consonants. Adjectives have others. */
const ENDINGS: readonly (readonly [RegExp, string])[] = [
  [/s$/, ""],
  [/(?<=[sxz]|ch|sh)es$/, ""],
  [/ies$/, "y"],
  [/men$/, "man"],
  [/es$/, "e"],
  [/e[ds]$/, ""],
  [/ed$/, "e"],
  [/ied$/, "y"],
  [/ing$/, ""],
  [/ing$/, "e"],
  [/(\p{L})\1(?:ed|ing)$/u, "$1"],
];
const COMPARED: typeof ENDINGS = [
  [/(?:er|est)$/, ""],
  [/(?:er|est)$/, "e"],
  [/i(?:er|est)$/, "y"],
  [/(\p{L})\1(?:er|est)$/u, "$1"],
];

/** What a word may mean, and what its senses are next to. */
interface Meanings {
  readonly senses: readonly Synset[];
  readonly ids: ReadonlySet<string>;
  /** Other words for the same, of the same or another part of speech: "acquisition" of "acquire". */
  readonly same: ReadonlySet<string>;
  readonly opposite: ReadonlySet<string>;
  /** More general ones. */
  readonly wider: ReadonlySet<string>;
}

const known = new Map<string, Meanings>();
const KNOWN = 20_000;

function meaningsOf(word: string): Meanings {
  const meanings = known.get(word) ?? readMeanings(word);
  if (known.size >= KNOWN) known.clear();
  known.set(word, meanings);
  return meanings;
}

/** The base forms that a word in lower case may be of. */
function lemmasOf(word: string): string[] {
  const [first = "", particle] = word.split("_");
  if (particle !== undefined)
    return lemmasOf(first)
      .map((base) => `${base}_${particle}`)
      .filter(isLemma);
  const all = [word, ...detached(word, ENDINGS), irregularBase(word) ?? word];
  return [...new Set(all)].filter(isLemma);
}

const detached = (word: string, endings: typeof ENDINGS) =>
  endings
    .flatMap(([ending, put]) => (ending.test(word) ? [word.replace(ending, put)] : []))
    .filter((base) => base.length > 1);

/** Of the adjectives that a word may compare: "cold" of "colder", and no "sum" of "summer". */
const comparedSenses = (word: string) =>
  detached(word, COMPARED).flatMap((base) => sensesOf(base, MOST_SENSES).filter(({ id }) => /^ad[jv]:/.test(id)));

/** Whether it is a form of a word that WordNet has. */
export const isWord = (word: string) => lemmasOf(word).length > 0;

/** Related in form (+ and \), participle (<), similar (& and ^), in the same group (=, $), entailed (*) or caused (>). */
const SAME = /^[+\\<&^=$*>]$/;
const WIDER = /^(?:@i?|\*)$/;

function readMeanings(word: string): Meanings {
  const senses = [...lemmasOf(word).flatMap((lemma) => sensesOf(lemma, MOST_SENSES)), ...comparedSenses(word)];
  const pointed = (all: readonly Synset[], symbol: RegExp) =>
    all.flatMap(({ pointers }) => pointers.filter((pointer) => symbol.test(pointer.symbol)).map(({ to }) => to));
  const related = pointed(senses, /^\+$/).map(synsetOf);
  const opposite = pointed(senses, /^!$/);
  // "Wet" is the opposite of "dry", "damp" is like it.
  const near = [...senses, ...pointed(senses, /^&$/).map(synsetOf)];
  const opposites = [...opposite, ...pointed(near, /^!$/)];
  let step = senses;
  const wider = new Set<string>();
  for (let i = 0; i < MOST_STEPS; i++) {
    const ids = pointed(step, WIDER).filter((id) => !wider.has(id));
    for (const id of ids) wider.add(id);
    step = ids.map(synsetOf);
  }
  return {
    senses,
    ids: new Set(senses.map(({ id }) => id)),
    same: new Set([...pointed(senses, SAME), ...pointed(related, /^\+$/)]),
    opposite: new Set([...opposites, ...pointed(opposites.map(synsetOf), /^&$/)]),
    wider,
  };
}

/** noun.group, noun.location, noun.person: who may do something. */
const WHO = new Set([14, 15, 18]);
/** How many of a word's senses tell what it mostly is. */
const FIRST_SENSES = 2;

/** Whether a word in lower case mostly is somebody, some people or a place. */
export const isWho = (word: string) =>
  lemmasOf(word).some((lemma) =>
    sensesOf(lemma, FIRST_SENSES).some(({ id, category }) => id.startsWith("noun:") && WHO.has(category)),
  );

/** Whether two words in lower case are opposites of each other, or of words like them. */
export const areOpposite = (a: string, b: string) =>
  meaningsOf(b).senses.some(({ id }) => meaningsOf(a).opposite.has(id));

/** Whether a word in lower case is most often written so: "staff", and no "perry". */
export const isCommon = (word: string) =>
  [...lemmasOf(word), ...detached(word, COMPARED)].some((lemma) =>
    sensesOf(lemma, 1).some(({ words }) => words.includes(lemma)),
  );

/**
 * Whether "own" may say of the same what "theirs" says, both in lower case: a form of it, another word for it or a more
 * general one, in some frequent sense of both. False of opposites, and of words that WordNet does not have.
 */
export function mayMean(own: string, theirs: string): boolean {
  const [a, b] = [meaningsOf(own), meaningsOf(theirs)];
  const isIn = (senses: readonly Synset[], ids: ReadonlySet<string>) => senses.some(({ id }) => ids.has(id));
  if (isIn(b.senses, a.ids)) return true;
  if (isIn(b.senses, a.opposite)) return false;
  return isIn(b.senses, a.same) || isIn(a.senses, b.same) || isIn(a.senses, b.wider);
}
