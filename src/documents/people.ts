import type { Person } from "../types.ts";
import { type Token, tokensOf } from "./people-tokens.ts";
import {
  FIELD_WORDS,
  followsRoleNoun,
  hasOffice,
  isCourtesy,
  isPluralRoleNoun,
  isQualifier,
  isRoleNoun,
  isTitle,
  NO_NAMES,
  ofOne,
} from "./roles.ts";

const MOST_PEOPLE = 12;
const MOST_NAME_TOKENS = 5;
const MOST_ROLE_TOKENS = 9;

/**
 * Who a text introduces with a role or a title and a full name: "Secretary of Defense William J. Perry", "Jane Smith, chief
 * engineer". English only. By a lexicon and the shape of names; what is not sure is left out. In order, each once.
 */
export function peopleIntroduced(text: string): Person[] {
  const people: Person[] = [];
  for (const paragraph of paragraphsOf(text)) {
    if (people.length >= MOST_PEOPLE) break;
    if (hasOffice(paragraph)) addPeople(tokensOf(paragraph), people);
  }
  return people;
}

/** No name and no office goes across a blank line. Each begins with the end of the line before, which tells short lines. */
function* paragraphsOf(text: string): Generator<string> {
  let start = 0;
  for (const { 0: gap, index } of text.matchAll(/\n\s*\n/g)) {
    yield text.slice(start, index);
    start = index + gap.length - 1;
  }
  yield text.slice(start);
}

function addPeople(tokens: readonly Token[], people: Person[]): void {
  const add = (name: string, role: string): void => {
    if (people.length < MOST_PEOPLE && !people.some((known) => isSamePerson(known.name, name)))
      people.push({ name, role });
  };
  let plural: { readonly role: string; readonly end: number } | null = null;
  for (let at = 0; at < tokens.length && people.length < MOST_PEOPLE; at++) {
    const end = nameEnd(tokens, at);
    if (end === null) continue;
    const name = wordsOf(tokens, at, end);
    const role = roleAfter(tokens, at, end) ?? roleBefore(tokens, at, end);
    // "Chairmen ..., General A and General B": the office in the plural is the second one's, too.
    const shared: string | null =
      plural !== null && tokens[plural.end]?.word === "and" && at - plural.end <= 2 ? plural.role : null;
    const held: string | null = shared ?? role;
    if (held !== null) add(name, ofOne(held));
    plural = held !== null && (shared !== null || isPlural(held)) ? { role: held, end } : null;
    at = end - 1;
  }
}

function isPlural(role: string): boolean {
  return role.split(" ", 4).some(isPluralRoleNoun);
}

/** The noun of an office, of one or of several. */
function isOfficeNoun(word: string): boolean {
  return isRoleNoun(word) || isPluralRoleNoun(word);
}

function wordsOf(tokens: readonly Token[], start: number, end: number): string {
  return tokens
    .slice(start, end)
    .map((token, at, all) => token.word + (at < all.length - 1 && token.after === "," ? "," : ""))
    .join(" ");
}

/** "Secretary Perry" and "Perry" are William J. Perry; so is "William Perry". */
function isSamePerson(known: string, name: string): boolean {
  const [left, right] = [known.toLowerCase().split(" "), name.toLowerCase().split(" ")];
  if (known.toLowerCase() === name.toLowerCase()) return true;
  return left.at(-1) === right.at(-1) && left[0] === right[0];
}

const NAME_WORD =
  /^(?:\p{Lu}[\p{Ll}\p{M}'’]+(?:[\p{Lu}][\p{Ll}]+)*(?:-\p{L}[\p{Ll}\p{M}]+)*|O['’]\p{Lu}\p{Ll}+|Ma?c\p{Lu}\p{Ll}+)$/u;
const INITIAL = /^(?:\p{Lu}\.){1,3}$|^\p{Lu}$/u;
/** "Elizabeth II" */
const ORDINAL = /^[IVX]{2,5}$/;
const PARTICLE = new Set("de da di del della van von der den bin ibn al la le du dos ten ter".split(" "));

/** Names and other words with a capital come again and again. */
const knownNames = new Map<string, boolean>();
const KNOWN_NAMES = 20_000;
/** A longer one that is cut out of a text keeps all of the text in memory. */
const SHORT = 12;

function isNameWord({ word }: Token): boolean {
  if (word.length > SHORT) return looksLikeName(word);
  const before = knownNames.get(word);
  if (before !== undefined) return before;
  const found = looksLikeName(word);
  if (knownNames.size >= KNOWN_NAMES) knownNames.clear();
  knownNames.set(word, found);
  return found;
}

