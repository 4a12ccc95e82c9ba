// Layers: the affine map, flattening, and chains of modules.

import { type Callable, callable } from "../callable";
import { zeros } from "../creation";
import type { Tensor } from "../tensor";
import { kaiming_uniform_, uniform_ } from "./init";
import { Module } from "./module";
import { Parameter } from "./parameter";

/** Options of Linear. */
export interface LinearOptions {
  /** Whether a bias is added (default true). */
  readonly bias?: boolean;
}

export class LinearModule extends Module {
  readonly weight: Parameter;
  readonly bias: Parameter | null;
  constructor(
    readonly in_features: number,
    readonly out_features: number,
    bias: boolean | LinearOptions = true,
  ) {
    super();
    const wanted = typeof bias === "boolean" ? bias : (bias.bias ?? true);
    this.weight = Parameter(zeros(out_features, in_features));
    // The same as uniform in ±1/√in, by the way PyTorch computes it.
    kaiming_uniform_(this.weight, { a: Math.sqrt(5) });
    this.bias = wanted ? Parameter(zeros(out_features)) : null;
    if (this.bias !== null && in_features > 0) {
      const bound = 1 / Math.sqrt(in_features);
      uniform_(this.bias, -bound, bound);
    }
  }
  override forward(input: Tensor): Tensor {
    return input.linear(this.weight, this.bias);
  }
  override extra_repr(): string {
    const bias = this.bias === null ? "False" : "True";
    return `in_features=${this.in_features}, out_features=${this.out_features}, bias=${bias}`;
  }
}
Object.defineProperty(LinearModule, "name", { value: "Linear" });

/**
 * `x @ weightᵀ + bias`: (…, in_features) → (…, out_features); parameters start as PyTorch's.
 * @example
 * const line = nn.Linear(784, 10);
 * line(torch.rand(256, 784)).shape   // torch.Size([256, 10])
 * line.weight.shape   // torch.Size([10, 784])
 */
export const Linear: Callable<typeof LinearModule> = callable(LinearModule);
export type Linear = LinearModule;

export class FlattenModule extends Module {
  constructor(
    readonly start_dim = 1,
    readonly end_dim = -1,
  ) {
    super();
  }
  override forward(input: Tensor): Tensor {
    return input.flatten(this.start_dim, this.end_dim);
  }
  override extra_repr(): string {
    return `start_dim=${this.start_dim}, end_dim=${this.end_dim}`;
  }
}
Object.defineProperty(FlattenModule, "name", { value: "Flatten" });

/**
 * All dimensions from start_dim (1) to end_dim (the last) merged into one.
 * @example nn.Flatten()(torch.ones(256, 1, 28, 28)).shape   // torch.Size([256, 784])
 */
export const Flatten: Callable<typeof FlattenModule> = callable(FlattenModule);
export type Flatten = FlattenModule;

export class SequentialModule extends Module {
  [index: number]: Module;
  constructor(...modules: Module[]) {
    super();
    modules.forEach((module, i) => {
      this[i] = module;
    });
  }
  override forward(input: Tensor): Tensor {
    return this.children().reduce((x, module) => module(x), input);
  }
  *[Symbol.iterator](): IterableIterator<Module> {
    yield* this.children();
  }
}
Object.defineProperty(SequentialModule, "name", { value: "Sequential" });

/**
 * Modules one behind the other; `net[0]` is the first.
 * @example nn.Sequential(nn.Flatten(), nn.Linear(784, 10))
 */
export const Sequential: Callable<typeof SequentialModule> = callable(SequentialModule);
export type Sequential = SequentialModule;
