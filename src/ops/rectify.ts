// The smooth and leaky relatives of relu.

import { record } from "../autograd/record";
import { type DType, float32 } from "../dtype";
import { erf } from "../erf";
import { expSleef, fround } from "../float";
import { type UnaryLoop, unaryLoop } from "../kernels/elementwise";
import type { Tensor } from "../tensor";
import { mapFloat, requireTensor } from "./operand";

function rounding(dtype: DType): { round: (x: number) => number; exp: (x: number) => number } {
  if (dtype !== float32) return { round: (x) => x, exp: Math.exp };
  return { round: fround, exp: expSleef };
}

/** Options of softplus. */
export interface SoftplusOptions {
  readonly beta?: number;
  /** Above this the function is the identity (default 20). */
  readonly threshold?: number;
}

/**
 * `log(1 + e^(βx)) / β`, a smooth relu.
 * @example nn.functional.softplus(torch.tensor([-1.5, 2]))   // tensor([0.2014, 2.1269])
 */
export function softplus(input: Tensor, options: SoftplusOptions = {}): Tensor {
  requireTensor(input, "softplus");
  const { beta = 1, threshold = 20 } = options;
  const { round, exp } = rounding(input.dtype);
  const loop = unaryLoop((x) =>
    x * beta > threshold ? x : round(Math.log1p(exp(round(x * beta)))) / beta,
  );
  return record(
    "SoftplusBackward0",
    [input],
    mapFloat(loop, input),
    (grad, [x]) => {
      const z = x.mul(beta);
      const linear = z.gt(threshold);
      return [grad.mul(z.sigmoid().masked_fill(linear, 1))];
    },
    [input],
  );
}

/**
 * `log(sigmoid(x))`, finite for every x.
 * @example nn.functional.logsigmoid(torch.tensor([-1.5, 2]))   // tensor([-1.7014, -0.1269])
 */
export function logsigmoid(input: Tensor): Tensor {
  requireTensor(input, "logsigmoid");
  const { round, exp } = rounding(input.dtype);
  const loop = unaryLoop((x) => Math.min(0, x) - round(Math.log1p(exp(-Math.abs(x)))));
  return record(
    "LogSigmoidBackward0",
    [input],
    mapFloat(loop, input),
    (grad, [x]) => [grad.mul(x.neg().sigmoid())],
    [input],
  );
}

/**
 * x above 0, `negative_slope · x` below.
 * @example nn.functional.leaky_relu(torch.tensor([-1.5, 2]))   // tensor([-0.0150,  2.0000])
 */
export function leaky_relu(input: Tensor, negative_slope = 0.01): Tensor {
  requireTensor(input, "leaky_relu");
  const slope = rounding(input.dtype).round(negative_slope);
  const loop = unaryLoop((x) => (x > 0 ? x : x * slope));
  return record(
    "LeakyReluBackward0",
    [input],
    mapFloat(loop, input),
    (grad, [x]) => {
      const positive = x.gt(0);
      return [
        grad
          .masked_fill(positive.logical_not(), 0)
          .add(grad.mul(negative_slope).masked_fill(positive, 0)),
      ];
    },
    [input],
  );
}

/**
 * x above 0, `alpha · (e^x − 1)` below.
 * @example nn.functional.elu(torch.tensor([-1.5, 2]))   // tensor([-0.7769,  2.0000])
 */
export function elu(input: Tensor, alpha = 1): Tensor {
  requireTensor(input, "elu");
  const loop = unaryLoop((x) => (x > 0 ? x : alpha * Math.expm1(x)));
  return record(
    "EluBackward0",
    [input],
    mapFloat(loop, input),
    (grad, [x]) => {
      const positive = x.gt(0);
      const slope = x.clamp(null, 0).exp().mul(alpha).masked_fill(positive, 1);
      return [grad.mul(slope)];
    },
    [input],
  );
}

const geluLoop: UnaryLoop = unaryLoop((x) => 0.5 * x * (1 + erf(x * Math.SQRT1_2)));
const densityLoop: UnaryLoop = unaryLoop((x) => Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI));
const cumulativeLoop: UnaryLoop = unaryLoop((x) => 0.5 * (1 + erf(x * Math.SQRT1_2)));

/**
 * The density of N(0, 1), with its own gradient −x·density; used by gelu.
 * @internal
 */
export function normalDensity(input: Tensor): Tensor {
  const value = mapFloat(densityLoop, input);
  return record(
    "NormalDensityBackward0",
    [input],
    value,
    (grad, [x, y]) => [grad.mul(x.neg().mul(y))],
    [input, value],
  );
}

/**
 * The distribution function of N(0, 1), whose gradient is the density; used by gelu.
 * @internal
 */
export function normalCumulative(input: Tensor): Tensor {
  return record(
    "NormalCumulativeBackward0",
    [input],
    mapFloat(cumulativeLoop, input),
    (grad, [x]) => [grad.mul(x.normalDensity())],
    [input],
  );
}

/**
 * x times the probability that a normal draw is below x.
 * @example nn.functional.gelu(torch.tensor([-1.5, 2]))   // tensor([-0.1002,  1.9545])
 */
export function gelu(input: Tensor): Tensor {
  requireTensor(input, "gelu");
  return record(
    "GeluBackward0",
    [input],
    mapFloat(geluLoop, input),
    (grad, [x]) => [grad.mul(x.normalCumulative().add(x.mul(x.normalDensity())))],
    [input],
  );
}
