// no_grad, enable_grad and set_grad_enabled: what they switch, and that they always switch back.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as torch from "../../src/index";

const x = torch.ones(2, { requires_grad: true });
const records = () => x.mul(2).requires_grad;

test("no_grad returns what its function returns, and records nothing", () => {
  const y = torch.no_grad(() => x.mul(2));
  assert.deepEqual([y.requires_grad, y.grad_fn, y.tolist()], [false, null, [2, 2]]);
  assert.equal(torch.no_grad(records), false);
  assert.equal(records(), true);
});

test("the modes nest, and each ends with its function", () => {
  const inner = torch.no_grad(() => [
    torch.is_grad_enabled(),
    torch.enable_grad(records),
    torch.is_grad_enabled(),
    torch.set_grad_enabled(true, () => torch.no_grad(records)),
    torch.is_grad_enabled(),
  ]);
  assert.deepEqual(inner, [false, true, false, false, false]);
  assert.equal(torch.is_grad_enabled(), true);
});

test("a function that throws takes the mode with it", () => {
  const modes = [torch.no_grad, torch.enable_grad];
  for (const mode of modes) {
    assert.throws(
      () =>
        mode(() => {
          throw new Error("inside");
        }),
      { message: "inside" },
    );
    assert.equal(torch.is_grad_enabled(), true);
  }
  assert.throws(() =>
    torch.set_grad_enabled(false, () => {
      throw new Error("inside");
    }),
  );
  assert.equal(torch.is_grad_enabled(), true);
});

test("async functions are refused: their end would lie outside", async () => {
  for (const mode of [torch.no_grad, torch.enable_grad]) {
    assert.throws(() => mode(async () => x.mul(2)), {
      name: "TypeError",
      message: /takes a function that is not async$/,
    });
    assert.equal(torch.is_grad_enabled(), true);
  }
  assert.throws(() => torch.set_grad_enabled(false, async () => 1), { name: "TypeError" });
  // A promise that fails later must not end the process.
  assert.throws(() => torch.no_grad(() => Promise.reject(new Error("later"))), {
    name: "TypeError",
  });
  await new Promise((resolve) => setImmediate(resolve));
});

test("set_grad_enabled without a function switches from there on", () => {
  torch.set_grad_enabled(false);
  try {
    assert.equal(records(), false);
    assert.equal(torch.enable_grad(records), true);
    assert.equal(torch.is_grad_enabled(), false);
  } finally {
    torch.set_grad_enabled(true);
  }
  assert.equal(records(), true);
});

test("something else than a function is refused", () => {
  for (const mode of [torch.no_grad, torch.enable_grad]) {
    assert.throws(() => mode(undefined as never), { name: "TypeError" });
    assert.throws(() => mode(x as never), { name: "TypeError" });
  }
  assert.equal(torch.is_grad_enabled(), true);
});

test("leaves made under no_grad may require grad", () => {
  const made = torch.no_grad(() => torch.ones(2, { requires_grad: true }));
  made.sum().backward();
  assert.deepEqual(made.grad?.tolist(), [1, 1]);
});
