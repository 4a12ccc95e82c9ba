// Stochastic gradient descent.

import { type Callable, callable } from "../callable";
import { ValueError } from "../errors";
import type { Tensor } from "../tensor";
import { Optimizer, type ParamGroup } from "./optimizer";

/** Options of SGD. */
export interface SGDOptions {
  /** The learning rate (default 0.001). */
  readonly lr?: number;
}

export class SGDOptimizer extends Optimizer {
  constructor(params: Iterable<Tensor>, options: SGDOptions = {}) {
    const lr = options.lr ?? 0.001;
    if (!(lr >= 0)) throw new ValueError(`Invalid learning rate: ${lr}`);
    super(params, { lr });
  }
  protected override update(param: Tensor, grad: Tensor, group: ParamGroup): void {
    param.add_(grad, { alpha: -group.lr });
  }
}
Object.defineProperty(SGDOptimizer, "name", { value: "SGD" });

/**
 * Gradient descent: `param ← param − lr · grad` at each step.
 * Raises ValueError for a negative learning rate or no parameters.
 * @example const updater = optim.SGD([W, b], { lr: 0.1 });
 */
export const SGD: Callable<typeof SGDOptimizer> = callable(SGDOptimizer);
export type SGD = SGDOptimizer;
