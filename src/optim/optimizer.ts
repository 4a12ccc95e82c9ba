// What all optimisers share: the parameters, and setting their gradients back.

import { no_grad } from "../autograd/grad_mode";
import { type Callable, callable } from "../callable";
import { NotImplementedError, TypeError, ValueError } from "../errors";
import { pythonTypeName } from "../scalar";
import { Tensor } from "../tensor";

/** Parameters that share their options. */
export interface ParamGroup {
  readonly params: Tensor[];
  lr: number;
}

export class OptimizerBase {
  /** The parameters with their options. */
  readonly param_groups: ParamGroup[];

  constructor(params: Iterable<Tensor>, defaults: { readonly lr: number }) {
    if (params instanceof Tensor) {
      throw new TypeError(
        `params argument given to the optimizer should be an iterable of Tensors or dicts, but got ${params.dtype.tensorType}`,
        "give a list: optim.SGD([w, b], { lr: 0.1 })",
      );
    }
    const list = [...params];
    if (list.length === 0) throw new ValueError("optimizer got an empty parameter list");
    for (const param of list) {
      if (!(param instanceof Tensor)) {
        throw new TypeError(
          `optimizer can only optimize Tensors, but one of the params is ${pythonTypeName(param)}`,
        );
      }
      if (!param.is_leaf) throw new ValueError("can't optimize a non-leaf Tensor");
    }
    if (new Set(list).size !== list.length) {
      throw new ValueError("some parameters appear in more than one parameter group");
    }
    this.param_groups = [{ ...defaults, params: list }];
  }

  /** Forget the gradients: set to null, or to zero with set_to_none false. */
  zero_grad(options: { readonly set_to_none?: boolean } = {}): void {
    for (const { params } of this.param_groups) {
      for (const param of params) {
        if (param.gradOrNull === null) continue;
        if (options.set_to_none ?? true) param.grad = null;
        else param.gradOrNull.detach().zero_();
      }
    }
  }

  /** One step: change every parameter that has a gradient. Subclasses define `update`. */
  step(): void {
    no_grad(() => {
      for (const group of this.param_groups) {
        for (const param of group.params) {
          if (param.gradOrNull !== null) this.update(param, param.gradOrNull, group);
        }
      }
    });
  }

  protected update(_param: Tensor, _grad: Tensor, _group: ParamGroup): void {
    throw new NotImplementedError(`${this.constructor.name} has no update`);
  }
}

/** The base of the optimisers, for `updater instanceof torch.optim.Optimizer`. */
export const Optimizer: Callable<typeof OptimizerBase> = callable(OptimizerBase);
export type Optimizer = OptimizerBase;
