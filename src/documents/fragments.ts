import { isPageLine, isRule } from "./furniture.ts";
import { SALUTATION } from "./headings.ts";
import { collapse } from "./lines.ts";
import { bulletMark, isFence, numberMark } from "./marks.ts";
import { isRoleNoun, isTitle } from "./roles.ts";
import { isSiteLine } from "./site-lines.ts";

const MAIL_HEADER = /^(?:from|to|cc|bcc|date|sent|subject|reply-to|received)\s?:(?:\s|$)/i;
const MAIL_ATTRIBUTION = /^on .{5,90} wrote:$/i;
const DEAR = /^(?:my\s)?(?:very\s)?dear(?:est)?\b/i;
const CLOSING =
  /^(?:(?:with|yours?|very|most|kind(?:est)?|best|warm(?:est)?|many|much|all|our|my|lots of|good|respectful|sincere)\s){0,4}(?:yours|love|sincerely|faithfully|truly|regards|respectfully|thanks|wishes|cordially|affectionately|respect|ever|cheers)(?=$|[\s,.!–—-])[,.!]?/i;
const NOTE =
  /^(?:(?:un)?official|courtesy|working|provisional|free|certified|our own)\s(?:\p{L}+\s)?translation$|^(?:draft|copy|end|ends|confidential|continued|cont['’]d|emphasis added|all rights reserved|end of (?:document|text|file))$/iu;
const SMALL_WORDS = new Set("and of for the to in at de von van la der".split(" "));

/**
 * Whether a sentence, as `splitSentences` cuts them, states nothing by itself: a line of an e-mail's head, a salutation, a
 * closing, a lone name or office, a note such as "unofficial translation", a rule, page furniture, a code fence. With the
 * mark of a list before it nothing is one, nor is a row of a table; when in doubt it is none. English only.
 */
export function isFragment(sentence: string): boolean {
  const content = collapse(sentence);
  if (!/[\p{L}\d]/u.test(content) || isRule(content) || isPageLine(content) || isFence(content)) return true;
  if (bulletMark(content) || numberMark(content) || content.includes("|")) return false;
  const words = content
    .replace(/^[*_†‡>#([]+\s*|[*_)\]]+$/g, "")
    .trim()
    .split(" ");
  const plain = words.join(" ");
  const isSentence = words.length >= 6 && /[.!?]["'”’)]?$/.test(plain);
  if (isSiteLine(plain) || NOTE.test(plain.replace(/\.$/, ""))) return true;
  if (MAIL_ATTRIBUTION.test(plain) || (MAIL_HEADER.test(plain) && !isSentence)) return true;
  return isSalutation(plain, words.length) || isClosing(plain) || isNameLine(plain, words);
}

/** Whether a sentence asks and states nothing. */
export function isQuestion(sentence: string): boolean {
  return /[?？]["'”’)\]»」』*_]*$/.test(sentence.trimEnd());
}

function isSalutation(content: string, words: number): boolean {
  if (!SALUTATION.test(content) && !DEAR.test(content)) return false;
  return words <= 3 || (words <= 10 && /[,:!]$/.test(content));
}

/** "Yours sincerely", "With much love, Constance", "Kind regards Jane Doe Sales Director"; not "Thanks to the grant ...". */
function isClosing(content: string): boolean {
  const closing = CLOSING.exec(content);
  if (!closing) return false;
  const rest = content.slice(closing[0].length).trim();
  return rest === "" || (!/[.:;?]$/.test(rest) && isCapitalised(rest.split(/[\s,]+/)));
}

/** "Petra" below a mail; "Approved" and "None" below an item state something. */
const SIGNATURE = /^(?!(?:yes|no|none|nil|nothing|lost|won|open|shut|\p{L}+(?:ed|en))$)\p{L}{3,}$/iu;

/** "Jane Doe", "J. R. Doe, Mayor", "Spokesperson and Deputy Minister for Public Relations of MOFA". */
function isNameLine(content: string, words: readonly string[]): boolean {
  if (words.length === 1) return /^\p{Lu}\p{Ll}+$/u.test(content) && SIGNATURE.test(content);
  if (words.length < 2 || words.length > 12 || /[.!?:;]$|\d/.test(content)) return false;
  const bare = words.map((word) => word.replace(/,$/, ""));
  if (!isCapitalised(bare) || !/\p{Ll}/u.test(content)) return false;
  return words.length <= 3 || bare.some((word) => isRoleNoun(word) || isTitle(word));
}

function isCapitalised(words: readonly string[]): boolean {
  return (
    words.length <= 12 && words.every((word) => /^["“(]?\p{Lu}/u.test(word) || SMALL_WORDS.has(word) || word === "")
  );
}
