// d2l's Accumulator and Timer.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { d2l, tensor } from "../../src/index";

test("sums grow together, take tensors and truth values, and are set back", () => {
  const metric = new d2l.Accumulator(3);
  metric.add(1.5, true, tensor(2.5));
  metric.add(tensor([1], { requires_grad: false }), 0, 1);
  assert.deepEqual([metric[0], metric[1], metric[2], metric.get(-1)], [2.5, 1, 3.5, 3.5]);
  metric.reset();
  assert.deepEqual(metric.data, [0, 0, 0]);
  assert.equal(metric[0], 0);
});

test("as many values as sums, and no sum beyond them", () => {
  const metric = d2l.Accumulator(2);
  assert.throws(() => metric.add(1), { name: "ValueError", message: "1 values for 2 sums" });
  assert.throws(() => metric.add(1, 2, 3), { name: "ValueError" });
  const outside = { name: "IndexError", message: "list index out of range" };
  assert.throws(() => metric.get(2), outside);
  assert.throws(() => metric.get(-3), outside);
  assert.equal(metric[2], undefined);
});

test("a timer counts seconds, run by run", async () => {
  const timer = d2l.Timer();
  await pause(30);
  const first = timer.stop();
  timer.start();
  await pause(30);
  const second = timer.stop();
  assert.deepEqual(timer.times, [first, second]);
  for (const seconds of timer.times) assert.ok(seconds > 0.02 && seconds < 5, `${seconds} s`);
  assert.equal(timer.sum(), first + second);
  assert.equal(timer.avg(), (first + second) / 2);
  assert.deepEqual(timer.cumsum(), [first, first + second]);
});

test("the mean of no runs is an error", () => {
  assert.throws(() => d2l.Timer().avg(), {
    name: "ZeroDivisionError",
    message: "division by zero",
  });
  assert.deepEqual([d2l.Timer().sum(), d2l.Timer().cumsum()], [0, []]);
});
