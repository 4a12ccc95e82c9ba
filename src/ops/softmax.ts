// Softmax and its relatives along one dimension, with the rounding of PyTorch's CPU kernels.

import { record } from "../autograd/record";
import { allocate, type DType, float32 } from "../dtype";
import { NotImplementedError, warn } from "../errors";
import { expSleef, fround } from "../float";
import { readDense } from "../kernels/cast";
import { contiguousStrides, normalizeDim, numelOf } from "../shape";
import { fromArray, type Tensor } from "../tensor";
import { requireTensor } from "./operand";

/** Options of softmax and log_softmax. */
export interface SoftmaxOptions {
  readonly dim?: number;
  readonly dtype?: DType;
}

/** Rows along a dimension of a dense tensor: where each starts, and the step within it. */
function rowsAlong(t: Tensor, dim: number): { starts: number[]; step: number; size: number } {
  const strides = contiguousStrides(t.dims);
  const size = t.dims.length === 0 ? 1 : t.dims[dim];
  const step = strides[dim] ?? 1;
  const starts: number[] = [];
  const block = step * size;
  const n = numelOf(t.dims);
  for (let outer = 0; outer < n; outer += block) {
    for (let inner = 0; inner < step; inner++) starts.push(outer + inner);
  }
  return { starts, step, size };
}

function chooseDim(
  input: Tensor,
  dim: number | SoftmaxOptions | null | undefined,
  op: string,
): number {
  const given = typeof dim === "number" ? dim : dim?.dim;
  if (given !== undefined) return normalizeDim(given, input.dims.length, op);
  warn(
    "UserWarning",
    `Implicit dimension choice for ${op} has been deprecated. Change the call to include dim=X as an argument.`,
  );
  return input.dims.length === 0 || input.dims.length === 1 || input.dims.length === 3 ? 0 : 1;
}

function prepare(input: Tensor, dim: number | SoftmaxOptions | null | undefined, op: string) {
  requireTensor(input, op);
  const dtype = typeof dim === "object" ? dim?.dtype : undefined;
  const x = dtype === undefined ? input : input.to(dtype);
  if (!x.dtype.is_floating_point) {
    throw new NotImplementedError(
      `"${op}_lastdim_kernel_impl" not implemented for '${x.dtype.scalarType}'`,
      "convert first: x.float()",
    );
  }
  return { x, d: chooseDim(x, dim, op) };
}

const exact = (x: number) => x;

/** Softmax (or its logarithm) of every row: shifted by the maximum, so that exp stays finite. */
function normalise(x: Tensor, dim: number, logarithm: "log" | "plain"): Tensor {
  const single = x.dtype === float32;
  const round = single ? fround : exact;
  const exp = single ? expSleef : Math.exp;
  const source = readDense(x);
  const out = allocate(x.dtype, source.length);
  const { starts, step, size } = rowsAlong(x, dim);
  for (const start of starts) {
    const end = start + step * size;
    let max = Number.NEGATIVE_INFINITY;
    for (let i = start; i < end; i += step)
      max = source[i] > max || Number.isNaN(source[i]) ? source[i] : max;
    let sum = 0;
    for (let i = start; i < end; i += step) {
      out[i] = exp(round(source[i] - max));
      sum = round(sum + out[i]);
    }
    const inverse = round(1 / sum);
    const log = round(Math.log(sum));
    for (let i = start; i < end; i += step) {
      out[i] = logarithm === "log" ? round(source[i] - max) - log : out[i] * inverse;
    }
  }
  return fromArray(out, x.dims, x.dtype);
}

/**
 * e^x divided by its sum along `dim`: positive numbers that add up to 1.
 * Raises IndexError for a dim out of range, RuntimeError for integers.
 * @example torch.softmax(torch.tensor([[2.0, 0.5, 1.0]]), 1)   // tensor([[0.6285, 0.1402, 0.2312]])
 */
