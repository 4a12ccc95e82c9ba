// Products, running sums, norms, and extremes over several dimensions.

import { record } from "../autograd/record";
import { allocate, type DType, float32, int64 } from "../dtype";
import { IndexError, RuntimeError } from "../errors";
import { fround } from "../float";
import { readDense } from "../kernels/cast";
import { contiguousStrides, normalizeDim, normalizeDims, numelOf } from "../shape";
import { fromArray, type Tensor } from "../tensor";
import { cat } from "./join";
import { checkInt64, requireTensor } from "./operand";
import type { Dims, ReduceOptions } from "./reduce";

/** Visit the start of every line along `dim` of a dense tensor. */
function forEachLine(
  dims: readonly number[],
  dim: number,
  visit: (start: number, step: number, size: number, line: number) => void,
): void {
  const step = contiguousStrides(dims)[dim] ?? 1;
  const size = dims[dim] ?? 1;
  const n = numelOf(dims);
  let line = 0;
  for (let outer = 0; outer < n; outer += step * size) {
    for (let inner = 0; inner < step; inner++) visit(outer + inner, step, size, line++);
  }
}

function sumDType(input: Tensor, dtype: DType | undefined): DType {
  return dtype ?? (input.dtype.is_floating_point ? input.dtype : int64);
}

/** Options that name a dtype. */
export interface DTypeOptions {
  readonly dtype?: DType;
}

/**
 * Running sums along `dim`: out[i] = input[0] + … + input[i]; integers give int64.
 * @example torch.tensor([1, 2, 3]).cumsum(0)   // tensor([1, 3, 6])
 */
export function cumsum(input: Tensor, dim: number, options: DTypeOptions = {}): Tensor {
  requireTensor(input, "cumsum");
  const d = normalizeDim(dim, input.dims.length, "cumsum");
  const dtype = sumDType(input, options.dtype);
  const source = readDense(input, dtype);
  const out = allocate(dtype, source.length);
  forEachLine(input.dims, d, (start, step, size) => {
    let sum = 0;
    for (let k = 0, i = start; k < size; k++, i += step) {
      sum += source[i];
      out[i] = sum;
    }
  });
  checkInt64(out, dtype, "cumsum");
  const value = fromArray(out, input.dims, dtype);
  return record("CumsumBackward0", [input], value, (grad) => [
    // The running sum from the other end.
    input.dims.length === 0 ? grad : grad.flip(d).cumsum(d).flip(d),
  ]);
}

/**
 * The product of all elements, or along `dim`; integers give int64.
 * @example torch.tensor([2, 3]).prod()   // tensor(6)
 */
export function prod(
  input: Tensor,
  dim?: number | ReduceOptions | null,
  options: ReduceOptions = {},
): Tensor {
  requireTensor(input, "prod");
  const named = typeof dim === "object" && dim !== null ? dim : options;
  const given = (typeof dim === "number" ? dim : (named.dim ?? named.axis)) as
    | number
    | undefined
    | null;
  if (given === undefined || given === null) {
    return prodAlong("ProdBackward0", input.reshape(-1), 0, false, named.dtype);
  }
  const d = normalizeDim(given, input.dims.length, "prod");
  return prodAlong("ProdBackward1", input, d, named.keepdim ?? false, named.dtype);
}

function prodAlong(
  name: string,
  input: Tensor,
  d: number,
  keepdim: boolean,
  wanted: DType | undefined,
): Tensor {
  const dtype = sumDType(input, wanted);
  const round = dtype === float32 ? fround : (x: number) => x;
  const source = readDense(input, dtype);
  const kept = input.dims.map((n, k) => (k === d ? 1 : n));
  const out = allocate(dtype, numelOf(kept)).fill(1) as Float32Array;
  forEachLine(input.dims, d, (start, step, size, line) => {
    let product = 1;
    for (let k = 0, i = start; k < size; k++, i += step) product = round(product * source[i]);
    out[line] = product;
  });
  checkInt64(out, dtype, "prod");
  const shape = keepdim ? kept : input.dims.filter((_, k) => k !== d);
  return record(
    name,
    [input],
    fromArray(out, shape, dtype),
    (grad, [x]) => [prodGradient(grad.reshape(kept), x, d)],
    [input],
  );
}

/** grad times the product of all other elements: those before times those after, so that zeros work. */
function prodGradient(grad: Tensor, x: Tensor, d: number): Tensor {
  const size = x.dims[d] ?? 1;
  const parts = Array.from({ length: size }, (_, k) => {
    const others = Array.from({ length: size }, (_, j) => j).filter((j) => j !== k);
    const product = others.reduce<Tensor | null>((p, j) => {
      const one = x.narrow(d, j, 1);
      return p === null ? one : p.mul(one);
    }, null);
    return product === null ? grad : grad.mul(product);
  });
  if (parts.length === 0) return x.mul(0);
  return x.dims.length === 0 ? parts[0] : cat(parts, d);
}

/** Options of norm. */
export interface NormOptions {
  /** The order: 2 by default, 1, ∞, or any number. */
  readonly p?: number;
  readonly dim?: Dims;
  readonly keepdim?: boolean;
}

/**
 * The length of a vector of all elements, or along `dim`: (Σ |x|^p)^(1/p).
 * Raises RuntimeError for integers.
 * @example torch.tensor([3.5, 0]).norm()   // tensor(3.5000)
 */
