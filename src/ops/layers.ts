// What layers compute: the affine map and dropout.

import { allocate } from "../dtype";
import { ValueError } from "../errors";
import { isScalar, type Scalar, scalarValue } from "../scalar";
import { numelOf } from "../shape";
import { fromArray, type Tensor } from "../tensor";
import { requireTensor } from "./operand";

/**
 * `input @ weightᵀ + bias`: (…, in) with weight (out, in) and bias (out) → (…, out).
 * Raises RuntimeError for sizes that cannot be multiplied.
 * @example nn.functional.linear(torch.ones(1, 2), torch.ones(3, 2))   // tensor([[2., 2., 2.]])
 */
export function linear(input: Tensor, weight: Tensor, bias: Tensor | null = null): Tensor {
  requireTensor(input, "linear");
  requireTensor(weight, "linear", "weight", 2);
  if (bias !== null && input.dims.length === 2) return bias.addmm(input, weight.t());
  const product = input.matmul(weight.t());
  return bias === null ? product : product.add(bias);
}

/** Options of dropout. */
export interface DropoutOptions {
  /** The probability of 0 (default 0.5). */
  readonly p?: Scalar;
  /** Without training nothing is changed (default true). */
  readonly training?: boolean;
}

/**
 * Elements set to 0 with probability p, the others scaled by 1 / (1 − p).
 * Raises ValueError for p outside [0, 1].
 * @example
 * nn.functional.dropout(torch.ones(2, 3), 0.5).shape   // torch.Size([2, 3])
 * nn.functional.dropout(torch.ones(3), { training: false })   // tensor([1., 1., 1.])
 */
export function dropout(
  input: Tensor,
  p: Scalar | DropoutOptions = 0.5,
  training: boolean | DropoutOptions = true,
): Tensor {
  requireTensor(input, "dropout");
  const named = isScalar(p) ? (typeof training === "boolean" ? { training } : training) : p;
  const probability = isScalar(p) ? scalarValue(p) : scalarValue(p.p ?? 0.5);
  const active = named.training ?? true;
  if (!(probability >= 0 && probability <= 1)) {
    throw new ValueError(`dropout probability has to be between 0 and 1, but got ${probability}`);
  }
  if (!active || probability === 0 || numelOf(input.dims) === 0) return input;
  if (probability === 1) return input.mul(0);
  const mask = fromArray(allocate(input.dtype, numelOf(input.dims)), input.dims, input.dtype);
  mask.bernoulli_(1 - probability);
  return input.mul(mask.div_(1 - probability));
}
