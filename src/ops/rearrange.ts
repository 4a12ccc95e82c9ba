// Copies and views in another arrangement: repeated, turned, shifted, cut in pieces.

import { record, recordView } from "../autograd/record";
import { int64 } from "../dtype";
import { IndexError, RuntimeError, TypeError } from "../errors";
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
import { type Sizes, toSizes } from "./shape";

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
  if (sizes.length === 0) {
    throw new TypeError('repeat() missing 1 required positional arguments: "repeats"');
  }
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

/**
 * `repeat` that allows fewer counts than dimensions; the missing ones are 1.
 * @example torch.tensor([1, 2]).tile(2)   // tensor([1, 2, 1, 2])
 */
export function tile(input: Tensor, ...sizes: Sizes): Tensor {
  const counts = toSizes(sizes, "tile");
  const missing = Math.max(0, requireTensor(input, "tile").dims.length - counts.length);
  return repeat(input, [...new Array<number>(missing).fill(1), ...counts]);
}

/**
 * The order along the given dimensions reversed; a copy.
 * @example torch.tensor([1, 2, 3]).flip(0)   // tensor([3, 2, 1])
 */
export function flip(input: Tensor, ...dims: (number | readonly number[])[]): Tensor {
  requireTensor(input, "flip");
  const chosen = normalizeDims(dims.flat(), input.dims.length, "flip");
  const p = mappedPositions(input.dims, (i, d) => (chosen.includes(d) ? input.dims[d] - 1 - i : i));
  return rearranged("FlipBackward0", input, p);
}

/**
 * Elements moved along a dimension, those that fall off the end coming in at the start.
 * @example torch.tensor([1, 2, 3]).roll(1)   // tensor([3, 1, 2])
 */
export function roll(
  input: Tensor,
  shifts: number | readonly number[],
  dims?: number | readonly number[],
): Tensor {
  requireTensor(input, "roll");
  if (dims === undefined) {
    const [shift] = [shifts].flat();
    const n = numelOf(input.dims);
    const at = Int32Array.from({ length: n }, (_, i) => (((i - shift) % n) + n) % n);
    return rearranged("RollBackward0", input, { at, dims: input.dims });
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

/**
 * Dimensions moved to other places, the others staying in order; a view.
 * @example torch.ones(2, 3, 4).movedim(0, 2).shape   // torch.Size([3, 4, 2])
 */
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

/**
 * `transpose` under NumPy's name.
 * @example torch.ones(2, 3).swapaxes(0, 1).shape   // torch.Size([3, 2])
 */
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

/**
 * The lower triangle of a matrix (or of each in a batch), zeros above `diagonal`.
 * @example
 * torch.ones(2, 2).tril()
 * // tensor([[1., 0.],
 * //         [1., 1.]])
 */
export function tril(input: Tensor, diagonal = 0): Tensor {
  return triangle("TrilBackward0", "tril", input, (row, column) => column - row <= diagonal);
}

/**
 * The upper triangle of a matrix (or of each in a batch), zeros below `diagonal`.
 * @example
 * torch.ones(2, 2).triu()
 * // tensor([[1., 1.],
 * //         [0., 1.]])
 */
export function triu(input: Tensor, diagonal = 0): Tensor {
  return triangle("TriuBackward0", "triu", input, (row, column) => column - row >= diagonal);
}

/**
 * The diagonal of two dimensions as the last dimension; a view.
 * @example torch.arange(4).reshape(2, 2).diagonal()   // tensor([0, 3])
 */
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

/**
 * A vector as the diagonal of a matrix, or the diagonal of a matrix as a vector.
 * @example
 * torch.diag(torch.tensor([1, 2]))
 * // tensor([[1, 0],
 * //         [0, 2]])
 */
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

/**
 * Elements at positions of the flattened tensor, in the shape of the index.
 * @example torch.tensor([[1, 2], [3, 4]]).take(torch.tensor([3, 0]))   // tensor([4, 1])
 */
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
