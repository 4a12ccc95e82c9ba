// Loops over large float32 arrays (AssemblyScript): elementwise ones, PyTorch's order of a sum, and
// the product of two matrices. Addresses are in bytes and multiples of 16, counts in floats; what
// lies behind an array up to the next multiple of 16 bytes may be overwritten.

/** out = a + b. */
export function add(a: usize, b: usize, out: usize, n: usize): void {
  const end = n << 2;
  for (let i: usize = 0; i < end; i += 16) {
    v128.store(out + i, f32x4.add(v128.load(a + i), v128.load(b + i)));
  }
}

/** out = a − b. */
export function sub(a: usize, b: usize, out: usize, n: usize): void {
  const end = n << 2;
  for (let i: usize = 0; i < end; i += 16) {
    v128.store(out + i, f32x4.sub(v128.load(a + i), v128.load(b + i)));
  }
}

/** out = a · b. */
export function mul(a: usize, b: usize, out: usize, n: usize): void {
  const end = n << 2;
  for (let i: usize = 0; i < end; i += 16) {
    v128.store(out + i, f32x4.mul(v128.load(a + i), v128.load(b + i)));
  }
}

/** out = a / b. */
export function div(a: usize, b: usize, out: usize, n: usize): void {
  const end = n << 2;
  for (let i: usize = 0; i < end; i += 16) {
    v128.store(out + i, f32x4.div(v128.load(a + i), v128.load(b + i)));
  }
}

// @ts-ignore: decorator
@inline
function splat(x: f32): v128 {
  return f32x4.splat(x);
}

/** 2^k of four whole numbers −126 … 127. */
// @ts-ignore: decorator
@inline
function powerOfTwo(k: v128): v128 {
  return i32x4.shl(i32x4.add(k, i32x4.splat(127)), 23);
}

