// Data types: their names, and int64's promise to be exact or to raise.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as torch from "../src/index";

const most = Number.MAX_SAFE_INTEGER;
const long = (...values: number[]) => torch.tensor(values, { dtype: torch.int64 });

test("dtypes print as PyTorch's, and know what they are", () => {
  const all = [torch.float32, torch.float64, torch.int64, torch.int32, torch.uint8, torch.bool];
  assert.deepEqual(all.map(String), [
    "torch.float32",
    "torch.float64",
    "torch.int64",
    "torch.int32",
    "torch.uint8",
    "torch.bool",
  ]);
  assert.deepEqual(
    all.map((d) => d.is_floating_point),
    [true, true, false, false, false, false],
  );
  assert.equal(torch.float64.itemsize, 8);
});

test("int64 is exact up to 2^53 − 1", () => {
  assert.equal(
    long(most - 1)
      .add(1)
      .item(),
    most,
  );
  assert.equal(long(-most).sub(-1).item(), 1 - most);
  assert.equal(long(94906265).square().item(), 94906265 ** 2);
  assert.equal(long(3).pow(33).item(), 5559060566555523);
  assert.equal(
    long(most, 1 - most, -1)
      .sum()
      .item(),
    0,
  );
  assert.equal(String(long(most)), `tensor([${most}])`);
});

test("beyond, every way into int64 raises instead of rounding", () => {
  const ways: (() => unknown)[] = [
    () => long(most).add(1),
    () => long(most).add(long(most)),
    () => long(-most).sub(2),
    () => long(2 ** 30).mul(2 ** 30),
    () => long(2 ** 27).square(),
    () => long(7).pow(40),
    () => long(1).add(1, { alpha: 2 ** 53 }),
    () => long(-(2 ** 52)).add(long(2 ** 40), { alpha: 2 ** 20 }),
    () => long(most, most).sum(),
    () => long(2 ** 27, 2 ** 27).dot(long(2 ** 27, -(2 ** 27))),
    () =>
      long(2 ** 27, 1)
        .unsqueeze(0)
        .mm(long(2 ** 27, 1).unsqueeze(1)),
    () => torch.tensor([1e17]).long(),
    () => torch.tensor([Number.NaN]).long(),
    () => torch.tensor([Number.POSITIVE_INFINITY]).to(torch.int64),
    () => long(0).copy_(torch.tensor([1e17])),
    () => torch.full([1], 2 ** 53, { dtype: torch.int64 }),
    () => torch.zeros(1, { dtype: torch.int64 }).random_(),
    () => torch.arange(2 ** 53, 2 ** 53 + 2),
  ];
  for (const way of ways) {
    let result: unknown = "nothing";
    try {
      result = String(way());
    } catch (error) {
      assert.match((error as Error).name, /^(RuntimeError|ValueError)$/, String(way));
      assert.match((error as Error).message, /2\^53|overflow|cannot be held exactly/, String(way));
      continue;
    }
    assert.fail(`${way} gave ${result}`);
  }
});

test("bigints go in and out as exact numbers, or not at all", () => {
  assert.equal(torch.tensor([9007199254740991n]).item(), most);
  assert.deepEqual(torch.tensor(BigInt64Array.of(1n, -2n)).tolist(), [1, -2]);
  assert.throws(() => torch.tensor([9007199254740993n]), {
    name: "ValueError",
    message: "9007199254740993 cannot be held exactly",
  });
  assert.throws(() => torch.tensor(BigInt64Array.of(2n ** 60n)), { name: "ValueError" });
  assert.throws(() => torch.tensor([2n ** 63n]), { message: "Overflow when unpacking long long" });
});

test("no integer tensor holds −0", () => {
  const zeros = [
    long(0).mul(-1),
    long(0).neg(),
    long(-5).mul(0),
    torch.tensor([-0.4]).long(),
    torch.tensor([-0], { dtype: torch.int64 }),
    long(1).fill_(-0),
    long(0, -1).unsqueeze(0).mm(long(-3, 0).unsqueeze(1)),
    long(-0).sum(),
  ];
  for (const t of zeros) assert.ok(Object.is(t.item(), 0), String(t));
});

test("something else than a dtype is refused everywhere", () => {
  const name = "float32" as never;
  const calls: (() => unknown)[] = [
    () => torch.zeros(2, { dtype: name }),
    () => torch.tensor([1], { dtype: name }),
    () => torch.arange(3, { dtype: name }),
    () => torch.rand(2, { dtype: name }),
    () => torch.full([2], 1, { dtype: name }),
    () => torch.ones(2).sum(0, { dtype: name }),
    () => torch.zeros_like(torch.ones(2), { dtype: name }),
    () => torch.ones(2).to(32 as never),
  ];
  for (const call of calls) {
    assert.throws(call, { name: "TypeError", message: /torch\.dtype/ }, String(call));
  }
});
