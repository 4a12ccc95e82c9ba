// Ops in place: what they refuse, the gradients they leave, and the changes the engine notices.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as torch from "../../src/index";
import type { Tensor } from "../../src/tensor";

const doubles = { dtype: torch.float64, requires_grad: true };

/** A leaf with gradient, float64. */
function leaf(values: number[] | number[][]): Tensor {
  return torch.tensor(values, doubles);
}

function staleAt(version: number): { name: string; message: RegExp } {
  const sentence = `modified by an inplace operation: .* is at version ${version}; expected version \\d+ instead`;
  return { name: "RuntimeError", message: new RegExp(sentence) };
}

const unary = ["abs_", "exp_", "log_", "neg_", "reciprocal_", "relu_", "sigmoid_"] as const;
const more = ["sign_", "sqrt_", "square_", "tanh_"] as const;

for (const name of [...unary, ...more]) {
  test(`${name} keeps what its gradient needs`, () => {
    const inPlace = (x: Tensor) => x.clone()[name]();
    assert.equal(torch.autograd.gradcheck(inPlace, leaf([0.5, 2])), true);
    assert.equal(torch.autograd.gradgradcheck(inPlace, leaf([0.5, 2])), true);
  });
}

const binary = ["add_", "sub_", "mul_", "div_", "pow_", "copy_"] as const;

for (const name of binary) {
  test(`${name}: gradients of both operands, the second one broadcast`, () => {
    const inPlace = (x: Tensor, y: Tensor) => x.clone()[name](y);
    const inputs = [leaf([[0.5, 2, 3]]), leaf([1.5])];
    const wide = [
      leaf([[0.5], [2]])
        .expand(2, 3)
        .detach()
        .clone()
        .requires_grad_(),
      leaf([3, 4, 5]),
    ];
    assert.equal(torch.autograd.gradcheck(inPlace, inputs), true);
    assert.equal(torch.autograd.gradcheck(inPlace, wide), true);
    assert.equal(torch.autograd.gradgradcheck(inPlace, wide), true);
  });
}

test("masked_fill_, fill_, zero_ and index_put_ stop the gradient where they write", () => {
  const mask = torch.tensor([true, false, true]);
  const cases: ((x: Tensor, v: Tensor) => Tensor)[] = [
    (x, v) => x.clone().masked_fill_(mask, 2).mul(v),
    (x, v) => x.clone().masked_fill_(mask, v),
    (x, v) => x.clone().fill_(v),
    (x, v) => x.clone().zero_().add(v),
    (x, v) => x.clone().index_put_([[0, 2]], v),
    (x, v) => x.clone().index_put_([[0, 2, 0]], v, { accumulate: true }),
    (x, v) => x.clone().index_put_(["1:"], v),
    (x, v) => x.clone().index_put_([1], v, { accumulate: true }),
  ];
  for (const f of cases) {
    const v = torch.tensor(1.5, doubles);
    assert.equal(torch.autograd.gradcheck(f, [leaf([1, 2, 3]), v]), true, String(f));
  }
});

test("an op in place between a tensor and itself raises where PyTorch does", () => {
  const y = leaf([1, 2]).clone();
  y.mul_(y);
  assert.throws(() => y.sum().backward(), staleAt(1));
  const x = leaf([1, 2]);
  const z = x.clone();
  z.add_(z);
  z.sum().backward();
  assert.deepEqual(x.grad?.tolist(), [2, 2]);
});

test("a change after saving is noticed, with PyTorch's sentence", () => {
  const x = torch.tensor([1, 2], { dtype: torch.float32, requires_grad: true });
  const y = x.exp();
  y.add_(1);
  assert.throws(() => y.sum().backward(), {
    name: "RuntimeError",
    message:
      "one of the variables needed for gradient computation has been modified by an inplace operation: [torch.FloatTensor [2]], which is output 0 of Exp, is at version 1; expected version 0 instead. Hint: enable anomaly detection to find the operation that failed to compute its gradient, with torch.autograd.set_detect_anomaly(True, check_nan=False).",
  });
});