/** Each of the values `columns` times; up to three floats after the last are written too. */
export function spread(values: usize, rows: usize, columns: usize, out: usize): void {
  const width = columns << 2;
  for (const end = values + (rows << 2); values < end; values += 4, out += width) {
    const value = v128.load32_splat(values);
    for (let at: usize = 0; at < width; at += 16) v128.store(out + at, value);
  }
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

/** out = e^a. */
export function exp(a: usize, out: usize, n: usize): void {
  const end = n << 2;
  for (let i: usize = 0; i < end; i += 32) {
    const first = expOf(v128.load(a + i));
    const second = expOf(v128.load(a + i, 16));
    v128.store(out + i, first);
    v128.store(out + i, second, 16);
  }
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

/** out = log a. */
export function log(a: usize, out: usize, n: usize): void {
  const end = n << 2;
  for (let i: usize = 0; i < end; i += 32) {
    const first = logOf(v128.load(a + i));
    const second = logOf(v128.load(a + i, 16));
    v128.store(out + i, first);
    v128.store(out + i, second, 16);
  }
}

// Floats in one row of a sum: four streams of eight lanes.
const ROW: usize = 32;

/**
 * Add rows `first` … `first + rows` − 1 of 32 floats to the four levels of 32 accumulators at
 * `acc`; `first` is a multiple of 2^power. After every 2^power rows a level is carried into the
 * next (the order of kernels/sum.ts).
 */
export function sumRows(data: usize, first: u32, rows: u32, acc: usize, power: u32): void {
  const block: u32 = 1 << power;
  const mask = block - 1;
  let at = data;
  let row = first;
  const end = first + rows;
  while (row < end) {
    let a0 = v128.load(acc);
    let a1 = v128.load(acc, 16);
    let a2 = v128.load(acc, 32);
    let a3 = v128.load(acc, 48);
    let a4 = v128.load(acc, 64);
    let a5 = v128.load(acc, 80);
    let a6 = v128.load(acc, 96);
    let a7 = v128.load(acc, 112);
    const until = min(row + block, end);
    const whole = until - row == block;
    for (; row < until; row++, at += ROW << 2) {
      a0 = f32x4.add(a0, v128.load(at));
      a1 = f32x4.add(a1, v128.load(at, 16));
      a2 = f32x4.add(a2, v128.load(at, 32));
      a3 = f32x4.add(a3, v128.load(at, 48));
      a4 = f32x4.add(a4, v128.load(at, 64));
      a5 = f32x4.add(a5, v128.load(at, 80));
      a6 = f32x4.add(a6, v128.load(at, 96));
      a7 = f32x4.add(a7, v128.load(at, 112));
    }
    v128.store(acc, a0);
    v128.store(acc, a1, 16);
    v128.store(acc, a2, 32);
    v128.store(acc, a3, 48);
    v128.store(acc, a4, 64);
    v128.store(acc, a5, 80);
    v128.store(acc, a6, 96);
    v128.store(acc, a7, 112);
    if (!whole) return;
    for (let level: u32 = 1; level < 4; level++) {
      const to = acc + <usize>level * (ROW << 2);
      for (let lane: usize = 0; lane < ROW << 2; lane += 16) {
        const from = to - (ROW << 2) + lane;
        v128.store(to + lane, f32x4.add(v128.load(to + lane), v128.load(from)));
        v128.store(from, f32x4.splat(0));
      }
      if ((row & (mask << (level * power))) != 0) break;
    }
  }
}

// @ts-ignore: decorator
@inline
function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD
    ? f32x4.relaxed_madd(a, b, c)
    : f32x4.add(c, f32x4.mul(a, b));
}

// Columns of b in one panel of a product.
const PANEL: usize = 8;

/** b [inner][columns] to panels [panel][inner][8], the last one filled up with zeros. */
export function pack(b: usize, inner: usize, columns: usize, packed: usize): void {
  let to = packed;
  for (let j: usize = 0; j < columns; j += PANEL) {
    const width = min(columns - j, PANEL);
    let from = b + (j << 2);
    for (let k: usize = 0; k < inner; k++, from += columns << 2, to += PANEL << 2) {
      if (width == PANEL) {
        v128.store(to, v128.load(from));
        v128.store(to, v128.load(from, 16), 16);
      } else {
        v128.store(to, f32x4.splat(0));
        v128.store(to, f32x4.splat(0), 16);
        memory.copy(to, from, width << 2);
      }
    }
  }
}

/**
 * out [rows][panels·8] = a [rows][inner] · panels. Each element is one chain over `inner` from the
 * left to the right. Rows are taken by four: up to three more rows of a are read and of out written.
 */
export function multiply(
  a: usize,
  packed: usize,
  out: usize,
  rows: usize,
  inner: usize,
  panels: usize,
): void {
  const rowBytes = inner << 2;
  const outBytes = panels * (PANEL << 2);
  for (let p: usize = 0; p < panels; p++) {
    const panel = packed + p * inner * (PANEL << 2);
    for (let i: usize = 0; i < rows; i += 4) {
      let r0 = a + i * rowBytes;
      let r1 = r0 + rowBytes;
      let r2 = r1 + rowBytes;
      let r3 = r2 + rowBytes;
      let c00 = f32x4.splat(0);
      let c01 = c00;
      let c10 = c00;
      let c11 = c00;
      let c20 = c00;
      let c21 = c00;
      let c30 = c00;
      let c31 = c00;
      let g = panel;
      for (const end = r0 + rowBytes; r0 < end; r0 += 4) {
        const b0 = v128.load(g);
        const b1 = v128.load(g, 16);
        let x = v128.load32_splat(r0);
        c00 = multiplyAdd(x, b0, c00);
        c01 = multiplyAdd(x, b1, c01);
        x = v128.load32_splat(r1);
        c10 = multiplyAdd(x, b0, c10);
        c11 = multiplyAdd(x, b1, c11);
        x = v128.load32_splat(r2);
        c20 = multiplyAdd(x, b0, c20);
        c21 = multiplyAdd(x, b1, c21);
        x = v128.load32_splat(r3);
        c30 = multiplyAdd(x, b0, c30);
        c31 = multiplyAdd(x, b1, c31);
        r1 += 4;
        r2 += 4;
        r3 += 4;
        g += PANEL << 2;
      }
      const to = out + i * outBytes + p * (PANEL << 2);
      v128.store(to, c00);
      v128.store(to, c01, 16);
      v128.store(to + outBytes, c10);
      v128.store(to + outBytes, c11, 16);
      v128.store(to + 2 * outBytes, c20);
      v128.store(to + 2 * outBytes, c21, 16);
      v128.store(to + 3 * outBytes, c30);
      v128.store(to + 3 * outBytes, c31, 16);
    }
  }
}
