import type { Frame } from "./windows.ts";

/** All that decides the ids of a WordPiece tokenizer with BERT's normaliser and pre-tokenizer. */
export interface WordPieceDefinition {
  /** Token to id, added tokens included. */
  readonly vocabulary: ReadonlyMap<string, number>;
  readonly unknown: number;
  /** What a token begins with that continues a word: "##". */
  readonly continuation: string;
  /** A word of more code points than this is unknown. */
  readonly longestWord: number;
  readonly normalizer: {
    readonly cleanText: boolean;
    readonly separateChinese: boolean;
    readonly lowercase: boolean;
    readonly stripAccents: boolean;
  };
  /** Taken as they stand in the text, before all else: "[SEP]". */
  readonly added: ReadonlyMap<string, number>;
  /** The ids of the special tokens around every text. */
  readonly frame: Frame;
}

/** A character's place in the text: bits, so that one look-up tells all. 0 is a character not yet met. */
const WORD = 1;
const SPACE = 2;
/** A word of its own wherever it stands. */
const ALONE = 4;
/** A word of its own, but the lower case of a sigma is decided by the letters on both sides of it. */
const PUNCTUATION = 8;
/** An added token may begin with it. */
const STARTS_ADDED = 16;

/** The rest is told from these as the library does, see `wordsOf`. */
const PUNCTUATION_CLASS = "\\p{P}\\u0021-\\u002F\\u003A-\\u0040\\u005B-\\u0060\\u007B-\\u007E";
const WORDS = new RegExp(`[^\\s${PUNCTUATION_CLASS}]+|[${PUNCTUATION_CLASS}]`, "gu");
const IS_PUNCTUATION = new RegExp(`^[${PUNCTUATION_CLASS}]$`, "u");
/** Controls, formats, private use and unpaired surrogates, but for tab and line ends. */
const REMOVED = /(?![\t\n\r])[\p{Cc}\p{Cf}\p{Co}\p{Cs}\ufffd]/gu;
const PLAIN = /^[A-Za-z0-9]+$/;
const BYTE_ORDER_MARK = 0xfeff;

/** Pieces of text whose ids are remembered, and how long one may be: some 10 MB. */
const CACHED_PIECES = 65_536;
const CACHED_LENGTH = 48;

/** One id, as of most pieces, or several. */
type Ids = number | readonly number[];

/**
 * The ids of a text and of the special tokens around it: exactly those of the library's tokenizer, for any string.
 * The text is cut where what stands on one side cannot change the ids of the other (white space, punctuation, Chinese
 * characters, added tokens), and the ids of each piece are looked up, or found out once.
 */
export function wordPiece(definition: WordPieceDefinition): (text: string) => Int32Array {
  const { normalizer, frame } = definition;
  const split = wordSplitter(definition);
  const added = [...definition.added].sort(([a], [b]) => b.length - a.length);
  const classes = new Uint8Array(65_536);
  const known = new Map<string, Ids>();
  let ids = new Int32Array(1024);
  let count = 0;

  function classify(code: number): number {
    const character = String.fromCharCode(code);
    const starts = added.some(([token]) => token.startsWith(character)) ? STARTS_ADDED : 0;
    const place = placeOf(character, code, normalizer) | starts;
    classes[code] = place;
    return place;
  }

  function push(id: number): void {
    if (count === ids.length) {
      const larger = new Int32Array(2 * count);
      larger.set(ids);
      ids = larger;
    }
    ids[count++] = id;
  }

  function pushPiece(piece: string): void {
    let found = known.get(piece);
    if (found === undefined) {
      found = idsOf(piece, normalizer, split);
      if (piece.length <= CACHED_LENGTH) {
        if (known.size === CACHED_PIECES) known.clear();
        known.set(piece, found);
      }
    }
    if (typeof found === "number") push(found);
    else for (const id of found) push(id);
  }

  return (text) => {
    count = 0;
    for (const id of frame.before) push(id);
    const cuts = SPACE | ALONE | (normalizer.lowercase && text.includes("Σ") ? 0 : PUNCTUATION);
    let start = 0;
    for (let i = 0; i < text.length; ) {
      const code = text.charCodeAt(i);
      const place = classes[code] || classify(code);
      const token = place & STARTS_ADDED ? added.find(([content]) => text.startsWith(content, i)) : undefined;
      if (token === undefined && !(place & cuts)) {
        i++;
        continue;
      }
      if (start < i) pushPiece(text.slice(start, i));
      if (token !== undefined) push(token[1]);
      else if (!(place & SPACE)) pushPiece(text.charAt(i));
      i += token === undefined ? 1 : token[0].length;
      start = i;
    }
    if (start < text.length) pushPiece(text.slice(start));
    for (const id of frame.after) push(id);
    return ids.slice(0, count);
  };
}

function placeOf(character: string, code: number, normalizer: WordPieceDefinition["normalizer"]): number {
  if (normalizer.cleanText && character.replace(REMOVED, "") === "") return WORD;
  // The mark between letters counts for a sigma's lower case, as no other white space does.
  if (/\s/.test(character)) return code === BYTE_ORDER_MARK ? WORD : SPACE;
  if (normalizer.separateChinese && isChinese(code)) return ALONE;
  return IS_PUNCTUATION.test(character) ? PUNCTUATION : WORD;
}

/** The blocks of CJK ideographs within the first 65,536 code points: the library looks at single UTF-16 units. */
function isChinese(code: number): boolean {
  return (code >= 0x4e00 && code <= 0x9fff) || (code >= 0x3400 && code <= 0x4dbf) || (code >= 0xf900 && code <= 0xfaff);
}

function idsOf(
  piece: string,
  normalizer: WordPieceDefinition["normalizer"],
  split: (word: string, ids: number[]) => void,
): Ids {
  const ids: number[] = [];
  for (const word of wordsOf(piece, normalizer)) split(word, ids);
  const [first] = ids;
  return first !== undefined && ids.length === 1 ? first : ids;
}

/** Step by step as the library's BertNormalizer and BertPreTokenizer do. */
function wordsOf(piece: string, normalizer: WordPieceDefinition["normalizer"]): readonly string[] {
  if (PLAIN.test(piece)) return [normalizer.lowercase ? piece.toLowerCase() : piece];
  let text = normalizer.cleanText ? piece.replace(REMOVED, "") : piece;
  if (normalizer.lowercase) text = text.toLowerCase();
  if (normalizer.stripAccents) text = text.normalize("NFD").replace(/\p{Mn}/gu, "");
  return text.match(WORDS) ?? [];
}

/** Cuts a word into the longest tokens from its start; a word that cannot be cut so is unknown as a whole. */
function wordSplitter({ vocabulary, unknown, continuation, longestWord }: WordPieceDefinition) {
  const continuing = new Map<string, number>();
  let longestToken = 1;
  for (const [token, id] of vocabulary) {
    longestToken = Math.max(longestToken, token.length);
    if (token.startsWith(continuation)) continuing.set(token.slice(continuation.length), id);
  }
  return (word: string, ids: number[]): void => {
    const before = ids.length;
    if (word.length > longestWord && [...word].length > longestWord) {
      ids.push(unknown);
      return;
    }
    for (let start = 0; start < word.length; ) {
      const tokens = start === 0 ? vocabulary : continuing;
      let end = Math.min(word.length, start + longestToken);
      let id = tokens.get(word.slice(start, end));
      while (id === undefined && end > start + 1) id = tokens.get(word.slice(start, --end));
      if (id === undefined) {
        ids.length = before;
        ids.push(unknown);
        return;
      }
      ids.push(id);
      start = end;
    }
  };
}