function looksLikeName(word: string): boolean {
  const key = word.toLowerCase();
  return (
    NAME_WORD.test(word) &&
    word.length >= 2 &&
    !NO_NAMES.has(key) &&
    !isOfficeNoun(key) &&
    !isTitle(key) &&
    !FIELD_WORDS.has(key)
  );
}

function isLowerAscii(word: string): boolean {
  const code = word.charCodeAt(0);
  return code >= 97 && code <= 122;
}

/** Where the full name that begins here ends: two words or more, the last of them no initial. Null where none begins. */
function nameEnd(tokens: readonly Token[], start: number): number | null {
  const first = tokens[start];
  // Most words, told without a pattern.
  if (!first || isLowerAscii(first.word)) return null;
  const before = tokens[start - 1];
  if (!(isNameWord(first) || INITIAL.test(first.word))) return null;
  // "Bishop of Durham Justin Welby": the first word after "of" is the office's.
  if (isOfAt(tokens, start - 1) && isOfficeNoun(tokens[start - 2]?.word ?? "")) return null;
  // The middle of a longer run of capitals is no beginning, unless an office or a title stands before.
  if (before && before.after === "" && !startsAfter(tokens, start)) return null;
  let end = start;
  let full = 0;
  for (let token = tokens[end]; token && end - start < MOST_NAME_TOKENS; token = tokens[end]) {
    const isOrdinal = end > start && ORDINAL.test(token.word);
    // "Observers:" below the name is the label of what follows.
    if (token.after === ":" && tokens[end - 1]?.endsLine && end > start) break;
    if (isNameWord(token)) full++;
    else if (!isOrdinal && !(end > start && isParticle(tokens, end)) && !INITIAL.test(token.word)) break;
    end++;
    if (token.after !== "" || token.possessive || isOrdinal) break;
  }
  const last = tokens[end - 1];
  const next = tokens[end];
  if (!last || INITIAL.test(last.word) || end - start < 2 || full < 1) return null;
  // "Perry Street", "Kim Institute": the run goes on with what no person is called.
  if (
    last.after === "" &&
    !last.possessive &&
    next &&
    /^\p{Lu}/u.test(next.word) &&
    NO_NAMES.has(next.word.toLowerCase()) &&
    !isFunctionWord(next)
  )
    return null;
  return end;
}

/** "de" and "von der" before another part of the name. */
function isParticle(tokens: readonly Token[], at: number): boolean {
  const isOne = (place: number) => PARTICLE.has(tokens[place]?.word ?? "") && tokens[place]?.after === "";
  const next = tokens[isOne(at + 1) ? at + 2 : at + 1];
  return isOne(at) && next !== undefined && isNameWord(next);
}

const FUNCTION_WORDS = new Set(
  "the this that these he she they it we in on at by for from and or but with to as his her their our its both also however a an of named called".split(
    " ",
  ),
);

function isFunctionWord({ word }: Token): boolean {
  return FUNCTION_WORDS.has(word.toLowerCase());
}

/** Whether a name may begin after the word before: after an office, a field of one, a title, or any word in lower case. */
function startsAfter(tokens: readonly Token[], start: number): boolean {
  const before = tokens[start - 1];
  if (!before) return true;
  return !/^\p{Lu}/u.test(before.word) || before.after !== "" || !isNameWord(before) || followsOffice(tokens, start);
}

/** "Bishop of Durham Justin Welby": one unknown word after "of" belongs to the office. */
function followsOffice(tokens: readonly Token[], start: number): boolean {
  const [office, of] = [tokens[start - 3], tokens[start - 2]];
  return office !== undefined && of?.word === "of" && isOfficeNoun(office.word) && office.after === "";
}

/** The role that stands before a name: qualifiers, the office, its field, and a title with or without a comma. */
function roleBefore(tokens: readonly Token[], nameStart: number, nameEnd: number): string | null {
  let at = nameStart - 1;
  if (isCourtesy(tokens[at]?.word ?? "") && tokens[at]?.after === "") at--;
  const last = tokens[at];
  if (!last || last.after === "." || last.possessive) return null;
  if (last.after === ":") return labelEndingAt(tokens, at);
  if (last.after === "" && isTitle(last.word) && /^\p{Lu}/u.test(last.word)) {
    const office = officeEndingAt(tokens, at, nameEnd);
    if (office?.includes(" ")) return office;
    at--;
    if (tokens[at]?.after === ",") {
      const before = officeEndingAt(tokens, at, nameEnd);
      return [before, last.word].filter((part) => part !== null).join(", ");
    }
    const other = tokens[at];
    const isOther = other !== undefined && isTitle(other.word) && other.after === "" && !other.endsLine;
    return isOther ? `${other.word} ${last.word}` : last.word;
  }
  return last.after === "" || last.after === "," ? officeEndingAt(tokens, at, nameEnd) : null;
}

