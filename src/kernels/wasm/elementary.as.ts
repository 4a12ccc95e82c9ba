// e^x and log x of four float32 at a time, error below one ulp. What training meets goes the short
// way; the other takes every number.
//
// The coefficients of the short ways are least maximum fits (Lawson's algorithm) of
// (e^r − 1 − r)/r² on ±0.347, error 2^-28, and of (log(1 + f) − f + f²/2)/f³ on √½ − 1 … √2 − 1,
// relative error 2^-27.

import { minusProduct, multiplyAdd } from "./fused.as";

// @ts-ignore: decorator
@inline
function splat(x: f32): v128 {
  return f32x4.splat(x);
}

// The constants of the short ways come from memory before the loop: those in the code V8 makes anew
// in each round, with three instructions each, a third of all.
const expConstants = memory.data<f32>([
  1.4426950216, 12582912, 0.69314575195, 1.4286067653e-6, 1, 0.5, 0.16666518152, 0.041666202247,
  0.0083689698949, 0.0013950630091,
]);
const logConstants = memory.data<f32>([
  1, -0.5, 0.33333331347, -0.25000819564, 0.20001229644, -0.16623359919, 0.14201720059,
  -0.13160133362, 0.127617836, -0.0763483271, 0.69313812256, 9.0580006145e-6,
]);

// @ts-ignore: decorator
@inline
function constant(list: usize, k: usize): v128 {
  return v128.load32_splat(list + (k << 2));
}

/**
 * e^x for |x| ≤ 87: x = k·ln 2 + r with |r| ≤ ln 2 / 2, e^r = 1 + r + r²·P(r), and k is added to the
 * exponent. ln 2 is taken in two parts, the first so short that its product with k is exact.
 */
// @ts-ignore: decorator
@inline
function nearExp(
  x: v128,
  log2e: v128,
  shift: v128,
  ln2: v128,
  ln2Rest: v128,
  one: v128,
  p0: v128,
  p1: v128,
  p2: v128,
  p3: v128,
  p4: v128,
): v128 {
  // Adding `shift`, 1.5·2^23, leaves the nearest whole number in the last bits.
  const shifted = multiplyAdd(x, log2e, shift);
  const whole = f32x4.sub(shifted, shift);
  const high = minusProduct(x, whole, ln2);
  const low = f32x4.mul(whole, ln2Rest);
  const r = f32x4.sub(high, low);
  const square = f32x4.mul(r, r);
  const p01 = multiplyAdd(r, p1, p0);
  const p23 = multiplyAdd(r, p3, p2);
  const p = multiplyAdd(square, multiplyAdd(square, p4, p23), p01);
  const y = f32x4.add(one, f32x4.add(high, f32x4.sub(f32x4.mul(square, p), low)));
  return i32x4.add(y, i32x4.shl(shifted, 23));
}

/** 2^k of four whole numbers −126 … 127. */
// @ts-ignore: decorator
@inline
function powerOfTwo(k: v128): v128 {
  return i32x4.shl(i32x4.add(k, i32x4.splat(127)), 23);
}

/**
 * e^x. x = k·ln 2 + r with |r| ≤ ln 2 / 2, and e^r = 1 + r + r·c/(2 − c) with c = r − r²·P(r²): the
 * scheme and constants of FreeBSD's msun (e_expf.c), error below one ulp.
 */
// @ts-ignore: decorator
@inline
function expOf(given: v128): v128 {
  // Beyond these the result is 0 or infinite all the same; NaN goes through.
  const x = f32x4.pmax(f32x4.pmin(given, splat(90)), splat(-105));
  // Adding 1.5·2^23 leaves the nearest whole number in the last bits.
  const shifted = f32x4.add(f32x4.mul(x, splat(1.4426950216)), splat(12582912));
  const whole = f32x4.sub(shifted, splat(12582912));
  const k = i32x4.sub(shifted, i32x4.splat(0x4b400000));
  const high = f32x4.sub(x, f32x4.mul(whole, splat(0.69314575195)));
  const low = f32x4.mul(whole, splat(1.4286067653e-6));
  const r = f32x4.sub(high, low);
  const square = f32x4.mul(r, r);
  const p = f32x4.add(splat(0.16666625440), f32x4.mul(square, splat(-2.7667332906e-3)));
  const c = f32x4.sub(r, f32x4.mul(square, p));
  const quotient = f32x4.div(f32x4.mul(r, c), f32x4.sub(splat(2), c));
  const y = f32x4.add(splat(1), f32x4.add(f32x4.sub(quotient, low), high));
  // In two steps, so that results below the normal numbers are rounded once.
  const half = i32x4.shr_s(k, 1);
  return f32x4.mul(f32x4.mul(y, powerOfTwo(half)), powerOfTwo(i32x4.sub(k, half)));
}

