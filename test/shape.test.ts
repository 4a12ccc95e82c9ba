// Arithmetic on shapes: broadcasting, strides, dimensions, views.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  broadcastShapes,
  broadcastStrides,
  contiguousStrides,
  inferSize,
  isContiguous,
  normalizeDim,
  normalizeDims,
  numelOf,
  viewStrides,
} from "../src/shape";

const shape = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 });
const run = { seed: 7, numRuns: 300 };

/** All positions that strides reach, in row-major order. */
function places(dims: readonly number[], strides: readonly number[]): number[] {
  return dims.reduce<number[]>(
    (found, n, d) =>
      found.flatMap((at) => Array.from({ length: n }, (_, i) => at + i * strides[d])),
    [0],
  );
}

test("contiguous strides number the elements", () => {
  fc.assert(
    fc.property(shape, (s) => {
      const strides = contiguousStrides(s);
      assert.deepEqual(
        places(s, strides),
        Array.from({ length: numelOf(s) }, (_, i) => i),
      );
      assert.ok(isContiguous(s, strides));
    }),
    run,
  );
  assert.deepEqual(contiguousStrides([2, 0, 3]), [3, 3, 1]);
  assert.equal(numelOf([]), 1);
});

test("broadcasting takes the larger of sizes that are equal or 1", () => {
  const pair = fc.tuple(shape, fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }), fc.nat(4));
  fc.assert(
    fc.property(pair, ([s, ones, drop]) => {
      const other = s.map((n, d) => (ones[d] ? 1 : n)).slice(Math.min(drop, s.length));
      assert.deepEqual(broadcastShapes(s, other), s);
      assert.deepEqual(broadcastShapes(other, s), s);
      const strides = broadcastStrides(other, contiguousStrides(other), s);
      // Each place of the large shape reads the place of the small one that it stands for.
      const full = places(s, strides);
      assert.ok(full.every((at) => at < Math.max(numelOf(other), 1)));
      if (numelOf(s) === numelOf(other))
        assert.deepEqual(full, places(other, contiguousStrides(other)));
    }),
    run,
  );
  assert.deepEqual(broadcastShapes([1, 3], [2, 1]), [2, 3]);
  assert.deepEqual(broadcastShapes([], [2, 0]), [2, 0]);
  assert.deepEqual(broadcastShapes([0], [1]), [0]);
  assert.throws(() => broadcastShapes([2, 3], [3, 2]), {
    name: "RuntimeError",
    message:
      "The size of tensor a (3) must match the size of tensor b (2) at non-singleton dimension 1",
  });
  assert.throws(() => broadcastShapes([0], [2]), { name: "RuntimeError" });
});

test("dimensions count from both ends", () => {
  assert.deepEqual(
    [-2, -1, 0, 1].map((d) => normalizeDim(d, 2, "op")),
    [0, 1, 0, 1],
  );
  assert.deepEqual([normalizeDim(0, 0, "op"), normalizeDim(-1, 0, "op")], [0, 0]);
  assert.throws(() => normalizeDim(2, 2, "op"), {
    name: "IndexError",
    message: "Dimension out of range (expected to be in range of [-2, 1], but got 2)",
  });
  for (const bad of [0.5, Number.NaN, "0", null, true]) {
    assert.throws(() => normalizeDim(bad as number, 2, "sum"), {
      name: "TypeError",
      message: /^sum\(\): argument 'dim' \(position 1\) must be int, not /,
    });
  }
  assert.deepEqual(normalizeDims([1, -2], 2, "op"), [1, 0]);
  assert.throws(() => normalizeDims([0, -2], 2, "op"), {
    name: "RuntimeError",
    message: "dim 0 appears multiple times in the list of dims",
  });
});

test("one size may be left to be found", () => {
  fc.assert(
    fc.property(
      shape.filter((s) => s.length > 0 && numelOf(s) > 0),
      fc.nat(3),
      (s, k) => {
        const asked = s.map((n, d) => (d === k % s.length ? -1 : n));
        assert.deepEqual(inferSize(asked, numelOf(s)), s);
      },
    ),
    run,
  );
  assert.throws(() => inferSize([-1, -1], 4), { message: "only one dimension can be inferred" });
  assert.throws(() => inferSize([-1, 3], 4), {
    message: "shape '[-1, 3]' is invalid for input of size 4",
  });
  assert.throws(() => inferSize([-1, 0], 0), { message: /is ambiguous$/ });
  assert.throws(() => inferSize([-2, 2], 4), { message: /^invalid shape dimension -2/ });
});

test("a view reads the same elements in the same order, or there is none", () => {
  const layout = fc.tuple(
    shape.filter((s) => numelOf(s) <= 48),
    fc.boolean(),
    fc.nat(3),
    shape,
  );
  fc.assert(
    fc.property(layout, ([s, transposed, step, wanted]) => {
      const dense = contiguousStrides(s).map((n) => n * (step + 1));
      const [dims, strides] = transposed ? [[...s].reverse(), [...dense].reverse()] : [s, dense];
      const target = numelOf(wanted) === numelOf(s) ? wanted : [numelOf(s)];
      const found = viewStrides(dims, strides, target);
      if (found !== null) assert.deepEqual(places(target, found), places(dims, strides));
      else assert.ok(transposed || !isContiguous(dims, strides) || step > 0);
    }),
    { seed: 8, numRuns: 1000 },
  );
  assert.deepEqual(viewStrides([3, 4], [1, 3], [4, 3]), null);
  assert.deepEqual(viewStrides([3, 4], [4, 1], [2, 6]), [6, 1]);
  assert.deepEqual(viewStrides([], [], [1, 1]), [1, 1]);
});
