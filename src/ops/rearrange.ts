// Copies and views in another arrangement: repeated, turned, shifted, cut in pieces.

import { record, recordView } from "../autograd/record";
import { int64 } from "../dtype";
import { IndexError, RuntimeError } from "../errors";
import { readDense } from "../kernels/cast";
import { takeAt } from "../kernels/positions";
import {
  contiguousStrides,
  formatShape,
  normalizeDim,
  normalizeDims,
  numelOf,
  type Shape,
} from "../shape";
import type { Tensor } from "../tensor";
import { fromArray } from "../tensor";
import { requireTensor } from "./operand";
import type { Positions } from "./position";
import { stridedPositions } from "./select";
import { cat, type Sizes, toSizes } from "./shape";

/** Another arrangement of the same elements, each once: its gradient puts them back. */
function rearranged(name: string, input: Tensor, p: Positions): Tensor {
  const value = fromArray(takeAt(readDense(input), p.at, input.dtype), p.dims, input.dtype);
  const dims = [...input.dims];
  return record(name, [input], value, (grad) => [grad.addAtPositions(p, dims)]);
}

/** Row-major positions in a tensor of shape `dims`, changed one dimension at a time. */
function mappedPositions(dims: Shape, map: (at: number, d: number) => number): Positions {
  const strides = contiguousStrides(dims);
  const places = stridedPositions(dims, strides, 0).at;
  const at = places.map((place) => {
    let out = 0;
    for (let d = 0; d < dims.length; d++) {
      out += map(Math.floor(place / strides[d]) % dims[d], d) * strides[d];
    }
    return out;
  });
  return { at, dims };
}

/**
 * The tensor repeated along each dimension: (n, m) repeated (2, 3) → (2n, 3m). A copy.
 * Raises RuntimeError when there are fewer counts than dimensions.
 * @example torch.tensor([1, 2]).repeat(2)   // tensor([1, 2, 1, 2])
 */
export function repeat(input: Tensor, ...sizes: Sizes): Tensor {
  requireTensor(input, "repeat");
  const counts = toSizes(sizes, "repeat");
  if (counts.length < input.dims.length) {
    throw new RuntimeError(
      "Number of dimensions of repeat dims can not be smaller than number of dimensions of tensor",
      `repeat got ${counts.length} counts for ${input.dims.length} dimensions`,
    );
  }
  const extra = counts.length - input.dims.length;
  const dims = counts.map((n, d) => n * (d < extra ? 1 : input.dims[d - extra]));
  const negative = dims.find((n) => n < 0);
  if (negative !== undefined) {
    throw new RuntimeError(
      `Trying to create tensor with negative dimension ${negative}: ${formatShape(dims)}`,
      "a tensor is repeated 0 times or more",
    );
  }
  const target = contiguousStrides(dims);
  const source = contiguousStrides(input.dims);
  const at = new Int32Array(numelOf(dims));
  for (let i = 0; i < at.length; i++) {
    for (let d = extra; d < dims.length; d++) {
      at[i] += ((Math.floor(i / target[d]) % dims[d]) % input.dims[d - extra]) * source[d - extra];
    }
  }
  return rearranged("RepeatBackward0", input, { at, dims });
}

/** `repeat` that allows fewer counts than dimensions; the missing ones are 1. */
export function tile(input: Tensor, ...sizes: Sizes): Tensor {
  const counts = toSizes(sizes, "tile");
  const missing = Math.max(0, requireTensor(input, "tile").dims.length - counts.length);
  return repeat(input, [...new Array<number>(missing).fill(1), ...counts]);
}

/** The order along the given dimensions reversed; a copy. */
export function flip(input: Tensor, ...dims: (number | readonly number[])[]): Tensor {
  requireTensor(input, "flip");
  const chosen = normalizeDims(dims.flat(), input.dims.length, "flip");
  const p = mappedPositions(input.dims, (i, d) => (chosen.includes(d) ? input.dims[d] - 1 - i : i));
  return rearranged("FlipBackward0", input, p);
}

