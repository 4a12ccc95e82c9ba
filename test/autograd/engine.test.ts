// The engine: where gradients go, how long a graph lives, and what it refuses.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as torch from "../../src/index";
import { Tensor } from "../../src/tensor";

const second =
  /^Trying to backward through the graph a second time \(or directly access saved tensors after they have already been freed\)\./;

function leaf(...values: number[]): Tensor {
  return torch.tensor(values, { dtype: torch.float64, requires_grad: true });
}

/** The gradient's values; reading it in a function keeps TypeScript from narrowing it. */
const gradOf = (t: Tensor) => t.grad?.tolist();

test("gradients accumulate over calls and over uses of one tensor", () => {
  const x = leaf(1, 2);
  const y = x.mul(3).add(x.mul(x)).sum();
  y.backward({ retain_graph: true });
  assert.deepEqual(gradOf(x), [5, 7]);
  const kept = x.grad;
  y.backward();
  assert.deepEqual(gradOf(x), [10, 14]);
  assert.equal(x.grad, kept, "later gradients are added in place");
  x.grad = null;
  x.sum().backward();
  assert.deepEqual(gradOf(x), [1, 1]);
  assert.deepEqual(kept?.tolist(), [10, 14]);
});

test("a graph serves one backward, unless it is kept or nothing was saved", () => {
  const x = leaf(1, 2);
  const y = x.exp().sum();
  y.backward();
  assert.throws(() => y.backward(), { name: "RuntimeError", message: second });
  const kept = x.exp().sum();
  kept.backward({ retain_graph: true });
  kept.backward();
  assert.throws(() => kept.backward(), { message: second });
  const linear = x.add(1).sum();
  linear.backward();
  linear.backward();
  const shared = x.exp();
  shared.sum().backward();
  assert.throws(() => shared.mean().backward(), { message: second });
});

test("backward needs a scalar or a gradient of the right shape", () => {
  const x = leaf(1, 2);
  assert.throws(() => x.mul(2).backward(), {
    name: "RuntimeError",
    message: "grad can be implicitly created only for scalar outputs",
  });
  assert.throws(() => x.mul(2).backward(torch.ones(3)), {
    message:
      "Mismatch in shape: grad_output[0] has a shape of torch.Size([3]) and output[0] has a shape of torch.Size([2]).",
  });
  assert.throws(() => torch.ones(1).backward(), {
    message: "element 0 of tensors does not require grad and does not have a grad_fn",
  });
  assert.throws(() => x.sum().backward("1" as never), {
    name: "TypeError",
    message: "gradients can be either Tensors or None, but got str",
  });
  x.mul(2).backward(torch.tensor([1, 10]));
  assert.deepEqual(gradOf(x), [2, 20]);
  torch.ones(1, { requires_grad: true }).reshape(1, 1).backward();
});

test("only leaves that ask for it get a gradient", () => {
  const [x, c] = [leaf(1, 2), torch.tensor([3, 4], { dtype: torch.float64 })];
  const y = x.mul(c);
  y.sum().backward();
  assert.deepEqual(gradOf(x), [3, 4]);
  assert.equal(c.grad, null);
  assert.equal(y.gradOrNull, null);
  assert.deepEqual([x.is_leaf, y.is_leaf, y.detach().is_leaf], [true, false, true]);
  assert.deepEqual(
    [x.requires_grad, y.requires_grad, y.detach().requires_grad],
    [true, true, false],
  );
});

test("a gradient has the dtype and shape of its tensor", () => {
  const x = torch.ones(2, 1, { requires_grad: true });
  const y = torch.ones(3, { dtype: torch.float64, requires_grad: true });
  x.mul(y).sum().backward();
  assert.equal(String(x.grad), "tensor([[3.],\n        [3.]])");
  assert.equal(String(y.grad), "tensor([2., 2., 2.], dtype=torch.float64)");
});