/**
 * Ones behind n floats, up to a multiple of eight: what lies there must not decide which way the
 * last ones go.
 */
// @ts-ignore: decorator
@inline
function fillUp(a: usize, n: usize): void {
  for (; (n & 7) != 0; n++) store<f32>(a + (n << 2), 1);
}

// @ts-ignore: decorator
@inline
function sizeBits(x: v128): v128 {
  return v128.and(x, i32x4.splat(0x7fffffff));
}

/** out = e^a; up to 28 bytes behind both are written. */
export function exp(a: usize, out: usize, n: usize): void {
  fillUp(a, n);
  const log2e = constant(expConstants, 0);
  const shift = constant(expConstants, 1);
  const ln2 = constant(expConstants, 2);
  const ln2Rest = constant(expConstants, 3);
  const one = constant(expConstants, 4);
  const p0 = constant(expConstants, 5);
  const p1 = constant(expConstants, 6);
  const p2 = constant(expConstants, 7);
  const p3 = constant(expConstants, 8);
  const p4 = constant(expConstants, 9);
  const end = n << 2;
  for (let i: usize = 0; i < end; i += 32) {
    const first = v128.load(a + i);
    const second = v128.load(a + i, 16);
    // The bits of larger floats, and of NaN, are larger whole numbers.
    const sizes = i32x4.max_s(sizeBits(first), sizeBits(second));
    if (!v128.any_true(i32x4.gt_s(sizes, i32x4.splat(0x42ae0000)))) {
      const y = nearExp(first, log2e, shift, ln2, ln2Rest, one, p0, p1, p2, p3, p4);
      const z = nearExp(second, log2e, shift, ln2, ln2Rest, one, p0, p1, p2, p3, p4);
      v128.store(out + i, y);
      v128.store(out + i, z, 16);
    } else {
      v128.store(out + i, expOf(first));
      v128.store(out + i, expOf(second), 16);
    }
  }
}

/**
 * log x for a positive normal number: x = 2^k · (1 + f) with √½ ≤ 1 + f < √2, and
 * log(1 + f) = f − f²/2 + f³·P(f). The first part of ln 2 is short, as above.
 */
// @ts-ignore: decorator
@inline
function normalLog(
  x: v128,
  one: v128,
  minusHalf: v128,
  p0: v128,
  p1: v128,
  p2: v128,
  p3: v128,
  p4: v128,
  p5: v128,
  p6: v128,
  p7: v128,
  ln2: v128,
  ln2Rest: v128,
): v128 {
  // Taking √½ off moves the cut of the exponent there.
  const k = i32x4.shr_s(i32x4.sub(x, i32x4.splat(0x3f3504f3)), 23);
  const f = f32x4.sub(i32x4.sub(x, i32x4.shl(k, 23)), one);
  const turns = f32x4.convert_i32x4_s(k);
  const square = f32x4.mul(f, f);
  const p01 = multiplyAdd(f, p1, p0);
  const p23 = multiplyAdd(f, p3, p2);
  const p45 = multiplyAdd(f, p5, p4);
  const p67 = multiplyAdd(f, p7, p6);
  const high = multiplyAdd(square, p67, p45);
  const p = multiplyAdd(square, multiplyAdd(square, high, p23), p01);
  const low = f32x4.mul(turns, ln2Rest);
  const tail = multiplyAdd(square, multiplyAdd(f, p, minusHalf), low);
  return multiplyAdd(turns, ln2, f32x4.add(f, tail));
}

