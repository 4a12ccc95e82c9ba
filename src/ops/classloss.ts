// Losses on classes and on real values: negative log-likelihood, cross-entropy, squares, Huber.

import { record } from "../autograd/record";
import { allocate, int64, uint8 } from "../dtype";
import { IndexError, RuntimeError, ValueError, warn } from "../errors";
import { readDense } from "../kernels/cast";
import { type Scalar, scalarValue } from "../scalar";
import { broadcastShapes, formatShape, numelOf, sameShape } from "../shape";
import { fromArray, type Tensor } from "../tensor";
import { type Reduction, reduceLoss } from "./loss";
import { requireTensor } from "./operand";

/** Options of the losses on classes. */
export interface ClassLossOptions {
  /** A factor for each class: (classes). */
  readonly weight?: Tensor | null;
  /** Targets of this number don't count (default −100). */
  readonly ignore_index?: number;
  readonly reduction?: Reduction;
}

/** Options of cross_entropy. */
export interface CrossEntropyOptions extends ClassLossOptions {
  /** The share of the target's probability that is spread over all classes (default 0). */
  readonly label_smoothing?: Scalar;
}

interface Classes {
  /** Row-major position of each counted target in the input. */
  readonly at: Int32Array;
  /** The factor of each target: its class's weight, 0 where ignored. */
  readonly factor: Tensor;
  readonly total: number;
}

/** Refuse targets whose shape or dtype doesn't fit, in PyTorch's words. */
function checkTarget(input: Tensor, target: Tensor): void {
  requireTensor(input, "nll_loss");
  requireTensor(target, "nll_loss", "target", 2);
  if (input.dims.length < 1) throw new RuntimeError("input tensor should be 1D or 2D");
  if (input.dims.length === 2 && target.dims.length > 1) {
    throw new RuntimeError(
      "0D or 1D target tensor expected, multi-target not supported",
      "the target is one class number a row: y.view(-1)",
    );
  }
  if (input.dims.length >= 2 && input.dims[0] !== (target.dims[0] ?? 1)) {
    throw new ValueError(
      `Expected input batch_size (${input.dims[0]}) to match target batch_size (${target.dims[0] ?? 1}).`,
    );
  }
  if (target.dtype !== int64 && target.dtype !== uint8) {
    throw new RuntimeError(
      `expected target dtype to be Long or Byte, but got ${target.dtype.scalarType}`,
      "class numbers are integers: y.long()",
    );
  }
}

/** Where each target's value stands in an input of shape (n, classes, …) or (classes). */
function locate(input: Tensor, target: Tensor, options: ClassLossOptions): Classes {
  const classDim = input.dims.length === 1 ? 0 : 1;
  const classes = input.dims[classDim];
  const inner = numelOf(input.dims.slice(classDim + 1));
  const labels = readDense(target);
  if (options.weight && (options.weight.dims.length !== 1 || options.weight.dims[0] !== classes)) {
    throw new RuntimeError(
      `weight tensor should be defined either for all ${classes} classes or no classes but got weight tensor of shape: ${formatShape(options.weight.dims)}`,
      "one weight a class",
    );
  }
  const weights = options.weight ? readDense(options.weight) : null;
  const ignored = options.ignore_index ?? -100;
  const at = new Int32Array(labels.length);
  const factor = allocate(input.dtype, labels.length);
  let total = 0;
  for (let i = 0; i < labels.length; i++) {
    const y = labels[i];
    if (y === ignored) continue;
    if (y < 0 || y >= classes) {
      throw new IndexError(`Target ${y} is out of bounds.`, `there are ${classes} classes`);
    }
    const outer = Math.floor(i / inner);
    at[i] = (outer * classes + y) * inner + (i % inner);
    factor[i] = weights === null ? 1 : weights[y];
    total += factor[i];
  }
  return { at, factor: fromArray(factor, target.dims, input.dtype), total };
}