test("gradients share memory with nothing that anybody else holds", () => {
  const [a, b] = [leaf(1, 2), leaf(3, 4)];
  const start = torch.tensor([1, 10], { dtype: torch.float64 });
  a.add(b).backward(start);
  const [ga, gb] = [a.grad as Tensor, b.grad as Tensor];
  ga.mul_(2);
  assert.deepEqual(
    [ga.tolist(), gb.tolist(), start.tolist()],
    [
      [2, 20],
      [1, 10],
      [1, 10],
    ],
  );

  const direct = leaf(1, 2);
  direct.backward(start);
  direct.grad?.zero_();
  assert.deepEqual(start.tolist(), [1, 10]);

  const own = torch.ones(2, { dtype: torch.float64 });
  let seen: Tensor | null = null;
  const hooked = leaf(1, 2);
  hooked.register_hook((grad) => {
    seen = grad;
    return own;
  });
  hooked.mul(2).sum().backward();
  hooked.mul(2).sum().backward();
  assert.deepEqual(own.tolist(), [1, 1], "what a hook returns stays the user's");
  assert.deepEqual((seen as Tensor | null)?.tolist(), [2, 2]);
  assert.deepEqual(hooked.grad?.tolist(), [2, 2]);

  const inputs = [leaf(1), leaf(2)];
  inputs[0].add(inputs[1]).sum().backward({ inputs });
  inputs[0].grad?.zero_();
  assert.deepEqual(inputs[1].grad?.tolist(), [1]);

  const expanded = leaf(1, 2);
  expanded.sum().backward();
  assert.deepEqual(expanded.grad?.stride(), [1], "no stride 0 left over from sum");
});

test("backward({ inputs }) fills only these", () => {
  const [x, y] = [leaf(1, 2), leaf(3, 4)];
  const middle = x.mul(y);
  middle.sum().backward({ inputs: [x, middle], retain_graph: true });
  assert.deepEqual(gradOf(x), [3, 4]);
  assert.equal(y.grad, null);
  assert.deepEqual(middle.gradOrNull?.tolist(), [1, 1]);
  assert.throws(() => middle.sum().backward({ inputs: [] }), {
    message: "`inputs` argument to `backward()` cannot be empty.",
  });
});

test("torch.autograd.grad returns gradients and leaves grad alone", () => {
  const [x, y, unused] = [leaf(1, 2), leaf(3, 4), leaf(0)];
  const z = x.mul(y).mul(y);
  const grads = torch.autograd.grad(z.sum(), [y, x], { retain_graph: true });
  assert.deepEqual(
    grads.map((g) => g?.tolist()),
    [
      [6, 16],
      [9, 16],
    ],
  );
  assert.equal(x.grad, null);
  assert.throws(() => torch.autograd.grad(z.sum(), [x, unused], { retain_graph: true }), {
    message: /^The differentiated Tensor at index 1 appears to not have been used in the graph/,
  });
  const partly = torch.autograd.grad(z.sum(), [x, unused], {
    retain_graph: true,
    allow_unused: true,
  });
  assert.equal(partly[1], null);
  const [weighted] = torch.autograd.grad([z, x], [x], {
    grad_outputs: [torch.tensor([1, 0]), torch.tensor([5, 5])],
  });
  assert.deepEqual(weighted?.tolist(), [14, 5]);
  assert.throws(() => torch.autograd.grad(x.sum(), torch.ones(1)), {
    message: "One of the differentiated Tensors does not require grad",
  });
  assert.throws(() => torch.autograd.grad(x.sum(), 3 as never), { name: "TypeError" });
  assert.throws(() => torch.autograd.grad(3 as never, x), { name: "TypeError" });
});

test("create_graph gives derivatives of derivatives", () => {
  const x = leaf(2, 3);
  const [first] = torch.autograd.grad(x.pow(4).sum(), x, { create_graph: true });
  assert.deepEqual(first?.tolist(), [32, 108]);
  const [next] = torch.autograd.grad(first?.sum() as Tensor, x, { create_graph: true });
  assert.deepEqual(next?.tolist(), [48, 108]);
  const [third] = torch.autograd.grad(next?.sum() as Tensor, x);
  assert.deepEqual(third?.tolist(), [48, 72]);
  const w = leaf(1);
  w.pow(3).sum().backward({ create_graph: true });
  w.grad?.sum().backward();
  assert.deepEqual(w.grad?.tolist(), [9], "3 w² and on top of it 6 w");
});

