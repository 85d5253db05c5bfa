/** The first byte that is not UTF-8 in bytes that otherwise are. */
export interface BadByte {
  /** In bytes from the start of the file. */
  readonly offset: number;
  readonly value: number;
  /** How many bytes are bad in all. */
  readonly count: number;
}

/**
 * Bad bytes for one character of several bytes, at most. Korean or Chinese in an encoding of its own holds pairs that
 * could be UTF-8, one for ten that could not: where many bytes are past ASCII, good ones must be twice the bad.
 */
const MOST_BAD = 4;
const MOST_BAD_OF_MANY = 0.5;
const MANY = 0.2;

/**
 * Where bytes are UTF-8 but for a few; null where they are all UTF-8, and where nothing tells that they were meant to be.
 * Read by a single-byte encoding, such a file would show "naÃ¯ve" for "naïve".
 */
export function badByteOf(bytes: Uint8Array): BadByte | null {
  let first = -1;
  let count = 0;
  let telling = 0;
  let high = 0;
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceAt(bytes, at);
    if (length === 0) {
      if (first < 0) first = at;
      count++;
      high++;
      at++;
      continue;
    }
    if (length > 1) high += length;
    if (length > 1 && !closesCapitals(bytes, at, length)) telling++;
    at += length;
  }
  const most = telling * (high > MANY * bytes.length ? MOST_BAD_OF_MANY : MOST_BAD);
  return first >= 0 && count <= most ? { offset: first, value: bytes[first] ?? 0, count } : null;
}

/** How many bytes the UTF-8 character at `at` takes; 0 where none begins there. Surrogates and long forms are none. */
function sequenceAt(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return 1;
  const length =
    lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
  for (let next = 1; next < length; next++) if (((bytes[at + next] ?? 0) & 0xc0) !== 0x80) return 0;
  const second = bytes[at + 1] ?? 0;
  const isForbidden =
    (lead === 0xe0 && second < 0xa0) ||
    (lead === 0xed && second >= 0xa0) ||
    (lead === 0xf0 && second < 0x90) ||
    (lead === 0xf4 && second >= 0x90);
  return isForbidden ? 0 : length;
}

/** windows-1252 has "CAFÉ”" in it, an accented capital and a closing quote, whose bytes could be UTF-8 as well. */
function closesCapitals(bytes: Uint8Array, at: number, length: number): boolean {
  const [before = 0, after = 0] = [bytes[at - 1], bytes[at + length]];
  const isCapital = (before >= 0x41 && before <= 0x5a) || (before >= 0xc0 && before <= 0xde);
  const isLetter = (after | 0x20) >= 0x61 && (after | 0x20) <= 0x7a;
  return length === 2 && isCapital && !isLetter && after < 0x80;
}
