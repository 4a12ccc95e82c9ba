// Tensors of random numbers, drawn as PyTorch draws them.

import { allocate, float32, float64, int64 } from "../dtype";
import { NotImplementedError, RuntimeError, TypeError } from "../errors";
import { formatGeneral } from "../format";
import { checkDrawRange } from "../kernels/drawrange";
import { default_generator } from "../random/torch";
import { isScalar, pythonTypeName, requireInteger, type Scalar, scalarValue } from "../scalar";
import { numelOf, type Shape } from "../shape";
import { fromArray, Tensor } from "../tensor";
import {
  checkSizes,
  finish,
  isOptions,
  like,
  type RandomOptions,
  type SizeArgs,
  sized,
} from "./options";

function floatTensor(dims: Shape, options: RandomOptions, op: string): Float32Array | Float64Array {
  const data = allocate(options.dtype ?? float32, numelOf(dims));
  if (data instanceof Float32Array || (data instanceof Float64Array && options.dtype === float64)) {
    return data;
  }
  throw new NotImplementedError(
    `"${op}" not implemented for '${(options.dtype ?? float32).scalarType}'`,
    "random floats need a floating-point dtype",
  );
}

/**
 * Draws from [0, 1).
 * @example torch.rand(2, 3)
 */
export function rand(...args: SizeArgs<RandomOptions>): Tensor {
  const { dims, options } = sized(args, "rand");
  const generator = options.generator ?? default_generator;
  const data = floatTensor(dims, options, "check_uniform_bounds");
  const single = data instanceof Float32Array;
  for (let i = 0; i < data.length; i++)
    data[i] = single ? generator.uniform32() : generator.uniform64();
  return finish(fromArray(data, dims, options.dtype), options);
}

/**
 * Draws from N(0, 1).
 * @example torch.randn(1, 3)
 */
export function randn(...args: SizeArgs<RandomOptions>): Tensor {
  const { dims, options } = sized(args, "randn");
  return normalFill(0, 1, dims, options);
}

function normalFill(mean: number, std: number, dims: Shape, options: RandomOptions): Tensor {
  const data = floatTensor(dims, options, "normal_kernel_cpu");
  (options.generator ?? default_generator).fillNormal(data, mean, std);
  return finish(fromArray(data, dims, options.dtype), options);
}

/**
 * Whole numbers from [low, high), or [0, high): `randint(high, size)`, `randint(low, high, size)`.
 * Raises RuntimeError when the range is empty.
 * @example torch.randint(0, 10, [8])
 */
export function randint(...args: readonly (number | Shape | RandomOptions)[]): Tensor {
  const last = args[args.length - 1];
  const options = isOptions(last) ? last : {};
  const rest = isOptions(last) ? args.slice(0, -1) : args;
  const named = options.size === undefined ? undefined : [options.size].flat();
  const size = named ?? rest[rest.length - 1];
  const bounds = named === undefined ? rest.slice(0, -1) : rest;
  if (bounds.length < 1 || bounds.length > 2) {
    throw new TypeError(
      `randint() received an invalid combination of arguments - got (${args.map(pythonTypeName).join(", ")})`,
      "randint(high, [n, m]) or randint(low, high, [n, m])",
    );
  }
  if (!Array.isArray(size)) {
    throw new TypeError(
      `randint(): argument 'size' (position ${bounds.length + 1}) must be tuple of ints, not ${pythonTypeName(size)}`,
      "randint(low, high, [n, m])",
    );
  }
  const names = bounds.length === 1 ? ["high"] : ["low", "high"];
  const whole = bounds.map((x, i) => requireInteger(x, "randint", names[i], i + 1));
  const [low, high] = whole.length === 1 ? [0, whole[0]] : whole;
  const dtype = options.dtype ?? int64;
  checkDrawRange(low, high, dtype);
  const dims = checkSizes([size], "randint", bounds.length + 1);
  const data = allocate(dtype, numelOf(dims));
  const generator = options.generator ?? default_generator;
  for (let i = 0; i < data.length; i++) data[i] = generator.integer(low, high - low);
  return finish(fromArray(data, dims, dtype), options);
}

