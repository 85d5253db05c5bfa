import { isRoleNoun } from "../../documents/roles.ts";
import type { Person } from "../../types.ts";
import type { ReadText } from "./evidence.ts";
import { fold, isTitleWord } from "./names.ts";
import { isAdverb, isVerb } from "./verbs.ts";
import { mayMean } from "./word-meanings.ts";

/** Who or what may do something: a name, an office, a pronoun, or the last noun of a phrase. */
export interface Actor {
  readonly kind: "name" | "role" | "pronoun" | "noun";
  /** Its last word in lower case. */
  readonly plain: string;
  /** The folded parts of a name; the stem of another word. */
  readonly keys: readonly string[];
  /** Stems of all words of a name, titles too. */
  readonly stems: readonly string[];
  /** Positions of its words, half open. */
  readonly at: number;
  readonly after: number;
  /** Where its title tells. */
  readonly gender?: "he" | "she" | undefined;
}

const PRONOUN =
  /^(?:he|she|they|it|him|them|who|we|i|you|this|these|which|both|one|that|those|(?:no|any|some|every)body|(?:any|some|every)one|none)$/;

const KIN =
  /^(?:mother|father|parents?|uncle|aunt|brother|sister|son|daughter|husband|wife|widow|cousin|nephew|niece|grand\w+)$/;

/** Those of a text, in order. */
export function actorsIn({ words, names }: Pick<ReadText, "words" | "names">): Actor[] {
  const actors: Actor[] = names.map(({ parts, first, after }) => ({
    kind: "name",
    plain: words[after - 1]?.plain ?? "",
    stems: words.slice(first, after).map(({ stem }) => stem),
    keys: parts.map((part) => fold(part.plain)),
    at: first,
    after,
    gender: genderOf(words[first]?.plain ?? "", words[first - 1]?.plain ?? ""),
  }));
  const isTaken = (at: number) => names.some(({ first, after }) => at >= first && at < after);
  words.forEach((word, at) => {
    if (isTaken(at)) return;
    const next = words[at + 1];
    if (isTitleWord(word) || isRoleNoun(word.plain) || KIN.test(word.plain)) {
      const titles = names.some(({ first }) => first === at + 1);
      if (!titles)
        actors.push({ kind: "role", plain: word.plain, keys: [word.stem], stems: [word.stem], at, after: at + 1 });
    } else if (PRONOUN.test(word.plain))
      actors.push({ kind: "pronoun", plain: word.plain, keys: [word.plain], stems: [], at, after: at + 1 });
    else if (!word.isFunction && !isVerb(words, at) && !isAdverb(word)) {
      const isHead = next === undefined || next.isFunction || next.gap.trim() !== "" || isVerb(words, at + 1);
      if (isHead)
        actors.push({ kind: "noun", plain: word.plain, keys: [word.stem], stems: [word.stem], at, after: at + 1 });
    }
  });
  return actors.sort((a, b) => a.at - b.at);
}

function genderOf(first: string, before: string): "he" | "she" | undefined {
  const isOne = (pattern: RegExp) => pattern.test(first) || pattern.test(before);
  if (isOne(/^(?:mr|sir|lord|king|prince|father|brother)$/)) return "he";
  return isOne(/^(?:mrs|ms|miss|lady|queen|princess|mother|sister)$/) ? "she" : undefined;
}

/** Whether two may be the same: by name, by office, by a short name. */
export function isSameActor(a: Actor, b: Actor, people: readonly Person[]): boolean {
  if (a.kind === "pronoun" || b.kind === "pronoun") return false;
  if (a.kind === "name" && b.kind === "name")
    return isWithin(a.keys, b.keys) || isWithin(b.keys, a.keys) || isShort(a, b) || isShort(b, a);
  if (a.kind === "name" || b.kind === "name") {
    const [name, other] = a.kind === "name" ? [a, b] : [b, a];
    if (name.stems.includes(other.keys[0] ?? "")) return true;
    return people.some((person) => {
      const parts = person.name.toLowerCase().split(/[\s.]+/);
      return name.keys.some((key) => parts.includes(key)) && person.role.toLowerCase().includes(other.keys[0] ?? "\n");
    });
  }
  return a.keys[0] === b.keys[0] || mayMean(a.plain, b.plain) || mayMean(b.plain, a.plain);
}

const isWithin = (few: readonly string[], many: readonly string[]) => few.every((key) => many.includes(key));
const isShort = (short: Actor, long: Actor) =>
  short.keys.length === 1 && long.keys.length > 1 && short.keys[0] === long.keys.map((key) => key.charAt(0)).join("");

/** Whether it is a name or an office. */
export const isSure = ({ kind }: Actor) => kind === "name" || kind === "role";
