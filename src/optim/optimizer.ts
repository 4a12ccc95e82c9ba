// What all optimisers share: parameters in groups, their state, and setting gradients back.

import { no_grad } from "../autograd/grad_mode";
import { type Callable, callable } from "../callable";
import { NotImplementedError, TypeError, ValueError } from "../errors";
import { pythonTypeName } from "../scalar";
import { Tensor } from "../tensor";

/** A value that a group of parameters shares. */
export type Option = number | boolean | readonly number[];

/** Parameters that share their options; change `lr` here while training. */
export interface ParamGroup {
  params: Tensor[];
  lr: number;
  [option: string]: Option | Tensor[];
}

/** Parameters with options of their own. */
export interface ParamGroupInput {
  readonly params: Iterable<Tensor> | Tensor;
  readonly [option: string]: Option | Iterable<Tensor> | Tensor;
}

/** What an optimiser remembers of one parameter: tensors, and the number of steps. */
export type ParamState = Record<string, Tensor | number>;

/** What `state_dict` returns. */
export interface OptimizerState {
  readonly state: Record<number, ParamState>;
  readonly param_groups: readonly Record<string, Option>[];
}

function isGroup(x: unknown): x is ParamGroupInput {
  return typeof x === "object" && x !== null && !(x instanceof Tensor) && "params" in x;
}

function checkParam(param: unknown): Tensor {
  if (!(param instanceof Tensor)) {
    throw new TypeError(
      `optimizer can only optimize Tensors, but one of the params is ${pythonTypeName(param)}`,
      "give a list: optim.SGD([w, b], { lr: 0.1 })",
    );
  }
  if (!param.is_leaf) {
    throw new ValueError("can't optimize a non-leaf Tensor", "give the tensors you created");
  }
  return param;
}

export class OptimizerBase {
  /** The parameters in groups, each with its options. */
  readonly param_groups: ParamGroup[] = [];
  /** What is remembered of each parameter. */
  readonly state: Map<Tensor, ParamState> = new Map();

  constructor(
    params: Iterable<Tensor | ParamGroupInput>,
    readonly defaults: { readonly lr: number; readonly [option: string]: Option },
  ) {
    if (params instanceof Tensor) {
      throw new TypeError(
        `params argument given to the optimizer should be an iterable of Tensors or dicts, but got ${params.dtype.tensorType}`,
        "give a list: optim.SGD([w, b], { lr: 0.1 })",
      );
    }
    const list = [...params];
    if (list.length === 0) throw new ValueError("optimizer got an empty parameter list");
    const groups = isGroup(list[0]) ? list : [{ params: list as Tensor[] }];
    for (const group of groups) this.add_param_group(group as ParamGroupInput);
  }

  /**
   * Train more parameters, with options of their own. Raises ValueError for those already here.
   * @example
   * const [w, b] = [torch.ones(1, { requires_grad: true }), torch.zeros(1, { requires_grad: true })];
   * const trainer = optim.SGD([w], { lr: 0.1 });
   * trainer.add_param_group({ params: [b], lr: 0.01 });
   * trainer.param_groups.map(({ lr }) => lr)   // [ 0.1, 0.01 ]
   */
  add_param_group(group: ParamGroupInput): void {
    const { params, ...options } = group;
    const list = (params instanceof Tensor ? [params] : [...params]).map(checkParam);
    const known = new Set(this.param_groups.flatMap((other) => other.params));
    if (new Set(list).size !== list.length || list.some((param) => known.has(param))) {
      throw new ValueError("some parameters appear in more than one parameter group");
    }
    this.param_groups.push({ ...this.defaults, ...(options as object), params: list });
  }

