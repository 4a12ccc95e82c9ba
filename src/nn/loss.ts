// Losses as modules, around the functions in ops/loss.ts.

import { type Callable, callable } from "../callable";
import type { BinaryLossOptions, LogitsLossOptions } from "../ops/loss";
import type { Tensor } from "../tensor";
import { Module } from "./module";

export class BCELossModule extends Module {
  constructor(private readonly options: BinaryLossOptions = {}) {
    super();
    // PyTorch's repr shows the options only for some modules, and not for losses.
    Object.defineProperty(this, "options", { value: options, enumerable: false });
  }
  override forward(input: Tensor, target: Tensor): Tensor {
    return input.binary_cross_entropy(target, this.options);
  }
}
Object.defineProperty(BCELossModule, "name", { value: "BCELoss" });

/**
 * Binary cross-entropy of probabilities against targets of the same shape.
 * Raises ValueError for different shapes, RuntimeError for probabilities outside [0, 1].
 * @example nn.BCELoss()(torch.sigmoid(scores), y)
 */
export const BCELoss: Callable<typeof BCELossModule> = callable(BCELossModule);
export type BCELoss = BCELossModule;

export class BCEWithLogitsLossModule extends Module {
  constructor(private readonly options: LogitsLossOptions = {}) {
    super();
    Object.defineProperty(this, "options", { value: options, enumerable: false });
  }
  override forward(input: Tensor, target: Tensor): Tensor {
    return input.binary_cross_entropy_with_logits(target, this.options);
  }
}
Object.defineProperty(BCEWithLogitsLossModule, "name", { value: "BCEWithLogitsLoss" });

/**
 * Sigmoid and binary cross-entropy in one, finite for every logit.
 * Raises ValueError when the shapes differ.
 * @example nn.BCEWithLogitsLoss()(scores, y)
 */
export const BCEWithLogitsLoss: Callable<typeof BCEWithLogitsLossModule> =
  callable(BCEWithLogitsLossModule);
export type BCEWithLogitsLoss = BCEWithLogitsLossModule;
