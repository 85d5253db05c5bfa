import { isRoleNoun } from "../../documents/roles.ts";
import type { Person } from "../../types.ts";
import type { ReadText } from "./evidence.ts";
import { fold, isTitleWord } from "./names.ts";
import { isBe, isHelper, isPassive, isVerb } from "./verbs.ts";
import type { Word } from "./words.ts";

/** Who or what may do something: a name, an office, a pronoun, or the last noun of a phrase. */
interface Actor {
  readonly kind: "name" | "role" | "pronoun" | "noun";
  /** The folded parts of a name; the stem of another word. */
  readonly keys: readonly string[];
  readonly at: number;
  readonly after: number;
}

/** What stands on each side of a verb: who does it and to whom, as far as order and the passive tell. */
interface Deed {
  readonly at: number;
  readonly stem: string;
  readonly agents: readonly Actor[];
  readonly patients: readonly Actor[];
}

const PRONOUN = /^(?:he|she|they|it|him|them|who|we|i|you|this|these|which|both|one|that)$/;
const STOPS = /[;:()—–]/;

/** Words of the statement that name somebody whom the evidence gives another part in the same deed. */
export function actorConflicts(statement: ReadText, evidence: ReadText, people: readonly Person[]): string[] {
  const own = deedsIn(statement);
  const theirs = deedsIn(evidence);
  const isSame = (a: Actor, b: Actor) => isSameActor(a, b, people);
  const present = actorsIn(evidence);
  const conflicts = own.flatMap((deed) => {
    const same = theirs.filter(({ stem }) => stem === deed.stem);
    const found = same.map((other) => conflictBetween(deed, other, present, isSame));
    return found.length === 0 || found.includes(null) ? [] : found.slice(0, 1).flatMap((actor) => actor ?? []);
  });
  return [...conflicts, ...directionConflicts(statement, evidence, isSame)].map((actor) => shown(statement, actor));
}

type Same = (a: Actor, b: Actor) => boolean;

/** The actor of the deed that has another part in the other; null where they may be the same. */
function conflictBetween(deed: Deed, other: Deed, present: readonly Actor[], isSame: Same): Actor | null {
  const among = (actor: Actor, all: readonly Actor[]) => all.some((one) => isSame(actor, one));
  for (const a of deed.agents)
    for (const b of deed.patients) {
      if (a.kind === "pronoun" || b.kind === "pronoun") continue;
      const isSwapped =
        among(a, other.patients) && among(b, other.agents) && !among(a, other.agents) && !among(b, other.patients);
      if (isSwapped) return a;
    }
  if (deed.stem === "be") return null;
  const sure = deed.agents.filter(isSure);
  const isKnown = other.agents.some(isSure) && !other.agents.some(({ kind }) => kind === "pronoun");
  if (sure.length > 0 && isKnown && !deed.agents.some((actor) => among(actor, other.agents))) {
    const wrong = sure.find((actor) => among(actor, present));
    if (wrong !== undefined) return wrong;
  }
  const turned = deed.patients.find(
    (actor) =>
      isSure(actor) && among(actor, other.agents) && !among(actor, other.patients) && other.patients.some(isSure),
  );
  return turned ?? null;
}

const isSure = ({ kind }: Actor) => kind === "name" || kind === "role";

function deedsIn({ words, names, text }: ReadText): Deed[] {
  const actors = actorsIn({ words, names, text });
  const verbs = words.flatMap((word, at) =>
    isVerb(words, at) || (isBe(word) && !isVerb(words, at + 1) && !isVerb(words, at + 2)) ? [at] : [],
  );
  const deeds: Deed[] = [];
  const lefts: (readonly Actor[])[] = [];
  verbs.forEach((at, i) => {
    const word = words[at];
    if (word === undefined) return;
    const previous = verbs[i - 1] ?? -1;
    const start = Math.max(clauseStart(words, at), previous + 1);
    let left = actors.filter((actor) => actor.at >= start && actor.after <= at);
    const leads = leadsOn(words, at, actors);
    if (left.length === 0 || leads) {
      const inherited = lefts[i - 1];
      if (inherited !== undefined && words[previous]?.sentence === word.sentence) left = leads ? [...inherited] : left;
    }
    lefts.push(left);
    const end = Math.min(clauseEnd(words, at), verbs[i + 1] ?? words.length);
    const right = actors.filter((actor) => actor.at > at && actor.after <= end);
    const stem = isBe(word) ? "be" : word.stem;
    if (!isPassive(words, at)) deeds.push({ at, stem, agents: left, patients: right });
    else {
      const by = words.findIndex((other, j) => j > at && j < end && other.plain === "by");
      const agents = by < 0 ? [] : right.filter((actor) => actor.at > by).slice(0, 2);
      deeds.push({ at, stem, agents, patients: left });
    }
  });
  return deeds;
}

const isHelping = (word: Word | undefined) => word !== undefined && isHelper(word);