  /**
   * Forget the gradients: set to null, or to zero with set_to_none false.
   * @example
   * const w = torch.ones(1, { requires_grad: true });
   * w.sum().backward();
   * optim.SGD([w], { lr: 0.1 }).zero_grad();
   * w.grad   // null
   */
  zero_grad(options: { readonly set_to_none?: boolean } = {}): void {
    for (const { params } of this.param_groups) {
      for (const param of params) {
        if (param.gradOrNull === null) continue;
        if (options.set_to_none ?? true) param.grad = null;
        else param.gradOrNull.detach().zero_();
      }
    }
  }

  /**
   * One step: change every parameter that has a gradient.
   * @example
   * const w = torch.ones(1, { requires_grad: true });
   * w.mul(2).sum().backward();
   * optim.SGD([w], { lr: 0.25 }).step();
   * w   // tensor([0.5000], requires_grad=True)
   */
  step(): void {
    no_grad(() => {
      for (const group of this.param_groups) {
        for (const param of group.params) {
          const grad = param.gradOrNull;
          if (grad === null) continue;
          this.update(param, group.maximize === true ? grad.neg() : grad, group);
        }
      }
    });
  }

  /**
   * The state by parameter number, and the options of each group, for saving.
   * @example
   * const w = torch.ones(1, { requires_grad: true });
   * optim.SGD([w], { lr: 0.25 }).state_dict().param_groups[0].lr   // 0.25
   */
  state_dict(): OptimizerState {
    const all = this.param_groups.flatMap((group) => group.params);
    const state = all.flatMap((param, i): [number, ParamState][] => {
      const own = this.state.get(param);
      return own === undefined ? [] : [[i, { ...own }]];
    });
    const groups = this.param_groups.map(({ params: _, ...options }) => options);
    return { state: Object.fromEntries(state), param_groups: groups as Record<string, Option>[] };
  }

  /**
   * Take over a saved state. Raises ValueError when the groups don't fit.
   * @example
   * const trainers = [0.1, 0.5].map((lr) => optim.SGD(nn.Linear(1, 1).parameters(), { lr }));
   * trainers[0].load_state_dict(trainers[1].state_dict());
   * trainers[0].param_groups[0].lr   // 0.5
   */
  load_state_dict(saved: OptimizerState): void {
    if (saved.param_groups.length !== this.param_groups.length) {
      throw new ValueError("loaded state dict has a different number of parameter groups");
    }
    this.param_groups.forEach((group, i) => {
      Object.assign(group, saved.param_groups[i]);
    });
    const all = this.param_groups.flatMap((group) => group.params);
    this.state.clear();
    for (const [i, own] of Object.entries(saved.state)) {
      const copy = Object.entries(own).map(([key, value]) => [
        key,
        value instanceof Tensor ? value.clone() : value,
      ]);
      this.state.set(all[Number(i)], Object.fromEntries(copy));
    }
  }

  /** How one parameter changes; each optimiser defines it. */
  protected update(_param: Tensor, _grad: Tensor, _group: ParamGroup): void {
    throw new NotImplementedError(`${this.constructor.name} has no update`);
  }

  /** A parameter's state, made on the first step. */
  protected stateOf(param: Tensor, make: () => ParamState): ParamState {
    let own = this.state.get(param);
    if (own === undefined) {
      own = make();
      this.state.set(param, own);
    }
    return own;
  }
}
Object.defineProperty(OptimizerBase, "name", { value: "Optimizer" });

/**
 * The base of the optimisers, for `updater instanceof torch.optim.Optimizer`.
 * @example optim.Adam(nn.Linear(1, 1).parameters()) instanceof optim.Optimizer   // true
 */
export const Optimizer: Callable<typeof OptimizerBase> = callable(OptimizerBase);
export type Optimizer = OptimizerBase;

/** Refuse a negative or NaN option, in PyTorch's words. */
export function requireNonNegative(what: string, value: number): void {
  if (typeof value !== "number") {
    throw new TypeError(`${what} must be a number, not ${pythonTypeName(value)}`);
  }
  if (!(value >= 0)) throw new ValueError(`Invalid ${what}: ${value}`);
}
