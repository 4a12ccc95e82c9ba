// Losses as modules, around the functions in ops/loss.ts.

import { type Callable, callable } from "../callable";
import type {
  ClassLossOptions,
  CrossEntropyOptions,
  HuberLossOptions,
  RegressionLossOptions,
} from "../ops/classloss";
import type { BinaryLossOptions, LogitsLossOptions } from "../ops/loss";
import type { Tensor } from "../tensor";
import { Module } from "./module";

/** Hidden from the repr, as losses print without their options. */
function hide<T extends object>(module: T, options: unknown): void {
  Object.defineProperty(module, "options", { value: options, enumerable: false });
}

export class BCELossModule extends Module {
  constructor(private readonly options: BinaryLossOptions = {}) {
    super();
    hide(this, options);
  }
  override forward(input: Tensor, target: Tensor): Tensor {
    return input.binary_cross_entropy(target, this.options);
  }
}
Object.defineProperty(BCELossModule, "name", { value: "BCELoss" });

/**
 * Binary cross-entropy of probabilities against targets of the same shape.
 * Raises ValueError for different shapes, RuntimeError for probabilities outside [0, 1].
 * @example nn.BCELoss()(torch.tensor([0.9, 0.2]), torch.tensor([1.0, 0.5]))   // tensor(0.5108)
 */
export const BCELoss: Callable<typeof BCELossModule> = callable(BCELossModule);
export type BCELoss = BCELossModule;

export class BCEWithLogitsLossModule extends Module {
  constructor(private readonly options: LogitsLossOptions = {}) {
    super();
    hide(this, options);
  }
  override forward(input: Tensor, target: Tensor): Tensor {
    return input.binary_cross_entropy_with_logits(target, this.options);
  }
}
Object.defineProperty(BCEWithLogitsLossModule, "name", { value: "BCEWithLogitsLoss" });

/**
 * Sigmoid and binary cross-entropy in one, finite for every logit.
 * Raises ValueError when the shapes differ.
 * @example
 * nn.BCEWithLogitsLoss()(torch.tensor([2.5, -1.5]), torch.tensor([1, 0]).float())
 * // tensor(0.1402)
 */
export const BCEWithLogitsLoss: Callable<typeof BCEWithLogitsLossModule> =
  callable(BCEWithLogitsLossModule);
export type BCEWithLogitsLoss = BCEWithLogitsLossModule;

export class CrossEntropyLossModule extends Module {
  constructor(private readonly options: CrossEntropyOptions = {}) {
    super();
    hide(this, options);
  }
  override forward(input: Tensor, target: Tensor): Tensor {
    return input.cross_entropy(target, this.options);
  }
}
Object.defineProperty(CrossEntropyLossModule, "name", { value: "CrossEntropyLoss" });

/**
 * Cross-entropy of scores against class numbers or probabilities. See `cross_entropy`.
 * @example nn.CrossEntropyLoss()(torch.zeros(2, 4), torch.tensor([0, 3]))   // tensor(1.3863)
 */
export const CrossEntropyLoss: Callable<typeof CrossEntropyLossModule> =
  callable(CrossEntropyLossModule);
export type CrossEntropyLoss = CrossEntropyLossModule;

export class NLLLossModule extends Module {
  constructor(private readonly options: ClassLossOptions = {}) {
    super();
    hide(this, options);
  }
  override forward(input: Tensor, target: Tensor): Tensor {
    return input.nll_loss(target, this.options);
  }
}
Object.defineProperty(NLLLossModule, "name", { value: "NLLLoss" });

/**
 * Negative log-likelihood of log-probabilities against class numbers. See `nll_loss`.
 * @example nn.NLLLoss()(torch.zeros(2, 4).log_softmax(1), torch.tensor([0, 3]))   // tensor(1.3863)
 */
export const NLLLoss: Callable<typeof NLLLossModule> = callable(NLLLossModule);
export type NLLLoss = NLLLossModule;

export class MSELossModule extends Module {
  constructor(private readonly options: RegressionLossOptions = {}) {
    super();
    hide(this, options);
  }
  override forward(input: Tensor, target: Tensor): Tensor {
    return input.mse_loss(target, this.options);
  }
}
Object.defineProperty(MSELossModule, "name", { value: "MSELoss" });

/**
 * Mean squared error. See `mse_loss`.
 * @example nn.MSELoss()(torch.tensor([0.5, 3]), torch.zeros(2))   // tensor(4.6250)
 */
export const MSELoss: Callable<typeof MSELossModule> = callable(MSELossModule);
export type MSELoss = MSELossModule;

export class L1LossModule extends Module {
  constructor(private readonly options: RegressionLossOptions = {}) {
    super();
    hide(this, options);
  }
  override forward(input: Tensor, target: Tensor): Tensor {
    return input.l1_loss(target, this.options);
  }
}
Object.defineProperty(L1LossModule, "name", { value: "L1Loss" });

/**
 * Mean absolute error. See `l1_loss`.
 * @example nn.L1Loss()(torch.tensor([0.5, 3]), torch.zeros(2))   // tensor(1.7500)
 */
export const L1Loss: Callable<typeof L1LossModule> = callable(L1LossModule);
export type L1Loss = L1LossModule;

export class HuberLossModule extends Module {
  constructor(private readonly options: HuberLossOptions = {}) {
    super();
    hide(this, options);
  }
  override forward(input: Tensor, target: Tensor): Tensor {
    return input.huber_loss(target, this.options);
  }
}
Object.defineProperty(HuberLossModule, "name", { value: "HuberLoss" });

/**
 * Squares near 0, straight lines beyond. See `huber_loss`.
 * @example nn.HuberLoss({ delta: 1 })(torch.tensor([0.5, 3]), torch.zeros(2))   // tensor(1.3125)
 */
export const HuberLoss: Callable<typeof HuberLossModule> = callable(HuberLossModule);
export type HuberLoss = HuberLossModule;
