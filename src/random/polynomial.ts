// float32 logarithm, sine and cosine with the bits of PyTorch's AVX2 normal kernel. The
// polynomials are those of the Cephes library as carried by avx_mathfun (zlib licence, see
// LICENSE); every a·b + c is one fused step, as the compiler of PyTorch's wheels makes it.

import { float32Bits, float32FromBits, fma32, fround } from "../float";

const logCoefficients = [
  7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1,
  -1.6668057665e-1, 2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
].map(fround);
const squareRootHalf = fround(Math.SQRT1_2);
const ln2Low = fround(-2.1219444e-4);
const ln2High = fround(0.693359375);

/** Natural logarithm of a normal positive float32. */
export function logPolynomial(value: number): number {
  const bits = float32Bits(value);
  let exponent = (bits >>> 23) - 126;
  let x = float32FromBits((bits & 0x7fffff) | 0x3f000000);
  if (x < squareRootHalf) {
    exponent -= 1;
    x = fround(fround(x - 1) + x);
  } else {
    x = fround(x - 1);
  }
  const z = fround(x * x);
  let y = logCoefficients[0];
  for (let k = 1; k < logCoefficients.length; k++) y = fma32(y, x, logCoefficients[k]);
  y = fround(y * x);
  y = fma32(y, z, fround(exponent * ln2Low));
  y = fma32(-z, 0.5, y);
  return fma32(exponent, ln2High, fround(x + y));
}

const fourOverPi = fround(1.27323954473516);
// π/4 cut in three pieces, so that x − j·π/4 loses no digits.
const quarterPi = [-0.78515625, -2.41875648e-4, -3.77489498e-8].map(fround);
const sine = [-1.9515295891e-4, 8.3321608736e-3, -1.6666654611e-1].map(fround);
const cosine = [2.443315711809948e-5, -1.388731625493765e-3, 4.166664568298827e-2].map(fround);

/** sin and cos of a float32 ≥ 0, written into `out` as [sin, cos]. */
export function sinCosPolynomial(value: number, out: Float32Array): void {
  const j = (Math.trunc(fround(value * fourOverPi)) + 1) & ~1;
  let x = value;
  for (const piece of quarterPi) x = fma32(j, piece, x);
  const z = fround(x * x);
  let c = fma32(fma32(cosine[0], z, cosine[1]), z, cosine[2]);
  c = fround(c * z);
  c = fma32(c, z, -fround(z * 0.5));
  c = fround(c + 1);
  let s = fma32(fma32(sine[0], z, sine[1]), z, sine[2]);
  s = fround(s * z);
  s = fma32(s, x, x);
  const swap = (j & 2) !== 0;
  out[0] = ((j & 4) !== 0 ? -1 : 1) * (swap ? c : s);
  out[1] = (((j - 2) & 4) === 0 ? -1 : 1) * (swap ? s : c);
}
