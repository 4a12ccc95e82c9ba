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

/**
 * e^x for |x| ≤ 87: x = k·ln 2 + r with |r| ≤ ln 2 / 2, e^r = 1 + r + r²·P(r), and k is added to the
 * exponent. ln 2 is taken in two parts, the first so short that its product with k is exact.
 */
// @ts-ignore: decorator
@inline
function nearExp(x: v128): v128 {
  // Adding 1.5·2^23 leaves the nearest whole number in the last bits.
  const shifted = multiplyAdd(x, splat(1.4426950216), splat(12582912));
  const whole = f32x4.sub(shifted, splat(12582912));
  const high = minusProduct(x, whole, splat(0.69314575195));
  const low = f32x4.mul(whole, splat(1.4286067653e-6));
  const r = f32x4.sub(high, low);
  const square = f32x4.mul(r, r);
  const p01 = multiplyAdd(r, splat(0.16666518152), splat(0.5));
  const p23 = multiplyAdd(r, splat(0.0083689698949), splat(0.041666202247));
  const p = multiplyAdd(square, multiplyAdd(square, splat(0.0013950630091), p23), p01);
  const y = f32x4.add(splat(1), f32x4.add(high, f32x4.sub(f32x4.mul(square, p), low)));
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

/** out = e^a; up to 28 bytes behind both are written. */
export function exp(a: usize, out: usize, n: usize): void {
  fillUp(a, n);
  const end = n << 2;
  for (let i: usize = 0; i < end; i += 32) {
    const first = v128.load(a + i);
    const second = v128.load(a + i, 16);
    // NaN makes the comparison false.
    const largest = f32x4.max(f32x4.abs(first), f32x4.abs(second));
    if (i32x4.all_true(f32x4.le(largest, splat(87)))) {
      v128.store(out + i, nearExp(first));
      v128.store(out + i, nearExp(second), 16);
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
function normalLog(x: v128): v128 {
  // Taking √½ off moves the cut of the exponent there.
  const k = i32x4.shr_s(i32x4.sub(x, i32x4.splat(0x3f3504f3)), 23);
  const f = f32x4.sub(i32x4.sub(x, i32x4.shl(k, 23)), splat(1));
  const turns = f32x4.convert_i32x4_s(k);
  const square = f32x4.mul(f, f);
  const p01 = multiplyAdd(f, splat(-0.25000819564), splat(0.33333331347));
  const p23 = multiplyAdd(f, splat(-0.16623359919), splat(0.20001229644));
  const p45 = multiplyAdd(f, splat(-0.13160133362), splat(0.14201720059));
  const p67 = multiplyAdd(f, splat(-0.0763483271), splat(0.127617836));
  const p4 = multiplyAdd(square, p67, p45);
  const p = multiplyAdd(square, multiplyAdd(square, p4, p23), p01);
  const low = f32x4.mul(turns, splat(9.0580006145e-6));
  const tail = multiplyAdd(square, multiplyAdd(f, p, splat(-0.5)), low);
  return multiplyAdd(turns, splat(0.69313812256), f32x4.add(f, tail));
}

/** Whether all four are positive normal numbers. */
// @ts-ignore: decorator
@inline
function areNormal(x: v128): v128 {
  return i32x4.lt_u(i32x4.sub(x, i32x4.splat(0x00800000)), i32x4.splat(0x7f000000));
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
  const end = n << 2;
  for (let i: usize = 0; i < end; i += 32) {
    const first = v128.load(a + i);
    const second = v128.load(a + i, 16);
    if (i32x4.all_true(v128.and(areNormal(first), areNormal(second)))) {
      v128.store(out + i, normalLog(first));
      v128.store(out + i, normalLog(second), 16);
    } else {
      v128.store(out + i, logOf(first));
      v128.store(out + i, logOf(second), 16);
    }
  }
}
