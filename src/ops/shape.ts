// Views under other sizes and orders of dimensions, and the joining of tensors.

import { record, recordView } from "../autograd/record";
import { allocate, type DType, promote } from "../dtype";
import { RuntimeError, TypeError, ValueError, warn } from "../errors";
import { toDense, writeDense } from "../kernels/cast";
import { pythonTypeName, requireSizes } from "../scalar";
import {
  broadcastStrides,
  contiguousStrides,
  formatShape,
  inferSize,
  normalizeDim,
  numelOf,
  type Shape,
  sameShape,
  viewStrides,
} from "../shape";
import { fromArray, isDense, Tensor } from "../tensor";
import { requireTensor, viewAs } from "./operand";

/** Sizes as separate numbers or one array. */
export type Sizes = (number | Shape)[];

/** Sizes given either way, checked to be whole numbers. Raises TypeError for others. */
export function toSizes(sizes: Sizes, op: string, argument = "size"): number[] {
  return requireSizes(sizes, op, argument);
}

/** Swap the two dimensions of a matrix, as a view; vectors and 0-d tensors stay as they are. */
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

/** Swap two dimensions, as a view. Raises IndexError for a dimension out of range. */
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

/** A fresh result under another shape, named UnsafeView in the graph as PyTorch's matmul does. */
export function unsafeView(input: Tensor, shape: Shape): Tensor {
  return viewUnder("UnsafeViewBackward0", input, [...shape], contiguousStrides(shape));
}

/** The result of (k) @ (…, k, m) without its dimension of size 1, named as PyTorch's matmul does. */
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

/** Remove dimensions of size 1, all or the given ones, as a view. */
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

/** Insert a dimension of size 1 at `dim`, as a view. Raises IndexError out of range. */
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

/** `expand` to the shape of another tensor. */
export function expand_as(input: Tensor, other: Tensor): Tensor {
  return expand(input, [...requireTensor(other, "expand_as", "other", 2).dims]);
}

/** `expand` under its function name. */
export function broadcast_to(input: Tensor, size: Shape): Tensor {
  requireTensor(input, "broadcast_to");
  return expandTo(input, toSizes([size], "broadcast_to"));
}

/** A copy with storage of its own, in row-major order. */
export function clone(input: Tensor): Tensor {
  requireTensor(input, "clone");
  const value = fromArray(toDense(input), input.dims, input.dtype);
  return record("CloneBackward0", [input], value, (grad) => [grad]);
}

/** The tensor itself when row-major, else a row-major copy. */
export function contiguous(input: Tensor): Tensor {
  return isDense(requireTensor(input, "contiguous")) ? input : input.clone();
}

function requireTensors(tensors: unknown, op: string): readonly Tensor[] {
  if (!Array.isArray(tensors)) {
    throw new TypeError(
      `${op}(): argument 'tensors' (position 1) must be tuple of Tensors, not ${pythonTypeName(tensors)}`,
      `${op} takes an array of tensors`,
    );
  }
  tensors.forEach((x, i) => {
    if (!(x instanceof Tensor)) {
      throw new TypeError(
        `expected Tensor as element ${i} in argument 0, but got ${pythonTypeName(x)}`,
      );
    }
  });
  return tensors;
}

function catDType(tensors: readonly Tensor[]): DType {
  return tensors.map((x) => x.dtype).reduce(promote);
}

/** An empty 1-d tensor is skipped whatever the others' shapes, as PyTorch does. */
function isLegacyEmpty(x: Tensor): boolean {
  return x.dims.length === 1 && x.dims[0] === 0;
}

function checkCat(tensors: readonly Tensor[], first: Tensor, dim: number): void {
  tensors.forEach((x, k) => {
    if (isLegacyEmpty(x)) return;
    if (x.dims.length !== first.dims.length) {
      throw new RuntimeError(
        `Tensors must have same number of dimensions: got ${first.dims.length} and ${x.dims.length}`,
      );
    }
    for (let d = 0; d < first.dims.length; d++) {
      if (d !== dim && x.dims[d] !== first.dims[d]) {
        throw new RuntimeError(
          `Sizes of tensors must match except in dimension ${dim}. Expected size ${first.dims[d]} but got size ${x.dims[d]} for tensor number ${k} in the list.`,
          `cat got shapes ${tensors.map((y) => formatShape(y.dims)).join(", ")}`,
        );
      }
    }
  });
}

