// torch.nn.utils: gradients cut back before a step.

import { no_grad } from "../autograd/grad_mode";
import { tensor } from "../creation";
import { AttributeError, RuntimeError, TypeError, ValueError } from "../errors";
import { floatRepr } from "../format";
import { stack } from "../ops";
import { isScalar, pythonTypeName, type Scalar, scalarValue } from "../scalar";
import { Tensor } from "../tensor";

/** The keyword arguments of clip_grad_norm_. */
export interface ClipNormOptions {
  /** Which norm (default 2); Infinity is the largest absolute value. */
  readonly norm_type?: Scalar;
  /** Raise an error when the norm is not finite. */
  readonly error_if_nonfinite?: boolean;
}

function gradsOf(parameters: Tensor | Iterable<Tensor>): Tensor[] {
  const list = parameters instanceof Tensor ? [parameters] : parameters;
  if (typeof list?.[Symbol.iterator] !== "function") {
    throw new TypeError(`'${pythonTypeName(list)}' object is not iterable`);
  }
  return Array.from(list, (parameter) => {
    if (parameter instanceof Tensor) return parameter.gradOrNull;
    throw new AttributeError(`'${pythonTypeName(parameter)}' object has no attribute 'grad'`);
  }).filter((grad): grad is Tensor => grad !== null);
}

function floatOf(value: Scalar): number {
  if (!isScalar(value)) {
    throw new ValueError(`could not convert ${pythonTypeName(value)} to float: '${value}'`);
  }
  return scalarValue(value);
}

/**
 * Scale all gradients by min(1, max_norm / (norm + 1e−6)), in place, where norm is that of all of
 * them together; returns the norm before. Parameters without a gradient are left out. Raises
 * RuntimeError for a norm that is not finite when error_if_nonfinite is set.
 * @example
 * const w = torch.tensor([3.0, 4.5], { requires_grad: true });
 * w.square().sum().backward();
 * nn.utils.clip_grad_norm_([w], 1)   // tensor(10.8167)
 * w.grad   // tensor([0.5547, 0.8321])
 */
export function clip_grad_norm_(
  parameters: Tensor | Iterable<Tensor>,
  max_norm: Scalar,
  norm_type: Scalar | ClipNormOptions = 2,
  options: ClipNormOptions = {},
): Tensor {
  const named = isScalar(norm_type) ? options : norm_type;
  const order = floatOf(isScalar(norm_type) ? norm_type : (norm_type.norm_type ?? 2));
  const limit = floatOf(max_norm);
  return no_grad(() => {
    const grads = gradsOf(parameters);
    if (grads.length === 0) return tensor(0).float();
    const total = stack(grads.map((grad) => grad.norm(order))).norm(order);
    if ((named.error_if_nonfinite ?? false) && !Number.isFinite(total.item())) {
      throw new RuntimeError(
        `The total norm of order ${floatRepr(order)} for gradients from \`parameters\` is non-finite, so it cannot be clipped. To disable this error and scale the gradients by the non-finite norm anyway, set \`error_if_nonfinite=False\``,
      );
    }
    // A number over a tensor is the tensor's reciprocal times the number.
    const factor = total.add(1e-6).reciprocal().mul(limit).clamp({ max: 1 });
    for (const grad of grads) grad.mul_(factor);
    return total;
  });
}

/**
 * Cut every element of the gradients to [−clip_value, clip_value], in place; NaN stays.
 * @example
 * const w = torch.tensor([0.5, 4], { requires_grad: true });
 * w.square().sum().backward();
 * nn.utils.clip_grad_value_(w, 2);
 * w.grad   // tensor([1., 2.])
 */
export function clip_grad_value_(parameters: Tensor | Iterable<Tensor>, clip_value: Scalar): void {
  const limit = floatOf(clip_value);
  no_grad(() => {
    for (const grad of gradsOf(parameters)) grad.clamp_(-limit, limit);
  });
}