/**
 * A random order of 0 … n−1 (int64). Raises RuntimeError for n < 0.
 * @example
 * torch.manual_seed(0);
 * torch.randperm(4)   // tensor([0, 1, 3, 2])
 */
export function randperm(n: number, options: RandomOptions = {}): Tensor {
  const [size] = checkSizes([requireInteger(n, "randperm", "n", 1)], "randperm");
  const order = (options.generator ?? default_generator).randperm(size);
  return finish(
    fromArray(Float64Array.from(order), [size], int64).to(options.dtype ?? int64),
    options,
  );
}

function refuseNegativeStd(std: Tensor): void {
  if (std.lt(0).sum().item() !== 0) {
    throw new RuntimeError("normal expects all elements of std >= 0.0");
  }
}

/**
 * Draws from N(mean, std²). Numbers need a size; with a tensor mean or std, every element gets
 * its own draw in that shape (both tensors broadcast).
 * Raises RuntimeError for a negative std.
 * @example torch.normal(0, 0.01, [3, 2], { requires_grad: true })
 * @example torch.normal(torch.ones(50, 2), 1)
 */
export function normal(
  mean: Scalar | Tensor,
  std: Scalar | Tensor,
  size?: Shape | RandomOptions,
  options?: RandomOptions,
): Tensor {
  const chosen = (isOptions(size) ? size : options) ?? {};
  const centre = isScalar(mean) ? scalarValue(mean) : mean;
  const spread = isScalar(std) ? scalarValue(std) : std;
  if (typeof spread === "number" && !(spread >= 0)) {
    throw new RuntimeError(`normal expects std >= 0.0, but found std ${formatGeneral(spread, 6)}`);
  }
  if (spread instanceof Tensor) refuseNegativeStd(spread);
  if (typeof centre !== "number" || typeof spread !== "number") {
    return normalLike(centre, spread, chosen);
  }
  const given = isOptions(size) ? size.size : (size ?? chosen.size);
  if (given === undefined) {
    throw new TypeError(
      "normal() received an invalid combination of arguments",
      "two numbers need a size: torch.normal(0, 1, [2, 3])",
    );
  }
  return normalFill(centre, spread, checkSizes([given], "normal", 3), chosen);
}

function normalLike(mean: number | Tensor, std: number | Tensor, options: RandomOptions): Tensor {
  const tensors = [mean, std].filter((x): x is Tensor => x instanceof Tensor);
  // The sum of zeros has the shape and dtype in which both meet, with PyTorch's error if not.
  const shaped = tensors.map((x) => x.detach()).reduce((a, b) => a.mul(0).add(b.mul(0)));
  const drawn = normalFill(0, typeof std === "number" ? std : 1, shaped.dims, {
    dtype: shaped.dtype,
    generator: options.generator,
  });
  const spread = std instanceof Tensor ? drawn.mul(std.detach()) : drawn;
  const value =
    mean instanceof Tensor ? spread.add(mean.detach()) : mean === 0 ? spread : spread.add(mean);
  return finish(value, options);
}

/**
 * Draws from [0, 1) in the shape and dtype of another tensor.
 * @example torch.rand_like(torch.ones(2, 3)).shape   // torch.Size([2, 3])
 */
export function rand_like(input: Tensor, options: RandomOptions = {}): Tensor {
  return rand([...input.dims], { ...options, ...like(input, options) });
}
/**
 * Draws from N(0, 1) in the shape and dtype of another tensor.
 * @example torch.randn_like(torch.ones(2, 3)).shape   // torch.Size([2, 3])
 */
export function randn_like(input: Tensor, options: RandomOptions = {}): Tensor {
  return randn([...input.dims], { ...options, ...like(input, options) });
}
/**
 * Whole numbers in the shape of another tensor.
 * @example torch.randint_like(torch.ones(2, 3), 0, 10).shape   // torch.Size([2, 3])
 */
export function randint_like(input: Tensor, low: number, high: number): Tensor {
  return randint(low, high, [...input.dims], { dtype: input.dtype });
}
