/** Little words without which a question asks for something else. */
const DECIDING =
  /^(?:not|no|never|none|nobody|nothing|neither|nor|without|only|except|unless|before|after|until|since|during|more|less|fewer|most|least|first|last|all|every|each|both|any|against|above|below|over|under)$/;
const PRONOUN = /^(?:he|him|his|she|her|hers|they|them|their|theirs)$/;
const MALE = /^(?:he|him|his|mr|sir|lord)$/;
const FEMALE = /^(?:she|her|hers|mrs|ms|miss|lady|dame)$/;

/**
 * What a question made of another turns round: its little words that decide, the order of its names and pronouns. Null
 * where nothing. It may bring in such a word where one of the `others` has it, and no pronoun.
 */
export function changeOf(question: string, asked: string, others: readonly string[]): string | null {
  const [own, before] = [wordsOf(question), wordsOf(asked)];
  const deciding = before.filter((word) => DECIDING.test(word));
  const lost = deciding.filter((word) => countOf(own, word) < countOf(before, word));
  if (lost.length > 0) return `it leaves out “${lost[0]}”`;
  const known = others.flatMap(wordsOf);
  const strange = own.filter((word) => DECIDING.test(word) && !before.includes(word) && !known.includes(word));
  if (strange.length > 0) return `it brings in “${strange[0]}”`;
  const isKept =
    isWithin(pronounsOf(own), pronounsOf(before)) &&
    isSameOrder(namesOf(asked), own) &&
    isSameOrder(gendersOf(before), gendersOf(own));
  return isKept ? null : "it tells of others who did what";
}

/** "didn't" as "did not". */
export function writtenOut(text: string): string {
  return text.replace(/\bcan(?:not|['’]t)\b/gi, "can not").replace(/n['’]t\b/gi, " not");
}

function wordsOf(text: string): string[] {
  return (
    writtenOut(text)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

function countOf(words: readonly string[], word: string): number {
  return words.filter((one) => one === word).length;
}

function pronounsOf(words: readonly string[]): string[] {
  return words.filter((word) => PRONOUN.test(word));
}

/** Words with a capital, but for the first. */
function namesOf(text: string): string[] {
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.slice(1).flatMap((word) => (/^\p{Lu}/u.test(word) ? [word.toLowerCase()] : []));
}

function gendersOf(words: readonly string[]): string[] {
  return words.flatMap((word) => (MALE.test(word) ? ["m"] : FEMALE.test(word) ? ["f"] : []));
}

/** Whether all of these stand among the others in their order. */
function isWithin(part: readonly string[], whole: readonly string[]): boolean {
  let at = -1;
  return part.every((one) => {
    at = whole.indexOf(one, at + 1);
    return at >= 0;
  });
}

/** Whether those of the words that the others have, too, come first in the same order there. */
function isSameOrder(words: readonly string[], others: readonly string[]): boolean {
  const places = [...new Set(words)].map((word) => others.indexOf(word)).filter((place) => place >= 0);
  return places.every((place, i) => i === 0 || place > (places[i - 1] ?? -1));
}
