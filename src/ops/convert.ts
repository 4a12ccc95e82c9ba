// From one dtype to another, out of the graph, and out of the library: item, tolist, numpy.

import type { NdArray } from "ndarray";
import { noteCut } from "../autograd/cut";
import { record } from "../autograd/record";
import {
  bool as bool_,
  DType,
  dtypes,
  float32,
  float64,
  int32,
  int64,
  type TypedArray,
} from "../dtype";
import { RuntimeError, TypeError, ValueError } from "../errors";
import { readDense, toDense } from "../kernels/cast";
import { pythonTypeName } from "../scalar";
import { formatShape, normalizeDim, numelOf, type Size } from "../shape";
import { alias, fromArray, isDense, Tensor } from "../tensor";
import { requireTensor } from "./operand";

/** `torch.FloatTensor` and its like: named by the dtype they make. */
export interface TensorType {
  readonly dtype: DType;
}

/** What names a dtype: itself, a tensor type, or that type's name. */
export type DTypeLike = DType | TensorType | string;

/**
 * The dtype meant. Raises ValueError for an unknown name, TypeError for anything else.
 * @internal
 */
export function toDType(like: unknown, op: string): DType {
  if (like instanceof DType) return like;
  if (typeof like === "string") {
    const found = dtypes.find((d) => d.tensorType === like || String(d) === like);
    if (found === undefined) throw new ValueError(`invalid type: '${like}'`);
    return found;
  }
  const typed = like as TensorType | null | undefined;
  if (typed?.dtype instanceof DType) return typed.dtype;
  throw new TypeError(
    `${op}(): argument 'dtype' (position 1) must be torch.dtype, not ${pythonTypeName(like)}`,
    "dtypes are torch.float32, torch.int64 …",
  );
}

function cast(input: Tensor, dtype: DType): Tensor {
  if (input.dtype === dtype) return input;
  const data = toDense(input, dtype);
  if (dtype === int64 && input.dtype.is_floating_point && !data.every(Number.isSafeInteger)) {
    throw new RuntimeError(
      "value cannot be converted to type int64 without overflow",
      "int64 values are exact up to 2^53 here; NaN and infinities are none",
    );
  }
  return record("ToCopyBackward0", [input], fromArray(data, input.dims, dtype), (grad) => [grad]);
}

/**
 * The tensor in another dtype (itself when it already has it); another tensor stands for its
 * dtype, and "cpu" changes nothing.
 * @example torch.tensor([1, 2]).to(torch.float64)   // tensor([1., 2.], dtype=torch.float64)
 */
export function to(input: Tensor, dtype: DTypeLike | Tensor): Tensor {
  requireTensor(input, "to");
  if (dtype === "cpu") return input;
  if (typeof dtype === "string" && !dtype.startsWith("torch.")) {
    throw new RuntimeError(
      `Invalid device string: '${dtype}'`,
      `a dtype is torch.${dtype}, without quotes`,
    );
  }
  return cast(input, dtype instanceof Tensor ? dtype.dtype : toDType(dtype, "to"));
}

/**
 * Convert to the dtype of another tensor.
 * @example torch.tensor([1.5, 2]).type_as(torch.tensor([1]))   // tensor([1, 2])
 */
export function type_as(input: Tensor, other: Tensor): Tensor {
  return cast(input, requireTensor(other, "type_as", "other", 2).dtype);
}

/**
 * Without an argument the tensor type's name; with one the tensor in that type.
 * @example torch.tensor([1, 2]).type(torch.FloatTensor)   // tensor([1., 2.])
 * @example torch.tensor([1, 2]).type()   // torch.LongTensor
 */
export function type(input: Tensor): string;
export function type(input: Tensor, dtype: DTypeLike): Tensor;
export function type(input: Tensor, dtype?: DTypeLike): string | Tensor {
  requireTensor(input, "type");
  return dtype === undefined ? input.dtype.tensorType : cast(input, toDType(dtype, "type"));
}

/**
 * Convert to float32.
 * @example torch.tensor([1, 2]).float()   // tensor([1., 2.])
 */
export function float(input: Tensor): Tensor {
  return cast(requireTensor(input, "float"), float32);
}
/**
 * Convert to float64.
 * @example torch.tensor([1, 2]).double()   // tensor([1., 2.], dtype=torch.float64)
 */
export function double(input: Tensor): Tensor {
  return cast(requireTensor(input, "double"), float64);
}
/**
 * Convert to int64; fractions are cut off.
 * @example torch.tensor([1.7, -1.7]).long()   // tensor([ 1, -1])
 */
export function long(input: Tensor): Tensor {
  return cast(requireTensor(input, "long"), int64);
}
/**
 * Convert to int32; fractions are cut off.
 * @example torch.tensor([1.7, -1.7]).int()   // tensor([ 1, -1], dtype=torch.int32)
 */
export function int(input: Tensor): Tensor {
  return cast(requireTensor(input, "int"), int32);
}
/**
 * Convert to bool: everything but 0 is true.
 * @example torch.tensor([0, 1.5]).bool()   // tensor([False,  True])
 */
