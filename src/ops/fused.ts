// Products and quotients added with a factor: input + value · a · b, input + value · a / b.

import { record, wantsGrad } from "../autograd/record";
import { float32 } from "../dtype";
import { fma32, fround } from "../float";
import { type BinaryLoop, binaryLoop } from "../kernels/elementwise";
import { type Scalar, scalarValue } from "../scalar";
import { broadcastShapes } from "../shape";
import type { Tensor } from "../tensor";
import { commonDType, elementwise, requireTensor } from "./operand";

/** Options of addcmul and addcdiv. */
export interface ValueOptions {
  /** The factor (default 1). */
  readonly value?: Scalar;
}

function scaleLoop(value: number): BinaryLoop {
  return binaryLoop((x, y) => value * x * y);
}

/** input + (value · a) · b, the last step fused in float32 as PyTorch's kernel has it. */
function fusedProduct(input: Tensor, a: Tensor, b: Tensor, value: number): Tensor {
  const dtype = commonDType(input, a);
  if (dtype !== float32) return input.add(elementwise("addcmul", scaleLoop(value), a, b, dtype));
  const factor = fround(value);
  const scaled =
    value === 1
      ? a
      : elementwise(
          "addcmul",
          binaryLoop((x) => factor * x),
          a,
          b,
          dtype,
        );
  // fma(scaled, b, input): two broadcasts, so the product is taken in double and rounded with it.
  const exact = scaled.double().mul(b.double());
  return elementwise(
    "addcmul",
    binaryLoop((x, y) => fma32(y, 1, x)),
    input,
    exact,
    exact.dtype,
    float32,
  );
}

/**
 * `input + value · tensor1 · tensor2`; shapes broadcast.
 * @example
 * torch.addcmul(torch.ones(2), torch.tensor([1, 2]), torch.tensor([3, 4]), { value: 0.5 })
 * // tensor([2.5000, 5.0000])
 */
export function addcmul(
  input: Tensor,
  tensor1: Tensor,
  tensor2: Tensor,
  options: ValueOptions = {},
): Tensor {
  requireTensor(input, "addcmul");
  requireTensor(tensor1, "addcmul", "tensor1", 2);
  requireTensor(tensor2, "addcmul", "tensor2", 3);
  const value = options.value ?? 1;
  const out = fusedProduct(input.detach(), tensor1.detach(), tensor2.detach(), scalarValue(value));
  return record(
    "AddcmulBackward0",
    [input, tensor1, tensor2],
    out,
    (grad, [a, b], needs) => [
      grad,
      needs[1] ? grad.mul(b.mul(value)) : null,
      needs[2] ? grad.mul(a.mul(value)) : null,
    ],
    [wantsGrad(tensor2) ? tensor1 : null, wantsGrad(tensor1) ? tensor2 : null],
  );
}

/**
 * `input + value · tensor1 / tensor2`; shapes broadcast.
 * @example
 * torch.addcdiv(torch.ones(2), torch.tensor([1.0, 2.5]), torch.tensor([2, 0.5]))
 * // tensor([1.5000, 6.0000])
 */
export function addcdiv(
  input: Tensor,
  tensor1: Tensor,
  tensor2: Tensor,
  options: ValueOptions = {},
): Tensor {
  requireTensor(input, "addcdiv");
  requireTensor(tensor1, "addcdiv", "tensor1", 2);
  requireTensor(tensor2, "addcdiv", "tensor2", 3);
  const value = options.value ?? 1;
  const out = input.detach().add(tensor1.detach().mul(value).div(tensor2.detach()));
  return record(
    "AddcdivBackward0",
    [input, tensor1, tensor2],
    out,
    (grad, [a, b], needs) => [
      grad,
      needs[1] ? grad.mul(value).div(b) : null,
      needs[2] ? grad.neg().mul(a.mul(value).div(b.mul(b))) : null,
    ],
    [wantsGrad(tensor2) ? tensor1 : null, tensor2],
  );
}

/**
 * `input + weight · (end − input)`, from the nearer end as PyTorch computes it; shapes broadcast.
 * @example torch.zeros(2).lerp(torch.ones(2), 0.25)   // tensor([0.2500, 0.2500])
 */
export function lerp(input: Tensor, end: Tensor, weight: number): Tensor {
  requireTensor(input, "lerp");
  requireTensor(end, "lerp", "end", 2);
  const [from, to] = [input.detach(), end.detach()];
  broadcastShapes(from.dims, to.dims, "lerp");
  const distance = to.sub(from);
  const w = input.dtype === float32 ? fround(weight) : weight;
  const value =
    Math.abs(w) < 0.5 ? from.add(distance, { alpha: w }) : to.add(distance, { alpha: w - 1 });
  return record("LerpBackward0", [input, end], value, (grad) => [
    grad.mul(1 - weight),
    grad.mul(weight),
  ]);
}
