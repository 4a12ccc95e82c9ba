// Largest and smallest elements along one dimension, with their positions.

import { allocate, int64, type TypedArray } from "../dtype";
import type { View } from "./view";

/** Values and first positions of the extremes, row-major over the other dimensions. */
export interface Extremes {
  readonly values: TypedArray;
  readonly indices: TypedArray;
}

/** Which end is looked for. */
export type Extreme = "max" | "min";

interface Rows {
  readonly array: Float32Array;
  readonly start: number;
  readonly rowStep: number;
  readonly step: number;
  readonly size: number;
}

/** The same for a matrix of float32: a loop that only ever sees one kind of array is fast. */
function extremesOfRows(
  { array, start, rowStep, step, size }: Rows,
  sign: number,
  values: TypedArray,
  indices: TypedArray,
): void {
  for (let row = 0, from = start; row < values.length; row++, from += rowStep) {
    let best = array[from] * sign;
    let where = 0;
    for (let k = 1, i = from + step; k < size; k++, i += step) {
      const x = array[i] * sign;
      // False for NaN, on either side.
      if (x <= best) continue;
      if (Number.isNaN(best)) break;
      best = x;
      where = k;
    }
    values[row] = array[from + where * step];
    indices[row] = where;
  }
}

/** Extremes along dimension `dim`; the first of equal ones counts, and NaN beats every number. */
export function extremesAlong(v: View, dim: number, which: Extreme): Extremes {
  const others = v.dims.map((_, d) => d).filter((d) => d !== dim);
  const sizes = others.map((d) => v.dims[d]);
  const n = sizes.reduce((a, b) => a * b, 1);
  const values = allocate(v.dtype, n);
  const indices = allocate(int64, n);
  const counter = new Array<number>(sizes.length).fill(0);
  const sign = which === "max" ? 1 : -1;
  const step = v.strides[dim];
  const size = v.dims[dim];
  let position = v.offset;
  const { array } = v;
  if (array instanceof Float32Array && sizes.length === 1) {
    const rows = { array, start: v.offset, rowStep: v.strides[others[0]], step, size };
    extremesOfRows(rows, sign, values, indices);
    return { values, indices };
  }
  for (let at = 0; at < n; at++) {
    let best = array[position] * sign;
    let where = 0;
    for (let k = 1, i = position + step; k < size && !Number.isNaN(best); k++, i += step) {
      const x = array[i] * sign;
      if (x <= best) continue;
      best = x;
      where = k;
    }
    values[at] = array[position + where * step];
    indices[at] = where;
    for (let d = sizes.length - 1; d >= 0; d--) {
      position += v.strides[others[d]];
      if (++counter[d] < sizes[d]) break;
      position -= v.strides[others[d]] * sizes[d];
      counter[d] = 0;
    }
  }
  return { values, indices };
}
