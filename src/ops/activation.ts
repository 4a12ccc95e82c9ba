// Functions of one element: exponential, logarithm, root, and the squashing functions.

import { record } from "../autograd/record";
import { bool, type DType, float32 } from "../dtype";
import { RuntimeError } from "../errors";
import { expSleef, fma32, fround } from "../float";
import { binaryLoop, elementary, type UnaryLoop, unaryLoop } from "../kernels/elementwise";
import type { Tensor } from "../tensor";
import { elementwise, floatDType, mapFloat, mapSame, requireTensor } from "./operand";

/**
 * `e^input`, element by element; integers become float32.
 * @example torch.exp(torch.tensor([0, 1]))   // tensor([1.0000, 2.7183])
 */
export function exp(input: Tensor): Tensor {
  requireTensor(input, "exp");
  const value = mapFloat(elementary.exp, input);
  return record("ExpBackward0", [input], value, (grad, [y]) => [grad.mul(y)], [value]);
}

/**
 * Natural logarithm, element by element; −inf at 0, NaN below.
 * @example torch.log(torch.tensor([1, 10]))   // tensor([0.0000, 2.3026])
 */
export function log(input: Tensor): Tensor {
  requireTensor(input, "log");
  return record(
    "LogBackward0",
    [input],
    mapFloat(elementary.log, input),
    (grad, [x]) => [grad.div(x)],
    [input],
  );
}

const sqrtLoop = unaryLoop(Math.sqrt);

/**
 * Square root, element by element; NaN below 0.
 * @example torch.sqrt(torch.tensor([4, 2]))   // tensor([2.0000, 1.4142])
 */
export function sqrt(input: Tensor): Tensor {
  requireTensor(input, "sqrt");
  const value = mapFloat(sqrtLoop, input);
  return record("SqrtBackward0", [input], value, (grad, [y]) => [grad.div(y.mul(2))], [value]);
}

// float32: PyTorch's vectorised exp inside, each further step rounded; float64: plain.
// PyTorch takes whole blocks of 32 dense elements that way (AVX-512), the rest with C's exp.
const block = 32;
const sigmoid32: UnaryLoop = (out, a, start, step, at, count) => {
  const vector = step === 1 ? count - (count % block) : 0;
  for (let k = 0, i = start; k < count; k++, i += step) {
    const e = k < vector ? expSleef(-a[i]) : fround(Math.exp(-a[i]));
    out[at + k] = 1 / fround(1 + e);
  }
};
const sigmoid64 = unaryLoop((x) => 1 / (1 + Math.exp(-x)));

/** The loop of a function that float32 and float64 compute differently. */
function loopFor(dtype: DType, single: UnaryLoop, double: UnaryLoop): UnaryLoop {
  return floatDType(dtype) === float32 ? single : double;
}

/**
 * `1 / (1 + e^(−input))`, element by element.
 * @example torch.sigmoid(torch.tensor([0, 2]))   // tensor([0.5000, 0.8808])
 */
export function sigmoid(input: Tensor): Tensor {
  requireTensor(input, "sigmoid");
  const value = mapFloat(loopFor(input.dtype, sigmoid32, sigmoid64), input);
  return record("SigmoidBackward0", [input], value, (grad, [y]) => [grad.mul(y.rsub(1)).mul(y)], [
    value,
  ]);
}

const tanhLoop = unaryLoop(Math.tanh);
const oneMinusSquare32 = unaryLoop((y) => fma32(-y, y, 1));
const oneMinusSquare64 = unaryLoop((y) => 1 - y * y);

/**
 * `1 − y²` rounded once in float32: the slope of tanh, an op of its own for its rounding.
 * @internal
 */
export function oneMinusSquare(input: Tensor): Tensor {
  const value = mapFloat(loopFor(input.dtype, oneMinusSquare32, oneMinusSquare64), input);
  return record("TanhSlopeBackward0", [input], value, (grad, [y]) => [grad.mul(y.mul(-2))], [
    input,
  ]);
}

/**
 * Hyperbolic tangent, element by element.
 * @example torch.tanh(torch.tensor([0, 1]))   // tensor([0.0000, 0.7616])
 */
export function tanh(input: Tensor): Tensor {
  requireTensor(input, "tanh");
  const value = mapFloat(tanhLoop, input);
  return record("TanhBackward0", [input], value, (grad, [y]) => [grad.mul(y.oneMinusSquare())], [
    value,
  ]);
}

const reluLoop = unaryLoop((x) => (x < 0 ? 0 : x)); // −0 and NaN stay
const passLoop = binaryLoop((grad, y) => (y <= 0 ? 0 : grad));

/** The gradient where relu's output y is not 0, else 0; PyTorch's threshold_backward. */
function passedBy(grad: Tensor, y: Tensor): Tensor {
  const value = elementwise("relu", passLoop, grad, y, grad.dtype);
  return record("ThresholdBackwardBackward0", [grad], value, (g, [z]) => [passedBy(g, z)], [y]);
}

/**
 * `max(input, 0)`, element by element; its gradient at 0 is 0.
 * @example torch.relu(torch.tensor([-1, 2]))   // tensor([0, 2])
 */
export function relu(input: Tensor): Tensor {
  requireTensor(input, "relu");
  if (input.dtype === bool) throw new RuntimeError("Boolean inputs not supported for relu");
  const value = mapSame(reluLoop, input);
  return record("ReluBackward0", [input], value, (grad, [y]) => [passedBy(grad, y)], [value]);
}