/** Elements moved along a dimension, those that fall off the end coming in at the start. */
export function roll(
  input: Tensor,
  shifts: number | readonly number[],
  dims?: number | readonly number[],
): Tensor {
  requireTensor(input, "roll");
  if (dims === undefined) {
    const [shift] = [shifts].flat();
    return roll(input.reshape(-1), shift, 0).reshape([...input.dims]);
  }
  const by = [shifts].flat();
  const over = [dims].flat().map((d) => normalizeDim(d, input.dims.length, "roll"));
  if (by.length !== over.length) {
    throw new RuntimeError(
      `shifts and dimensions must align. shifts: ${by.length}, dims:${over.length}`,
    );
  }
  const p = mappedPositions(input.dims, (i, d) => {
    const n = input.dims[d];
    const shift = over.reduce((s, o, k) => (o === d ? s + by[k] : s), 0);
    return (((i - shift) % n) + n) % n;
  });
  return rearranged("RollBackward0", input, p);
}

function placesOf(which: string, dims: number | readonly number[], rank: number): number[] {
  const given = [dims].flat();
  const found = given.map((d) => normalizeDim(d, rank, "movedim", which));
  if (new Set(found).size !== found.length) {
    throw new RuntimeError(`movedim: repeated dim in \`${which}\` (${formatShape(given)})`);
  }
  return found;
}

/** Dimensions moved to other places, the others staying in order; a view. */
export function movedim(
  input: Tensor,
  source: number | readonly number[],
  destination: number | readonly number[],
): Tensor {
  requireTensor(input, "movedim");
  const rank = input.dims.length;
  const from = placesOf("source", source, rank);
  const to = placesOf("destination", destination, rank);
  if (from.length !== to.length) {
    throw new RuntimeError(
      `movedim: Invalid source or destination dims: source (${formatShape(from)} dims) should contain the same number of dims as destination (${formatShape(to)} dims)`,
    );
  }
  const order = new Array<number>(rank).fill(-1);
  from.forEach((d, k) => {
    order[to[k]] = d;
  });
  const rest = input.dims.map((_, d) => d).filter((d) => !from.includes(d));
  return input.permute(order.map((d) => (d === -1 ? (rest.shift() as number) : d)));
}

/** `transpose` under NumPy's name. */
export function swapaxes(input: Tensor, axis0: number, axis1: number): Tensor {
  return requireTensor(input, "swapaxes").transpose(axis0, axis1);
}

function triangle(
  name: string,
  op: string,
  input: Tensor,
  keep: (row: number, column: number) => boolean,
) {
  requireTensor(input, op);
  const rank = input.dims.length;
  if (rank < 2) throw new RuntimeError(`${op}: input tensor must have at least 2 dimensions`);
  const [rows, columns] = input.dims.slice(-2);
  const mask = (t: Tensor): Tensor => {
    const data = readDense(t).slice();
    for (let i = 0; i < data.length; i++) {
      if (!keep(Math.floor(i / columns) % rows, i % columns)) data[i] = 0;
    }
    return record(name, [t], fromArray(data, t.dims, t.dtype), (grad) => [mask(grad)]);
  };
  return mask(input);
}

/** The lower triangle of a matrix (or of each in a batch), zeros above `diagonal`. */
export function tril(input: Tensor, diagonal = 0): Tensor {
  return triangle("TrilBackward0", "tril", input, (row, column) => column - row <= diagonal);
}

/** The upper triangle of a matrix (or of each in a batch), zeros below `diagonal`. */
export function triu(input: Tensor, diagonal = 0): Tensor {
  return triangle("TriuBackward0", "triu", input, (row, column) => column - row >= diagonal);
}