/** "Town Clerk: Ann Price", where the office begins the line. */
function labelEndingAt(tokens: readonly Token[], end: number): string | null {
  const start = officeStart(tokens, end, end);
  if (!isRoleNoun(tokens[end]?.word ?? "") || !beginsLine(tokens, start)) return null;
  return wordsOf(tokens, start, end + 1);
}

function beginsLine(tokens: readonly Token[], start: number): boolean {
  const before = tokens[start - 1];
  return before === undefined || before.endsLine || before.after === "\n" || before.after === ".";
}

/** The office whose last word stands at `end`, with or without a comma before the name that ends at `nameEnd`. */
function officeEndingAt(tokens: readonly Token[], end: number, nameEnd: number): string | null {
  const noun = nounBefore(tokens, end);
  if (noun === null) return null;
  const isOffice = /^\p{Lu}/u.test(tokens[noun]?.word ?? "");
  const start = officeStart(tokens, noun, end);
  const isShort = isOffice ? start === end : noun === end;
  if (tokens[end]?.after === "," && isShort && !isApposition(tokens, start, nameEnd)) return null;
  // "Ann Price, surveyor" on a line of its own, and the next name below it.
  const before = tokens[start - 1];
  if (tokens[end]?.endsLine && before?.after === "," && isNameWord(before)) return null;
  const words = wordsOf(tokens, start, end + 1);
  return isOffice || noun < end || start < noun || tokens[end]?.after === "," ? words : null;
}

/** Goes back from the noun over "Deputy", "former", "Korean". */
function officeStart(tokens: readonly Token[], noun: number, end: number): number {
  const isOffice = /^\p{Lu}/u.test(tokens[noun]?.word ?? "");
  let start = noun;
  while (start > 0 && end - start < MOST_ROLE_TOKENS && noun - start < 5) {
    const before = tokens[start - 1];
    if (before?.after !== "" || before.possessive || !isQualifier(before.word)) break;
    if (isOffice && /^\p{Ll}/u.test(before.word)) break;
    // "They won under head coach Ann Ray."
    if (before.word === "under" && tokens[start]?.word !== "secretary") break;
    start--;
  }
  return start;
}

/**
 * "The director, Jane Smith, said": the name alone between commas, after one definite office. "The director, Jane Smith
 * and Bob Ray" are three.
 */
function isApposition(tokens: readonly Token[], officeStart: number, nameEnd: number): boolean {
  const [before, last, next] = [tokens[officeStart - 1], tokens[nameEnd - 1], tokens[nameEnd]];
  if (!/^(?:the|our|its|their)$/i.test(before?.word ?? "") || before?.after !== "") return false;
  if (last?.after === ".") return true;
  return (
    last?.after === "," &&
    /^\p{Ll}/u.test(next?.word ?? "") &&
    !/^(?:and|or|as|the|an?|his|her|its|their|our)$/.test(next?.word ?? "")
  );
}

/** Goes back over the office's field ("of National Defense") to its noun. */
function nounBefore(tokens: readonly Token[], end: number): number | null {
  // "The leader of the Green Unit": the name goes on the office's field, and is no person's.
  if (/^(?:of|for|to|and|the|&)$/.test(tokens[end]?.word ?? "")) return null;
  if (followsRoleNoun(tokens[end]?.word ?? "") && isOfficeNoun(tokens[end - 1]?.word ?? ""))
    return tokens[end - 1]?.after === "" ? end - 1 : null;
  let sawField = false;
  let unknown = 0;
  for (let at = end; at >= 0 && end - at < MOST_ROLE_TOKENS; at--) {
    const token = tokens[at];
    if (!token || token.possessive || (at < end && token.after !== "" && !(token.after === "," && sawField)))
      return null;
    const word = token.word.toLowerCase();
    const isOf = word === "of" || word === "for";
    if (isOfficeNoun(word) && (at === end || isOfAt(tokens, at + 1))) {
      // "Under Secretary of State for Political Affairs": the outer noun is the office.
      return outerNoun(tokens, at);
    }
    if (isOf || word === "and" || word === "the" || word === "&" || word === "respective") continue;
    if (FIELD_WORDS.has(word) || /^\p{Lu}{2,5}$/u.test(token.word)) sawField = true;
    else if (/^\p{Lu}/u.test(token.word) && isOfAt(tokens, at - 1)) unknown++;
    else return null;
    if (unknown > 1) return null;
  }
  return null;
}

