// Loops over large float32 arrays (AssemblyScript): elementwise ones, and the product of two
// matrices. Addresses are in bytes and multiples of 16, counts in floats; what lies behind an array
// up to the next multiple of 64 bytes may be read and overwritten.

import { multiplyAdd } from "./fused.as";

export { exp, log } from "./elementary.as";
export { columnSums, rowSums, sumRows } from "./sums.as";

/** out = a + b. */
export function add(a: usize, b: usize, out: usize, n: usize): void {
  const end = n << 2;
  for (let i: usize = 0; i < end; i += 64) {
    v128.store(out + i, f32x4.add(v128.load(a + i), v128.load(b + i)));
    v128.store(out + i, f32x4.add(v128.load(a + i, 16), v128.load(b + i, 16)), 16);
    v128.store(out + i, f32x4.add(v128.load(a + i, 32), v128.load(b + i, 32)), 32);
    v128.store(out + i, f32x4.add(v128.load(a + i, 48), v128.load(b + i, 48)), 48);
  }
}

/** out = a − b. */
export function sub(a: usize, b: usize, out: usize, n: usize): void {
  const end = n << 2;
  for (let i: usize = 0; i < end; i += 64) {
    v128.store(out + i, f32x4.sub(v128.load(a + i), v128.load(b + i)));
    v128.store(out + i, f32x4.sub(v128.load(a + i, 16), v128.load(b + i, 16)), 16);
    v128.store(out + i, f32x4.sub(v128.load(a + i, 32), v128.load(b + i, 32)), 32);
    v128.store(out + i, f32x4.sub(v128.load(a + i, 48), v128.load(b + i, 48)), 48);
  }
}

/** out = a · b. */
export function mul(a: usize, b: usize, out: usize, n: usize): void {
  const end = n << 2;
  for (let i: usize = 0; i < end; i += 64) {
    v128.store(out + i, f32x4.mul(v128.load(a + i), v128.load(b + i)));
    v128.store(out + i, f32x4.mul(v128.load(a + i, 16), v128.load(b + i, 16)), 16);
    v128.store(out + i, f32x4.mul(v128.load(a + i, 32), v128.load(b + i, 32)), 32);
    v128.store(out + i, f32x4.mul(v128.load(a + i, 48), v128.load(b + i, 48)), 48);
  }
}

/** out = a / b. */
export function div(a: usize, b: usize, out: usize, n: usize): void {
  const end = n << 2;
  for (let i: usize = 0; i < end; i += 64) {
    v128.store(out + i, f32x4.div(v128.load(a + i), v128.load(b + i)));
    v128.store(out + i, f32x4.div(v128.load(a + i, 16), v128.load(b + i, 16)), 16);
    v128.store(out + i, f32x4.div(v128.load(a + i, 32), v128.load(b + i, 32)), 32);
    v128.store(out + i, f32x4.div(v128.load(a + i, 48), v128.load(b + i, 48)), 48);
  }
}

/** out = −a. */
export function neg(a: usize, out: usize, n: usize): void {
  const end = n << 2;
  for (let i: usize = 0; i < end; i += 16) v128.store(out + i, f32x4.neg(v128.load(a + i)));
}

/** Each of the values `columns` times; up to three floats after the last are written too. */
export function spread(values: usize, rows: usize, columns: usize, out: usize): void {
  const width = columns << 2;
  for (const end = values + (rows << 2); values < end; values += 4, out += width) {
    const value = v128.load32_splat(values);
    for (let at: usize = 0; at < width; at += 16) v128.store(out + at, value);
  }
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
