// Sums in the order in which PyTorch's CPU kernels add, which decides the last bits: blocks of
// rows in four accumulator levels, eight float32 (four float64) lanes side by side.

import { allocate, type DType, float32, int64, type TypedArray } from "../dtype";
import { numelOf } from "../shape";
import { largeRowSum } from "./dense";
import { columnSums, type Plane, shortSum, shortSums } from "./shortsum";
import type { View } from "./view";

interface Lanes {
  /** Start of the first item, the step from one item to the next, and from lane to lane. */
  readonly start: number;
  readonly step: number;
  readonly across: number;
}

function ceilLog2(n: number): number {
  return n <= 2 ? 1 : 32 - Math.clz32(n - 1);
}

const levels = 4;

// Accumulators are used again from call to call: a batch sums hundreds of short rows. Five are in
// use at once: the four streams of a row sum, and the result over them.
const widest = 32;
const pads = new Map<DType, TypedArray[]>();

function pad(like: DType, slot: number): TypedArray {
  let own = pads.get(like);
  if (own === undefined) {
    own = Array.from({ length: 5 }, () => allocate(like, levels * widest));
    pads.set(like, own);
  }
  return own[slot];
}

/** After 2 to this power items a level is carried into the next. */
function blockPower(rows: number): number {
  return Math.max(4, Math.floor(ceilLog2(rows) / levels));
}

/**
 * Add `rows` items for `width` independent streams. Items enter level 0; after every 2^L of them
 * a level is carried into the next, so that no running sum grows much longer than 2^L.
 */
function multiRow(
  a: TypedArray,
  at: Lanes,
  rows: number,
  width: number,
  acc: TypedArray,
): TypedArray {
  const power = blockPower(rows);
  const block = 1 << power;
  const mask = block - 1;
  for (let k = 0; k < levels * width; k++) acc[k] = 0;
  let i = 0;
  let position = at.start;
  while (i + block <= rows) {
    for (let j = 0; j < block; j++, i++, position += at.step) {
      for (let k = 0, p = position; k < width; k++, p += at.across) acc[k] += a[p];
    }
    for (let level = 1; level < levels; level++) {
      const to = level * width;
      for (let k = 0; k < width; k++) {
        acc[to + k] += acc[to - width + k];
        acc[to - width + k] = 0;
      }
      if ((i & (mask << (level * power))) !== 0) break;
    }
  }
  for (; i < rows; i++, position += at.step) {
    for (let k = 0, p = position; k < width; k++, p += at.across) acc[k] += a[p];
  }
  for (let level = 1; level < levels; level++) {
    for (let k = 0; k < width; k++) acc[k] += acc[level * width + k];
  }
  return acc;
}

/** The four streams of a long contiguous sum at once, into their pads; false for a shorter one. */
function allStreams(a: Float32Array, start: number, rows: number): boolean {
  const acc = largeRowSum(a, start, rows, blockPower(rows));
  if (acc === null) return false;
  for (let level = 1; level < levels; level++) {
    for (let k = 0; k < widest; k++) acc[k] += acc[level * widest + k];
  }
  for (let s = 0; s < 4; s++) pad(float32, s).set(acc.subarray(s * 8, s * 8 + 8));
  return true;
}

/** Add n items in four interleaved streams (item 4i+s goes to stream s), for each lane. */
function rowSum(a: TypedArray, at: Lanes, n: number, lanes: number, like: DType): TypedArray {
  const rows = n >> 2;
  const out = pad(like, 4);
  for (let l = 0; l < lanes; l++) out[l] = 0;
  if (rows > 0) {
    const isWhole = at.across === 1 && at.step === lanes && lanes === 8;
    const large = isWhole && a instanceof Float32Array ? allStreams(a, at.start, rows) : false;
    for (let s = 0; s < 4 && !large; s++) {
      const stream = { start: at.start + s * at.step, step: 4 * at.step, across: at.across };
      multiRow(a, stream, rows, lanes, pad(like, s));
    }
    for (let l = 0; l < lanes; l++) out[l] = pad(like, 0)[l];
  }
  for (let i = rows * 4; i < n; i++) {
    for (let l = 0; l < lanes; l++) out[l] += a[at.start + i * at.step + l * at.across];
  }
  if (rows > 0) {
    for (let s = 1; s < 4; s++) {
      const stream = pad(like, s);
      for (let l = 0; l < lanes; l++) out[l] += stream[l];
    }
  }
  return out;
}

