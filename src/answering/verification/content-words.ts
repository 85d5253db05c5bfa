import { isListedAlike } from "./opposites.ts";
import { isVerb } from "./verbs.ts";
import { mayMean } from "./word-meanings.ts";
import type { WordVectors } from "./word-vectors.ts";
import type { Word } from "./words.ts";

/** What missing words weigh together at most, an everyday word being about 1, to say nothing that must be told. */
const LEAST = 1;
/** Words that carry a sentence along and say little by themselves. */
const LIGHT = new Set(
  "yes get got go goes went come came take took make made give gave given use used need keep kept put set say said state stated write wrote written note noted mention report reported describe described become became happen occur call called include including accord according percent per cent number way thing part time next previous following preceding last first second respectively total overall approximately roughly nearly around party people person someone something certain several various own would could also thus therefore however moreover additionally further place share want wish whereas versus due account plan planned lead led reach reached remain remained stay stayed cent cents dollar dollars euro euros pound pounds".split(
    " ",
  ),
);

/** Whether a word, in lower case, only carries a sentence along. */
export const isLight = (plain: string) => LIGHT.has(plain);

/** What a statement may call the text that it cites: "according to the minutes", "the letter says that". */
const SOURCE =
  /^(?:documents?|texts?|passages?|source|article|excerpt|report|minutes|letter|page|paragraph|section|statement|note|notes|record|records|summary|announcement|leaflet|manual|guide|contract|agreement|policy|entry|email|mail|author|writer)$/;
const SAYS =
  /^(?:says?|said|states?|stated|notes?|noted|reports?|reported|mentions?|mentioned|explains?|explained|describes?|described|shows?|adds?|added|records?|recorded)$/;

/** Whether a word only says where the statement is from. */
function isOfFrame(words: readonly Word[], { start, plain }: Word): boolean {
  if (!SOURCE.test(plain)) return false;
  const at = words.findIndex((word) => word.start === start);
  const isAccording = words.slice(Math.max(0, at - 4), at).some((word) => word.plain === "according");
  return isAccording || SAYS.test(words[at + 1]?.plain ?? "");
}

/** Whether a verb stands where the evidence has another one between the same words: "sells each worker" for "lends each worker". */
function isReplaced(word: Word, statement: readonly Word[], said: readonly Word[]): boolean {
  const at = statement.findIndex(({ start }) => start === word.start);
  const [before, behind] = [nextTo(statement, at, -1), nextTo(statement, at, 1)];
  if (!isVerb(statement, at) || before === null || behind === null) return false;
  return said.some(
    (other, i) =>
      isVerb(said, i) &&
      other.stem !== word.stem &&
      nextTo(said, i, -1) === before &&
      nextTo(said, i, 1) === behind &&
      !mayMean(word.plain, other.plain) &&
      !isListedAlike(word, other),
  );
}

/** The stem of the next word of substance to one side in the same sentence. */
function nextTo(words: readonly Word[], at: number, step: 1 | -1): string | null {
  for (let i = at + step; words[i]?.sentence === words[at]?.sentence; i += step) {
    const word = words[i];
    if (word === undefined) return null;
    if (!word.isFunction) return word.stem;
  }
  return null;
}

const PARTICLE = /^(?:about|across|apart|away|back|down|forward|in|off|on|out|over|through|together|up)$/;

/** "Turned_down" of "turned down"; null of a verb alone. */
function phraseAt(words: readonly Word[], at: number): string | null {
  const next = words[at + 1];
  return next !== undefined && next.gap === " " && PARTICLE.test(next.plain)
    ? `${words[at]?.plain}_${next.plain}`
    : null;
}

/** "Turned down" for "rejected", "postponed" for "put off". */
function isPhraseSaid(word: Word, statement: readonly Word[], said: readonly Word[]): boolean {
  const own = phraseAt(
    statement,
    statement.findIndex(({ start }) => start === word.start),
  );
  return said.some((other, at) => {
    const theirs = phraseAt(said, at);
    return (own !== null && mayMean(own, other.plain)) || (theirs !== null && mayMean(own ?? word.plain, theirs));
  });
}

/** The words that say something for which the evidence has neither the stem nor another word; none where they say little. */
export function missingWords(
  open: readonly Word[],
  statement: readonly Word[],
  said: readonly Word[],
  around: readonly Word[],
  vectors: WordVectors | null,
): Word[] {
  const stems = new Set([...said, ...around].map(({ stem }) => stem));
  const theirs = said.filter(({ isFunction }) => !isFunction);
  const missing = open.filter(
    (word) =>
      !isOfFrame(statement, word) &&
      !stems.has(word.stem) &&
      !isLight(word.plain) &&
      !said.some((other) => isListedAlike(word, other)) &&
      !theirs.some((other) => mayMean(word.plain, other.plain)) &&
      !isPhraseSaid(word, statement, said),
  );
  const weight = missing.reduce((sum, { plain }) => sum + (vectors?.get(plain)?.weight ?? 1), 0);
  return weight > LEAST ? missing : missing.filter((word) => isReplaced(word, statement, said));
}
