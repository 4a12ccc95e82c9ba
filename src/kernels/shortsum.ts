// Sums of few float32 each, in the same order as sum.ts: the rows of a batch's class scores, and its
// columns.

import { fewColumnSums, shortRowSums } from "./dense";

/** A plane of the input, the first of its two dimensions reduced; the steps are the input's. */
export interface Plane {
  readonly size0: number;
  readonly size1: number;
  readonly step0: number;
  readonly step1: number;
  readonly outStep: number;
}

const lanes = 8;

/**
 * The sum of n float32 lying one behind the other, fewer than four whole vectors: no accumulators,
 * as each lane adds at most three items.
 */
export function shortSum(a: Float32Array, start: number, n: number): number {
  const f = Math.fround;
  const whole = n - (n % lanes);
  let sum = f(0);
  for (let k = whole; k < n; k++) sum = f(sum + a[start + k]);
  if (whole === lanes) {
    for (let l = 0; l < lanes; l++) sum = f(sum + a[start + l]);
    return sum;
  }
  for (let l = 0; l < lanes; l++) {
    let lane = f(0);
    for (let k = l; k < whole; k += lanes) lane = f(lane + a[start + k]);
    sum = f(sum + lane);
  }
  return sum;
}

/** The sums of many such rows, added to the output. */
export function shortSums(
  out: Float32Array,
  to: number,
  a: Float32Array,
  from: number,
  p: Plane,
): void {
  const sums = p.step1 === p.size0 ? shortRowSums(a, from, p.size1, p.size0) : null;
  for (let j = 0, at = to, i = from; j < p.size1; j++, at += p.outStep, i += p.step1) {
    out[at] += sums === null ? shortSum(a, i, p.size0) : sums[j];
  }
}

/**
 * The sums of a matrix's columns, added to the output; false when the plain loops are to do it. With
 * 32 columns and more PyTorch adds in another order.
 */
export function columnSums(
  out: Float32Array,
  to: number,
  a: Float32Array,
  from: number,
  p: Plane,
): boolean {
  if (p.step1 !== 1 || p.step0 !== p.size1 || p.size1 < lanes || p.size1 >= 4 * lanes) return false;
  const sums = fewColumnSums(a, from, p.size0, p.size1);
  if (sums === null) return false;
  for (let j = 0; j < p.size1; j++) out[to + j * p.outStep] += sums[j];
  return true;
}
