import { analyse } from "chardet";
import { DocumentError } from "../errors.ts";
import { type BadByte, badByteOf } from "./broken-utf8.ts";

export interface Decoded {
  readonly text: string;
  /** A label of TextDecoder. */
  readonly encoding: string;
}

/** Bytes to text by a known encoding, as `detectAndDecode` did; a byte order mark is not part of it. Throws DocumentError. */
export function decode(bytes: Uint8Array, encoding: string): string {
  const text = attempt(bytes, encoding);
  if (text === null) throw new DocumentError("undecodable", `the file is not valid ${encoding}`);
  return text;
}

/** Text of unknown encoding: a byte order mark decides, then strict UTF-8, then what the bytes look like. Throws DocumentError. */
export function detectAndDecode(bytes: Uint8Array): Decoded {
  if (bytes.length === 0) throw new DocumentError("empty", "the file is empty");
  if (isKnownBinary(bytes)) throw binary();
  const decoded = byMark(bytes) ?? (first(bytes, ["utf-8"]) || first(bytes, utf16Guess(bytes)) || byGuess(bytes));
  if (!decoded) {
    if (looksBinary(Buffer.from(bytes).toString("latin1"))) throw binary();
    const advice = "Save it as UTF-8.";
    throw new DocumentError("undecodable", "the encoding of the file could not be determined", advice);
  }
  if (looksBinary(decoded.text)) throw binary();
  if (decoded.text.trim() === "") throw new DocumentError("empty", "the file holds nothing but white space");
  return decoded;
}

function binary(): DocumentError {
  return new DocumentError("binary", "the file is binary, not text");
}

function attempt(bytes: Uint8Array, encoding: string): string | null {
  if (encoding === "windows-1252") return windows1252(bytes);
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** What windows-1252 has at 0x80 to 0x9f; a blank where it has nothing. */
const WINDOWS_1252 = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";

/** Node 20's TextDecoder reads windows-1252 as Latin-1, without its quotes and dashes. Null where a byte means nothing. */
function windows1252(bytes: Uint8Array): string | null {
  let undefinedByte = false;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString("latin1")
    .replace(/[\x80-\x9f]/g, (control) => {
      const letter = WINDOWS_1252.charAt(control.charCodeAt(0) - 0x80);
      if (letter === " ") undefinedByte = true;
      return letter;
    });
  return undefinedByte ? null : text;
}

function first(bytes: Uint8Array, encodings: readonly string[]): Decoded | null {
  for (const encoding of encodings) {
    const text = attempt(bytes, encoding);
    if (text !== null && !looksBinary(text)) return { text, encoding };
  }
  return null;
}

function byMark(bytes: Uint8Array): Decoded | null {
  const [a, b, c] = bytes;
  const encoding =
    a === 0xef && b === 0xbb && c === 0xbf
      ? "utf-8"
      : a === 0xff && b === 0xfe
        ? "utf-16le"
        : a === 0xfe && b === 0xff
          ? "utf-16be"
          : null;
  return encoding === null ? null : { text: decode(bytes, encoding), encoding };
}

/** UTF-16 without a mark: the high byte of blanks, line breaks and Latin letters is zero, always on the same side. */
function utf16Guess(bytes: Uint8Array): string[] {
  if (bytes.length % 2 !== 0) return [];
  let little = 0;
  let big = 0;
  const end = Math.min(bytes.length, 8192);
  for (let at = 0; at < end; at += 2) {
    const [even, odd] = [bytes[at], bytes[at + 1]];
    if (odd === 0 && even !== 0) little++;
    if (even === 0 && odd !== 0) big++;
  }
  const enough = Math.max(2, end / 25);
  if (little >= enough && little > 4 * big) return ["utf-16le"];
  return big >= enough && big > 4 * little ? ["utf-16be"] : [];
}

const WESTERN = /^(?:ISO-8859-1|windows-1252)$/;
/** Encodings of the Latin alphabet: most of their bytes mean the same, so that the guess must be clearly the better one. */
const LATIN = /^(?:ISO-8859-(?:2|9)|windows-125[047])$/;
const SURE = 60;
const SURE_OF_LATIN = 35;
const CLEARLY = 1.5;
const FEWEST_ACCENTS = 8;
/** The guesser is sure of nothing in a file that is nearly all ASCII: there a few accented letters are the rule. */
const OTHER_SCRIPT = 0.2;

/**
 * A byte order mark of UTF-16 amid other bytes, as windows-1252 would show it. No language writes ÿ beside þ: such bytes
 * are a broken file's, while any one letter of another encoding is some name's or word's.
 */
const STRAY_MARK = /ÿþ|þÿ/;

/** What the guesser is sure of, else windows-1252. Throws DocumentError where a few bad bytes stand in UTF-8. */
function byGuess(bytes: Uint8Array): Decoded | null {
  const korean = first(bytes, ["euc-kr"]);
  if (korean && isKorean(korean.text)) return korean;
  const bad = badByteOf(bytes);
  if (bad !== null) throw notQuiteUtf8(bad);
  const guesses = analyse(bytes.subarray(0, 65_536));
  const western = Math.max(0, ...guesses.filter(({ name }) => WESTERN.test(name)).map(({ confidence }) => confidence));
  const accents = bytes.reduce((count, byte) => (byte >= 0xc0 ? count + 1 : count), 0);
  const isOtherScript = highShare(bytes) > OTHER_SCRIPT;
  for (const { name, confidence } of guesses) {
    if (WESTERN.test(name)) break;
    const isSure = LATIN.test(name)
      ? accents >= FEWEST_ACCENTS && confidence >= SURE_OF_LATIN && confidence >= CLEARLY * western
      : confidence >= SURE && isOtherScript;
    const guessed = isSure ? first(bytes, [name.toLowerCase()]) : null;
    if (guessed) return guessed;
  }
  const decoded = first(bytes, ["windows-1252"]);
  return decoded && STRAY_MARK.test(decoded.text) ? null : decoded;
}

function notQuiteUtf8({ offset, value, count }: BadByte): DocumentError {
  const others = count === 1 ? "" : `, the first of ${count}`;
  const byte = `0x${value.toString(16).padStart(2, "0")}`;
  return new DocumentError(
    "undecodable",
    `is UTF-8 but for byte ${offset} (${byte}${others}): mend the character there and save it as UTF-8`,
  );
}

function isKorean(text: string): boolean {
  const foreign = text.match(/[^\0-\x7f]/gu) ?? [];
  return foreign.length >= 2 && foreign.filter((letter) => /[가-힣]/.test(letter)).length >= 0.7 * foreign.length;
}

function highShare(bytes: Uint8Array): number {
  let high = 0;
  for (const byte of bytes) if (byte >= 0x80) high++;
  return high / bytes.length;
}

const SIGNATURES = [
  "%PDF-",
  "PK\x03\x04",
  "\x89PNG",
  "GIF8",
  "\xff\xd8\xff",
  "\x1f\x8b",
  "\x7fELF",
  "\xd0\xcf\x11\xe0",
];

function isKnownBinary(bytes: Uint8Array): boolean {
  const head = String.fromCharCode(...bytes.subarray(0, 8));
  return SIGNATURES.some((signature) => head.startsWith(signature)) || bytes.every((byte) => byte === 0);
}

/** A NUL, or more than one control character in a hundred, is no text. */
function looksBinary(text: string): boolean {
  if (text.includes("\0")) return true;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is counted
  const controls = text.match(/[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]/g)?.length ?? 0;
  return controls > text.length / 100;
}
