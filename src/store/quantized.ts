/**
 * packed.i8: the vectors of a segment as 8-bit numbers, each row with its own scale, for a first look at all of them.
 * How far a row is from the vector it stands for is kept beside it, so that the exact nearest can be told from it: see
 * nearest.ts. Little-endian; rows are padded with zeros to `stride`, a multiple of 16:
 *   0  "PQ81", rows, dimension, stride (uint32), the largest norm of a row and its error (float32), 12 bytes of zeros
 *  32  rows × stride int8; then, an array after the other, rows × float32 scale, rows × float32 error (the length of
 *      vector - scale × row) and rows × uint32 place of the vector's numbers in vectra's record
 */
const MAGIC = 0x31385150;
const HEADER = 32;

export interface Layout {
  readonly rows: number;
  readonly dimension: number;
  readonly stride: number;
  readonly scalesAt: number;
  readonly errorsAt: number;
  readonly offsetsAt: number;
  /** Of the file. */
  readonly bytes: number;
}

export function layoutOf(rows: number, dimension: number): Layout {
  const stride = Math.ceil(dimension / 16) * 16;
  const scalesAt = HEADER + rows * stride;
  const [errorsAt, offsetsAt] = [scalesAt + 4 * rows, scalesAt + 8 * rows];
  return { rows, dimension, stride, scalesAt, errorsAt, offsetsAt, bytes: scalesAt + 12 * rows };
}

/** The packed copy of these vectors (row-major, finite). `offsets` are the places of their numbers in the record. */
export function packVectors(vectors: Float32Array, dimension: number, offsets: Uint32Array): Uint8Array {
  const layout = layoutOf(offsets.length, dimension);
  const bytes = new Uint8Array(layout.bytes);
  const view = new DataView(bytes.buffer);
  for (let row = 0; row < layout.rows; row++) {
    packRow(vectors.subarray(row * dimension, (row + 1) * dimension), view, layout, row);
    view.setUint32(layout.offsetsAt + 4 * row, offsets[row] ?? 0, true);
  }
  writeHeader(view, layout, largestOf(view, layout));
  return bytes;
}

function packRow(vector: Float32Array, view: DataView, { stride, scalesAt, errorsAt }: Layout, row: number): void {
  let largest = 0;
  for (const value of vector) largest = Math.max(largest, Math.abs(value));
  const scale = Math.fround(largest / 127);
  let squares = 0;
  vector.forEach((value, i) => {
    const rounded = scale > 0 ? Math.max(-127, Math.min(127, Math.round(value / scale))) : 0;
    view.setInt8(HEADER + row * stride + i, rounded);
    squares += (value - scale * rounded) ** 2;
  });
  view.setFloat32(scalesAt + 4 * row, scale, true);
  view.setFloat32(errorsAt + 4 * row, roundedUp(Math.sqrt(squares)), true);
}

/** As a float32 that is not below. */
const roundedUp = (value: number) => Math.fround(value * (1 + 2 ** -22));

/** The largest norm of a row, its error added: what a row stands for is no longer. */
function largestOf(view: DataView, { rows, stride, scalesAt, errorsAt }: Layout): number {
  let largest = 0;
  for (let row = 0; row < rows; row++) {
    let squares = 0;
    for (let i = 0; i < stride; i++) squares += view.getInt8(HEADER + row * stride + i) ** 2;
    const norm = Math.sqrt(squares) * view.getFloat32(scalesAt + 4 * row, true);
    largest = Math.max(largest, norm + view.getFloat32(errorsAt + 4 * row, true));
  }
  return roundedUp(largest);
}

function writeHeader(view: DataView, { rows, dimension, stride }: Layout, largest: number): void {
  [MAGIC, rows, dimension, stride].forEach((value, i) => {
    view.setUint32(4 * i, value, true);
  });
  view.setFloat32(16, largest, true);
}

