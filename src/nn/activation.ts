// Activations and dropout as modules.

import { type Callable, callable } from "../callable";
import { ValueError } from "../errors";
import { floatRepr } from "../format";
import { isScalar, type Scalar, scalarValue } from "../scalar";
import type { Tensor } from "../tensor";
import { Module } from "./module";

/** A module around a function of one tensor, named as PyTorch names it. */
function activation(
  name: string,
  compute: (x: Tensor) => Tensor,
): Callable<typeof ActivationModule> {
  const cls = class extends ActivationModule {
    override forward(input: Tensor): Tensor {
      return compute(input);
    }
  };
  Object.defineProperty(cls, "name", { value: name });
  return callable(cls);
}

export class ActivationModule extends Module {}

/**
 * max(x, 0). See `torch.relu`.
 * @example nn.ReLU()(torch.tensor([-1.5, 2]))   // tensor([0., 2.])
 */
export const ReLU: Callable<typeof ActivationModule> = activation("ReLU", (x) => x.relu());
/**
 * 1 / (1 + e^−x). See `torch.sigmoid`.
 * @example nn.Sigmoid()(torch.zeros(2))   // tensor([0.5000, 0.5000])
 */
export const Sigmoid: Callable<typeof ActivationModule> = activation("Sigmoid", (x) => x.sigmoid());
/**
 * Hyperbolic tangent. See `torch.tanh`.
 * @example nn.Tanh()(torch.tensor([0.5]))   // tensor([0.4621])
 */
export const Tanh: Callable<typeof ActivationModule> = activation("Tanh", (x) => x.tanh());

/** Options of Softmax and LogSoftmax. */
export interface DimOptions {
  readonly dim?: number;
}

export class SoftmaxModule extends Module {
  readonly dim: number | null;
  constructor(dim?: number | DimOptions | null) {
    super();
    this.dim = (typeof dim === "object" ? dim?.dim : dim) ?? null;
  }
  override forward(input: Tensor): Tensor {
    return input.softmax(this.dim);
  }
  override extra_repr(): string {
    return `dim=${this.dim ?? "None"}`;
  }
}
Object.defineProperty(SoftmaxModule, "name", { value: "Softmax" });

/**
 * Softmax along `dim`. See `torch.softmax`.
 * @example nn.Softmax(1)(torch.zeros(1, 4))   // tensor([[0.2500, 0.2500, 0.2500, 0.2500]])
 */
export const Softmax: Callable<typeof SoftmaxModule> = callable(SoftmaxModule);
export type Softmax = SoftmaxModule;

export class LogSoftmaxModule extends SoftmaxModule {
  override forward(input: Tensor): Tensor {
    return input.log_softmax(this.dim);
  }
}
Object.defineProperty(LogSoftmaxModule, "name", { value: "LogSoftmax" });

/**
 * log(softmax(x)) along `dim`. See `torch.log_softmax`.
 * @example nn.LogSoftmax(1)(torch.zeros(1, 2))   // tensor([[-0.6931, -0.6931]])
 */
export const LogSoftmax: Callable<typeof LogSoftmaxModule> = callable(LogSoftmaxModule);
export type LogSoftmax = LogSoftmaxModule;

/** Options of Dropout. */
export interface DropoutModuleOptions {
  readonly p?: Scalar;
}

export class DropoutModule extends Module {
  readonly p: number;
  constructor(p: Scalar | DropoutModuleOptions = 0.5) {
    super();
    this.p = scalarValue(isScalar(p) ? p : (p.p ?? 0.5));
    if (!(this.p >= 0 && this.p <= 1)) {
      throw new ValueError(
        `dropout probability has to be between 0 and 1, but got ${floatRepr(this.p)}`,
      );
    }
  }
  override forward(input: Tensor): Tensor {
    return input.dropout(this.p, this.training);
  }
  override extra_repr(): string {
    return `p=${Number.isInteger(this.p) ? this.p : floatRepr(this.p)}, inplace=False`;
  }
}
Object.defineProperty(DropoutModule, "name", { value: "Dropout" });

/**
 * Elements set to 0 with probability p while training. See `torch.nn.functional.dropout`.
 * @example
 * const layer = nn.Dropout(0.5);
 * layer.eval();
 * layer(torch.ones(2))   // tensor([1., 1.])
 */
export const Dropout: Callable<typeof DropoutModule> = callable(DropoutModule);
export type Dropout = DropoutModule;
