import { type Actor, actorsIn } from "./actors.ts";
import type { ReadText } from "./evidence.ts";
import { isBe, isHelper, isPassive, isVerb } from "./verbs.ts";
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
const STOPS = /[;:()—–]/;

/** What is done in a text, a verb each. */
export function deedsIn({ words, names }: ReadText): Deed[] {
  const actors = actorsIn({ words, names });
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
    const isApart = /[,"”’]/.test(word.gap) && !isPassive(words, at);
    // ", based in Oslo" or ", said Mr. Eide": who does it is not sure.
    if (isApart) {
      lefts.push(lefts.at(-1) ?? left);
      return;
    }
    const leads = leadsOn(words, at, actors);
    if (left.length === 0 || leads) {
      const inherited = lefts[i - 1];
      if (inherited !== undefined && words[previous]?.sentence === word.sentence) left = leads ? [...inherited] : left;
    }
    // "Men trained by the yard may open it": they may, or it may.
    const isReduced =
      previous >= 0 && words[previous + 1]?.plain === "by" && words[previous]?.sentence === word.sentence;
    if (isReduced) left = [...(lefts[i - 1] ?? []), ...left];
    lefts.push(left);
    const end = Math.min(clauseEnd(words, at), verbs[i + 1] ?? words.length);
    const right = actors.filter((actor) => actor.at > at && actor.after <= end);
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
  while (end < words.length && !words[end]?.opensSentence && !STOPS.test(words[end]?.gap ?? "")) end++;
  return end;
}