test("a change through a view, a detached tensor or no_grad is noticed; through .data it is not", () => {
  const changes: [string, (x: Tensor) => void][] = [
    ["view", (x) => torch.no_grad(() => x.view(2).index(0).fill_(5))],
    ["detach", (x) => x.detach().zero_()],
    ["no_grad", (x) => torch.no_grad(() => x.mul_(2))],
  ];
  for (const [name, change] of changes) {
    const x = leaf([1, 2]);
    const loss = x.mul(x).sum();
    change(x);
    assert.throws(() => loss.backward(), staleAt(1), name);
  }
  const x = leaf([1, 2]);
  const loss = x.mul(x).sum();
  x.data.zero_();
  loss.backward();
  assert.deepEqual(x.grad?.tolist(), [0, 0]);
});

test("leaves that require grad refuse changes, except under no_grad and through .data", () => {
  const x = leaf([1, 2]);
  const message = "a leaf Variable that requires grad is being used in an in-place operation.";
  const viewed = `a view of ${message}`;
  assert.throws(() => x.add_(1), { name: "RuntimeError", message });
  assert.throws(() => x.zero_(), { name: "RuntimeError", message });
  assert.throws(() => x.index_put_([0], 1), { name: "RuntimeError", message: viewed });
  assert.throws(() => x.index(0).fill_(1), { name: "RuntimeError", message: viewed });
  assert.throws(() => x.index_put_([[0]], 1), { name: "RuntimeError", message });
  assert.deepEqual(x.tolist(), [1, 2], "a refused change leaves the values alone");
  torch.no_grad(() => x.add_(1));
  x.data.sub_(0.5);
  assert.deepEqual(x.tolist(), [1.5, 2.5]);
  assert.equal(x.requires_grad, true);
});

test("views made under no_grad: PyTorch's requires_grad, and no changes with gradients on", () => {
  const x = leaf([1, 2]);
  const y = x.mul(2);
  const [ofLeaf, view] = torch.no_grad(() => [x.view(2, 1), y.index(0)]);
  assert.equal(
    String(ofLeaf),
    "tensor([[1.],\n        [2.]], dtype=torch.float64, requires_grad=True)",
  );
  assert.equal(view.requires_grad, true);
  assert.equal(view.grad_fn, null);
  assert.equal(torch.no_grad(() => x.detach().view(2, 1)).requires_grad, false);
  const made = /^A view was created in no_grad mode and is being modified inplace with grad mode/;
  assert.throws(() => view.mul_(2), { name: "RuntimeError", message: made });
  assert.throws(() => ofLeaf.mul_(2), { name: "RuntimeError", message: made });
  torch.no_grad(() => ofLeaf.mul_(3));
  assert.deepEqual(x.tolist(), [3, 6]);
  const lost =
    /^A view was created in no_grad mode and its base or another view of its base has been modified/;
  assert.throws(() => ofLeaf.grad_fn, { name: "RuntimeError", message: lost });
  assert.match(String(ofLeaf), /, grad_fn=<Invalid>\)$/);
});

