// Views under other sizes and orders of dimensions.

import { record, recordView } from "../autograd/record";
import { RuntimeError, warn } from "../errors";
import { toDense } from "../kernels/cast";
import { requireSizes } from "../scalar";
import {
  broadcastStrides,
  contiguousStrides,
  formatShape,
  inferSize,
  normalizeDim,
  numelOf,
  type Shape,
  viewStrides,
} from "../shape";
import { fromArray, isDense, type Tensor } from "../tensor";
import { requireTensor } from "./operand";

/** Sizes as separate numbers or one array. */
export type Sizes = (number | Shape)[];

/**
 * Sizes given either way, checked to be whole numbers. Raises TypeError for others.
 * @internal
 */
export function toSizes(sizes: Sizes, op: string, argument = "size"): number[] {
  return requireSizes(sizes, op, argument);
}

/**
 * Swap the two dimensions of a matrix, as a view; vectors and 0-d tensors stay as they are.
 * @example torch.ones(2, 3).t().shape   // torch.Size([3, 2])
 */
export function t(input: Tensor): Tensor {
  requireTensor(input, "t");
  const rank = input.dims.length;
  if (rank > 2) {
    throw new RuntimeError(
      `t() expects a tensor with <= 2 dimensions, but self is ${rank}D`,
      "transpose(dim0, dim1) swaps two dimensions of a larger tensor",
    );
  }
  const parts = {
    dims: [...input.dims].reverse(),
    strides: [...input.strides].reverse(),
  };
  return recordView("TBackward0", input, parts, (grad) => [grad.t()]);
}

/**
 * Swap two dimensions, as a view. Raises IndexError for a dimension out of range.
 * @example torch.ones(2, 3, 4).transpose(0, 2).shape   // torch.Size([4, 3, 2])
 */
export function transpose(input: Tensor, dim0: number, dim1: number): Tensor {
  requireTensor(input, "transpose");
  const rank = input.dims.length;
  const a = normalizeDim(dim0, rank, "transpose", "dim0");
  const b = normalizeDim(dim1, rank, "transpose", "dim1", 2);
  const dims = [...input.dims];
  const strides = [...input.strides];
  if (rank > 0) {
    [dims[a], dims[b]] = [dims[b], dims[a]];
    [strides[a], strides[b]] = [strides[b], strides[a]];
  }
  return recordView("TransposeBackward0", input, { dims, strides }, (grad) => [
    grad.transpose(a, b),
  ]);
}

/**
 * Reorder all dimensions, as a view. Raises RuntimeError unless each is named once.
 * @example torch.ones(2, 3, 4).permute(2, 0, 1).shape   // torch.Size([4, 2, 3])
 */
export function permute(input: Tensor, ...dims: (number | readonly number[])[]): Tensor {
  requireTensor(input, "permute");
  const order = dims.flat();
  const rank = input.dims.length;
  if (order.length !== rank) {
    throw new RuntimeError(
      `permute(sparse_coo): number of dimensions in the tensor input does not match the length of the desired ordering of dimensions i.e. input.dim() = ${rank} is not equal to len(dims) = ${order.length}`,
    );
  }
  if (rank > 0) requireSizes(dims, "permute", "dims");
  const from = order.map((d) => normalizeDim(d, rank, "permute", "dims"));
  if (new Set(from).size !== rank) {
    throw new RuntimeError("permute(): duplicate dims are not allowed.");
  }
  const parts = {
    dims: from.map((d) => input.dims[d]),
    strides: from.map((d) => input.strides[d]),
  };
  const back = from.map((_, d) => from.indexOf(d));
  return recordView("PermuteBackward0", input, parts, (grad) => [grad.permute(back)]);
}

function viewUnder(name: string, input: Tensor, dims: number[], strides: number[]): Tensor {
  const old = [...input.dims];
  return recordView(name, input, { dims, strides }, (grad) => [grad.reshape(old)]);
}

/**
 * The same data under another shape, without copying; one size may be −1.
 * Raises RuntimeError when the sizes don't fit or the layout would need a copy (`reshape` copies).
 * @example torch.arange(6).view(2, -1)
 */
export function view(input: Tensor, ...shape: Sizes): Tensor {
  requireTensor(input, "view");
  const dims = inferSize(toSizes(shape, "view"), numelOf(input.dims));
  const strides = viewStrides(input.dims, input.strides, dims);
  if (strides === null) {
    throw new RuntimeError(
      "view size is not compatible with input tensor's size and stride (at least one dimension spans across two contiguous subspaces). Use .reshape(...) instead.",
      `the tensor of shape ${formatShape(input.dims)} has strides ${formatShape(input.strides)}`,
    );
  }
  return viewUnder("ViewBackward0", input, dims, strides);
}

