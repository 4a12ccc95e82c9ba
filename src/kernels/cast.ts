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
import { RuntimeError } from "../errors";
import { type Scalar, scalarKind, scalarValue } from "../scalar";
import { broadcastStrides, numelOf, type Shape } from "../shape";
import { runUnary, type UnaryLoop } from "./elementwise";
import { forEachRow, type View, viewIsContiguous } from "./view";

const copyLoop: UnaryLoop = (out, a, start, step, at, count) => {
  for (let k = 0, i = start; k < count; k++, i += step) out[at + k] = a[i];
};
const truthLoop: UnaryLoop = (out, a, start, step, at, count) => {
  for (let k = 0, i = start; k < count; k++, i += step) out[at + k] = a[i] !== 0 ? 1 : 0;
};
const truncateLoop: UnaryLoop = (out, a, start, step, at, count) => {
  for (let k = 0, i = start; k < count; k++, i += step) out[at + k] = wholeInt64(a[i]);
};
// What x86 gives for floats that an int32 cannot hold.
const toInt32Loop: UnaryLoop = (out, a, start, step, at, count) => {
  for (let k = 0, i = start; k < count; k++, i += step) {
    const x = a[i];
    out[at + k] = x > -2147483649 && x < 2147483648 ? x : -2147483648;
  }
};

/** The float without its fraction as int64. Raises RuntimeError for what a double can't hold. */
function wholeInt64(x: number): number {
  const whole = Math.trunc(x) + 0; // PyTorch's int64 has no −0, a double has
  if (!Number.isSafeInteger(whole)) throw overflow("int64");
  return whole;
}

function overflow(typeName: string): RuntimeError {
  return new RuntimeError(
    `value cannot be converted to type ${typeName} without overflow`,
    "int64 values are exact up to 2^53 here; NaN and infinities are no integers",
  );
}

const limits = { int64: [-(2 ** 53) + 1, 2 ** 53 - 1], int32: [-(2 ** 31), 2 ** 31 - 1] } as const;
const cNames = { int64: "int64_t", int32: "int", uint8: "uint8_t", float32: "float" } as const;

function fits(x: Scalar, value: number, dtype: DType): boolean {
  switch (dtype.name) {
    case "bool":
    case "float64":
      return true;
    case "float32":
      return !(Number.isFinite(value) && Math.abs(value) > 3.4028234663852886e38);
    case "uint8":
      // Negative ints wrap around, negative floats do not.
      return value <= 255 && value >= (scalarKind(x) === "float" ? 0 : -255);
    default:
      return value >= limits[dtype.name][0] && value <= limits[dtype.name][1];
  }
}

/**
 * A Python number as the dtype stores it.
 * Raises RuntimeError in PyTorch's words when the dtype cannot hold it.
 */
export function storeScalar(x: Scalar, dtype: DType, typeName?: string): number {
  const value = scalarValue(x);
  if (!fits(x, value, dtype)) {
    throw overflow(typeName ?? cNames[dtype.name as keyof typeof cNames]);
  }
  return castValue(value, dtype);
}

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
  if (to === int32 && from.is_floating_point) return toInt32Loop;
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
  if (values.length === 0) return;
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
