// Products of rows of bytes, read where they lie, with a skinny float matrix (AssemblyScript).
//
// A row holds K bytes; only groups of four that are not all zero are visited, through a list of
// their offsets (half the pixels of an image are background). Columns go in panels of five, as
// many as fit the registers beside a group's four values. Layout of a panel-packed matrix:
// [panel][K/4 rounded up to 4 groups][5 columns][4 values], padded with zeros; at least 16
// readable bytes must follow the last row.

const PANEL: usize = 5;
const GROUP_BYTES: usize = PANEL * 16;

// For each of the 16 patterns of zero groups in 16 bytes: the offsets of the others, and how many.
const table = memory.data(16 * 16 + 16 * 4, 16);

/** Fill the table of offsets; once, before anything else. */
export function prepare(): void {
  for (let pattern: usize = 0; pattern < 16; pattern++) {
    let count: usize = 0;
    for (let group: usize = 0; group < 4; group++) {
      if (((pattern >> group) & 1) == 0) {
        store<i32>(table + (pattern << 4) + (count << 2), <i32>(group << 2));
        count++;
      }
    }
    store<i32>(table + 256 + (pattern << 2), <i32>(count << 2));
  }
}

/**
 * List the offsets of the row's groups, all or those that are not zero in it or in the row `other`
 * bytes further on (0: there is none); returns the list's end.
 */
// @ts-ignore: decorator
@inline
function listGroups(row: usize, other: usize, K: usize, list: usize, dense: bool): usize {
  let end = list;
  let offsets = i32x4.splat(0);
  const zero = offsets;
  const step = i32x4.splat(16);
  for (let at: usize = 0; at < K; at += 16) {
    let values = v128.load(row + at);
    if (other != 0) values = v128.or(values, v128.load(row + at + other));
    const pattern = dense ? <usize>0 : <usize>i32x4.bitmask(i32x4.eq(values, zero));
    // Four offsets are always written; the next step overwrites those that do not count.
    v128.store(end, i32x4.add(offsets, v128.load(table + (pattern << 4))));
    end += load<u32>(table + (pattern << 2), 256);
    offsets = i32x4.add(offsets, step);
  }
  return end;
}

/** Four bytes as four floats. */
// @ts-ignore: decorator
@inline
function floats(at: usize): v128 {
  return f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_s(v128.load_ext<u8>(at)));
}

// @ts-ignore: decorator
@inline
function sum(v: v128): f32 {
  return (
    f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1) + (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3))
  );
}

// @ts-ignore: decorator
@inline
function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f32x4.relaxed_madd(a, b, c) : f32x4.add(c, f32x4.mul(a, b));
}

/**
 * Read one byte of each cache line of `count` rows in one burst: rows of a shuffled batch lie
 * anywhere in memory, and waiting for them together is faster than one after the other.
 */
function touch(x: usize, rows: usize, count: usize, K: usize): u32 {
  let seen: u32 = 0;
  for (let i: usize = 0; i < count; i++) {
    const row = x + <usize>load<u32>(rows + (i << 2)) * K;
    for (let at: usize = 0; at < K; at += 64) seen += load<u8>(row + at);
    seen += load<u8>(row + K - 1);
  }
  return seen;
}

/**
 * y[i][columns] of one row for ten columns. The branches that are never taken end V8's reordering:
 * else it loads all ten values first and has not enough registers for them.
 */
