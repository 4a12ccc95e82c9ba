// What every op does with its arguments first: tensors and numbers to views of one dtype.

import {
  allocate,
  type DType,
  int64,
  type Participant,
  resultType,
  scalarDType,
  type TypedArray,
} from "../dtype";
import { RuntimeError, TypeError } from "../errors";
import { castValue, exceedsInt64, toDense } from "../kernels/cast";
import { type BinaryLoop, runBinary, runUnary, type UnaryLoop } from "../kernels/elementwise";
import type { View } from "../kernels/view";
import { isScalar, pythonTypeName, type Scalar, scalarValue } from "../scalar";
import { broadcastShapes, contiguousStrides, numelOf, type Shape } from "../shape";
import { fromArray, Tensor } from "../tensor";

/** The C types that some messages name. */
export const cNames = {
  float32: "float",
  float64: "double",
  int64: "long int",
  int32: "int",
  uint8: "unsigned char",
  bool: "bool",
} as const;

/** What an element-wise op takes: a tensor, or a Python number. */
export type Operand = Tensor | Scalar;

/** Refuse anything but a tensor, in PyTorch's words. */
export function requireTensor(x: unknown, op: string, argument = "input", position = 1): Tensor {
  if (x instanceof Tensor) return x;
  throw new TypeError(
    `${op}(): argument '${argument}' (position ${position}) must be Tensor, not ${pythonTypeName(x)}`,
    `${op} needs a tensor; torch.tensor(…) makes one`,
  );
}

/** Refuse anything but a tensor or a number, in PyTorch's words. */
export function requireOperand(
  x: unknown,
  op: string,
  argument: string,
  position: number,
): Operand {
  return isScalar(x) ? x : requireTensor(x, op, argument, position);
}

function participant(x: Operand): Participant {
  if (x instanceof Tensor) return { dtype: x.dtype, weight: x.dims.length > 0 ? 2 : 1 };
  return { dtype: scalarDType(x), weight: 0 };
}

/** The dtype in which two operands meet. */
export function commonDType(a: Operand, b: Operand): DType {
  if (a instanceof Tensor && b instanceof Tensor && a.dtype === b.dtype) return a.dtype;
  return resultType(participant(a), participant(b));
}

const noDims: readonly number[] = [];

/** An operand as a view of the given dtype; numbers become one element, rounded to it. */
export function viewAs(x: Operand, dtype: DType): View {
  if (!(x instanceof Tensor)) {
    const array = allocate(dtype, 1);
    array[0] = castValue(scalarValue(x), dtype);
    return { array, dims: noDims, strides: noDims, offset: 0, dtype };
  }
  if (x.dtype === dtype) return x;
  return {
    array: toDense(x, dtype),
    dims: x.dims,
    strides: contiguousStrides(x.dims),
    offset: 0,
    dtype,
  };
}

/** The shape of an operand: [] for numbers. */
export function dimsOf(x: Operand): Shape {
  return x instanceof Tensor ? x.dims : noDims;
}

/** int64 lives in doubles: refuse results that these cannot hold exactly. */
export function checkInt64(values: TypedArray, dtype: DType, op: string): void {
  if (dtype === int64 && exceedsInt64(values)) {
    throw new RuntimeError(
      `${op}: an int64 result exceeds 2^53`,
      "int64 values are exact up to 2^53 here; use float64 for larger ones",
    );
  }
}

/** The largest |element|. */
export function largestOf(t: Tensor): number {
  let largest = 0;
  const values = toDense(t);
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i]));
  return largest;
}

/** Run a loop over two operands in `compute`, giving a new tensor of dtype `result`. */
export function elementwise(
  op: string,
  loop: BinaryLoop,
  a: Operand,
  b: Operand,
  compute: DType,
  result: DType = compute,
): Tensor {
  const shape = broadcastShapes(dimsOf(a), dimsOf(b), op);
  const out = runBinary(loop, viewAs(a, compute), viewAs(b, compute), shape, result);
  if (result === int64) checkInt64(out, result, op);
  return fromArray(out, shape, result);
}

/** Zeros shaped as t, outside the graph: the gradient of what does not depend on an input. */
export function zeroGrad(t: Tensor): Tensor {
  return fromArray(allocate(t.dtype, numelOf(t.dims)), t.dims, t.dtype);
}

/** The dtype of a function that only floats have: integers and bools become float32. */
export function floatDType(dtype: DType): DType {
  return dtype.is_floating_point ? dtype : scalarDType(0.5);
}

/** Run a loop over every element, in the tensor's dtype or float32 for integers. */
export function mapFloat(loop: UnaryLoop, input: Tensor): Tensor {
  const dtype = floatDType(input.dtype);
  return fromArray(runUnary(loop, viewAs(input, dtype), dtype), input.dims, dtype);
}

/** Run a loop over every element, keeping the dtype. */
export function mapSame(loop: UnaryLoop, input: Tensor): Tensor {
  return fromArray(runUnary(loop, input, input.dtype), input.dims, input.dtype);
}
