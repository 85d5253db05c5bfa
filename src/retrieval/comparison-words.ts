/** Words that ask how something changed, as the source of a pattern. */
export const CHANGE =
  "chang(?:e|es|ed|ing)|evolv(?:e|es|ed|ing)|develop(?:s|ed)?|shift(?:s|ed)?|grow|grew|grown|progress(?:ed)?|improved?|worsen(?:ed)?";
/** Verbs that ask for a change where two times, or "over time", stand beside them. */
export const MOVE =
  "r[io]ses?|risen|rising|falls?|fell|fallen|falling|var(?:y|ies|ied)|(?:declin|increas|decreas)(?:e|es|ed|ing)|moved?";
/** Words that set one thing against another. */
export const AGAINST = "compar(?:e|es|ed|ing|ison)|contrast(?:s|ed|ing)?|differ(?:s|ed|ent|ence|ences)?|versus|vs\\.?";

/** Any of these as whole words, in any case. */
export function anyOf(words: readonly string[], flags = "iu"): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.join("|")})(?![\\p{L}\\p{N}])`, flags);
}
