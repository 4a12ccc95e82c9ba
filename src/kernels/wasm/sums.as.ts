// Sums of float32 in PyTorch's order (kernels/sum.ts, kernels/shortsum.ts). Addresses are in bytes.

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

/** The sums of `rows` rows of n floats, fewer than 32: what is behind whole eights first, then lane by lane. */
export function rowSums(data: usize, rows: usize, n: usize, out: usize): void {
  const whole = (n & ~7) << 2;
  const width = n << 2;
  for (let row: usize = 0; row < rows; row++, data += width, out += 4) {
    let sum: f32 = 0;
    for (let at = whole; at < width; at += 4) sum += load<f32>(data + at);
    if (whole == 32) {
      sum += load<f32>(data);
      sum += load<f32>(data, 4);
      sum += load<f32>(data, 8);
      sum += load<f32>(data, 12);
      sum += load<f32>(data, 16);
      sum += load<f32>(data, 20);
      sum += load<f32>(data, 24);
      sum += load<f32>(data, 28);
      store<f32>(out, sum);
      continue;
    }
    for (let lane: usize = 0; lane < 32; lane += 4) {
      let one: f32 = 0;
      for (let at = lane; at < whole; at += 32) one += load<f32>(data + at);
      sum += one;
    }
    store<f32>(out, sum);
  }
}

/**
 * The sums of the columns of [rows][columns], four side by side: row 4i + s goes to stream s. A stream
 * is carried on after every 16 of its rows; that happens once as long as it has fewer than 256. Up
 * to twelve bytes behind the data are read, and written behind `out`.
 */
export function columnSums(data: usize, rows: usize, columns: usize, out: usize): void {
  const zero = f32x4.splat(0);
  const width = columns << 2;
  const count = rows >> 2;
  for (let j: usize = 0; j < width; j += 16) {
    let s0 = zero, s1 = zero, s2 = zero, s3 = zero;
    let t0 = zero, t1 = zero, t2 = zero, t3 = zero;
    let at = data + j;
    for (let i: usize = 0; i < count; ) {
      s0 = f32x4.add(s0, v128.load(at));
      at += width;
      s1 = f32x4.add(s1, v128.load(at));
      at += width;
      s2 = f32x4.add(s2, v128.load(at));
      at += width;
      s3 = f32x4.add(s3, v128.load(at));
      at += width;
      if ((++i & 15) != 0) continue;
      t0 = f32x4.add(t0, s0);
      t1 = f32x4.add(t1, s1);
      t2 = f32x4.add(t2, s2);
      t3 = f32x4.add(t3, s3);
      s0 = s1 = s2 = s3 = zero;
    }
    let sum = f32x4.add(s0, t0);
    for (let r = count << 2; r < rows; r++, at += width) sum = f32x4.add(sum, v128.load(at));
    sum = f32x4.add(sum, f32x4.add(s1, t1));
    sum = f32x4.add(sum, f32x4.add(s2, t2));
    sum = f32x4.add(sum, f32x4.add(s3, t3));
    v128.store(out + j, sum);
  }
}