const total = { float32: new Float32Array(1), float64: new Float64Array(1) };

/** Sum of n items lying one behind the other. */
function contiguousSum(
  a: TypedArray,
  start: number,
  n: number,
  lanes: number,
  like: DType,
): number {
  if (n < lanes) return rowSum(a, { start, step: 1, across: 1 }, n, 1, like)[0];
  if (n < 4 * lanes && a instanceof Float32Array) return shortSum(a, start, n);
  const vectors = Math.floor(n / lanes);
  const sums = rowSum(a, { start, step: lanes, across: 1 }, vectors, lanes, like);
  const acc = like.itemsize === 4 ? total.float32 : total.float64;
  acc[0] = 0;
  for (let k = vectors * lanes; k < n; k++) acc[0] += a[start + k];
  for (let l = 0; l < lanes; l++) acc[0] += sums[l];
  return acc[0];
}

/** Add a plane of the input into the output: PyTorch's four cases, chosen by the strides. */
function sumPlane(
  out: TypedArray,
  to: number,
  a: TypedArray,
  from: number,
  p: Plane,
  lanes: number,
  like: DType,
): void {
  const item = (j: number) => ({ start: from + j * p.step1, step: p.step0, across: p.step1 });
  const store = (j: number, value: number) => {
    out[to + j * p.outStep] += value;
  };
  const isSingle = a instanceof Float32Array && out instanceof Float32Array;
  if (p.step0 === 1 && p.size0 >= lanes) {
    if (p.size0 < 4 * lanes && isSingle) {
      shortSums(out, to, a, from, p);
      return;
    }
    for (let j = 0; j < p.size1; j++) {
      store(j, contiguousSum(a, from + j * p.step1, p.size0, lanes, like));
    }
    return;
  }
  if (isSingle && columnSums(out, to, a, from, p)) return;
  const inner = p.step0 < p.step1 && !(p.step1 === 1 && p.size1 >= lanes);
  let j = 0;
  if (!inner) {
    const vector = p.step1 === 1 && p.size1 >= lanes;
    const wide = vector ? 4 * lanes : 4;
    for (; j + wide <= p.size1; j += wide) {
      const sums = multiRow(a, item(j), p.size0, wide, pad(like, 0));
      for (let k = 0; k < wide; k++) store(j + k, sums[k]);
    }
    if (vector) {
      for (; j + lanes <= p.size1; j += lanes) {
        const sums = rowSum(a, item(j), p.size0, lanes, like);
        for (let k = 0; k < lanes; k++) store(j + k, sums[k]);
      }
    }
  }
  for (; j < p.size1; j++) store(j, rowSum(a, item(j), p.size0, 1, like)[0]);
}

interface Axis {
  size: number;
  step: number;
  outStep: number;
}

/**
 * The order in which PyTorch's iterator walks: reduced dimensions first, then by stride, and
 * neighbours that lie one behind the other merged into one.
 */
function orderAxes(axes: Axis[]): Axis[] {
  const compare = (a: Axis, b: Axis): number => {
    if ((a.outStep === 0) !== (b.outStep === 0)) return b.outStep === 0 ? 1 : -1;
    for (const [x, y] of [
      [a.outStep, b.outStep],
      [a.step, b.step],
    ]) {
      if (x === 0 || y === 0) continue;
      if (x !== y) return x < y ? -1 : 1;
      if (a.size > b.size) return 1;
    }
    return 0;
  };
  const order = [...axes].reverse();
  for (let i = 1; i < order.length; i++) {
    let at = i;
    for (let j = i - 1; j >= 0; j--) {
      const c = compare(order[j], order[at]);
      if (c < 0) break;
      if (c > 0) {
        [order[j], order[at]] = [order[at], order[j]];
        at = j;
      }
    }
  }
  const merged: Axis[] = [];
  for (const axis of order) {
    const last = merged[merged.length - 1];
    const joins =
      last !== undefined &&
      (last.size === 1 ||
        axis.size === 1 ||
        (last.size * last.step === axis.step && last.size * last.outStep === axis.outStep));
    if (!joins) {
      merged.push({ ...axis });
    } else if (last.size === 1) {
      merged[merged.length - 1] = { ...axis };
    } else {
      last.size *= axis.size;
    }
  }
  return merged;
}

// PyTorch cuts a full reduction of more elements than this into one part for each thread; its
// reference figures here are those of two threads.
const parallelGrain = 32768;
const threads = 2;

