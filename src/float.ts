// Floating-point steps that JavaScript lacks and that PyTorch's bits depend on: a fused
// multiply-add in float32, a logarithm and a power that do not depend on the engine.

const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);
const single = new Float32Array(1);
const singleBits = new Uint32Array(single.buffer);

/** Round to float32. */
export const fround: (x: number) => number = Math.fround;

/** The bit pattern of a float32. */
export function float32Bits(x: number): number {
  single[0] = x;
  return singleBits[0];
}

/** The float32 with this bit pattern. */
export function float32FromBits(bits: number): number {
  singleBits[0] = bits;
  return single[0];
}

/**
 * a·b + c rounded once to float32. The product of two float32 is exact in a double; the sum is
 * rounded to odd first, so that the second rounding cannot go wrong (Boldo and Melquiond 2008).
 */
export function fma32(a: number, b: number, c: number): number {
  const product = a * b;
  const sum = product + c;
  if (!Number.isFinite(sum)) return Math.fround(sum);
  const part = sum - product;
  const error = product - (sum - part) + (c - part);
  if (error === 0) return Math.fround(sum);
  double[0] = sum;
  if ((words[0] & 1) === 0) {
    // An even, inexact sum: one unit towards the true value makes it odd.
    if (error > 0 === sum > 0) {
      words[0] += 1; // the last bit was 0, so this never carries
    } else {
      if (words[0] === 0) words[1] -= 1;
      words[0] -= 1;
    }
    return Math.fround(double[0]);
  }
  return Math.fround(sum);
}

const splitter = 134217729; // 2^27 + 1, Dekker's constant

function productError(a: number, b: number, product: number): number {
  let t = splitter * a;
  const ah = t - (t - a);
  const al = a - ah;
  t = splitter * b;
  const bh = t - (t - b);
  const bl = b - bh;
  return ah * bh - product + ah * bl + al * bh + al * bl;
}

const ln2High = Math.LN2;
const ln2Low = 2.3190468138462996e-17;
// 1/(2k+1) as a sum of two doubles, for log m = 2·atanh(s) = 2·Σ s^(2k+1)/(2k+1).
const odd = Array.from({ length: 28 }, (_, k) => {
  const high = 1 / (2 * k + 1);
  const product = high * (2 * k + 1);
  return [high, (1 - product - productError(high, 2 * k + 1, product)) / (2 * k + 1)];
});

/** The natural logarithm of a normal positive x as an unevaluated sum high + low. */
function logPair(x: number): [number, number] {
  double[0] = x;
  let e = ((words[1] >>> 20) & 0x7ff) - 1023;
  words[1] = (words[1] & 0xfffff) | 0x3ff00000;
  let m = double[0];
  if (m > Math.SQRT2) {
    m /= 2;
    e += 1;
  }
  const n = m - 1;
  const d = m + 1;
  const dPart = d - m;
  const dLow = m - (d - dPart) + (1 - dPart);
  const s = n / d;
  const sd = s * d;
  const sLow = (n - sd - productError(s, d, sd) - s * dLow) / d;
  const q = s * s;
  const qLow = productError(s, s, q) + 2 * s * sLow;
  let high = 0;
  let low = 0;
  for (let k = 27; k >= 0; k--) {
    const h = high * q;
    const l = productError(high, q, h) + high * qLow + low * q;
    const [c, cLow] = odd[k];
    const t = c + h;
    const rest = h - (t - c) + l + cLow;
    high = t + rest;
    low = rest - (high - t);
  }
  const g = 2 * s * high;
  const gLow = productError(2 * s, high, g) + 2 * (s * low + sLow * high);
  const eHigh = e * ln2High;
  const sum = eHigh + g;
  const part = sum - eHigh;
  const error = eHigh - (sum - part) + (g - part);
  const rest = error + productError(e, ln2High, eHigh) + gLow + e * ln2Low;
  const top = sum + rest;
  return [top, rest - (top - sum)];
}

