// Rows of bytes in groups of four: which groups of a row are not all zero, and what they hold.

// Addresses are given here rather than by the compiler, which would have every thread that starts
// clear what lies there.
// For each of the 16 patterns of zero groups in 16 bytes: the offsets of the others, and how many.
const table: usize = 1024;

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
export function listGroups(row: usize, other: usize, K: usize, list: usize, dense: bool): usize {
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
export function floats(at: usize): v128 {
  return f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_s(v128.load_ext<u8>(at)));
}

/** Bytes for a list of all groups of a row of K bytes, and what listGroups writes behind it. */
// @ts-ignore: decorator
@inline
export function listBytes(K: usize): usize {
  return (K + 127) & ~63;
}

/**
 * Read one byte of each cache line in the first `bytes` bytes of `count` rows in one burst: rows of a
 * shuffled batch lie anywhere in memory, and waiting for them together is faster than one after the
 * other. Row n lies at x + n·K.
 */
export function touch(x: usize, rows: usize, count: usize, bytes: usize, K: usize): u32 {
  let seen: u32 = 0;
  for (let i: usize = 0; i < count; i++) {
    const row = x + <usize>load<u32>(rows + (i << 2)) * K;
    for (let at: usize = 0; at < bytes; at += 64) seen += load<u8>(row + at);
    seen += load<u8>(row + bytes - 1);
  }
  return seen;
}