/** Rows of packed copies, in the order given, as one: `from` is where a row stands, `offset` where its vector now is. */
export function joinPacked(
  rows: readonly { readonly packed: Uint8Array; readonly of: Layout; readonly row: number; readonly offset: number }[],
  dimension: number,
): Uint8Array {
  const layout = layoutOf(rows.length, dimension);
  const bytes = new Uint8Array(layout.bytes);
  const view = new DataView(bytes.buffer);
  rows.forEach(({ packed, of, row, offset }, at) => {
    const copy = (from: number, length: number, to: number) => bytes.set(packed.subarray(from, from + length), to);
    copy(HEADER + row * of.stride, of.stride, HEADER + at * layout.stride);
    copy(of.scalesAt + 4 * row, 4, layout.scalesAt + 4 * at);
    copy(of.errorsAt + 4 * row, 4, layout.errorsAt + 4 * at);
    view.setUint32(layout.offsetsAt + 4 * at, offset, true);
  });
  writeHeader(view, layout, largestOf(view, layout));
  return bytes;
}

/** A packed copy in memory that can be scanned. */
export interface Packed {
  readonly rows: number;
  /** The length of vector - scale × row, by row. */
  readonly errors: Float32Array;
  /** Places of the vectors' numbers in the record, by row. */
  readonly offsets: Uint32Array;
  /** No vector is longer. */
  readonly largest: number;
  /** About the dot product of each row with the query, by row, over `query.scale`. Overwritten by the next scan. */
  scan(query: QuantizedQuery): Float32Array;
}

/** A query as 16-bit numbers, padded to the stride. */
export interface QuantizedQuery {
  readonly values: Int16Array;
  readonly scale: number;
  /** The length of the query. */
  readonly norm: number;
  /** The length of query - scale × values. */
  readonly error: number;
}

/** Sums of products must stay within 32 bits: 127 × this × stride. */
const LARGEST_SUM = 2 ** 31 - 1;

export function quantizeQuery(query: Float32Array): QuantizedQuery {
  const { stride } = layoutOf(0, query.length);
  const values = new Int16Array(stride);
  const most = Math.min(32_767, Math.floor(LARGEST_SUM / (127 * stride)));
  let largest = 0;
  let squares = 0;
  for (const value of query) {
    largest = Math.max(largest, Math.abs(value));
    squares += value * value;
  }
  const scale = largest / most;
  let errors = 0;
  query.forEach((value, i) => {
    const rounded = scale > 0 ? Math.round(value / scale) : 0;
    values[i] = rounded;
    errors += (value - scale * rounded) ** 2;
  });
  return { values, scale, norm: Math.sqrt(squares), error: Math.sqrt(errors) };
}

/**
 * scan.wat: scores[row] = scales[row] × sum(rows[row][i] × query[i]), 16 products an instruction or two. Compiled from
 *   (func (export "scan") (param $row i32) (param $count i32) (param $stride i32) (param $query i32) (param $scales i32) (param $scores i32)
 * whose body takes four rows at a time, then those left one by one. For each it adds up, for each 16 numbers v = v128.load(row),
 * q, r = v128.load(query), (query + 16), which the four share:
 *   i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_s v, q) + i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_s v, r)
 * and stores f32.convert_i32_s(sum of the four lanes) × scale. `scanPlainly` below says the same in JavaScript.
 */