// @ts-ignore: decorator
@inline
function rowTimesTen(row: usize, list: usize, end: usize, left: usize, right: usize, out: usize): void {
  let a0 = f32x4.splat(0);
  let a1 = f32x4.splat(0);
  let a2 = f32x4.splat(0);
  let a3 = f32x4.splat(0);
  let a4 = f32x4.splat(0);
  let a5 = f32x4.splat(0);
  let a6 = f32x4.splat(0);
  let a7 = f32x4.splat(0);
  let a8 = f32x4.splat(0);
  let a9 = f32x4.splat(0);
  for (let at = list; at < end; at += 4) {
    const offset = <usize>load<u32>(at);
    const u = floats(row + offset);
    const g = left + offset * (GROUP_BYTES / 4);
    const h = right + offset * (GROUP_BYTES / 4);
    a0 = multiplyAdd(v128.load(g), u, a0);
    a1 = multiplyAdd(v128.load(g, 16), u, a1);
    a2 = multiplyAdd(v128.load(g, 32), u, a2);
    a3 = multiplyAdd(v128.load(g, 48), u, a3);
    if (at == 0) { store<i32>(out, 0); a0 = u; a1 = u; a2 = u; a3 = u; }
    a4 = multiplyAdd(v128.load(g, 64), u, a4);
    a5 = multiplyAdd(v128.load(h), u, a5);
    a6 = multiplyAdd(v128.load(h, 16), u, a6);
    if (at == 0) { store<i32>(out, 0); a4 = u; a5 = u; a6 = u; }
    a7 = multiplyAdd(v128.load(h, 32), u, a7);
    a8 = multiplyAdd(v128.load(h, 48), u, a8);
    a9 = multiplyAdd(v128.load(h, 64), u, a9);
  }
  store<f32>(out, sum(a0));
  store<f32>(out, sum(a1), 4);
  store<f32>(out, sum(a2), 8);
  store<f32>(out, sum(a3), 12);
  store<f32>(out, sum(a4), 16);
  store<f32>(out, sum(a5), 20);
  store<f32>(out, sum(a6), 24);
  store<f32>(out, sum(a7), 28);
  store<f32>(out, sum(a8), 32);
  store<f32>(out, sum(a9), 36);
}

/** The same for five columns. */
// @ts-ignore: decorator
@inline
function rowTimesFive(row: usize, list: usize, end: usize, panel: usize, out: usize): void {
  let a0 = f32x4.splat(0);
  let a1 = f32x4.splat(0);
  let a2 = f32x4.splat(0);
  let a3 = f32x4.splat(0);
  let a4 = f32x4.splat(0);
  for (let at = list; at < end; at += 4) {
    const offset = <usize>load<u32>(at);
    const u = floats(row + offset);
    const g = panel + offset * (GROUP_BYTES / 4);
    a0 = multiplyAdd(v128.load(g), u, a0);
    a1 = multiplyAdd(v128.load(g, 16), u, a1);
    a2 = multiplyAdd(v128.load(g, 32), u, a2);
    a3 = multiplyAdd(v128.load(g, 48), u, a3);
    a4 = multiplyAdd(v128.load(g, 64), u, a4);
  }
  store<f32>(out, sum(a0));
  store<f32>(out, sum(a1), 4);
  store<f32>(out, sum(a2), 8);
  store<f32>(out, sum(a3), 12);
  store<f32>(out, sum(a4), 16);
}

/** Whether all n floats are finite: NaN and infinities make x − x something other than 0. */
export function allFinite(values: usize, n: usize): bool {
  let sums = f32x4.splat(0);
  const end = values + (n << 2);
  for (; values + 16 <= end; values += 16) {
    const four = v128.load(values);
    sums = f32x4.add(sums, f32x4.sub(four, four));
  }
  let rest: f32 = 0;
  for (; values < end; values += 4) {
    const one = load<f32>(values);
    rest += one - one;
  }
  return sum(sums) + rest == 0;
}

/** W [K][columns] times `scale` to panels, what is left of the last ones filled with zeros. */
export function pack(w: usize, K: usize, columns: usize, scale: f32, packed: usize): void {
  const panelBytes = ((K + 15) >> 4) * 4 * GROUP_BYTES;
  const panels = (columns + PANEL - 1) / PANEL;
  if (K % 16 != 0 || columns % PANEL != 0) memory.fill(packed, 0, panels * panelBytes);
  for (let j: usize = 0; j < columns; j++) {
    const to = packed + (j / PANEL) * panelBytes + (j % PANEL) * 16;
    let from = w + (j << 2);
    for (let k: usize = 0; k < K; k++, from += columns << 2) {
      store<f32>(to + (k >> 2) * GROUP_BYTES + ((k & 3) << 2), load<f32>(from) * scale);
    }
  }
}

/** The way back: out [K][columns] from panels, times `scale`. */
export function unpack(packed: usize, K: usize, columns: usize, scale: f32, out: usize): void {
  const panelBytes = ((K + 15) >> 4) * 4 * GROUP_BYTES;
  for (let j: usize = 0; j < columns; j++) {
    const from = packed + (j / PANEL) * panelBytes + (j % PANEL) * 16;
    let to = out + (j << 2);
    for (let k: usize = 0; k < K; k++, to += columns << 2) {
      store<f32>(to, load<f32>(from + (k >> 2) * GROUP_BYTES + ((k & 3) << 2)) * scale);
    }
  }
}