/**
 * The negative of the log-probability that each row gives its class.
 * Shapes: (n, classes) and (n) → () or (n) with reduction "none".
 * Raises IndexError for classes out of range, ValueError and RuntimeError for other targets.
 * @example
 * const scores = torch.tensor([[2.0, 0.5, 1.0]]);
 * nn.functional.nll_loss(torch.log_softmax(scores, 1), torch.tensor([0]))   // tensor(0.4644)
 */
export function nll_loss(input: Tensor, target: Tensor, options: ClassLossOptions = {}): Tensor {
  checkTarget(input, target);
  const { at, factor, total } = locate(input, target, options);
  const reduction = options.reduction ?? "mean";
  const positions = { at, dims: target.dims };
  const shape = [...input.dims];
  const x = input.detach();
  const each = x.takePositions(positions, "NllLossBackward0").neg().mul(factor);
  const summed = reduction === "none" ? each : each.sum();
  const value = reduction === "mean" ? summed.div(total) : summed;
  if (reduction !== "mean" && reduction !== "sum" && reduction !== "none")
    reduceLoss(value, reduction);
  return record("NllLossBackward0", [input], value, (grad) => {
    const share = reduction === "mean" ? grad.div(total) : grad;
    return [factor.neg().mul(share).addAtPositions(positions, shape)];
  });
}

/**
 * Cross-entropy of softmax(input) against class numbers, or against class probabilities of the
 * input's shape. Shapes: (n, classes) and (n) → (). Errors as `nll_loss`.
 * @example
 * const scores = torch.tensor([[2.0, 0.5, 1.0]]);
 * nn.functional.cross_entropy(scores, torch.tensor([0]))   // tensor(0.4644)
 * nn.functional.cross_entropy(scores, torch.tensor([0]), { label_smoothing: 0.1 })
 * // tensor(0.5477)
 */
export function cross_entropy(
  input: Tensor,
  target: Tensor,
  options: CrossEntropyOptions = {},
): Tensor {
  requireTensor(input, "cross_entropy");
  requireTensor(target, "cross_entropy", "target", 2);
  const classDim = input.dims.length === 1 ? 0 : 1;
  const log = input.log_softmax(classDim);
  const smoothing = scalarValue(options.label_smoothing ?? 0);
  if (!(smoothing >= 0 && smoothing <= 1)) {
    throw new RuntimeError(
      `label_smoothing must be between 0.0 and 1.0. Got: ${smoothing}`,
      "0 is none",
    );
  }
  if (sameShape(input.dims, target.dims) && target.dtype.is_floating_point) {
    return onProbabilities(log, target, classDim, smoothing, options);
  }
  const plain = nll_loss(log, target, options);
  return smoothing === 0 ? plain : smoothed(log, target, plain, classDim, smoothing, options);
}

function classFactors(
  log: Tensor,
  classDim: number,
  weight: Tensor | null | undefined,
): Tensor | null {
  if (!weight) return null;
  const shape = log.dims.map((_, d) => (d === classDim ? -1 : 1));
  return weight.view(shape);
}

/** Targets as probabilities: −Σ p log q, averaged over the rows. */
function onProbabilities(
  log: Tensor,
  target: Tensor,
  classDim: number,
  smoothing: number,
  options: CrossEntropyOptions,
): Tensor {
  const classes = log.dims[classDim];
  const p = smoothing > 0 ? target.mul(1 - smoothing).add(smoothing / classes) : target;
  const factors = classFactors(log, classDim, options.weight);
  const terms = log.mul(factors === null ? p : p.mul(factors));
  const reduction = options.reduction ?? "mean";
  if (reduction === "none") return terms.sum(classDim).neg();
  const total = terms.sum().neg();
  if (reduction !== "mean") return total;
  const rows = log.numel() / classes;
  return record("DivBackward1", [total], total.detach().div(rows), (grad) => [grad.div(rows)]);
}