/**
 * Natural logarithm. x = 2^k · (1 + f) with √½ ≤ 1 + f < √2, s = f/(2 + f), and
 * log(1 + f) = f − (f²/2 − s·(f²/2 + R(s²))): the scheme and constants of FreeBSD's msun
 * (e_logf.c), error below one ulp.
 */
// @ts-ignore: decorator
@inline
function logOf(given: v128): v128 {
  // Numbers below the normal ones are scaled up first.
  const tiny = f32x4.lt(given, splat(1.17549435e-38));
  const x = v128.bitselect(f32x4.mul(given, splat(33554432)), given, tiny);
  const scaled = v128.and(tiny, i32x4.splat(25));
  // Adding the distance of √½ from 1 moves the cut of the exponent there.
  const bits = i32x4.add(x, i32x4.splat(0x3f800000 - 0x3f3504f3));
  const k = i32x4.sub(i32x4.sub(i32x4.shr_s(bits, 23), i32x4.splat(127)), scaled);
  const mantissa = i32x4.add(v128.and(bits, i32x4.splat(0x7fffff)), i32x4.splat(0x3f3504f3));
  const f = f32x4.sub(mantissa, splat(1));
  const s = f32x4.div(f, f32x4.add(splat(2), f));
  const z = f32x4.mul(s, s);
  const w = f32x4.mul(z, z);
  const t1 = f32x4.mul(w, f32x4.add(splat(0.40000972152), f32x4.mul(w, splat(0.24279078841))));
  const t2 = f32x4.mul(z, f32x4.add(splat(0.66666662693), f32x4.mul(w, splat(0.28498786688))));
  const R = f32x4.add(t1, t2);
  const half = f32x4.mul(f32x4.mul(splat(0.5), f), f);
  const turns = f32x4.convert_i32x4_s(k);
  // k·ln 2 in two parts: the first has few digits, so that its product is exact.
  const low = f32x4.mul(turns, splat(9.0580006145e-6));
  const high = f32x4.mul(turns, splat(0.69313812256));
  const inner = f32x4.sub(f32x4.sub(half, f32x4.add(f32x4.mul(s, f32x4.add(half, R)), low)), f);
  let y = f32x4.sub(high, inner);
  // log ∞ = ∞, log 0 = −∞, and NaN for NaN and what is below 0.
  y = v128.bitselect(given, y, f32x4.eq(given, splat(Infinity)));
  y = v128.bitselect(splat(-Infinity), y, f32x4.eq(given, splat(0)));
  return v128.bitselect(y, splat(NaN), f32x4.ge(given, splat(0)));
}

/** out = log a; up to 28 bytes behind both are written. */
export function log(a: usize, out: usize, n: usize): void {
  fillUp(a, n);
  const one = constant(logConstants, 0);
  const minusHalf = constant(logConstants, 1);
  const p0 = constant(logConstants, 2);
  const p1 = constant(logConstants, 3);
  const p2 = constant(logConstants, 4);
  const p3 = constant(logConstants, 5);
  const p4 = constant(logConstants, 6);
  const p5 = constant(logConstants, 7);
  const p6 = constant(logConstants, 8);
  const p7 = constant(logConstants, 9);
  const ln2 = constant(logConstants, 10);
  const ln2Rest = constant(logConstants, 11);
  const end = n << 2;
  for (let i: usize = 0; i < end; i += 32) {
    const first = v128.load(a + i);
    const second = v128.load(a + i, 16);
    // As whole numbers, the bits of positive normal numbers lie between these.
    const below = i32x4.lt_s(i32x4.min_s(first, second), i32x4.splat(0x00800000));
    const above = i32x4.gt_s(i32x4.max_s(first, second), i32x4.splat(0x7f7fffff));
    if (!v128.any_true(v128.or(below, above))) {
      const y = normalLog(first, one, minusHalf, p0, p1, p2, p3, p4, p5, p6, p7, ln2, ln2Rest);
      const z = normalLog(second, one, minusHalf, p0, p1, p2, p3, p4, p5, p6, p7, ln2, ln2Rest);
      v128.store(out + i, y);
      v128.store(out + i, z, 16);
    } else {
      v128.store(out + i, logOf(first));
      v128.store(out + i, logOf(second), 16);
    }
  }
}
