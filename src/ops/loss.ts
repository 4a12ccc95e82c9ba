// Binary cross-entropy, on probabilities and on logits, with PyTorch's clamps and rounding.

import { record } from "../autograd/record";
import { type DType, float32 } from "../dtype";
import { NotImplementedError, RuntimeError, ValueError } from "../errors";
import { expSleef, fround } from "../float";
import { readDense } from "../kernels/cast";
import {
  type BinaryLoop,
  binaryLoop,
  runUnary,
  type UnaryLoop,
  unaryLoop,
} from "../kernels/elementwise";
import { formatShape, type Shape, sameShape } from "../shape";
import { fromArray, type Tensor } from "../tensor";
import { elementwise, requireTensor } from "./operand";

/** How a loss comes out: averaged, summed, or one value an element. */
export type Reduction = "mean" | "sum" | "none";

/** Options of the binary losses. */
export interface BinaryLossOptions {
  /** A factor for each element; broadcasts. */
  readonly weight?: Tensor | null;
  readonly reduction?: Reduction;
}

/** Options of the loss on logits. */
export interface LogitsLossOptions extends BinaryLossOptions {
  /** A factor for the positive class. */
  readonly pos_weight?: Tensor | null;
}

/**
 * Apply a reduction. Raises ValueError for an unknown one.
 * @internal
 */
export function reduceLoss(loss: Tensor, reduction: Reduction = "mean"): Tensor {
  switch (reduction) {
    case "mean":
      return loss.mean();
    case "sum":
      return loss.sum();
    case "none":
      return loss;
    default:
      throw new ValueError(`${reduction} is not a valid value for reduction`);
  }
}

// log is cut off at −100, so that p = 0 or 1 gives a finite loss.
function crossEntropyLoop(dtype: DType): BinaryLoop {
  const round = dtype === float32 ? fround : (x: number) => x;
  return binaryLoop((p, y) => {
    const q = Math.max(round(Math.log1p(-p)), -100);
    const r = Math.max(round(Math.log(p)), -100);
    return round(round(y - 1) * q) - round(y * r);
  });
}

/** p (1 − p), at least 1e−12: the denominator of the gradient. */
function varianceLoop(dtype: DType): BinaryLoop {
  const round = dtype === float32 ? fround : (x: number) => x;
  return binaryLoop((p) => Math.max(round(round(1 - p) * p), round(1e-12)));
}

/**
 * The denominator of BCE's gradient as an op, so that second derivatives work.
 * @internal
 */
export function bernoulliVariance(input: Tensor): Tensor {
  const value = elementwise("bernoulliVariance", varianceLoop(input.dtype), input, 0, input.dtype);
  return record(
    "BernoulliVarianceBackward0",
    [input],
    value,
    (grad, [p]) => [grad.mul(p.mul(-2).add(1))],
    [input],
  );
}

/**
 * −(y log p + (1 − y) log(1 − p)) for probabilities p in [0, 1]; logs are cut off at −100.
 * Shapes: equal; out () or theirs with reduction "none".
 * Raises ValueError when the shapes differ (no broadcasting), RuntimeError for p outside [0, 1].
 * @example
 * const p = torch.tensor([0.9, 0.2]);
 * nn.functional.binary_cross_entropy(p, torch.tensor([1.0, 0.5]), { reduction: "sum" })
 * // tensor(1.0217)
 */
export function binary_cross_entropy(
  input: Tensor,
  target: Tensor,
  options: BinaryLossOptions = {},
): Tensor {
  requireTensor(input, "binary_cross_entropy");
  requireTensor(target, "binary_cross_entropy", "target", 2);
  if (!sameShape(input.dims, target.dims)) {
    throw new ValueError(
      `Using a target size (${target.shape}) that is different to the input size (${input.shape}) is deprecated. Please ensure they have the same size.`,
      "give the target the input's shape: target.view(-1, 1) or input.squeeze()",
    );
  }
  if (target.dtype !== input.dtype) {
    throw new RuntimeError(
      `Found dtype ${target.dtype.scalarType} but expected ${input.dtype.scalarType}`,
      "convert the target: target.float()",
    );
  }
  for (const p of readDense(input)) {
    if (!(p >= 0 && p <= 1)) {
      throw new RuntimeError(
        "all elements of input should be between 0 and 1",
        "put the scores through torch.sigmoid, or use BCEWithLogitsLoss",
      );
    }
  }
  if (!input.dtype.is_floating_point) {
    throw new NotImplementedError(
      `"binary_cross_entropy" not implemented for '${input.dtype.scalarType}'`,
      "convert the probabilities: input.float()",
    );
  }
  const weight = constantWeight("binary_cross_entropy", "weight", options.weight);
  if (weight !== null) requireExpandable(weight, input.dims);
  const value = elementwise(
    "binary_cross_entropy",
    crossEntropyLoop(input.dtype),
    input,
    target,
    input.dtype,
  );
  const name = "BinaryCrossEntropyBackward0";
  const pointwise = record(
    name,
    [input, target],
    value,
    (grad, [p, y], needs) => [
      needs[0] ? grad.mul(p.sub(y)).div(p.bernoulliVariance()) : null,
      needs[1] ? grad.mul(p.rsub(1).log().sub(p.log())) : null,
    ],
    [input, target],
  );
  return fused(name, weighted(name, pointwise, weight), options.reduction);
}

