import { IndexError } from "../errors.ts";
import type { LexicalIndex } from "./bm25.ts";

/**
 * The lexical index as bytes, little-endian, each part starting at a multiple of 4:
 * "PBM1", passages, terms, postings, bytes of the vocabulary (uint32 each); the vocabulary (UTF-8, one term a line);
 * offsets and lengths and ordinals (uint32); frequencies (uint16).
 */
const MAGIC = 0x314d4250;
const HEADER_BYTES = 20;

const align = (bytes: number) => Math.ceil(bytes / 4) * 4;

function damaged(reason: string): IndexError {
  return new IndexError("index-damaged", `the lexical index is damaged: ${reason}`, "Run `pilcrow index --rebuild`.");
}

export function serializeLexicalIndex(index: LexicalIndex): Uint8Array {
  const vocabulary = new TextEncoder().encode([...index.termIds.keys()].join("\n"));
  const header = Uint32Array.of(
    MAGIC,
    index.lengths.length,
    index.termIds.size,
    index.ordinals.length,
    vocabulary.byteLength,
  );
  const parts = [header, vocabulary, index.offsets, index.lengths, index.ordinals, index.frequencies];
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + align(part.byteLength), 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at);
    at += align(part.byteLength);
  }
  return bytes;
}

/** Reads what `serializeLexicalIndex` wrote. Throws IndexError `index-damaged` when the bytes are not that. */
export function parseLexicalIndex(source: Uint8Array, passages: number): LexicalIndex {
  // Typed arrays need their alignment, which a slice of a larger buffer may lack.
  const bytes = source.byteOffset % 4 === 0 ? source : source.slice();
  if (bytes.byteLength < HEADER_BYTES) throw damaged("it is too short");
  const [magic, count, terms, postings, vocabularyBytes] = new Uint32Array(bytes.buffer, bytes.byteOffset, 5);
  if (
    magic !== MAGIC ||
    count !== passages ||
    terms === undefined ||
    postings === undefined ||
    vocabularyBytes === undefined
  )
    throw damaged("it does not belong to these passages");
  const needed = HEADER_BYTES + align(vocabularyBytes) + 4 * (terms + 1 + count + postings) + align(2 * postings);
  if (bytes.byteLength !== needed) throw damaged(`${bytes.byteLength} bytes instead of ${needed}`);

  let at = bytes.byteOffset + HEADER_BYTES;
  const vocabulary = new TextDecoder().decode(bytes.subarray(HEADER_BYTES, HEADER_BYTES + vocabularyBytes));
  at += align(vocabularyBytes);
  const take = (length: number) => {
    const part = new Uint32Array(bytes.buffer, at, length);
    at += part.byteLength;
    return part;
  };
  const offsets = take(terms + 1);
  const lengths = take(count);
  const ordinals = take(postings);
  const frequencies = new Uint16Array(bytes.buffer, at, postings);
  const termIds = new Map<string, number>();
  if (terms > 0) for (const term of vocabulary.split("\n")) termIds.set(term, termIds.size);
  if (termIds.size !== terms || offsets[terms] !== postings) throw damaged("its vocabulary does not fit");
  return { termIds, offsets, lengths, ordinals, frequencies };
}
