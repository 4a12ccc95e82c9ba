// + − × ÷, powers and signs: the element-wise arithmetic with its gradients.

import { record, wantsGrad } from "../autograd/record";
import { bool, type DType, float32, int32, int64 } from "../dtype";
import { NotImplementedError, RuntimeError } from "../errors";
import { fma32, pow as powDouble } from "../float";
import {
  arithmetic,
  type BinaryLoop,
  binaryLoop,
  elementary,
  type UnaryLoop,
  unaryLoop,
} from "../kernels/elementwise";
import { isScalar, type Scalar, scalarKind, scalarValue } from "../scalar";
import { Tensor } from "../tensor";
import {
  commonDType,
  elementwise,
  floatDType,
  mapFloat,
  mapSame,
  type Operand,
  requireOperand,
  requireTensor,
  zeroGrad,
} from "./operand";

/** Options of `add` and `sub`. */
export interface AlphaOptions {
  /** A factor for the second operand (default 1). */
  readonly alpha?: Scalar;
}

const orLoop = binaryLoop((x, y) => (x !== 0 || y !== 0 ? 1 : 0));
const imulLoop = binaryLoop(Math.imul);
const wholeMulLoop = binaryLoop((x, y) => x * y + 0); // no −0 among integers

function checkAlpha(alpha: Scalar, dtype: DType): void {
  if (!dtype.is_floating_point && scalarKind(alpha) === "float") {
    throw new RuntimeError(
      "For integral input tensors, argument alpha must not be a floating point number.",
    );
  }
  if (dtype !== bool && scalarKind(alpha) === "bool") {
    throw new RuntimeError("Boolean alpha only supported for Boolean results.");
  }
}

function alphaLoop(alpha: number, dtype: DType): BinaryLoop {
  if (dtype === int64) {
    // A product that a double cannot hold must not come back into range unseen.
    return binaryLoop((x, y) => (Number.isSafeInteger(alpha * y) ? x + alpha * y : Infinity));
  }
  if (dtype !== float32) return binaryLoop((x, y) => x + alpha * y);
  const factor = Math.fround(alpha);
  return binaryLoop((x, y) => fma32(factor, y, x));
}

/** `a + b·alpha` or `a − b·alpha` as one loop; float32 rounds once when alpha is not 1. */
function addScaled(op: "add" | "sub", a: Operand, b: Operand, alpha: Scalar): Tensor {
  const dtype = commonDType(a, b);
  const factor = scalarValue(alpha);
  checkAlpha(alpha, dtype);
  if (factor === 1) {
    const loop = op === "sub" ? arithmetic.sub : dtype === bool ? orLoop : arithmetic.add;
    return elementwise(op, loop, a, b, dtype);
  }
  return elementwise(op, alphaLoop(op === "add" ? factor : -factor, dtype), a, b, dtype);
}

function scaled(grad: Tensor, alpha: Scalar): Tensor {
  return scalarValue(alpha) === 1 ? grad : grad.mul(alpha);
}

/**
 * `input + alpha · other`, element by element; shapes broadcast.
 * @example
 * torch.add(torch.ones(1, 3), torch.ones(2, 1))
 * // tensor([[2., 2., 2.],
 * //         [2., 2., 2.]])
 */
export function add(input: Tensor, other: Operand, options: AlphaOptions = {}): Tensor {
  requireTensor(input, "add");
  requireOperand(other, "add", "other", 2);
  const alpha = options.alpha ?? 1;
  return record("AddBackward0", [input, other], addScaled("add", input, other, alpha), (grad) => [
    grad,
    scaled(grad, alpha),
  ]);
}

function notForBool(kernel: string): NotImplementedError {
  return new NotImplementedError(
    `"${kernel}" not implemented for 'Bool'`,
    "convert the tensor first, for example with .long()",
  );
}

function refuseBoolSub(a: Operand, b: Operand): void {
  const isBool = (x: Operand) => (x instanceof Tensor ? x.dtype === bool : typeof x === "boolean");
  if (isBool(a) && isBool(b)) {
    throw new RuntimeError(
      "Subtraction, the `-` operator, with two bool tensors is not supported. Use the `^` or `logical_xor()` operator instead.",
    );
  }
  if (isBool(a) || isBool(b)) {
    throw new RuntimeError(
      "Subtraction, the `-` operator, with a bool tensor is not supported. If you are trying to invert a mask, use the `~` or `logical_not()` operator instead.",
    );
  }
}

/**
 * `input − alpha · other`, element by element; shapes broadcast.
 * Raises RuntimeError for bool tensors.
 * @example
 * torch.sub(torch.ones(1, 3), torch.ones(2, 1))
 * // tensor([[0., 0., 0.],
 * //         [0., 0., 0.]])
 */
export function sub(input: Tensor, other: Operand, options: AlphaOptions = {}): Tensor {
  requireTensor(input, "sub");
  requireOperand(other, "sub", "other", 2);
  refuseBoolSub(input, other);
  const alpha = options.alpha ?? 1;
  return record("SubBackward0", [input, other], addScaled("sub", input, other, alpha), (grad) => [
    grad,
    scaled(grad.neg(), alpha),
  ]);
}

