// nn.Module: a callable object that knows its submodules and whether it is training.

import { no_grad } from "../autograd/grad_mode";
import { type Callable, callable } from "../callable";
import { NotImplementedError, RuntimeError } from "../errors";
import { sameShape } from "../shape";
import type { Tensor } from "../tensor";
import { ParameterTensor } from "./parameter";

/** Modules are called like functions: `net(X)` runs `net.forward(X)`. */
export interface ModuleBase {
  (...inputs: Tensor[]): Tensor;
}

// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the constructor returns a function
export class ModuleBase {
  /** Whether the module is in training mode; see `train` and `eval`. */
  declare training: boolean;

  constructor() {
    // The instance is a function, so that net(X) works; its prototype is the class's.
    const self = (...inputs: Tensor[]): Tensor =>
      (self as unknown as ModuleBase).forward(...inputs);
    Reflect.deleteProperty(self, "name");
    Reflect.deleteProperty(self, "length");
    Object.setPrototypeOf(self, new.target.prototype);
    // Not as a field: that would be one of the object that this function replaces.
    (self as unknown as ModuleBase).training = true;
    // biome-ignore lint/correctness/noConstructorReturn: see above
    return self as unknown as this;
  }

  /**
   * What calling the module computes; subclasses define it. Raises NotImplementedError.
   * @example
   * class Twice extends nn.Module {
   *   override forward(x: torch.Tensor) {
   *     return x.mul(2);
   *   }
   * }
   * new Twice()(torch.ones(2))   // tensor([2., 2.])
   */
  forward(..._inputs: Tensor[]): Tensor {
    throw new NotImplementedError(
      `Module [${this.constructor.name}] is missing the required "forward" function`,
      "define forward(x) in the class",
    );
  }

  /**
   * The direct submodules with the names of their properties.
   * @example
   * nn.Sequential(nn.Linear(2, 3), nn.ReLU()).named_children().map(([name]) => name)
   * // [ '0', '1' ]
   */
  named_children(): [string, ModuleBase][] {
    return Object.entries(this).filter(
      (entry): entry is [string, ModuleBase] => entry[1] instanceof ModuleBase,
    );
  }

  /**
   * The direct submodules.
   * @example nn.Sequential(nn.Linear(2, 3), nn.ReLU()).children().length   // 2
   */
  children(): ModuleBase[] {
    return this.named_children().map(([, child]) => child);
  }

  /**
   * This module and all below it, with their dotted names; its own name is "".
   * @example
   * nn.Sequential(nn.Sequential(nn.ReLU())).named_modules().map(([name]) => name)
   * // [ '', '0', '0.0' ]
   */
  named_modules(prefix = ""): [string, ModuleBase][] {
    const below = this.named_children().flatMap(([name, child]) =>
      child.named_modules(prefix === "" ? name : `${prefix}.${name}`),
    );
    return [[prefix, this], ...below];
  }

  /**
   * This module and all below it.
   * @example nn.Sequential(nn.Sequential(nn.ReLU())).modules().length   // 3
   */
  modules(): ModuleBase[] {
    return this.named_modules().map(([, module]) => module);
  }

  /**
   * All parameters of this module and below, with their dotted names, each once.
   * @example
   * nn.Sequential(nn.Linear(2, 3)).named_parameters().map(([name]) => name)
   * // [ '0.weight', '0.bias' ]
   */
  named_parameters(): [string, Tensor][] {
    const seen = new Set<unknown>();
    const found: [string, Tensor][] = [];
    for (const [prefix, module] of this.named_modules()) {
      for (const [name, value] of Object.entries(module)) {
        if (!(value instanceof ParameterTensor) || seen.has(value)) continue;
        seen.add(value);
        found.push([prefix === "" ? name : `${prefix}.${name}`, value]);
      }
    }
    return found;
  }

  /**
   * All parameters of this module and below, each once.
   * @example nn.Linear(3, 2).parameters().map((p) => p.shape)   // [ torch.Size([2, 3]), torch.Size([2]) ]
   */
  parameters(): Tensor[] {
    return this.named_parameters().map(([, parameter]) => parameter);
  }

  /**
   * Forget the gradients of all parameters.
   * @example
   * const layer = nn.Linear(2, 1);
   * layer(torch.ones(1, 2)).backward();
   * layer.zero_grad();
   * layer.weight.grad   // null
   */
  zero_grad(): void {
    for (const parameter of this.parameters()) parameter.grad = null;
  }

  /**
   * Let all parameters collect gradients, or stop them; returns the module.
   * @example nn.Linear(2, 1).requires_grad_(false).weight.requires_grad   // false
   */
  requires_grad_(requires_grad = true): this {
    for (const parameter of this.parameters()) parameter.requires_grad_(requires_grad);
    return this;
  }

