import { dot } from "../dot.ts";
import { recent } from "./recent.ts";
import { tokenTable } from "./token-table.ts";
import type { Tokenizer } from "./tokenizer.ts";
import { makeUnit, toUnit } from "./vectors.ts";
import { batchesOf, type Window } from "./windows.ts";

/** One pooled vector a window, of any length. */
export type Run = (windows: readonly Window[]) => Promise<Float32Array[]>;

/** Tokens whose vectors are remembered: all of most models, at 20 µs each to learn; 9 MB at 256 numbers, if a corpus has them all. */
const TOKENS = 32_768;
/** Words whose tokens are remembered, and as many again that are on their way out. */
const WORDS = 32_768;
/** A word's tokens are its first ones: what goes on longer is no word. */
const LONGEST_WORD = 32;
/** An everyday word, against which the weight of others is measured; and the most that any has. */
const MEASURE = "water";
const MOST_WEIGHT = 8;
/** How far, of 1, a sum may lie outside the plane of its parts: rounding of 32-bit numbers is below it, a layer of attention far above. */
const OUT_OF_PLANE = 1e-4;

/**
 * Whether a model's vector of several tokens is a weighted sum of each token's own, as in a table of token vectors: then
 * a word alone has the vector that it has in a text. Told by whether that of two words lies in the plane of theirs.
 */
export async function isTokenTable(run: Run, tokenizer: Tokenizer): Promise<boolean> {
  const [a, b] = ["water", "music"].map((word) => bareTokens(tokenizer, word));
  if (!a || !b) return false;
  const windows = [a, b, Int32Array.of(...a, ...b)].map((tokens, text) => ({ text, tokens }));
  const [x, y, sum] = (await run(windows)).map(toUnit);
  if (!x || !y || !sum) return false;
  const across = perpendicular(y, x);
  const left = perpendicular(perpendicular(sum, x), toUnit(across));
  return Math.hypot(...across) > OUT_OF_PLANE && Math.hypot(...left) < OUT_OF_PLANE;
}

/** What a table of token vectors knows of words, the special tokens left out. */
export interface WordTable {
  /** What each word adds to the vector of a text, in order; a word without tokens adds nothing. */
  words(words: readonly string[]): Promise<Float32Array[]>;
  /**
   * Of each text, given as its words, the largest cosine of the question, which is of unit length, to 2 × `step` of them in
   * a row, looked at every `step` words; -1 where no word adds anything.
   */
  bestWindows(question: Float32Array, texts: readonly (readonly string[])[], step: number): Promise<number[]>;
}