test("shapes and dtypes stay: results that don't fit are refused before anything is written", () => {
  const x = torch.ones(2, 1);
  assert.throws(() => x.add_(torch.ones(2, 3)), {
    name: "RuntimeError",
    message: "output with shape [2, 1] doesn't match the broadcast shape [2, 3]",
  });
  const i = torch.tensor([1, 2]);
  assert.throws(() => i.add_(1.5), {
    name: "RuntimeError",
    message: "result type Float can't be cast to the desired output type Long",
  });
  assert.throws(() => i.div_(2), { message: /can't be cast/ });
  const repeated = torch.ones(1).expand(3);
  assert.throws(() => repeated.add_(1), { message: /more than one element of the written-to/ });
  assert.deepEqual(
    [x.tolist(), i.tolist(), repeated.tolist()],
    [
      [[1], [1]],
      [1, 2],
      [1, 1, 1],
    ],
  );
});

test("the grad_fn after a change is that of the op; on a base it is CopySlices", () => {
  const x = leaf([1, 2]);
  const y = x.clone();
  y.mul_(3);
  assert.equal(y.grad_fn?.name, "MulBackward0");
  const view = y.index(0);
  assert.equal(view.grad_fn?.name, "SelectBackward0");
  view.exp_();
  assert.equal(y.grad_fn?.name, "CopySlices");
  assert.equal(view.grad_fn?.name, "AsStridedBackward0");
  y.add_(1);
  assert.equal(y.grad_fn?.name, "AddBackward0");
  assert.equal(view.grad_fn?.name, "AsStridedBackward0");
});

/** Changes of x through a view; the result is x. */
const through: [string, (x: Tensor, v: Tensor) => unknown][] = [
  ["a row", (x, v) => x.index(1).mul_(v)],
  ["a column", (x, v) => x.index(":", 1).div_(v)],
  ["a slice with a step", (x, v) => x.index(":", "::2").pow_(v)],
  ["the transpose", (x, v) => x.t().index(0).mul_(v)],
  ["a flat view", (x, v) => x.view(-1).index("2:5").copy_(v.expand(3))],
  ["a view of a view", (x, v) => x.index("1:").index(0).index(2).add_(v)],
  ["twice in different places", (x, v) => [x.index(0).mul_(v), x.index(":", 1).add_(v)]],
  ["squeezed and unsqueezed", (x, v) => x.unsqueeze(0).squeeze(0).index(1).sub_(v)],
];

/** Changes with a result of their own. */
const afterwards: [string, (x: Tensor, v: Tensor) => Tensor][] = [
  [
    "the view itself",
    (x, v) => {
      const row = x.index(0);
      row.mul_(v);
      return row.exp();
    },
  ],
  [
    "another view",
    (x, v) => {
      const [row, column] = [x.index(0), x.index(":", 0)];
      row.mul_(v);
      return column.sigmoid();
    },
  ],
  [
    "a view made before its base changed",
    (x, v) => {
      const row = x.index(0);
      x.mul_(v);
      return row.tanh();
    },
  ],
  [
    "a base that had no gradient",
    (x, v) => {
      const z = torch.zeros(2, 3, { dtype: torch.float64 });
      z.index(0).copy_(x.index(1));
      z.index(":", 2).mul_(v);
      return z;
    },
  ],
];

const small = () => [
  leaf([
    [1, 2, 3],
    [1.5, 0.5, 2.5],
  ]),
  torch.tensor(1.25, doubles),
];

for (const [name, change] of through) {
  test(`changed through a view: ${name}`, () => {
    const f = (x: Tensor, v: Tensor) => {
      const y = x.clone();
      change(y, v);
      return y;
    };
    assert.equal(torch.autograd.gradcheck(f, small()), true);
    assert.equal(torch.autograd.gradgradcheck(f, small()), true);
  });
}

for (const [name, f] of afterwards) {
  test(`read after a change: ${name}`, () => {
    const change = (x: Tensor, v: Tensor) => f(x.clone(), v);
    assert.equal(torch.autograd.gradcheck(change, small()), true);
    assert.equal(torch.autograd.gradgradcheck(change, small()), true);
  });
}

test("a second backward through CopySlices is refused like any other", () => {
  const x = leaf([1, 2]);
  const y = x.clone();
  y.index(0).exp_();
  const loss = y.sum();
  loss.backward();
  assert.throws(() => loss.backward(), {
    message: /^Trying to backward through the graph a second/,
  });
});

test("detach_ cuts the graph in place and refuses views", () => {
  const y = leaf([1, 2]).mul(2);
  assert.equal(y.detach_(), y);
  assert.equal(y.requires_grad, false);
  assert.equal(y.is_leaf, true);
  assert.throws(() => leaf([1, 2]).mul(2).index(0).detach_(), {
    name: "RuntimeError",
    message: /^Can't detach views in-place\. Use detach\(\) instead\./,
  });
});
