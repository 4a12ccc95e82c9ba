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

/** List the offsets of the row's groups, all or those that are not zero; returns the list's end. */
// @ts-ignore: decorator
@inline
function listGroups(row: usize, K: usize, list: usize, dense: bool): usize {
  let end = list;
  let offsets = i32x4.splat(0);
  const zero = offsets;
  const step = i32x4.splat(16);
  for (let at: usize = 0; at < K; at += 16) {
    const pattern = dense
      ? <usize>0
      : <usize>i32x4.bitmask(i32x4.eq(v128.load(row + at), zero));
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
  for (let block: usize = 0; block < m; block += 32) {
    const last = min(block + 32, m);
    // Stored so that the reads are not dropped; the list overwrites it.
    store<u32>(list, touch(x, rows + (block << 2), last - block, K));
    for (let i = block; i < last; i++) {
      const row = x + <usize>load<u32>(rows + (i << 2)) * K;
      const end = listGroups(row, K, list, dense);
      for (let p: usize = 0; p < panels; p++) {
        const panel = w + p * panelBytes;
        let a0 = f32x4.splat(0);
        let a1 = a0;
        let a2 = a0;
        let a3 = a0;
        let a4 = a0;
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
        const out = y + (i * panels + p) * (PANEL * 4);
        store<f32>(out, sum(a0));
        store<f32>(out, sum(a1), 4);
        store<f32>(out, sum(a2), 8);
        store<f32>(out, sum(a3), 12);
        store<f32>(out, sum(a4), 16);
      }
    }
  }
}

/** acc = Xᵀ · G for the listed rows, acc packed in panels; g is [m][panels·5]. */
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
  for (let block: usize = 0; block < m; block += 32) {
    const last = min(block + 32, m);
    store<u32>(list, touch(x, rows + (block << 2), last - block, K));
    for (let i = block; i < last; i++) {
      const row = x + <usize>load<u32>(rows + (i << 2)) * K;
      const end = listGroups(row, K, list, dense);
      for (let p: usize = 0; p < panels; p++) {
        const from = g + (i * panels + p) * (PANEL * 4);
        const g0 = v128.load32_splat(from);
        const g1 = v128.load32_splat(from, 4);
        const g2 = v128.load32_splat(from, 8);
        const g3 = v128.load32_splat(from, 12);
        const g4 = v128.load32_splat(from, 16);
        const panel = acc + p * panelBytes;
        for (let at = list; at < end; at += 4) {
          const offset = <usize>load<u32>(at);
          const u = floats(row + offset);
          const to = panel + offset * (GROUP_BYTES / 4);
          v128.store(to, multiplyAdd(u, g0, v128.load(to)));
          v128.store(to, multiplyAdd(u, g1, v128.load(to, 16)), 16);
          v128.store(to, multiplyAdd(u, g2, v128.load(to, 32)), 32);
          v128.store(to, multiplyAdd(u, g3, v128.load(to, 48)), 48);
          v128.store(to, multiplyAdd(u, g4, v128.load(to, 64)), 64);
        }
      }
    }
  }
}
