import type { Person } from "../types.ts";
import { type Token, tokensOf } from "./people-tokens.ts";
import { FIELD_WORDS, isPluralRoleNoun, isQualifier, isRoleNoun, isTitle, NO_NAMES, ofOne } from "./roles.ts";

const MOST_PEOPLE = 12;
const MOST_NAME_TOKENS = 5;
const MOST_ROLE_TOKENS = 9;

/**
 * Who a text introduces with a role or a title and a full name: "Secretary of Defense William J. Perry", "Jane Smith, chief
 * engineer". English only. By a lexicon and the shape of names; what is not sure is left out. In order, each once.
 */
export function peopleIntroduced(text: string): Person[] {
  const tokens = tokensOf(text);
  const people: Person[] = [];
  const add = (name: string, role: string): void => {
    if (people.length < MOST_PEOPLE && !people.some((known) => isSamePerson(known.name, name)))
      people.push({ name, role });
  };
  let plural: { readonly role: string; readonly end: number } | null = null;
  for (let at = 0; at < tokens.length && people.length < MOST_PEOPLE; at++) {
    const end = nameEnd(tokens, at);
    if (end === null) continue;
    const name = wordsOf(tokens, at, end);
    const role = roleAfter(tokens, end) ?? roleBefore(tokens, at);
    // "Chairmen ..., General A and General B": the office in the plural is the second one's, too.
    const shared: string | null =
      plural !== null && tokens[plural.end]?.word === "and" && at - plural.end <= 2 ? plural.role : null;
    const held: string | null = shared ?? role;
    if (held !== null) add(name, ofOne(held));
    plural = held !== null && (shared !== null || isPlural(held)) ? { role: held, end } : null;
    at = end - 1;
  }
  return people;
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
const PARTICLE = new Set("de da di del della van von der den bin ibn al la le du dos ten ter".split(" "));

function isNameWord({ word }: Token): boolean {
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

/** Where the full name that begins here ends: two words or more, the last of them no initial. Null where none begins. */
function nameEnd(tokens: readonly Token[], start: number): number | null {
  const before = tokens[start - 1];
  const first = tokens[start];
  if (!first || !(isNameWord(first) || INITIAL.test(first.word))) return null;
  // "Bishop of Durham Justin Welby": the first word after "of" is the office's.
  if (isOfAt(tokens, start - 1) && isOfficeNoun(tokens[start - 2]?.word ?? "")) return null;
  // The middle of a longer run of capitals is no beginning, unless an office or a title stands before.
  if (before && before.after === "" && !startsAfter(tokens, start)) return null;
  let end = start;
  let full = 0;
  for (let token = tokens[end]; token && end - start < MOST_NAME_TOKENS; token = tokens[end]) {
    const particle =
      end > start && PARTICLE.has(token.word) && tokens[end + 1] !== undefined && isNameWord(tokens[end + 1] ?? token);
    if (isNameWord(token)) full++;
    else if (!particle && !INITIAL.test(token.word)) break;
    end++;
    if (token.after !== "" || token.possessive) break;
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

const FUNCTION_WORDS = new Set(
  "the this that these he she they it we in on at by for from and or but with to as his her their our its both also however".split(
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
function roleBefore(tokens: readonly Token[], nameStart: number): string | null {
  let at = nameStart - 1;
  const title: string[] = [];
  const last = tokens[at];
  if (!last || last.after === "." || last.possessive) return null;
  if (last.after === "" && isTitle(last.word) && /^\p{Lu}/u.test(last.word)) {
    const office = officeEndingAt(tokens, at, "");
    if (office?.includes(" ")) return office;
    title.push(last.word);
    at--;
    if (tokens[at]?.after === ",") {
      const before = officeEndingAt(tokens, at, ",");
      return [before, ...title].filter((part) => part !== null).join(", ");
    }
    const others = isTitle(tokens[at]?.word ?? "") && tokens[at]?.after === "" ? [tokens[at]?.word ?? ""] : [];
    return [...others, ...title].join(" ");
  }
  return last.after === "" || last.after === "," ? officeEndingAt(tokens, at, last.after) : null;
}

/** The office whose last word stands at `end`; `after` is what may follow that word. */
function officeEndingAt(tokens: readonly Token[], end: number, after: string): string | null {
  const noun = nounBefore(tokens, end, after);
  if (noun === null) return null;
  // "…, the director, Jane Smith" is told; "the director, Smith Street" was not a name to begin with.
  if (after === "," && noun === end && !/^\p{Lu}/u.test(tokens[noun]?.word ?? "")) return null;
  let start = noun;
  const isOffice = /^\p{Lu}/u.test(tokens[noun]?.word ?? "");
  while (start > 0 && noun - start < 5 && tokens[start - 1]?.after === "" && !tokens[start - 1]?.possessive) {
    const word = tokens[start - 1]?.word ?? "";
    if (!isQualifier(word) || (isOffice && /^\p{Ll}/u.test(word))) break;
    start--;
  }
  const words = wordsOf(tokens, start, end + 1);
  return isOffice || noun < end || start < noun ? words : null;
}

/** Goes back over the office's field ("of National Defense") to its noun. */
function nounBefore(tokens: readonly Token[], end: number, after: string): number | null {
  let sawField = false;
  let unknown = 0;
  for (let at = end; at >= 0 && end - at < MOST_ROLE_TOKENS; at--) {
    const token = tokens[at];
    if (
      !token ||
      token.possessive ||
      (at < end && token.after !== "" && !(token.after === "," && sawField)) ||
      (at === end && token.after !== after)
    )
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
function roleAfter(tokens: readonly Token[], nameEnd: number): string | null {
  const mark = tokens[nameEnd - 1]?.after;
  if (mark !== "," && mark !== "(" && mark !== "\n" && mark !== "–") return null;
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
        (mark !== "\n" && /^\p{Ll}+$/u.test(token.word) && !STOPS.has(token.word))
      )
    )
      return null;
    at++;
  }
  const noun = tokens[at];
  if (!noun || !isRoleEnd(tokens, at)) return null;
  // "Jane Smith, Mayor Tom Reilly and": the office is the next person's.
  const next = tokens[at + 1];
  if (noun.after === "" && next && /^\p{Lu}/u.test(next.word) && !isFunctionWord(next)) return null;
  return wordsOf(tokens, start, fieldEnd(tokens, at + 1));
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