/** Options of `cat` and `stack`. */
export interface JoinOptions {
  readonly dim?: number;
  readonly axis?: number;
}

function joinDim(dim: number | JoinOptions | undefined): number {
  return typeof dim === "object" ? (dim.dim ?? dim.axis ?? 0) : (dim ?? 0);
}

/**
 * Tensors joined along an existing dimension: (n, k), (m, k) → (n + m, k).
 * Raises RuntimeError when other sizes differ, ValueError for an empty list.
 * @example
 * torch.cat([torch.zeros(1, 2), torch.ones(2, 2)], 0)
 * // tensor([[0., 0.],
 * //         [1., 1.],
 * //         [1., 1.]])
 */
export function cat(tensors: readonly Tensor[], dim?: number | JoinOptions): Tensor {
  const list = requireTensors(tensors, "cat");
  if (list.length === 0) {
    throw new ValueError("torch.cat(): expected a non-empty list of Tensors");
  }
  list.forEach((x, k) => {
    if (x.dims.length === 0) {
      throw new RuntimeError(`zero-dimensional tensor (at position ${k}) cannot be concatenated`);
    }
  });
  const first = list.find((x) => !isLegacyEmpty(x)) ?? list[0];
  const d = normalizeDim(joinDim(dim), first.dims.length, "cat", "dim", 2);
  checkCat(list, first, d);
  const dtype = catDType(list);
  const used = list.filter((x) => x === first || !isLegacyEmpty(x));
  const dims = [...first.dims];
  dims[d] = used.reduce((n, x) => n + x.dims[d], 0);
  const out = fromArray(allocate(dtype, numelOf(dims)), dims, dtype);
  let start = 0;
  for (const x of used) {
    const part = {
      array: out.array,
      dims: x.dims,
      strides: out.strides,
      offset: start * out.strides[d],
      dtype,
    };
    writeDense(part, toDense(viewAs(x, dtype)), dtype);
    start += x.dims[d];
  }
  return record("CatBackward0", list, out, (grad, _saved, needs) => {
    let at = 0;
    return list.map((x, k) => {
      if (!used.includes(x)) return needs[k] ? x.detach().mul(0) : null;
      const from = at;
      at += x.dims[d];
      return needs[k] ? grad.narrow(d, from, x.dims[d]) : null;
    });
  });
}

/**
 * Tensors of one shape stacked along a new dimension: k times (n, m) → (k, n, m).
 * Raises RuntimeError when shapes differ or the list is empty.
 * @example
 * torch.stack([torch.tensor([1, 2]), torch.tensor([3, 4])])
 * // tensor([[1, 2],
 * //         [3, 4]])
 */
export function stack(tensors: readonly Tensor[], dim?: number | JoinOptions): Tensor {
  const list = requireTensors(tensors, "stack");
  if (list.length === 0) throw new RuntimeError("stack expects a non-empty TensorList");
  const [first] = list;
  list.forEach((x, k) => {
    if (!sameShape(x.dims, first.dims)) {
      throw new RuntimeError(
        `stack expects each tensor to be equal size, but got ${formatShape(first.dims)} at entry 0 and ${formatShape(x.dims)} at entry ${k}`,
      );
    }
  });
  const d = normalizeDim(joinDim(dim), first.dims.length + 1, "stack", "dim", 2);
  const joined = cat(
    list.map((x) => x.detach().unsqueeze(d)),
    d,
  );
  return record("StackBackward0", list, joined, (grad) => list.map((_, k) => grad.select(d, k)));
}

/** All dimensions in reverse order; what `.T` of a matrix is. Warns for other ranks. */
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

/** The last two dimensions swapped; what `.mT` is. Raises RuntimeError below two dimensions. */
export function matrixTranspose(input: Tensor): Tensor {
  if (input.dims.length < 2) {
    throw new RuntimeError(
      `tensor.mT is only supported on matrices or batches of matrices. Got ${input.dims.length}-D tensor.`,
    );
  }
  return input.transpose(-2, -1);
}
