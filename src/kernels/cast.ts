// Copies: to another dtype, to row-major order, and into an existing view.

import ndarray from "ndarray";
import {
  allocate,
  bool,
  type DType,
  float32,
  float64,
  int32,
  int64,
  type TypedArray,
} from "../dtype";
import { broadcastStrides, numelOf, type Shape } from "../shape";
import { runUnary, type UnaryLoop } from "./elementwise";
import { forEachRow, type View, viewIsContiguous } from "./view";

const copyLoop: UnaryLoop = (out, a, start, step, at, count) => {
  for (let k = 0, i = start; k < count; k++, i += step) out[at + k] = a[i];
};
const truthLoop: UnaryLoop = (out, a, start, step, at, count) => {
  for (let k = 0, i = start; k < count; k++, i += step) out[at + k] = a[i] !== 0 ? 1 : 0;
};
// −0 is normalised: PyTorch's int64 has no negative zero, a double has.
const truncateLoop: UnaryLoop = (out, a, start, step, at, count) => {
  for (let k = 0, i = start; k < count; k++, i += step) out[at + k] = Math.trunc(a[i]) + 0;
};

/** One value as the dtype stores it. */
export function castValue(x: number, dtype: DType): number {
  switch (dtype) {
    case float32:
      return Math.fround(x);
    case float64:
      return x;
    case bool:
      return x !== 0 ? 1 : 0;
    case int64:
      return Math.trunc(x) + 0;
    case int32:
      return x | 0;
    default:
      return x & 255;
  }
}

function castLoop(from: DType, to: DType): UnaryLoop {
  if (to === bool && from !== bool) return truthLoop;
  if (to === int64 && from.is_floating_point) return truncateLoop;
  // A typed array's own conversion cuts fractions off and wraps around, as C does.
  return copyLoop;
}

const coldRank = 3;

// ndarray-ops generates all its loops when it is loaded (30 ms), so it waits for the first use.
type ColdOps = typeof import("ndarray-ops");
let coldOps: ColdOps | undefined;

function cold(): ColdOps {
  coldOps ??= require("ndarray-ops") as ColdOps;
  return coldOps;
}

/** The view's elements in row-major order, as a new array of the given dtype. */
export function toDense(v: View, dtype: DType = v.dtype): TypedArray {
  if (dtype === v.dtype && viewIsContiguous(v)) {
    return v.array.slice(v.offset, v.offset + numelOf(v.dims));
  }
  if (dtype === v.dtype && v.dims.length >= coldRank && numelOf(v.dims) > 0) {
    const out = allocate(dtype, numelOf(v.dims));
    cold().assign(
      ndarray(out, [...v.dims]),
      ndarray(v.array, [...v.dims], [...v.strides], v.offset),
    );
    return out;
  }
  return runUnary(castLoop(v.dtype, dtype), v, dtype);
}

/** The elements in row-major order to be read only: the array itself where it already is so. */
export function readDense(v: View, dtype: DType = v.dtype): TypedArray {
  if (dtype !== v.dtype || !viewIsContiguous(v)) return toDense(v, dtype);
  const n = numelOf(v.dims);
  return v.offset === 0 && v.array.length === n
    ? v.array
    : v.array.subarray(v.offset, v.offset + n);
}

/** Write dense `values` (row-major over v's dims, any dtype) into the view. */
export function writeDense(v: View, values: TypedArray, from: DType): void {
  const loop = castLoop(from, v.dtype);
  const whole = viewIsContiguous(v);
  if (whole && loop === copyLoop) {
    v.array.set(values, v.offset);
    return;
  }
  const cast = loop === copyLoop ? values : allocate(v.dtype, values.length);
  if (cast !== values) loop(cast, values, 0, 1, 0, values.length);
  let at = 0;
  forEachRow(v, (start, step, count) => {
    for (let k = 0, i = start; k < count; k++, i += step) v.array[i] = cast[at + k];
    at += count;
  });
}

/** The view repeated to `shape` as a dense array. */
export function broadcastDense(v: View, shape: Shape): TypedArray {
  return toDense({
    array: v.array,
    dims: shape,
    strides: broadcastStrides(v.dims, v.strides, shape),
    offset: v.offset,
    dtype: v.dtype,
  });
}

/** uint8 and int32 wrap around, int64 must stay exact: whether every value may be stored. */
export function exceedsInt64(values: TypedArray): boolean {
  for (let i = 0; i < values.length; i++) {
    if (Math.abs(values[i]) > Number.MAX_SAFE_INTEGER) return true;
  }
  return false;
}