/**
 * The data under another shape: a view where possible, else a copy; one size may be −1.
 * Raises RuntimeError when the sizes don't fit.
 * @example torch.zeros(4, 28, 28).reshape(-1, 784).shape   // torch.Size([4, 784])
 */
export function reshape(input: Tensor, ...shape: Sizes): Tensor {
  requireTensor(input, "reshape");
  const dims = inferSize(toSizes(shape, "reshape", "shape"), numelOf(input.dims));
  const strides = viewStrides(input.dims, input.strides, dims);
  if (strides !== null) return viewUnder("ViewBackward0", input, dims, strides);
  const copy = input.clone().contiguous();
  return viewUnder("UnsafeViewBackward0", copy, dims, contiguousStrides(dims));
}

/**
 * A fresh result under another shape, named UnsafeView in the graph as PyTorch's matmul does.
 * @internal
 */
export function unsafeView(input: Tensor, shape: Shape): Tensor {
  return viewUnder("UnsafeViewBackward0", input, [...shape], contiguousStrides(shape));
}

/**
 * The result of (k) @ (…, k, m) without its dimension of size 1, named as PyTorch's matmul does.
 * @internal
 */
export function squeezeProduct(input: Tensor, dim: number): Tensor {
  const dims = [...input.dims];
  dims.splice(normalizeDim(dim, dims.length, "matmul"), 1);
  return viewUnder("SqueezeBackward4", input, dims, contiguousStrides(dims));
}

/**
 * Dimensions start_dim … end_dim merged into one.
 * @example torch.ones(2, 3, 4).flatten(1).shape   // torch.Size([2, 12])
 */
export function flatten(input: Tensor, start_dim = 0, end_dim = -1): Tensor {
  requireTensor(input, "flatten");
  const rank = input.dims.length;
  if (rank === 0) return input.reshape(1);
  const from = normalizeDim(start_dim, rank, "flatten", "start_dim");
  const to = normalizeDim(end_dim, rank, "flatten", "end_dim", 2);
  if (from > to) {
    throw new RuntimeError("flatten() has invalid args: start_dim cannot come after end_dim");
  }
  if (from === to) return input;
  const merged = numelOf(input.dims.slice(from, to + 1));
  return input.reshape([...input.dims.slice(0, from), merged, ...input.dims.slice(to + 1)]);
}

/**
 * Remove dimensions of size 1, all or the given ones, as a view.
 * @example torch.ones(1, 3, 1).squeeze().shape   // torch.Size([3])
 */
export function squeeze(input: Tensor, dim?: number | readonly number[]): Tensor {
  requireTensor(input, "squeeze");
  const rank = input.dims.length;
  const chosen = dim === undefined ? null : Array.isArray(dim) ? dim : [dim as number];
  const targets = chosen?.map((d) => normalizeDim(d, rank, "squeeze"));
  const kept: number[] = [];
  for (let d = 0; d < rank; d++) {
    if (input.dims[d] !== 1 || (targets !== undefined && !targets.includes(d))) kept.push(d);
  }
  const parts = {
    dims: kept.map((d) => input.dims[d]),
    strides: kept.map((d) => input.strides[d]),
  };
  const old = [...input.dims];
  const name =
    chosen === null
      ? "SqueezeBackward0"
      : Array.isArray(dim)
        ? "SqueezeBackward2"
        : "SqueezeBackward1";
  return recordView(name, input, parts, (grad) => [grad.reshape(old)]);
}

/**
 * Insert a dimension of size 1 at `dim`, as a view. Raises IndexError out of range.
 * @example torch.ones(3).unsqueeze(1).shape   // torch.Size([3, 1])
 */
export function unsqueeze(input: Tensor, dim: number): Tensor {
  requireTensor(input, "unsqueeze");
  const rank = input.dims.length;
  const at = normalizeDim(dim, rank + 1, "unsqueeze");
  const dims = [...input.dims];
  const strides = [...input.strides];
  strides.splice(at, 0, at < rank ? dims[at] * strides[at] : 1);
  dims.splice(at, 0, 1);
  return recordView("UnsqueezeBackward0", input, { dims, strides }, (grad) => [grad.squeeze(at)]);
}

