import type { ReadText } from "./evidence.ts";
import type { Word } from "./words.ts";

const ALL = /^(?:all|every|everyone|everybody|everything|entire|entirely|whole|wholly|always|both|completely|fully)$/;
const ANY =
  /^(?:all|every|everyone|everybody|everything|each|entire|whole|any|always|both|either|completely|fully|throughout|none|never|no|nobody|nothing)$/;
const SOME =
  /^(?:nearly|almost|virtually|most|mostly|some|several|few|many|majority|minority|part|parts|partly|only|except|apart|besides|sometimes|often|usually|rarely|seldom|hardly|mainly|largely)$/;
/** "Above all", "in all", "all but three", "all over": no whole of anything. */
const NOT_WHOLE_BEFORE = /^(?:above|at|in|after|first|not|nearly|almost)$/;
const NOT_WHOLE_AFTER = /^(?:but|in|over|along|together)$/;
const TIME_UNIT =
  /^(?:second|minute|hour|day|night|week|fortnight|month|season|year|morning|evening|\d+|two|three|four|five|six|ten|sunday|monday|tuesday|wednesday|thursday|friday|saturday|half|other|time)$/;

const SURE =
  /^(?:will|would|shall|certain|certainly|definitely|surely|undoubtedly|always|inevitably|proved|proven|proves)$/;
const MODAL =
  /^(?:may|might|could|can|should|possibly|perhaps|maybe|probably|likely|potentially|possible|probable|unlikely|hope|hopes|hoped|expect|expects|expected|risk|risks|danger)$/;
/** Who only thinks so; an explicit "certainly" is not taken back by them. */
const OPINION =
  /^(?:think|thinks|thought|believe|believes|believed|consider|considers|considered|suspect|suspects|suspected|fear|fears|feared|estimate|estimates|estimated)$/;
/** "Could not" tells what was so. */
const DENIED = /^(?:not|no|never|hardly|only)$/;

const isDenial = ({ plain }: Word) => /^(?:not|cannot|never|.*n't)$/.test(plain);

/** Words of the statement that make all of some, or certain what is only possible. */
export function overstated(statement: ReadText, said: ReadText): string[] {
  return [...wholes(statement, said), ...certainties(statement, said)];
}

const plainAt = (words: readonly Word[], at: number) => words[at]?.plain ?? "";

/** "All pages" where what is cited has most of them, or a number of them, and nowhere all of anything. */
function wholes({ words }: ReadText, said: ReadText): string[] {
  const isAny = said.words.some(
    ({ plain }, at) =>
      ANY.test(plain) &&
      !/^(?:nearly|almost|virtually)$/.test(plainAt(said.words, at - 1)) &&
      !(plain === "every" && TIME_UNIT.test(plainAt(said.words, at + 1))),
  );
  if (isAny) return [];
  const isShare = said.amounts.some(({ isPercent, isPart }) => isPercent || isPart);
  const isPossible = said.words.some(({ plain, isCapital }) => /^(?:may|might|could)$/.test(plain) && !isCapital);
  const isPartial =
    said.words.some(({ plain, isCapital, opensSentence }) => SOME.test(plain) && (!isCapital || opensSentence)) ||
    isShare ||
    isSomeOf(said);
  if (!(isPartial || isPossible) || words.some(({ plain }) => SOME.test(plain))) return [];
  return words.flatMap((word, at) => {
    const isWhole =
      (isPartial ? ALL : /^always$/).test(word.plain) &&
      !NOT_WHOLE_BEFORE.test(plainAt(words, at - 1)) &&
      !NOT_WHOLE_AFTER.test(plainAt(words, at + 1)) &&
      !TIME_UNIT.test(plainAt(words, at + 1));
    return isWhole ? [word.text] : [];
  });
}

/** "Three of the eight", "the rest". */
function isSomeOf({ words, amounts }: ReadText): boolean {
  const isRest = words.some(({ plain }) => /^(?:rest|remainder|remaining|others)$/.test(plain));
  return isRest || amounts.some(({ after, isOrdinal }) => !isOrdinal && plainAt(words, after) === "of");
}

/** "Will" and "certainly" where what is cited has only "may" and "likely". */
function certainties({ words }: ReadText, { words: said }: ReadText): string[] {
  const isHedge = (all: readonly Word[]) => (word: Word, at: number) =>
    (MODAL.test(word.plain) || OPINION.test(word.plain)) &&
    !word.isCapital &&
    !DENIED.test(plainAt(all, at + 1)) &&
    !/^(?:can|should|expected)$/.test(word.plain);
  const isSure = said.some((word, at) => SURE.test(word.plain) && !said.slice(Math.max(0, at - 2), at).some(isDenial));
  if (isSure || !said.some(isHedge(said))) return [];
  if (words.some((word) => MODAL.test(word.plain))) return [];
  const isOpinion = words.some((word) => OPINION.test(word.plain));
  return words.flatMap((word) => {
    const isPlain = /^(?:will|would|shall)$/.test(word.plain);
    if (word.plain === "would" && !said.some(({ plain }) => /^(?:may|might|could)$/.test(plain))) return [];
    return SURE.test(word.plain) && !word.isCapital && !(isPlain && isOpinion) ? [word.text] : [];
  });
}
