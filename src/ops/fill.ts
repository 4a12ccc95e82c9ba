// Ops that overwrite: fill, zero, copy, random values, and switching requires_grad.

import { inPlace } from "../autograd/inplace";
import { record } from "../autograd/record";
import { allocate, type DType, float32, float64, int32, int64, type TypedArray } from "../dtype";
import { NotImplementedError, RuntimeError, TypeError } from "../errors";
import { fma32, fround } from "../float";
import { formatGeneral } from "../format";
import { readDense, storeScalar, toDense } from "../kernels/cast";
import { checkDrawRange } from "../kernels/drawrange";
import { default_generator, type Generator } from "../random/torch";
import { isScalar, PyFloat, pythonTypeName, requireInteger, type Scalar } from "../scalar";
import { broadcastShapes, formatShape, numelOf, sameShape } from "../shape";
import { fromArray, Tensor } from "../tensor";
import { type Operand, requireTensor, zeroGrad } from "./operand";

/** Options of the random fills. */
export interface RandomFillOptions {
  readonly generator?: Generator;
}

function constant(like: Tensor, value: Scalar): Tensor {
  const data = allocate(like.dtype, numelOf(like.dims));
  data.fill(storeScalar(value, like.dtype));
  return fromArray(data, like.dims, like.dtype);
}

/** The one element as a Python number. */
function itemOf(t: Tensor): Scalar {
  const item = t.item();
  return t.dtype.is_floating_point ? new PyFloat(Number(item)) : item;
}

/**
 * Set every element to a number or a 0-d tensor's value; returns the tensor.
 * @example torch.zeros(2).fill_(7)   // tensor([7., 7.])
 */
export function fill_(input: Tensor, value: Operand): Tensor {
  requireTensor(input, "fill_");
  if (value instanceof Tensor) {
    if (value.dims.length > 0) {
      throw new RuntimeError(
        `fill_ only supports 0-dimension value tensor but got tensor with ${value.dims.length} dimensions.`,
      );
    }
    return inPlace("fill", input, [value], () =>
      record("FillBackward3", [input, value], constant(input, itemOf(value)), (grad) => [
        zeroGrad(grad),
        grad.sum(),
      ]),
    );
  }
  if (!isScalar(value)) {
    throw new TypeError(
      `fill_(): argument 'value' (position 1) must be Number, not ${pythonTypeName(value)}`,
    );
  }
  return inPlace("fill", input, [], () =>
    record("FillBackward2", [input], constant(input, value), (grad) => [zeroGrad(grad)]),
  );
}

/**
 * Set every element to 0; returns the tensor.
 * @example torch.ones(2).zero_()   // tensor([0., 0.])
 */
export function zero_(input: Tensor): Tensor {
  requireTensor(input, "zero_");
  return inPlace("zero", input, [], () =>
    record("ZeroBackward0", [input], constant(input, 0), (grad) => [zeroGrad(grad)]),
  );
}

/**
 * Overwrite with another tensor's elements, broadcast and converted, or with a number; returns the tensor.
 * @example
 * torch.zeros(2, 2).copy_(torch.tensor([1, 2]))
 * // tensor([[1., 2.],
 * //         [1., 2.]])
 */
export function copy_(input: Tensor, src: Operand): Tensor {
  requireTensor(input, "copy_");
  if (isScalar(src)) return copy_(input, constant(zeroGrad(input), src));
  requireTensor(src, "copy_", "other", 1);
  return inPlace("copy", input, [src], () => {
    const shape = broadcastShapes(input.dims, src.dims, "copy_");
    const filled = sameShape(src.dims, shape) ? src.detach() : src.detach().expand(shape);
    const value = fromArray(toDense(filled, input.dtype), shape, input.dtype);
    return record("CopyBackwards", [input, src], value, (grad) => [zeroGrad(grad), grad]);
  });
}

function fillFresh(input: Tensor, name: string, draw: (out: TypedArray) => void): Tensor {
  requireTensor(input, name);
  return inPlace(name.slice(0, -1), input, [], () => {
    const data = allocate(input.dtype, numelOf(input.dims));
    draw(data);
    const value = fromArray(data, input.dims, input.dtype);
    return record(
      `${name[0].toUpperCase()}${name.slice(1, -1)}Backward0`,
      [input],
      value,
      (grad) => [zeroGrad(grad)],
    );
  });
}

