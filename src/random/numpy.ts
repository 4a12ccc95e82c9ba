// NumPy's legacy stream, `np.random`: the same draws from the same seed.

import ndarray, { type NdArray } from "ndarray";
import { ValueError } from "../errors";
import { logExact } from "../float";
import { freshSeed, MersenneTwister, nextDouble } from "./mt19937";

/** An n-dimensional array of doubles, as `np.random` returns it. */
export type FloatArray = NdArray<Float64Array>;

const twister = new MersenneTwister();
let cachedNormal: number | null = null;

/**
 * Start NumPy's stream anew, from 0 … 2^32−1 (else ValueError); without a seed from the
 * machine's randomness.
 * @example
 * np.random.seed(0);
 * np.random.randint(0, 10, 3).data   // Float64Array(3) [ 5, 0, 3 ]
 */
export function seed(value?: number | bigint): void {
  const s = value === undefined ? Number(freshSeed() & 0xffffffffn) : Number(value);
  if (!Number.isInteger(s) || s < 0 || s > 0xffffffff) {
    throw new ValueError("Seed must be between 0 and 2**32 - 1");
  }
  twister.seedInteger(s);
  cachedNormal = null;
}

function standardNormal(): number {
  if (cachedNormal !== null) {
    const cached = cachedNormal;
    cachedNormal = null;
    return cached;
  }
  // Marsaglia's polar method; the second coordinate is returned first.
  let x1: number;
  let x2: number;
  let r2: number;
  do {
    x1 = 2 * nextDouble(twister) - 1;
    x2 = 2 * nextDouble(twister) - 1;
    r2 = x1 * x1 + x2 * x2;
  } while (r2 >= 1 || r2 === 0);
  const factor = Math.sqrt((-2 * logExact(r2)) / r2);
  cachedNormal = factor * x1;
  return factor * x2;
}

/** An integer in 0 … max: masked words, drawn again until small enough. */
function interval(max: number): number {
  if (max === 0) return 0;
  const mask = 0xffffffff >>> Math.clz32(max);
  let draw = (twister.next() & mask) >>> 0;
  while (draw > max) draw = (twister.next() & mask) >>> 0;
  return draw;
}

function fill(size: number | readonly number[], draw: () => number): FloatArray {
  const shape = typeof size === "number" ? [size] : [...size];
  for (const n of shape) {
    if (!Number.isInteger(n)) throw new ValueError(`a size must be a whole number, not ${n}`);
    if (n < 0) throw new ValueError("negative dimensions are not allowed");
  }
  const data = new Float64Array(shape.reduce((n, m) => n * m, 1));
  for (let i = 0; i < data.length; i++) data[i] = draw();
  return ndarray(data, shape);
}

/**
 * Draws from N(loc, scale²): a number, or an ndarray of the given size.
 * Raises ValueError when scale is negative.
 * @example np.random.normal(0, 0.01, [2, 1])
 */
export function normal(loc?: number, scale?: number): number;
export function normal(loc: number, scale: number, size: number | readonly number[]): FloatArray;
export function normal(loc = 0, scale = 1, size?: number | readonly number[]): number | FloatArray {
  if (!(scale >= 0)) throw new ValueError("scale < 0");
  const draw = () => loc + scale * standardNormal();
  return size === undefined ? draw() : fill(size, draw);
}

/**
 * Draws from N(0, 1) in the given shape.
 * @example np.random.randn(2, 3).shape   // [ 2, 3 ]
 */
export function randn(...shape: number[]): FloatArray {
  return fill(shape, standardNormal);
}

/**
 * Draws from [0, 1) in the given shape.
 * @example np.random.rand(2, 3).shape   // [ 2, 3 ]
 */
export function rand(...shape: number[]): FloatArray {
  return fill(shape, () => nextDouble(twister));
}

/**
 * Draws from [low, high): a number, or an ndarray of the given size.
 * @example np.random.uniform(-1, 1, [2, 3]).shape   // [ 2, 3 ]
 */
export function uniform(low?: number, high?: number): number;
export function uniform(low: number, high: number, size: number | readonly number[]): FloatArray;
export function uniform(low = 0, high = 1, size?: number | readonly number[]): number | FloatArray {
  const draw = () => low + (high - low) * nextDouble(twister);
  return size === undefined ? draw() : fill(size, draw);
}

/** Whole numbers as NumPy returns them: an ndarray that names its dtype int64. */
function wholeArray(values: Float64Array, shape: readonly number[]): FloatArray {
  const nd = ndarray(values, [...shape]);
  Object.defineProperty(nd, "dtype", { value: "int64" });
  return nd;
}

/**
 * Integers from low up to, not including, high: a number, or an ndarray of the given size.
 * Raises ValueError for an empty range.
 * @example
 * np.random.seed(0);
 * np.random.randint(0, 10, 3).data   // Float64Array(3) [ 5, 0, 3 ]
 */
export function randint(low: number, high: number): number;
export function randint(low: number, high: number, size: number | readonly number[]): FloatArray;
export function randint(
  low: number,
  high: number,
  size?: number | readonly number[],
): number | FloatArray {
  if (!Number.isInteger(low) || !Number.isInteger(high)) {
    throw new ValueError(`randint takes whole numbers, not ${low} and ${high}`);
  }
  if (high <= low) throw new ValueError("low >= high");
  if (high - low > 2 ** 32) throw new ValueError("randint spans at most 2^32 values here");
  const draw = () => low + interval(high - 1 - low);
  if (size === undefined) return draw();
  const filled = fill(size, draw);
  return wholeArray(filled.data, filled.shape);
}

/**
 * An array or a 1-d ndarray shuffled in place.
 * @example
 * const list = [1, 2, 3];
 * np.random.shuffle(list);
 * list.length   // 3
 */
export function shuffle<T>(list: T[] | NdArray<Float64Array>): void {
  if (Array.isArray(list)) {
    shuffleBy(
      list.length,
      (i) => list[i],
      (i, x) => {
        list[i] = x;
      },
    );
    return;
  }
  shuffleBy(
    list.shape[0],
    (i) => list.get(i),
    (i, x) => {
      list.set(i, x);
    },
  );
}

function shuffleBy<T>(n: number, get: (i: number) => T, set: (i: number, x: T) => void): void {
  for (let i = n - 1; i > 0; i--) {
    const j = interval(i);
    const value = get(i);
    set(i, get(j));
    set(j, value);
  }
}

/**
 * A random order of 0 … n−1 as an ndarray, or a shuffled copy of the given array.
 * @example np.random.permutation(4).shape   // [ 4 ]
 */
export function permutation(n: number): FloatArray;
export function permutation<T>(list: readonly T[]): T[];
export function permutation<T>(what: number | readonly T[]): FloatArray | T[] {
  if (typeof what === "number") {
    const order = wholeArray(
      Float64Array.from({ length: what }, (_, i) => i),
      [what],
    );
    shuffle(order);
    return order;
  }
  const copy = [...what];
  shuffle(copy);
  return copy;
}

seed();
