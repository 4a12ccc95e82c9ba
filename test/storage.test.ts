// Storages: what shares memory with what, and rows of a data set that are gathered only when read.

import assert from "node:assert/strict";
import { test } from "node:test";
import ndarray from "ndarray";
import { rowGather } from "../src/creation";
import * as torch from "../src/index";
import type { Tensor } from "../src/tensor";

const sameMemory = (a: Tensor, b: Tensor) => a.storage === b.storage;
const counted = () => torch.arange(12).reshape(3, 4);

const views: [string, (x: Tensor) => Tensor, number[], number[]][] = [
  ["t", (x) => x.t(), [4, 3], [1, 4]],
  ["T", (x) => x.T, [4, 3], [1, 4]],
  ["transpose", (x) => x.transpose(0, -1), [4, 3], [1, 4]],
  ["permute", (x) => x.permute(1, 0), [4, 3], [1, 4]],
  ["view", (x) => x.view(2, -1), [2, 6], [6, 1]],
  ["reshape", (x) => x.reshape(-1), [12], [1]],
  ["flatten", (x) => x.flatten(), [12], [1]],
  ["unsqueeze", (x) => x.unsqueeze(1), [3, 1, 4], [4, 4, 1]],
  ["squeeze", (x) => x.unsqueeze(1).squeeze(), [3, 4], [4, 1]],
  ["expand", (x) => x.unsqueeze(0).expand(2, 3, 4), [2, 3, 4], [0, 4, 1]],
  ["a number", (x) => x.index(1), [4], [1]],
  ["a column", (x) => x.index(":", 2), [3], [4]],
  ["a slice", (x) => x.index("1:", "::2"), [2, 2], [4, 2]],
  ["select", (x) => x.select(1, 3), [3], [4]],
  ["narrow", (x) => x.narrow(1, 1, 2), [3, 2], [4, 1]],
  ["as_strided", (x) => x.as_strided([2, 2], [1, 5], 1), [2, 2], [1, 5]],
  ["detach", (x) => x.detach(), [3, 4], [4, 1]],
  ["data", (x) => x.data, [3, 4], [4, 1]],
  ["a whole index", (x) => x.index(":"), [3, 4], [4, 1]],
];

for (const [name, view, shape, strides] of views) {
  test(`${name} is a view: shared memory, PyTorch's strides, changes in both`, () => {
    const x = counted();
    const y = view(x);
    assert.ok(sameMemory(x, y));
    assert.deepEqual([[...y.shape], y.stride()], [shape, strides]);
    const inside = y.index(...y.shape.map(() => 0));
    inside.fill_(-1);
    assert.equal(y.flatten().tolist()?.toString().split(",")[0], "-1");
    assert.ok(x.eq(-1).sum().item() === 1, "the base shows the change");
    x.fill_(7);
    assert.equal(y.ne(7).sum().item(), 0, "the view shows the base's");
    assert.equal(y.contiguous().is_contiguous(), true);
  });
}

const copies: [string, (x: Tensor) => Tensor][] = [
  ["clone", (x) => x.clone()],
  ["a list of rows", (x) => x.index([0, 1])],
  ["a mask", (x) => x.index(x.gt(3))],
  ["index_select", (x) => x.index_select(0, torch.tensor([0, 1]))],
  ["reshape of a transpose", (x) => x.t().reshape(-1)],
  ["contiguous of a transpose", (x) => x.t().contiguous()],
  ["another dtype", (x) => x.double()],
  ["arithmetic", (x) => x.add(0)],
  ["cat", (x) => torch.cat([x])],
  ["torch.tensor", (x) => torch.tensor(x)],
];

for (const [name, copy] of copies) {
  test(`${name} is a copy`, () => {
    const x = counted();
    const y = copy(x);
    assert.ok(!sameMemory(x, y));
    const before = String(y);
    x.fill_(99);
    assert.equal(String(y), before);
    assert.notEqual(x.data_ptr(), y.data_ptr());
  });
}

test("the same dtype and a contiguous tensor cost no copy", () => {
  const x = counted();
  assert.equal(x.to(torch.int64), x);
  assert.equal(x.contiguous(), x);
  assert.equal(x.index(1).data_ptr(), x.data_ptr() + 4 * 8);
});

test("view refuses what would need a copy; reshape makes it", () => {
  assert.throws(() => counted().t().view(12), {
    name: "RuntimeError",
    message: /^view size is not compatible with input tensor's size and stride/,
  });
  assert.deepEqual(counted().t().reshape(12).tolist(), [0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11]);
});

test("ndarrays look into the same memory, both ways", () => {
  const x = counted().index("1:");
  const nd = x.numpy();
  assert.deepEqual([nd.shape, nd.stride, nd.offset], [[2, 4], [4, 1], 4]);
  nd.set(0, 0, 100);
  assert.equal(x.index(0, 0).item(), 100);
  const own = ndarray(Float32Array.of(1, 2, 3, 4, 5, 6), [2, 3]).transpose(1, 0);
  const from = torch.from_numpy(own);
  assert.deepEqual(from.tolist(), [
    [1, 4],
    [2, 5],
    [3, 6],
  ]);
  own.set(0, 0, 9);
  assert.equal(from.index(0, 0).item(), 9);
  from.index(1).fill_(-1);
  assert.equal(own.get(1, 1), -1);
  assert.throws(() => torch.from_numpy([1, 2] as never), {
    name: "TypeError",
    message: "expected np.ndarray (got list)",
  });
});

