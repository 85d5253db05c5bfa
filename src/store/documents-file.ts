import { z } from "zod";
import type { IndexedDocument, Passage } from "../types.ts";
import type { FileState, NewDocument } from "./vector-store.ts";

/** How a text is kept: in whichever of these holds it, the first being the shortest and the quickest to read. */
const ENCODINGS = ["latin1", "utf8", "utf16le"] as const;

const Line = z.object({
  // Loose, so that what is added to Document later comes back as it was.
  document: z.looseObject({
    documentId: z.string(),
    path: z.string(),
    title: z.string(),
    date: z.string().nullable(),
    source: z.string().nullable(),
    mediaType: z.string(),
    encoding: z.string(),
    hash: z.string(),
    people: z.array(z.looseObject({ name: z.string(), role: z.string() })),
  }),
  listed: z.string(),
  stamp: z.string(),
  /** Length of its text in texts.bin, where one stands after the other. */
  bytes: z.int().nonnegative(),
  encoding: z.enum(ENCODINGS),
  // The passages, a column a field: they are most of the file.
  ids: z.array(z.string()),
  labels: z.array(z.string()),
  starts: z.array(z.int()),
  ends: z.array(z.int()),
  /** 0 for the section of the passage before; null for none. Left out where no passage has one. */
  sections: z.array(z.union([z.string(), z.literal(0), z.null()])).exactOptional(),
  /** null for none. Left out where no passage has one. */
  pages: z.array(z.int().nullable()).exactOptional(),
  /** Where each passage begins among the text's bytes. Left out where that follows from `starts`, as every character has as many bytes. */
  places: z.array(z.int()).exactOptional(),
});
type Line = z.infer<typeof Line>;

/** Where a text stands in texts.bin. */
export interface TextPlace {
  readonly textAt: number;
  readonly bytes: number;
  readonly encoding: (typeof ENCODINGS)[number];
}

/** A document of a segment, its text not yet read. */
export interface StoredDocument {
  /** The line of documents.jsonl as it stands, with its end. */
  readonly line: Buffer;
  readonly values: Line;
  /** Where its text begins in texts.bin. */
  readonly textAt: number;
  /** The place of its first passage in the segment. */
  readonly firstPlace: number;
}

/** A line of documents.jsonl, and the text for texts.bin. */
export function encodeDocument({ document, passages, state }: NewDocument): { line: string; text: Buffer } {
  const { text, ...rest } = document;
  const encoding = encodingOf(text);
  const bytes = Buffer.from(text, encoding);
  const sections = passages.map(({ section }, i) =>
    section === undefined ? null : i > 0 && passages[i - 1]?.section === section ? 0 : section,
  );
  const isPlaced = encoding === "utf8" && passages.every((passage) => isOfWholeCharacters(text, passage));
  const values: Line = {
    document: { ...rest, people: rest.people.map((person) => ({ ...person })) },
    listed: state.listed,
    stamp: state.stamp,
    bytes: bytes.length,
    encoding,
    ids: passages.map(({ passageId }) => passageId.slice(document.documentId.length + 1)),
    labels: passages.map(({ label }) => label),
    starts: passages.map(({ start }) => start),
    ends: passages.map(({ end }) => end),
    ...(sections.some((section) => section !== null) && { sections }),
    ...(passages.some(({ page }) => page !== undefined) && { pages: passages.map(({ page }) => page ?? null) }),
    ...(isPlaced && { places: bytePlaces(text, passages) }),
  };
  return { line: `${JSON.stringify(values)}\n`, text: bytes };
}

/** Half a character has no bytes in UTF-8. */
function isOfWholeCharacters(text: string, { start, end }: Pick<Passage, "start" | "end">): boolean {
  return [start, end].every((at) => at === 0 || (text.codePointAt(at - 1) ?? 0) <= 0xffff);
}

/** Where each passage begins among the bytes of the text in UTF-8. */
function bytePlaces(text: string, passages: readonly Pick<Passage, "start">[]): number[] {
  let [at, bytes] = [0, 0];
  return passages.map(({ start }) => {
    // They come in reading order; one that does not is counted from the beginning.
    if (start < at) [at, bytes] = [0, 0];
    bytes += Buffer.byteLength(text.slice(at, start));
    at = start;
    return bytes;
  });
}

