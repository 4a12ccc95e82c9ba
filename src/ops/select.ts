// Parts of a tensor along one dimension: views by position and range, copies by listed positions.

import { recordView } from "../autograd/record";
import { int32, int64 } from "../dtype";
import { IndexError, RuntimeError, TypeError } from "../errors";
import { readDense } from "../kernels/cast";
import { pythonTypeName, requireInteger } from "../scalar";
import { contiguousStrides, formatShape, normalizeDim, numelOf, type Shape } from "../shape";
import { Tensor } from "../tensor";
import { requireTensor } from "./operand";
import type { Positions } from "./position";
import { resolveSlice, Slice } from "./slice";

/**
 * One position along `dim`, which goes away; a view. Raises IndexError out of range.
 * @example torch.arange(6).reshape(2, 3).select(1, 0)   // tensor([0, 3])
 */
export function select(input: Tensor, dim: number, index: number): Tensor {
  requireTensor(input, "select");
  if (input.dims.length === 0) {
    throw new IndexError("select() cannot be applied to a 0-dim tensor.");
  }
  const d = normalizeDim(dim, input.dims.length, "select");
  const n = input.dims[d];
  const i = requireInteger(index, "select", "index", 2);
  if (i < -n || i >= n) {
    throw new IndexError(
      `select(): index ${i} out of range for tensor of size ${formatShape(input.dims)} at dimension ${d}`,
    );
  }
  return selectAt(input, d, i < 0 ? i + n : i);
}

/** One position of a checked dimension; a view. */
export function selectAt(input: Tensor, d: number, i: number): Tensor {
  const dims = [...input.dims];
  const strides = [...input.strides];
  const offset = input.offset + i * strides[d];
  dims.splice(d, 1);
  strides.splice(d, 1);
  const shape = input.dims;
  return recordView("SelectBackward0", input, { dims, strides, offset }, (grad) => [
    grad.unsqueeze(d).padInto(d, i, 1, shape),
  ]);
}

/** A slice of a checked dimension; a view. */
export function sliceDim(input: Tensor, d: number, s: Slice): Tensor {
  const { start, size, step } = resolveSlice(s, input.dims[d]);
  const dims = [...input.dims];
  const strides = [...input.strides];
  dims[d] = size;
  strides[d] *= step;
  const offset = input.offset + (size > 0 ? start * input.strides[d] : 0);
  const shape = input.dims;
  return recordView("SliceBackward0", input, { dims, strides, offset }, (grad) => [
    grad.padInto(d, start, step, shape),
  ]);
}

/**
 * Zeros of `shape` with the input placed at start, start + step … along `dim`.
 * @internal
 */
export function padInto(
  input: Tensor,
  dim: number,
  start: number,
  step: number,
  shape: Shape,
): Tensor {
  const strides = contiguousStrides(shape);
  const from = start * strides[dim];
  strides[dim] *= step;
  return input.addAtPositions(stridedPositions(input.dims, strides, from), shape);
}

/** Row-major positions of a strided part. */
export function stridedPositions(
  dims: Shape,
  strides: readonly number[],
  offset: number,
): Positions {
  const at = new Int32Array(numelOf(dims));
  const counter = new Array<number>(dims.length).fill(0);
  let place = offset;
  for (let i = 0; i < at.length; i++) {
    at[i] = place;
    for (let d = dims.length - 1; d >= 0; d--) {
      place += strides[d];
      if (++counter[d] < dims[d]) break;
      place -= strides[d] * dims[d];
      counter[d] = 0;
    }
  }
  return { at, dims };
}

/**
 * `length` positions of a dimension from `start` on, as a view.
 * @example torch.arange(5).narrow(0, 1, 3)   // tensor([1, 2, 3])
 */
export function narrow(input: Tensor, dim: number, start: number, length: number): Tensor {
  requireTensor(input, "narrow");
  const d = normalizeDim(dim, input.dims.length, "narrow");
  const n = input.dims[d];
  const from = start < 0 ? start + n : start;
  if (from < 0 || from > n) {
    throw new IndexError(
      `start out of range (expected to be in range of [${-n}, ${n}], but got ${start})`,
    );
  }
  if (length < 0 || from + length > n) {
    throw new RuntimeError(
      length < 0
        ? "narrow(): length must be non-negative."
        : `start (${from}) + length (${length}) exceeds dimension size (${n}).`,
    );
  }
  return sliceDim(input, d, new Slice(from, from + length, 1));
}

