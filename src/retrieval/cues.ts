import { withoutOwnPronouns } from "./own-pronouns.ts";
import { COMPARES_THEM } from "./side-by-side.ts";
import { contentTokens, isFunctionWord } from "./stopwords.ts";
import { tokenize } from "./tokenize.ts";

/** "He", "her", ...: somebody named before. */
export const PERSON_PRONOUN = /\b(?:he|him|his|she|her|hers)\b/gi;
/** "What about", "how about" and "I meant": the question before it, asked of something else. */
export const INSTEAD =
  /^\s*(?:(?:no|nope|sorry|actually)[,.!]?\s+)*(?:(?:and|but|so|then|or|rather)[\s,]+)*(?:(?:(?:what|how)\s+)?about|as\s+(?:for|to)|regarding|I\s+(?:mean|meant)(?:\s+to\s+(?:ask|say))?,?(?:\s+(?:about|for))?|(?:what|how)\s+of|the\s+same\s+(?:for|in|of|about))\s+/i;
/** What joins a question to the one before it. */
export const CONNECTIVE = /^\s*(?:(?:and|but|or|also|so|then|no)\b[\s,]*)+/i;

/** "Compare with 2020": what is compared stands in the question before. */
export const COMPARED = /^\s*compared?\s+(?:(?:it|that|this|them)\s+)?(?:to|with|against)\b/i;

const JOINED = /^\s*(?:(?:and|but|or)\b|no,)/i;
// "IT" in capitals is a name.
const THING = /\b(?:[Ii]ts?|[Tt]hey|[Tt]hem|[Tt]heirs?|[Tt]hese|[Tt]hose|[Tt]his)\b/;
/** Of these is said that one may do something: "is it safe to", but "is it similar to that of the others". */
const JUDGED =
  "(?:possible|impossible|necessary|safe|allowed|permitted|forbidden|legal|illegal|easy|hard|difficult|easier|harder|better|best|worse|wise|dangerous|good|bad|important|useful|usual|common|normal|right|wrong|too\\s+\\w+|\\w+\\s+enough|worth\\s+\\w+ing)";
/** "Is it true that", "what is it like", "it takes long to": nothing is meant by it. */
const EXPLETIVE = new RegExp(
  [
    `\\b(?:is|was|be)\\s+it\\s+(?:like|\\w+\\s+(?:that|for|if|whether)|${JUDGED}\\s+to)\\b`,
    "\\bit\\s+(?:take|takes|took|cost|costs)\\s+(?:\\w+\\s+){0,3}to\\b",
    `\\bit\\s+(?:is|was)\\s+(?:\\w+\\s+that|${JUDGED}\\s+to)\\b`,
    "\\bthis\\s+(?:week|month|year|morning)\\b",
  ].join("|"),
  "gi",
);
const EXISTENTIAL =
  /\b(?:is|are|was|were|be|been|will|would|can|could)\s+there\b|\bthere\s+(?:is|are|was|were|be|will)\b/gi;
const PLACE_OR_TIME = /\b(?:there|back\s+then|then\s*\??$|at\s+that\s+time)\b/i;
const OTHER =
  /\b(?:else|the\s+same|the\s+others?|the\s+(?:latter|former)|(?:the|which|that|this|another|other)\s+(?:\w+\s+)?ones?)\b/i;
/** "Are the levy and the toll the same tax?", "the same as in May": what is the same stands beside it. */
const SAME_AS_NAMED =
  /(?<=(?:^|[.?!]\s*)(?:is|are|was|were|do|does|did|have|has|had|if|whether)\b[^,;?]{1,80}\sand\s[^,;?]{1,80})\bthe\s+same\b|\bthe\s+same(?=(?:\s+\p{L}+){0,2}\s+as\b)/iu;
const SAYS =
  /(?:^|\s)(?:say|says|said|claim\w*|think|thought|believe\w*|know|knew|told|hope\w*|find|found|agree\w*)\s+$/i;
const CLAUSE =
  /^\s+(?:is|are|was|were|be|has|have|had|do|does|did|will|would|can|could|may|might|should|must|the|a|an|he|she|it|they|we|you|I|his|her|their|its)\b/i;

/** Whether "that" stands for something before: "that agreement", "after that", but not "the pact that was signed". */
function pointsBack(question: string): boolean {
  for (const match of question.matchAll(/\bthat\b/gi)) {
    const before = question.slice(0, match.index);
    const after = question.slice(match.index + 4);
    const last = tokenize(before.trimEnd()).at(-1);
    const afterContent = last?.end === before.trimEnd().length && !isFunctionWord(before.slice(last.start, last.end));
    if (SAYS.test(before) && /^\s+\p{L}/u.test(after)) continue;
    if (afterContent && (CLAUSE.test(after) || /^\s+\p{Ll}+(?:ed|s)\b/u.test(after))) continue;
    return true;
  }
  return false;
}

/** Whether the words point at something outside of the question that is no person: "it", "those talks", "the second one". */
export function pointsAtThing(question: string): boolean {
  const plain = withoutOwnPronouns(question)
    .replace(EXPLETIVE, " ")
    .replace(EXISTENTIAL, " ")
    .replace(SAME_AS_NAMED, " ");
  return THING.test(plain) || PLACE_OR_TIME.test(plain) || OTHER.test(plain) || pointsBack(plain);
}

/** Whether the words say that the question goes on from the one before it: by a pronoun, "and", "what about" or "else". */
export function goesOn(question: string): boolean {
  return (
    JOINED.test(question) ||
    COMPARED.test(question) ||
    INSTEAD.test(question) ||
    COMPARES_THEM.test(question.trim().replace(/[\s?.!]+$/, "")) ||
    withoutOwnPronouns(question).search(PERSON_PRONOUN) >= 0 ||
    pointsAtThing(question) ||
    contentTokens(question).length === 0
  );
}

const VERB =
  /^(?:did|do|does|is|are|was|were|has|have|had|can|could|will|would|should|may|might|must|tell|show|give|explain|describe|list|name|find|compare)\b/i;
const QUESTION_WORD = /\b(?:who|whom|whose|which|what|when|where|why|how)\b/i;

/** Whether the words ask or tell to do something, as "Who paid?" and "List the fares" do, but not "The fares?". */
export function isQuestion(text: string): boolean {
  return VERB.test(text.trim()) || QUESTION_WORD.test(text);
}

const THANKS =
  /^\s*(?:(?:ok(?:ay)?|oh|yes|no|hi|hello|hey|well|great|good|nice|perfect|fine|right|wow|sorry|please|thanks|thank\s+you|cheers|bye|goodbye|got\s+it|i\s+see|very|so|a\s+lot|much|indeed|then|all|that['’]?s|that\s+is|you\s+too|for\s+that|for\s+your\s+help)[\s,.!]*)+$/i;

/** "Thank you very much." and the like ask nothing. */
export function asksNothing(text: string): boolean {
  return THANKS.test(text) && !text.includes("?");
}
