import { isListedAlike } from "./opposites.ts";
import { cosineOf, NEAR_WORD, type WordVectors } from "./word-vectors.ts";
import type { Word } from "./words.ts";

/** What the missing words may weigh together, an everyday word being about 1, before they are more than a rewording. */
const REWORDING = 3;
/** Words that carry a sentence along and say little by themselves. */
const LIGHT = new Set(
  "get got go goes went come came take took make made give gave given use used need keep kept put set say said state stated write wrote written note noted mention report reported describe described become became happen occur call called include including accord according percent per cent number way thing part time next previous following preceding last first second respectively total overall approximately roughly nearly around party people person someone something certain several various own would could also thus therefore however moreover additionally further place share want wish whereas versus due account plan planned lead led reach reached remain remained stay stayed cent cents dollar dollars euro euros pound pounds".split(
    " ",
  ),
);

/** Whether a word, in lower case, only carries a sentence along. */
export const isLight = (plain: string) => LIGHT.has(plain);

/** The words that say something for which the evidence has neither the stem nor a word near it; none where they are few. */
export function missingWords(
  words: readonly Word[],
  said: readonly Word[],
  around: readonly Word[],
  vectors: WordVectors | null,
): Word[] {
  const stems = new Set([...said, ...around].map(({ stem }) => stem));
  const theirs = said.filter(({ isFunction }) => !isFunction);
  const missing = words.filter(
    (word) =>
      !stems.has(word.stem) &&
      !isLight(word.plain) &&
      !said.some((other) => isListedAlike(word, other)) &&
      !theirs.some((other) => cosineOf(word, other, vectors) >= NEAR_WORD),
  );
  const weight = missing.reduce(
    (sum, { plain }) => sum + (vectors === null ? 1 : (vectors.get(plain)?.weight ?? 0)),
    0,
  );
  return weight > REWORDING ? missing : [];
}