/** "... and welcomed", ", who met him, said": the subject is that of the verb before. */
function leadsOn(words: readonly Word[], at: number, actors: readonly Actor[]): boolean {
  let i = at;
  while (i > 0 && (isHelping(words[i - 1]) || /ly$|^(?:also|then|not|later)$/.test(words[i - 1]?.plain ?? ""))) i--;
  const before = words[i - 1];
  if (before === undefined) return false;
  if (/^(?:and|or|but|who|which|that|to)$/.test(before.plain)) return true;
  return /,/.test(words[i]?.gap ?? "") && actors.some(({ after }) => after === i) === false;
}

function clauseStart(words: readonly Word[], at: number): number {
  let start = at;
  while (start > 0 && !words[start]?.opensSentence && !STOPS.test(words[start]?.gap ?? "")) start--;
  return start;
}

function clauseEnd(words: readonly Word[], at: number): number {
  let end = at + 1;
  while (end < words.length && !words[end]?.opensSentence && !STOPS.test(words[end]?.gap ?? "")) end++;
  return end;
}

function actorsIn({ words, names }: Pick<ReadText, "words" | "names" | "text">): Actor[] {
  const actors: Actor[] = names.map(({ parts, first, after }) => ({
    kind: "name",
    keys: parts.map((part) => fold(part.plain)),
    at: first,
    after,
  }));
  const isTaken = (at: number) => names.some(({ first, after }) => at >= first && at < after);
  words.forEach((word, at) => {
    if (isTaken(at)) return;
    const next = words[at + 1];
    if (isTitleWord(word) || isRoleNoun(word.plain)) {
      const titles = names.some(({ first }) => first === at + 1);
      if (!titles) actors.push({ kind: "role", keys: [word.stem], at, after: at + 1 });
    } else if (PRONOUN.test(word.plain)) actors.push({ kind: "pronoun", keys: [word.plain], at, after: at + 1 });
    else if (!word.isFunction && !isVerb(words, at) && !/ly$/.test(word.plain)) {
      const isHead = next === undefined || next.isFunction || next.gap.trim() !== "" || isVerb(words, at + 1);
      if (isHead) actors.push({ kind: "noun", keys: [word.stem], at, after: at + 1 });
    }
  });
  return actors.sort((a, b) => a.at - b.at);
}

function isSameActor(a: Actor, b: Actor, people: readonly Person[]): boolean {
  if (a.kind === "pronoun" || b.kind === "pronoun") return false;
  if (a.kind === "name" && b.kind === "name")
    return isWithin(a.keys, b.keys) || isWithin(b.keys, a.keys) || isShort(a, b) || isShort(b, a);
  if (a.kind === "name" || b.kind === "name") {
    const [name, other] = a.kind === "name" ? [a, b] : [b, a];
    if (other.kind === "noun") return name.keys.includes(other.keys[0] ?? "");
    return people.some((person) => {
      const parts = person.name.toLowerCase().split(/[\s.]+/);
      return name.keys.some((key) => parts.includes(key)) && person.role.toLowerCase().includes(other.keys[0] ?? "\n");
    });
  }
  return a.keys[0] === b.keys[0];
}

const isWithin = (few: readonly string[], many: readonly string[]) => few.every((key) => many.includes(key));
const isShort = (short: Actor, long: Actor) =>
  short.keys.length === 1 && long.keys.length > 1 && short.keys[0] === long.keys.map((key) => key.charAt(0)).join("");

/** "From A to B" turned into "from B to A". */
function directionConflicts(statement: ReadText, evidence: ReadText, isSame: Same): Actor[] {
  const [own, theirs] = [waysIn(statement), waysIn(evidence)];
  return own.flatMap(({ from, to }) => {
    const isTurned = theirs.some((way) => isSame(from, way.to) && isSame(to, way.from) && !isSame(from, way.from));
    return isTurned ? [from] : [];
  });
}

function waysIn(text: ReadText): { readonly from: Actor; readonly to: Actor }[] {
  const actors = actorsIn(text);
  const after = (preposition: string) =>
    actors.filter(
      ({ at, kind }) =>
        kind !== "pronoun" &&
        [1, 2, 3].some((back) => text.words[at - back]?.plain === preposition && between(text.words, at - back, at)),
    );
  return after("from").flatMap((from) =>
    after("to")
      .filter((to) => text.words[to.at]?.sentence === text.words[from.at]?.sentence)
      .map((to) => ({ from, to })),
  );
}

/** Only articles and adjectives stand between the preposition and what it leads to. */
const between = (words: readonly Word[], from: number, to: number) =>
  words.slice(from + 1, to).every(({ plain }) => !/^(?:to|from|of|in|and|by|with|for)$/.test(plain));

function shown({ words, text }: ReadText, { at, after }: Actor): string {
  return text.slice(words[at]?.start ?? 0, words[after - 1]?.end ?? 0);
}