/** The diagonal of two dimensions as the last dimension; a view. */
export function diagonal(input: Tensor, offset = 0, dim1 = 0, dim2 = 1): Tensor {
  requireTensor(input, "diagonal");
  const rank = input.dims.length;
  const a = normalizeDim(dim1, rank, "diagonal");
  const b = normalizeDim(dim2, rank, "diagonal");
  if (a === b) throw new RuntimeError(`diagonal dimensions cannot be identical ${dim1}, ${dim2}`);
  const [n, m] = [input.dims[a], input.dims[b]];
  const size = Math.max(0, offset >= 0 ? Math.min(n, m - offset) : Math.min(n + offset, m));
  const others = input.dims.map((_, d) => d).filter((d) => d !== a && d !== b);
  const start =
    size === 0 ? 0 : offset >= 0 ? offset * input.strides[b] : -offset * input.strides[a];
  const parts = {
    dims: [...others.map((d) => input.dims[d]), size],
    strides: [...others.map((d) => input.strides[d]), input.strides[a] + input.strides[b]],
    offset: input.offset + start,
  };
  const dense = contiguousStrides(input.dims);
  const inside = {
    baseDims: [...input.dims],
    baseStrides: dense,
    dims: parts.dims,
    strides: [...others.map((d) => dense[d]), dense[a] + dense[b]],
    offset: size === 0 ? 0 : offset >= 0 ? offset * dense[b] : -offset * dense[a],
  };
  return recordView("DiagonalBackward0", input, parts, (grad) => [grad.stridedScatter(inside)]);
}

/** A vector as the diagonal of a matrix, or the diagonal of a matrix as a vector. */
export function diag(input: Tensor, diagonalOffset = 0): Tensor {
  requireTensor(input, "diag");
  if (input.dims.length === 2)
    return copyOf("DiagonalBackward0_copy", diagonal(input, diagonalOffset));
  if (input.dims.length !== 1) {
    throw new RuntimeError(`diag(): Supports 1D or 2D tensors. Got ${input.dims.length}D`);
  }
  const n = input.dims[0] + Math.abs(diagonalOffset);
  const at = Int32Array.from({ length: input.dims[0] }, (_, i) =>
    diagonalOffset >= 0 ? i * n + i + diagonalOffset : (i - diagonalOffset) * n + i,
  );
  const p = { at, dims: input.dims };
  const value = input.detach().addAtPositions(p, [n, n]);
  return record("DiagEmbedBackward0", [input], value, (grad) => [
    grad.takePositions(p, "DiagonalBackward0"),
  ]);
}

function copyOf(name: string, view: Tensor): Tensor {
  const value = fromArray(readDense(view).slice(), view.dims, view.dtype);
  return record(name, [view], value, (grad) => [grad]);
}

/** Cut along `dim` into pieces of the given size, or of the given sizes; views. */
export function split(
  input: Tensor,
  split_size: number | readonly number[],
  dim: number | { readonly dim?: number } = 0,
): Tensor[] {
  requireTensor(input, "split");
  const d = normalizeDim(
    typeof dim === "number" ? dim : (dim.dim ?? 0),
    input.dims.length,
    "split",
  );
  const n = input.dims[d];
  if (typeof split_size === "number") {
    if (split_size === 0 && n > 0) {
      throw new RuntimeError(
        `split_size can only be 0 if dimension size is 0, but got dimension size of ${n}`,
      );
    }
    if (split_size < 0) {
      throw new RuntimeError(
        `split expects split_size be non-negative, but got split_size=${split_size}`,
      );
    }
    const pieces = Math.max(1, Math.ceil(n / Math.max(split_size, 1)));
    return Array.from({ length: pieces }, (_, k) =>
      piece(
        input,
        d,
        [k, k * split_size, Math.min(split_size, n - k * split_size)],
        "SplitBackward0",
      ),
    );
  }
  const total = split_size.reduce((a, b) => a + b, 0);
  if (total !== n) {
    throw new RuntimeError(
      `split_with_sizes expects split_sizes to sum exactly to ${n} (input tensor's size at dimension ${d}), but got split_sizes=${formatShape(split_size)}`,
    );
  }
  let start = 0;
  return split_size.map((size, k) => {
    const from = start;
    start += size;
    return piece(input, d, [k, from, size], "SplitWithSizesBackward0");
  });
}

