// torch.nn.init: starting values for parameters, drawn as PyTorch draws them.

import { no_grad } from "../autograd/grad_mode";
import { TypeError, ValueError } from "../errors";
import type { Generator } from "../random/torch";
import { isScalar, pythonTypeName, type Scalar, scalarValue } from "../scalar";
import type { Tensor } from "../tensor";

/** Options that name a generator. */
export interface InitOptions {
  readonly generator?: Generator | undefined;
}

/** The limits of uniform_ by name. */
export interface UniformOptions extends InitOptions {
  readonly a?: Scalar;
  readonly b?: Scalar;
}

/** The parameters of normal_ by name. */
export interface NormalOptions extends InitOptions {
  readonly mean?: Scalar;
  readonly std?: Scalar;
}

/** The factor of the Xavier fills by name. */
export interface XavierOptions extends InitOptions {
  readonly gain?: Scalar;
}

/** A number given by position, else by name, else by default. */
function numberOf(given: unknown, named: Scalar | undefined, standard: number): number {
  if (isScalar(given)) return scalarValue(given);
  if (given === undefined || (typeof given === "object" && given !== null)) {
    return named === undefined ? standard : scalarValue(named);
  }
  throw new TypeError(`must be real number, not ${pythonTypeName(given)}`);
}

/** The options, wherever among the arguments they stand. */
function optionsAmong<T extends object>(...args: readonly (T | Scalar | undefined)[]): T {
  return Object.assign({}, ...args.filter((x) => typeof x === "object" && !isScalar(x))) as T;
}

/**
 * Fill with draws from [a, b); returns the tensor.
 * @example nn.init.uniform_(torch.empty(2, 3), -1, 1).shape   // torch.Size([2, 3])
 */
export function uniform_(
  tensor: Tensor,
  a?: Scalar | UniformOptions,
  b?: Scalar | UniformOptions,
  options: InitOptions = {},
): Tensor {
  const named = optionsAmong<UniformOptions>(a, b, options);
  const [low, high] = [numberOf(a, named.a, 0), numberOf(b, named.b, 1)];
  return no_grad(() => tensor.uniform_(low, high, { generator: named.generator }));
}
/**
 * Fill with draws from N(mean, std²); returns the tensor.
 * @example nn.init.normal_(torch.empty(2, 3), 0, 0.01).shape   // torch.Size([2, 3])
 */
export function normal_(
  tensor: Tensor,
  mean?: Scalar | NormalOptions,
  std?: Scalar | NormalOptions,
  options: InitOptions = {},
): Tensor {
  const named = optionsAmong<NormalOptions>(mean, std, options);
  const [centre, spread] = [numberOf(mean, named.mean, 0), numberOf(std, named.std, 1)];
  return no_grad(() => tensor.normal_(centre, spread, { generator: named.generator }));
}
/**
 * Fill with one value; returns the tensor.
 * @example nn.init.constant_(torch.empty(2), 0.5)   // tensor([0.5000, 0.5000])
 */
export function constant_(tensor: Tensor, val: Scalar): Tensor {
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
export function calculate_gain(nonlinearity: string, param: Scalar = 0.01): number {
  switch (nonlinearity) {
    case "linear":
    case "sigmoid":
      return 1;
    case "tanh":
      return 5 / 3;
    case "relu":
      return Math.SQRT2;
    case "leaky_relu":
      return Math.sqrt(2 / (1 + scalarValue(param) ** 2));
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

function xavierStd(tensor: Tensor, gain: unknown, options: XavierOptions): number {
  const factor = numberOf(gain, options.gain, 1);
  const fan = fans(tensor);
  return factor * Math.sqrt(2 / (fan.in + fan.out));
}

/**
 * Uniform in ±gain · √(6 / (in + out)) (Glorot and Bengio 2010); returns the tensor.
 * @example
 * const weight = nn.init.xavier_uniform_(torch.empty(3, 3));
 * weight.abs().le(1).all()   // tensor(True)
 */
export function xavier_uniform_(
  tensor: Tensor,
  gain?: Scalar | XavierOptions,
  options: InitOptions = {},
): Tensor {
  const named = optionsAmong<XavierOptions>(gain, options);
  const bound = Math.sqrt(3) * xavierStd(tensor, gain, named);
  return uniform_(tensor, -bound, bound, { generator: named.generator });
}

/**
 * Normal with spread gain · √(2 / (in + out)) (Glorot and Bengio 2010); returns the tensor.
 * @example nn.init.xavier_normal_(torch.empty(3, 2)).shape   // torch.Size([3, 2])
 */
export function xavier_normal_(
  tensor: Tensor,
  gain?: Scalar | XavierOptions,
  options: InitOptions = {},
): Tensor {
  const named = optionsAmong<XavierOptions>(gain, options);
  return normal_(tensor, 0, xavierStd(tensor, gain, named), { generator: named.generator });
}

/** Options of the kaiming fills. */
export interface KaimingOptions extends InitOptions {
  /** The slope of leaky_relu below 0 (default 0). */
  readonly a?: Scalar;
  readonly mode?: "fan_in" | "fan_out";
  readonly nonlinearity?: string;
}

function kaimingStd(tensor: Tensor, slope: unknown, options: KaimingOptions): number {
  const { mode = "fan_in", nonlinearity = "leaky_relu" } = options;
  if (mode !== "fan_in" && mode !== "fan_out") {
    throw new ValueError(`Mode ${mode} not supported, please use one of ['fan_in', 'fan_out']`);
  }
  const fan = fans(tensor);
  const gain = calculate_gain(nonlinearity, numberOf(slope, options.a, 0));
  return gain / Math.sqrt(mode === "fan_in" ? fan.in : fan.out);
}

/**
 * Uniform in ±√3 · gain / √fan (He et al. 2015); returns the tensor.
 * @example
 * nn.init.kaiming_uniform_(torch.empty(3, 2), { nonlinearity: "relu" }).shape
 * // torch.Size([3, 2])
 */
export function kaiming_uniform_(
  tensor: Tensor,
  a?: Scalar | KaimingOptions,
  options: KaimingOptions = {},
): Tensor {
  const named = optionsAmong<KaimingOptions>(a, options);
  const bound = Math.sqrt(3) * kaimingStd(tensor, a, named);
  return uniform_(tensor, -bound, bound, { generator: named.generator });
}

/**
 * Normal with spread gain / √fan (He et al. 2015); returns the tensor.
 * @example
 * nn.init.kaiming_normal_(torch.empty(3, 2), { mode: "fan_out" }).shape
 * // torch.Size([3, 2])
 */
export function kaiming_normal_(
  tensor: Tensor,
  a?: Scalar | KaimingOptions,
  options: KaimingOptions = {},
): Tensor {
  const named = optionsAmong<KaimingOptions>(a, options);
  return normal_(tensor, 0, kaimingStd(tensor, a, named), { generator: named.generator });
}
