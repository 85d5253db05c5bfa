import { type Actor, actorsIn } from "./actors.ts";
import type { ReadText } from "./evidence.ts";
import { isAdverb, isBe, isHelper, isPassive, isVerb } from "./verbs.ts";
import type { Word } from "./words.ts";

/** What stands on each side of a verb: who does it and to whom, as far as order and the passive tell. */
export interface Deed {
  readonly at: number;
  readonly stem: string;
  readonly agents: readonly Actor[];
  readonly patients: readonly Actor[];
  /** Who stands before the verb: the agents, or, in the passive, the patients. */
  readonly subjects: readonly Actor[];
  readonly isPassive: boolean;
}

const JOINS = /^(?:and|but|so|while|whereas|although|though|because)$/;
/** How many words behind ", and" tell whether another clause begins. */
const REACH = 8;
const STOPS = /[;:()—–]/;

/** What is done in a text, a verb each. */
export function deedsIn({ words, names }: ReadText): Deed[] {
  // Six years do nothing.
  const actors = actorsIn({ words, names }).filter(({ plain }) => !/^\p{N}/u.test(plain));
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
    let left = actors.filter(
      (actor) => actor.at >= start && actor.after <= at && !isPlaced(words, actor.at) && !isBeforeNoun(words, actor),
    );
    const isApart = /[,"”’]/.test(word.gap) && !isPassive(words, at);
    // ", based in Oslo" or ", said Mr. Eide": who does it is not sure.
    if (isApart) {
      lefts.push(lefts.at(-1) ?? left);
      return;
    }
    const relative = relativeOf(words, at, actors);
    if (relative !== null) left = [relative];
    const leads = leadsOn(words, at, actors) || closesInsertion(words, at, previous);
    if (relative === null && (left.length === 0 || leads)) {
      const inherited = lefts[i - 1];
      if (inherited !== undefined && words[previous]?.sentence === word.sentence) left = leads ? [...inherited] : left;
    }
    // "Men trained by the yard may open it": they may, or it may.
    const isReduced =
      previous >= 0 && words[previous + 1]?.plain === "by" && words[previous]?.sentence === word.sentence;
    if (isReduced) left = [...(lefts[i - 1] ?? []), ...left];
    lefts.push(left);
    const end = Math.min(clauseEnd(words, at), verbs[i + 1] ?? words.length);
    const right = actors.filter((actor) => actor.at > at && actor.after <= end && !isBeforeNoun(words, actor));
    const stem = isBe(word) ? "be" : word.stem;
    // "Was questioned and released."
    const isJoined = /^(?:and|or)$/.test(words[at - 1]?.plain ?? "") && /(?:ed|en|t)$/.test(word.plain);
    const isAlsoPassive = isJoined && deeds.at(-1)?.at === previous && deeds.at(-1)?.isPassive === true;
    const common = { at, stem, subjects: left, isPassive: isPassive(words, at) || isAlsoPassive };
    if (!common.isPassive) deeds.push({ ...common, agents: left, patients: right });
    else {
      const by = words.findIndex((other, j) => j > at && j < end && other.plain === "by");
      const agents =
        by < 0
          ? []
          : joinedTo(
              words,
              right.filter((actor) => actor.at > by),
            );
      deeds.push({ ...common, agents, patients: left });
    }
  });
  return deeds;
}

/** "The Fenwick sketchbook" is no Fenwick. */
function isBeforeNoun(words: readonly Word[], { kind, after }: Actor): boolean {
  const next = words[after];
  if (kind !== "name" || next === undefined || next.opensSentence || next.isFunction || next.isCapital) return false;
  if (/^(?:today|yesterday|tomorrow|now|then|later|soon|again)$/.test(next.plain)) return false;
  return /^(?:\s|['’]s?\s)$/.test(next.gap) && !isVerb(words, after) && !isAdverb(next) && /^\p{L}/u.test(next.text);
}

/** "Henning, who has sprained his ankle": the nearest before it. */
function relativeOf(words: readonly Word[], at: number, actors: readonly Actor[]): Actor | null {
  let i = at - 1;
  while (isHelping(words[i]) || (words[i] !== undefined && isAdverb(words[i] as Word))) i--;
  if (words[i]?.plain !== "who" || !/,/.test(words[i]?.gap ?? "")) return null;
  return actors.findLast(({ after, kind }) => after === i && kind !== "pronoun") ?? null;
}

const PLACES = /^(?:from|to|in|at|on|with|for|near|behind|under|over|after|before|during|of|against|since|until)$/;

/** "From Oslo the train went": a place or a time, and nobody who does it. */
function isPlaced(words: readonly Word[], at: number): boolean {
  const before = /^(?:the|an?|its|his|her|their)$/.test(words[at - 1]?.plain ?? "") ? at - 2 : at - 1;
  // "Two of the dogs".
  const isSome =
    /^(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|all|most|some|many|half|both|none|each)$/.test(
      words[before - 1]?.plain ?? "",
    );
  const preposition = words[before];
  return (
    preposition?.sentence === words[at]?.sentence &&
    PLACES.test(preposition?.plain ?? "") &&
    !(isSome && preposition?.plain === "of")
  );
}

/** "Ada, based in Oslo, was greeted": the subject stands before what is put in. */
function closesInsertion(words: readonly Word[], at: number, previous: number): boolean {
  let first = at;
  while (isHelping(words[first - 1])) first--;
  const isOpened = previous > 0 && /,/.test(words[previous]?.gap ?? "");
  return isOpened && /,/.test(words[first]?.gap ?? "") && words[previous]?.sentence === words[at]?.sentence;
}

const isHelping = (word: Word | undefined) => word !== undefined && isHelper(word);

/** The first, and those that "and" joins to it. */
function joinedTo(words: readonly Word[], actors: readonly Actor[]): Actor[] {
  const end = actors.findIndex((actor, i) => i > 0 && words[actor.at - 1]?.plain !== "and");
  return actors.slice(0, end < 0 ? actors.length : end);
}

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
  while (start > 0 && !words[start]?.opensSentence && !STOPS.test(words[start]?.gap ?? "")) {
    // ", and nobody has offered to": who stands before that does something else.
    if (/,/.test(words[start]?.gap ?? "") && JOINS.test(words[start]?.plain ?? "") && start + 1 < at) break;
    start--;
  }
  return start;
}

function clauseEnd(words: readonly Word[], at: number): number {
  let end = at + 1;
  while (end < words.length && !words[end]?.opensSentence && !STOPS.test(words[end]?.gap ?? "")) {
    // ", and Eva thanked them": nobody whom the verb before is about.
    const isJoined = /,/.test(words[end]?.gap ?? "") && JOINS.test(words[end]?.plain ?? "");
    if (isJoined && words.slice(end + 2, end + REACH).some((_, i) => isVerb(words, end + 2 + i))) break;
    end++;
  }
  return end;
}
