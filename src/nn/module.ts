// nn.Module: a callable object that knows its submodules and whether it is training.

import { type Callable, callable } from "../callable";
import { NotImplementedError } from "../errors";
import type { Tensor } from "../tensor";

/** Modules are called like functions: `net(X)` runs `net.forward(X)`. */
// biome-ignore lint/correctness/noUnusedVariables: merges with the class below
interface ModuleBase {
  (...inputs: Tensor[]): Tensor;
}

// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the constructor returns a function
class ModuleBase {
  /** Whether the module is in training mode; see `train` and `eval`. */
  training = true;

  constructor() {
    // The instance is a function, so that net(X) works; its prototype is the class's.
    const self = function call(...inputs: Tensor[]): Tensor {
      return (self as unknown as ModuleBase).forward(...inputs);
    };
    Reflect.deleteProperty(self, "name");
    Reflect.deleteProperty(self, "length");
    Object.setPrototypeOf(self, new.target.prototype);
    // biome-ignore lint/correctness/noConstructorReturn: see above
    return self as unknown as this;
  }

  /** What calling the module computes; subclasses define it. Raises NotImplementedError. */
  forward(..._inputs: Tensor[]): Tensor {
    throw new NotImplementedError(
      `Module [${this.constructor.name}] is missing the required "forward" function`,
      "define forward(x) in the class",
    );
  }

  /** The direct submodules with the names of their properties. */
  named_children(): [string, ModuleBase][] {
    return Object.entries(this).filter(
      (entry): entry is [string, ModuleBase] => entry[1] instanceof ModuleBase,
    );
  }

  /** The direct submodules. */
  children(): ModuleBase[] {
    return this.named_children().map(([, child]) => child);
  }

  /** Switch this module and all below to training mode, or out of it; returns the module. */
  train(mode = true): this {
    this.training = mode;
    for (const child of this.children()) child.train(mode);
    return this;
  }

  /** Switch to evaluation mode; returns the module. */
  eval(): this {
    return this.train(false);
  }

  /** What stands between the parentheses of the repr; subclasses may define it. */
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

/**
 * The base of all networks and losses: subclasses define `forward`, and calling the module runs it.
 * @example class Net extends nn.Module { forward(x) { return torch.sigmoid(x); } }
 */
export const Module: Callable<typeof ModuleBase> = callable(ModuleBase);
/** Any module. */
export type Module = ModuleBase;
