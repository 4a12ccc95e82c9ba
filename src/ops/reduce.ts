// Reductions: sums, means, spreads and extremes over some or all dimensions.

import { record } from "../autograd/record";
import { type DType, float64, int64 } from "../dtype";
import { RuntimeError } from "../errors";
import { sumExactly, sumView } from "../kernels/sum";
import { normalizeDims, type Shape } from "../shape";
import { fromArray, Tensor } from "../tensor";
import { checkInt64, largestOf, requireTensor, viewAs } from "./operand";

/** One dimension or several; negative ones count from the end. */
export type Dims = number | readonly number[];

/** Options of the reductions; `axis` is NumPy's name for `dim`. */
export interface ReduceOptions {
  readonly dim?: Dims | null;
  readonly axis?: Dims | null;
  /** Keep reduced dimensions with size 1 (default false). */
  readonly keepdim?: boolean;
  /** Compute in this dtype. */
  readonly dtype?: DType;
}

/** A reduction's own options, with the dimensions it runs over. */
interface Reduction {
  /** Null: all of them, the form without a dim. */
  readonly dims: readonly number[] | null;
  readonly keepdim: boolean;
  readonly dtype: DType | undefined;
}

function isOptions(x: unknown): x is ReduceOptions {
  return typeof x === "object" && x !== null && !Array.isArray(x) && !(x instanceof Tensor);
}

function reduction(
  op: string,
  input: Tensor,
  dim: Dims | ReduceOptions | null | undefined,
  options: ReduceOptions | undefined,
): Reduction {
  const named = isOptions(dim) ? dim : (options ?? {});
  const given = (isOptions(dim) ? undefined : dim) ?? named.dim ?? named.axis ?? null;
  const list = given === null ? null : Array.isArray(given) ? given : [given as number];
  return {
    dims: list === null ? null : normalizeDims(list, input.dims.length, op),
    keepdim: named.keepdim ?? false,
    dtype: named.dtype,
  };
}

function allDims(rank: number): number[] {
  return Array.from({ length: rank }, (_, d) => d);
}

/** The dimensions that are really summed: [] means all, as in PyTorch. */
function reducedDims(input: Tensor, dims: readonly number[] | null): readonly number[] {
  if (input.dims.length === 0) return [];
  return dims === null || dims.length === 0 ? allDims(input.dims.length) : dims;
}

/** The shape after reducing; with keepdim the reduced sizes are 1. */
export function reducedShape(dims: Shape, reduced: readonly number[], keepdim: boolean): number[] {
  if (keepdim) return dims.map((n, d) => (reduced.includes(d) ? 1 : n));
  return dims.filter((_, d) => !reduced.includes(d));
}

function countOf(dims: Shape, reduced: readonly number[]): number {
  return reduced.reduce((n, d) => n * dims[d], 1);
}

/** A reduced gradient given its dimensions back and repeated to the input's shape. */
function spread(grad: Tensor, dims: Shape, reduced: readonly number[], keepdim: boolean): Tensor {
  if (dims.length === 0) return grad;
  const shape = keepdim ? grad : grad.reshape(reducedShape(dims, reduced, true));
  return shape.expand([...dims]);
}

/**
 * The sum over all elements or over `dim`; integers and bools sum to int64.
 * Shapes: (n, m) summed over 1 → (n), or (n, 1) with keepdim.
 * @example
 * torch.tensor([[1, 2], [3, 4]]).sum(1, { keepdim: true })
 * // tensor([[3],
 * //         [7]])
 */
export function sum(
  input: Tensor,
  dim?: Dims | ReduceOptions | null,
  options?: ReduceOptions,
): Tensor {
  requireTensor(input, "sum");
  const { dims, keepdim, dtype } = reduction("sum", input, dim, options);
  const out = dtype ?? (input.dtype.is_floating_point ? input.dtype : int64);
  const reduced = reducedDims(input, dims);
  const isLarge =
    input.dtype === int64 &&
    largestOf(input) * countOf(input.dims, reduced) > Number.MAX_SAFE_INTEGER;
  const data = isLarge
    ? sumExactly(viewAs(input, out), reduced)
    : sumView(viewAs(input, out), reduced, out);
  checkInt64(data, out, "sum");
  const value = fromArray(data, reducedShape(input.dims, reduced, keepdim), out);
  const shape = input.dims;
  return record(dims === null ? "SumBackward0" : "SumBackward1", [input], value, (grad) => [
    spread(grad, shape, reduced, keepdim),
  ]);
}

/**
 * The mean over all elements or over `dim`: sum divided by the count; NaN of nothing.
 * Raises RuntimeError for integers and bools.
 * @example torch.tensor([1.5, 2]).mean()   // tensor(1.7500)
 */
