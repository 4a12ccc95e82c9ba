// How tensors come into being: every form of the makers, and what they refuse.

import assert from "node:assert/strict";
import { test } from "node:test";
import ndarray from "ndarray";
import * as torch from "../src/index";

const gradOf = (t: torch.Tensor) => t.requires_grad;

test("tensor infers the dtype as PyTorch does", () => {
  const cases: [unknown, string][] = [
    [5, "tensor(5)"],
    [2.5, "tensor(2.5000)"],
    [true, "tensor(True)"],
    [7n, "tensor(7)"],
    [new torch.PyFloat(2), "tensor(2.)"],
    [[1, 2], "tensor([1, 2])"],
    [[1, 2.5], "tensor([1.0000, 2.5000])"],
    [[new torch.PyFloat(1), 2], "tensor([1., 2.])"],
    [[true, 2], "tensor([1, 2])"],
    [[], "tensor([])"],
    [[[1], [2]], "tensor([[1],\n        [2]])"],
    [[torch.tensor(1.5), torch.tensor([2])], "tensor([1.5000, 2.0000])"],
    [Float32Array.of(1, 2), "tensor([1., 2.])"],
    [Float64Array.of(1), "tensor([1.], dtype=torch.float64)"],
    [Int32Array.of(1, -1), "tensor([ 1, -1], dtype=torch.int32)"],
    [Uint8Array.of(255), "tensor([255], dtype=torch.uint8)"],
    [Uint8ClampedArray.of(255), "tensor([255], dtype=torch.uint8)"],
    [BigInt64Array.of(-3n), "tensor([-3])"],
    [
      ndarray(Float64Array.of(1, 2, 3, 4), [2, 2]).transpose(1, 0),
      "tensor([[1., 3.],\n        [2., 4.]], dtype=torch.float64)",
    ],
  ];
  for (const [data, text] of cases) {
    assert.equal(torch.tensor(data as never).toString(), text);
  }
});

test("tensor copies what it is given", () => {
  const data = Float32Array.of(1, 2);
  const t = torch.tensor(data);
  data[0] = 9;
  assert.deepEqual(t.tolist(), [1, 2]);
  assert.equal(torch.as_tensor(t), t);
  assert.equal(String(torch.as_tensor(t, { dtype: torch.int64 })), "tensor([1, 2])");
  assert.equal(String(torch.as_tensor([1])), "tensor([1])");
});

test("tensor options", () => {
  const t = torch.tensor([1, 2], { dtype: torch.float32, requires_grad: true });
  assert.equal(String(t), "tensor([1., 2.], requires_grad=True)");
  assert.throws(() => torch.tensor([1, 2], { requires_grad: true }), {
    name: "RuntimeError",
    message: "Only Tensors of floating point and complex dtype can require gradients",
  });
});

test("what is no number is refused", () => {
  const cases: [unknown, string, RegExp][] = [
    ["1", "TypeError", /^new\(\): invalid data type 'str'$/],
    [["1"], "ValueError", /^too many dimensions 'str'$/],
    [[1, "1"], "TypeError", /^new\(\): invalid data type 'str'$/],
    [null, "RuntimeError", /^Could not infer dtype of NoneType$/],
    [undefined, "RuntimeError", /^Could not infer dtype of NoneType$/],
    [[undefined], "RuntimeError", /^Could not infer dtype of NoneType$/],
    [{}, "TypeError", /invalid data type 'dict'/],
    [[{}], "TypeError", /invalid data type 'dict'/],
    [() => 1, "TypeError", /invalid data type 'function'/],
    [[[1, 2], [3]], "ValueError", /^expected sequence of length 2 at dim 1 \(got 1\)$/],
    [[[1], 2], "TypeError", /^not a sequence$/],
    [[1, [2]], "TypeError", /^'list' object cannot be interpreted as an integer$/],
    [[1.5, [2]], "TypeError", /^must be real number, not list$/],
    [[torch.ones(2)], "ValueError", /^only one element tensors can be converted/],
  ];
  for (const [data, name, message] of cases) {
    assert.throws(() => torch.tensor(data as never), { name, message }, String(data));
  }
});

