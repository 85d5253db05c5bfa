import { CHANGE, MOVE } from "./comparison-words.ts";

const OVER_TIME = "(?:over time|(?:over|through|across|during) the years|from year to year)";

/** Whether the question asks how something changed and names no sides: whichever documents speak of it are compared. */
export function asksForChange(question: string): boolean {
  const plain = question.trim().replace(/[\s?.!]+$/, "");
  // "How did the war change the city?" asks what one thing did to another.
  const ends =
    "(?=$|,|\\s+(?:over|with|since|after|under|during|through|throughout|across|from|in|then|as|between)\\b)";
  // "How was the path improved?" asks for the means.
  const isPassive = /^how\s+(?:(?:is|are|was|were)\b(?!.*ing\b)|(?:has|have|had)\b.*\sbeen\s(?!\S+ing\b))/i.test(plain);
  return (
    (!isPassive &&
      new RegExp(`^how\\s+(?:has|have|had|did|do|does|is|are|was|were)\\s.+\\s(?:${CHANGE})${ends}`, "i").test(
        plain,
      )) ||
    /^what\s+(?:has\s+|have\s+|had\s+)?(?:changed\s+(?:in|about|with|for|over|since))\b/i.test(plain) ||
    new RegExp(`\\b(?:${CHANGE}|${MOVE}|different|differ(?:s|ed)?)\\b.*\\b${OVER_TIME}$`, "i").test(plain) ||
    /\bthen and now$/i.test(plain)
  );
}

const CHANGED = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${CHANGE})(?=\\s*(?:in|on|of|over|since|with|from|about|between|regarding|concerning|towards?|during|under|$|[?.,])(?!\\p{L}))`,
  "giu",
);

const WHILE = new RegExp(`\\b(?:${OVER_TIME}|then and now)(?=\\s*[?.!]*\\s*$)`, "i");

/** What somebody holds of a thing: a document says what is held, and seldom that it is a position. */
const ATTITUDE =
  /(?<![\p{L}\p{N}])(?:(?:positions?|views?|opinions?|tone|thinking)(?=\s+(?:on|about|towards?|regarding|concerning)\s)|(?:stances?|attitudes?)(?=\s+(?:on|about|to|towards?|regarding|concerning)\s))/giu;

/**
 * The question without the words that only ask how something changed, or what is held of it: "change in 1974" would
 * find the changes of 1974.
 */
export function withoutChange(question: string): string {
  return question.replace(WHILE, " ").replace(CHANGED, " ").replace(ATTITUDE, " ").replace(/\s+/g, " ");
}
