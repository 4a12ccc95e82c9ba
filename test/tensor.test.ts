// The tensor as a JavaScript object: operators, templates, iteration, JSON, console.log.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import * as torch from "../src/index";
import { Tensor } from "../src/tensor";

const [a, b] = [torch.tensor([1.5, 2]), torch.tensor([0.5, 4])];
// Untyped, as a JavaScript cell or a wrong cast would have them.
// biome-ignore lint/suspicious/noExplicitAny: the point is what happens without types
const untyped = (t: Tensor): any => t;

test("operators raise instead of giving NaN", () => {
  const attempts: (() => unknown)[] = [
    () => untyped(a) - untyped(b),
    () => untyped(a) + untyped(b),
    () => untyped(a) * 2,
    () => 2 / untyped(a),
    () => -untyped(a),
    () => untyped(a) > untyped(b),
    () => untyped(a) + 1,
    () => untyped(a) >= 1,
    () => Number(untyped(a)),
    () => Math.max(untyped(a)),
  ];
  for (const attempt of attempts) {
    assert.throws(
      attempt,
      (error: Error & { hint?: string }) => {
        assert.equal(error.name, "TypeError");
        assert.ok(error instanceof TypeError);
        assert.match(error.message, /^operators do not work on tensors in JavaScript$/);
        assert.match(error.hint ?? "", /a\.sub\(b\), torch\.sub\(a, b\) or expr`/);
        return true;
      },
      String(attempt),
    );
  }
});

test("template literals print like f-strings, console.log like print", () => {
  assert.equal(`${torch.tensor(2.5)}`, "2.5");
  assert.equal(`${torch.tensor(3)}`, "3");
  assert.equal(`${torch.tensor(true)}`, "True");
  assert.equal(`${torch.tensor(1 / 3)}`, "0.3333333432674408");
  assert.equal(`${a}`, "tensor([1.5000, 2.0000])");
  assert.equal(inspect(torch.tensor(2.5)), "tensor(2.5000)");
  assert.equal(inspect({ a }), "{ a: tensor([1.5000, 2.0000]) }");
  assert.equal(torch.tensor(2.5).toString(), "tensor(2.5000)");
  const grown = torch.ones(2, { requires_grad: true });
  assert.equal(`${grown.mul(2)}`, "tensor([2., 2.], grad_fn=<MulBackward0>)");
  assert.equal(String(a.shape), "torch.Size([2])");
  assert.equal(`${torch.ones(2, 3).shape}`, "torch.Size([2, 3])");
  assert.equal(`${torch.tensor([]).shape}`, "torch.Size([0])");
});

test("iteration goes over the first dimension", () => {
  const m = torch.tensor([
    [1, 2],
    [3, 4],
  ]);
  assert.deepEqual(
    [...m].map((row) => row.tolist()),
    [
      [1, 2],
      [3, 4],
    ],
  );
  const [first, second] = m;
  second.fill_(0);
  assert.deepEqual(
    [first.tolist(), m.tolist()],
    [
      [1, 2],
      [
        [1, 2],
        [0, 0],
      ],
    ],
  );
  for (const x of torch.tensor([7])) assert.deepEqual([x.dims, x.item()], [[], 7]);
  assert.deepEqual([...torch.zeros(0, 3)], []);
  assert.throws(() => [...torch.tensor(1)], {
    name: "TypeError",
    message: "iteration over a 0-d tensor",
  });
  const grown = [...torch.ones(2, 2, { requires_grad: true })];
  assert.equal(grown[1].grad_fn?.name, "UnbindBackward0");
  grown[1].sum().backward();
});

test("a row of an iteration must not be changed where a gradient flows", () => {
  const x = torch.ones(2, 2, { requires_grad: true }).mul(2);
  const [, second] = x;
  assert.throws(() => second.mul_(2), {
    name: "RuntimeError",
    message:
      /^Output 1 of Unbind is a view and is being modified inplace\. This view is the output/,
  });
});

test("tolist, toJSON and item give plain values", () => {
  const t = torch.tensor([
    [1.5, 2],
    [3, 4],
  ]);
  assert.deepEqual(t.tolist(), [
    [1.5, 2],
    [3, 4],
  ]);
  assert.deepEqual(torch.tensor([true, false]).tolist(), [true, false]);
  assert.equal(torch.tensor(5).tolist(), 5);
  assert.deepEqual(torch.zeros(2, 0).tolist(), [[], []]);
  assert.deepEqual(t.t().tolist(), [
    [1.5, 3],
    [2, 4],
  ]);
  assert.equal(JSON.stringify({ t }), '{"t":[[1.5,2],[3,4]]}');
  assert.equal(torch.tensor([[7]]).item(), 7);
  assert.throws(() => t.item(), {
    name: "RuntimeError",
    message: "a Tensor with 4 elements cannot be converted to Scalar",
  });
});

test("numpy refuses tensors that require grad", () => {
  assert.throws(() => torch.ones(2, { requires_grad: true }).numpy(), {
    name: "RuntimeError",
    message:
      "Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead.",
  });
});

test("shapes cannot be changed, and count like arrays", () => {
  const { shape } = torch.ones(2, 3);
  assert.ok(Array.isArray(shape));
  assert.ok(shape instanceof torch.Size);
  assert.deepEqual([shape.length, shape[1], shape.numel()], [2, 3, 6]);
  assert.throws(() => (shape as number[]).push(1), TypeError);
  assert.ok(Object.isFrozen(shape));
  const [rows, columns] = shape;
  assert.deepEqual([rows, columns], [2, 3]);
  assert.deepEqual(
    shape.map((n) => n * 2),
    [4, 6],
  );
  assert.equal(torch.Size([4]).numel(), 4);
  assert.ok(new torch.Size([4]) instanceof torch.Size);
});

test("reading grad of a non-leaf says why it is null", () => {
  const write = process.stderr.write;
  let warned = "";
  process.stderr.write = (text) => {
    warned += text;
    return true;
  };
  try {
    const y = torch.ones(2, { requires_grad: true }).mul(2);
    y.sum().backward();
    assert.equal(y.grad, null);
    assert.equal(y.grad, null);
  } finally {
    process.stderr.write = write;
  }
  assert.match(warned, /^UserWarning: The \.grad attribute of a Tensor that is not a leaf Tensor/);
  assert.equal(warned.match(/UserWarning/g)?.length, 1, "once");
});

test("Tensor is there for instanceof", () => {
  assert.ok(a instanceof torch.Tensor);
  assert.equal(torch.Tensor, Tensor);
});
