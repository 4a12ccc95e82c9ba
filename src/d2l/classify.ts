// d2l's training of a classifier, one epoch and many, and a look at its predictions.

import { AssertionError, ValueError } from "../errors";
import { floatRepr } from "../format";
import { Module } from "../nn";
import { Optimizer } from "../optim";
import type { Chart } from "../plot/chart";
import { Accumulator } from "./accumulator";
import { Animator } from "./animator";
import { accuracy, type Batches, evaluate_accuracy, type Loss, type Net, share } from "./evaluate";
import { get_fashion_mnist_labels, show_images } from "./fashion";

/** An optimiser, or a function that takes one step for a batch of this size. */
export type Updater = Optimizer | ((batch_size: number) => void);

/**
 * One pass over the training set: a step for each batch, by the mean loss for an optimiser, by the
 * sum for a function (which divides by the batch size itself). A module is put in training mode.
 * `loss` gives one value an example. Returns the mean loss and accuracy on the way.
 * Raises ZeroDivisionError without examples.
 * @example
 * const net = nn.Linear(2, 2);
 * const train_iter = d2l.load_array([torch.randn(20, 2), torch.randint(0, 2, [20])], 5);
 * const [loss, updater] = [nn.CrossEntropyLoss({ reduction: "none" }), optim.SGD(net.parameters())];
 * const [train_loss, train_acc] = d2l.train_epoch_ch3(net, train_iter, loss, updater);
 */
export function train_epoch_ch3(
  net: Net,
  train_iter: Batches,
  loss: Loss,
  updater: Updater,
): [train_loss: number, train_acc: number] {
  if (net instanceof Module) net.train();
  const metric = Accumulator(3);
  for (const [X, y] of train_iter) {
    const y_hat = net(X);
    const l = loss(y_hat, y);
    if (updater instanceof Optimizer) {
      updater.zero_grad();
      l.mean().backward();
      updater.step();
    } else {
      l.sum().backward();
      updater(X.shape[0]);
    }
    metric.add(l.sum(), accuracy(y_hat, y), y.numel());
  }
  return [share(metric[0], metric[2]), share(metric[1], metric[2])];
}

function claim(holds: boolean, value: number): void {
  if (!holds) throw new AssertionError(floatRepr(value), "the model has hardly learned");
}

/**
 * Train for some epochs and draw mean loss and both accuracies while it goes. Raises
 * AssertionError when the last training loss is not below 0.5 or an accuracy not above 0.7.
 * @example
 * const X = torch.randn(60, 2);
 * const train_iter = d2l.load_array([X, X.index(":", 0).gt(0).long()], 5);
 * const net = nn.Linear(2, 2);
 * const [loss, updater] = [nn.CrossEntropyLoss({ reduction: "none" }), optim.Adam(net.parameters(), { lr: 0.1 })];
 * d2l.train_ch3(net, train_iter, train_iter, loss, 10, updater);
 */
export function train_ch3(
  net: Net,
  train_iter: Batches,
  test_iter: Batches,
  loss: Loss,
  num_epochs: number,
  updater: Updater,
): void {
  const animator = Animator({
    xlabel: "epoch",
    xlim: [1, num_epochs],
    ylim: [0.3, 0.9],
    legend: ["train loss", "train acc", "test acc"],
  });
  let [train_loss, train_acc, test_acc] = [0, 0, 0];
  for (let epoch = 1; epoch <= num_epochs; epoch++) {
    [train_loss, train_acc] = train_epoch_ch3(net, train_iter, loss, updater);
    test_acc = evaluate_accuracy(net, test_iter);
    animator.add(epoch, [train_loss, train_acc, test_acc]);
  }
  claim(train_loss < 0.5, train_loss);
  claim(train_acc <= 1 && train_acc > 0.7, train_acc);
  claim(test_acc <= 1 && test_acc > 0.7, test_acc);
}

/** The keyword argument of predict_ch3. */
export interface PredictOptions {
  /** How many pictures (default 6). */
  readonly n?: number;
}

/**
 * Show the first n pictures of a loader, over each its label and below that the predicted one.
 * Outside Jupyter the figure comes back. Raises ValueError for an empty loader, RuntimeError when
 * the first batch has not n pictures of 28 × 28.
 * @example
 * const transform = torchvision.transforms.ToTensor();
 * const test_iter = data.DataLoader(torchvision.datasets.PracticeSet({ transform }), 6);
 * d2l.predict_ch3(nn.Sequential(nn.Flatten(), nn.Linear(784, 10)), test_iter);
 */
export function predict_ch3(
  net: Net,
  test_iter: Batches,
  n: number | PredictOptions = 6,
): Chart | undefined {
  const count = typeof n === "number" ? n : (n.n ?? 6);
  const first = test_iter[Symbol.iterator]().next();
  if (first.done === true) throw new ValueError("the loader has no batch");
  const [X, y] = first.value;
  const trues = get_fashion_mnist_labels(y);
  const preds = get_fashion_mnist_labels(net(X).argmax(1));
  const titles = trues.map((name, i) => `${name}\n${preds[i]}`);
  const pictures = X.index(`0:${count}`).reshape(count, 28, 28);
  return show_images(pictures, 1, count, { titles: titles.slice(0, count) });
}