/**
 * Sum over `reduced` dimensions into a dense array over the others (row-major).
 * Integers and bools add exactly; floats in PyTorch's order, in the precision of `dtype`.
 */
export function sumView(v: View, reduced: readonly number[], dtype: DType): TypedArray {
  const kept: number[] = [];
  for (let d = 0; d < v.dims.length; d++) if (!reduced.includes(d)) kept.push(d);
  const outDims = kept.map((d) => v.dims[d]);
  const n = numelOf(v.dims);
  const out = allocate(dtype, numelOf(outDims));
  if (n === 0) return out;
  const outSteps = new Array<number>(v.dims.length).fill(0);
  let step = 1;
  for (let k = kept.length - 1; k >= 0; k--) {
    outSteps[kept[k]] = step;
    step *= v.dims[kept[k]];
  }
  const axes = orderAxes(
    v.dims.map((size, d) => ({ size, step: v.strides[d], outStep: outSteps[d] })),
  );
  const like = dtype === int64 ? int64 : dtype;
  if (out.length === 1 && n > parallelGrain && dtype.is_floating_point) {
    return splitSum(v, axes, out, like);
  }
  sumAxes(out, v.array, v.offset, axes, like);
  return out;
}

/**
 * The same for integers whose partial sums a double might not hold: with bigints. A sum beyond
 * 2^53 comes out rounded, for the caller to refuse.
 */
export function sumExactly(v: View, reduced: readonly number[]): TypedArray {
  const kept = v.dims.map((_, d) => d).filter((d) => !reduced.includes(d));
  const sums = new Array<bigint>(numelOf(kept.map((d) => v.dims[d]))).fill(0n);
  const visit = (d: number, from: number, to: number): void => {
    if (d === v.dims.length) {
      sums[to] += BigInt(v.array[from]);
      return;
    }
    for (let i = 0; i < v.dims[d]; i++) {
      visit(d + 1, from + i * v.strides[d], kept.includes(d) ? to * v.dims[d] + i : to);
    }
  };
  visit(0, v.offset, 0);
  return Float64Array.from(sums, Number);
}

function sumAxes(
  out: TypedArray,
  a: TypedArray,
  from: number,
  order: readonly Axis[],
  like: DType,
): void {
  const lanes = 32 / like.itemsize;
  const first = order[0] ?? { size: 1, step: 1, outStep: 0 };
  const second = order[1] ?? { size: 1, step: 0, outStep: 0 };
  if (first.outStep !== 0) {
    // Nothing is reduced but size-1 dimensions: a copy.
    walk(order, 0, from, 0, (i, o) => {
      out[o] += a[i];
    });
    return;
  }
  const plane: Plane = {
    size0: first.size,
    size1: second.size,
    step0: first.step,
    step1: second.step,
    outStep: second.outStep,
  };
  walk(order, 2, from, 0, (i, o) => sumPlane(out, o, a, i, plane, lanes, like));
}

/** Visit every position of the axes from `depth` on, the last axis slowest. */
function walk(
  axes: readonly Axis[],
  depth: number,
  from: number,
  to: number,
  visit: (from: number, to: number) => void,
): void {
  if (depth >= axes.length) {
    visit(from, to);
    return;
  }
  const recurse = (level: number, i: number, o: number): void => {
    if (level < depth) {
      visit(i, o);
      return;
    }
    const axis = axes[level];
    for (let k = 0; k < axis.size; k++) recurse(level - 1, i + k * axis.step, o + k * axis.outStep);
  };
  recurse(axes.length - 1, from, to);
}

/** A full sum of a large tensor: the slowest dimension cut in two parts, summed on their own. */
function splitSum(v: View, axes: readonly Axis[], out: TypedArray, like: DType): TypedArray {
  const slowest = axes.length - 1;
  if (axes[slowest].size < threads) {
    sumAxes(out, v.array, v.offset, axes, like);
    return out;
  }
  const half = Math.ceil(axes[slowest].size / threads);
  const part = allocate(like, 1);
  for (let begin = 0; begin < axes[slowest].size; begin += half) {
    const size = Math.min(half, axes[slowest].size - begin);
    part[0] = 0;
    const cut = axes.map((axis, k) => (k === slowest ? { ...axis, size } : axis));
    sumAxes(part, v.array, v.offset + begin * axes[slowest].step, cut, like);
    out[0] += part[0];
  }
  return out;
}
