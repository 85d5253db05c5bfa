import { type Token, tokenize } from "./tokenize.ts";

/** English words that carry the form of a question, not its subject. Compared with the words as written, in lower case. */
const FUNCTION_WORDS = new Set(
  `a an the this that these those some any each every all both either neither no not nor
  i me my mine we us our ours you your yours he him his she her hers it its they them their theirs one ones
  who whom whose which what when where why how whether
  am is are was were be been being do does did done doing have has had having
  will would shall should can could may might must ought
  and or but if than then so as because while though although
  of in on at by for with from to into onto upon about against between among during before after since until till
  over under through within without toward towards across per via out up down off
  there here again also just only very too more most much many few other another such same own
  please tell show give explain describe let know say says said mention mentioned mentions happen happened happens
  according regarding concerning`
    .split(/\s+/)
    .filter((word) => word !== ""),
);

/**
 * Words that carry the form as the whole question goes, and yet stand within a noun phrase: "the price list". They are
 * looked for in no document, even where one would be meant: "the difference in price" is found by its price.
 */
const FORM_WORDS = new Set(
  `else besides often difference differences compare compares compared comparing comparison comparisons
  find list count thank thanks please sorry hello mean meant wonder wondering kindly tell know
  anything something nothing everything anyone someone anybody somebody everyone everybody whatsoever`.split(/\s+/),
);

// "US" and "IT" in capitals are names.
const NAMES_IN_CAPITALS = /^(?:US|IT|WHO|CAN|MAY|AM|ALL|AS|OR|SO|OUT)$/;

/** Whether the word, as written, only helps the sentence along. `text` tells whether all of it is in capitals. */
export function isFunctionWord(word: string, text = ""): boolean {
  const plain = word.replace(/['’].*$/, "");
  if (plain.length > 1 && NAMES_IN_CAPITALS.test(plain) && text !== text.toUpperCase()) return false;
  return FUNCTION_WORDS.has(plain.toLowerCase()) || /^\p{Script=Latin}$/u.test(plain);
}

/** The words of a question that say what it is about. */
export function contentTokens(question: string): Token[] {
  return tokenize(question).filter(({ start, end }) => {
    const word = question.slice(start, end);
    return !isFunctionWord(word, question) && !isFormWord(word, question.slice(0, start));
  });
}

/** "The list", "the find": behind these a word of form is a noun. */
const NOUN_AFTER = /(?:^|\s)(?:the|an?|this|that|each|every|which|whose|my|our|your|his|her|its|their)\s+$/i;
const NOUNS = /^(?:list|count|find)$/;
const COMPOUNDS = /^(?:list|count)$/;

/** With a capital inside a sentence it is a name: "the Count of Arden". */
function isFormWord(word: string, before: string): boolean {
  const plain = word.toLowerCase();
  const starts = /(?:^|[.?!(:,])\s*$/.test(before);
  if (!FORM_WORDS.has(plain) || (/^\p{Lu}\p{Ll}/u.test(word) && !starts)) return false;
  // What a lamp means is a question; what I mean is none.
  if (/^mean/.test(plain)) return /\b(?:I|you|we)\s+$/i.test(before);
  if (starts || !NOUNS.test(plain)) return true;
  const last = /([\p{L}\p{N}]+)\s+$/u.exec(before)?.[1] ?? "";
  return (
    !NOUN_AFTER.test(before) && (!COMPOUNDS.test(plain) || isFunctionWord(last) || FORM_WORDS.has(last.toLowerCase()))
  );
}

/** The terms that a question is searched by: its words of substance, or all of them where it has none. */
export function queryTerms(question: string): string[] {
  const content = contentTokens(question);
  return (content.length > 0 ? content : tokenize(question)).map((token) => token.term);
}
