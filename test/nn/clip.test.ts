// Clipped gradients: what PyTorch gives stands in test/golden/programs.json; here what holds always.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import * as torch from "../../src/index";
import { nn } from "../../src/index";

function withGrads(...grads: number[][]): torch.Tensor[] {
  return grads.map((values) => {
    const w = torch.zeros(values.length, { requires_grad: true, dtype: torch.float64 });
    w.grad = torch.tensor(values, { dtype: torch.float64 });
    return w;
  });
}
const flat = (ws: torch.Tensor[]) => ws.flatMap((w) => w.grad?.tolist() as number[]);

test("the norm afterwards is the smaller of both, the direction stays", () => {
  const values = fc.array(fc.double({ min: -50, max: 50, noNaN: true }), {
    minLength: 1,
    maxLength: 5,
  });
  fc.assert(
    fc.property(values, values, fc.double({ min: 0.1, max: 20, noNaN: true }), (a, b, limit) => {
      const ws = withGrads(a, b);
      const before = Math.hypot(...a, ...b);
      const total = nn.utils.clip_grad_norm_(ws, limit).item();
      assert.ok(Math.abs(total - before) <= 1e-9 * (1 + before));
      const factor = Math.min(1, limit / (before + 1e-6));
      [...a, ...b].forEach((x, i) => {
        assert.ok(Math.abs(flat(ws)[i] - x * factor) <= 1e-9 * (1 + Math.abs(x)));
      });
    }),
  );
});

test("no element beyond the limit, and the others as they were", () => {
  const ws = withGrads([-3, 0.5, Number.NaN], [2]);
  nn.utils.clip_grad_value_(ws, 1);
  assert.deepEqual(flat(ws), [-1, 0.5, Number.NaN, 1]);
});

test("parameters without a gradient are left out; without any the norm is 0", () => {
  const w = torch.ones(2, { requires_grad: true });
  assert.equal(nn.utils.clip_grad_norm_([w], 1).item(), 0);
  nn.utils.clip_grad_value_([w], 1);
  assert.equal(w.grad, null);
});

test("what is no number is refused before a gradient changes", () => {
  const ws = withGrads([3, 4]);
  assert.throws(() => nn.utils.clip_grad_norm_(ws, "a" as never), { name: "ValueError" });
  assert.throws(() => nn.utils.clip_grad_value_(ws, "a" as never), { name: "ValueError" });
  assert.deepEqual(flat(ws), [3, 4]);
});