function encodingOf(text: string): (typeof ENCODINGS)[number] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range of the encoding is what is meant
  if (/^[\x00-\xff]*$/.test(text)) return "latin1";
  return /\p{Surrogate}/u.test(text) ? "utf16le" : "utf8";
}

/** The documents of documents.jsonl. Throws where a line is not what `encodeDocument` makes. */
export function readDocumentLines(bytes: Buffer): StoredDocument[] {
  const documents: StoredDocument[] = [];
  let textAt = 0;
  let firstPlace = 0;
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(0x0a, start);
    if (end < 0) throw new Error("the last line has no end");
    const values = Line.parse(JSON.parse(bytes.toString("utf8", start, end)));
    documents.push({ line: bytes.subarray(start, end + 1), values, textAt, firstPlace });
    textAt += values.bytes;
    firstPlace += values.ids.length;
    start = end + 1;
  }
  return documents;
}

export function stateOf({ values: { document, listed, stamp } }: StoredDocument): FileState {
  return { hash: document.hash, listed, stamp };
}

/** A text as it was, from its bytes in texts.bin. */
export function decodeText({ values: { encoding } }: StoredDocument, bytes: Buffer): string {
  return bytes.toString(encoding);
}

/**
 * The document. `text` gives its text, or the part of it between two offsets, whenever that or a passage's is asked for: the
 * texts of a large index need not be in memory.
 */
export function decodeDocument({ values }: StoredDocument, text: TextReader): IndexedDocument {
  const { documentId } = values.document;
  let section: string | null = null;
  const passages = values.ids.map((id, i): Passage => {
    const given = values.sections?.[i] ?? null;
    if (given !== 0) section = given;
    const part = { start: values.starts[i] ?? 0, end: values.ends[i] ?? 0, place: values.places?.[i] };
    const label = values.labels[i] ?? "";
    return new StoredPassage(text, documentId, id, part, label, section, values.pages?.[i] ?? null);
  });
  return { document: Object.assign(new WithText(text), values.document), passages };
}

/** A part of a text by UTF-16 offsets, half open, and where its bytes begin, if that is known; the whole where nothing is said. */
export type TextReader = (part?: TextPart) => string;

export interface TextPart {
  readonly start: number;
  readonly end: number;
  readonly place: number | undefined;
}

/** For each UTF-16 unit of a text. */
const MOST_BYTES = 3;

/** Where in texts.bin a part of a text stands: with some bytes behind it, where only its characters are counted. null where only the whole can be read. */
export function placeOfPart({ encoding, textAt, bytes }: TextPlace, { start, end, place }: TextPart): TextPlace | null {
  const length = end - start;
  if (encoding === "utf8") {
    if (place === undefined) return null;
    return { encoding, textAt: textAt + place, bytes: Math.min(bytes - place, MOST_BYTES * length) };
  }
  const width = encoding === "latin1" ? 1 : 2;
  return { encoding, textAt: textAt + width * start, bytes: width * length };
}

class WithText {
  readonly #text: TextReader;

  constructor(text: TextReader) {
    this.#text = text;
  }

  get text(): string {
    return this.#text();
  }
}

/** A class, whose objects share their getter: 100,000 objects with one of their own take 60 MB more. */
class StoredPassage implements Passage {
  readonly passageId: string;
  readonly documentId: string;
  readonly label: string;
  readonly start: number;
  readonly end: number;
  declare readonly section?: string;
  declare readonly page?: number;
  readonly #text: TextReader;
  readonly #place: number | undefined;

  constructor(
    text: TextReader,
    documentId: string,
    id: string,
    { start, end, place }: TextPart,
    label: string,
    section: string | null,
    page: number | null,
  ) {
    this.passageId = `${documentId}#${id}`;
    this.documentId = documentId;
    this.label = label;
    this.start = start;
    this.end = end;
    this.#text = text;
    this.#place = place;
    if (section !== null) this.section = section;
    if (page !== null) this.page = page;
  }

  get text(): string {
    return this.#text({ start: this.start, end: this.end, place: this.#place });
  }
}