test("hooks see and replace gradients, in the order they came, until removed", () => {
  const x = leaf(1, 2);
  const y = x.mul(2);
  const seen: unknown[] = [];
  const same = (grad: Tensor) => {
    seen.push(grad.tolist());
    return undefined;
  };
  const handle = y.register_hook(same);
  y.register_hook((grad) => grad.mul(10));
  y.register_hook(same);
  y.sum().backward({ retain_graph: true });
  assert.deepEqual(seen, [
    [1, 1],
    [10, 10],
  ]);
  assert.deepEqual(gradOf(x), [20, 20]);
  handle.remove();
  y.sum().backward({ retain_graph: true });
  assert.equal(seen.length, 3, "the second registration of the same function stays");
  x.register_hook((grad) => grad.neg());
  x.grad = null;
  x.sum().backward();
  assert.deepEqual(gradOf(x), [-1, -1]);
});

test("hooks must return a gradient of the same kind, or nothing", () => {
  const refuse = (hook: (grad: Tensor) => unknown, name: string, message: string) => {
    const y = leaf(1, 2).mul(2);
    y.register_hook(hook as never);
    assert.throws(() => y.sum().backward(), { name, message });
  };
  refuse(() => 1, "TypeError", "expected Variable, but hook returned 'int'");
  refuse(() => torch.ones(3), "RuntimeError", "hook '<lambda>' has changed the size of value");
  refuse(
    (grad) => grad.float(),
    "RuntimeError",
    "hook '<lambda>' has changed the type of value (was torch.DoubleTensor got torch.FloatTensor)",
  );
  assert.throws(() => torch.ones(2).register_hook(() => null), {
    message: "cannot register a hook on a tensor that doesn't require gradient",
  });
  assert.throws(() => leaf(1).register_hook(1 as never), { name: "TypeError" });
});

test("retain_grad keeps a non-leaf's gradient", () => {
  const x = leaf(1, 2);
  const y = x.mul(2);
  y.retain_grad();
  y.retain_grad();
  y.mul(y).sum().backward();
  assert.deepEqual(y.grad?.tolist(), [4, 8]);
  x.retain_grad();
  assert.deepEqual(gradOf(x), [8, 16]);
  assert.throws(() => torch.ones(2).retain_grad(), {
    message: "can't retain_grad on Tensor that has requires_grad=False",
  });
});

test("grad takes a tensor of the same shape and dtype, or null", () => {
  const x = leaf(1, 2);
  const given = torch.zeros(2, { dtype: torch.float64 });
  x.grad = given;
  x.sum().backward();
  assert.equal(x.grad, given);
  assert.deepEqual(given.tolist(), [1, 1]);
  for (const bad of [torch.ones(3, { dtype: torch.float64 }), torch.ones(2), 1, "a"]) {
    assert.throws(() => {
      x.grad = bad as never;
    });
  }
  x.grad = null;
  assert.equal(x.grad, null);
});

test("requires_grad_ switches leaves of floating point, and nothing else", () => {
  const x = torch.ones(2);
  assert.equal(x.requires_grad_(), x);
  assert.equal(x.requires_grad, true);
  assert.equal(x.requires_grad_({ requires_grad: false }).requires_grad, false);
  assert.throws(() => torch.arange(2).requires_grad_(), { name: "RuntimeError" });
  assert.throws(() => leaf(1).mul(2).requires_grad_(false), {
    message: /^you can only change requires_grad flags of leaf variables/,
  });
});

test("100,000 ops in a row, forward and back", () => {
  const x = leaf(1);
  let y: Tensor = x;
  for (let i = 0; i < 100_000; i++) y = i % 2 === 0 ? y.add(1) : y.mul(1);
  y.sum().backward();
  assert.deepEqual(gradOf(x), [1]);
});

test("a graph with many shared paths is walked once", () => {
  const x = leaf(1);
  let y: Tensor = x;
  for (let i = 0; i < 60; i++) y = y.add(y).mul(0.5);
  y.sum().backward();
  assert.deepEqual(gradOf(x), [1]);
});

test("next_functions and grad_fn print as PyTorch's", () => {
  const x = leaf(1, 2);
  const y = x.mul(2).sum();
  assert.match(String(y.grad_fn), /^<SumBackward0 object/);
  const [[mul, index]] = y.grad_fn?.next_functions ?? [];
  assert.equal(mul?.name, "MulBackward0");
  assert.equal(index, 0);
  assert.equal(mul?.next_functions[0][0]?.name, "AccumulateGrad");
  assert.equal(mul?.next_functions[1][0], null);
  assert.ok(x instanceof Tensor);
});