/**
 * Whole slices of `dim` at the positions in a 1-d int tensor, as a copy: (n, m) → (k, m).
 * Raises IndexError for positions out of range and indices that are no vector.
 * @example
 * torch.tensor([[1, 2], [3, 4], [5, 6]]).index_select(0, torch.LongTensor([2, 0]))
 * // tensor([[5, 6],
 * //         [1, 2]])
 */
export function index_select(input: Tensor, dim: number, index: Tensor): Tensor {
  requireTensor(input, "index_select");
  if (!(index instanceof Tensor)) {
    throw new TypeError(
      `index_select(): argument 'index' (position 2) must be Tensor, not ${pythonTypeName(index)}`,
      "torch.LongTensor([…]) makes one",
    );
  }
  const d = normalizeDim(dim, input.dims.length, "index_select");
  if (index.dims.length > 1) {
    throw new IndexError("index_select(): Index is supposed to be a vector");
  }
  if (index.dtype !== int64 && index.dtype !== int32) {
    throw new RuntimeError("index_select(): Expected dtype int32 or int64 for index");
  }
  const n = input.dims.length === 0 ? 1 : input.dims[d];
  const places = readDense(index);
  for (const i of places) {
    if (i < 0 || i >= n) {
      const hint = `dimension ${d} has size ${n}; index_select takes 0 … ${n - 1}`;
      if (d === 0) throw new IndexError("index out of range in self", hint);
      throw new RuntimeError(`INDICES element is out of DATA bounds, id=${i} axis_dim=${n}`, hint);
    }
  }
  const dims = input.dims.length === 0 ? [] : [...input.dims];
  if (dims.length > 0) dims[d] = places.length;
  const strides = contiguousStrides(input.dims);
  const outer = stridedPositions(input.dims.slice(0, d), strides.slice(0, d), 0).at;
  const inner = stridedPositions(input.dims.slice(d + 1), strides.slice(d + 1), 0).at;
  const at = new Int32Array(outer.length * places.length * inner.length);
  let k = 0;
  for (const o of outer) {
    for (const p of places) for (const i of inner) at[k++] = o + p * (strides[d] ?? 1) + i;
  }
  return input.takePositions({ at, dims }, "IndexSelectBackward0");
}

/** Positions of `index` along `dim` in a tensor of shape `dims`, as gather reads them. */
function gatherPositions(dims: Shape, dim: number, index: Tensor): Positions {
  const strides = contiguousStrides(dims);
  const along = strides[dim] ?? 1;
  const n = dims[dim] ?? 1;
  const steps = [...strides];
  steps[dim] = 0;
  const at = stridedPositions(index.dims, steps, 0).at;
  const places = readDense(index);
  for (let i = 0; i < at.length; i++) {
    if (places[i] < 0 || places[i] >= n) {
      throw new RuntimeError(
        `index ${places[i]} is out of bounds for dimension ${dim} with size ${n}`,
      );
    }
    at[i] += places[i] * along;
  }
  return { at, dims: index.dims };
}

/**
 * One element along `dim` for each position in `index`: out[i][j] = input[i][index[i][j]] for
 * dim 1. Shapes: index's. Raises RuntimeError for positions out of range.
 * @example
 * const y_hat = torch.tensor([[0.1, 0.3, 0.6], [0.3, 0.2, 0.5]]);
 * y_hat.gather(1, torch.tensor([[0], [2]]))
 * // tensor([[0.1000],
 * //         [0.5000]])
 */
export function gather(input: Tensor, dim: number, index: Tensor): Tensor {
  requireTensor(input, "gather");
  requireTensor(index, "gather", "index", 2);
  const d = normalizeDim(dim, input.dims.length, "gather");
  if (index.dtype !== int64) {
    throw new RuntimeError("gather(): Expected dtype int32/int64 for index");
  }
  if (index.dims.length !== input.dims.length) {
    throw new RuntimeError(
      "Index tensor must have the same number of dimensions as input tensor",
      `gather got shapes ${formatShape(input.dims)} and ${formatShape(index.dims)}`,
    );
  }
  index.dims.forEach((n, k) => {
    if (k !== d && n > input.dims[k]) {
      throw new RuntimeError(
        `Size does not match at dimension ${k} expected index ${formatShape(index.dims)} to be no larger than self ${formatShape(input.dims)} apart from dimension ${d}`,
      );
    }
  });
  return input.takePositions(gatherPositions(input.dims, d, index), "GatherBackward0");
}

/**
 * Zeros of `shape` with the input added at `index` along `dim`: the opposite of gather.
 * @internal
 */
export function scatterInto(input: Tensor, dim: number, index: Tensor, shape: Shape): Tensor {
  return input.addAtPositions(gatherPositions(shape, dim, index), shape);
}
