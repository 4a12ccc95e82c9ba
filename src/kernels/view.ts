// What every kernel works on: a strided window on a typed array, as an ndarray is one.

import type { DType, TypedArray } from "../dtype";
import { contiguousStrides, isContiguous, type Shape } from "../shape";

/** A strided view of a typed array; strides and offset count elements. */
export interface View {
  readonly array: TypedArray;
  readonly dims: Shape;
  readonly strides: readonly number[];
  readonly offset: number;
  readonly dtype: DType;
}

/** A row-major view of a whole array. */
export function wholeView(array: TypedArray, dims: Shape, dtype: DType): View {
  return { array, dims, strides: contiguousStrides(dims), offset: 0, dtype };
}

/** Whether the view's elements lie row-major without gaps. */
export function viewIsContiguous(v: View): boolean {
  return isContiguous(v.dims, v.strides);
}

/**
 * Call `row(start, step, count)` for each innermost row of the view in row-major order.
 * A 0-d view is one row of one element; an empty one has none.
 */
export function forEachRow(
  v: View,
  row: (start: number, step: number, count: number) => void,
): void {
  const rank = v.dims.length;
  if (rank === 0) {
    row(v.offset, 1, 1);
    return;
  }
  for (const n of v.dims) if (n === 0) return;
  const last = rank - 1;
  const counter = new Array<number>(last).fill(0);
  let position = v.offset;
  for (;;) {
    row(position, v.strides[last], v.dims[last]);
    let d = last - 1;
    for (; d >= 0; d--) {
      position += v.strides[d];
      if (++counter[d] < v.dims[d]) break;
      position -= v.strides[d] * v.dims[d];
      counter[d] = 0;
    }
    if (d < 0) return;
  }
}
