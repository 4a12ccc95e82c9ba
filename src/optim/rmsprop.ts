// RMSprop and Adagrad: steps scaled by the root of past squared gradients.

import { type Callable, callable } from "../callable";
import { full_like, zeros_like } from "../creation";
import type { Tensor } from "../tensor";
import {
  OptimizerBase,
  type ParamGroup,
  type ParamGroupInput,
  type ParamState,
  requireNonNegative,
} from "./optimizer";

/** Options of RMSprop. */
export interface RMSpropOptions {
  /** The learning rate (default 0.01). */
  readonly lr?: number;
  /** How slowly the mean square forgets (default 0.99). */
  readonly alpha?: number;
  readonly eps?: number;
  readonly weight_decay?: number;
  readonly momentum?: number;
  /** Subtract the squared mean, leaving the variance. */
  readonly centered?: boolean;
  readonly maximize?: boolean;
}

export class RMSpropOptimizer extends OptimizerBase {
  constructor(params: Iterable<Tensor | ParamGroupInput>, options: RMSpropOptions = {}) {
    const { lr = 0.01, alpha = 0.99, eps = 1e-8, weight_decay = 0, momentum = 0 } = options;
    const { centered = false, maximize = false } = options;
    requireNonNegative("learning rate", lr);
    requireNonNegative("epsilon value", eps);
    requireNonNegative("momentum value", momentum);
    requireNonNegative("weight_decay value", weight_decay);
    requireNonNegative("alpha value", alpha);
    super(params, { lr, alpha, eps, weight_decay, momentum, centered, maximize });
  }

  protected override update(param: Tensor, grad: Tensor, group: ParamGroup): void {
    const { lr, alpha, eps, weight_decay, momentum, centered } =
      group as unknown as Required<RMSpropOptions>;
    const own = this.stateOf(
      param,
      (): ParamState => ({
        step: 0,
        square_avg: zeros_like(param),
        ...(momentum > 0 ? { momentum_buffer: zeros_like(param) } : {}),
        ...(centered ? { grad_avg: zeros_like(param) } : {}),
      }),
    );
    own.step = (own.step as number) + 1;
    const g = weight_decay === 0 ? grad : grad.add(param, { alpha: weight_decay });
    const square = own.square_avg as Tensor;
    square.mul_(alpha).addcmul_(g, g, { value: 1 - alpha });
    let average: Tensor;
    if (centered) {
      const mean = own.grad_avg as Tensor;
      mean.lerp_(g, 1 - alpha);
      average = square.addcmul(mean, mean, { value: -1 }).sqrt_();
    } else {
      average = square.sqrt();
    }
    average.add_(eps);
    if (momentum > 0) {
      const buffer = own.momentum_buffer as Tensor;
      buffer.mul_(momentum).addcdiv_(g, average);
      param.add_(buffer, { alpha: -lr });
    } else {
      param.addcdiv_(g, average, { value: -lr });
    }
  }
}
Object.defineProperty(RMSpropOptimizer, "name", { value: "RMSprop" });

/**
 * RMSprop (Tieleman and Hinton 2012). Raises ValueError for negative options.
 * @example
 * const w = torch.ones(1, { requires_grad: true });
 * const trainer = optim.RMSprop([w], { lr: 0.01 });
 * w.square().sum().backward();
 * trainer.step();
 * w   // tensor([0.9000], requires_grad=True)
 */
export const RMSprop: Callable<typeof RMSpropOptimizer> = callable(RMSpropOptimizer);
export type RMSprop = RMSpropOptimizer;

/** Options of Adagrad. */
export interface AdagradOptions {
  /** The learning rate (default 0.01). */
  readonly lr?: number;
  readonly lr_decay?: number;
  readonly weight_decay?: number;
  readonly initial_accumulator_value?: number;
  readonly eps?: number;
  readonly maximize?: boolean;
}

export class AdagradOptimizer extends OptimizerBase {
  constructor(params: Iterable<Tensor | ParamGroupInput>, options: AdagradOptions = {}) {
    const { lr = 0.01, lr_decay = 0, weight_decay = 0, eps = 1e-10 } = options;
    const { initial_accumulator_value = 0, maximize = false } = options;
    requireNonNegative("learning rate", lr);
    requireNonNegative("lr_decay value", lr_decay);
    requireNonNegative("weight_decay value", weight_decay);
    requireNonNegative("initial_accumulator_value value", initial_accumulator_value);
    requireNonNegative("epsilon value", eps);
    super(params, { lr, lr_decay, weight_decay, eps, initial_accumulator_value, maximize });
  }

  protected override update(param: Tensor, grad: Tensor, group: ParamGroup): void {
    const { lr, lr_decay, weight_decay, eps, initial_accumulator_value } =
      group as unknown as Required<AdagradOptions>;
    const own = this.stateOf(param, () => ({
      step: 0,
      sum: full_like(param, initial_accumulator_value),
    }));
    own.step = (own.step as number) + 1;
    const g = weight_decay === 0 ? grad : grad.add(param, { alpha: weight_decay });
    const rate = lr / (1 + (own.step - 1) * lr_decay);
    const sum = own.sum as Tensor;
    sum.addcmul_(g, g, { value: 1 });
    param.addcdiv_(g, sum.sqrt().add_(eps), { value: -rate });
  }
}
Object.defineProperty(AdagradOptimizer, "name", { value: "Adagrad" });

/**
 * Adagrad (Duchi, Hazan and Singer 2011). Raises ValueError for negative options.
 * @example
 * const w = torch.ones(1, { requires_grad: true });
 * const trainer = optim.Adagrad([w], { lr: 0.1 });
 * w.square().sum().backward();
 * trainer.step();
 * w   // tensor([0.9000], requires_grad=True)
 */
export const Adagrad: Callable<typeof AdagradOptimizer> = callable(AdagradOptimizer);
export type Adagrad = AdagradOptimizer;
