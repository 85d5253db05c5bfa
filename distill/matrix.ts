/** Numbers by row, one row after the other. */
export interface Matrix {
  readonly data: Float32Array;
  readonly rows: number;
  readonly columns: number;
}

export function matrix(rows: number, columns: number, data = new Float32Array(rows * columns)): Matrix {
  if (data.length !== rows * columns) throw new RangeError(`${data.length} numbers are not ${rows} x ${columns}`);
  return { data, rows, columns };
}

/** The rows named by `which`, in that order, copied. */
export function rowsOf({ data, columns }: Matrix, which: Int32Array): Matrix {
  const chosen = matrix(which.length, columns);
  which.forEach((row, i) => {
    chosen.data.set(data.subarray(row * columns, (row + 1) * columns), i * columns);
  });
  return chosen;
}

/** Writes the rows of `from` over those of `to` that `which` names. */
export function setRows(to: Matrix, which: Int32Array, from: Matrix): void {
  which.forEach((row, i) => {
    to.data.set(from.data.subarray(i * from.columns, (i + 1) * from.columns), row * to.columns);
  });
}

/** Each row at unit length, in place; zero rows stay. */
export function unitRows(all: Matrix): Matrix {
  const { data, columns } = all;
  for (let start = 0; start < data.length; start += columns) {
    let squares = 0;
    for (let k = start; k < start + columns; k++) squares += (data[k] ?? 0) ** 2;
    const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    for (let k = start; k < start + columns; k++) data[k] = (data[k] ?? 0) * scale;
  }
  return all;
}

/** Multiplies every number, in place. */
export function scale({ data }: Matrix, factor: number): void {
  for (let i = 0; i < data.length; i++) data[i] = (data[i] ?? 0) * factor;
}
