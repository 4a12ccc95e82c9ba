// Loops over large float32 arrays in WebAssembly. The numbers stay with the garbage collector:
// they go through a small memory in pieces that fit the processor's first cache.

import { compiledKernels } from "./compiled";

type Binary = (a: number, b: number, out: number, n: number) => void;
type BinaryName = "add" | "sub" | "mul" | "div";
type UnaryName = "neg" | "exp" | "log";
type Unary = (a: number, out: number, n: number) => void;

/** The loops compiled from wasm/dense.as.ts. */
export interface DenseKernels {
  readonly add: Binary;
  readonly sub: Binary;
  readonly mul: Binary;
  readonly div: Binary;
  readonly neg: Unary;
  readonly exp: Unary;
  readonly log: Unary;
  spread(values: number, rows: number, columns: number, out: number): void;
  sumRows(data: number, first: number, rows: number, acc: number, power: number): void;
  rowSums(data: number, rows: number, n: number, out: number): void;
  columnSums(data: number, rows: number, columns: number, out: number): void;
  pack(b: number, inner: number, columns: number, packed: number): void;
  multiply(
    a: number,
    packed: number,
    out: number,
    rows: number,
    inner: number,
    panels: number,
  ): void;
}

const pageSize = 65536;
const piece = 4096; // floats: three arrays of 16 KB
const pieceBytes = piece * 4;
const firstAt = 1024; // the constants of exp and log lie before it
const secondAt = firstAt + pieceBytes;
const outAt = secondAt + pieceBytes;
const accumulatorsAt = outAt + pieceBytes;
const accumulators = 4 * 32;
/** Where longer scratch space begins. */
export const freeAt = accumulatorsAt + accumulators * 4;

let memory: WebAssembly.Memory;
let kernels: DenseKernels | null | undefined;
let floats: Float32Array;

/** The compiled loops, or null where only plain JavaScript runs. */
export function denseKernels(): DenseKernels | null {
  if (kernels === undefined) {
    memory = new WebAssembly.Memory({ initial: 2, maximum: 16384 });
    kernels = (compiledKernels("dense", memory)?.exports as DenseKernels | undefined) ?? null;
    floats = new Float32Array(memory.buffer as ArrayBuffer);
  }
  return kernels;
}

/** The whole memory as floats, `bytes` of it at least; null when there is no more. */
export function denseFloats(bytes: number): Float32Array | null {
  const missing = Math.ceil((bytes - memory.buffer.byteLength) / pageSize);
  if (missing > 0) {
    try {
      memory.grow(missing);
    } catch {
      return null;
    }
    floats = new Float32Array(memory.buffer as ArrayBuffer);
  }
  return floats;
}

// Where a call pays off: a batch's [256, 10] takes a third of the time here. For exp and log it also
// marks where results may differ from Math.exp and Math.log in the last bit; sums, differences,
// products and quotients are the same everywhere.
/** Arrays of fewer floats never come here. */
export const large = 2048;

/** One operand: the array and where it starts; a step of 0 repeats that element. */
interface Operand {
  readonly array: Float32Array;
  readonly start: number;
  readonly step: 0 | 1;
}

/** out[i] = a[i] ∘ b[i] for a large array; false when the plain loop is to do it. */
export function largeBinary(name: BinaryName, out: Float32Array, a: Operand, b: Operand): boolean {
  if (out.length < large) return false;
  const run = denseKernels()?.[name];
  if (run === undefined) return false;
  const places = [firstAt / 4, secondAt / 4];
  const operands = [a, b];
  operands.forEach(({ array, start, step }, k) => {
    if (step === 0) {
      floats.fill(array[start], places[k], places[k] + Math.min(piece, out.length));
    }
  });
  for (let i = 0; i < out.length; i += piece) {
    const count = Math.min(piece, out.length - i);
    for (let k = 0; k < 2; k++) {
      const { array, start, step } = operands[k];
      if (step === 1) floats.set(array.subarray(start + i, start + i + count), places[k]);
    }
    run(firstAt, secondAt, outAt, count);
    out.set(floats.subarray(outAt / 4, outAt / 4 + count), i);
  }
  return true;
}

/** One operand of a plane: where it starts, and its steps from row to row and within a row. */
export interface PlaneOperand {
  readonly array: Float32Array;
  readonly start: number;
  readonly rowStep: number;
  readonly step: number;
}

