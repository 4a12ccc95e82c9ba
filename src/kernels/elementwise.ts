// Loops that visit elements one by one: unary, binary with broadcasting, ternary, and casts.

import { allocateUnfilled, type DType, float32, type TypedArray } from "../dtype";
import { broadcastStrides, numelOf, type Shape } from "../shape";
import { large, largeBinary, largePlane, largeUnary, type PlaneOperand } from "./dense";
import { forEachRow, type View, viewIsContiguous } from "./view";

/** out[i] = f(a[i]) over one row: start and step in a, then start in out (dense), then count. */
export type UnaryLoop = (
  out: TypedArray,
  a: TypedArray,
  start: number,
  step: number,
  at: number,
  count: number,
) => void;

/** out[i] = f(a[i], b[i]) over one row; steps of 0 repeat an element. */
export type BinaryLoop = (
  out: TypedArray,
  at: number,
  a: TypedArray,
  ia: number,
  sa: number,
  b: TypedArray,
  ib: number,
  sb: number,
  count: number,
) => void;

/** A loop for any function of one number. */
export function unaryLoop(f: (x: number) => number): UnaryLoop {
  return (out, a, start, step, at, count) => {
    let i = start;
    for (let k = 0; k < count; k++) {
      out[at + k] = f(a[i]);
      i += step;
    }
  };
}

/** A loop for any function of two numbers. */
export function binaryLoop(f: (x: number, y: number) => number): BinaryLoop {
  return (out, at, a, ia, sa, b, ib, sb, count) => {
    let i = ia;
    let j = ib;
    for (let k = 0; k < count; k++) {
      out[at + k] = f(a[i], b[j]);
      i += sa;
      j += sb;
    }
  };
}

/** Run a unary loop over a view into a new dense array of the given dtype. */
export function runUnary(loop: UnaryLoop, a: View, dtype: DType): TypedArray {
  const n = numelOf(a.dims);
  const out = allocateUnfilled(dtype, n);
  if (viewIsContiguous(a)) {
    if (n < large || !runLargeUnary(loop, out, a)) loop(out, a.array, a.offset, 1, 0, n);
    return out;
  }
  let at = 0;
  forEachRow(a, (start, step, count) => {
    loop(out, a.array, start, step, at, count);
    at += count;
  });
  return out;
}

function isOneElement(v: View): boolean {
  for (let i = 0; i < v.dims.length; i++) if (v.dims[i] !== 1) return false;
  return true;
}

function fills(v: View, shape: Shape): boolean {
  if (v.dims.length !== shape.length) return false;
  for (let i = 0; i < shape.length; i++) if (v.dims[i] !== shape[i]) return false;
  return viewIsContiguous(v);
}

/** Run a binary loop over two views broadcast to `shape`, into a new dense array. */
export function runBinary(
  given: BinaryLoop,
  a: View,
  b: View,
  shape: Shape,
  dtype: DType,
): TypedArray {
  const n = numelOf(shape);
  const out = allocateUnfilled(dtype, n);
  const loop = chosen(given, a, b, dtype);
  const fullA = fills(a, shape);
  const fullB = fills(b, shape);
  if ((fullA || isOneElement(a)) && (fullB || isOneElement(b))) {
    const [stepA, stepB] = [fullA ? 1 : 0, fullB ? 1 : 0] as const;
    if (n < large || !runLargeBinary(given, out, [a, stepA], [b, stepB])) {
      loop(out, 0, a.array, a.offset, stepA, b.array, b.offset, stepB, n);
    }
    return out;
  }
  if (n === 0) return out;
  const sa = broadcastStrides(a.dims, a.strides, shape);
  const sb = broadcastStrides(b.dims, b.strides, shape);
  if (n >= large && runLargePlane(given, out, shape, [a, sa], [b, sb])) return out;
  const last = shape.length - 1;
  const counter = new Array<number>(last).fill(0);
  let ia = a.offset;
  let ib = b.offset;
  for (let at = 0; at < n; at += shape[last]) {
    loop(out, at, a.array, ia, sa[last], b.array, ib, sb[last], shape[last]);
    for (let d = last - 1; d >= 0; d--) {
      ia += sa[d];
      ib += sb[d];
      if (++counter[d] < shape[d]) break;
      ia -= sa[d] * shape[d];
      ib -= sb[d] * shape[d];
      counter[d] = 0;
    }
  }
  return out;
}

/** condition ? a : b, all three broadcast to `shape`. */
export function runSelect(
  condition: View,
  a: View,
  b: View,
  shape: Shape,
  dtype: DType,
): TypedArray {
  const copy: BinaryLoop = (out, at, x, ix, sx, _y, _iy, _sy, count) => {
    for (let k = 0; k < count; k++) out[at + k] = x[ix + k * sx];
  };
  const c = runBinary(copy, condition, b, shape, condition.dtype);
  const x = runBinary(copy, a, condition, shape, dtype);
  const y = runBinary(copy, b, condition, shape, dtype);
  for (let i = 0; i < c.length; i++) if (c[i] === 0) x[i] = y[i];
  return x;
}

