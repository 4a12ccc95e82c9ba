// What optimisers share: groups, forgetting gradients both ways, and mistakes.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as torch from "../../src/index";
import { optim } from "../../src/index";
import type { Tensor } from "../../src/tensor";

function weight(...values: number[]): Tensor {
  return torch.tensor(values, { dtype: torch.float32, requires_grad: true });
}

const gradOf = (t: Tensor) => t.gradOrNull;

test("SGD walks down the gradient, outside the graph", () => {
  const w = weight(1, 2);
  const updater = optim.SGD([w], { lr: 0.5 });
  w.mul(w).sum().backward();
  updater.step();
  assert.deepEqual(w.tolist(), [0, 0]);
  assert.equal(w.is_leaf, true);
  assert.equal(w.requires_grad, true);
});

test("parameters without a gradient stay, and step needs no gradient at all", () => {
  const [w, idle] = [weight(1), weight(5)];
  const updater = optim.SGD([w, idle], { lr: 0.1 });
  updater.step();
  w.sum().backward();
  updater.step();
  assert.deepEqual([w.item() < 1, idle.item()], [true, 5]);
});

test("zero_grad drops gradients, or sets them to zero", () => {
  const w = weight(1, 2);
  const updater = optim.SGD([w], { lr: 0.1 });
  updater.zero_grad();
  w.sum().backward();
  const first = gradOf(w);
  updater.zero_grad({ set_to_none: false });
  assert.equal(gradOf(w), first);
  assert.deepEqual(first?.tolist(), [0, 0]);
  w.sum().backward();
  assert.deepEqual(first?.tolist(), [1, 1], "the same tensor collects again");
  updater.zero_grad();
  assert.equal(gradOf(w), null);
  assert.deepEqual(first?.tolist(), [1, 1], "a gradient somebody kept is not touched");
});

test("groups have options of their own", () => {
  const [a, b] = [weight(1), weight(1)];
  const updater = optim.SGD([{ params: [a] }, { params: [b], lr: 1 }], { lr: 0.25 });
  a.add(b).sum().backward();
  updater.step();
  assert.deepEqual([a.item(), b.item()], [0.75, 0]);
  assert.deepEqual(
    updater.param_groups.map((g) => g.lr),
    [0.25, 1],
  );
  updater.param_groups[0].lr = 0;
  updater.step();
  assert.equal(a.item(), 0.75);
});

test("parameters may come from any iterable, and with new", () => {
  const w = weight(1);
  function* some() {
    yield w;
  }
  for (const params of [[w], new Set([w]), some()]) {
    assert.deepEqual(new optim.SGD(params, { lr: 0.1 }).param_groups[0].params, [w]);
  }
  assert.ok(optim.SGD([w], { lr: 0.1 }) instanceof optim.Optimizer);
  assert.ok(optim.Adam([w]) instanceof optim.Optimizer);
  assert.ok(!({ step() {} } instanceof optim.Optimizer));
});

const mistakes: [string, () => unknown, string, RegExp][] = [
  [
    "no parameters",
    () => optim.SGD([], { lr: 0.1 }),
    "ValueError",
    /^optimizer got an empty parameter list$/,
  ],
  [
    "one tensor",
    () => optim.SGD(weight(1) as never, { lr: 0.1 }),
    "TypeError",
    /should be an iterable of Tensors or dicts, but got torch\.FloatTensor$/,
  ],
  [
    "a number",
    () => optim.SGD([1] as never, { lr: 0.1 }),
    "TypeError",
    /^optimizer can only optimize Tensors, but one of the params is int$/,
  ],
  [
    "null",
    () => optim.SGD([null] as never, { lr: 0.1 }),
    "TypeError",
    /but one of the params is NoneType$/,
  ],
  [
    "a result",
    () => optim.SGD([weight(1).mul(2)], { lr: 0.1 }),
    "ValueError",
    /^can't optimize a non-leaf Tensor$/,
  ],
  [
    "a negative rate",
    () => optim.SGD([weight(1)], { lr: -0.1 }),
    "ValueError",
    /^Invalid learning rate: -0\.1$/,
  ],
  [
    "no number as rate",
    () => optim.SGD([weight(1)], { lr: Number.NaN }),
    "ValueError",
    /^Invalid learning rate/,
  ],
  ["a text as rate", () => optim.SGD([weight(1)], { lr: "0.1" as never }), "TypeError", /./],
  ["nothing", () => optim.SGD(undefined as never, { lr: 0.1 }), "TypeError", /./],
];

for (const [name, run, error, message] of mistakes) {
  test(`refused: ${name}`, () => {
    assert.throws(run, { name: error, message });
  });
}

test("a parameter twice is refused", () => {
  const w = weight(1);
  assert.throws(() => optim.SGD([{ params: [w] }, { params: [w] }], { lr: 0.1 }), {
    name: "ValueError",
    message: "some parameters appear in more than one parameter group",
  });
});
