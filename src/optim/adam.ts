// Adam and AdamW: steps scaled by running means of the gradient and of its square.

import { type Callable, callable } from "../callable";
import { zeros_like } from "../creation";
import { ValueError } from "../errors";
import { pow } from "../float";
import type { Tensor } from "../tensor";
import {
  OptimizerBase,
  type ParamGroup,
  type ParamGroupInput,
  requireNonNegative,
} from "./optimizer";

/** Options of Adam and AdamW. */
export interface AdamOptions {
  /** The learning rate (default 0.001). */
  readonly lr?: number;
  /** How slowly the two running means forget (default [0.9, 0.999]). */
  readonly betas?: readonly [number, number];
  /** Added to the denominator (default 1e−8). */
  readonly eps?: number;
  /** Adam: added to the gradient (default 0). AdamW: taken off the parameter (default 0.01). */
  readonly weight_decay?: number;
  /** Use the largest second mean so far. */
  readonly amsgrad?: boolean;
  readonly maximize?: boolean;
}

function checked(options: AdamOptions, weightDecay: number) {
  const { lr = 0.001, betas = [0.9, 0.999], eps = 1e-8, weight_decay = weightDecay } = options;
  requireNonNegative("learning rate", lr);
  requireNonNegative("epsilon value", eps);
  betas.forEach((beta, i) => {
    if (!(beta >= 0 && beta < 1)) {
      throw new ValueError(`Invalid beta parameter at index ${i}: ${beta}`);
    }
  });
  requireNonNegative("weight_decay value", weight_decay);
  const { amsgrad = false, maximize = false } = options;
  return { lr, betas, eps, weight_decay, amsgrad, maximize };
}

export class AdamOptimizer extends OptimizerBase {
  /** Whether weight decay shrinks the parameter itself, not its gradient. */
  protected readonly decoupled: boolean = false;

  constructor(params: Iterable<Tensor | ParamGroupInput>, options: AdamOptions = {}) {
    super(params, checked(options, 0));
  }

  protected override update(param: Tensor, grad: Tensor, group: ParamGroup): void {
    const { lr, eps, weight_decay, amsgrad } = group as unknown as Required<AdamOptions>;
    const [beta1, beta2] = group.betas as readonly number[];
    const own = this.stateOf(param, () => ({
      step: 0,
      exp_avg: zeros_like(param),
      exp_avg_sq: zeros_like(param),
      ...(amsgrad ? { max_exp_avg_sq: zeros_like(param) } : {}),
    }));
    own.step = (own.step as number) + 1;
    let g = grad;
    if (weight_decay !== 0) {
      if (this.decoupled) param.mul_(1 - lr * weight_decay);
      else g = g.add(param, { alpha: weight_decay });
    }
    const mean = own.exp_avg as Tensor;
    const square = own.exp_avg_sq as Tensor;
    mean.lerp_(g, 1 - beta1);
    square.mul_(beta2).addcmul_(g, g, { value: 1 - beta2 });
    const correction1 = 1 - pow(beta1, own.step);
    const correction2 = Math.sqrt(1 - pow(beta2, own.step));
    let second = square;
    if (amsgrad) {
      const peak = own.max_exp_avg_sq as Tensor;
      peak.copy_(peak.maximum(square));
      second = peak;
    }
    const denominator = second.sqrt().div(correction2).add_(eps);
    param.addcdiv_(mean, denominator, { value: -(lr / correction1) });
  }
}
Object.defineProperty(AdamOptimizer, "name", { value: "Adam" });

/**
 * Adam (Kingma and Ba 2015). Raises ValueError for options out of range.
 * @example
 * const w = torch.tensor([1.5], { requires_grad: true });
 * const updater = optim.Adam([w], { lr: 0.1 });
 * w.square().sum().backward();
 * updater.step();
 * w   // tensor([1.4000], requires_grad=True)
 */
export const Adam: Callable<typeof AdamOptimizer> = callable(AdamOptimizer);
export type Adam = AdamOptimizer;

export class AdamWOptimizer extends AdamOptimizer {
  protected override readonly decoupled: boolean = true;
  constructor(params: Iterable<Tensor | ParamGroupInput>, options: AdamOptions = {}) {
    super(params, { weight_decay: 0.01, ...options });
  }
}
Object.defineProperty(AdamWOptimizer, "name", { value: "AdamW" });

/**
 * Adam with weight decay on the parameters themselves (Loshchilov and Hutter 2019).
 * @example
 * const w = torch.ones(1, { requires_grad: true });
 * const trainer = optim.AdamW([w], { lr: 0.1 });
 * w.square().sum().backward();
 * trainer.step();
 * w   // tensor([0.8990], requires_grad=True)
 */
export const AdamW: Callable<typeof AdamWOptimizer> = callable(AdamWOptimizer);
export type AdamW = AdamWOptimizer;