/**
 * Repeat dimensions of size 1 to larger sizes without copying (stride 0); −1 keeps a size.
 * Raises RuntimeError for other sizes.
 * @example torch.tensor([[1], [2]]).expand(2, 3)
 */
export function expand(input: Tensor, ...sizes: Sizes): Tensor {
  requireTensor(input, "expand");
  return expandTo(input, toSizes(sizes, "expand"));
}

function expandTo(input: Tensor, target: readonly number[]): Tensor {
  const extra = target.length - input.dims.length;
  if (extra < 0) {
    throw new RuntimeError(
      `expand(${input.dtype.tensorType}{${formatShape(input.dims)}}, size=${formatShape(target)}): the number of sizes provided (${target.length}) must be greater or equal to the number of dimensions in the tensor (${input.dims.length})`,
    );
  }
  const dims = [...target];
  // From the right, so that the last size that does not fit is the one named.
  for (let d = dims.length - 1; d >= 0; d--) {
    if (dims[d] === -1 && d < extra) {
      throw new RuntimeError(
        `The expanded size of the tensor (-1) isn't allowed in a leading, non-existing dimension ${d}`,
      );
    }
    const old = input.dims[d - extra];
    if (dims[d] === -1) dims[d] = old;
    else if (dims[d] < -1 && (d < extra || old === 1)) {
      throw new RuntimeError("numel: integer multiplication overflow", `${dims[d]} is no size`);
    } else if (d >= extra && old !== dims[d] && old !== 1) {
      throw new RuntimeError(
        `The expanded size of the tensor (${dims[d]}) must match the existing size (${old}) at non-singleton dimension ${d}.  Target sizes: ${formatShape(target)}.  Tensor sizes: ${formatShape(input.dims)}`,
        "only dimensions of size 1 can be repeated",
      );
    }
  }
  const strides = broadcastStrides(input.dims, input.strides, dims);
  const old = [...input.dims];
  return recordView("ExpandBackward0", input, { dims, strides }, (grad) => [grad.sum_to_size(old)]);
}

/**
 * `expand` to the shape of another tensor.
 * @example torch.ones(1, 3).expand_as(torch.ones(2, 3)).shape   // torch.Size([2, 3])
 */
export function expand_as(input: Tensor, other: Tensor): Tensor {
  return expand(input, [...requireTensor(other, "expand_as", "other", 2).dims]);
}

/**
 * `expand` under its function name.
 * @example
 * torch.tensor([1, 2]).broadcast_to(2, 2)
 * // tensor([[1, 2],
 * //         [1, 2]])
 */
export function broadcast_to(input: Tensor, ...sizes: Sizes): Tensor {
  requireTensor(input, "broadcast_to");
  return expandTo(input, toSizes(sizes, "broadcast_to"));
}

/**
 * A copy with storage of its own, in row-major order.
 * @example
 * const x = torch.ones(2);
 * x.clone().zero_();
 * x   // tensor([1., 1.])
 */
export function clone(input: Tensor): Tensor {
  requireTensor(input, "clone");
  const value = fromArray(toDense(input), input.dims, input.dtype);
  return record("CloneBackward0", [input], value, (grad) => [grad]);
}

/**
 * The tensor itself when row-major, else a row-major copy.
 * @example torch.ones(2, 3).t().contiguous().stride()   // [ 2, 1 ]
 */
export function contiguous(input: Tensor): Tensor {
  return isDense(requireTensor(input, "contiguous")) ? input : input.clone();
}

/**
 * All dimensions in reverse order; what `.T` of a matrix is. Warns for other ranks.
 * @internal
 */
export function reverseDims(input: Tensor): Tensor {
  const rank = input.dims.length;
  if (rank !== 2) {
    warn(
      "UserWarning",
      "The use of `x.T` on tensors of dimension other than 2 to reverse their shape is deprecated and it will throw an error in a future release. Consider `x.mT` to transpose batches of matrices or `x.permute(*torch.arange(x.ndim - 1, -1, -1))` to reverse the dimensions of a tensor.",
    );
  }
  return input.permute(input.dims.map((_, d) => rank - 1 - d));
}

/**
 * The last two dimensions swapped; what `.mT` is. Raises RuntimeError below two dimensions.
 * @internal
 */
export function matrixTranspose(input: Tensor): Tensor {
  if (input.dims.length < 2) {
    throw new RuntimeError(
      `tensor.mT is only supported on matrices or batches of matrices. Got ${input.dims.length}-D tensor.`,
    );
  }
  return input.transpose(-2, -1);
}
