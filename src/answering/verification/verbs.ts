import { irregularForms } from "../../retrieval/irregular-forms.ts";
import type { Word } from "./words.ts";

const BE = /^(?:am|is|are|was|were|be|been|being)$/;
const HELPS = /^(?:will|would|shall|should|can|could|may|might|must|do|does|did|cannot|has|have|had|having|to)$/;
const CONTRACTED = /^(?:isn|aren|wasn|weren|won|wouldn|shouldn|can|couldn|mustn|don|doesn|didn|hasn|haven|hadn)'t$/;
const DETERMINER =
  /^(?:the|an?|this|that|these|those|his|her|its|their|our|my|your|no|any|some|each|every|of|in|on|at|for|with|from|by|into|and|or|very|more|most|as)$/;
const NOUN_FORM =
  /^(?:children|men|women|people|feet|teeth|mice|lives|knives|halves|leaves|thieves|wives|media|data|criteria|species|\p{L}*(?:men|women))$/u;
const SUBJECT_PRONOUN = /^(?:he|she|it|they|we|i|you|who|which|that)$/;
const OBJECT_OPENS =
  /^(?:the|an?|that|this|these|those|it|him|them|to|its|his|her|their|no|any|some|all|both|each|every|\d.*|one|two|three|four|five|six|seven|eight|nine|ten|about|for|on|in|with|against|by)$/;
/** Forms that may be other words, too: verbs before what they are done to. */
const DOUBLE = /^(?:bit|cut|put|set|let|left|cast|lit|hit|shut|cost|spread)$/;
const THEIR_OBJECT = /^(?:the|an?|that|these|those|it|him|them|its|his|her|their|no|any|some|all|both|each|every)$/;
/** Pasts that the list of irregular forms leaves alone, as they are words of their own. */
const PASTS = /^(?:lent|stole|froze|tore|wove|stuck|slid|sped|woke)$/;

export const isBe = ({ plain }: Word) => BE.test(plain) || /^(?:isn|aren|wasn|weren)'t$/.test(plain);
export const isHelper = (word: Word) => HELPS.test(word.plain) || CONTRACTED.test(word.plain) || isBe(word);
export const isAdverb = ({ plain }: Word) =>
  /^(?:not|never|also|then|already|later|again|still|even|only|soon|once|ever|just|since|yet|often|always|sometimes|seldom|\p{L}{2,}ly)$/u.test(
    plain,
  );

/** Whether a word is a verb of substance, as far as its form and its neighbours tell without a dictionary. */
export function isVerb(words: readonly Word[], at: number): boolean {
  const word = words[at];
  if (word === undefined || word.isCapital || isHelper(word) || isAdverb(word) || !/^\p{L}{2,}$/u.test(word.plain))
    return false;
  const before = wordBefore(words, at);
  if (before !== undefined && isHelper(before) && before.plain !== "to")
    return (
      !/^(?:the|an?|\p{L}+ly)$/u.test(word.plain) &&
      (!isBe(before) ||
        /(?:ed|ing|en|wn|ought|ld|pt|nt|lt|id|ade|ung|un|ne|ut)$/.test(word.plain) ||
        isIrregular(word.plain))
    );
  if (before?.plain === "to") return !word.isFunction && !/(?:s|ed|ion|ment|ity)$/.test(word.plain);
  const directly = words[at - 1];
  if (
    directly !== undefined &&
    word.gap.trim() === "" &&
    DETERMINER.test(directly.plain) &&
    !SUBJECT_PRONOUN.test(directly.plain)
  ) {
    // "The work and opened": "and" may lead to another verb.
    return /^(?:and|or)$/.test(directly.plain) && (/ed$/.test(word.plain) || isIrregular(word.plain));
  }
  if (isIrregular(word.plain) || PASTS.test(word.plain)) return true;
  if (
    DOUBLE.test(word.plain) &&
    directly !== undefined &&
    word.gap.trim() === "" &&
    THEIR_OBJECT.test(words[at + 1]?.plain ?? "")
  )
    return true;
  if (/[^e]ed$/.test(word.plain) && word.plain.length > 3) return true;
  if (directly !== undefined && /^(?:they|we|i|you)$/.test(directly.plain)) return !word.isFunction;
  if (!/[^s]s$/.test(word.plain) || word.isFunction) return false;
  if (directly === undefined || word.gap.trim() !== "") return false;
  return (
    /^(?:he|she|it|who|which)$/.test(directly.plain) ||
    (!directly.isFunction && (OBJECT_OPENS.test(words[at + 1]?.plain ?? "") || isNamed(words, at)))
  );
}

/** "Lund succeeds Berg": between two names. */
const isNamed = (words: readonly Word[], at: number) =>
  words[at - 1]?.isCapital === true && words[at + 1]?.isCapital === true && words[at + 1]?.gap === " ";

function isIrregular(plain: string): boolean {
  if (
    NOUN_FORM.test(plain) ||
    /^(?:had|has|have|did|does|done|gone|fell|left|lit|bit|cast|lay|lives|lost|felt|found|saw|rose|spoke|shot|broke|laid|bound|led|met|set|put|cut|let|held|built|sent|spent|kept|told|said|won)$/.test(
      plain,
    )
  ) {
    return (
      !NOUN_FORM.test(plain) &&
      !/^(?:had|has|have|did|does|done|lit|bit|lives|set|put|cut|let|lay|left|cast|bound)$/.test(plain)
    );
  }
  return irregularForms(plain).base !== null;
}

/** The word before, over adverbs. */
function wordBefore(words: readonly Word[], at: number): Word | undefined {
  let i = at - 1;
  for (let word = words[i]; word !== undefined && isAdverb(word) && !word.opensSentence; word = words[i]) i--;
  const word = words[i];
  return words[at]?.opensSentence || /[.;:!?]/.test(words[at]?.gap ?? "") ? undefined : word;
}

/** "Was asked", "were then told", "asked by". */
export function isPassive(words: readonly Word[], at: number): boolean {
  const before = wordBefore(words, at);
  const plain = words[at]?.plain ?? "";
  if (/ing$/.test(plain)) return false;
  return (before !== undefined && isBe(before)) || words[at + 1]?.plain === "by";
}
