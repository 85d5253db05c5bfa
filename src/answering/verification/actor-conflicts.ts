import type { Person } from "../../types.ts";
import { type Actor, actorsIn, isSameActor, isSure } from "./actors.ts";
import { type Deed, deedsIn } from "./deeds.ts";
import type { Doubt } from "./doubt.ts";
import type { ReadText } from "./evidence.ts";
import { isHelper } from "./verbs.ts";
import { isWho } from "./word-meanings.ts";
import type { Word } from "./words.ts";

/** Words of the statement that name somebody whom the evidence gives another part in the same deed. */
export function actorConflicts(
  statement: ReadText,
  evidence: ReadText,
  people: readonly Person[],
  before: readonly Word[],
): Doubt[] {
  const own = deedsIn(statement);
  const theirs = deedsIn(evidence);
  const isSame = (a: Actor, b: Actor) => isSameActor(a, b, people);
  const present = actorsIn(evidence);
  const said = new Set(evidence.words.map(({ stem }) => stem));
  const earlier = new Set(before.map(({ stem }) => stem).filter((stem) => !said.has(stem)));
  const conflicts = own.flatMap((deed) => {
    const same = theirs.filter(({ stem }) => stem === deed.stem);
    const found = same.map((other) => {
      const actor = conflictBetween(deed, other, present, isSame, isSure);
      // "The year ended with a deficit" for "the choir ended the year": a thing may be on either side.
      if (actor !== null) return { actor, isDoubtful: actor.kind === "noun" };
      const thing = conflictBetween(deed, other, present, isSame, isSomebody, () => true);
      const elsewhere = thing ?? otherPatient(deed, other, present, isSame);
      if (elsewhere !== null) return { actor: elsewhere, isDoubtful: true };
      const noun = otherNoun(deed, other, theirs, earlier, isSame);
      return noun === null ? null : { actor: noun, isDoubtful: false };
    });
    return found.length === 0 || found.includes(null) ? [] : found.slice(0, 1).flatMap((conflict) => conflict ?? []);
  });
  const turned = exchanged(statement, evidence, isSame).map((actor) => ({ actor, isDoubtful: false }));
  return [...conflicts, ...turned].map(({ actor, isDoubtful }) => ({ word: shown(statement, actor), isDoubtful }));
}

/** "The tenant shall insure it" for "the landlord shall insure it", where the tenant was spoken of before. */
function otherNoun(
  deed: Deed,
  other: Deed,
  all: readonly Deed[],
  earlier: ReadonlySet<string>,
  isSame: Same,
): Actor | null {
  const [[own, ...more], [theirs, ...others]] = [deed.agents, other.agents];
  if (own?.kind !== "noun" || theirs?.kind !== "noun" || more.length + others.length > 0) return null;
  const isSameDeed = deed.patients.some((actor) => other.patients.some((one) => isSame(actor, one)));
  const isElsewhere = all.some(
    (deed) => deed !== other && deed.agents.length === 1 && deed.agents.some((one) => isSame(own, one)),
  );
  return isSameDeed && !isSame(own, theirs) && (isElsewhere || own.stems.every((stem) => earlier.has(stem)))
    ? own
    : null;
}

type Same = (a: Actor, b: Actor) => boolean;

/** "Ada greeted Eva" for "Ada greeted Bo, and Eva thanked them": whom it is done to is there, but elsewhere. */
function otherPatient(deed: Deed, other: Deed, present: readonly Actor[], isSame: Same): Actor | null {
  if (deed.stem === "be") return null;
  const [own, theirs] = [deed.patients.filter(isSure), other.patients.filter(isSure)];
  const isAmong = (actor: Actor, all: readonly Actor[]) => all.some((one) => isSame(actor, one));
  const isOther = theirs.length > 0 && own.every((actor) => !isAmong(actor, theirs) && isAmong(actor, present));
  return isOther ? (own[0] ?? null) : null;
}

/** What is sure, and any noun for somebody: "the city", "the tenant". */
const isSomebody = (actor: Actor) => isSure(actor) || (actor.kind === "noun" && isWho(actor.plain));