/** log x, correctly rounded but for about one value in 10^7 (V8's own log is off in 3 %). */
export function logExact(x: number): number {
  if (!(x >= 2.2250738585072014e-308) || x === Number.POSITIVE_INFINITY || x === 1)
    return Math.log(x);
  return logPair(x)[0];
}

function isOddInteger(y: number): boolean {
  return Math.abs(y) < 2 ** 53 && y % 2 !== 0 && Number.isInteger(y);
}

/** The cases of C's pow that no formula covers, or null. */
function powSpecial(x: number, y: number): number | null {
  if (y === 0 || x === 1) return 1;
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  if (!Number.isFinite(y)) {
    const size = Math.abs(x);
    if (size === 1) return 1;
    return size > 1 === y > 0 ? Number.POSITIVE_INFINITY : 0;
  }
  if (x === 0 || !Number.isFinite(x)) {
    const negative = (x < 0 || Object.is(x, -0)) && isOddInteger(y);
    const large = (x === 0) === y < 0;
    const size = large ? Number.POSITIVE_INFINITY : 0;
    return negative ? -size : size;
  }
  return x < 0 && !Number.isInteger(y) ? Number.NaN : null;
}

/** x^n for a whole n ≥ 1 by repeated squaring, carried to twice the precision. */
function powInteger(x: number, n: number): number {
  let [high, low] = [1, 0];
  let [base, baseLow] = [x, 0];
  for (let rest = n; ; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) {
      const product = high * base;
      low = productError(high, base, product) + high * baseLow + low * base;
      high = product;
    }
    if (rest <= 1) break;
    const square = base * base;
    baseLow = productError(base, base, square) + 2 * base * baseLow;
    base = square;
  }
  return Number.isFinite(low) ? high + low : high;
}

/**
 * x^y as C's pow, within 1 ulp: whole exponents by squaring, others as exp(y·log x), both carried
 * to twice the precision. Used instead of Math.pow, whose bits changed between Node 22 and 24.
 */
export function pow(x: number, y: number): number {
  const special = powSpecial(x, y);
  if (special !== null) return special;
  if (y > 0 && y <= 64 && Number.isInteger(y)) return powInteger(x, y);
  const size = Math.abs(x);
  if (size < 2.2250738585072014e-308) {
    const power = pow(size * 2 ** 54, y) * pow(2 ** -54, y);
    return x < 0 && isOddInteger(y) ? -power : power;
  }
  const [high, low] = logPair(size);
  const product = y * high;
  const error = productError(y, high, product) + y * low;
  const raw = Math.exp(product);
  const magnitude = Number.isFinite(error) && Number.isFinite(raw) ? raw + raw * error : raw;
  return x < 0 && isOddInteger(y) ? -magnitude : magnitude;
}

// exp in float32 as PyTorch's vectorised sigmoid and softmax compute it (the published
// coefficients of SLEEF's expf, Boost licence), every a·b + c fused.
const inverseLn2 = fround(Math.LOG2E);
const ln2Upper = fround(-0.693145751953125);
const ln2Lower = fround(-1.428606765330187e-6);
const expCoefficients = [0.00139304355, 0.00833336077, 0.0416664854, 0.166666672, 0.5].map(fround);
const expLeading = fround(0.000198527617);

function roundHalfEven(x: number): number {
  const floor = Math.floor(x);
  const diff = x - floor;
  if (diff < 0.5) return floor;
  if (diff > 0.5) return floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
}

/** float32 exp with the bits of PyTorch's sigmoid and softmax kernels. */
export function expSleef(x: number): number {
  if (x < -104) return 0;
  if (x > 100) return Number.POSITIVE_INFINITY;
  if (Number.isNaN(x)) return x;
  const q = roundHalfEven(Math.fround(x * inverseLn2));
  let s = fma32(q, ln2Upper, x);
  s = fma32(q, ln2Lower, s);
  let u = expLeading;
  for (const c of expCoefficients) u = fma32(u, s, c);
  const y = Math.fround(1 + fma32(Math.fround(s * s), u, s));
  // 2^q in two factors, as q may leave the range of a normal float32.
  const half = q >> 1;
  return Math.fround(Math.fround(y * 2 ** half) * 2 ** (q - half));
}
