// How far a value may be from PyTorch's: the allowance in ulps, and the number whose ulp counts.
//
// An error is measured against the ulp of the largest term that went into the value. For a
// function of one element that term is the value itself. A value that is a sum, such as a row
// times a column or a gradient that flowed back through broadcasting, can be tiny while its terms
// are not; an error in a term's last bit is then many ulps of the sum and still one of the term.

import { sameBits, ulp } from "./bits";

/** What a group of cases is allowed. */
interface Allowance {
  /** Forward ulps: 0 where the specification gives the exact order of operations. */
  forward: number;
  /** Whether each output element depends on one element of each input only. */
  isElementWise: boolean;
}

const exact: Allowance = { forward: 0, isElementWise: true };
const lastBit: Allowance = { forward: 1, isElementWise: true };
const sumOfTerms: Allowance = { forward: 4, isElementWise: false };

/**
 * Groups of ops.json that are stricter than the general rule of 4 ulp of the largest term: those
 * whose last bits are known, and those that differ from a correctly rounded result by one bit.
 */
const ALLOWANCES: Readonly<Record<string, Allowance>> = {
  sum: { forward: 0, isElementWise: false },
  mean: { forward: 0, isElementWise: false },
  sigmoid: exact,
  lrelu: exact,
  sign: exact,
  amax: { forward: 0, isElementWise: false },
  exp: lastBit,
  log: lastBit,
  sqrt: lastBit,
  tanh: lastBit,
  sin: lastBit,
  cos: lastBit,
  log1p: lastBit,
  logsigmoid: lastBit,
  softplus: lastBit,
  pow: { forward: 2, isElementWise: true },
};

/** Allowance of a group; unknown groups get the general rule. */
export function allowance(op: string, isExact: boolean): Allowance {
  return isExact
    ? { ...(ALLOWANCES[op] ?? sumOfTerms), forward: 0 }
    : (ALLOWANCES[op] ?? sumOfTerms);
}

/** Ulps that a gradient may be off: its formula multiplies values that are off themselves. */
export const GRADIENT_ULPS = 4;

function largest(values: Iterable<number>): number {
  let size = 0;
  for (const v of values) if (Number.isFinite(v) && Math.abs(v) > size) size = Math.abs(v);
  return size;
}

/** The largest magnitude in several lists of numbers; NaN and infinities do not count. */
export function largestOf(lists: readonly Iterable<number>[]): number {
  return largest(lists.map(largest));
}

/** Result of comparing two lists of numbers. */
export interface Distance {
  /** All elements have the same bits. */
  same: boolean;
  /** The largest error, in ulps of the term that counts; infinite for a wrong NaN or infinity. */
  ulps: number;
  /** Where it is. */
  at: number;
}

/**
 * Compare element by element. `terms[i]` is the largest term behind element i, `term` one for
 * all; the expected value itself always counts as a term.
 */
export function distance(
  expected: ArrayLike<number>,
  got: ArrayLike<number>,
  dtype: "float32" | "float64",
  terms: (i: number) => number,
): Distance {
  const worst: Distance = { same: true, ulps: 0, at: -1 };
  for (let i = 0; i < expected.length; i++) {
    if (sameBits(expected[i], got[i])) continue;
    if (worst.same) Object.assign(worst, { same: false, at: i });
    const error = Math.abs(expected[i] - got[i]);
    const bothFinite = Number.isFinite(expected[i]) && Number.isFinite(got[i]);
    const unit = ulp(Math.max(Math.abs(expected[i]), terms(i)), dtype);
    const ulps = bothFinite ? error / unit : Number.POSITIVE_INFINITY;
    if (ulps > worst.ulps) Object.assign(worst, { ulps, at: i });
  }
  return worst;
}
