// np.where, and the ndarrays that NumPy's functions give.

import assert from "node:assert/strict";
import { test } from "node:test";
import ndarray, { type NdArray } from "ndarray";
import * as torch from "../src/index";
import { np } from "../src/index";

function values(nd: NdArray): unknown {
  return torch.tensor(nd).tolist();
}

test("where chooses element by element, with tensors, ndarrays and numbers", () => {
  const p = torch.tensor([0.2, 0.8, 0.5]);
  assert.deepEqual(values(np.where(p.gt(0.5), 1, 0)), [0, 1, 0]);
  assert.deepEqual(values(np.where(p.gt(0.4).numpy(), p, -1)), [
    -1,
    ...(p.tolist() as number[]).slice(1),
  ]);
  const nd = ndarray(Float64Array.of(1, 2, 3), [3]);
  assert.deepEqual(values(np.where(torch.tensor([true, false, true]), nd, 9)), [1, 9, 3]);
  assert.deepEqual(values(np.where(torch.tensor([2, 0, -1]), 1.5, nd)), [1.5, 2, 1.5]);
  assert.deepEqual(np.where(true, 5, 6).get(), 5);
});

test("the three broadcast, views keep their order, empty ones work", () => {
  const column = torch.tensor([[true], [false]]);
  assert.deepEqual(values(np.where(column, torch.tensor([1, 2]), 0)), [
    [1, 2],
    [0, 0],
  ]);
  const square = torch.tensor([
    [1, 2],
    [3, 4],
  ]);
  assert.deepEqual(
    values(np.where(square.t().gt(2), square, square.t())),
    [
      [1, 2],
      [2, 4],
    ].map((row, i) =>
      row.map((_, j) =>
        (square.t().tolist() as number[][])[i][j] > 2
          ? (square.tolist() as number[][])[i][j]
          : (square.t().tolist() as number[][])[i][j],
      ),
    ),
  );
  assert.deepEqual(np.where(torch.zeros(0), 1, 2).shape, [0]);
  assert.deepEqual(np.where(torch.zeros(2, 0), 1, 2).shape, [2, 0]);
  assert.throws(() => np.where(torch.ones(2), torch.ones(3), 0), {
    name: "ValueError",
    message: "operands could not be broadcast together with shapes (2,) (3,) () ",
  });
});

test("whole numbers stay whole", () => {
  const mask = torch.tensor([true, false]);
  assert.equal(np.where(mask, 1, 0).dtype, "int64");
  assert.equal(np.where(mask, 1.5, 0).dtype, "float64");
  assert.equal(torch.tensor(np.where(mask, 1, 0)).dtype, torch.int64);
  assert.equal(
    String(torch.tensor(np.where(mask, 1, 0), { dtype: torch.float32 })),
    "tensor([1., 0.])",
  );
});

test("what is no array is refused, and so is a tensor in a graph", () => {
  for (const bad of [null, undefined, "1", {}, [1, 2]]) {
    assert.throws(() => np.where(bad as never, 1, 0), { name: "TypeError" }, String(bad));
  }
  assert.throws(() => np.where(true, torch.ones(1, { requires_grad: true }), 0), {
    name: "RuntimeError",
    message: /^Can't call numpy\(\) on Tensor that requires grad/,
  });
});

test("an ndarray of a tensor names the torch dtype", () => {
  const names = [
    torch.float32,
    torch.float64,
    torch.int64,
    torch.int32,
    torch.uint8,
    torch.bool,
  ].map((dtype) => torch.zeros(2, { dtype }).numpy().dtype as string);
  assert.deepEqual(names, ["float32", "float64", "int64", "int32", "uint8", "bool"]);
  for (const dtype of [torch.int64, torch.bool]) {
    assert.equal(torch.tensor(torch.ones(2, { dtype }).numpy()).dtype, dtype);
  }
});
