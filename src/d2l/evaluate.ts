// d2l's measures of a model: right predictions, and the mean loss over a data set.

import { no_grad } from "../autograd/grad_mode";
import { ZeroDivisionError } from "../errors";
import { Module } from "../nn";
import type { Tensor } from "../tensor";
import { Accumulator } from "./accumulator";

/** A function from inputs to predictions; every module is one. */
export type Net = (X: Tensor) => Tensor;
/** Batches of inputs and what belongs to them, as a DataLoader gives them. */
export type Batches = Iterable<readonly Tensor[]>;
/** A function, or module, that gives the loss of each prediction. */
export type Loss = (y_hat: Tensor, y: Tensor) => Tensor;

/**
 * How many predictions are right: rows of scores (n, k) are judged by their largest, anything else
 * as class numbers. y: (n), any dtype.
 * @example
 * d2l.accuracy(torch.tensor([[0.1, 0.9], [0.8, 0.2]]), torch.tensor([1, 1]))   // 1
 */
export function accuracy(y_hat: Tensor, y: Tensor): number {
  const scored = y_hat.shape.length > 1 && y_hat.shape[1] > 1;
  const guesses = scored ? y_hat.argmax(1) : y_hat;
  return Number(guesses.type(y.dtype).eq(y).type(y.dtype).sum().item());
}

/** The mean, or Python's error where there was nothing to take it of. */
export function share(part: number, whole: number): number {
  if (whole === 0) throw new ZeroDivisionError("float division by zero", "there was no example");
  return part / whole;
}

/**
 * The share of right predictions over a data set. A module is put in evaluation mode; nothing is
 * recorded for gradients. Raises ZeroDivisionError without examples.
 * @example
 * const batches = [[torch.tensor([[0.5, 0.1], [0.2, 0.3]]), torch.tensor([0, 0])]];
 * d2l.evaluate_accuracy((X) => X, batches)   // 0.5
 */
export function evaluate_accuracy(net: Net, data_iter: Batches): number {
  if (net instanceof Module) net.eval();
  const metric = Accumulator(2);
  no_grad(() => {
    for (const [X, y] of data_iter) metric.add(accuracy(net(X), y), y.numel());
  });
  return share(metric[0], metric[1]);
}

/**
 * The mean loss over a data set, y taken in the shape of the prediction. Raises ZeroDivisionError
 * without examples.
 * @example
 * const batches = [[torch.ones(2, 1), torch.zeros(2)]];
 * d2l.evaluate_loss((X) => X.mul(2), batches, d2l.squared_loss)   // 2
 */
export function evaluate_loss(net: Net, data_iter: Batches, loss: Loss): number {
  const metric = Accumulator(2);
  for (const [X, y] of data_iter) {
    const out = net(X);
    const l = loss(out, y.reshape([...out.shape]));
    metric.add(l.sum(), l.numel());
  }
  return share(metric[0], metric[1]);
}
