// Products with gathered rows of a byte data set, read in place: X·W and Xᵀ·G, compiled where
// possible, else in plain JavaScript.

import type { RowGather } from "../storage";
import { readDense } from "./cast";
import { floatsAt, integersAt, residentAddress, rowKernels, scratch } from "./resident";
import type { View } from "./view";

const panel = 5;

/** One finite check for a whole array: NaN and infinities make x − x something other than 0. */
function allFinite(values: Float32Array): boolean {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] - values[i];
  return sum === 0;
}

interface Layout {
  readonly source: number;
  readonly rows: number;
  readonly matrix: number;
  readonly out: number;
  readonly list: number;
}

/** Addresses for one product, or null where the compiled kernels cannot run. */
function layout(gather: RowGather, matrixFloats: number, outFloats: number): Layout | null {
  if (rowKernels() === null) return null;
  const source = residentAddress(gather.source);
  if (source === null) return null;
  const align = (n: number) => (n + 15) & ~15;
  const sizes = [gather.rows.length * 4, matrixFloats * 4, outFloats * 4, gather.rowSize + 64].map(
    align,
  );
  const at = scratch(sizes.reduce((a, b) => a + b, 0));
  if (at === null) return null;
  const [rows, matrix, out] = sizes;
  return {
    source,
    rows: at,
    matrix: at + rows,
    out: at + rows + matrix,
    list: at + rows + matrix + out,
  };
}

/** Groups of four values in a panel: the row length rounded up to 16 values. */
function groupsOf(rowSize: number): number {
  return Math.ceil(rowSize / 16) * 4;
}

/** Where column j of a packed matrix starts: its panel, and its place in each group of the panel. */
function panelStart(j: number, groups: number): number {
  return Math.floor(j / panel) * groups * panel * 4 + (j % panel) * 4;
}

function forwardCompiled(gather: RowGather, w: Float32Array, columns: number): Float32Array | null {
  const { rows, rowSize, divisor } = gather;
  const panels = Math.ceil(columns / panel);
  const groups = groupsOf(rowSize);
  const at = layout(gather, panels * groups * panel * 4, rows.length * panels * panel);
  if (at === null) return null;
  integersAt(at.rows, rows.length).set(rows);
  const packed = floatsAt(at.matrix, panels * groups * panel * 4);
  const scale = Math.fround(1 / divisor);
  if (rowSize % 16 !== 0 || columns % panel !== 0) packed.fill(0);
  for (let j = 0; j < columns; j++) {
    let to = panelStart(j, groups);
    let from = j;
    let k = 0;
    for (; k + 4 <= rowSize; k += 4, to += panel * 4, from += 4 * columns) {
      packed[to] = w[from] * scale;
      packed[to + 1] = w[from + columns] * scale;
      packed[to + 2] = w[from + 2 * columns] * scale;
      packed[to + 3] = w[from + 3 * columns] * scale;
    }
    for (; k < rowSize; k++, to++, from += columns) packed[to] = w[from] * scale;
  }
  const dense = allFinite(w) ? 0 : 1;
  rowKernels()?.forward(
    at.source,
    at.rows,
    rows.length,
    rowSize,
    at.matrix,
    panels,
    at.out,
    at.list,
    dense,
  );
  const wide = floatsAt(at.out, rows.length * panels * panel);
  if (columns === panels * panel) return wide.slice();
  const out = new Float32Array(rows.length * columns);
  for (let i = 0; i < rows.length; i++) {
    const row = wide.subarray(i * panels * panel, i * panels * panel + columns);
    out.set(row, i * columns);
  }
  return out;
}

function backwardCompiled(
  gather: RowGather,
  g: Float32Array,
  columns: number,
): Float32Array | null {
  const { rows, rowSize, divisor } = gather;
  const panels = Math.ceil(columns / panel);
  const groups = groupsOf(rowSize);
  const at = layout(gather, rows.length * panels * panel, panels * groups * panel * 4);
  if (at === null) return null;
  integersAt(at.rows, rows.length).set(rows);
  const wide = floatsAt(at.matrix, rows.length * panels * panel);
  if (columns === panels * panel) {
    wide.set(g);
  } else {
    wide.fill(0);
    for (let i = 0; i < rows.length; i++) {
      wide.set(g.subarray(i * columns, (i + 1) * columns), i * panels * panel);
    }
  }
  const dense = allFinite(g) ? 0 : 1;
  rowKernels()?.backward(
    at.source,
    at.rows,
    rows.length,
    rowSize,
    at.matrix,
    panels,
    at.out,
    at.list,
    dense,
  );
  const acc = floatsAt(at.out, panels * groups * panel * 4);
  const out = new Float32Array(rowSize * columns);
  const scale = Math.fround(1 / divisor);
  for (let j = 0; j < columns; j++) {
    let from = panelStart(j, groups);
    let to = j;
    let k = 0;
    for (; k + 4 <= rowSize; k += 4, from += panel * 4, to += 4 * columns) {
      out[to] = acc[from] * scale;
      out[to + columns] = acc[from + 1] * scale;
      out[to + 2 * columns] = acc[from + 2] * scale;
      out[to + 3 * columns] = acc[from + 3] * scale;
    }
    for (; k < rowSize; k++, from++, to += columns) out[to] = acc[from] * scale;
  }
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
