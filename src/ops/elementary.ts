// Element-wise functions beyond exp and log: logarithms of other kinds, sines, and rounding.

import { record } from "../autograd/record";
import { bool } from "../dtype";
import { runUnary, type UnaryLoop, unaryLoop } from "../kernels/elementwise";
import { fromArray, type Tensor } from "../tensor";
import { mapFloat, mapSame, requireTensor, zeroGrad } from "./operand";

const loops = {
  sin: unaryLoop(Math.sin),
  cos: unaryLoop(Math.cos),
  log1p: unaryLoop(Math.log1p),
  expm1: unaryLoop(Math.expm1),
  log2: unaryLoop(Math.log2),
  log10: unaryLoop(Math.log10),
  rsqrt: unaryLoop((x) => 1 / Math.sqrt(x)),
  floor: unaryLoop(Math.floor),
  ceil: unaryLoop(Math.ceil),
  trunc: unaryLoop(Math.trunc),
  round: unaryLoop(roundHalfEven),
  isnan: unaryLoop((x) => (Number.isNaN(x) ? 1 : 0)),
  isinf: unaryLoop((x) => (Math.abs(x) === Number.POSITIVE_INFINITY ? 1 : 0)),
  isfinite: unaryLoop((x) => (Number.isFinite(x) ? 1 : 0)),
} as const;

function roundHalfEven(x: number): number {
  const low = Math.floor(x);
  const over = x - low;
  if (over !== 0.5) return Math.round(x);
  if (x === -0.5) return -0;
  return low % 2 === 0 ? low : low + 1;
}

/**
 * Sine of an angle in radians, element by element.
 * @example torch.sin(torch.tensor([0, 1.5]))   // tensor([0.0000, 0.9975])
 */
export function sin(input: Tensor): Tensor {
  requireTensor(input, "sin");
  const value = mapFloat(loops.sin, input);
  return record("SinBackward0", [input], value, (grad, [x]) => [grad.mul(x.cos())], [input]);
}

/**
 * Cosine of an angle in radians, element by element.
 * @example torch.cos(torch.tensor([0, 1.5]))   // tensor([1.0000, 0.0707])
 */
export function cos(input: Tensor): Tensor {
  requireTensor(input, "cos");
  const value = mapFloat(loops.cos, input);
  return record("CosBackward0", [input], value, (grad, [x]) => [grad.mul(x.sin().neg())], [input]);
}

/**
 * `log(1 + input)`, exact for small inputs; −inf at −1, NaN below.
 * @example torch.tensor([0, 1.5]).log1p()   // tensor([0.0000, 0.9163])
 */
export function log1p(input: Tensor): Tensor {
  requireTensor(input, "log1p");
  const value = mapFloat(loops.log1p, input);
  return record("Log1PBackward0", [input], value, (grad, [x]) => [grad.div(x.add(1))], [input]);
}

/**
 * `e^input − 1`, exact for small inputs.
 * @example torch.tensor([0, 1.5]).expm1()   // tensor([0.0000, 3.4817])
 */
export function expm1(input: Tensor): Tensor {
  requireTensor(input, "expm1");
  const value = mapFloat(loops.expm1, input);
  return record("Expm1Backward0", [input], value, (grad, [y]) => [grad.mul(y.add(1))], [value]);
}

/**
 * Logarithm to base 2; −inf at 0, NaN below.
 * @example torch.tensor([1, 8]).log2()   // tensor([0., 3.])
 */
export function log2(input: Tensor): Tensor {
  requireTensor(input, "log2");
  const value = mapFloat(loops.log2, input);
  return record("Log2Backward0", [input], value, (grad, [x]) => [grad.div(x.mul(Math.LN2))], [
    input,
  ]);
}

/**
 * Logarithm to base 10; −inf at 0, NaN below.
 * @example torch.tensor([1, 1000]).log10()   // tensor([0., 3.])
 */
export function log10(input: Tensor): Tensor {
  requireTensor(input, "log10");
  const value = mapFloat(loops.log10, input);
  const gradient = (grad: Tensor, [x]: Tensor[]) => [grad.div(x.mul(Math.LN10))];
  return record("Log10Backward0", [input], value, gradient, [input]);
}

/**
 * `1 / √input`; inf at 0, NaN below.
 * @example torch.tensor([1, 4]).rsqrt()   // tensor([1.0000, 0.5000])
 */
export function rsqrt(input: Tensor): Tensor {
  requireTensor(input, "rsqrt");
  const value = mapFloat(loops.rsqrt, input);
  const gradient = (grad: Tensor, [y]: Tensor[]) => [grad.mul(-0.5).mul(y.pow(3))];
  return record("RsqrtBackward0", [input], value, gradient, [value]);
}

/** A step function: its gradient is 0 everywhere. */
function step(name: string, op: string, loop: UnaryLoop, input: Tensor): Tensor {
  requireTensor(input, op);
  return record(name, [input], mapSame(loop, input), (grad) => [zeroGrad(grad)]);
}

/**
 * The largest whole number not above each element.
 * @example torch.tensor([-1.5, 1.5]).floor()   // tensor([-2.,  1.])
 */
export function floor(input: Tensor): Tensor {
  return step("FloorBackward0", "floor", loops.floor, input);
}
/**
 * The smallest whole number not below each element.
 * @example torch.tensor([-1.5, 1.5]).ceil()   // tensor([-1.,  2.])
 */
export function ceil(input: Tensor): Tensor {
  return step("CeilBackward0", "ceil", loops.ceil, input);
}
/**
 * Each element without its fraction.
 * @example torch.tensor([-1.5, 1.5]).trunc()   // tensor([-1.,  1.])
 */
export function trunc(input: Tensor): Tensor {
  return step("TruncBackward0", "trunc", loops.trunc, input);
}
/**
 * The nearest whole number, halves to the even one.
 * @example torch.tensor([0.5, 1.5, 2.5]).round()   // tensor([0., 2., 2.])
 */
export function round(input: Tensor): Tensor {
  return step("RoundBackward0", "round", loops.round, input);
}

function test(op: string, loop: UnaryLoop, input: Tensor): Tensor {
  requireTensor(input, op);
  return fromArray(runUnary(loop, input, bool), input.dims, bool);
}

/**
 * Where elements are NaN, as a bool tensor.
 * @example torch.tensor([1, Number.NaN]).isnan()   // tensor([False,  True])
 */
export function isnan(input: Tensor): Tensor {
  return test("isnan", loops.isnan, input);
}
/**
 * Where elements are +∞ or −∞, as a bool tensor.
 * @example torch.tensor([1, Number.POSITIVE_INFINITY]).isinf()   // tensor([False,  True])
 */
export function isinf(input: Tensor): Tensor {
  return test("isinf", loops.isinf, input);
}
/**
 * Where elements are neither NaN nor infinite, as a bool tensor.
 * @example torch.tensor([1, Number.NaN]).isfinite()   // tensor([ True, False])
 */
export function isfinite(input: Tensor): Tensor {
  return test("isfinite", loops.isfinite, input);
}
