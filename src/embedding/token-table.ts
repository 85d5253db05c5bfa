/**
 * Vectors of tokens, as many as there is room for, each kept as 8-bit numbers and a scale: a quarter of the memory, for .001
 * of a cosine. What successive tokens add up to is computed where the rows are, 16 numbers an instruction.
 */
export interface TokenTable {
  readonly room: number;
  /** Where the token's vector is; -1 where it is not there. */
  rowOf(token: number): number;
  /** Forgets all others where there is no room left. */
  set(token: number, vector: Float32Array): void;
  /** Adds the token's vector to `sum`; nothing where there is none. */
  addTo(sum: Float32Array, token: number): void;
  /**
   * `rows` are those of the tokens of one block after the other, `ends` where each block ends among them. Of each block's
   * sum three dot products: with the query, with itself and with the sum of the block before (of the first: 0).
   */
  products(query: Float32Array, rows: readonly number[], ends: readonly number[]): Float32Array;
}

/** Numbers that one instruction reads. */
const LANES = 16;
const PAGE = 65_536;

/** `module`: null to do without what the processor may not have. */
export function tokenTable(
  dimension: number,
  room: number,
  module: WebAssembly.Module | null = productsModule(),
): TokenTable {
  const stride = Math.ceil(dimension / LANES) * LANES;
  const rowBytes = stride + LANES;
  const workAt = room * rowBytes;
  // Pages that nobody wrote to take no memory.
  const memory = new WebAssembly.Memory({ initial: Math.ceil((workAt + PAGE) / PAGE) });
  const run = module && new WebAssembly.Instance(module, { m: { memory } }).exports.products;
  /** By token: its row and one more. */
  let places = new Int32Array(1024);
  let used = 0;

  function withWork(bytes: number): ArrayBuffer {
    const missing = workAt + bytes - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
    return memory.buffer;
  }

  const rowOf = (token: number): number => (places[token] ?? 0) - 1;

  /** A row for a token that has none. */
  function newRow(token: number): number {
    if (used === room) {
      places.fill(0);
      used = 0;
    }
    if (token >= places.length) {
      const more = new Int32Array(2 * token);
      more.set(places);
      places = more;
    }
    places[token] = ++used;
    return used - 1;
  }

  return {
    room,
    rowOf,
    set(token, vector) {
      const known = rowOf(token);
      const row = known < 0 ? newRow(token) : known;
      let largest = 0;
      for (const value of vector) largest = Math.max(largest, Math.abs(value));
      const scale = largest / 127;
      const numbers = new Int8Array(memory.buffer, row * rowBytes, stride);
      vector.forEach((value, k) => {
        numbers[k] = scale > 0 ? Math.round(value / scale) : 0;
      });
      new Float32Array(memory.buffer, row * rowBytes + stride, 1)[0] = scale;
    },
    addTo(sum, token) {
      const row = rowOf(token);
      if (row < 0) return;
      const numbers = new Int8Array(memory.buffer, row * rowBytes, dimension);
      const [scale = 0] = new Float32Array(memory.buffer, row * rowBytes + stride, 1);
      for (let k = 0; k < dimension; k++) sum[k] = (sum[k] ?? 0) + scale * (numbers[k] ?? 0);
    },
    products(query, rows, ends) {
      const queryAt = workAt;
      const sumAt = queryAt + 4 * stride;
      const beforeAt = sumAt + 4 * stride;
      const rowsAt = beforeAt + 4 * stride;
      const endsAt = rowsAt + 4 * rows.length;
      const outAt = endsAt + 4 * ends.length;
      const buffer = withWork(outAt + 12 * ends.length - workAt);
      new Float32Array(buffer, queryAt, 3 * stride).fill(0);
      new Float32Array(buffer, queryAt, stride).set(query);
      if (rows.some((row) => !(row >= 0 && row < room))) throw new RangeError("there is no such row");
      const there = new Int32Array(buffer, rowsAt, rows.length);
      there.set(rows);
      new Int32Array(buffer, endsAt, ends.length).set(ends);
      if (typeof run === "function") run(ends.length, endsAt, rowsAt, 0, stride, queryAt, sumAt, beforeAt, outAt);
      else plainProducts(buffer, { ends, rows: there, stride, query, outAt });
      return new Float32Array(buffer, outAt, 3 * ends.length).slice();
    },
  };
}

