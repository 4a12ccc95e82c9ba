// The floating-point steps that JavaScript lacks, against exact arithmetic and C.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { expSleef, float32Bits, float32FromBits, fma32, logExact, pow } from "../src/float";
import { doubleFromHex, ulpsBetween } from "./bits";

interface Golden {
  readonly pow: readonly (readonly [string, string, string])[];
  readonly log: readonly (readonly [string, string])[];
}
const golden = JSON.parse(readFileSync(join(__dirname, "float.json"), "utf8")) as Golden;

/** A finite double as mantissa · 2^exponent. */
function parts(x: number): [bigint, number] {
  let [mantissa, exponent] = [x, 0];
  while (!Number.isInteger(mantissa)) {
    mantissa *= 2;
    exponent--;
  }
  return [BigInt(mantissa), exponent];
}

/** mantissa · 2^exponent rounded to float32, half to even. */
function roundExactly(mantissa: bigint, exponent: number): number {
  const negative = mantissa < 0n;
  const m = negative ? -mantissa : mantissa;
  if (m === 0n) return 0;
  const length = m.toString(2).length;
  // The last bit that a float32 of this size has; subnormal ones end at 2^−149.
  const last = Math.max(length + exponent - 24, -149);
  const shift = BigInt(Math.max(last - exponent, 0));
  const [quotient, rest] = [m >> shift, m & ((1n << shift) - 1n)];
  const half = shift === 0n ? 0n : 1n << (shift - 1n);
  const up = shift > 0n && (rest > half || (rest === half && (quotient & 1n) === 1n));
  const rounded = Number(quotient + (up ? 1n : 0n)) * 2 ** (exponent + Number(shift));
  const value = rounded >= 2 ** 128 ? Number.POSITIVE_INFINITY : rounded;
  return negative ? -value : value;
}

function exactFma(a: number, b: number, c: number): number {
  const [ma, ea] = parts(a);
  const [mb, eb] = parts(b);
  const [mc, ec] = parts(c);
  const low = Math.min(ea + eb, ec);
  const sum = ((ma * mb) << BigInt(ea + eb - low)) + (mc << BigInt(ec - low));
  return roundExactly(sum, low);
}

const float32 = fc.float({ noNaN: true, noDefaultInfinity: true });
const near = fc
  .tuple(fc.integer({ min: -(2 ** 24), max: 2 ** 24 }), fc.integer({ min: -40, max: 20 }))
  .map(([m, e]) => m * 2 ** e);

test("fma32 rounds a·b + c once", () => {
  const check = (a: number, b: number, c: number) => {
    const [found, exact] = [fma32(a, b, c), exactFma(a, b, c)];
    assert.ok(found === exact, `fma32(${a}, ${b}, ${c}) is ${found}, not ${exact}`);
  };
  fc.assert(fc.property(float32, float32, float32, check), { seed: 1, numRuns: 3000 });
  fc.assert(fc.property(near, near, near, check), { seed: 2, numRuns: 5000 });
});

test("fma32 where two roundings go wrong", () => {
  // a·b lies half way between two float32, and c decides.
  const a = 1 + 2 ** -12;
  for (const c of [2 ** -60, -(2 ** -60), 2 ** -100, -(2 ** -100), 2 ** -149]) {
    assert.equal(fma32(a, a, c), exactFma(a, a, c));
    assert.equal(fma32(-a, a, c), exactFma(-a, a, c));
  }
  assert.equal(fma32(2 ** 64, 2 ** 63, 0), 2 ** 127);
  assert.equal(fma32(2 ** 64, 2 ** 64, 0), Number.POSITIVE_INFINITY);
  assert.ok(Number.isNaN(fma32(Number.POSITIVE_INFINITY, 0, 1)));
  assert.ok(Number.isNaN(fma32(1, Number.NaN, 1)));
});

test(`pow: special cases as C's, others within one unit in the last place`, () => {
  let [exact, one] = [0, 0];
  for (const [x, y, expected] of golden.pow) {
    const [a, b, c] = [x, y, expected].map(doubleFromHex);
    const found = pow(a, b);
    const ulps = ulpsBetween(found, c);
    // Below 2^−1022 there are fewer digits to be right in.
    const subnormal = Math.abs(c) < 2.2250738585072014e-308;
    assert.ok(ulps <= 1 || (subnormal && ulps <= 2), `pow(${a}, ${b}) is ${found}, not ${c}`);
    if (ulps === 0) exact++;
    else one++;
  }
  assert.ok(one < (exact + one) / 5, `${one} of ${exact + one} are one unit off`);
});

test("logExact is the logarithm of 60 digits, rounded", () => {
  for (const [x, expected] of golden.log) {
    assert.equal(logExact(doubleFromHex(x)), doubleFromHex(expected), `log ${doubleFromHex(x)}`);
  }
  assert.equal(logExact(0), Number.NEGATIVE_INFINITY);
  assert.ok(Number.isNaN(logExact(-1)));
  assert.ok(Number.isNaN(logExact(Number.NaN)));
  assert.equal(logExact(Number.POSITIVE_INFINITY), Number.POSITIVE_INFINITY);
  assert.equal(logExact(1), 0);
});

test("expSleef is exp to one unit of float32, and has its limits", () => {
  fc.assert(
    fc.property(fc.float({ min: -87, max: 88, noNaN: true }), (x) => {
      const [found, exact] = [expSleef(x), Math.exp(x)];
      assert.ok(Math.abs(found - exact) <= exact * 2 ** -23, `exp ${x} is ${found}, not ${exact}`);
    }),
    { seed: 3, numRuns: 2000 },
  );
  assert.deepEqual([expSleef(-200), expSleef(200), expSleef(0)], [0, Number.POSITIVE_INFINITY, 1]);
  assert.ok(Number.isNaN(expSleef(Number.NaN)));
});

test("float32 bit patterns there and back", () => {
  fc.assert(
    fc.property(fc.float(), (x) => {
      assert.ok(Object.is(float32FromBits(float32Bits(x)), x));
    }),
    { seed: 4 },
  );
  assert.equal(float32Bits(1), 0x3f800000);
});