export function softmax(input: Tensor, dim?: number | SoftmaxOptions | null): Tensor {
  const { x, d } = prepare(input, dim, "softmax");
  const value = normalise(x, d, "plain");
  return record("SoftmaxBackward0", [x], value, (grad, [y]) => [grad.softmaxSlope(y, d)], [value]);
}

/**
 * (g − Σ g·y) · y along a dimension, the gradient of softmax: its sum runs left to right in
 * float32 as PyTorch's does, which makes it an op of its own.
 * @internal
 */
export function softmaxSlope(input: Tensor, y: Tensor, dim: number): Tensor {
  const round = input.dtype === float32 ? fround : exact;
  const [g, p] = [readDense(input), readDense(y)];
  const out = allocate(input.dtype, g.length);
  const { starts, step, size } = rowsAlong(input, dim);
  for (const start of starts) {
    const end = start + step * size;
    let sum = 0;
    for (let i = start; i < end; i += step) sum = round(sum + round(g[i] * p[i]));
    for (let i = start; i < end; i += step) out[i] = round(g[i] - sum) * p[i];
  }
  return record(
    "SoftmaxBackwardDataBackward0",
    [input, y],
    fromArray(out, input.dims, input.dtype),
    (grad, [a, b], needs) => {
      const total = (t: Tensor) => t.sum(dim, { keepdim: true });
      return [
        needs[0] ? grad.softmaxSlope(b, dim) : null,
        needs[1] ? grad.mul(a.sub(total(a.mul(b)))).sub(a.mul(total(grad.mul(b)))) : null,
      ];
    },
    [input, y],
  );
}

/**
 * log(softmax(x)) along `dim`, computed without the detour, so that it stays finite.
 * Errors as `softmax`.
 * @example nn.functional.log_softmax(torch.zeros(1, 2), 1)   // tensor([[-0.6931, -0.6931]])
 */
export function log_softmax(input: Tensor, dim?: number | SoftmaxOptions | null): Tensor {
  const { x, d } = prepare(input, dim, "log_softmax");
  const value = normalise(x, d, "log");
  return record(
    "LogSoftmaxBackward0",
    [x],
    value,
    (grad, [y]) => [grad.sub(y.exp().mul(grad.sum(d, { keepdim: true })))],
    [value],
  );
}

/** Options of logsumexp. */
export interface KeepdimOptions {
  readonly keepdim?: boolean;
}

/**
 * log(Σ e^x) along `dim`, finite for large x.
 * @example torch.logsumexp(torch.tensor([1000.5, 1000.5]), 0)   // tensor(1001.1932)
 */
export function logsumexp(
  input: Tensor,
  dim: number | readonly number[],
  options: KeepdimOptions = {},
): Tensor {
  requireTensor(input, "logsumexp");
  const x = input.dtype.is_floating_point ? input : input.float();
  const flat = x.detach();
  // Of nothing the sum is 0 and its logarithm −∞, without a largest element.
  const peak =
    x.numel() === 0 ? flat.sum(dim, { keepdim: true }) : flat.amax(dim, { keepdim: true });
  // An infinite maximum would give inf − inf.
  const shift = peak.masked_fill(peak.isinf(), 0);
  const kept = flat.sub(shift).exp().sum(dim, { keepdim: true }).log().add(shift);
  const value = options.keepdim ? kept : squeezeDims(kept, x, dim);
  const shape = [...kept.dims];
  return record(
    "LogsumexpBackward0",
    [x],
    value,
    (grad, [a, y]) => [grad.reshape(shape).mul(a.sub(y.reshape(shape)).exp())],
    [x, value],
  );
}

function squeezeDims(kept: Tensor, x: Tensor, dim: number | readonly number[]): Tensor {
  if (x.dims.length === 0) return kept;
  const dims = [dim].flat().map((d) => normalizeDim(d, x.dims.length, "logsumexp"));
  return kept.reshape(kept.dims.filter((_, d) => !dims.includes(d))).clone();
}