/** (1 − ε) · loss + ε / classes · Σ over all classes of −log q. */
function smoothed(
  log: Tensor,
  target: Tensor,
  plain: Tensor,
  classDim: number,
  smoothing: number,
  options: CrossEntropyOptions,
): Tensor {
  const classes = log.dims[classDim];
  const factors = classFactors(log, classDim, options.weight);
  const spread = (factors === null ? log : log.mul(factors)).sum(classDim).neg();
  const ignored = target.eq(options.ignore_index ?? -100);
  const counted = spread.masked_fill(ignored, 0);
  const reduction = options.reduction ?? "mean";
  const part = () => {
    if (reduction === "none") return counted;
    if (reduction === "sum") return counted.sum();
    const { total } = locate(log, target, options);
    return counted.sum().div(total);
  };
  return plain.mul(1 - smoothing).add(part().mul(smoothing / classes));
}

/** Options of the losses on real values. */
export interface RegressionLossOptions {
  readonly reduction?: Reduction;
}

function checkPair(op: string, input: Tensor, target: Tensor): void {
  requireTensor(input, op);
  requireTensor(target, op, "target", 2);
  if (sameShape(input.dims, target.dims)) return;
  warn(
    "UserWarning",
    `Using a target size (${target.shape}) that is different to the input size (${input.shape}). This will likely lead to incorrect results due to broadcasting. Please ensure they have the same size.`,
  );
  broadcastShapes(input.dims, target.dims, op);
}

/** A loss whose value and gradient are elementwise in x − y, reduced as one op. */
function pointwise(
  name: string,
  input: Tensor,
  target: Tensor,
  reduction: Reduction | undefined,
  loss: (difference: Tensor) => Tensor,
  slope: (difference: Tensor) => Tensor,
): Tensor {
  const difference = input.detach().sub(target.detach());
  const value = reduceLoss(loss(difference), reduction);
  const count = (reduction ?? "mean") === "mean" ? difference.numel() : 1;
  return record(
    name,
    [input, target],
    value,
    (grad, [x, y], needs) => {
      const each = slope(x.sub(y)).mul(count === 1 ? grad : grad.div(count));
      return [each, needs[1] ? each.neg() : null];
    },
    [input, target],
  );
}

/**
 * (x − y)², averaged. Shapes: equal (others broadcast with PyTorch's warning).
 * @example nn.functional.mse_loss(torch.tensor([1.5, 2]), torch.tensor([1.0, 0.5]))   // tensor(1.2500)
 */
export function mse_loss(
  input: Tensor,
  target: Tensor,
  options: RegressionLossOptions = {},
): Tensor {
  checkPair("mse_loss", input, target);
  return pointwise(
    "MseLossBackward0",
    input,
    target,
    options.reduction,
    (d) => d.square(),
    (d) => d.mul(2),
  );
}

/**
 * |x − y|, averaged. Shapes as `mse_loss`.
 * @example nn.functional.l1_loss(torch.tensor([0.5, 3]), torch.zeros(2))   // tensor(1.7500)
 */
export function l1_loss(
  input: Tensor,
  target: Tensor,
  options: RegressionLossOptions = {},
): Tensor {
  checkPair("l1_loss", input, target);
  return reduceLoss(input.sub(target).abs(), options.reduction);
}

/** Options of huber_loss. */
export interface HuberLossOptions extends RegressionLossOptions {
  /** Where the square passes into the straight line (default 1). */
  readonly delta?: number;
}

/**
 * ½ (x − y)² near 0, δ (|x − y| − ½ δ) beyond δ, averaged. Raises RuntimeError for δ ≤ 0.
 * @example nn.functional.huber_loss(torch.tensor([0.5, 3]), torch.zeros(2))   // tensor(1.3125)
 */
export function huber_loss(input: Tensor, target: Tensor, options: HuberLossOptions = {}): Tensor {
  checkPair("huber_loss", input, target);
  const { delta = 1 } = options;
  if (!(delta > 0))
    throw new RuntimeError("huber_loss does not support non-positive values for delta.");
  return pointwise(
    "HuberLossBackward0",
    input,
    target,
    options.reduction,
    (d) => {
      const size = d.abs();
      const near = size.le(delta);
      const line = size
        .sub(0.5 * delta)
        .mul(delta)
        .masked_fill(near, 0);
      return d.square().mul(0.5).masked_fill(near.logical_not(), 0).add(line);
    },
    (d) => d.clamp(-delta, delta),
  );
}