test("sizes come as numbers, as an array, or by name", () => {
  for (const make of [torch.zeros, torch.ones, torch.rand, torch.randn, torch.empty]) {
    assert.deepEqual([...make(2, 3).shape], [2, 3]);
    assert.deepEqual([...make([2, 3]).shape], [2, 3]);
    assert.deepEqual([...make({ size: [2, 3] }).shape], [2, 3]);
    assert.deepEqual([...make([]).shape], []);
    assert.deepEqual([...make(0, 3).shape], [0, 3]);
    assert.equal(gradOf(make(2, { requires_grad: true })), true);
    assert.equal(make(2, { dtype: torch.float64 }).dtype, torch.float64);
    for (const bad of [0.5, Number.NaN, "2", null, true, Number.POSITIVE_INFINITY]) {
      assert.throws(() => make(bad as number), {
        name: "TypeError",
        message: /must be tuple of ints/,
      });
      assert.throws(() => make([2, bad as number]), { name: "TypeError" });
    }
    assert.throws(() => make(-1), { name: "RuntimeError", message: /negative/ });
    assert.throws(() => make(), {
      name: "TypeError",
      message: /missing 1 required positional arguments: "size"/,
    });
  }
});

test("full, eye, and the forms like another tensor", () => {
  assert.equal(String(torch.full([2], 0.5)), "tensor([0.5000, 0.5000])");
  assert.equal(String(torch.full([2], 3)), "tensor([3, 3])");
  assert.equal(String(torch.full([1], true)), "tensor([True])");
  assert.equal(torch.full([], 1.5).toString(), "tensor(1.5000)");
  assert.equal(String(torch.full([1], 3, { dtype: torch.float32 })), "tensor([3.])");
  assert.throws(() => torch.full([2], "1" as never), {
    name: "TypeError",
    message: "full(): argument 'fill_value' (position 2) must be Number, not str",
  });
  assert.deepEqual(torch.eye(2).tolist(), [
    [1, 0],
    [0, 1],
  ]);
  assert.deepEqual(torch.eye(1, 3).tolist(), [[1, 0, 0]]);
  assert.deepEqual(torch.eye(2, 1, { dtype: torch.int64 }).tolist(), [[1], [0]]);
  assert.equal(gradOf(torch.eye(2, { requires_grad: true })), true);
  assert.throws(() => torch.eye(-1), { message: "n must be greater or equal to 0, got -1" });
  assert.throws(() => torch.eye(1.5), { name: "TypeError", message: /argument 'n'/ });
  const x = torch.tensor([[1, 2]], { dtype: torch.int32 });
  assert.equal(String(torch.zeros_like(x)), "tensor([[0, 0]], dtype=torch.int32)");
  assert.equal(String(torch.ones_like(x)), "tensor([[1, 1]], dtype=torch.int32)");
  assert.equal(String(torch.full_like(x, 7)), "tensor([[7, 7]], dtype=torch.int32)");
  assert.deepEqual([...torch.empty_like(x).shape], [1, 2]);
  const like = { dtype: torch.float32, requires_grad: true };
  assert.equal(String(torch.ones_like(x, like)), "tensor([[1., 1.]], requires_grad=True)");
  assert.deepEqual([...torch.rand_like(torch.ones(2, 2)).shape], [2, 2]);
  assert.equal(torch.randn_like(torch.ones(2).double()).dtype, torch.float64);
  assert.equal(torch.randint_like(x, 0, 5).dtype, torch.int32);
});

test("arange and linspace", () => {
  assert.equal(String(torch.arange(3)), "tensor([0, 1, 2])");
  assert.equal(String(torch.arange(1, 3)), "tensor([1, 2])");
  assert.equal(String(torch.arange(3, 0, -2)), "tensor([3, 1])");
  assert.equal(String(torch.arange(0, 1, 0.25)), "tensor([0.0000, 0.2500, 0.5000, 0.7500])");
  assert.equal(String(torch.arange(0.5)), "tensor([0.])");
  assert.equal(String(torch.arange(2, { dtype: torch.float32 })), "tensor([0., 1.])");
  assert.deepEqual(torch.arange(0).tolist(), []);
  assert.equal(torch.arange(0, 1, 0.1).numel(), 10);
  assert.throws(() => torch.arange(0, 3, 0), { message: "step must be nonzero" });
  assert.throws(() => torch.arange(0, 3, -1), { message: /inconsistent with step sign$/ });
  assert.throws(() => torch.arange(Number.NaN), { message: "unsupported range: 0 -> nan" });
  assert.throws(() => torch.arange(Number.POSITIVE_INFINITY), {
    message: "unsupported range: 0 -> inf",
  });
  assert.throws(() => torch.arange("3" as never), { name: "TypeError" });
  assert.throws(() => torch.arange(), { name: "TypeError" });
  assert.deepEqual(torch.linspace(0, 1, 5).tolist(), [0, 0.25, 0.5, 0.75, 1]);
  assert.deepEqual(torch.linspace(5, 1, 1).tolist(), [5]);
  assert.deepEqual(torch.linspace(0, 1, 0).tolist(), []);
  assert.throws(() => torch.linspace(0, 1, -1), {
    message: "number of steps must be non-negative",
  });
  assert.throws(() => torch.linspace(0, 1, 2.5), { name: "TypeError" });
});

