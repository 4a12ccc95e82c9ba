// Products with gathered rows of a byte data set, read in place: X·W and Xᵀ·G, compiled where
// possible, else in plain JavaScript.

import { unfilledFloats } from "../dtype";
import type { RowGather } from "../storage";
import { readDense } from "./cast";
import { floatsAt, integersAt, residentAddress, rowKernels, rowThreads, scratch } from "./resident";
import type { View } from "./view";

const panel = 5;
// Bytes of all rows: below it a product takes no longer than it takes to call another thread.
const worthSharing = 2 ** 15;

/** One finite check for a whole array: NaN and infinities make x − x something other than 0. */
function allFinite(values: Float32Array): boolean {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] - values[i];
  return sum === 0;
}

/** Addresses for one product, and how many threads share it. */
interface Layout {
  readonly source: number;
  readonly rows: number;
  /** (K, columns): W as it is outside, or what becomes of the gradient. */
  readonly matrix: number;
  /** W in panels. */
  readonly packed: number;
  /** (m, panels · 5), as the kernels want it. */
  readonly wide: number;
  readonly workspaces: number;
  readonly threads: number;
  readonly panels: number;
  /** The number of rows made even. */
  readonly count: number;
}

const align = (n: number) => (n + 63) & ~63;

/** Where everything lies, the row numbers written; null where the compiled kernels cannot run. */
function layout(gather: RowGather, columns: number): Layout | null {
  const kernels = rowKernels();
  if (kernels === null) return null;
  const source = residentAddress(gather.source);
  if (source === null) return null;
  const { rows, rowSize } = gather;
  const panels = Math.ceil(columns / panel);
  const count = rows.length + (rows.length & 1);
  const packedRow = (rowSize + 15) & ~15; // a panel's groups hold the row length rounded up to 16 values
  const sizes = [count, rowSize * columns, panels * packedRow * panel, count * panels * panel];
  const starts = [0];
  for (const floats of sizes) starts.push(align(starts[starts.length - 1] + floats * 4));
  const threads = rows.length * rowSize < worthSharing ? 1 : rowThreads();
  const at = scratch(starts[4] + threads * align(kernels.workspaceBytes(rowSize, columns)));
  if (at === null) return null;
  const numbers = integersAt(at, count);
  numbers.set(rows);
  if (count > rows.length) numbers[count - 1] = rows[rows.length - 1];
  const [, matrix, packed, wide, workspaces] = starts.map((start) => at + start);
  return { source, rows: at, matrix, packed, wide, workspaces, threads, panels, count };
}

function forwardCompiled(gather: RowGather, w: Float32Array, columns: number): Float32Array | null {
  const { rows, rowSize, divisor } = gather;
  const at = layout(gather, columns);
  const kernels = rowKernels();
  if (at === null || kernels === null) return null;
  floatsAt(at.matrix, w.length).set(w);
  const dense = kernels.allFinite(at.matrix, w.length) ? 0 : 1;
  kernels.pack(at.matrix, rowSize, columns, Math.fround(1 / divisor), at.packed);
  kernels.forward(
    at.source,
    at.rows,
    rows.length,
    rowSize,
    at.packed,
    columns,
    at.wide,
    dense,
    at.workspaces,
    at.threads,
  );
  const width = at.panels * panel;
  const wide = floatsAt(at.wide, rows.length * width);
  const out = unfilledFloats(rows.length * columns);
  if (columns === width) {
    out.set(wide);
    return out;
  }
  for (let i = 0; i < rows.length; i++) {
    out.set(wide.subarray(i * width, i * width + columns), i * columns);
  }
  return out;
}

function backwardCompiled(
  gather: RowGather,
  g: Float32Array,
  columns: number,
): Float32Array | null {
  const { rows, rowSize, divisor } = gather;
  const at = layout(gather, columns);
  const kernels = rowKernels();
  if (at === null || kernels === null) return null;
  const width = at.panels * panel;
  const wide = floatsAt(at.wide, at.count * width);
  if (columns === width) {
    wide.set(g);
    wide.fill(0, g.length);
  } else {
    wide.fill(0);
    for (let i = 0; i < rows.length; i++) {
      wide.set(g.subarray(i * columns, (i + 1) * columns), i * width);
    }
  }
  kernels.backward(
    at.source,
    at.rows,
    at.count,
    rowSize,
    at.wide,
    columns,
    at.matrix,
    kernels.allFinite(at.wide, wide.length) ? 0 : 1,
    at.workspaces,
    at.threads,
    Math.fround(1 / divisor),
  );
  const out = unfilledFloats(rowSize * columns);
  out.set(floatsAt(at.matrix, out.length));
  return out;
}

/** The row's values that are not zero (all of them when asked), and where they stand. */
function visit(gather: RowGather, row: number, every: boolean, where: Int32Array): number {
  const from = gather.rows[row] * gather.rowSize;
  let count = 0;
  for (let k = 0; k < gather.rowSize; k++) {
    if (every || gather.source[from + k] !== 0) where[count++] = k;
  }
  return count;
}

function forwardPlain(gather: RowGather, w: Float32Array, columns: number): Float32Array {
  const { source, rows, rowSize, divisor } = gather;
  const out = new Float32Array(rows.length * columns);
  const where = new Int32Array(rowSize);
  const every = !allFinite(w);
  for (let i = 0; i < rows.length; i++) {
    const count = visit(gather, i, every, where);
    const from = rows[i] * rowSize;
    for (let j = 0; j < columns; j++) {
      let sum = 0;
      for (let n = 0; n < count; n++) sum += source[from + where[n]] * w[where[n] * columns + j];
      out[i * columns + j] = sum / divisor;
    }
  }
  return out;
}

function backwardPlain(gather: RowGather, g: Float32Array, columns: number): Float32Array {
  const { source, rows, rowSize, divisor } = gather;
  const sums = new Float64Array(rowSize * columns);
  const where = new Int32Array(rowSize);
  const every = !allFinite(g);
  for (let i = 0; i < rows.length; i++) {
    const count = visit(gather, i, every, where);
    const from = rows[i] * rowSize;
    for (let n = 0; n < count; n++) {
      const x = source[from + where[n]];
      const to = where[n] * columns;
      for (let j = 0; j < columns; j++) sums[to + j] += x * g[i * columns + j];
    }
  }
  return Float32Array.from(sums, (s) => s / divisor);
}

/** X · W, (m, K) @ (K, n) → (m, n) dense, X being the gathered rows. */
export function rowsTimes(gather: RowGather, w: View): Float32Array {
  const columns = w.dims[1];
  const matrix = readDense(w) as Float32Array;
  return forwardCompiled(gather, matrix, columns) ?? forwardPlain(gather, matrix, columns);
}

/** Xᵀ · G, (K, m) @ (m, n) → (K, n) dense, X being the gathered rows. */
export function rowsTransposedTimes(gather: RowGather, g: View): Float32Array {
  const columns = g.dims[1];
  const matrix = readDense(g) as Float32Array;
  return backwardCompiled(gather, matrix, columns) ?? backwardPlain(gather, matrix, columns);
}
