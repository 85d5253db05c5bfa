import { wordCount } from "./lines.ts";
import { type BulletMark, follows, type NumberMark } from "./marks.ts";
import { type Piece, textOf } from "./text-pieces.ts";

const SHORT_LIST = 150;

/**
 * Decides which numbers are items of a list and not the document's own: "(1)" below "4.", a list that starts again at 1
 * below a line that ends in a colon, and an indented one. And which asterisk is a note's, not a bullet.
 */
export function settleLists(pieces: readonly Piece[]): Piece[] {
  let main: Piece | null = null;
  let nested: { readonly under: Piece | null; readonly mark: NumberMark; readonly indent: number } | null = null;
  let above: Piece | undefined;
  const settled: Piece[] = [];
  pieces.forEach((piece, at) => {
    const { number } = piece;
    if (number === null) {
      settled.push(isNote(piece, pieces[at - 1], pieces[at + 1]) ? { ...piece, bullet: null } : piece);
      if (!piece.bullet && piece.first && indentOf(piece) === 0 && nested?.under === null) nested = null;
    } else {
      const indent = indentOf(piece);
      const goesOn: boolean =
        nested !== null && nested.mark.style === number.style && follows(number.parts, nested.mark.parts);
      const mainGoesOn = main?.number
        ? main.number.style === number.style && follows(number.parts, main.number.parts)
        : false;
      const isNested = goesOn
        ? !mainGoesOn || comesAgain(pieces, at, number)
        : opensNested(piece, main, above) || opensShortList(pieces, at, above);
      if (isNested) {
        nested = { under: main, mark: number, indent };
        settled.push({ ...piece, number: null, bullet: asBullet(number) });
      } else {
        main = piece;
        nested = null;
        settled.push(piece);
      }
    }
    above = piece;
  });
  return settled;
}

function indentOf(piece: Piece): number {
  return piece.lines[0]?.indent ?? 0;
}

function asBullet(number: NumberMark): BulletMark {
  return { kind: number.style, certain: true, length: number.length };
}

/** Whether this number stands again before the one after it: then it was the inner list's. */
function comesAgain(pieces: readonly Piece[], at: number, number: NumberMark): boolean {
  for (const later of pieces.slice(at + 1, at + 60)) {
    if (later.number?.style !== number.style) continue;
    return later.number.label === number.label;
  }
  return false;
}

function opensNested(piece: Piece, main: Piece | null, above: Piece | undefined): boolean {
  const { number } = piece;
  if (!number || !main?.number || !number.parts.every((part) => part === 1)) return false;
  const { style } = main.number;
  if (number.style !== style) return number.style === "closed" || number.style === "bracketed";
  if (number.parts.length !== 1) return false;
  const introduced = above !== undefined && /:$/.test(textOf(above.lines).slice(-1));
  return introduced || indentOf(piece) > indentOf(main) + 1;
}

/** Without a blank line below a line that ends in a colon, and short as a whole. */
function opensShortList(pieces: readonly Piece[], at: number, above: Piece | undefined): boolean {
  const piece = pieces[at];
  if (
    !piece?.number ||
    piece.first ||
    !above ||
    above.number ||
    above.bullet ||
    !/:$/.test(textOf(above.lines).slice(-1))
  )
    return false;
  let words = wordCount(textOf(above.lines));
  for (let to = at; to < pieces.length && !(pieces[to]?.first ?? true); to++) {
    words += wordCount(textOf(pieces[to]?.lines ?? []));
    if (words > SHORT_LIST) return false;
  }
  return true;
}

/** "* unofficial translation": one asterisk alone marks a note, not a list. */
function isNote(piece: Piece, before: Piece | undefined, after: Piece | undefined): boolean {
  if (piece.bullet?.kind !== "*" || !piece.first) return false;
  return before?.bullet?.kind !== "*" && after?.bullet?.kind !== "*";
}