export function bool(input: Tensor): Tensor {
  return cast(requireTensor(input, "bool"), bool_);
}

/**
 * The same elements outside the graph; shares storage and the version counter.
 * @example torch.ones(1, { requires_grad: true }).mul(2).detach()   // tensor([2.])
 */
export function detach(input: Tensor): Tensor {
  const out = alias(requireTensor(input, "detach"));
  noteCut("detach", [input], out);
  return out;
}

function pythonValue(x: number, dtype: DType): number | boolean {
  return dtype === bool_ ? x !== 0 : x;
}

/**
 * The one element as a number (or boolean). Raises RuntimeError unless there is exactly one.
 * @example torch.tensor([2.5]).item()   // 2.5
 */
export function item(input: Tensor): number | boolean {
  requireTensor(input, "item");
  const n = numelOf(input.dims);
  if (n !== 1) {
    throw new RuntimeError(
      `a Tensor with ${n} elements cannot be converted to Scalar`,
      `item needs one element, the shape is ${formatShape(input.dims)}; tolist() gives them all`,
    );
  }
  return pythonValue(input.array[input.offset], input.dtype);
}

/** Numbers or booleans in nested arrays, one level a dimension. */
export type Nested = number | boolean | Nested[];

/**
 * The elements as nested arrays; a 0-d tensor gives its item.
 * @example torch.tensor([[1, 2], [3, 4]]).tolist()   // [ [ 1, 2 ], [ 3, 4 ] ]
 */
export function tolist(input: Tensor): Nested {
  requireTensor(input, "tolist");
  const walk = (d: number, at: number): Nested =>
    d === input.dims.length
      ? pythonValue(input.array[at], input.dtype)
      : Array.from({ length: input.dims[d] }, (_, i) => walk(d + 1, at + i * input.strides[d]));
  return walk(0, input.offset);
}

/**
 * The elements as an ndarray on the same memory. Raises RuntimeError when the tensor requires
 * grad: detach it first.
 * @example torch.ones(2, 3).numpy().shape   // [ 2, 3 ]
 */
export function numpy(input: Tensor): NdArray<TypedArray> {
  requireTensor(input, "numpy");
  if (input.requires_grad) {
    throw new RuntimeError(
      "Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead.",
    );
  }
  return input.ndarray;
}

/**
 * The number of elements.
 * @example torch.ones(2, 3).numel()   // 6
 */
export function numel(input: Tensor): number {
  return numelOf(requireTensor(input, "numel").dims);
}

/**
 * The number of dimensions.
 * @example torch.ones(2, 3).dim()   // 2
 */
export function dim(input: Tensor): number {
  return requireTensor(input, "dim").dims.length;
}

/**
 * The sizes as a torch.Size, or one of them. Raises IndexError out of range.
 * @example torch.ones(2, 3).size(1)   // 3
 */
export function size(input: Tensor): Size;
export function size(input: Tensor, dim: number): number;
export function size(input: Tensor, dim?: number): Size | number {
  requireTensor(input, "size");
  return dim === undefined || dim === null
    ? input.shape
    : input.dims[normalizeDim(dim, input.dims.length, "size")];
}

/**
 * The strides in elements, or one of them. Raises IndexError out of range.
 * @example torch.ones(2, 3).stride()   // [ 3, 1 ]
 */
export function stride(input: Tensor): number[];
export function stride(input: Tensor, dim: number): number;
export function stride(input: Tensor, dim?: number): number[] | number {
  requireTensor(input, "stride");
  if (dim !== undefined && dim !== null)
    return input.strides[normalizeDim(dim, input.dims.length, "stride")];
  return [...input.strides];
}

/**
 * Whether the elements lie row-major without gaps.
 * @example torch.ones(2, 3).t().is_contiguous()   // false
 */
export function is_contiguous(input: Tensor): boolean {
  return isDense(requireTensor(input, "is_contiguous"));
}

/**
 * Whether the dtype is a floating-point one.
 * @example torch.is_floating_point(torch.tensor([1, 2]))   // false
 */
export function is_floating_point(input: Tensor): boolean {
  return requireTensor(input, "is_floating_point").dtype.is_floating_point;
}

/**
 * The position of the first element in the storage.
 * @example torch.arange(5).index("2:").storage_offset()   // 2
 */
export function storage_offset(input: Tensor): number {
  return requireTensor(input, "storage_offset").offset;
}

/**
 * An address-like number of the first element; equal for tensors that start at the same place.
 * @example
 * const x = torch.ones(2, 3);
 * x.t().data_ptr() === x.data_ptr()   // true
 */
export function data_ptr(input: Tensor): number {
  const { storage, offset, dtype } = requireTensor(input, "data_ptr");
  return storage.address + offset * dtype.itemsize;
}

/**
 * The elements in row-major order as a typed array of their own.
 * @internal
 */
export function toTypedArray(input: Tensor): TypedArray {
  return readDense(requireTensor(input, "toTypedArray")).slice();
}