/** Rows of an operand, one behind the other; what lies behind them may be overwritten. */
function copyRows(
  { array, start, rowStep, step }: PlaneOperand,
  first: number,
  rows: number,
  columns: number,
  to: number,
): void {
  const from = start + first * rowStep;
  const out = floats;
  if (step === 1 && rowStep === columns) {
    out.set(array.subarray(from, from + rows * columns), to);
  } else if (rowStep === 0) {
    // One row again and again: written once, then copied as what is there doubles.
    for (let c = 0, i = from; c < columns; c++, i += step) out[to + c] = array[i];
    const n = rows * columns;
    for (let done = columns; done < n; done *= 2) {
      out.copyWithin(to + done, to, to + Math.min(done, n - done));
    }
  } else if (step === 0) {
    for (let r = 0, i = from; r < rows; r++, i += rowStep) out[outAt / 4 + r] = array[i];
    kernels?.spread(outAt, rows, columns, to * 4);
  } else {
    for (let r = 0, at = to, row = from; r < rows; r++, row += rowStep) {
      for (let c = 0, i = row; c < columns; c++, i += step) out[at++] = array[i];
    }
  }
}

/**
 * The same for rows of `columns` elements that an operand may repeat or not hold one behind the
 * other: calling the plain loop for each row of ten would cost more than the ten.
 */
export function largePlane(
  name: BinaryName,
  out: Float32Array,
  columns: number,
  a: PlaneOperand,
  b: PlaneOperand,
): boolean {
  if (out.length < large || columns > piece) return false;
  const run = denseKernels()?.[name];
  if (run === undefined) return false;
  const rowsInPiece = Math.floor(piece / columns);
  const rows = out.length / columns;
  for (let first = 0; first < rows; first += rowsInPiece) {
    const count = Math.min(rowsInPiece, rows - first);
    copyRows(a, first, count, columns, firstAt / 4);
    copyRows(b, first, count, columns, secondAt / 4);
    run(firstAt, secondAt, outAt, count * columns);
    out.set(floats.subarray(outAt / 4, outAt / 4 + count * columns), first * columns);
  }
  return true;
}

/** out[i] = f(a[start + i]) for a large array; false when the plain loop is to do it. */
export function largeUnary(
  name: UnaryName,
  out: Float32Array,
  a: Float32Array,
  start: number,
): boolean {
  if (out.length < large) return false;
  const run = denseKernels()?.[name];
  if (run === undefined) return false;
  for (let i = 0; i < out.length; i += piece) {
    const count = Math.min(piece, out.length - i);
    floats.set(a.subarray(start + i, start + i + count), firstAt / 4);
    run(firstAt, outAt, count);
    out.set(floats.subarray(outAt / 4, outAt / 4 + count), i);
  }
  return true;
}

const row = 32; // floats: four streams of eight lanes
const sumRowsInPiece = piece / row; // a multiple of every block of up to 128 rows

/**
 * The four levels of 32 accumulators after adding `rows` rows of 32 floats in the order of sum.ts;
 * null when the plain loop is to do it. `power`: a level is carried after 2^power rows.
 */
export function largeRowSum(
  a: Float32Array,
  start: number,
  rows: number,
  power: number,
): Float32Array | null {
  if (rows * row < large || 2 ** power > sumRowsInPiece) return null;
  const run = denseKernels();
  if (run === null) return null;
  const from = accumulatorsAt / 4;
  floats.fill(0, from, from + accumulators);
  for (let i = 0; i < rows; i += sumRowsInPiece) {
    const count = Math.min(sumRowsInPiece, rows - i);
    floats.set(a.subarray(start + i * row, start + (i + count) * row), firstAt / 4);
    run.sumRows(firstAt, i, count, accumulatorsAt, power);
  }
  return floats.slice(from, from + accumulators);
}

// Where short sums pay off: copying in and the call cost as much as 50 additions.
const worthSumming = 256;

/**
 * The sums of rows of n floats, each under 32, one behind the other; null when the plain loop is to
 * do it. What is returned holds until the next call.
 */
export function shortRowSums(
  a: Float32Array,
  start: number,
  rows: number,
  n: number,
): Float32Array | null {
  if (rows * n < worthSumming || rows * n > piece) return null;
  const run = denseKernels();
  if (run === null) return null;
  floats.set(a.subarray(start, start + rows * n), firstAt / 4);
  run.rowSums(firstAt, rows, n, outAt);
  return floats.subarray(outAt / 4, outAt / 4 + rows);
}

/** The same for the columns of a matrix of eight to 31, which has at most 512 rows then. */
export function fewColumnSums(
  a: Float32Array,
  start: number,
  rows: number,
  columns: number,
): Float32Array | null {
  if (rows * columns < worthSumming || rows * columns > piece) return null;
  const run = denseKernels();
  if (run === null) return null;
  floats.set(a.subarray(start, start + rows * columns), firstAt / 4);
  run.columnSums(firstAt, rows, columns, outAt);
  return floats.subarray(outAt / 4, outAt / 4 + columns);
}
