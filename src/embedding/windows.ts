/** A run of tokens that the model takes at once, special tokens included, and the text it is from. */
export interface Window {
  readonly text: number;
  readonly tokens: readonly number[];
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

/** Cuts a text's framed tokens into windows of at most `limit` tokens, each framed again, of about equal length. */
export function windowsOf(text: number, framed: readonly number[], { before, after }: Frame, limit: number): Window[] {
  if (framed.length <= limit) return [{ text, tokens: framed }];
  const bare = framed.slice(before.length, framed.length - after.length);
  const count = Math.ceil(bare.length / Math.max(1, limit - before.length - after.length));
  return Array.from({ length: count }, (_, i) => {
    const part = bare.slice(Math.floor((i * bare.length) / count), Math.floor(((i + 1) * bare.length) / count));
    return { text, tokens: [...before, ...part, ...after] };
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