/**
 * products.wat: for each block, sum = 0; for each of its rows, 16 numbers at a time, widened to 32-bit numbers
 * (i16x8.extend, i32x4.extend, f32x4.convert_i32x4_s), times the row's scale, are added to sum; then f32x4 products of
 * sum with query, sum and before, each added over its lanes, go to out; sum and before change places. Compiled from
 *   (func (export "products") (param $blocks $ends $rows $table $stride $query $sum $before $out i32))
 * `plainProducts` below says the same in JavaScript.
 */
const PRODUCTS =
  "AGFzbQEAAAABDQFgCX9/f39/f39/fwACDQEBbQZtZW1vcnkCAAEDAgEABwwBCHByb2R1Y3RzAAAK2wQB2AQCCX8GeyAARQRADwsDQCAGIQ4gBiAEQQJ0aiENA0AgDv0MAAAAAAAAAAAAAAAAAAAAAP0LBAAgDkEQaiEOIA4gDUkNAAsgASgCACEKAkAgCSAKTw0AA0AgAyACIAlBAnRqKAIAIARBEGpsaiEMIAwgBGr9CQIAIRIgDCAEaiENIAYhDgNAIAz9AAQAIRMgE/2HASEUIA4gDv0ABAAgEiAU/acB/foB/eYB/eQB/QsEACAOIA79AAQQIBIgFP2oAf36Af3mAf3kAf0LBBAgE/2IASEUIA4gDv0ABCAgEiAU/acB/foB/eYB/eQB/QsEICAOIA79AAQwIBIgFP2oAf36Af3mAf3kAf0LBDAgDkHAAGohDiAMQRBqIQwgDCANSQ0ACyAJQQFqIQkgCSAKSQ0ACwv9DAAAAAAAAAAAAAAAAAAAAAAhFf0MAAAAAAAAAAAAAAAAAAAAACEW/QwAAAAAAAAAAAAAAAAAAAAAIRcgBiEOIAUhDyAHIRAgBiAEQQJ0aiENA0AgDv0ABAAhEyAVIBMgD/0ABAD95gH95AEhFSAWIBMgE/3mAf3kASEWIBcgEyAQ/QAEAP3mAf3kASEXIA5BEGohDiAPQRBqIQ8gEEEQaiEQIA4gDUkNAAsgCCAV/R8AIBX9HwGSIBX9HwIgFf0fA5KSOAIAIAggFv0fACAW/R8BkiAW/R8CIBb9HwOSkjgCBCAIIBf9HwAgF/0fAZIgF/0fAiAX/R8DkpI4AgggBiERIAchBiARIQcgCEEMaiEIIAFBBGohASAAQQFrIQAgAA0ACws=";
let compiled: WebAssembly.Module | null | undefined;

/** null where the processor or the engine has no such instructions. */
function productsModule(): WebAssembly.Module | null {
  const bytes = Buffer.from(PRODUCTS, "base64");
  compiled ??= WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : null;
  return compiled;
}

interface Work {
  readonly ends: readonly number[];
  readonly rows: Int32Array;
  readonly stride: number;
  readonly query: Float32Array;
  readonly outAt: number;
}

function plainProducts(buffer: ArrayBuffer, { ends, rows, stride, query, outAt }: Work): void {
  const out = new Float32Array(buffer, outAt, 3 * ends.length);
  let before = new Float32Array(stride);
  let from = 0;
  ends.forEach((end, block) => {
    const sum = new Float32Array(stride);
    for (let i = from; i < end; i++) {
      const at = (rows[i] ?? 0) * (stride + LANES);
      const numbers = new Int8Array(buffer, at, stride);
      const [scale = 0] = new Float32Array(buffer, at + stride, 1);
      for (let k = 0; k < stride; k++) sum[k] = (sum[k] ?? 0) + scale * (numbers[k] ?? 0);
    }
    for (let k = 0; k < stride; k++) {
      const value = sum[k] ?? 0;
      out[3 * block] = (out[3 * block] ?? 0) + value * (query[k] ?? 0);
      out[3 * block + 1] = (out[3 * block + 1] ?? 0) + value * value;
      out[3 * block + 2] = (out[3 * block + 2] ?? 0) + value * (before[k] ?? 0);
    }
    before = sum;
    from = end;
  });
}