/**
 * `other − alpha · input`: what `1 - x` calls.
 * @example torch.rsub(torch.ones(2), 3)   // tensor([2., 2.])
 */
export function rsub(input: Tensor, other: Operand, options: AlphaOptions = {}): Tensor {
  requireTensor(input, "rsub");
  requireOperand(other, "rsub", "other", 2);
  refuseBoolSub(input, other);
  const alpha = options.alpha ?? 1;
  return record("RsubBackward1", [input, other], addScaled("sub", other, input, alpha), (grad) => [
    scaled(grad.neg(), alpha),
    grad,
  ]);
}

/**
 * `input · other`, element by element; shapes broadcast.
 * @example torch.tensor([1.5, 2]).mul(2)   // tensor([3., 4.])
 */
export function mul(input: Tensor, other: Operand): Tensor {
  requireTensor(input, "mul");
  requireOperand(other, "mul", "other", 2);
  const dtype = commonDType(input, other);
  const loop = dtype === int32 ? imulLoop : dtype === int64 ? wholeMulLoop : arithmetic.mul;
  const value = elementwise("mul", loop, input, other, dtype);
  if (isScalar(other)) {
    return record("MulBackward0", [input, other], value, (grad) => [grad.mul(other), null]);
  }
  return record(
    "MulBackward0",
    [input, other],
    value,
    (grad, [b, a], needs) => [needs[0] ? grad.mul(b) : null, needs[1] ? grad.mul(a) : null],
    [wantsGrad(input) ? other : null, wantsGrad(other) ? input : null],
  );
}

/**
 * `input / other`, element by element, never cut to integers; shapes broadcast.
 * @example torch.tensor([1, 2]).div(2)   // tensor([0.5000, 1.0000])
 */
export function div(input: Tensor, other: Operand): Tensor {
  requireTensor(input, "div");
  requireOperand(other, "div", "other", 2);
  const dtype = floatDType(commonDType(input, other));
  const value = elementwise("div", arithmetic.div, input, other, dtype);
  if (isScalar(other)) {
    return record("DivBackward0", [input, other], value, (grad) => [grad.div(other), null]);
  }
  return record(
    "DivBackward0",
    [input, other],
    value,
    (grad, [b, a], needs) => [
      needs[0] ? grad.div(b) : null,
      needs[1] ? grad.neg().mul(a.div(b).div(b)) : null,
    ],
    [other, wantsGrad(other) ? input : null],
  );
}

/**
 * `1 / input`, element by element.
 * @example torch.reciprocal(torch.tensor([2, 4]))   // tensor([0.5000, 0.2500])
 */
export function reciprocal(input: Tensor): Tensor {
  requireTensor(input, "reciprocal");
  const value = mapFloat(reciprocalLoop, input);
  return record("ReciprocalBackward0", [input], value, (grad, [y]) => [grad.neg().mul(y.mul(y))], [
    value,
  ]);
}

const reciprocalLoop: UnaryLoop = (out, a, start, step, at, count) => {
  for (let k = 0, i = start; k < count; k++, i += step) out[at + k] = 1 / a[i];
};

/**
 * `−input`, element by element. Raises RuntimeError for bool tensors.
 * @example torch.neg(torch.tensor([1, -2]))   // tensor([-1,  2])
 */
export function neg(input: Tensor): Tensor {
  requireTensor(input, "neg");
  if (input.dtype === bool) {
    throw new RuntimeError(
      "Negation, the `-` operator, on a bool tensor is not supported. If you are trying to invert a mask, use the `~` or `logical_not()` operator instead.",
    );
  }
  const loop = input.dtype === int64 ? integerNegLoop : elementary.neg;
  return record("NegBackward0", [input], mapSame(loop, input), (grad) => [grad.neg()]);
}

const integerNegLoop = unaryLoop((x) => 0 - x); // no −0 among integers

/**
 * `|input|`, element by element; its gradient at 0 is 0.
 * @example torch.abs(torch.tensor([-1.5, 2]))   // tensor([1.5000, 2.0000])
 */
export function abs(input: Tensor): Tensor {
  requireTensor(input, "abs");
  if (input.dtype === bool) throw notForBool("abs_cpu");
  return record(
    "AbsBackward0",
    [input],
    mapSame(absLoop, input),
    (grad, [x]) => [grad.mul(x.sign())],
    [input],
  );
}

const absLoop = unaryLoop(Math.abs);

/**
 * −1, 0 or 1 with the sign of each element; its gradient is 0.
 * @example torch.sign(torch.tensor([-2.5, 0, 3]))   // tensor([-1.,  0.,  1.])
 */
export function sign(input: Tensor): Tensor {
  requireTensor(input, "sign");
  return record("SignBackward0", [input], mapSame(signLoop, input), (grad) => [zeroGrad(grad)]);
}

const signLoop = unaryLoop((x) => (x > 0 ? 1 : x < 0 ? -1 : 0)); // NaN gives 0

