import { bareDateline } from "./dates.ts";
import { collapse, wordCount } from "./lines.ts";
import { bulletMark, type Numbering, numberMark } from "./marks.ts";

export interface HeadingShape {
  readonly level: number;
  /** Whether its form alone says so; a weak one needs a body below it. */
  readonly strong: boolean;
  readonly scope?: Numbering;
}

/** Levels in plain text, outermost first; numbered ones go by their depth between the two. */
const CAPITALS_LEVEL = 1;
const ROMAN_LEVEL = 2;
const LETTERED_LEVEL = 3;
const NUMBERED_LEVEL = 3;
const TITLE_CASE_LEVEL = 9;

const DIVISION =
  /^(?:chapter|part|section|article|appendix|annex|schedule|book|volume|title)\s+(?:\d[\d.]*|[ivxlc]+|[a-z]|one|two|three|four|five|six|seven|eight|nine|ten)(?=$|[\s.:–—-])/i;
const LETTERED = /^(?:[IVX]{1,5}|[A-Z])\.\s+(?=\p{Lu})/u;
/** Chapters that stand without a number after numbered ones, and are not below the last of them. */
const UNNUMBERED_CHAPTER =
  /^(?:conclusions?|recommendations|references|bibliography|glossary|acknowledge?ments|signatures)$/i;
const CAPTION = /^(?:table|fig(?:ure)?\.?|exhibit|box|photo|source|notes?|caption)\b/i;
const SMALL_WORDS = new Set(
  "a an and as at but by de for from in into nor of on or over per the to via vs with".split(" "),
);
/** "Yours sincerely" and "Dear Sir" stand alone in a letter and head nothing. */
export const SALUTATION = /^(?:dear|to whom|hello|hi|hey|greetings|good (?:morning|afternoon|evening))\b/i;
const VALEDICTION =
  /^(?:(?:yours|very|most|kind|best|warm(?:est)?|with|many)\s)?(?:best |kind )?(?:sincerely|faithfully|truly|regards|respectfully|thanks|wishes|cordially|respect)\b.{0,30}$/i;

/** What kind of heading a line has the shape of, if any; `content` stands alone or is followed by a deliberate break. */
export function headingShape(content: string): HeadingShape | null {
  if (content.length > 120 || content.length < 2 || CAPTION.test(content)) return null;
  if (/[,;]$/.test(content) || SALUTATION.test(content) || VALEDICTION.test(content)) return null;
  if (DIVISION.test(content) && !/[.!]$/.test(content) && wordCount(content) <= 14) return divisionShape(content);
  const mark = numberMark(content);
  if (mark)
    return numberedShape(content.slice(mark.length), mark.parts.length, mark.style === "worded" ? mark : undefined);
  if (bulletMark(content) || /[.!]$/.test(content)) return null;
  const lettered = LETTERED.exec(content);
  if (lettered && isTitleCase(content.slice(lettered[0].length), 9))
    return { level: /^[IVX]+\./.test(content) ? ROMAN_LEVEL : LETTERED_LEVEL, strong: true };
  if (isCapitals(content) && wordCount(content) <= 14) return { level: CAPITALS_LEVEL, strong: true };
  if (UNNUMBERED_CHAPTER.test(content)) return { level: CAPITALS_LEVEL, strong: false };
  return isTitleCase(content, 9) ? { level: TITLE_CASE_LEVEL, strong: false } : null;
}

function divisionShape(content: string): HeadingShape {
  const mark = numberMark(content);
  return { level: CAPITALS_LEVEL, strong: true, ...(mark?.style === "worded" && { scope: mark }) };
}

function numberedShape(rest: string, depth: number, scope: Numbering | undefined): HeadingShape | null {
  if (rest === "") return scope ? { level: NUMBERED_LEVEL, strong: true, scope } : null;
  if (/[.!:;,]$/.test(rest) || wordCount(rest) > 12 || !/^["“'‘(]?[\p{Lu}\p{Lo}\d]/u.test(rest)) return null;
  return { level: NUMBERED_LEVEL + depth, strong: isCapitals(rest), ...(scope && { scope }) };
}

/** The number that a heading begins with, as a person names what is below it: "§5", "§2.3", "Article 5". */
export interface HeadingNumber extends Numbering {
  readonly worded: boolean;
}

const BARE_NUMBER = /^(\d{1,3})\s+(?=["“‘(]?\p{Lu})/u;
const DAY_AND_MONTH =
  /^\d{1,2}\s+(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:uary|ruary|ch|il|ust|ember|ober)?\b/i;

/** The number of a heading, "5. Budget", "5 Budget" or "Article 5"; null where it has none, as a date has none. */
export function headingNumber(text: string): HeadingNumber | null {
  if (bareDateline(text) !== null || DAY_AND_MONTH.test(text)) return null;
  const mark = numberMark(text);
  if (mark?.style === "worded") return { parts: mark.parts, label: mark.label, worded: true };
  const number = mark?.label.slice(1) ?? BARE_NUMBER.exec(text)?.[1];
  return number === undefined ? null : { parts: number.split(".").map(Number), label: `§${number}`, worded: false };
}

export function isCapitals(content: string): boolean {
  return !/\p{Ll}/u.test(content) && (content.match(/\p{Lu}/gu)?.length ?? 0) >= 3 && !/[@|]|\d{4,}/.test(content);
}

/** Begins with a capital, holds no sentence, and is short or has its weighty words capitalised. */
function isTitleCase(content: string, most: number): boolean {
  const words = collapse(content).replace(/:$/, "").split(" ");
  if (words.length > most || content.length > 80 || !/^[\p{Lu}\p{Lo}"“]/u.test(content)) return false;
  if (/[@|=<>{}\\]|https?:|:\s|\.\s|,|\d{3}/.test(content)) return false;
  const weighty = words.slice(1).filter((word) => /^\p{L}/u.test(word) && !SMALL_WORDS.has(word.toLowerCase()));
  const capitalised = weighty.filter((word) => /^\p{Lu}/u.test(word)).length;
  return words.length <= 4 || capitalised >= 0.6 * weighty.length;
}

const FIELD =
  /^(?:from|to|cc|bcc|date|sent|subject|re|ref|our ref|your ref|reference|tel|telephone|phone|fax|e-?mail|web|attn|attention|present|in attendance|apologies|absent|via|by|venue|location|time)\s?(?:no)?\.?\s?:/i;
const ADDRESS =
  /^\d+[a-z]?[,\s]|\b(?:street|road|avenue|lane|suite|drive|boulevard|p\.?\s?o\.? box)\b|\b(?:st|rd|ave|blvd)\.?(?:,|$)|\b\d{5}(?:-\d{4})?$|\b[A-Z]{1,2}\d[\dA-Z]?\s?\d[A-Z]{2}\b/i;

/** "From: ...": a line of a letter's or an e-mail's head. */
export function isField(content: string): boolean {
  return FIELD.test(content);
}

export function isAddress(content: string): boolean {
  return ADDRESS.test(content);
}

/** Whether a line at a document's top may be its title: no sentence, no field, no address, no salutation. */
export function isTitleLike(content: string): boolean {
  if (
    content.length > 220 ||
    wordCount(content) > 28 ||
    /[.,;:]$/.test(content.replace(/\b(?:inc|ltd|co|corp|u\.s)\.$/i, ""))
  )
    return false;
  if (isField(content) || SALUTATION.test(content) || bulletMark(content) || numberMark(content)) return false;
  return /^["“'‘(]?[\p{Lu}\p{Lo}\d]/u.test(content) && !/[|{}<>]|@\w/.test(content) && /\p{L}{2}/u.test(content);
}
