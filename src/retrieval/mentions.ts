import { type NamedPerson, peopleMentions } from "./people.ts";
import type { SearchableIndex } from "./searchable.ts";
import { terms, tokenize } from "./tokenize.ts";

const nameTerms = new WeakMap<SearchableIndex, ReadonlySet<string>>();

/**
 * The same as `peopleMentions`, for the texts of a conversation: words that are in nobody's name are blanked first,
 * since whether they are written as names is looked up in the passages, at some milliseconds a question.
 */
export function mentions(text: string, index: SearchableIndex): NamedPerson[] {
  let names = nameTerms.get(index);
  if (names === undefined) {
    names = new Set(index.documents.flatMap(({ document }) => document.people.flatMap(({ name }) => terms(name))));
    nameTerms.set(index, names);
  }
  let kept = "";
  for (const { term, start, end } of tokenize(text)) {
    if (names.has(term)) kept = kept.padEnd(start) + text.slice(start, end);
  }
  return kept === "" ? [] : peopleMentions(kept, index);
}