/**
 * Refuse a negative spread, as PyTorch does.
 * @internal
 */
export function requireStd(std: number): void {
  if (!(std >= 0))
    throw new RuntimeError(`normal expects std >= 0.0, but found std ${formatGeneral(std, 6)}`);
}

/**
 * Draw every element from N(mean, std²); returns the tensor. A tensor that is not row-major
 * takes single draws in the order of its memory, as PyTorch fills it.
 * Raises RuntimeError for std < 0.
 * @example torch.empty(2, 3).normal_(0, 0.01).shape   // torch.Size([2, 3])
 */
export function normal_(input: Tensor, mean = 0, std = 1, options: RandomFillOptions = {}): Tensor {
  requireStd(std);
  const generator = options.generator ?? default_generator;
  if (!input.is_contiguous()) {
    const n = numelOf(input.dims);
    const memory = input.dims
      .map((size, d) => ({ size, d, step: input.strides[d] }))
      .sort((a, b) => b.step - a.step || a.d - b.d);
    const draws = allocate(input.dtype, n);
    for (let i = 0; i < n; i++) draws[i] = generator.normal() * std + mean;
    const ordered = fromArray(
      draws,
      memory.map((m) => m.size),
      input.dtype,
    );
    return input.copy_(
      ordered.permute(input.dims.map((_, d) => memory.findIndex((m) => m.d === d))),
    );
  }
  return fillFresh(input, "normal_", (out) => {
    const isFloat = out instanceof Float32Array || input.dtype === float64;
    if (!isFloat || !(out instanceof Float32Array || out instanceof Float64Array)) {
      throw new NotImplementedError(
        `"normal_kernel_cpu" not implemented for '${input.dtype.scalarType}'`,
      );
    }
    generator.fillNormal(out, mean, std);
  });
}

/**
 * Draw every element from [from, to); returns the tensor. Raises RuntimeError when from > to.
 * @example torch.empty(2, 3).uniform_(-1, 1).shape   // torch.Size([2, 3])
 */
export function uniform_(input: Tensor, from = 0, to = 1, options: RandomFillOptions = {}): Tensor {
  if (from > to) {
    throw new RuntimeError(
      `uniform_ expects to return a [from, to) range, but found from=${from} > to=${to}`,
    );
  }
  const generator = options.generator ?? default_generator;
  return fillFresh(input, "uniform_", (out) => {
    if (!input.dtype.is_floating_point) {
      throw new NotImplementedError(
        `"check_uniform_bounds" not implemented for '${input.dtype.scalarType}'`,
      );
    }
    const low = fround(from);
    const width = fround(fround(to) - low);
    for (let i = 0; i < out.length; i++) {
      out[i] =
        input.dtype === float32
          ? fma32(generator.uniform32(), width, low)
          : generator.uniform64() * (to - from) + from;
    }
  });
}

/**
 * Draw whole numbers: from [from, to), or over all that the dtype can hold; returns the tensor.
 * Raises RuntimeError when from ≥ to.
 * @example torch.empty(2).random_(0, 10).lt(10)   // tensor([True, True])
 */
export function random_(
  input: Tensor,
  from?: number,
  to?: number,
  options: RandomFillOptions = {},
): Tensor {
  const generator = options.generator ?? default_generator;
  const [low, high] = to === undefined ? [0, from] : [from ?? 0, to];
  requireTensor(input, "random_");
  if (high !== undefined) {
    requireInteger(low, "random_", "from", 1);
    checkDrawRange(low, requireInteger(high, "random_", "to", 2), input.dtype);
  }
  return fillFresh(input, "random_", (out) => {
    for (let i = 0; i < out.length; i++) {
      out[i] =
        high === undefined ? anyWhole(generator, input.dtype) : generator.integer(low, high - low);
    }
  });
}

