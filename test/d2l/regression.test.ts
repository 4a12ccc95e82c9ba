// d2l's linear regression and its training loop, number for number as PyTorch gives them.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as torch from "../../src/index";
import { d2l, tensor } from "../../src/index";

test("synthetic data, batches, steps and mean losses are PyTorch's from the same seed", () => {
  torch.manual_seed(3);
  const [X, y] = d2l.synthetic_data(tensor([2, -3.4]), 4.2, 40);
  assert.deepEqual([X.shape, y.shape].map(String), ["torch.Size([40, 2])", "torch.Size([40, 1])"]);
  assert.deepEqual(
    [X.sum().item(), y.sum().item(), y.index(-1).item()],
    [4.552560329437256, 181.1600799560547, 8.815598487854004],
  );
  const train_iter = d2l.load_array([X, y], 10);
  const w = torch.normal(0, 0.01, [2, 1], { requires_grad: true });
  const b = torch.zeros(1, { requires_grad: true });
  const net = (x: torch.Tensor) => d2l.linreg(x, w, b);
  const losses = torch.range(3).map(() => {
    for (const [x, t] of train_iter) {
      d2l.squared_loss(net(x), t).sum().backward();
      d2l.sgd([w, b], 0.03, x.shape[0]);
    }
    return d2l.evaluate_loss(net, train_iter, d2l.squared_loss);
  });
  assert.deepEqual(losses, [13.981133651733398, 10.64783878326416, 8.104891300201416]);
  assert.deepEqual(w.tolist(), [[0.8040578365325928], [-1.1048848628997803]]);
  assert.deepEqual(b.tolist(), [1.3681244850158691]);
});

test("without training the batches come in order", () => {
  const arrays = [torch.arange(5), torch.arange(5).mul(10)];
  const inOrder = [
    [
      [0, 1, 2],
      [3, 4],
    ],
    [
      [0, 10, 20],
      [30, 40],
    ],
  ];
  for (const no of [false, { is_train: false }]) {
    const batches = Array.from(d2l.load_array(arrays, 3, no), ([x, t]) => [x.tolist(), t.tolist()]);
    assert.deepEqual(batches, [
      [inOrder[0][0], [0, 10, 20]],
      [inOrder[0][1], [30, 40]],
    ]);
  }
  assert.throws(() => d2l.load_array([torch.zeros(2), torch.zeros(3)], 2), {
    message: "Size mismatch between tensors",
  });
});

test("the loss is half the square, in the shape of the prediction, and keeps its gradient", () => {
  const y_hat = tensor([[1.5], [2]], { requires_grad: true });
  const loss = d2l.squared_loss(y_hat, tensor([1, 4]));
  assert.equal(String(loss), "tensor([[0.1250],\n        [2.0000]], grad_fn=<DivBackward0>)");
  loss.sum().backward();
  assert.deepEqual(y_hat.grad?.tolist(), [[0.5], [-2]]);
  assert.throws(() => d2l.squared_loss(y_hat, torch.zeros(3)), {
    name: "RuntimeError",
    message: "shape '[2, 1]' is invalid for input of size 3",
  });
});
