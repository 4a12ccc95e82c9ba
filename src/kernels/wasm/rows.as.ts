// Products of rows of bytes, read where they lie, with a skinny float matrix (AssemblyScript).
//
// A row holds K bytes; only groups of four that are not all zero are visited, through a list of
// their offsets (half the pixels of an image are background). Columns go in panels of five, as
// many as fit the registers beside a group's four values. Layout of a panel-packed matrix:
// [panel][K/4 rounded up to 4 groups][5 columns][4 values], padded with zeros; at least 16
// readable bytes must follow the last row.

import { begin, claim, end, enter, leave, nextTurn } from "./crew.as";
import { multiplyAdd } from "./fused.as";
import { floats, listBytes, listGroups, touch } from "./groups.as";
import { GROUP_BYTES, PANEL, sum, unpack } from "./panels.as";

export { prepare } from "./groups.as";
export { allFinite, pack } from "./panels.as";

/**
 * y[i][columns] of one row for ten columns. The loop is never left in its middle, but that it might be
 * ends V8's reordering: else it loads all ten values first and has not enough registers for them.
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
    if (g == 0) break;
    a4 = multiplyAdd(v128.load(g, 64), u, a4);
    a5 = multiplyAdd(v128.load(h), u, a5);
    a6 = multiplyAdd(v128.load(h, 16), u, a6);
    if (h == 0) break;
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

// The product at hand, as every thread that takes part reads it; each has a workspace of its own.
const job: usize = 2048;
const FORWARD: u32 = 0;
const BACKWARD: u32 = 1;
const ROWS_AT_A_TIME: usize = 16; // as many rows as are fetched in one burst

// @ts-ignore: decorator
@inline
function given(k: usize): usize {
  return <usize>load<u32>(job + (k << 2));
}

/**
 * Bytes of a thread's workspace. Two threads' numbers must not lie on neighbouring cache lines, which
 * would travel from core to core with every row.
 */
export function workspaceBytes(K: usize, columns: usize): usize {
  const panels = (columns + PANEL - 1) / PANEL;
  return listBytes(K) + panels * ((K + 15) >> 4) * 4 * GROUP_BYTES + 256;
}

/** y[m][panels·5] = X · W for the listed rows; a piece is sixteen rows. */
function forwardPieces(list: usize): void {
  const x = given(1);
  const rows = given(2);
  const m = given(3);
  const K = given(4);
  const w = given(5);
  const panels = (given(6) + PANEL - 1) / PANEL;
  const y = given(7);
  const dense = given(8) != 0;
  const panelBytes = ((K + 15) >> 4) * 4 * GROUP_BYTES;
  for (let first = claim() * ROWS_AT_A_TIME; first < m; first = claim() * ROWS_AT_A_TIME) {
    const last = min(first + ROWS_AT_A_TIME, m);
    // Stored so that the reads are not dropped; the list overwrites it.
    store<u32>(list, touch(x, rows + (first << 2), last - first, K, K));
    for (let i = first; i < last; i++) {
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
 * out[K][columns] = Xᵀ · G · scale for the listed rows; g is [m][panels·5]. A piece, one for each
 * thread, is a range of the K sums, so that each is added up over all rows in their order. Rows are
 * taken by two, so that the sums are loaded and stored half as often: m is even.
 */
function backwardPieces(list: usize): void {
  const x = given(1);
  const rows = given(2);
  const m = given(3);
  const K = given(4);
  const g = given(5);
  const columns = given(6);
  const out = given(7);
  const dense = given(8) != 0;
  const pieces = given(10);
  const scale = load<f32>(job, 44);
  const panels = (columns + PANEL - 1) / PANEL;
  const steps = (K + 15) >> 4;
  const stride = panels * (PANEL * 4);
  const sums = list + listBytes(K);
  for (let piece = claim(); piece < pieces; piece = claim()) {
    const from = ((piece * steps) / pieces) << 4;
    const to = min(K, (((piece + 1) * steps) / pieces) << 4);
    const panelBytes = ((to - from + 15) >> 4) * 4 * GROUP_BYTES;
    memory.fill(sums, 0, panels * panelBytes);
    for (let first: usize = 0; first < m; first += ROWS_AT_A_TIME) {
      const last = min(first + ROWS_AT_A_TIME, m);
      store<u32>(list, touch(x + from, rows + (first << 2), last - first, to - from, K));
      for (let i = first; i < last; i += 2) {
        const row = x + <usize>load<u32>(rows + (i << 2)) * K + from;
        const other = x + <usize>load<u32>(rows + (i << 2), 4) * K + from - row;
        const end = listGroups(row, other, to - from, list, dense);
        let panel = sums;
        let gradient = g + i * stride;
        for (let p: usize = 0; p < panels; p++, panel += panelBytes, gradient += PANEL * 4) {
          addPair(row, other, list, end, gradient, gradient + stride, panel);
        }
      }
    }
    unpack(sums, panelBytes, to - from, columns, scale, out + from * (columns << 2));
  }
}

function work(thread: usize): void {
  const K = given(4);
  const list = given(9) + thread * ((workspaceBytes(K, given(6)) + 63) & ~63);
  if (given(0) == FORWARD) forwardPieces(list);
  else backwardPieces(list);
}

function product(
  kind: u32,
  x: usize,
  rows: usize,
  m: usize,
  K: usize,
  matrix: usize,
  columns: usize,
  out: usize,
  dense: bool,
  workspaces: usize,
  threads: u32,
  scale: f32,
): void {
  end();
  store<u32>(job, kind);
  store<usize>(job, x, 4);
  store<usize>(job, rows, 8);
  store<usize>(job, m, 12);
  store<usize>(job, K, 16);
  store<usize>(job, matrix, 20);
  store<usize>(job, columns, 24);
  store<usize>(job, out, 28);
  store<u32>(job, dense, 32);
  store<usize>(job, workspaces, 36);
  store<u32>(job, threads, 40);
  store<f32>(job, scale, 44);
  begin(threads > 1);
  work(0);
  end();
}

/** y[m][panels·5] = X · W for the listed rows; W packed in panels; by so many threads. */
export function forward(
  x: usize,
  rows: usize,
  m: usize,
  K: usize,
  w: usize,
  columns: usize,
  y: usize,
  dense: bool,
  workspaces: usize,
  threads: u32,
): void {
  product(FORWARD, x, rows, m, K, w, columns, y, dense, workspaces, threads, 1);
}

/** out[K][columns] = Xᵀ · G · scale for the listed rows, by so many threads; m is even. */
export function backward(
  x: usize,
  rows: usize,
  m: usize,
  K: usize,
  g: usize,
  columns: usize,
  out: usize,
  dense: bool,
  workspaces: usize,
  threads: u32,
  scale: f32,
): void {
  product(BACKWARD, x, rows, m, K, g, columns, out, dense, workspaces, threads, scale);
}

/**
 * What a waiting thread does again and again: wait for a turn after `seen`, take part, return it. The
 * engine compiles a function better once it was called often, never one that does not return.
 */
export function attend(thread: usize, seen: i32): i32 {
  const turn = nextTurn(seen);
  if (enter()) {
    if (thread < given(10)) work(thread);
    leave();
  }
  return turn;
}
