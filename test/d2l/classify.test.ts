// d2l's training of a classifier: the numbers of each epoch as PyTorch gives them, and its mistakes.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as torch from "../../src/index";
import { d2l, nn, optim, tensor, torchvision } from "../../src/index";

/** Three clouds of points, and batches of them in a random order. */
function clouds() {
  const centres = torch.normal(0, 2, [3, 5]);
  const labels = torch.randint(0, 3, [60]);
  const X = centres.index(labels).add(torch.normal(0, 1, [60, 5]));
  return d2l.load_array([X, labels], 16);
}
const network = () => nn.Sequential(nn.Linear(5, 8), nn.ReLU(), nn.Dropout(0.2), nn.Linear(8, 3));
const loss = nn.CrossEntropyLoss({ reduction: "none" });

test("an epoch's mean loss and accuracies are PyTorch's, dropout and all", () => {
  torch.manual_seed(4);
  const batches = clouds();
  const net = network();
  const trainer = optim.SGD(net.parameters(), { lr: 0.2 });
  const epochs = torch.range(4).map(() => {
    const trained = d2l.train_epoch_ch3(net, batches, loss, trainer);
    return [...trained, d2l.evaluate_accuracy(net, batches)];
  });
  // The last bit of a loss may differ: exp and log are not the C library's.
  const rounded = (rows: number[][]) => rows.map((row) => row.map((x) => torch.format("%.6f", x)));
  const expected = [
    [0.9614437739054362, 0.48333333333333334, 0.9666666666666667],
    [0.4428472280502319, 0.9, 1.0],
    [0.3023625413576762, 0.9666666666666667, 0.9833333333333333],
    [0.35807435512542723, 0.9, 0.9833333333333333],
  ];
  assert.deepEqual(rounded(epochs), rounded(expected));
});

test("training leaves training mode, evaluation leaves evaluation mode", () => {
  const batches = clouds();
  const net = network();
  d2l.evaluate_accuracy(net, batches);
  assert.deepEqual(
    net.modules().map(({ training }) => training),
    Array(5).fill(false),
  );
  d2l.train_epoch_ch3(net, batches, loss, optim.SGD(net.parameters(), { lr: 0.1 }));
  assert.deepEqual(
    net.modules().map(({ training }) => training),
    Array(5).fill(true),
  );
});

test("a function that takes the steps is given the batch size, and the sum's gradient", () => {
  const w = torch.zeros(2, 2, { requires_grad: true });
  const sizes: number[] = [];
  const batches = [
    [torch.ones(3, 2), tensor([0, 1, 1])],
    [torch.ones(1, 2), tensor([0])],
  ] as const;
  const result = d2l.train_epoch_ch3(
    (X) => X.matmul(w),
    batches,
    loss,
    (size) => {
      sizes.push(size);
      d2l.sgd([w], 0, size);
    },
  );
  assert.deepEqual(sizes, [3, 1]);
  assert.ok(Math.abs(result[0] - Math.log(2)) < 1e-7);
  assert.equal(result[1], 0.5);
});

test("a run that learns nothing is an AssertionError with the loss, as in the book", () => {
  const net = (X: torch.Tensor) => X.mul(w);
  const w = torch.ones(1, { requires_grad: true });
  const batches = [[torch.zeros(2, 2), tensor([0, 1])]] as const;
  const idle = () => d2l.sgd([w], 0.1, 1);
  assert.throws(() => d2l.train_ch3(net, batches, batches, loss, 2, idle), {
    name: "AssertionError",
    message: "0.6931471824645996",
  });
});

test("accuracy takes scores by their largest, anything else as class numbers", () => {
  assert.equal(
    d2l.accuracy(
      tensor([
        [0.1, 0.9],
        [0.8, 0.2],
      ]),
      tensor([1, 1]),
    ),
    1,
  );
  assert.equal(d2l.accuracy(tensor([1.0, 0.0, 2.9]), tensor([1, 1, 2])), 2);
  assert.equal(d2l.accuracy(tensor([[1], [0]]), tensor([[1], [1]])), 1);
});

test("without examples there is no mean", () => {
  const error = { name: "ZeroDivisionError", message: "float division by zero" };
  assert.throws(() => d2l.evaluate_accuracy((X) => X, []), error);
  assert.throws(() => d2l.evaluate_loss((X) => X, [], d2l.squared_loss), error);
  assert.throws(
    () =>
      d2l.train_epoch_ch3(
        (X) => X,
        [],
        loss,
        () => {},
      ),
    error,
  );
});

test("predictions are shown below the labels, over as many pictures as are wanted", () => {
  const transform = torchvision.transforms.ToTensor();
  const set = torchvision.datasets.PracticeSet({ train: false, transform });
  const batches = torch.data.DataLoader(set, 8);
  const net = (X: torch.Tensor) => torch.nn.functional.one_hot(torch.zeros(X.shape[0]).long(), 10);
  const figure = d2l.predict_ch3(net, batches, { n: 3 }) ?? assert.fail();
  const names = d2l.get_fashion_mnist_labels(set.targets.index("0:3"));
  assert.deepEqual(
    (figure.layout as { annotations: { text: string }[] }).annotations.map(({ text }) => text),
    names.map((name) => `${name}<br>t-shirt`),
  );
  assert.throws(() => d2l.predict_ch3(net, batches, 9), { name: "RuntimeError" });
  assert.throws(() => d2l.predict_ch3(net, []), { name: "ValueError" });
});
