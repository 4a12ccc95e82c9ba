// Matrix products with the rounding of PyTorch's: a left-to-right chain of fused multiply-adds,
// each rounded to float32, and the few small shapes where its library multiplies and adds apart.

import { allocate, type DType, float32, type TypedArray } from "../dtype";
import { toDense } from "./cast";
import { largeProduct } from "./product";
import { type View, wholeView } from "./view";

/** (n, k) @ (k, m) → (n, m), dense, in the views' common dtype. */
export function multiply(a: View, b: View, dtype: DType): TypedArray {
  const [rows, inner] = a.dims;
  const columns = b.dims[1];
  const large = dtype === float32 && inner !== 2 ? largeProduct(a, b) : null;
  if (large !== null) return large;
  const out = allocate(dtype, rows * columns);
  if (dtype !== float32) {
    multiplyAny(a, b, out);
  } else if (inner === 2) {
    pairProduct(a, b, out, firstUnfused(a, b));
  } else {
    // A column step of 1 lets five sums run side by side; a small copy is worth it.
    const right = b.strides[1] === 1 || columns === 1 ? b : wholeView(toDense(b), b.dims, b.dtype);
    multiply32(floatsOf(a), floatsOf(right), out as Float32Array, [rows, inner, columns]);
  }
  return out;
}

interface Floats {
  readonly array: Float32Array;
  readonly offset: number;
  readonly strides: readonly number[];
}

function floatsOf(v: View): Floats {
  return { array: v.array as Float32Array, offset: v.offset, strides: v.strides };
}

/**
 * Each sum s = f32(s + x·y) from left to right: the fused step, as the product of two float32 is
 * exact in a double. Only ever called with Float32Array, so that its loads stay simple.
 */
function multiply32(
  left: Floats,
  right: Floats,
  out: Float32Array,
  [rows, inner, columns]: readonly [number, number, number],
): void {
  const a = left.array;
  const b = right.array;
  const [as, ak] = left.strides;
  const bk = right.strides[0];
  const f = Math.fround;
  for (let i = 0; i < rows; i++) {
    const start = left.offset + i * as;
    const at = i * columns;
    let j = 0;
    for (; j + 5 <= columns; j += 5) {
      let s0 = f(0);
      let s1 = f(0);
      let s2 = f(0);
      let s3 = f(0);
      let s4 = f(0);
      for (let k = 0, ia = start, ib = right.offset + j; k < inner; k++, ia += ak, ib += bk) {
        const x = a[ia];
        s0 = f(s0 + x * b[ib]);
        s1 = f(s1 + x * b[ib + 1]);
        s2 = f(s2 + x * b[ib + 2]);
        s3 = f(s3 + x * b[ib + 3]);
        s4 = f(s4 + x * b[ib + 4]);
      }
      out[at + j] = s0;
      out[at + j + 1] = s1;
      out[at + j + 2] = s2;
      out[at + j + 3] = s3;
      out[at + j + 4] = s4;
    }
    for (; j < columns; j++) {
      let s = f(0);
      for (let k = 0, ia = start, ib = right.offset + j; k < inner; k++, ia += ak, ib += bk) {
        s = f(s + a[ia] * b[ib]);
      }
      out[at + j] = s;
    }
  }
}

/** Integers and float64: the same order, in the precision of the output array. */
function multiplyAny(a: View, b: View, out: TypedArray): void {
  const [rows, inner] = a.dims;
  // int32 wraps around as C's does; a product of two does not fit a double.
  const times = out instanceof Int32Array ? Math.imul : (x: number, y: number) => x * y;
  const columns = b.dims[1];
  const [as, ak] = a.strides;
  const [bk, bs] = b.strides;
  for (let i = 0; i < rows; i++) {
    const at = i * columns;
    for (let k = 0, ia = a.offset + i * as; k < inner; k++, ia += ak) {
      const x = a.array[ia];
      for (let j = 0, ib = b.offset + k * bk; j < columns; j++, ib += bs) {
        out[at + j] += times(x, b.array[ib]);
      }
    }
  }
}

/**
 * Products of inner size 2 that PyTorch's library rounds after the multiplication too: from which
 * row and column on. Measured on PyTorch 2.13 with MKL, x86-64, over all layouts and sizes.
 */
function firstUnfused(a: View, b: View): { row: number; column: number } {
  const rows = a.dims[0];
  const columns = b.dims[1];
  const none = { row: rows, column: columns };
  const all = { row: 0, column: 0 };
  const leftTransposed = rows > 1 && a.strides[1] !== 1;
  const rightTransposed = b.strides[0] === 1 && b.strides[1] !== 1;
  if (rows === 1) return rightTransposed ? { row: 0, column: columns - (columns % 4) } : none;
  if (columns === 1) return leftTransposed ? none : { row: rows - (rows % 4), column: 0 };
  if (!rightTransposed) return none;
  if (leftTransposed) return rows <= 7 && columns > rows ? all : none;
  if (columns === 2) return rows <= 15 ? all : none;
  if (columns === 3) return rows <= 10 ? all : none;
  return columns <= 11 && columns > rows ? all : none;
}

function pairProduct(
  a: View,
  b: View,
  out: TypedArray,
  unfused: { row: number; column: number },
): void {
  const rows = a.dims[0];
  const columns = b.dims[1];
  for (let i = 0; i < rows; i++) {
    const at = a.offset + i * a.strides[0];
    const x0 = a.array[at];
    const x1 = a.array[at + a.strides[1]];
    for (let j = 0; j < columns; j++) {
      const from = b.offset + j * b.strides[1];
      const first = Math.fround(x0 * b.array[from]);
      const second = x1 * b.array[from + b.strides[0]];
      const apart = i >= unfused.row && j >= unfused.column;
      out[i * columns + j] = first + (apart ? Math.fround(second) : second);
    }
  }
}
