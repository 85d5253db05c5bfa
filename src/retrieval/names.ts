import { passagesWith } from "./bm25.ts";
import type { SearchableIndex } from "./searchable.ts";

/** How many passages with the word are looked at: casing does not change from one to the next. */
const LOOKED_AT = 8;
/** A word is a name when at least this share of it, inside sentences, begins with a capital. */
const CAPITALISED_SHARE = 0.8;

/**
 * Whether the documents write the word, whose index term is `term`, as a name: with a capital where no sentence begins.
 * False where they lack it.
 */
export function isWrittenAsName(index: SearchableIndex, word: string, term: string): boolean {
  // "Aldana's" is looked for as "Aldana".
  const bare = /^[\p{L}\p{N}]+/u.exec(word)?.[0];
  if (bare === undefined) return false;
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])${bare}(?![\\p{L}\\p{N}])`, "giu");
  let capitalised = 0;
  let total = 0;
  for (const ordinal of passagesWith(index.lexical, term).subarray(0, LOOKED_AT)) {
    const text = index.passages[ordinal]?.text ?? "";
    for (const { 0: found, index: at } of text.matchAll(pattern)) {
      if (beginsSentence(text, at)) continue;
      total++;
      if (/^\p{Lu}/u.test(found)) capitalised++;
    }
  }
  return total > 0 && capitalised >= CAPITALISED_SHARE * total;
}

/** Also after a bullet, a number or a heading mark, where a capital says nothing either. */
function beginsSentence(text: string, at: number): boolean {
  return /(?:^|[.?!:;\n*°º•–-])[\s"“‘'(\d.)*°º•–-]*$/u.test(text.slice(Math.max(0, at - 12), at));
}
