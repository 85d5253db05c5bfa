import { dot } from "../../dot.ts";
import type { Embedder } from "../../embedding/embedder.ts";
import { toUnit } from "../../embedding/vectors.ts";
import { isListedAlike } from "./opposites.ts";
import type { Word } from "./words.ts";

/** The cosine from which on two words are taken to speak of the same; docs/verification.md has the curve. */
const NEAR_WORD = 0.3;
/** What the missing words may weigh together, an everyday word being about 1, before they are more than a rewording. */
const REWORDING = 3;
/** Words that carry a sentence along and say little by themselves. */
const LIGHT = new Set(
  "get got go goes went come came take took make made give gave given use used need keep kept put set say said state stated write wrote written note noted mention report reported describe described become became happen occur call called include including accord according percent per cent number way thing part time next previous following preceding last first second respectively total overall approximately roughly nearly around party people person someone something certain several various own would could also thus therefore however moreover additionally further place share want wish".split(
    " ",
  ),
);

/** The words that say something for which the evidence has neither the stem nor a word near it; none where they are few. */
export async function missingWords(
  words: readonly Word[],
  said: readonly Word[],
  around: readonly Word[],
  embedder: Embedder,
): Promise<Word[]> {
  const stems = new Set([...said, ...around].map(({ stem }) => stem));
  const absent = words.filter(
    (word) => !stems.has(word.stem) && !LIGHT.has(word.plain) && !said.some((other) => isListedAlike(word, other)),
  );
  const weights = await weightsOf(absent, said, embedder);
  const missing = absent.filter((_, i) => (weights[i] ?? 0) > 0);
  const weight = weights.reduce((sum, one) => sum + one, 0);
  return weight > REWORDING ? missing : [];
}

/** How much each word weighs, 0 where the evidence has one near it. */
async function weightsOf(words: readonly Word[], said: readonly Word[], embedder: Embedder): Promise<number[]> {
  if (words.length === 0) return [];
  const plains = (all: readonly Word[]) => all.map(({ plain }) => plain);
  const own = await embedder.words?.(plains(words));
  const theirs = await embedder.words?.(plains(said.filter(({ isFunction }) => !isFunction)));
  if (own === undefined || theirs === undefined) return words.map(() => 1);
  const near = theirs.map(toUnit);
  return own.map((vector) => {
    const unit = toUnit(vector);
    return near.some((other) => dot(unit, other) >= NEAR_WORD) ? 0 : Math.sqrt(dot(vector, vector));
  });
}