const addLoop: BinaryLoop = (out, at, a, ia, sa, b, ib, sb, count) => {
  for (let k = 0, i = ia, j = ib; k < count; k++, i += sa, j += sb) out[at + k] = a[i] + b[j];
};
const subLoop: BinaryLoop = (out, at, a, ia, sa, b, ib, sb, count) => {
  for (let k = 0, i = ia, j = ib; k < count; k++, i += sa, j += sb) out[at + k] = a[i] - b[j];
};
const mulLoop: BinaryLoop = (out, at, a, ia, sa, b, ib, sb, count) => {
  for (let k = 0, i = ia, j = ib; k < count; k++, i += sa, j += sb) out[at + k] = a[i] * b[j];
};
const divLoop: BinaryLoop = (out, at, a, ia, sa, b, ib, sb, count) => {
  for (let k = 0, i = ia, j = ib; k < count; k++, i += sa, j += sb) out[at + k] = a[i] / b[j];
};

// The same for float32 alone. A loop that has only ever seen Float32Array is compiled to plain
// loads and stores; one that has seen other arrays asks at each element which kind it is.
const addSingle: BinaryLoop = (out, at, a, ia, sa, b, ib, sb, count) => {
  for (let k = 0, i = ia, j = ib; k < count; k++, i += sa, j += sb) out[at + k] = a[i] + b[j];
};
const subSingle: BinaryLoop = (out, at, a, ia, sa, b, ib, sb, count) => {
  for (let k = 0, i = ia, j = ib; k < count; k++, i += sa, j += sb) out[at + k] = a[i] - b[j];
};
const mulSingle: BinaryLoop = (out, at, a, ia, sa, b, ib, sb, count) => {
  for (let k = 0, i = ia, j = ib; k < count; k++, i += sa, j += sb) out[at + k] = a[i] * b[j];
};
const divSingle: BinaryLoop = (out, at, a, ia, sa, b, ib, sb, count) => {
  for (let k = 0, i = ia, j = ib; k < count; k++, i += sa, j += sb) out[at + k] = a[i] / b[j];
};
const singles = new Map([
  [addLoop, addSingle],
  [subLoop, subSingle],
  [mulLoop, mulSingle],
  [divLoop, divSingle],
]);

/** The loop to run for operands and result of these dtypes. */
function chosen(loop: BinaryLoop, a: View, b: View, dtype: DType): BinaryLoop {
  if (dtype !== float32 || a.dtype !== float32 || b.dtype !== float32) return loop;
  return singles.get(loop) ?? loop;
}

/** The four arithmetic loops, each its own function so that the engine can specialise it. */
export const arithmetic = { add: addLoop, sub: subLoop, mul: mulLoop, div: divLoop } as const;

const expLoop: UnaryLoop = (out, a, start, step, at, count) => {
  for (let k = 0, i = start; k < count; k++, i += step) out[at + k] = Math.exp(a[i]);
};
const logLoop: UnaryLoop = (out, a, start, step, at, count) => {
  for (let k = 0, i = start; k < count; k++, i += step) out[at + k] = Math.log(a[i]);
};
const negLoop: UnaryLoop = (out, a, start, step, at, count) => {
  for (let k = 0, i = start; k < count; k++, i += step) out[at + k] = -a[i];
};

/** The unary loops that training spends its time in. */
export const elementary = { exp: expLoop, log: logLoop, neg: negLoop } as const;

const compiledUnary = new Map<UnaryLoop, "neg" | "exp" | "log">([
  [negLoop, "neg"],
  [expLoop, "exp"],
  [logLoop, "log"],
]);
const compiledBinary = new Map<BinaryLoop, "add" | "sub" | "mul" | "div">([
  [addLoop, "add"],
  [subLoop, "sub"],
  [mulLoop, "mul"],
  [divLoop, "div"],
]);

/** Whether compiled code has done the loop: for large float32 arrays. */
function runLargeUnary(loop: UnaryLoop, out: TypedArray, a: View): boolean {
  const name = compiledUnary.get(loop);
  if (name === undefined || !(out instanceof Float32Array)) return false;
  return a.array instanceof Float32Array && largeUnary(name, out, a.array, a.offset);
}

type Stepped = readonly [View, 0 | 1];

function runLargeBinary(
  loop: BinaryLoop,
  out: TypedArray,
  [a, stepA]: Stepped,
  [b, stepB]: Stepped,
): boolean {
  const name = compiledBinary.get(loop);
  if (name === undefined || !(out instanceof Float32Array)) return false;
  if (!(a.array instanceof Float32Array && b.array instanceof Float32Array)) return false;
  const [first, second] = [
    { array: a.array, start: a.offset, step: stepA },
    { array: b.array, start: b.offset, step: stepB },
  ];
  return largeBinary(name, out, first, second);
}

type Strided = readonly [View, readonly number[]];

/** A broadcast view as rows with one step between them; null when its rows lie otherwise. */
function asPlane([v, strides]: Strided, shape: Shape): PlaneOperand | null {
  if (!(v.array instanceof Float32Array)) return null;
  const last = shape.length - 1;
  let rowStep = 0;
  for (let d = last - 1, rows = 1; d >= 0; d--) {
    if (shape[d] === 1) continue;
    if (rows === 1) rowStep = strides[d];
    else if (strides[d] !== rows * rowStep) return null;
    rows *= shape[d];
  }
  return { array: v.array, start: v.offset, rowStep, step: strides[last] };
}

function runLargePlane(
  loop: BinaryLoop,
  out: TypedArray,
  shape: Shape,
  first: Strided,
  second: Strided,
): boolean {
  const name = compiledBinary.get(loop);
  if (name === undefined || !(out instanceof Float32Array)) return false;
  const a = asPlane(first, shape);
  const b = asPlane(second, shape);
  return a !== null && b !== null && largePlane(name, out, shape[shape.length - 1], a, b);
}
