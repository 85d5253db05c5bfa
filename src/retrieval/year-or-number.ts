import { DOCUMENT_WORD } from "./period-order.ts";

/** What is numbered rather than dated: "Room 1998", "Resolution 1718", "at 1500". */
const LABEL =
  /(?:\b(?:room|nos?|nr|numbers?|pages?|pp?|sections?|sec|versions?|v|forms?|resolutions?|errors?|codes?|models?|articles?|art|rules?|flight|bus|lines?|items?|lots?|ports?|parts?|fig|figures?|tables?|paragraphs?|para|chapters?|ch|clauses?|directive|regulation|case|file|id|type|series|units?|steps?|size|extension|ext|phone|pin|zip|box|windows|office|iso|at|(?<!(?:later|earlier)\s)than|nearly|almost|exactly|least|most)\.?:?)\s*$/i;
/** The letters of a standard or a document: "EN 1838", "RFC 1918". */
const CODE = /(?<![\p{L}\p{N}])(?!US|UK|EU|UN)\p{Lu}{2,4}[\s-]$/u;
/** What a number before it measures. */
const UNIT =
  "(?:per ?cent|votes?|dollars|pounds|euros|won|yen|hours?|hrs?|seconds?|days|weeks|months|years|met(?:re|er)s?|km|kilomet(?:re|er)s?|miles?|feet|ft|yards?|acres?|hectares?|kg|kilos?|kilograms?|grams?|tons?|tonnes?|lit(?:re|er)s?|gallons?|mm|cm|rpm|[kmg]?hz|watts?|[km]?w|volts?|calories|degrees|million|billion|thousand|m|g|l)";
const COUNTED = new RegExp(`^\\s*(?:(?:to|and|or|[-–])\\s*[\\d,.]+\\s*)?(?:[%°]|${UNIT}\\b)`, "iu");
const PLURAL =
  /^\s+(?:people|men|women|children|(?!(?:was|is|has|does|its|this|versus|always|perhaps|towards|onwards|backwards|forwards|afterwards)\b)\p{Ll}+[^s\P{Ll}]s)\b/u;
/** Plurals that a year stands before: "the 2000 elections". */
const EVENTS =
  /^\s+(?:elections|games|talks|meetings|negotiations|minutes|accounts|reports|results|figures|floods|riots|championships)\b/;
/** The same of documents, but a round number counts them: "the archive holds 2000 letters". */
const DOCUMENTS = new RegExp(`^\\s+${DOCUMENT_WORD}(?![\\p{L}\\p{N}])`, "iu");
const IN_TIME = /\b(?:in|since|during|year)\s+$/i;
/** With a capital: "they may 2000 times". */
const MONTH_BEFORE = /\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\s+$/;
const CUE =
  /\b(?:in|since|during|year|before|after|until|till|by|from|between|through|to|around|circa|of|and|or|early|mid|late|jan\w*|feb\w*|mar\w*|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*)\.?,?\s+$/i;

/** Whether the four digits at these offsets are a year: not so in "Room 1998", "the 1200 members", "by 2000 votes". */
export function isYear(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - 24), start);
  const after = text.slice(end, end + 40);
  if (LABEL.test(before) || CODE.test(before) || COUNTED.test(after)) return false;
  const year = Number(text.slice(start, end));
  const round = year % 100 === 0;
  const isNamed = /\bthe\s+$/i.test(before) && !round && year >= 1800;
  const isOfDocuments = DOCUMENTS.test(after) && !round && year >= 1800 && year < 2100;
  if (PLURAL.test(after) && !EVENTS.test(after) && !isNamed && !isOfDocuments)
    return IN_TIME.test(before) || MONTH_BEFORE.test(before);
  // Numbers below 1800 are seldom years unless the words around them say so.
  return year >= 1800 || CUE.test(before) || (/\bthe\s+$/i.test(before) && !round);
}
