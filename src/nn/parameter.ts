// nn.Parameter: a leaf tensor that a module counts among its parameters.

import { type Callable, callable } from "../callable";
import { RuntimeError } from "../errors";
import { Tensor } from "../tensor";

/** Options of Parameter. */
export interface ParameterOptions {
  readonly requires_grad?: boolean;
}

export class ParameterTensor extends Tensor {
  constructor(data: Tensor, options: boolean | ParameterOptions = true) {
    const { storage, dtype, dims, strides, offset } = data;
    super({ storage, dtype, dims, strides, offset, version: { value: 0 } });
    const wanted = typeof options === "boolean" ? options : (options.requires_grad ?? true);
    if (wanted && !dtype.is_floating_point) {
      throw new RuntimeError(
        "Only Tensors of floating point and complex dtype can require gradients",
        `this one has dtype ${dtype}: convert it, or give { requires_grad: false }`,
      );
    }
    if (wanted) this.requires_grad_();
  }
  override toString(): string {
    return `Parameter containing:\n${super.toString()}`;
  }
}
Object.defineProperty(ParameterTensor, "name", { value: "Parameter" });

/**
 * A tensor that a module trains: it requires grad, shares the given tensor's data and is found by
 * `module.parameters()`. Raises RuntimeError for integers.
 * @example
 * nn.Parameter(torch.ones(2))
 * // Parameter containing:
 * // tensor([1., 1.], requires_grad=True)
 */
export const Parameter: Callable<typeof ParameterTensor> = callable(ParameterTensor);
export type Parameter = ParameterTensor;
