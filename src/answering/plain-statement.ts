/** Characters that are read of what a model calls a sentence; the patterns below take time by the square of them. */
export const MOST_READ = 1_500;
/** Markup within markup that is taken apart; what is deeper stays as plain characters. */
const DEEPEST = 12;

/**
 * A model's sentence as plain text, also for a reader that renders Markdown or HTML: known markup is taken apart, and of
 * whatever is left no character can begin a link, an image, a tag, an entity or an escape.
 */
export function plainStatement(text: string): string {
  // Before anything is looked for: characters that hide others or turn their order.
  let plain = text.slice(0, MOST_READ).replace(/[\p{Cc}\p{Cf}]/gu, (one) => (/\s/.test(one) ? " " : ""));
  for (let i = 0, before = ""; i < DEEPEST && plain !== before; i++) {
    before = plain;
    plain = withoutMarkup(plain);
  }
  // At the end: nothing that is done to a text without markup may make some of it.
  return inert(
    withoutNumber(plain)
      .replace(/\s+/g, " ")
      .replace(/ (?=[.,;:?!](?:\s|$))/g, ""),
  )
    .replace(/^\s*(?:>+\s*|(?:#+|[-*+•])\s+)+/, "")
    .trim();
}

/** What stands behind a label: "(address "title")", brackets in it too, or "[reference]". */
const TARGET = String.raw`(?:\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)|\[[^[\]]*\])`;
const IMAGE = new RegExp(String.raw`!\[[^[\]]*\]${TARGET}`, "g");
const LINK = new RegExp(String.raw`(?<!!)\[([^[\]]*)\]${TARGET}`, "g");
const ENTITY = /&(?:(lt|gt|amp|quot|apos|nbsp|lsqb|lbrack|rsqb|rbrack)|#(\d{1,7})|#x([\da-f]{1,6}));?/gi;
const ENTITIES: Readonly<Record<string, string>> = {
  ...{ lt: "<", gt: ">", amp: "&", quot: '"', apos: "'", nbsp: " ", lsqb: "[", lbrack: "[", rsqb: "]", rbrack: "]" },
};

/** The marks of citations that models write themselves: "[1]", "[1, 2]", "【1】", "[passage 1]", "(passage 1)". */
const NUMBERS = String.raw`\s*\d{1,3}(?:\s*(?:,|and|-|–)\s*\d{1,3})*\s*`;
const PASSAGE = String.raw`(?:passages?|sources?|citations?|documents?|docs?|refs?\.?)`;
const MARKER = new RegExp(
  String.raw`\[(?:${PASSAGE})?${NUMBERS}\](?!\()|【(?:${PASSAGE})?${NUMBERS}[^】]{0,20}】|\(${PASSAGE}${NUMBERS}\)`,
  "giu",
);

/** A mark at the end that could be something else elsewhere, "(1)" and "¹", and the number of a list at the beginning. */
function withoutNumber(text: string): string {
  return text
    .trim()
    .replace(/^\d{1,2}[.)]\s+(?=\p{Lu}\p{Ll})/u, "")
    .replace(/(?<=\p{L}{3,})[¹²³⁴⁵⁶⁷⁸⁹⁰]+(?=[.!?]?$)/u, "")
    .replace(
      /(?<!\b(?:articles?|clauses?|figures?|items?|notes?|paragraphs?|parts?|rules?|sections?|steps?|tables?|no\.?))\s+\(\d{1,2}(?:,\s*\d{1,2})*\)(?=[.!?]?$)/i,
      "",
    );
}

function withoutMarkup(text: string): string {
  return (
    text
      .replace(ENTITY, (_, name: string | undefined, decimal: string | undefined, hex: string | undefined) =>
        name === undefined ? characterOf(Number.parseInt(decimal ?? hex ?? "", decimal ? 10 : 16)) : named(name),
      )
      // An escaped bracket is one of the text: it opens and closes nothing.
      .replace(/\\([[\]])/g, (_, bracket: string) => (bracket === "[" ? "(" : ")"))
      .replace(/\[\[([^[\]]*)\]\]/g, "[$1]")
      .replace(MARKER, "")
      .replace(IMAGE, "")
      .replace(LINK, "$1")
      .replace(/<(?:script|style)\b[^>]*>.*?<\/(?:script|style)\s*>/gi, "")
      .replace(/<([a-z][a-z\d+.-]*:[^\s>]+|[^\s<>@]+@[^\s<>]+)>/gi, "$1")
      .replace(/<\/?[a-z!?][^<>]*(?:>|$)/gi, "")
      .replace(/(\*\*|__|~~|`{1,3})(?=\S)(.+?)(?<=\S)\1/g, "$2")
      .replace(/(?<![\p{L}\p{N}])([*_])(?=\S)(.+?)(?<=\S)\1(?![\p{L}\p{N}])/gu, "$2")
  );
}

const named = (name: string) => ENTITIES[name.toLowerCase()] ?? "";

function characterOf(code: number): string {
  const one = code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "";
  return /[\p{Cc}\p{Cf}\p{Cs}]/u.test(one) ? "" : one;
}

/** What no pattern above knew, so that it is read as the characters that it is. */
function inert(text: string): string {
  return (
    text
      // "~5" is a number; a mark behind a word may strike out what stands before it, in the next statement too.
      .replace(/~{2,}|(?<=\S)~/g, "")
      .replace(/`/g, "'")
      .replace(/\[/g, "(")
      .replace(/\]/g, ")")
      // "C:\dir" has no escape.
      .replace(/\\+(?![\p{L}\p{N}])|\\+(?=\p{L}+\s*[{(])|\\(?=\\)/gu, "")
      .replace(/&(?=#?[\p{L}\p{N}]+;)/gu, "& ")
      // "a < b", "p<0.05" and "<= 5", and no tag or address.
      .replace(/<(?![\s=]|\d[^\s@:<>]*(?:\s|$))/g, "< ")
  );
}

const DOT = String.raw`(?:[.。]|\(\.\))`;
const REST = String.raw`[^\s<]`;
const ADDRESS = new RegExp(
  [
    String.raw`[\p{L}\p{N}][\p{L}\p{N}+.-]*:[/\\]+${REST}+`,
    String.raw`\b(?:mailto|javascript|vbscript|data|tel|sms|xmpp|file|blob):${REST}+`,
    String.raw`[/\\]{2,}${REST}+`,
    String.raw`[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:${DOT}[\p{L}\p{N}-]+)*`,
    // A host by its last part, by number, or by its port.
    String.raw`(?<![\p{L}\p{N}])(?:(?:[\p{L}\p{N}_-]+${DOT})+(?:\p{L}{2,}|xn--[a-z\d-]+)|\d{1,3}(?:\.\d{1,3}){3}|localhost)(?![\p{L}\p{N}])(?:[:/?#]${REST}+)?`,
    String.raw`(?<![\p{L}\p{N}])\p{L}[\p{L}\p{N}-]*:\d{2,5}/${REST}*`,
  ].join("|"),
  "giu",
);

/** Addresses of the web and of mail in a statement that none of the quotes has, whole and as written. */
export function strangeAddresses(text: string, quotes: readonly string[]): string[] {
  const quoted = quotes.map((quote) => quote.normalize("NFKC"));
  return [...text.normalize("NFKC").matchAll(ADDRESS)].flatMap(([found]) => {
    const address = found.replace(/[\p{P}\p{S}]+$/u, "");
    return quoted.some((quote) => hasWhole(quote, address)) ? [] : [address];
  });
}

/** Whether the address stands there, broken at the ends of lines or not, and is no part of a longer one. */
function hasWhole(quote: string, address: string): boolean {
  const characters = [...address].map((one) => one.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")).join(String.raw`\s*`);
  const whole = String.raw`(?<![\p{L}\p{N}@._%+-])${characters}(?![\p{L}\p{N}]|[./?#=&%_@:~+-]+[\p{L}\p{N}])`;
  return new RegExp(whole, "iu").test(quote);
}
