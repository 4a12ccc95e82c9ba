// torch.nn.init: starting values for parameters, drawn as PyTorch draws them.

import { no_grad } from "../autograd/grad_mode";
import { ValueError } from "../errors";
import type { Generator } from "../random/torch";
import type { Tensor } from "../tensor";

/** Options that name a generator. */
export interface InitOptions {
  readonly generator?: Generator;
}

/**
 * Fill with draws from [a, b); returns the tensor.
 * @example nn.init.uniform_(torch.empty(2, 3), -1, 1).shape   // torch.Size([2, 3])
 */
export function uniform_(tensor: Tensor, a = 0, b = 1, options: InitOptions = {}): Tensor {
  return no_grad(() => tensor.uniform_(a, b, options));
}
/**
 * Fill with draws from N(mean, std²); returns the tensor.
 * @example nn.init.normal_(torch.empty(2, 3), 0, 0.01).shape   // torch.Size([2, 3])
 */
export function normal_(tensor: Tensor, mean = 0, std = 1, options: InitOptions = {}): Tensor {
  return no_grad(() => tensor.normal_(mean, std, options));
}
/**
 * Fill with one value; returns the tensor.
 * @example nn.init.constant_(torch.empty(2), 0.5)   // tensor([0.5000, 0.5000])
 */
export function constant_(tensor: Tensor, val: number): Tensor {
  return no_grad(() => tensor.fill_(val));
}
/**
 * Fill with zeros; returns the tensor.
 * @example nn.init.zeros_(nn.Linear(2, 3).weight).sum()   // tensor(0., grad_fn=<SumBackward0>)
 */
export function zeros_(tensor: Tensor): Tensor {
  return constant_(tensor, 0);
}
/**
 * Fill with ones; returns the tensor.
 * @example nn.init.ones_(torch.empty(2))   // tensor([1., 1.])
 */
export function ones_(tensor: Tensor): Tensor {
  return constant_(tensor, 1);
}

/**
 * What scales a kind of activation's output back to variance 1.
 * @example nn.init.calculate_gain("relu")   // 1.4142135623730951
 */
export function calculate_gain(nonlinearity: string, param?: number): number {
  switch (nonlinearity) {
    case "linear":
    case "sigmoid":
      return 1;
    case "tanh":
      return 5 / 3;
    case "relu":
      return Math.SQRT2;
    case "leaky_relu":
      return Math.sqrt(2 / (1 + (param ?? 0.01) ** 2));
    case "selu":
      return 3 / 4;
    default:
      throw new ValueError(`Unsupported nonlinearity ${nonlinearity}`);
  }
}

function fans(tensor: Tensor): { in: number; out: number } {
  if (tensor.dims.length < 2) {
    throw new ValueError(
      "Fan in and fan out can not be computed for tensor with fewer than 2 dimensions",
    );
  }
  const field = tensor.dims.slice(2).reduce((n, m) => n * m, 1);
  return { in: tensor.dims[1] * field, out: tensor.dims[0] * field };
}

/**
 * Uniform in ±gain · √(6 / (in + out)) (Glorot and Bengio 2010); returns the tensor.
 * @example
 * const weight = nn.init.xavier_uniform_(torch.empty(3, 3));
 * weight.abs().le(1).all()   // tensor(True)
 */
export function xavier_uniform_(tensor: Tensor, gain = 1, options: InitOptions = {}): Tensor {
  const fan = fans(tensor);
  const std = gain * Math.sqrt(2 / (fan.in + fan.out));
  const bound = Math.sqrt(3) * std;
  return uniform_(tensor, -bound, bound, options);
}

/**
 * Normal with spread gain · √(2 / (in + out)) (Glorot and Bengio 2010); returns the tensor.
 * @example nn.init.xavier_normal_(torch.empty(3, 2)).shape   // torch.Size([3, 2])
 */
export function xavier_normal_(tensor: Tensor, gain = 1, options: InitOptions = {}): Tensor {
  const fan = fans(tensor);
  return normal_(tensor, 0, gain * Math.sqrt(2 / (fan.in + fan.out)), options);
}

/** Options of the kaiming fills. */
export interface KaimingOptions extends InitOptions {
  /** The slope of leaky_relu below 0 (default 0). */
  readonly a?: number;
  readonly mode?: "fan_in" | "fan_out";
  readonly nonlinearity?: string;
}

function kaimingStd(tensor: Tensor, options: KaimingOptions): number {
  const { a = 0, mode = "fan_in", nonlinearity = "leaky_relu" } = options;
  if (mode !== "fan_in" && mode !== "fan_out") {
    throw new ValueError(`Mode ${mode} not supported, please use one of ['fan_in', 'fan_out']`);
  }
  const fan = fans(tensor);
  return calculate_gain(nonlinearity, a) / Math.sqrt(mode === "fan_in" ? fan.in : fan.out);
}

/**
 * Uniform in ±√3 · gain / √fan (He et al. 2015); returns the tensor.
 * @example
 * nn.init.kaiming_uniform_(torch.empty(3, 2), { nonlinearity: "relu" }).shape
 * // torch.Size([3, 2])
 */
export function kaiming_uniform_(tensor: Tensor, options: KaimingOptions = {}): Tensor {
  const bound = Math.sqrt(3) * kaimingStd(tensor, options);
  return uniform_(tensor, -bound, bound, options);
}

/**
 * Normal with spread gain / √fan (He et al. 2015); returns the tensor.
 * @example
 * nn.init.kaiming_normal_(torch.empty(3, 2), { mode: "fan_out" }).shape
 * // torch.Size([3, 2])
 */
export function kaiming_normal_(tensor: Tensor, options: KaimingOptions = {}): Tensor {
  return normal_(tensor, 0, kaimingStd(tensor, options), options);
}
