// d2l.sgd takes the step that d2l takes: param −= lr · grad / batch_size in float32.

import assert from "node:assert/strict";
import { test } from "node:test";
import { d2l, tensor } from "../../src/index";

test("one step in place, outside the graph, and the gradients are zero", () => {
  const w = tensor([1, -2, 0.3], { requires_grad: true });
  const b = tensor([0.5], { requires_grad: true });
  w.mul(w).sum().add(b.mul(3)).sum().backward();
  d2l.sgd([w, b], 0.1, 3);
  const step = (value: number, grad: number) =>
    Math.fround(value - Math.fround(Math.fround(Math.fround(0.1) * grad) / 3));
  const third = Math.fround(0.3);
  assert.deepEqual(w.tolist(), [step(1, 2), step(-2, -4), step(third, Math.fround(2 * third))]);
  assert.deepEqual(b.tolist(), [step(0.5, 3)]);
  assert.ok(w.requires_grad && w.is_leaf && w.grad_fn === null);
  assert.deepEqual([w.grad?.tolist(), b.grad?.tolist()], [[0, 0, 0], [0]]);
});

test("a parameter without a gradient is refused as Python refuses it", () => {
  const w = tensor([1.5, 2], { requires_grad: true });
  assert.throws(() => d2l.sgd([w], 0.1, 1), {
    name: "TypeError",
    message: "unsupported operand type(s) for *: 'float' and 'NoneType'",
  });
});