/** The k-th piece of a split. */
function piece(
  input: Tensor,
  d: number,
  [k, start, size]: readonly [number, number, number],
  name: string,
): Tensor {
  const dims = [...input.dims];
  dims[d] = size;
  const shape = input.dims;
  const offset = input.offset + (size > 0 ? start * input.strides[d] : 0);
  const backward = (grad: Tensor) => [grad.padInto(d, start, 1, shape)];
  return recordView(name, input, { dims, offset }, backward, k);
}

/** Cut along `dim` into at most `chunks` pieces of equal size, the last perhaps smaller; views. */
export function chunk(
  input: Tensor,
  chunks: number,
  dim: number | { readonly dim?: number } = 0,
): Tensor[] {
  requireTensor(input, "chunk");
  if (chunks <= 0) {
    throw new RuntimeError(`chunk expects \`chunks\` to be greater than 0, got: ${chunks}`);
  }
  const d = normalizeDim(
    typeof dim === "number" ? dim : (dim.dim ?? 0),
    input.dims.length,
    "chunk",
  );
  return split(input, Math.max(1, Math.ceil(input.dims[d] / chunks)), d);
}

/** The slices along `dim`, each without it; views. */
export function unbind(input: Tensor, dim: number | { readonly dim?: number } = 0): Tensor[] {
  requireTensor(input, "unbind");
  const d = normalizeDim(
    typeof dim === "number" ? dim : (dim.dim ?? 0),
    input.dims.length,
    "unbind",
  );
  const shape = input.dims;
  return Array.from({ length: input.dims[d] }, (_, k) => {
    const dims = input.dims.filter((_n, i) => i !== d);
    const strides = input.strides.filter((_n, i) => i !== d);
    const offset = input.offset + k * input.strides[d];
    const backward = (grad: Tensor) => [grad.unsqueeze(d).padInto(d, k, 1, shape)];
    return recordView("UnbindBackward0", input, { dims, strides, offset }, backward, k);
  });
}

/** Elements at positions of the flattened tensor, in the shape of the index. */
export function take(input: Tensor, index: Tensor): Tensor {
  requireTensor(input, "take");
  requireTensor(index, "take", "index", 2);
  if (index.dtype !== int64) {
    throw new RuntimeError(
      `take(): Expected a long tensor for index, but got ${index.dtype.scalarType}`,
      "convert it: index.long()",
    );
  }
  const n = numelOf(input.dims);
  const at = Int32Array.from(readDense(index), (i) => {
    if (i < -n || i >= n) {
      throw new IndexError(
        `out of range: tried to access index ${i} on a tensor of ${n} elements.`,
      );
    }
    return i < 0 ? i + n : i;
  });
  return input.takePositions({ at, dims: index.dims }, "TakeBackward0");
}

/** The tensor with at least two dimensions: (n) → (1, n), () → (1, 1); a view. */
export function atleast_2d(input: Tensor): Tensor {
  requireTensor(input, "atleast_2d");
  if (input.dims.length === 0) return input.reshape(1, 1);
  return input.dims.length === 1 ? input.unsqueeze(0) : input;
}

/** Tensors stacked as rows. */
export function vstack(tensors: readonly Tensor[]): Tensor {
  if (tensors.length === 0) throw new RuntimeError("vstack expects a non-empty TensorList");
  return cat(tensors.map(atleast_2d), 0);
}

/** Tensors side by side: joined along the last of one, the second of several dimensions. */
export function hstack(tensors: readonly Tensor[]): Tensor {
  const list = tensors.map((t) => (t.dims.length === 0 ? t.reshape(1) : t));
  return cat(list, (list[0]?.dims.length ?? 1) === 1 ? 0 : 1);
}
