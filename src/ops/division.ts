// Division to whole numbers, rounding down as Python's // and % do.

import { record, wantsGrad } from "../autograd/record";
import { RuntimeError } from "../errors";
import { binaryLoop } from "../kernels/elementwise";
import { isScalar } from "../scalar";
import { Tensor } from "../tensor";
import { commonDType, elementwise, type Operand, requireOperand, requireTensor } from "./operand";

const floorDivide = binaryLoop((x, y) => Math.floor(x / y));
const remainderLoop = binaryLoop((x, y) => {
  const r = x % y;
  return r !== 0 && r < 0 !== y < 0 ? r + y : r;
});

function refuseZero(op: string, input: Tensor, other: Operand): void {
  if (commonDType(input, other).is_floating_point) return;
  const zero = other instanceof Tensor ? other.eq(0).sum().item() !== 0 : Number(other) === 0;
  if (zero) throw new RuntimeError("ZeroDivisionError", `${op}: an integer is divided by 0`);
}

/**
 * `input // other`: the quotient rounded down. It has no gradient, as in PyTorch.
 * Raises RuntimeError for integers divided by 0.
 * @example torch.tensor([7, -7]).floor_divide(2)   // tensor([ 3, -4])
 */
export function floor_divide(input: Tensor, other: Operand): Tensor {
  requireTensor(input, "floor_divide");
  requireOperand(other, "floor_divide", "other", 2);
  refuseZero("floor_divide", input, other);
  const dtype = commonDType(input, other);
  const value = elementwise("floor_divide", floorDivide, input, other, dtype);
  return record("NotImplemented", [input, other], value, () => {
    throw new RuntimeError("derivative for aten::floor_divide is not implemented");
  });
}

/**
 * `input % other`: what is left of the division rounded down, with the divisor's sign.
 * Raises RuntimeError for integers divided by 0.
 * @example torch.tensor([7, -7]).remainder(3)   // tensor([1, 2])
 */
export function remainder(input: Tensor, other: Operand): Tensor {
  requireTensor(input, "remainder");
  requireOperand(other, "remainder", "other", 2);
  refuseZero("remainder", input, other);
  const value = elementwise("remainder", remainderLoop, input, other, commonDType(input, other));
  return record(
    isScalar(other) ? "RemainderBackward0" : "RemainderBackward1",
    [input, other],
    value,
    (grad, [a, b], needs) => [
      grad,
      needs[1] ? grad.neg().mul(a.detach().floor_divide(b.detach())) : null,
    ],
    wantsGrad(other) ? [input, other as Tensor] : [],
  );
}
