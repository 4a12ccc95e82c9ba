// torch.optim.lr_scheduler: learning rates that change from epoch to epoch.

import { type Callable, callable } from "../callable";
import type { OptimizerBase } from "./optimizer";

/**
 * The base of the schedulers: it knows the optimiser and its first learning rates.
 * @example
 * optim.lr_scheduler.StepLR(optim.SGD(nn.Linear(1, 1).parameters()), 2) instanceof optim.lr_scheduler.SchedulerBase
 * // true
 */
export class SchedulerBase {
  /** The number of epochs so far. */
  last_epoch = 0;
  protected readonly base_lrs: number[];

  constructor(protected readonly optimizer: OptimizerBase) {
    this.base_lrs = optimizer.param_groups.map((group) => {
      group.initial_lr ??= group.lr;
      return group.initial_lr as number;
    });
  }

  /**
   * Set the learning rates of the next epoch; call it once an epoch, after the optimiser.
   * @example
   * const trainer = optim.SGD(nn.Linear(1, 1).parameters(), { lr: 1 });
   * const scheduler = optim.lr_scheduler.ExponentialLR(trainer, 0.5);
   * trainer.step();
   * scheduler.step();
   * trainer.param_groups[0].lr   // 0.5
   */
  step(): void {
    this.last_epoch++;
    this.optimizer.param_groups.forEach((group, i) => {
      group.lr = this.next(group.lr, i);
    });
  }

  /**
   * The learning rates last set.
   * @example
   * optim.lr_scheduler.StepLR(optim.SGD(nn.Linear(1, 1).parameters(), { lr: 1 }), 2).get_last_lr()
   * // [ 1 ]
   */
  get_last_lr(): number[] {
    return this.optimizer.param_groups.map((group) => group.lr);
  }

  /** The next rate of group i, from its rate now. */
  protected next(lr: number, _i: number): number {
    return lr;
  }
}

/** Options of StepLR. */
export interface StepLROptions {
  readonly step_size?: number;
  /** The factor (default 0.1). */
  readonly gamma?: number;
}

export class StepLRScheduler extends SchedulerBase {
  private readonly step_size: number;
  private readonly gamma: number;
  constructor(
    optimizer: OptimizerBase,
    step_size: number | StepLROptions,
    gamma?: number | StepLROptions,
  ) {
    super(optimizer);
    const named =
      typeof step_size === "object" ? step_size : typeof gamma === "object" ? gamma : {};
    this.step_size = typeof step_size === "number" ? step_size : (named.step_size ?? 1);
    this.gamma = typeof gamma === "number" ? gamma : (named.gamma ?? 0.1);
  }
  protected override next(lr: number): number {
    return this.last_epoch % this.step_size === 0 ? lr * this.gamma : lr;
  }
}
Object.defineProperty(StepLRScheduler, "name", { value: "StepLR" });

/**
 * The rate times gamma every step_size epochs.
 * @example
 * const trainer = optim.SGD(nn.Linear(1, 1).parameters(), { lr: 0.5 });
 * const scheduler = optim.lr_scheduler.StepLR(trainer, 2, 0.5);
 * for (const _ of range(2)) {
 *   trainer.step();
 *   scheduler.step();
 * }
 * scheduler.get_last_lr()   // [ 0.25 ]
 */
export const StepLR: Callable<typeof StepLRScheduler> = callable(StepLRScheduler);

/** Options of ExponentialLR. */
export interface ExponentialLROptions {
  readonly gamma: number;
}

export class ExponentialLRScheduler extends SchedulerBase {
  private readonly gamma: number;
  constructor(optimizer: OptimizerBase, gamma: number | ExponentialLROptions) {
    super(optimizer);
    this.gamma = typeof gamma === "number" ? gamma : gamma.gamma;
  }
  protected override next(lr: number): number {
    return lr * this.gamma;
  }
}
Object.defineProperty(ExponentialLRScheduler, "name", { value: "ExponentialLR" });

/**
 * The rate times gamma every epoch.
 * @example
 * const trainer = optim.SGD(nn.Linear(1, 1).parameters(), { lr: 1 });
 * const scheduler = optim.lr_scheduler.ExponentialLR(trainer, 0.5);
 * trainer.step();
 * scheduler.step();
 * scheduler.get_last_lr()   // [ 0.5 ]
 */
export const ExponentialLR: Callable<typeof ExponentialLRScheduler> =
  callable(ExponentialLRScheduler);

/** Options of CosineAnnealingLR. */
export interface CosineOptions {
  readonly T_max?: number;
  /** The smallest rate (default 0). */
  readonly eta_min?: number;
}

export class CosineAnnealingLRScheduler extends SchedulerBase {
  private readonly T_max: number;
  private readonly eta_min: number;
  constructor(
    optimizer: OptimizerBase,
    T_max: number | CosineOptions,
    eta_min?: number | CosineOptions,
  ) {
    super(optimizer);
    const named = typeof T_max === "object" ? T_max : typeof eta_min === "object" ? eta_min : {};
    this.T_max = typeof T_max === "number" ? T_max : (named.T_max ?? 1);
    this.eta_min = typeof eta_min === "number" ? eta_min : (named.eta_min ?? 0);
  }
  protected override next(lr: number, i: number): number {
    const { last_epoch: t, T_max, eta_min } = this;
    // PyTorch's recursion; at the end of a half wave it turns around.
    if ((t - 1 - T_max) % (2 * T_max) === 0) {
      return lr + ((this.base_lrs[i] - eta_min) * (1 - Math.cos(Math.PI / T_max))) / 2;
    }
    const now = 1 + Math.cos((Math.PI * t) / T_max);
    const before = 1 + Math.cos((Math.PI * (t - 1)) / T_max);
    return (now / before) * (lr - eta_min) + eta_min;
  }
}
Object.defineProperty(CosineAnnealingLRScheduler, "name", { value: "CosineAnnealingLR" });

/**
 * The rate along half a cosine from its start to eta_min in T_max epochs.
 * @example
 * const trainer = optim.SGD(nn.Linear(1, 1).parameters(), { lr: 1 });
 * const scheduler = optim.lr_scheduler.CosineAnnealingLR(trainer, 4);
 * trainer.step();
 * scheduler.step();
 * format("%.4f", trainer.param_groups[0].lr)   // 0.8536
 */
export const CosineAnnealingLR: Callable<typeof CosineAnnealingLRScheduler> = callable(
  CosineAnnealingLRScheduler,
);