  /**
   * Call `fn` with every module below and then with this one; returns the module.
   * @example
   * const net = nn.Sequential(nn.Linear(2, 3), nn.ReLU());
   * net.apply((module) => {
   *   if (module instanceof nn.Linear) nn.init.zeros_(module.weight);
   * });
   * net.parameters()[0].sum()   // tensor(0., grad_fn=<SumBackward0>)
   */
  apply(fn: (module: ModuleBase) => void): this {
    for (const child of this.children()) child.apply(fn);
    fn(this);
    return this;
  }

  /**
   * The parameters by dotted name, outside the graph but on the same memory.
   * @example Object.keys(nn.Linear(2, 3).state_dict())   // [ 'weight', 'bias' ]
   */
  state_dict(): Record<string, Tensor> {
    return Object.fromEntries(this.named_parameters().map(([name, p]) => [name, p.detach()]));
  }

  /**
   * Copy values by name into the parameters. Raises RuntimeError for missing or unexpected names
   * (unless strict is false) and for other shapes; then nothing is changed.
   * @example
   * const [one, other] = [nn.Linear(2, 3), nn.Linear(2, 3)];
   * other.load_state_dict(one.state_dict());
   * other.weight.equal(one.weight)   // true
   */
  load_state_dict(
    state: Record<string, Tensor>,
    options: { readonly strict?: boolean } = {},
  ): void {
    const own = new Map(this.named_parameters());
    const quoted = (names: readonly string[]) => names.map((name) => `"${name}"`).join(", ");
    const missing = [...own.keys()].filter((name) => !(name in state));
    const unexpected = Object.keys(state).filter((name) => !own.has(name));
    const problems: string[] = [];
    if (options.strict ?? true) {
      if (unexpected.length > 0)
        problems.push(`Unexpected key(s) in state_dict: ${quoted(unexpected)}. `);
      if (missing.length > 0) problems.push(`Missing key(s) in state_dict: ${quoted(missing)}. `);
      problems.reverse();
    }
    for (const [name, parameter] of own) {
      const value = state[name];
      if (value === undefined || sameShape(value.dims, parameter.dims)) continue;
      problems.push(
        `size mismatch for ${name}: copying a param with shape ${value.shape} from checkpoint, the shape in current model is ${parameter.shape}.`,
      );
    }
    if (problems.length > 0) {
      throw new RuntimeError(
        `Error(s) in loading state_dict for ${this.constructor.name}:\n\t${problems.join("\n\t")}`,
        "the names and shapes must be those of state_dict()",
      );
    }
    no_grad(() => {
      for (const [name, parameter] of own)
        if (state[name] !== undefined) parameter.copy_(state[name]);
    });
  }

  /**
   * Switch this module and all below to training mode, or out of it; returns the module.
   * @example nn.Dropout().eval().train().training   // true
   */
  train(mode = true): this {
    this.training = mode;
    for (const child of this.children()) child.train(mode);
    return this;
  }

  /**
   * Switch to evaluation mode; returns the module.
   * @example nn.Dropout().eval().training   // false
   */
  eval(): this {
    return this.train(false);
  }

  /**
   * What stands between the parentheses of the repr; subclasses may define it.
   * @example nn.Linear(2, 3).extra_repr()   // in_features=2, out_features=3, bias=True
   */
  extra_repr(): string {
    return "";
  }

  /** PyTorch's repr: the class name with the submodules below. */
  toString(): string {
    const lines = this.named_children().map(
      ([name, child]) => `  (${name}): ${child.toString().split("\n").join("\n  ")}`,
    );
    const extra = this.extra_repr();
    const body =
      lines.length > 0
        ? `\n${[...(extra === "" ? [] : [`  ${extra}`]), ...lines].join("\n")}\n`
        : extra;
    return `${this.constructor.name}(${body})`;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

Object.defineProperty(ModuleBase, "name", { value: "Module" });

/**
 * The base of all networks and losses: subclasses define `forward`, and calling the module runs it.
 * @example
 * class Net extends nn.Module {
 *   readonly line = nn.Linear(4, 1);
 *   override forward(x: torch.Tensor) {
 *     return torch.sigmoid(this.line(x));
 *   }
 * }
 * new Net()
 * // Net(
 * //   (line): Linear(in_features=4, out_features=1, bias=True)
 * // )
 * new Net()(torch.ones(2, 4)).shape   // torch.Size([2, 1])
 */
export const Module: Callable<typeof ModuleBase> = callable(ModuleBase);
/** Any module. */
export type Module = ModuleBase;
