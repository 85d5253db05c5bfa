/** A run of tokens that the model takes at once, special tokens included, and the text it is from. */
export interface Window {
  readonly text: number;
  readonly tokens: Int32Array;
}

/** The special tokens that a tokenizer puts around every text. */
export interface Frame {
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/** Finds the frame by what was put around the bare tokens of a sample. */
export function frameOf(framed: readonly number[], bare: readonly number[]): Frame {
  const extra = framed.length - bare.length;
  for (let start = 0; start <= extra; start++) {
    if (bare.every((token, i) => framed[start + i] === token)) {
      return { before: framed.slice(0, start), after: framed.slice(start + bare.length) };
    }
  }
  return { before: [], after: [] };
}

/** The frame with the prefix in it, where the text begins so and the window leaves as much room again; else the plain. */
export function frameThatFits(framed: Int32Array, prefixed: Frame, plain: Frame, limit: number): Frame {
  const isPrefixed = prefixed.before.every((token, i) => framed[i] === token);
  return isPrefixed && 2 * (prefixed.before.length + prefixed.after.length) <= limit ? prefixed : plain;
}

/** Cuts a text's framed tokens into windows of at most `limit` tokens, each framed again, of about equal length. */
export function windowsOf(text: number, framed: Int32Array, { before, after }: Frame, limit: number): Window[] {
  if (framed.length <= limit) return [{ text, tokens: framed }];
  const bare = framed.subarray(before.length, framed.length - after.length);
  const count = Math.ceil(bare.length / Math.max(1, limit - before.length - after.length));
  return Array.from({ length: count }, (_, i) => {
    const part = bare.subarray(Math.floor((i * bare.length) / count), Math.floor(((i + 1) * bare.length) / count));
    return { text, tokens: Int32Array.of(...before, ...part, ...after) };
  });
}

/** Windows of like length together, so that little is padded: each batch has at most `budget` tokens, padding included. */
export function batchesOf(windows: readonly Window[], budget: number): Window[][] {
  const batches: Window[][] = [];
  let batch: Window[] = [];
  for (const window of windows.toSorted((a, b) => a.tokens.length - b.tokens.length)) {
    if (batch.length > 0 && (batch.length + 1) * window.tokens.length > budget) {
      batches.push(batch);
      batch = [];
    }
    batch.push(window);
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}

/** What a model takes: row after row of `width` ids, the shorter ones filled up with `pad`, and 1 where there is a token. */
export interface PaddedBatch {
  readonly ids: BigInt64Array;
  readonly mask: BigInt64Array;
  readonly width: number;
}

export function padded(batch: readonly Window[], pad: number): PaddedBatch {
  let width = 1;
  for (const { tokens } of batch) width = Math.max(width, tokens.length);
  const ids = new BigInt64Array(batch.length * width);
  const mask = new BigInt64Array(batch.length * width);
  // Written by halves, which is ten times as fast as making bigints: the lower half comes first wherever ONNX runs.
  const idHalves = new Int32Array(ids.buffer);
  const maskHalves = new Int32Array(mask.buffer);
  batch.forEach(({ tokens }, row) => {
    for (let i = 0; i < width; i++) {
      const at = 2 * (row * width + i);
      idHalves[at] = tokens[i] ?? pad;
      maskHalves[at] = i < tokens.length ? 1 : 0;
    }
  });
  return { ids, mask, width };
}