const SCAN =
  "AGFzbQEAAAABCgFgBn9/f39/fwACDQEBbQZtZW1vcnkCAAEDAgEABwgBBHNjYW4AAAq8BQG5BQIGfwd7AkADQCABQQRJDQH9DAAAAAAAAAAAAAAAAAAAAAAhD/0MAAAAAAAAAAAAAAAAAAAAACEQ/QwAAAAAAAAAAAAAAAAAAAAAIRH9DAAAAAAAAAAAAAAAAAAAAAAhEiAAIQYgBiACaiEHIAcgAmohCCAIIAJqIQkgCSACaiEAIAchCyADIQoDQCAK/QAEACENIAr9AAQQIQ4gCkEgaiEKIAb9AAQAIQwgDyAM/YcBIA39ugEgDP2IASAO/boB/a4B/a4BIQ8gBkEQaiEGIAf9AAQAIQwgECAM/YcBIA39ugEgDP2IASAO/boB/a4B/a4BIRAgB0EQaiEHIAj9AAQAIQwgESAM/YcBIA39ugEgDP2IASAO/boB/a4B/a4BIREgCEEQaiEIIAn9AAQAIQwgEiAM/YcBIA39ugEgDP2IASAO/boB/a4B/a4BIRIgCUEQaiEJIAYgC0kNAAsgBSAP/RsAIA/9GwFqIA/9GwIgD/0bA2pqsiAEKgIAlDgCACAFIBD9GwAgEP0bAWogEP0bAiAQ/RsDamqyIAQqAgSUOAIEIAUgEf0bACAR/RsBaiAR/RsCIBH9GwNqarIgBCoCCJQ4AgggBSAS/RsAIBL9GwFqIBL9GwIgEv0bA2pqsiAEKgIMlDgCDCAEQRBqIQQgBUEQaiEFIAFBBGshAQwACwsCQCABRQ0AA0D9DAAAAAAAAAAAAAAAAAAAAAAhDyAAIQYgACACaiEAIAMhCgNAIAr9AAQAIQ0gCv0ABBAhDiAKQSBqIQogBv0ABAAhDCAPIAz9hwEgDf26ASAM/YgBIA79ugH9rgH9rgEhDyAGQRBqIQYgBiAASQ0ACyAFIA/9GwAgD/0bAWogD/0bAiAP/RsDamqyIAQqAgCUOAIAIARBBGohBCAFQQRqIQUgAUEBayIBDQALCws=";
let compiled: WebAssembly.Module | null | undefined;

/** null where the processor or the engine has no such instructions. */
function scanModule(): WebAssembly.Module | null {
  const bytes = Buffer.from(SCAN, "base64");
  compiled ??= WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : null;
  return compiled;
}

/** Memory for a packed copy: fill `file` with its bytes, then `opened` gives what can be scanned, null where they do not fit. */
export function roomForPacked(
  rows: number,
  dimension: number,
  module: WebAssembly.Module | null = scanModule(),
): { readonly file: Uint8Array; opened(): Packed | null } {
  const layout = layoutOf(rows, dimension);
  const queryAt = Math.ceil(layout.bytes / 16) * 16;
  const scoresAt = queryAt + 2 * layout.stride;
  const pages = Math.ceil((scoresAt + 4 * rows) / 65_536);
  const memory = module && new WebAssembly.Memory({ initial: pages });
  const buffer = memory?.buffer ?? new ArrayBuffer(pages * 65_536);
  return {
    file: new Uint8Array(buffer, 0, layout.bytes),
    opened() {
      const [magic, count, width, stride] = new Uint32Array(buffer, 0, 4);
      if (magic !== MAGIC || count !== rows || width !== dimension || stride !== layout.stride) return null;
      const values = new Int16Array(buffer, queryAt, stride);
      const scores = new Float32Array(buffer, scoresAt, rows);
      const run = module && memory ? new WebAssembly.Instance(module, { m: { memory } }).exports.scan : null;
      return {
        rows,
        errors: new Float32Array(buffer, layout.errorsAt, rows),
        offsets: new Uint32Array(buffer, layout.offsetsAt, rows),
        largest: new Float32Array(buffer, 16, 1)[0] ?? 0,
        scan(query) {
          values.set(query.values);
          if (typeof run === "function") run(HEADER, rows, stride, queryAt, layout.scalesAt, scoresAt);
          else scanPlainly(buffer, layout, values, scores);
          return scores;
        },
      };
    },
  };
}

function scanPlainly(buffer: ArrayBufferLike, layout: Layout, query: Int16Array, scores: Float32Array): void {
  const { rows, stride, scalesAt } = layout;
  const numbers = new Int8Array(buffer, HEADER, rows * stride);
  const scales = new Float32Array(buffer, scalesAt, rows);
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let i = 0; i < stride; i++) sum += (numbers[row * stride + i] ?? 0) * (query[i] ?? 0);
    scores[row] = Math.fround(sum) * (scales[row] ?? 0);
  }
}