function anyWhole(generator: Generator, dtype: DType): number {
  switch (dtype) {
    case int64: {
      const draw = generator.random64();
      if (draw > BigInt(Number.MAX_SAFE_INTEGER)) {
        throw new RuntimeError(
          "random_: an int64 draw exceeds 2^53",
          "int64 values are exact up to 2^53 here; give random_(from, to) a range",
        );
      }
      return Number(draw);
    }
    case int32:
      return generator.random32() & 0x7fffffff;
    case float32:
      return generator.random32() % 16777217;
    case float64:
      return Number(generator.random64() % 9007199254740993n);
    default:
      return generator.random32() & (dtype.name === "bool" ? 1 : 255);
  }
}

/**
 * Set every element to 1 with probability p, else 0; returns the tensor.
 * @example torch.empty(3).bernoulli_(1)   // tensor([1., 1., 1.])
 */
export function bernoulli_(input: Tensor, p = 0.5, options: RandomFillOptions = {}): Tensor {
  if (!(p >= 0 && p <= 1)) {
    throw new RuntimeError(`bernoulli_ expects p to be in [0, 1], but got p=${p}`);
  }
  const generator = options.generator ?? default_generator;
  return fillFresh(input, "bernoulli_", (out) => {
    for (let i = 0; i < out.length; i++) out[i] = generator.uniform64() < p ? 1 : 0;
  });
}

/**
 * A 0 or 1 for each element, which is its probability of 1.
 * @example torch.bernoulli(torch.tensor([0.0, 1.0]))   // tensor([0, 1])
 */
export function bernoulli(input: Tensor, options: RandomFillOptions = {}): Tensor {
  requireTensor(input, "bernoulli");
  const generator = options.generator ?? default_generator;
  const p = readDense(input);
  const out = allocate(input.dtype, p.length);
  for (let i = 0; i < p.length; i++) {
    if (!(p[i] >= 0 && p[i] <= 1)) {
      throw new RuntimeError(
        "Expected p_in >= 0 && p_in <= 1 to be true, but got false.  (Could this error message be improved?  If so, please report an enhancement request to PyTorch.)",
      );
    }
    out[i] =
      (input.dtype === float64 ? generator.uniform64() : generator.uniform32()) < p[i] ? 1 : 0;
  }
  return record("BernoulliBackward0", [input], fromArray(out, input.dims, input.dtype), (grad) => [
    zeroGrad(grad),
  ]);
}

/** Options of `requires_grad_`. */
export interface RequiresGradOptions {
  readonly requires_grad?: boolean;
}

/**
 * Let a leaf collect gradients, or stop it; returns the tensor.
 * Raises RuntimeError for integers, bools and non-leaves.
 * @example torch.zeros(2).requires_grad_()   // tensor([0., 0.], requires_grad=True)
 */
export function requires_grad_(
  input: Tensor,
  requires_grad: boolean | RequiresGradOptions = true,
): Tensor {
  requireTensor(input, "requires_grad_");
  const wanted =
    typeof requires_grad === "boolean" ? requires_grad : (requires_grad.requires_grad ?? true);
  if (wanted && !input.dtype.is_floating_point) {
    throw new RuntimeError(
      "only Tensors of floating point dtype can require gradients",
      `a tensor of shape ${formatShape(input.dims)} has dtype ${input.dtype}; convert it first`,
    );
  }
  if (!wanted && !input.is_leaf) {
    throw new RuntimeError(
      "you can only change requires_grad flags of leaf variables. If you want to use a computed variable in a subgraph that doesn't require differentiation use var_no_grad = var.detach().",
    );
  }
  if (input.is_leaf) input.leafRequiresGrad = wanted;
  return input;
}

/**
 * Take the tensor out of the graph in place; returns it. Raises RuntimeError for views.
 * @example torch.ones(1, { requires_grad: true }).mul(2).detach_()   // tensor([2.])
 */
export function detach_(input: Tensor): Tensor {
  requireTensor(input, "detach_");
  if (input.origin !== null && input.requires_grad) {
    throw new RuntimeError(
      "Can't detach views in-place. Use detach() instead. If you are using DistributedDataParallel (DDP) for training, and gradient_as_bucket_view is set as True, gradients are views of DDP buckets, and hence detach_() cannot be called on these gradients. To fix this error, please refer to the Optimizer.zero_grad() function in torch/optim/optimizer.py as the solution.",
    );
  }
  input.gradNode = null;
  input.leafRequiresGrad = false;
  return input;
}
