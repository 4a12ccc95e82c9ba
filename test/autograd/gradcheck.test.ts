// gradcheck finds wrong gradients and says where.

import assert from "node:assert/strict";
import { test } from "node:test";
import { record } from "../../src/autograd/record";
import * as torch from "../../src/index";
import type { Tensor } from "../../src/tensor";

const { gradcheck, gradgradcheck, GradcheckError } = torch.autograd;

function leaf(...values: number[]): Tensor {
  return torch.tensor(values, { dtype: torch.float64, requires_grad: true });
}

test("right gradients pass, of several inputs and outputs", () => {
  const f = (a: Tensor, b: Tensor) => [a.mul(b).exp(), a.sum(), b.detach()];
  assert.equal(gradcheck(f, [leaf(1, 2), leaf(0.5, -1)]), true);
  assert.equal(
    gradgradcheck((a: Tensor, b: Tensor) => [a.mul(b).exp()], [leaf(1, 2), leaf(3, 4)]),
    true,
  );
  assert.equal(
    gradcheck((a: Tensor) => a.square(), leaf(1)),
    true,
  );
});

test("a wrong gradient raises with both Jacobians, as PyTorch prints them", () => {
  const wrong = (a: Tensor) => a.mul(2).add(a.detach());
  assert.throws(
    () => gradcheck(wrong, leaf(1, 2)),
    (error: Error) => {
      assert.ok(error instanceof GradcheckError);
      assert.ok(error instanceof torch.RuntimeError);
      assert.equal(error.name, "GradcheckError");
      assert.equal(
        error.message,
        "Jacobian mismatch for output 0 with respect to input 0,\nnumerical:tensor([[3.0000, 0.0000],\n        [0.0000, 3.0000]], dtype=torch.float64)\nanalytical:tensor([[2., 0.],\n        [0., 2.]], dtype=torch.float64)\n",
      );
      return true;
    },
  );
  assert.equal(gradcheck(wrong, leaf(1, 2), { raise_exception: false }), false);
  assert.equal(gradcheck(wrong, leaf(1, 2), { atol: 2 }), true);
});

test("a gradient that is right once and wrong when differentiated again is found", () => {
  const cube = (a: Tensor) =>
    record(
      "CubeBackward0",
      [a],
      a.detach().pow(3),
      (grad, [x]) => [grad.mul(x.detach().square().mul(3))],
      [a],
    );
  assert.equal(gradcheck(cube, leaf(1, 2)), true);
  assert.throws(() => gradgradcheck(cube, leaf(1, 2)), { name: "GradcheckError" });
});

test("gradients that are not those of a function are named", () => {
  const constant = (a: Tensor) =>
    record("ConstantBackward0", [a], a.detach().clone(), () => [torch.ones(2).double()]);
  assert.throws(() => gradcheck(constant, leaf(1, 2)), { name: "GradcheckError" });
  let calls = 0;
  const unsteady = (a: Tensor) =>
    record("UnsteadyBackward0", [a], a.detach().clone(), (grad) => [
      grad.mul(calls++ < 2 ? 1 : 1.0000001),
    ]);
  assert.throws(() => gradcheck(unsteady, leaf(1, 2)), {
    message: /^Backward is not reentrant, i\.e\., running backward with same input/,
  });
  calls = 0;
  assert.equal(gradcheck(unsteady, leaf(1, 2), { nondet_tol: 1e-6 }), true);
  assert.throws(() => gradcheck((a: Tensor) => a.detach().mul(2), leaf(1)), {
    message: "Numerical gradient for function expected to be zero",
  });
  assert.equal(
    gradcheck((a: Tensor) => a.detach().mul(0), leaf(1)),
    true,
  );
});

test("inputs are checked: some must require grad, none may repeat elements", () => {
  assert.throws(() => gradcheck((a: Tensor) => a, torch.ones(2).double()), {
    name: "ValueError",
    message:
      "gradcheck expects at least one input tensor to require gradient, but none of them have requires_grad=True.",
  });
  const repeated = torch.ones(1).double().expand(3).detach().requires_grad_();
  assert.throws(() => gradcheck((a: Tensor) => a.exp(), repeated), {
    name: "RuntimeError",
    message: /^The 0th input has a dimension with stride 0\. gradcheck only supports inputs/,
  });
  assert.throws(() => gradcheck(() => 3 as never, leaf(1)), { name: "TypeError" });
  assert.throws(() => gradcheck((a: Tensor) => (a.item() > 1 ? a : torch.stack([a, a])), leaf(1)), {
    name: "RuntimeError",
    message: /^Expected `func` to return outputs with the same shape when inputs are perturbed/,
  });
});

test("inputs keep their values, also when the function throws", () => {
  const x = leaf(1, 2);
  gradcheck((a: Tensor) => a.exp(), x);
  assert.throws(() =>
    gradcheck((a: Tensor) => {
      if (a.tolist().toString() !== "1,2") throw new Error("moved");
      return a.exp();
    }, x),
  );
  assert.deepEqual(x.tolist(), [1, 2]);
});

test("views are checked in their own layout; empty tensors pass", () => {
  const x = torch.arange(12, { dtype: torch.float64 }).reshape(3, 4).t().index("1:", "::2");
  assert.equal(
    gradcheck((a: Tensor) => a.square().sum(0), x.detach().requires_grad_()),
    true,
  );
  assert.equal(
    gradcheck((a: Tensor) => a.exp(), leaf()),
    true,
  );
});

test("gradgradcheck starts from given gradients, or draws them", () => {
  const start = torch.tensor([1, -2], { dtype: torch.float64, requires_grad: true });
  assert.equal(
    gradgradcheck((a: Tensor) => a.exp(), leaf(1, 2), { grad_outputs: start }),
    true,
  );
  torch.manual_seed(3);
  gradgradcheck((a: Tensor) => a.exp(), leaf(1, 2));
  const after = torch.rand(1).item();
  torch.manual_seed(3);
  torch.empty(2, { dtype: torch.float64 }).uniform_(-1, 1);
  assert.equal(torch.rand(1).item(), after);
});