function isOfAt(tokens: readonly Token[], at: number): boolean {
  return (
    tokens[at]?.word === "of" ||
    tokens[at]?.word === "for" ||
    (tokens[at]?.word === "to" && tokens[at + 1]?.word === "the")
  );
}

function outerNoun(tokens: readonly Token[], noun: number): number {
  const outer = noun - 2;
  return tokens[noun - 1]?.word === "of" && isOfficeNoun(tokens[outer]?.word ?? "") ? outer : noun;
}

const STOPS = new Set(
  "who which that said says was is were are has had will would and but to on in with from as".split(" "),
);

/** The role that stands after a name: ", chief engineer", ", the head of cardiology", " (Chair)", or on the next line. */
function roleAfter(tokens: readonly Token[], nameStart: number, nameEnd: number): string | null {
  const mark = tokens[nameEnd - 1]?.after;
  if (mark !== "," && mark !== "(" && mark !== "\n" && mark !== "–") return null;
  const standsAlone = beginsLine(tokens, beforeTitles(tokens, nameStart));
  if (mark === "\n" && !standsAlone) return null;
  let at = nameEnd;
  if (/^(?:the|a|an|our|its|their)$/i.test(tokens[at]?.word ?? "")) at++;
  const start = at;
  while (at - start < 4 && tokens[at] && !isRoleEnd(tokens, at)) {
    const token = tokens[at];
    if (
      token?.after !== "" ||
      !(
        isQualifier(token.word) ||
        isRoleNoun(token.word) ||
        (mark !== "\n" && /^\p{Ll}+$/u.test(token.word) && !STOPS.has(token.word) && !isFunctionWord(token))
      )
    )
      return null;
    at++;
  }
  if (!isRoleEnd(tokens, at)) return null;
  if (tokens[at]?.after === "" && followsRoleNoun(tokens[at + 1]?.word ?? "")) at++;
  const noun = tokens[at];
  const next = tokens[at + 1];
  // "Clerk:" on the next line is the label of what follows.
  if (noun?.after === ":" && tokens[nameEnd - 1]?.endsLine) return null;
  // "Jane Smith, Mayor Tom Reilly and": the office is the next person's; but for a list of people, each on a line.
  const isListed = standsAlone && noun?.endsLine === true && isTitle(next?.word ?? "");
  if (noun?.after === "" && next && /^\p{Lu}/u.test(next.word) && !isFunctionWord(next) && !isListed) return null;
  return wordsOf(tokens, start, fieldEnd(tokens, at + 1));
}

/** Where the titles before a name begin: "Dr." of "Dr. Jane Doe". */
function beforeTitles(tokens: readonly Token[], nameStart: number): number {
  const word = tokens[nameStart - 1]?.word ?? "";
  const isOne = (isTitle(word) || isCourtesy(word)) && tokens[nameStart - 1]?.after === "";
  return isOne ? nameStart - 1 : nameStart;
}

/** An office's noun that is not itself followed by one. */
function isRoleEnd(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  if (!token || !isRoleNoun(token.word)) return false;
  const next = tokens[at + 1];
  return (
    token.after !== "" ||
    !next ||
    !(isRoleNoun(next.word) || (isQualifier(next.word) && isRoleNoun(tokens[at + 2]?.word ?? "")))
  );
}

function fieldEnd(tokens: readonly Token[], from: number): number {
  if (tokens[from - 1]?.after !== "" || !/^(?:of|for|at)$/.test(tokens[from]?.word ?? "")) return from;
  let end = from;
  while (
    end - from < 6 &&
    tokens[end] &&
    !STOPS.has(tokens[end]?.word ?? "") &&
    !(end > from + 1 && /(?:ed|ing)$/.test(tokens[end]?.word ?? ""))
  ) {
    end++;
    if (tokens[end - 1]?.after !== "") break;
  }
  return end - from > 1 ? end : from;
}