/** Whole powers that wrap around in 32 bits (8 for uint8), as C's integers do. */
function wrappingPower(base: number, exponent: number): number {
  if (exponent < 0) return base === 1 ? 1 : base === -1 ? (exponent % 2 === 0 ? 1 : -1) : 0;
  let result = 1;
  for (let factor = base, n = exponent; n > 0; n = Math.floor(n / 2)) {
    if (n % 2 === 1) result = Math.imul(result, factor);
    factor = Math.imul(factor, factor);
  }
  return result;
}

function int64Power(base: number, exponent: number): number {
  return exponent < 0 ? wrappingPower(base, exponent) : powDouble(base, exponent);
}

/** The loop for integers: exact in int64, or refused by the check of its results. */
function wholePower(dtype: DType): BinaryLoop {
  return binaryLoop(dtype === int64 ? int64Power : wrappingPower);
}

/** The loop for a fixed exponent: PyTorch multiplies small whole powers out. */
function fixedPower(n: number, dtype: DType): UnaryLoop {
  const round = dtype === float32 ? Math.fround : (x: number) => x;
  switch (n) {
    case 0:
      return unaryLoop(() => 1);
    case 1:
      return unaryLoop((x) => x);
    case 2:
      return unaryLoop((x) => x * x);
    case 3:
      return unaryLoop((x) => round(x * x) * x);
    case -1:
      return unaryLoop((x) => 1 / x);
    case -2:
      return unaryLoop((x) => 1 / round(x * x));
    case 0.5:
      return unaryLoop(Math.sqrt);
    case -0.5:
      return unaryLoop((x) => 1 / round(Math.sqrt(x)));
    default: {
      const exponent = round(n);
      return unaryLoop((x) => powDouble(x, exponent));
    }
  }
}

function refuseNegativePower(exponent: Scalar): void {
  if (scalarValue(exponent) < 0) {
    throw new RuntimeError(
      "Integers to negative integer powers are not allowed.",
      "convert the tensor to float first",
    );
  }
}

function powScalarExponent(input: Tensor, exponent: Scalar): Tensor {
  const n = scalarValue(exponent);
  const dtype = commonDType(input, exponent);
  if (!dtype.is_floating_point) {
    refuseNegativePower(exponent);
    if (dtype === bool) return n === 0 ? input.eq(input) : input.clone();
    return elementwise("pow", wholePower(dtype), input, exponent, dtype);
  }
  const x = input.dtype === dtype ? input : input.to(dtype);
  const value = mapFloat(fixedPower(n, dtype), x);
  return record(
    "PowBackward0",
    [x],
    value,
    (grad, [a]) => [n === 0 ? zeroGrad(grad) : grad.mul(a.pow(n - 1).mul(exponent))],
    [n === 0 ? null : x],
  );
}

function powTensorExponent(input: Operand, exponent: Tensor): Tensor {
  const dtype = commonDType(input, exponent);
  if (dtype === bool) throw notForBool("pow");
  const loop = dtype.is_floating_point ? binaryLoop(powDouble) : wholePower(dtype);
  const value = elementwise("pow", loop, input, exponent, dtype);
  if (isScalar(input)) {
    const base = scalarValue(input);
    return record(
      "PowBackward2",
      [exponent],
      value,
      (grad, [y, n]) => {
        const slope = y.mul(Math.log(base));
        return [grad.mul(base === 0 ? zeroWhere(n.ge(0), slope) : slope)];
      },
      [value, base === 0 ? exponent : null],
    );
  }
  return record(
    "PowBackward1",
    [input, exponent],
    value,
    (grad, [x, n, y], needs) => [
      needs[0] ? zeroWhere(n.eq(0), grad.mul(n.mul(x.pow(n.sub(1))))) : null,
      needs[1] ? grad.mul(zeroWhere(x.eq(0).mul(n.ge(0)), y.mul(x.log()))) : null,
    ],
    [input, exponent, wantsGrad(exponent) ? value : null],
  );
}

function zeroWhere(condition: Tensor, t: Tensor): Tensor {
  return t.masked_fill(condition, 0);
}

/**
 * `input ^ exponent`, element by element; one of them may be a number. Shapes broadcast.
 * Raises RuntimeError for integers to negative powers.
 * @example torch.pow(torch.tensor([1.5, 2]), 2)   // tensor([2.2500, 4.0000])
 */
export function pow(input: Operand, exponent: Operand): Tensor {
  requireOperand(input, "pow", "input", 1);
  requireOperand(exponent, "pow", "exponent", 2);
  if (exponent instanceof Tensor) return powTensorExponent(input, exponent);
  return powScalarExponent(requireTensor(input, "pow"), exponent);
}

/**
 * `input²`, element by element.
 * @example torch.tensor([1.5, -2]).square()   // tensor([2.2500, 4.0000])
 */
export function square(input: Tensor): Tensor {
  return pow(requireTensor(input, "square"), 2);
}

/**
 * `other ^ input`: what `2 ** x` calls.
 * @example torch.tensor([1, 2, 3]).rpow(2)   // tensor([2, 4, 8])
 */
export function rpow(input: Tensor, other: Operand): Tensor {
  return pow(other, requireTensor(input, "rpow"));
}
