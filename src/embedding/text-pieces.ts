/**
 * Cuts a text into pieces of at most `limit` bytes of UTF-8 and of about equal length, at white space where there is
 * some in the last half of a piece, and never within a character. Joined, they are the text.
 */
export function piecesOf(text: string, limit: number): string[] {
  const bytes = Buffer.byteLength(text);
  if (bytes <= limit) return [text];
  const aim = Math.max(4, bytes / Math.ceil(bytes / (limit * 0.9)));
  const pieces: string[] = [];
  let piece = "";
  let size = 0;
  /** Where the piece could end: after its last white space. */
  let gap = 0;
  for (const character of text) {
    const more = Buffer.byteLength(character);
    if (size + more > limit || (size >= aim && gap === piece.length)) {
      const end = gap > piece.length / 2 ? gap : piece.length;
      pieces.push(piece.slice(0, end));
      piece = piece.slice(end);
      size = Buffer.byteLength(piece);
      gap = 0;
    }
    piece += character;
    size += more;
    if (/\s/u.test(character)) gap = piece.length;
  }
  return piece === "" ? pieces : [...pieces, piece];
}
