import type { Person } from "../types.ts";
import type { SearchableIndex } from "./searchable.ts";
import { tokenize } from "./tokenize.ts";

/** Parts of a name that can stand for it: three letters or more, "de" and "Jr." are none. */
function nameParts(name: string): string[] {
  return tokenize(name)
    .filter((token) => token.end - token.start >= 3)
    .map((token) => token.term);
}

/** The people that the documents introduce and that the text names by a part of their name written with a capital. */
export function peopleNamed(text: string, index: SearchableIndex): Person[] {
  const written = new Set(
    tokenize(text)
      .filter((token) => /^\p{Lu}/u.test(text.slice(token.start, token.end)))
      .map((token) => token.term),
  );
  const found = new Map<string, Person>();
  for (const { document } of index.documents) {
    for (const person of document.people) {
      if (!found.has(person.name) && nameParts(person.name).some((part) => written.has(part))) {
        found.set(person.name, person);
      }
    }
  }
  return [...found.values()];
}
