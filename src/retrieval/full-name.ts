import { NO_NAMES } from "../documents/roles.ts";
import { isFunctionWord } from "./stopwords.ts";

/** After these stands a place or a subject, not somebody who acts. */
const NOT_OF_PEOPLE = /\b(?:in|at|on|of|to|from|near|for|the)\s+$/i;

/** "Miriam Castell": the only run of two to four words with a capital that is no place and no institution. */
export function fullName(text: string): string | undefined {
  const names = [
    ...text.matchAll(/(?<![\p{L}-])\p{Lu}[\p{Ll}\p{M}'’-]+(?:\s+(?:\p{Lu}\.\s+)?\p{Lu}[\p{Ll}\p{M}'’-]+){1,3}/gu),
  ].filter(
    ({ 0: name, index }) =>
      !NOT_OF_PEOPLE.test(text.slice(0, index)) &&
      name.split(/\s+/).every((word) => !NO_NAMES.has(word.toLowerCase()) && !isFunctionWord(word)),
  );
  return names.length === 1 ? names[0]?.[0].replace(/['’]s?$/, "") : undefined;
}