/** The actor of the deed that has another part in the other; null where they may be the same. */
function conflictBetween(
  deed: Deed,
  other: Deed,
  present: readonly Actor[],
  isSame: Same,
  isSure: (actor: Actor) => boolean,
  isKnown: (actor: Actor) => boolean = (actor) => isSure(actor) || actor.kind === "pronoun",
): Actor | null {
  // "The capital is Accra": what "is" joins may be turned around.
  if (deed.stem === "be") return null;
  const among = (actor: Actor, all: readonly Actor[]) => all.some((one) => isSame(actor, one));
  for (const a of deed.agents)
    for (const b of deed.patients) {
      if (a.kind === "pronoun" || b.kind === "pronoun") continue;
      const isSwapped =
        among(a, other.patients) && among(b, other.agents) && !among(a, other.agents) && !among(b, other.patients);
      if (isSwapped) return a;
    }
  // Who has it done to him in what is cited does not do it himself.
  const turned =
    deed.agents.find(
      (actor) =>
        isSure(actor) &&
        among(actor, other.patients) &&
        !among(actor, other.agents) &&
        other.agents.length > 0 &&
        deed.agents.length === 1,
    ) ??
    deed.patients.find(
      (actor) =>
        isSure(actor) &&
        among(actor, other.agents) &&
        !among(actor, other.patients) &&
        other.patients.some((one) => isSure(one) || /^(?:him|her|them)$/.test(one.plain)),
    );
  if (turned !== undefined) return turned;
  const genderIn = (actor: Actor) =>
    actor.gender ?? present.find((one) => one.gender !== undefined && isSame(one, actor))?.gender;
  const mayMean = (actor: Actor, all: readonly Actor[]) =>
    among(actor, all) || all.some((one) => mayBe(one, genderIn(actor)));
  const [own, theirs] =
    deed.isPassive && other.isPassive ? [deed.subjects, other.subjects] : [deed.agents, other.agents];
  const sure = own.filter(isSure);
  if (sure.length === 0 || !theirs.some(isKnown) || own.some((actor) => mayMean(actor, theirs))) return null;
  const areNamed = theirs.every(({ kind }) => kind === "name");
  return sure.find((actor) => among(actor, present) || (areNamed && actor.kind === "name")) ?? null;
}

/** Whether a pronoun may stand for the actor, by what "Mr." or "Mrs." tells. */
function mayBe(pronoun: Actor, gender: Actor["gender"]): boolean {
  if (pronoun.kind !== "pronoun") return false;
  const [key = ""] = pronoun.keys;
  if (/^(?:he|him)$/.test(key)) return gender !== "she";
  return /^she$/.test(key) ? gender !== "he" : true;
}

/** "From A to B" turned into "from B to A", "of A by B" into "of B", "A is larger than B" into "B is larger than A". */
function exchanged(statement: ReadText, evidence: ReadText, isSame: Same): Actor[] {
  return [fromAndTo, ofAndBy, aroundThan].flatMap((sidesOf) => {
    const theirs = sidesOf(evidence);
    return sidesOf(statement).flatMap(([a, b]) => {
      const isTurned = theirs.some(([c, d]) => isSame(a, d) && isSame(b, c) && !isSame(a, c));
      return isTurned && a.kind !== "pronoun" && b.kind !== "pronoun" ? [a] : [];
    });
  });
}

type Sides = readonly (readonly [Actor, Actor])[];

const fromAndTo = (text: ReadText): Sides => pairs(text, after(text, /^from$/), after(text, /^to$/));
/** Who made something of whom may also be said as its subject. */
const ofAndBy = (text: ReadText): Sides => {
  const makers = after(text, /^by$/);
  const first = actorsIn(text).filter(isSure).slice(0, 1);
  return pairs(text, makers.length > 0 ? makers : first, after(text, /^of$/));
};

function aroundThan(text: ReadText): Sides {
  const { words } = text;
  const actors = actorsIn(text).filter(({ kind }) => kind === "name");
  return words.flatMap((than, at) => {
    if (than.plain !== "than") return [];
    const left = actors.filter((actor) => actor.after <= at && words[actor.at]?.sentence === than.sentence);
    const right = actors.filter((actor) => actor.at > at && words[actor.at]?.sentence === than.sentence).slice(0, 1);
    return left.flatMap((a) => right.map((b) => [a, b] as const));
  });
}

/** Actors that a preposition leads to, over articles and adjectives. */
function after(text: ReadText, preposition: RegExp): Actor[] {
  return actorsIn(text).filter(({ at }) =>
    [1, 2, 3].some(
      (back) => preposition.test(text.words[at - back]?.plain ?? "") && isOnlyBetween(text.words, at - back, at),
    ),
  );
}

const isOnlyBetween = (words: readonly Word[], from: number, to: number) =>
  words
    .slice(from + 1, to)
    .every((word) => !word.isCapital && !isHelper(word) && !/^(?:to|from|of|in|and|by|with|for)$/.test(word.plain));

function pairs({ words }: ReadText, firsts: readonly Actor[], seconds: readonly Actor[]): Sides {
  const isBeside = (a: Actor, b: Actor) => a.at !== b.at && words[a.at]?.sentence === words[b.at]?.sentence;
  return firsts.flatMap((a) => seconds.filter((b) => isBeside(a, b)).map((b) => [a, b] as const));
}

function shown({ words, text }: ReadText, { at, after }: Actor): string {
  return text.slice(words[at]?.start ?? 0, words[after - 1]?.end ?? 0);
}