export function mean(
  input: Tensor,
  dim?: Dims | ReduceOptions | null,
  options?: ReduceOptions,
): Tensor {
  requireTensor(input, "mean");
  const out = (isOptions(dim) ? dim : options)?.dtype ?? input.dtype;
  if (!out.is_floating_point) {
    throw new RuntimeError(
      `mean(): could not infer output dtype. Input dtype must be either a floating point or complex dtype. Got: ${out.scalarType}`,
      "convert first: x.float().mean()",
    );
  }
  const { dims, keepdim } = reduction("mean", input, dim, options);
  const reduced = reducedDims(input, dims);
  const count = countOf(input.dims, reduced);
  const data = sumView(viewAs(input, out), reduced, out);
  for (let i = 0; i < data.length; i++) data[i] /= count;
  const value = fromArray(data, reducedShape(input.dims, reduced, keepdim), out);
  const shape = input.dims;
  return record(dims === null ? "MeanBackward0" : "MeanBackward1", [input], value, (grad) => [
    spread(grad, shape, reduced, keepdim).div(count),
  ]);
}

/** Options of `std` and `var`. */
export interface SpreadOptions extends ReduceOptions {
  /** Subtracted from the count: 1 (the default) for samples, 0 for whole populations. */
  readonly correction?: number;
  /** The older spelling: true is correction 1. */
  readonly unbiased?: boolean;
}

function variance(
  input: Tensor,
  { dims, keepdim }: Reduction,
  correction: number,
  root: boolean,
): Tensor {
  const reduced = reducedDims(input, dims);
  const left = Math.max(0, countOf(input.dims, reduced) - correction);
  // Two passes in double: the mean, then the squared distances from it.
  const wide = input.detach().to(float64);
  const distance =
    reduced.length === 0 ? wide.sub(wide) : wide.sub(wide.mean(reduced, { keepdim: true }));
  const total = distance.square().sum(dims, { keepdim }).div(left);
  return (root ? total.sqrt() : total).to(input.dtype);
}

function requireFloat(input: Tensor): void {
  if (!input.dtype.is_floating_point) {
    throw new RuntimeError(
      "std and var only support floating point and complex dtypes",
      "convert first: x.float()",
    );
  }
}

/** The gradient of the variance: 2 (x − mean) / (n − correction). */
function varianceGradient(
  grad: Tensor,
  x: Tensor,
  reduced: readonly number[],
  keepdim: boolean,
  correction: number,
): Tensor {
  const left = Math.max(0, countOf(x.dims, reduced) - correction);
  const centred = x.sub(reduced.length === 0 ? x : x.mean([...reduced], { keepdim: true }));
  return spread(grad, x.dims, reduced, keepdim).mul(centred.mul(2 / left));
}

function correctionOf(dim: unknown, options: SpreadOptions | undefined): number {
  const named = (isOptions(dim) ? dim : options) as SpreadOptions | undefined;
  return named?.correction ?? (named?.unbiased === false ? 0 : 1);
}

/**
 * The variance over all elements or over `dim`; divides by count − correction.
 * Raises RuntimeError for integers and bools.
 * @example torch.tensor([1.5, 2.5]).var()   // tensor(0.5000)
 */
export function var_(
  input: Tensor,
  dim?: Dims | SpreadOptions | null,
  options?: SpreadOptions,
): Tensor {
  requireTensor(input, "var");
  requireFloat(input);
  const r = reduction("var", input, dim, options);
  const correction = correctionOf(dim, options);
  const reduced = reducedDims(input, r.dims);
  return record(
    "VarBackward0",
    [input],
    variance(input, r, correction, false),
    (grad, [x]) => [varianceGradient(grad, x, reduced, r.keepdim, correction)],
    [input],
  );
}

/**
 * The standard deviation over all elements or over `dim`; divides by count − correction.
 * Raises RuntimeError for integers and bools.
 * @example torch.tensor([1.5, 2.5]).std()   // tensor(0.7071)
 */
export function std(
  input: Tensor,
  dim?: Dims | SpreadOptions | null,
  options?: SpreadOptions,
): Tensor {
  requireTensor(input, "std");
  requireFloat(input);
  const r = reduction("std", input, dim, options);
  const correction = correctionOf(dim, options);
  const reduced = reducedDims(input, r.dims);
  const value = variance(input, r, correction, true);
  return record(
    "StdBackward0",
    [input],
    value,
    (grad, [x, y]) => {
      // Where the spread is 0 its slope is taken as 0.
      const slope = grad.div(y.mul(2)).masked_fill(y.eq(0), 0);
      return [varianceGradient(slope, x, reduced, r.keepdim, correction)];
    },
    [input, value],
  );
}

/**
 * Sum a tensor down to a shape that broadcasts to its own: the opposite of `expand`.
 * @example torch.ones(2, 3).sum_to_size(1, 3)   // tensor([[2., 2., 2.]])
 */
export function sum_to_size(input: Tensor, ...size: (number | readonly number[])[]): Tensor {
  const target = size.flat();
  const extra = input.dims.length - target.length;
  const reduced: number[] = [];
  for (let d = 0; d < input.dims.length; d++) {
    if (d < extra || (target[d - extra] === 1 && input.dims[d] !== 1)) reduced.push(d);
    else if (target[d - extra] !== input.dims[d]) {
      throw new RuntimeError(
        `size {[${target.join(", ")}]} is not expandable to size {[${input.dims.join(", ")}]}.`,
      );
    }
  }
  if (reduced.length === 0) return input;
  const summed = input.sum(reduced, { keepdim: true });
  return extra > 0 ? summed.reshape(target) : summed;
}
