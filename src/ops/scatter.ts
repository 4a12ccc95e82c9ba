// Writing at listed positions along one dimension.

import { inPlace } from "../autograd/inplace";
import { allocate, int32, int64 } from "../dtype";
import { IndexError, RuntimeError } from "../errors";
import { readDense } from "../kernels/cast";
import { isScalar, type Scalar } from "../scalar";
import { contiguousStrides, formatShape, normalizeDim, type Shape } from "../shape";
import { fromArray, type Tensor } from "../tensor";
import { requireTensor } from "./operand";
import type { Positions } from "./position";
import { stridedPositions } from "./select";

function scatterPositions(dims: Shape, dim: number, index: Tensor): Positions {
  const strides = contiguousStrides(dims);
  const steps = [...strides];
  steps[dim] = 0;
  const at = stridedPositions(index.dims, steps, 0).at;
  const places = readDense(index);
  for (let i = 0; i < at.length; i++) {
    if (places[i] < 0 || places[i] >= (dims[dim] ?? 1)) {
      throw new RuntimeError(
        `index ${places[i]} is out of bounds for dimension ${dim} with size ${dims[dim] ?? 1}`,
      );
    }
    at[i] += places[i] * (strides[dim] ?? 1);
  }
  return { at, dims: index.dims };
}

function requireIndex(op: string, input: Tensor, dim: number, index: Tensor): number {
  requireTensor(input, op);
  requireTensor(index, op, "index", 2);
  const d = normalizeDim(dim, input.dims.length, op);
  if (index.dtype !== int64)
    throw new RuntimeError(`${op}(): Expected dtype int32/int64 for index`);
  if (index.dims.length !== input.dims.length) {
    throw new RuntimeError(
      "Index tensor must have the same number of dimensions as self tensor",
      `${op} got shapes ${formatShape(input.dims)} and ${formatShape(index.dims)}`,
    );
  }
  return d;
}

/** The part of src that the index covers; it must be at least as large in every dimension. */
function covered(op: string, src: Tensor, index: Tensor): Tensor {
  if (src.dims.length !== index.dims.length || index.dims.some((n, k) => n > src.dims[k])) {
    throw new RuntimeError(
      `Expected index ${formatShape(index.dims)} to be no larger than src ${formatShape(src.dims)}`,
      `${op} takes one element of src for each of index`,
    );
  }
  return index.dims.reduce((t, n, k) => (n === t.dims[k] ? t : t.narrow(k, 0, n)), src);
}

/**
 * Write src (a tensor or a number) at `index` along `dim`: self[i][index[i][j]] = src[i][j] for
 * dim 1; returns the tensor. Raises RuntimeError for positions out of range and other shapes.
 * @example
 * torch.zeros(2, 3).scatter_(1, torch.tensor([[2], [0]]), 1)
 * // tensor([[0., 0., 1.],
 * //         [1., 0., 0.]])
 */
export function scatter_(input: Tensor, dim: number, index: Tensor, src: Tensor | Scalar): Tensor {
  const d = requireIndex("scatter", input, dim, index);
  const p = scatterPositions(input.dims, d, index);
  const shaped = isScalar(src)
    ? fromArray(allocate(input.dtype, 1), [], input.dtype)
        .fill_(src)
        .expand([...index.dims])
    : covered("scatter", src, index);
  return inPlace("scatter", input, [shaped], () =>
    input.putPositions(p, shaped, "replace", `ScatterBackward${isScalar(src) ? 1 : 0}`),
  );
}

/**
 * Add src at `index` along `dim`; several at one position add up. See `scatter_`.
 * @example
 * torch.zeros(3).scatter_add_(0, torch.tensor([0, 0, 2]), torch.ones(3))
 * // tensor([2., 0., 1.])
 */
export function scatter_add_(input: Tensor, dim: number, index: Tensor, src: Tensor): Tensor {
  const d = requireIndex("scatter_add", input, dim, index);
  const p = scatterPositions(input.dims, d, index);
  const values = covered("scatter_add", src, index);
  return inPlace("scatter_add", input, [values], () =>
    input.putPositions(p, values, "add", "ScatterAddBackward0"),
  );
}

/** Options of index_add_. */
export interface IndexAddOptions {
  /** A factor for source (default 1). */
  readonly alpha?: Scalar;
}

/**
 * Add whole slices of source to the slices of `dim` that a 1-d int tensor names; returns the tensor.
 * Raises IndexError for positions out of range.
 * @example torch.zeros(3, 2).index_add_(0, torch.tensor([0, 0]), torch.ones(2, 2))
 */
export function index_add_(
  input: Tensor,
  dim: number,
  index: Tensor,
  source: Tensor,
  options: IndexAddOptions = {},
): Tensor {
  requireTensor(input, "index_add_");
  requireTensor(index, "index_add_", "index", 2);
  requireTensor(source, "index_add_", "source", 3);
  const d = normalizeDim(dim, input.dims.length, "index_add_");
  if (index.dims.length > 1) throw new IndexError("index_add_(): Index is supposed to be a vector");
  if (index.dtype !== int64 && index.dtype !== int32) {
    throw new RuntimeError(
      `index_add_(): Expected dtype int32/int64 for index but got: ${index.dtype.scalarType}`,
    );
  }
  const places = readDense(index);
  for (const i of places) {
    if (i < 0 || i >= input.dims[d]) {
      throw new RuntimeError(
        `index ${i} is out of bounds for dimension ${d} with size ${input.dims[d]}`,
      );
    }
  }
  const dims = [...input.dims];
  dims[d] = places.length;
  if (formatShape(dims) !== formatShape(source.dims)) {
    throw new RuntimeError(
      `index_add_(): Number of indices (${places.length}) should be equal to source.size(dim): (${source.dims[d]}), for dim: ${d}`,
    );
  }
  const strides = contiguousStrides(input.dims);
  const outer = stridedPositions(dims.slice(0, d), strides.slice(0, d), 0).at;
  const inner = stridedPositions(dims.slice(d + 1), strides.slice(d + 1), 0).at;
  const at = new Int32Array(outer.length * places.length * inner.length);
  let k = 0;
  for (const o of outer)
    for (const p of places) for (const i of inner) at[k++] = o + p * strides[d] + i;
  const alpha = options.alpha ?? 1;
  return inPlace("index_add", input, [source], () =>
    input.putPositions(
      { at, dims },
      alpha === 1 ? source : source.mul(alpha),
      "add",
      "IndexAddBackward0",
    ),
  );
}