export function wordTable(run: Run, tokenizer: Tokenizer, tokensARun: number, dimension: number): WordTable {
  const table = tokenTable(dimension, TOKENS);
  const known = recent<string, Int32Array>(WORDS);
  const measure = bareTokens(tokenizer, MEASURE);

  async function inOrder(each: readonly Int32Array[]): Promise<Float32Array[]> {
    const vectors: Float32Array[] = [];
    const windows = each.map((tokens, text) => ({ text, tokens }));
    for (const batch of batchesOf(windows, tokensARun)) {
      const found = await run(batch);
      batch.forEach(({ text }, i) => {
        const vector = found[i];
        if (vector) vectors[text] = vector;
      });
    }
    return vectors;
  }

  /** Each token alone and beside the measure: that says how much it weighs. */
  async function learn(tokens: readonly number[]): Promise<void> {
    const alone = tokens.map((token) => Int32Array.of(token));
    const beside = tokens.map((token) => Int32Array.of(token, ...measure));
    const [other, ...vectors] = await inOrder([measure, ...alone, ...beside]);
    tokens.forEach((token, i) => {
      const own = vectors[i];
      const sum = vectors[tokens.length + i];
      if (!other || !own || !sum) throw new Error("it gave fewer vectors than it was given tokens");
      const weight = weightOf(makeUnit(own), makeUnit(other), makeUnit(sum));
      for (let k = 0; k < own.length; k++) own[k] = (own[k] ?? 0) * weight;
      table.set(token, own);
    });
  }

  function tokensOf(word: string): Int32Array {
    let tokens = known.get(word);
    if (tokens === undefined) {
      tokens = bareTokens(tokenizer, word);
      known.set(word, tokens);
    }
    return tokens;
  }

  /** Has all tokens at hand when it resolves, whatever was forgotten meanwhile. */
  async function atHand(tokens: Iterable<number>): Promise<void> {
    const wanted = new Set(tokens);
    if (wanted.size > table.room) throw new RangeError("more tokens than there is room for");
    for (;;) {
      const unknown = [...wanted].filter((token) => table.rowOf(token) < 0);
      if (unknown.length === 0) return;
      await learn(unknown);
    }
  }

  /** The rows of all texts' tokens, where each block of `step` words ends among them, and how many blocks each text has. */
  async function blocksOf(texts: readonly (readonly string[])[], step: number) {
    for (;;) {
      const rows: number[] = [];
      const ends: number[] = [];
      const unknown = new Set<number>();
      const counts = texts.map((words) => {
        words.forEach((word, i) => {
          for (const token of tokensOf(word)) {
            const row = table.rowOf(token);
            if (row < 0) unknown.add(token);
            rows.push(row);
          }
          if ((i + 1) % step === 0 || i + 1 === words.length) ends.push(rows.length);
        });
        return Math.ceil(words.length / step);
      });
      if (unknown.size === 0) return { rows, ends, counts };
      // What else is of these texts may be forgotten for want of room: then it is learnt with the rest.
      await atHand(texts.flatMap((words) => words.flatMap((word) => [...tokensOf(word)])));
    }
  }

  return {
    async words(words) {
      const vectors: Float32Array[] = [];
      // Fewer than there is room for.
      const most = Math.floor(TOKENS / (2 * LONGEST_WORD));
      for (let at = 0; at < words.length; at += most) {
        const tokens = words.slice(at, at + most).map(tokensOf);
        await atHand(tokens.flatMap((own) => [...own]));
        for (const own of tokens) {
          const sum = new Float32Array(dimension);
          for (const token of own) table.addTo(sum, token);
          vectors.push(sum);
        }
      }
      return vectors;
    },
    async bestWindows(question, texts, step) {
      const best: number[] = [];
      for (let at = 0; at < texts.length; at += TEXTS) {
        const { rows, ends, counts } = await blocksOf(texts.slice(at, at + TEXTS), step);
        best.push(...counts.map(bestOf(table.products(question, rows, ends))));
      }
      return best;
    },
  };
}

/** Texts whose windows are computed together: as many as a question reads closely. */
const TEXTS = 25;

/** Called for each text in order, with its number of blocks. A window is two blocks, or the only one. */
function bestOf(products: Float32Array): (count: number) => number {
  let at = 0;
  return (count) => {
    let best = -1;
    let [alongBefore, squaresBefore] = [0, 0];
    for (let block = 0; block < count; block++, at += 3) {
      const [along = 0, squares = 0, between = 0] = products.subarray(at, at + 3);
      const ofWindow = squaresBefore + squares + (block > 0 ? 2 * between : 0);
      if ((block > 0 || count === 1) && ofWindow > 0) {
        best = Math.max(best, (alongBefore + along) / Math.sqrt(ofWindow));
      }
      [alongBefore, squaresBefore] = [along, squares];
    }
    return best;
  };
}

/**
 * How long a vector is beside another, from the directions of both and of their sum: of `a` and `b` in the sum
 * r·a + b, r. Each is of unit length, or zero.
 */
function weightOf(a: Float32Array, b: Float32Array, sum: Float32Array): number {
  const [alongA, alongB, between] = [dot(sum, a), dot(sum, b), dot(a, b)];
  // The same direction tells nothing; the word itself weighs as much as it does.
  if (1 - between * between < OUT_OF_PLANE) return 1;
  const weight = (alongA - alongB * between) / (alongB - alongA * between);
  return Number.isFinite(weight) ? Math.min(MOST_WEIGHT, Math.max(0, weight)) : 0;
}

function bareTokens({ encode, frame }: Tokenizer, word: string): Int32Array {
  const framed = encode(word);
  const start = frame.before.length;
  return framed.subarray(start, Math.min(start + LONGEST_WORD, framed.length - frame.after.length));
}

/** What of a vector is not along a unit vector. */
function perpendicular(vector: Float32Array, unit: Float32Array): Float32Array {
  const along = dot(vector, unit);
  return vector.map((value, i) => value - along * (unit[i] ?? 0));
}
