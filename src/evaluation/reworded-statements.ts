import { dateInWords } from "../documents/dates.ts";
import { datesIn } from "../retrieval/period-dates.ts";

/** A sentence of a document and what stands around it. */
export interface Sentence {
  readonly text: string;
  /** The sentence before it in the same passage; null where there is none. */
  readonly before: string | null;
  readonly after: string | null;
}

/** Makes a statement that says no more than the sentence; null where the rule does not fit it. */
type Rewording = (sentence: Sentence) => string | null;

const NUMBERS = "zero one two three four five six seven eight nine ten eleven twelve".split(" ");
const MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December";
const NAME = "\\p{Lu}[\\p{L}.'’-]+(?: (?:of |de |van )?\\p{Lu}[\\p{L}.'’-]+){0,3}";
const PAST = "(?!(?:need|exceed|proceed|succeed|hundred|indeed|speed|feed|breed|embed|red|bed|shed)\\b)\\p{Ll}{3,}ed";

/** By name, the rules by which a sentence is said otherwise. */
export const REWORDINGS: Readonly<Record<string, Rewording>> = {
  verbatim: ({ text }) => text,
  "date in another form": ({ text }) => changed(text, otherDate),
  "number in words or figures": ({ text }) => changed(text, otherNumber),
  "passive to active": ({ text }) => changed(text, toActive),
  "active to passive": ({ text }) => changed(text, toPassive),
  "clause dropped": ({ text }) => changed(text, withoutClause),
  "pronoun resolved": resolved,
  "said that": ({ text }) => saidThat(text, "The document says that"),
  "according to": ({ text }) => saidThat(text, "According to the document,"),
  joined: ({ text, after }) =>
    after === null || !/^The /.test(after) ? null : `${text.replace(/[.]$/, "")}, and ${small(after)}`,
  split: ({ text }) => changed(text, firstPart),
  "time moved": ({ text }) => changed(text, timeMoved),
  contracted: ({ text }) =>
    changed(text, (full) =>
      full.replace(/\b(did|does|was|were|is|are|has|have|had|would|could|should) not\b/, "$1n't"),
    ),
};

const changed = (text: string, rule: (text: string) => string) => {
  const result = rule(text);
  return result === text ? null : result;
};

const small = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
const large = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** "7 February 2017" for "February 7, 2017", and the other way round. */
function otherDate(text: string): string {
  const day = datesIn(text).find(
    ({ date, spans }) => date.length === 10 && spans.length === 1 && spans[0]?.to === date,
  );
  if (day === undefined) {
    return text.replace(new RegExp(`\\b(${MONTHS}) (\\d{1,2})(?![\\d,])(?! \\d)`), "$2 $1");
  }
  const [number = "", month = "", year = ""] = dateInWords(day.date).split(" ");
  const isMonthFirst = /^\p{L}/u.test(text.slice(day.start));
  const other = isMonthFirst ? `${number} ${month} ${year}` : `${month} ${number}, ${year}`;
  return text.slice(0, day.start) + other + text.slice(day.end).replace(/^,(?= \p{Ll})/u, "");
}

function otherNumber(text: string): string {
  const percent = text
    .replace(/(\d)%/, "$1 percent")
    .replace(/(\d) percent\b/, (whole, digit) => (text.includes("%") ? whole : `${digit}%`));
  if (percent !== text) return percent;
  const words = text.replace(
    /(?<= )(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?= \p{Ll}{4,})/u,
    (word) => String(NUMBERS.indexOf(word)),
  );
  if (words !== text) return words;
  return text.replace(
    new RegExp(`(?<=\\p{Ll} )(?<!(?:${MONTHS}) )([2-9]|1[0-2])(?= \\p{Ll}{4,})`, "u"),
    (digits) => NUMBERS[Number(digits)] ?? digits,
  );
}

/** "The plan was approved by the board." gives "The board approved the plan." */
function toActive(text: string): string {
  const match = new RegExp(
    `^(The \\p{Ll}[\\p{L} -]{2,60}?|${NAME}) (?:was|were) (${PAST}) by ((?:the|a) [\\p{L} -]{3,50}|${NAME})( (?:in|on|at|after|during) [^,;]+)?[.]$`,
    "u",
  ).exec(text);
  if (match === null) return text;
  const [, patient = "", verb, agent = "", rest = ""] = match;
  return `${large(agent)} ${verb} ${patient.startsWith("The ") ? small(patient) : patient}${rest}.`;
}

/** "Rollo attacked the town." gives "The town was attacked by Rollo." */
function toPassive(text: string): string {
  const match = new RegExp(
    `^(${NAME}|The \\p{Ll}+) (${PAST}) (the \\p{Ll}+(?: of (?:the )?${NAME})?|${NAME})((?: (?:in|on|at|after|during) [^,;]+)?)[.]$`,
    "u",
  ).exec(text);
  if (match === null || / and /.test(text)) return text;
  const [, agent = "", verb, patient = "", rest = ""] = match;
  return `${large(patient)} was ${verb} by ${agent.startsWith("The ") ? small(agent) : agent}${rest}.`;
}

/** Without what a comma and a relative pronoun or a participle lead on to, at its end. */
function withoutClause(text: string): string {
  const match = /^(.{25,}?), (?:which|who|where|including|such as|as well as|while|although|whereas) [^;]+[.]$/u.exec(
    text,
  );
  const kept = match?.[1];
  return kept === undefined || /\b(?:not|if|either|both|between)\b/i.test(kept) ? text : `${kept}.`;
}

/** The person of the sentence before, where only one is named there and no other thing can be meant. */
function resolved({ text, before }: Sentence): string | null {
  if (before === null || !/^(?:He|She) /.test(text)) return null;
  const person = new RegExp(`^((?:${NAME}))(?=,| (?:was|is|had|has|${PAST})\\b)`, "u").exec(before)?.[1];
  if (person === undefined || /^(?:The|In|At|On|After|He|She|This|It|Their|His|Her)\b/.test(person)) return null;
  return text.replace(/^(?:He|She)\b/, person);
}

function saidThat(text: string, lead: string): string | null {
  if (/^(?:["“”'(]|However|But|And|Also)/.test(text)) return null;
  const isName =
    !/^(?:The|A|An|In|On|At|This|These|It|He|She|They|During|After|Before|Since|While|Both|As|By|For|With|From|Some|Many|Most|All|There|When|Although|Its|Their|His|Her)\b/.test(
      text,
    );
  return `${lead} ${isName ? text : small(text)}`;
}

function firstPart(text: string): string {
  const match = /^(.{30,}?)(?:; |, (?:and|but) (?=(?:the|it|they|he|she|this|these|its|their) ))[^;]+[.]$/u.exec(text);
  return match?.[1] === undefined ? text : `${match[1]}.`;
}

/** "In 1996, the two sides agreed." gives "The two sides agreed in 1996." */
function timeMoved(text: string): string {
  const match = new RegExp(
    `^(In|On|By|Since|During) ((?:the )?(?:(?:${MONTHS}) )?(?:\\d{1,2}, )?\\d{4}s?), ([^;,]+)[.]$`,
    "u",
  ).exec(text);
  if (match === null) return text;
  const [, lead = "", time = "", rest = ""] = match;
  return `${large(rest)} ${lead.toLowerCase()} ${time}.`;
}
