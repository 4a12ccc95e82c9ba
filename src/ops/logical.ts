// Truth: logical and bitwise functions, all, any, and nearness.

import { bool, type DType, uint8 } from "../dtype";
import { NotImplementedError, RuntimeError, TypeError } from "../errors";
import { type BinaryLoop, binaryLoop, runUnary, unaryLoop } from "../kernels/elementwise";
import { type Scalar, scalarValue } from "../scalar";
import { sameShape } from "../shape";
import { fromArray, type Tensor } from "../tensor";
import { commonDType, elementwise, type Operand, requireOperand, requireTensor } from "./operand";
import type { Dims, ReduceOptions } from "./reduce";

const truth = (test: (x: boolean, y: boolean) => boolean): BinaryLoop =>
  binaryLoop((x, y) => (test(x !== 0, y !== 0) ? 1 : 0));
const andLoop = truth((x, y) => x && y);
const orLoop = truth((x, y) => x || y);
const xorLoop = truth((x, y) => x !== y);
const notLoop = unaryLoop((x) => (x === 0 ? 1 : 0));

function logical(op: string, loop: BinaryLoop, input: Tensor, other: Tensor): Tensor {
  requireTensor(input, op);
  requireTensor(other, op, "other", 2);
  return elementwise(op, loop, input, other, commonDType(input, other), bool);
}

/**
 * Where elements are 0 or false, as a bool tensor.
 * @example torch.logical_not(torch.tensor([0, 1, 2]))   // tensor([ True, False, False])
 */
export function logical_not(input: Tensor): Tensor {
  requireTensor(input, "logical_not");
  return fromArray(runUnary(notLoop, input, bool), input.dims, bool);
}
/**
 * Where both are true (not 0), as a bool tensor; shapes broadcast.
 * @example
 * torch.logical_and(torch.tensor([0, 1, 2]), torch.tensor([1, 0, 3]))
 * // tensor([False, False,  True])
 */
export function logical_and(input: Tensor, other: Tensor): Tensor {
  return logical("logical_and", andLoop, input, other);
}
/**
 * Where one or both are true, as a bool tensor; shapes broadcast.
 * @example
 * torch.logical_or(torch.tensor([0, 1, 0]), torch.tensor([1, 0, 0]))
 * // tensor([ True,  True, False])
 */
export function logical_or(input: Tensor, other: Tensor): Tensor {
  return logical("logical_or", orLoop, input, other);
}
/**
 * Where exactly one is true, as a bool tensor; shapes broadcast.
 * @example
 * torch.logical_xor(torch.tensor([0, 1, 2]), torch.tensor([1, 0, 3]))
 * // tensor([ True,  True, False])
 */
export function logical_xor(input: Tensor, other: Tensor): Tensor {
  return logical("logical_xor", xorLoop, input, other);
}

const int32Loops = {
  and: binaryLoop((x, y) => x & y),
  or: binaryLoop((x, y) => x | y),
  xor: binaryLoop((x, y) => x ^ y),
} as const;

/** int64 in 64 bits, by way of bigint. */
function wideLoop(combine: (x: bigint, y: bigint) => bigint): BinaryLoop {
  return binaryLoop((x, y) => Number(combine(BigInt(x), BigInt(y))));
}

const int64Loops = {
  and: wideLoop((x, y) => x & y),
  or: wideLoop((x, y) => x | y),
  xor: wideLoop((x, y) => x ^ y),
} as const;

function requireWhole(dtype: DType, op: string): void {
  if (dtype.is_floating_point) {
    throw new NotImplementedError(
      `"${op}_cpu" not implemented for '${dtype.scalarType}'`,
      "bitwise functions take integers and bools",
    );
  }
}

function bitwise(kind: "and" | "or" | "xor", input: Tensor, other: Operand): Tensor {
  const op = `bitwise_${kind}`;
  requireTensor(input, op);
  requireOperand(other, op, "other", 2);
  const dtype = commonDType(input, other);
  requireWhole(dtype, op);
  const loops = dtype.name === "int64" ? int64Loops : int32Loops;
  return elementwise(op, loops[kind], input, other, dtype);
}

/**
 * `input & other` on integers and bools; shapes broadcast. Raises RuntimeError for floats.
 * @example torch.tensor([1, 3]).bitwise_and(2)   // tensor([0, 2])
 */
export function bitwise_and(input: Tensor, other: Operand): Tensor {
  return bitwise("and", input, other);
}
/**
 * `input | other` on integers and bools; shapes broadcast. Raises RuntimeError for floats.
 * @example torch.tensor([1, 4]).bitwise_or(2)   // tensor([3, 6])
 */