test("normal takes numbers with a size, and tensors without", () => {
  const size = [2, 3];
  const forms = [
    torch.normal(0, 0.01, size),
    torch.normal(0, 1, { size }),
    torch.normal(torch.ones(2, 3), 1),
    torch.normal(torch.ones(2, 3), torch.ones(3)),
    torch.normal(0, torch.ones(2, 3)),
  ];
  for (const t of forms) {
    assert.deepEqual([...t.shape], size);
    assert.equal(t.dtype, torch.float32);
  }
  assert.equal(gradOf(torch.normal(0, 0.01, size, { requires_grad: true })), true);
  assert.deepEqual(torch.normal(torch.tensor([3, 5]).float(), 0).tolist(), [3, 5]);
  assert.throws(() => torch.normal(0, 1), { name: "TypeError" });
  assert.throws(() => torch.normal(0, -1, size), {
    message: "normal expects std >= 0.0, but found std -1",
  });
  assert.throws(() => torch.normal(0, Number.NaN, size), { message: /found std nan$/ });
  assert.throws(() => torch.normal(torch.zeros(2), torch.tensor([1, -1]).float()), {
    message: "normal expects all elements of std >= 0.0",
  });
  assert.throws(() => torch.normal(0, 1, [-1]), { name: "RuntimeError" });
  assert.throws(() => torch.normal(0, 1, [2], { dtype: torch.int64 }), {
    name: "NotImplementedError",
    message: "\"normal_kernel_cpu\" not implemented for 'Long'",
  });
});

test("randint and randperm", () => {
  for (const t of [
    torch.randint(3, [50]),
    torch.randint(0, 3, [50]),
    torch.randint(0, 3, { size: [50] }),
  ]) {
    assert.equal(t.dtype, torch.int64);
    assert.deepEqual([...t.shape], [50]);
    assert.ok(t.ge(0).sum().item() === 50 && t.lt(3).sum().item() === 50);
  }
  assert.deepEqual([...torch.randperm(6).toTypedArray()].sort(), [0, 1, 2, 3, 4, 5]);
  assert.deepEqual(torch.randperm(0).tolist(), []);
  assert.throws(() => torch.randint(0, [2]), { message: /expects 'from' to be less than 'to'/ });
  assert.throws(() => torch.randint(0.5, 3, [2]), { name: "TypeError", message: /argument 'low'/ });
  assert.throws(() => torch.randint(0, Number.NaN, [2]), {
    name: "TypeError",
    message: /argument 'high'/,
  });
  assert.throws(() => torch.randint(0, 300, [2], { dtype: torch.uint8 }), {
    message: "to - 1 is out of bounds for unsigned char",
  });
  assert.throws(() => torch.randint(0, 3), { name: "TypeError" });
  assert.throws(() => torch.randperm(-1), { name: "RuntimeError" });
  assert.throws(() => torch.randperm(2.5), { name: "TypeError" });
});

test("the makers named by type", () => {
  assert.equal(String(torch.LongTensor([1.9, -1.9])), "tensor([ 1, -1])");
  assert.equal(String(torch.FloatTensor([1, 2])), "tensor([1., 2.])");
  assert.equal(String(new torch.FloatTensor([1])), "tensor([1.])");
  assert.equal(String(torch.DoubleTensor([1])), "tensor([1.], dtype=torch.float64)");
  assert.equal(String(torch.IntTensor([1])), "tensor([1], dtype=torch.int32)");
  assert.equal(String(torch.ByteTensor([1])), "tensor([1], dtype=torch.uint8)");
  assert.equal(String(torch.BoolTensor([2, 0])), "tensor([ True, False])");
  const t = torch.tensor([1.5]);
  assert.equal(String(t.type(torch.LongTensor)), "tensor([1])");
  assert.equal(String(t.type("torch.LongTensor")), "tensor([1])");
  assert.equal(String(t.type(torch.int64)), "tensor([1])");
  assert.equal(t.type(), "torch.FloatTensor");
  assert.throws(() => t.type("torch.Foo"), {
    name: "ValueError",
    message: "invalid type: 'torch.Foo'",
  });
  assert.throws(() => t.type(5 as never), { name: "TypeError" });
});
