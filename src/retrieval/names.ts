import type { SearchableIndex } from "./searchable.ts";
import { tokenize } from "./tokenize.ts";

/** How many passages with the word are looked at: casing does not change from one to the next. */
const LOOKED_AT = 8;
/** A word is a name when at least this share of it, inside sentences, begins with a capital. */
const CAPITALISED_SHARE = 0.8;

const known = new WeakMap<SearchableIndex, Map<string, boolean>>();

/** Whether the documents write the word as a name: with a capital where no sentence begins. False where they lack it. */
export function isWrittenAsName(index: SearchableIndex, term: string): boolean {
  const ofIndex = known.get(index) ?? new Map<string, boolean>();
  known.set(index, ofIndex);
  const answer = ofIndex.get(term) ?? looksWrittenAsName(index, term);
  ofIndex.set(term, answer);
  return answer;
}

function looksWrittenAsName(index: SearchableIndex, term: string): boolean {
  const id = index.lexical.termIds.get(term);
  if (id === undefined) return false;
  const start = index.lexical.offsets[id] ?? 0;
  const end = Math.min(index.lexical.offsets[id + 1] ?? 0, start + LOOKED_AT);
  let capitalised = 0;
  let total = 0;
  for (const ordinal of index.lexical.ordinals.subarray(start, end)) {
    const text = index.passages[ordinal]?.text ?? "";
    for (const token of tokenize(text)) {
      if (token.term !== term || beginsSentence(text, token.start)) continue;
      total++;
      if (/^\p{Lu}/u.test(text.slice(token.start, token.end))) capitalised++;
    }
  }
  return total > 0 && capitalised >= CAPITALISED_SHARE * total;
}

/** Also after a bullet, a number or a heading mark, where a capital says nothing either. */
function beginsSentence(text: string, at: number): boolean {
  return /(?:^|[.?!:;\n*°º•–-])[\s"“‘'(\d.)*°º•–-]*$/u.test(text.slice(Math.max(0, at - 12), at));
}