export function bitwise_or(input: Tensor, other: Operand): Tensor {
  return bitwise("or", input, other);
}
/**
 * `input ^ other` on integers and bools; shapes broadcast. Raises RuntimeError for floats.
 * @example torch.tensor([1, 3]).bitwise_xor(2)   // tensor([3, 1])
 */
export function bitwise_xor(input: Tensor, other: Operand): Tensor {
  return bitwise("xor", input, other);
}

/**
 * `~input`: the opposite of a bool, −x − 1 of an integer. Raises RuntimeError for floats.
 * @example torch.tensor([0, 5]).bitwise_not()   // tensor([-1, -6])
 */
export function bitwise_not(input: Tensor): Tensor {
  requireTensor(input, "bitwise_not");
  if (input.dtype.is_floating_point) {
    throw new TypeError(
      "~ (operator.invert) is only implemented on integer and Boolean-type tensors",
      "x.logical_not() takes every dtype",
    );
  }
  if (input.dtype === bool) return logical_not(input);
  return input.mul(-1).sub(1).to(input.dtype);
}

/** Bytes give bytes, everything else bools. */
function truthDType(input: Tensor): DType {
  return input.dtype === uint8 ? uint8 : bool;
}

/**
 * Whether all elements, or all along `dim`, are true (not 0).
 * @example torch.tensor([[true, false], [true, true]]).all(1)   // tensor([False,  True])
 */
export function all(
  input: Tensor,
  dim?: Dims | ReduceOptions | null,
  options?: ReduceOptions,
): Tensor {
  requireTensor(input, "all");
  return logical_not(input).sum(dim, options).eq(0).to(truthDType(input));
}

/**
 * Whether any element, or any along `dim`, is true (not 0).
 * @example torch.tensor([[false, false], [true, false]]).any(1)   // tensor([False,  True])
 */
export function any(
  input: Tensor,
  dim?: Dims | ReduceOptions | null,
  options?: ReduceOptions,
): Tensor {
  requireTensor(input, "any");
  return input.ne(0).sum(dim, options).ne(0).to(truthDType(input));
}

/** How near counts as close: |a − b| ≤ atol + rtol · |b|. */
export interface ToleranceOptions {
  /** Relative tolerance (default 1e−5). */
  readonly rtol?: Scalar;
  /** Absolute tolerance (default 1e−8). */
  readonly atol?: Scalar;
  /** Whether NaN equals NaN (default false). */
  readonly equal_nan?: boolean;
}

function tolerance(name: string, value: Scalar): number {
  const found = scalarValue(value);
  if (found >= 0) return found;
  throw new RuntimeError(`${name} must be greater than or equal to zero, but got ${found}`);
}

/**
 * Where elements are close, as a bool tensor; shapes broadcast.
 * @example
 * torch.isclose(torch.tensor([1, 1.5]), torch.tensor([1 + 1e-7, 2]))
 * // tensor([ True, False])
 */
export function isclose(input: Tensor, other: Tensor, options: ToleranceOptions = {}): Tensor {
  requireTensor(input, "isclose");
  requireTensor(other, "isclose", "other", 2);
  if (input.dtype !== other.dtype) {
    throw new RuntimeError(
      `${input.dtype.scalarType} did not match ${other.dtype.scalarType}`,
      "isclose compares tensors of one dtype",
    );
  }
  const { equal_nan = false } = options;
  const rtol = tolerance("rtol", options.rtol ?? 1e-5);
  const atol = tolerance("atol", options.atol ?? 1e-8);
  const loop = binaryLoop((x, y) => {
    if (x === y || (equal_nan && Number.isNaN(x) && Number.isNaN(y))) return 1;
    return Number.isFinite(x) && Number.isFinite(y) && Math.abs(x - y) <= atol + Math.abs(rtol * y)
      ? 1
      : 0;
  });
  return elementwise("isclose", loop, input, other, input.dtype, bool);
}

/**
 * Whether all elements are close; the shapes must broadcast.
 * @example torch.allclose(torch.ones(2), torch.ones(2).add(1e-9))   // true
 */
export function allclose(input: Tensor, other: Tensor, options: ToleranceOptions = {}): boolean {
  const close = isclose(input, other, options);
  return close.sum().item() === close.numel();
}

/** Whether two sizes are the same; see `equal` for elements. */
export function is_same_size(input: Tensor, other: Tensor): boolean {
  return sameShape(
    requireTensor(input, "is_same_size").dims,
    requireTensor(other, "is_same_size", "other", 2).dims,
  );
}
