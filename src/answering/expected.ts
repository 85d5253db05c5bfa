/** What kind of thing a question asks for, where its wording tells. */
export type Expected = "person" | "name" | "time" | "number";

const NUMBER_WORDS =
  "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|thousand|million|billion|half|third|quarter|once|twice|none";
const MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December";
const DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday";

const ASKS: readonly (readonly [Expected, RegExp])[] = [
  ["number", /\bhow (?:many|much|long|old|far|tall|high|large|big|heavy|fast|deep|wide|often)\b/i],
  ["number", /\bwhat (?:number|percentage|share|amount|price|cost|fee)\b/i],
  ["person", /\bwho(?:m|se)?\b/i],
  ["time", /\bwhen\b|\b(?:what|which) (?:time|year|date|day|month|century|decade)\b/i],
  [
    "name",
    /\bwhere\b|\b(?:what|which) (?:country|countries|city|cities|place|state|region|town|person|company|name)\b/i,
  ],
];

/** The kind of thing the question asks for; null where its wording does not tell. */
export function expectedKind(question: string): Expected | null {
  return ASKS.find(([, pattern]) => pattern.test(question))?.[0] ?? null;
}

const HAS: Readonly<Record<Exclude<Expected, "person">, RegExp>> = {
  number: new RegExp(`\\p{N}|\\b(?:${NUMBER_WORDS})\\b`, "iu"),
  time: new RegExp(
    `\\p{N}|\\b(?:${MONTHS}|${DAYS})\\b|\\b(?:century|noon|midnight|today|yesterday|annually|weekly|daily)\\b`,
    "u",
  ),
  name: /(?<=\S\s)\p{Lu}[\p{L}\p{N}]+/gu,
};

const LEADING_MARK = /^[\p{L}\p{N}]{0,3}(?:[.)]\p{N}*|\p{N})+\s+|^[•°º–—-]\s+/u;

/** Whether the sentence holds such a thing; a name must be one that the question does not hold already. */
export function offers(expected: Expected | null, sentence: string, question: string): boolean {
  if (expected === null) return true;
  if (expected !== "name" && expected !== "person") return HAS[expected].test(sentence);
  const asked = new Set(question.toLowerCase().match(/[\p{L}\p{N}]+/gu));
  // Behind the mark of an item or a heading a capital marks no name.
  const words = sentence.replace(LEADING_MARK, "");
  return [...words.matchAll(HAS.name)].some(([name]) => !asked.has(name.toLowerCase()));
}