export function norm(
  input: Tensor,
  p: number | NormOptions = 2,
  dim?: Dims,
  options: NormOptions = {},
): Tensor {
  requireTensor(input, "norm");
  const named = typeof p === "object" ? p : options;
  const order = typeof p === "object" ? (p.p ?? 2) : p;
  if (!input.dtype.is_floating_point) {
    throw new RuntimeError(
      `linalg.vector_norm: Expected a floating point or complex tensor as input. Got ${input.dtype.scalarType}`,
      "convert first: x.float()",
    );
  }
  const over = dim ?? named.dim;
  const dims = over === undefined ? null : [over].flat();
  const flags = { keepdim: named.keepdim ?? false };
  const x = input.detach();
  const value = normValue(x, order, dims, flags).clone();
  const rank = input.dims.length;
  const reduced = dims === null ? input.dims.map((_, d) => d) : normalizeDims(dims, rank, "norm");
  const kept = input.dims.map((n, d) => (reduced.includes(d) ? 1 : n));
  return record(
    "LinalgVectorNormBackward0",
    [input],
    value,
    (grad, [a, y]) => [normGradient(grad.reshape(kept), a, y.reshape(kept), order)],
    [input, value],
  );
}

function normValue(
  x: Tensor,
  p: number,
  dims: readonly number[] | null,
  flags: { readonly keepdim: boolean },
): Tensor {
  if (p === Number.POSITIVE_INFINITY) return x.abs().amax(dims ?? [], flags);
  if (p === Number.NEGATIVE_INFINITY) return x.abs().amin(dims ?? [], flags);
  if (p === 0) return x.ne(0).to(x.dtype).sum(dims, flags);
  if (p === 1) return x.abs().sum(dims, flags);
  if (p === 2) return x.double().square().sum(dims, flags).sqrt().to(x.dtype);
  return x
    .double()
    .abs()
    .pow(p)
    .sum(dims, flags)
    .pow(1 / p)
    .to(x.dtype);
}

function normGradient(grad: Tensor, x: Tensor, y: Tensor, p: number): Tensor {
  if (p === 0) return x.mul(0);
  if (p === 1) return grad.mul(x.sign());
  // At length 0 the slope is taken as 0.
  const safe = (t: Tensor) => t.masked_fill(y.eq(0), 0);
  if (p === 2) return safe(x.mul(grad.div(y)));
  if (Number.isFinite(p))
    return safe(
      x
        .sign()
        .mul(x.abs().pow(p - 1))
        .mul(grad.div(y.pow(p - 1))),
    );
  const hit = x.abs().eq(y);
  return x.sign().mul(hit).mul(grad.div(hit.sum()));
}

/** Largest or smallest values over one or more dimensions; equal ones share the gradient. */
function extremesOver(
  op: "amax" | "amin",
  input: Tensor,
  dim: Dims | ReduceOptions | null | undefined,
  options: ReduceOptions,
): Tensor {
  requireTensor(input, op);
  const isNamed = typeof dim === "object" && dim !== null && !Array.isArray(dim);
  const named = isNamed ? (dim as ReduceOptions) : options;
  const given = isNamed ? named.dim : (dim as Dims | null | undefined);
  const rank = input.dims.length;
  const list = given == null ? [] : normalizeDims([given].flat(), rank, op);
  const dims = list.length === 0 ? input.dims.map((_, d) => d) : list;
  if (numelOf(input.dims) === 0 && dims.some((d) => input.dims[d] === 0)) {
    const missing = list.find((d) => input.dims[d] === 0);
    if (missing !== undefined) {
      throw new IndexError(
        `${op}(): Expected reduction dim ${missing} to have non-zero size.`,
        "there is no largest element among none",
      );
    }
    throw new RuntimeError(
      `${op}(): Expected reduction dim to be specified for input.numel() == 0. Specify the reduction dim with the 'dim' argument.`,
    );
  }
  let found = input.detach();
  for (const d of [...dims].sort((a, b) => b - a)) {
    found = (op === "amax" ? found.max(d, { keepdim: true }) : found.min(d, { keepdim: true }))
      .values;
  }
  const kept = input.dims.map((n, d) => (dims.includes(d) ? 1 : n));
  const shape = named.keepdim ? kept : input.dims.filter((_, d) => !dims.includes(d));
  const value = found.reshape(shape).clone();
  return record(
    op === "amax" ? "AmaxBackward0" : "AminBackward0",
    [input],
    value,
    (grad, [x, y]) => {
      const hit = x.eq(y.reshape(kept));
      return [
        grad
          .reshape(kept)
          .div(hit.sum([...dims], { keepdim: true }))
          .mul(hit),
      ];
    },
    [input, value],
  );
}

/**
 * The largest values over all dimensions or the given ones. Errors as `max`.
 * @example torch.tensor([[1, 5], [4, 2]]).amax(1)   // tensor([5, 4])
 */
export function amax(
  input: Tensor,
  dim?: Dims | ReduceOptions | null,
  options: ReduceOptions = {},
): Tensor {
  return extremesOver("amax", input, dim, options);
}
/**
 * The smallest values over all dimensions or the given ones. Errors as `min`.
 * @example torch.tensor([[1, 5], [4, 2]]).amin(1)   // tensor([1, 2])
 */
export function amin(
  input: Tensor,
  dim?: Dims | ReduceOptions | null,
  options: ReduceOptions = {},
): Tensor {
  return extremesOver("amin", input, dim, options);
}