function requireExpandable(weight: Tensor, dims: Shape): void {
  const extra = dims.length - weight.dims.length;
  for (let d = weight.dims.length - 1; d >= 0; d--) {
    const n = weight.dims[d];
    if (extra + d < 0 || n === 1 || n === dims[extra + d]) continue;
    throw new RuntimeError(
      `Attempting to broadcast a dimension of length ${n} at ${d - weight.dims.length}! Mismatching argument at index 1 had ${weight.shape}; but expected shape should be broadcastable to ${formatShape(dims)}`,
      "a weight broadcasts to the shape of the input",
    );
  }
}

/** PyTorch's losses have no gradient for their weights. */
function constantWeight(op: string, argument: string, weight: Tensor | null | undefined) {
  if (weight === null || weight === undefined) return null;
  requireTensor(weight, op, argument, 3);
  if (weight.requires_grad) {
    throw new RuntimeError(
      `The function '${op}' is not differentiable with respect to argument '${argument}'. This input cannot have requires_grad True.`,
      "detach the weight",
    );
  }
  return weight;
}

/** The loss of each element times its weight, which must not add dimensions. */
function weighted(name: string, pointwise: Tensor, weight: Tensor | null): Tensor {
  if (weight === null) return pointwise;
  const value = pointwise.detach().mul(weight);
  if (!sameShape(value.dims, pointwise.dims)) {
    throw new RuntimeError(
      `output with shape ${formatShape(pointwise.dims)} doesn't match the broadcast shape ${formatShape(value.dims)}`,
      "a weight broadcasts to the shape of the input",
    );
  }
  return record(name, [pointwise], value, (grad, [w]) => [grad.mul(w)], [weight]);
}

/** A reduced loss shows the loss's own name in the graph, as PyTorch's fused op does. */
function fused(name: string, pointwise: Tensor, reduction: Reduction | undefined): Tensor {
  const reduced = reduceLoss(pointwise.detach(), reduction);
  if (reduction === "none") return pointwise;
  const count = reduction === "sum" ? 1 : pointwise.numel();
  const shape = [...pointwise.dims];
  return record(name, [pointwise], reduced, (grad) => {
    const each = count === 1 ? grad : grad.div(count);
    return [each.expand(shape)];
  });
}

function logSigmoid(x: number, round: (x: number) => number): number {
  const e = round === fround ? expSleef(-Math.abs(x)) : Math.exp(-Math.abs(x));
  return round(Math.min(0, x) - round(Math.log1p(e)));
}

function logSigmoidLoop(dtype: DType): UnaryLoop {
  const round = dtype === float32 ? fround : (x: number) => x;
  return unaryLoop((x) => logSigmoid(x, round));
}

/**
 * Binary cross-entropy of sigmoid(input) against the target, computed from the logits so that
 * it stays finite. Shapes: equal; out () or theirs with reduction "none".
 * Raises ValueError when the shapes differ.
 * @example
 * const scores = torch.tensor([2.5, -1.5]);
 * nn.functional.binary_cross_entropy_with_logits(scores, torch.tensor([1.0, 0.5]))
 * // tensor(0.5152)
 */
export function binary_cross_entropy_with_logits(
  input: Tensor,
  target: Tensor,
  options: LogitsLossOptions = {},
): Tensor {
  requireTensor(input, "binary_cross_entropy_with_logits");
  requireTensor(target, "binary_cross_entropy_with_logits", "target", 2);
  if (!sameShape(input.dims, target.dims)) {
    throw new ValueError(
      `Target size (${target.shape}) must be the same as input size (${input.shape})`,
      "give the target the input's shape: target.view(-1, 1) or input.squeeze()",
    );
  }
  if (!input.dtype.is_floating_point) {
    throw new NotImplementedError(
      `"log_sigmoid_cpu" not implemented for '${input.dtype.scalarType}'`,
      "convert the scores: input.float()",
    );
  }
  if (!target.dtype.is_floating_point) {
    throw new RuntimeError(
      `result type ${input.dtype.scalarType} can't be cast to the desired output type ${target.dtype.scalarType}`,
      "convert the target: target.float()",
    );
  }
  const op = "binary_cross_entropy_with_logits";
  const weight = constantWeight(op, "weight", options.weight);
  const positive = constantWeight(op, "pos_weight", options.pos_weight);
  const [x, y] = [input.detach(), target.detach()];
  const logs = fromArray(runUnary(logSigmoidLoop(x.dtype), x, x.dtype), x.dims, x.dtype);
  // (1 − y) x − (1 + (w − 1) y) · log sigmoid(x): positives count w times.
  const factor = positive === null ? null : positive.sub(1).mul(y).add(1);
  const counted = factor === null ? logs : weighted(op, logs, factor);
  const name = "BinaryCrossEntropyWithLogitsBackward0";
  const pointwise = record(
    name,
    [input, target],
    y.rsub(1).mul(x).sub(counted),
    (grad, [z, t, w], needs) => [
      needs[0] ? logitsSlope(z, t, w).mul(grad) : null,
      needs[1] ? grad.mul(targetSlope(z, w)) : null,
    ],
    [input, target, positive],
  );
  return fused(name, weighted(name, pointwise, weight), options.reduction);
}

/** The slope of the loss on the logits x: sigmoid(x) − y, or with the positives weighted. */
function logitsSlope(x: Tensor, y: Tensor, weight: Tensor | null): Tensor {
  if (weight === null) return x.sigmoid().sub(y);
  const positive = weight.mul(y);
  return positive.add(1).sub(y).mul(x.sigmoid()).sub(positive);
}

/** The slope on the target: −x − (w − 1) log sigmoid(x). */
function targetSlope(x: Tensor, weight: Tensor | null): Tensor {
  if (weight === null) return x.neg();
  return x.neg().sub(weight.sub(1).mul(x.sigmoid().log()));
}