// Twelve bytes as four rows of a data set.
const source = Uint8Array.from({ length: 12 }, (_, i) => i * 23);
const rows = Int32Array.of(3, 0, 3);
const lazy = () => rowGather({ source, rows, rowShape: [1, 3], divisor: 255 });
const expected = Float32Array.from([9, 10, 11, 0, 1, 2, 9, 10, 11], (i) => (i * 23) / 255);
const isLazy = (t: Tensor) => t.storage.rowGather !== null;

test("gathered rows hold each byte divided, rounded once", () => {
  const all = Uint8Array.from({ length: 256 }, (_, i) => i);
  const x = rowGather({ source: all, rows: Int32Array.of(0), rowShape: [256], divisor: 255 });
  assert.deepEqual(x.tolist(), [[...Float32Array.from(all, (v) => v / 255)]]);
  assert.deepEqual([...lazy().flatten().toTypedArray()], [...expected]);
  assert.equal(String(lazy().dtype), "torch.float32");
});

test("gathered rows stay so through views that keep the rows, and through detach", () => {
  const x = lazy();
  const through = [
    x.reshape(3, 3),
    x.view(-1, 3),
    x.flatten(1),
    x.reshape(3, 3).t(),
    x.detach(),
    x.squeeze(1),
    x.data,
  ];
  for (const y of through) assert.ok(isLazy(y));
  assert.ok(isLazy(x));
  assert.deepEqual([...x.shape], [3, 1, 3]);
  assert.equal(x.numel(), 9);
  assert.equal(x.is_contiguous(), true);
  x.requires_grad_();
  assert.ok(isLazy(x));
});

/** The same but for the last digits: gathered rows are added up in another order. */
function nearly(found: Tensor, wanted: Tensor): void {
  assert.deepEqual([...found.shape], [...wanted.shape]);
  const largest = Math.max(...wanted.toTypedArray().map(Math.abs));
  const off = Math.max(...found.sub(wanted).toTypedArray().map(Math.abs));
  assert.ok(off <= 1e-6 * largest, `off by ${off}`);
}

test("a matrix product reads gathered rows in place", () => {
  const w = torch.arange(6, { dtype: torch.float32 }).reshape(3, 2).div(7);
  const x = lazy().reshape(3, 3);
  const plain = torch.tensor(expected).reshape(3, 3);
  nearly(x.mm(w), plain.mm(w));
  nearly(x.t().mm(w), plain.t().mm(w));
  nearly(x.matmul(w.t().contiguous().t()), plain.mm(w));
  assert.ok(isLazy(x), "still not gathered");
  const leaf = torch.ones(3, 2, { requires_grad: true });
  x.mm(leaf).sum().backward();
  nearly(leaf.grad as Tensor, plain.t().mm(torch.ones(3, 2)));
  assert.ok(isLazy(x));
  const infinite = torch.full([3, 2], Number.POSITIVE_INFINITY);
  assert.deepEqual(x.mm(infinite).tolist(), plain.mm(infinite).tolist(), "0 · ∞ is NaN here too");
});

test("any other use makes gathered rows an ordinary tensor, once and for all its views", () => {
  const uses: ((x: Tensor) => unknown)[] = [
    (x) => x.add(1),
    (x) => x.index(0),
    (x) => x.sum(),
    (x) => x.tolist(),
    (x) => String(x),
    (x) => x.numpy(),
    (x) => x.clone(),
    (x) => x.max(1),
    (x) => x.mul_(2),
    (x) => torch.cat([x, x]),
  ];
  for (const use of uses) {
    const x = lazy();
    const view = x.reshape(3, 3);
    use(x);
    const read = view.sum();
    assert.ok(!isLazy(view) && sameMemory(x, view), String(use));
    assert.ok(Number.isFinite(read.item()));
  }
});

test("changes stay in the gathered tensor; the data set keeps its bytes", () => {
  const x = lazy();
  const view = x.reshape(3, 3);
  x.mul_(0);
  assert.equal(view.abs().sum().item(), 0);
  assert.deepEqual(
    [...source],
    Array.from({ length: 12 }, (_, i) => i * 23),
  );
  assert.deepEqual([...lazy().flatten().toTypedArray()], [...expected]);
});

test("no rows make an empty tensor", () => {
  const none = rowGather({ source, rows: new Int32Array(0), rowShape: [1, 3], divisor: 255 });
  assert.deepEqual([...none.shape], [0, 1, 3]);
  assert.deepEqual(none.tolist(), []);
  assert.deepEqual([...none.reshape(0, 3).mm(torch.ones(3, 2)).shape], [0, 2]);
  assert.equal(none.sum().item(), 0);
});