/** y[m][panels·5] = X · W for the listed rows; W packed in panels. */
export function forward(
  x: usize,
  rows: usize,
  m: usize,
  K: usize,
  w: usize,
  panels: usize,
  y: usize,
  list: usize,
  dense: bool,
): void {
  const panelBytes = ((K + 15) >> 4) * 4 * GROUP_BYTES;
  for (let block: usize = 0; block < m; block += 16) {
    const last = min(block + 16, m);
    // Stored so that the reads are not dropped; the list overwrites it.
    store<u32>(list, touch(x, rows + (block << 2), last - block, K));
    for (let i = block; i < last; i++) {
      const row = x + <usize>load<u32>(rows + (i << 2)) * K;
      const end = listGroups(row, 0, K, list, dense);
      let panel = w;
      let out = y + i * panels * (PANEL * 4);
      let p = panels;
      for (; p >= 2; p -= 2, panel += 2 * panelBytes, out += 2 * PANEL * 4) {
        rowTimesTen(row, list, end, panel, panel + panelBytes, out);
      }
      if (p != 0) rowTimesFive(row, list, end, panel, out);
    }
  }
}

/** Add the listed groups of a row, and of the next one `other` bytes further on, times their gradients. */
// @ts-ignore: decorator
@inline
function addPair(row: usize, other: usize, list: usize, end: usize, from: usize, next: usize, panel: usize): void {
  const g0 = v128.load32_splat(from);
  const g1 = v128.load32_splat(from, 4);
  const g2 = v128.load32_splat(from, 8);
  const g3 = v128.load32_splat(from, 12);
  const g4 = v128.load32_splat(from, 16);
  const h0 = v128.load32_splat(next);
  const h1 = v128.load32_splat(next, 4);
  const h2 = v128.load32_splat(next, 8);
  const h3 = v128.load32_splat(next, 12);
  const h4 = v128.load32_splat(next, 16);
  for (let at = list; at < end; at += 4) {
    const offset = <usize>load<u32>(at);
    const u = floats(row + offset);
    const v = floats(row + offset + other);
    const to = panel + offset * (GROUP_BYTES / 4);
    v128.store(to, multiplyAdd(v, h0, multiplyAdd(u, g0, v128.load(to))));
    v128.store(to, multiplyAdd(v, h1, multiplyAdd(u, g1, v128.load(to, 16))), 16);
    v128.store(to, multiplyAdd(v, h2, multiplyAdd(u, g2, v128.load(to, 32))), 32);
    v128.store(to, multiplyAdd(v, h3, multiplyAdd(u, g3, v128.load(to, 48))), 48);
    v128.store(to, multiplyAdd(v, h4, multiplyAdd(u, g4, v128.load(to, 64))), 64);
  }
}

/**
 * acc = Xᵀ · G for the listed rows, acc packed in panels; g is [m][panels·5]. Rows are taken by two,
 * so that the sums are loaded and stored half as often: m is even.
 */
export function backward(
  x: usize,
  rows: usize,
  m: usize,
  K: usize,
  g: usize,
  panels: usize,
  acc: usize,
  list: usize,
  dense: bool,
): void {
  const panelBytes = ((K + 15) >> 4) * 4 * GROUP_BYTES;
  memory.fill(acc, 0, panels * panelBytes);
  for (let block: usize = 0; block < m; block += 16) {
    const last = min(block + 16, m);
    store<u32>(list, touch(x, rows + (block << 2), last - block, K));
    for (let i = block; i < last; i += 2) {
      const row = x + <usize>load<u32>(rows + (i << 2)) * K;
      const other = x + <usize>load<u32>(rows + (i << 2), 4) * K - row;
      const end = listGroups(row, other, K, list, dense);
      let panel = acc;
      let from = g + i * panels * (PANEL * 4);
      const stride = panels * (PANEL * 4);
      for (let p: usize = 0; p < panels; p++, panel += panelBytes, from += PANEL * 4) {
        addPair(row, other, list, end, from, from + stride, panel);
      }
    }
  }
}
