// Stochastic gradient descent, with momentum.

import { type Callable, callable } from "../callable";
import { ValueError } from "../errors";
import type { Tensor } from "../tensor";
import {
  OptimizerBase,
  type ParamGroup,
  type ParamGroupInput,
  requireNonNegative,
} from "./optimizer";

/** Options of SGD. */
export interface SGDOptions {
  /** The learning rate (default 0.001). */
  readonly lr?: number;
  /** How much of the last step goes on (default 0). */
  readonly momentum?: number;
  /** How much less of the gradient enters the momentum (default 0). */
  readonly dampening?: number;
  /** The share of the parameter added to its gradient (default 0). */
  readonly weight_decay?: number;
  /** Look ahead along the momentum. */
  readonly nesterov?: boolean;
  /** Go up instead of down. */
  readonly maximize?: boolean;
}

export class SGDOptimizer extends OptimizerBase {
  constructor(params: Iterable<Tensor | ParamGroupInput>, options: SGDOptions = {}) {
    const { lr = 0.001, momentum = 0, dampening = 0, weight_decay = 0 } = options;
    const { nesterov = false, maximize = false } = options;
    requireNonNegative("learning rate", lr);
    requireNonNegative("momentum value", momentum);
    requireNonNegative("weight_decay value", weight_decay);
    if (nesterov && (momentum <= 0 || dampening !== 0)) {
      throw new ValueError("Nesterov momentum requires a momentum and zero dampening");
    }
    super(params, { lr, momentum, dampening, weight_decay, nesterov, maximize });
  }

  protected override update(param: Tensor, grad: Tensor, group: ParamGroup): void {
    const { momentum, dampening, weight_decay } = group as unknown as Numbers;
    let step = weight_decay === 0 ? grad : grad.add(param, { alpha: weight_decay });
    if (momentum !== 0) {
      let isFirst = false;
      const own = this.stateOf(param, () => {
        isFirst = true;
        return { momentum_buffer: step.detach().clone() };
      });
      const buffer = own.momentum_buffer as Tensor;
      if (!isFirst) buffer.mul_(momentum).add_(step, { alpha: 1 - dampening });
      step = group.nesterov === true ? step.add(buffer, { alpha: momentum }) : buffer;
    }
    param.add_(step, { alpha: -group.lr });
  }
}
Object.defineProperty(SGDOptimizer, "name", { value: "SGD" });

interface Numbers {
  readonly momentum: number;
  readonly dampening: number;
  readonly weight_decay: number;
}

/**
 * Gradient descent: `param ← param − lr · grad` at each step, with momentum if given.
 * Raises ValueError for negative options or no parameters.
 * @example
 * const w = torch.tensor([1.5], { requires_grad: true });
 * const updater = optim.SGD([w], { lr: 0.1 });
 * w.square().sum().backward();
 * updater.step();
 * w   // tensor([1.2000], requires_grad=True)
 */
export const SGD: Callable<typeof SGDOptimizer> = callable(SGDOptimizer);
export type SGD = SGDOptimizer;
