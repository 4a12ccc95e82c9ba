// The number loops against the plainest way to compute the same, over all dtypes and layouts.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  allocate,
  type DType,
  dtypes,
  float32,
  float64,
  int32,
  int64,
  uint8,
} from "../../src/dtype";
import { readDense, toDense, writeDense } from "../../src/kernels/cast";
import {
  binaryLoop,
  runBinary,
  runSelect,
  runUnary,
  unaryLoop,
} from "../../src/kernels/elementwise";
import { extremesAlong } from "../../src/kernels/extremum";
import { multiply } from "../../src/kernels/matmul";
import { addAt, putAt, takeAt } from "../../src/kernels/positions";
import { sumExactly, sumView } from "../../src/kernels/sum";
import { forEachRow, type View, wholeView } from "../../src/kernels/view";
import { broadcastShapes, numelOf } from "../../src/shape";

const runs = { seed: 11, numRuns: 200 };
const anyDType = fc.constantFrom(...dtypes);
const shape = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 });

/** A view with gaps, an offset and its dimensions in some order, filled with small whole numbers. */
function viewOf(
  dtype: DType,
  dims: readonly number[],
  step: number,
  order: readonly number[],
): View {
  const strides = new Array<number>(dims.length).fill(0);
  let next = step;
  for (const d of order) {
    strides[d] = next;
    next *= Math.max(dims[d], 1);
  }
  const array = allocate(dtype, next + 3);
  for (let i = 0; i < array.length; i++) array[i] = ((i * 7) % 11) - (dtype === uint8 ? 0 : 5);
  if (dtype.category === "bool")
    for (let i = 0; i < array.length; i++) array[i] = i % 3 === 0 ? 1 : 0;
  return { array, dims, strides, offset: 2, dtype };
}

const view = fc
  .tuple(anyDType, shape, fc.integer({ min: 1, max: 3 }))
  .chain(([dtype, dims, step]) =>
    fc
      .shuffledSubarray(
        dims.map((_, d) => d),
        { minLength: dims.length },
      )
      .map((order) => viewOf(dtype, dims, step, order)),
  );

/** The elements one by one, in row-major order. */
function elements(v: View): number[] {
  const walk = (d: number, at: number): number[] =>
    d === v.dims.length
      ? [v.array[at]]
      : Array.from({ length: v.dims[d] }, (_, i) => walk(d + 1, at + i * v.strides[d])).flat();
  return walk(0, v.offset);
}

test("rows of a view, and its elements in row-major order", () => {
  fc.assert(
    fc.property(view, (v) => {
      const seen: number[] = [];
      forEachRow(v, (start, step, count) => {
        for (let k = 0; k < count; k++) seen.push(v.array[start + k * step]);
      });
      assert.deepEqual(seen, elements(v));
      assert.deepEqual([...toDense(v)], elements(v));
      assert.deepEqual([...readDense(v)], elements(v));
    }),
    runs,
  );
});

test("casts convert each element, and writing puts each where the view has it", () => {
  fc.assert(
    fc.property(view, anyDType, (v, to) => {
      const expected = elements(v).map((x) => (to.category === "bool" ? Number(x !== 0) : x));
      const wrapped = to === uint8 ? expected.map((x) => x & 255) : expected;
      assert.deepEqual([...toDense(v, to)], wrapped);
      const target = { ...v, array: v.array.slice() };
      const values = Float64Array.from(elements(v), (_, i) => i % 2);
      writeDense(target, values, float64);
      assert.deepEqual(elements(target), [...values]);
      const touched = numelOf(v.dims);
      const changed = [...target.array].filter((x, i) => x !== v.array[i]).length;
      assert.ok(changed <= touched, "nothing beside the view is written");
    }),
    runs,
  );
});

test("element-wise loops broadcast", () => {
  const f = (x: number, y: number) => 2 * x + y;
  const pair = fc.tuple(view, fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }), fc.nat(4));
  fc.assert(
    fc.property(pair, ([v, ones, drop]) => {
      const a = { ...v, array: Float64Array.from(v.array), dtype: float64 };
      const dims = v.dims.map((n, d) => (ones[d] ? 1 : n)).slice(Math.min(drop, v.dims.length));
      const b = viewOf(
        float64,
        dims,
        1,
        dims.map((_, d) => d),
      );
      const result = broadcastShapes(a.dims, b.dims);
      const wide = (x: View) =>
        elements({
          ...x,
          dims: result,
          strides: result.map((_n, d) => {
            const own = d - (result.length - x.dims.length);
            return own < 0 || x.dims[own] === 1 ? 0 : x.strides[own];
          }),
        });
      const [x, y] = [wide(a), wide(b)];
      const found = runBinary(binaryLoop(f), a, b, result, float64);
      assert.deepEqual(
        [...found],
        x.map((xi, i) => f(xi, y[i])),
      );
      assert.deepEqual(
        [
          ...runUnary(
            unaryLoop((xi) => xi + 1),
            a,
            float64,
          ),
        ],
        elements(a).map((xi) => xi + 1),
      );
      const chosen = runSelect(a, a, b, result, float64);
      assert.deepEqual(
        [...chosen],
        x.map((xi, i) => (xi !== 0 ? xi : y[i])),
      );
    }),
    runs,
  );
});

test("extremes and their first places, along every dimension", () => {
  const nonEmpty = view.filter((v) => v.dims.length > 0 && numelOf(v.dims) > 0);
  fc.assert(
    fc.property(
      nonEmpty,
      fc.nat(3),
      fc.constantFrom("max" as const, "min" as const),
      (v, k, which) => {
        const dim = k % v.dims.length;
        const { values, indices } = extremesAlong(v, dim, which);
        const order = v.dims.map((_, d) => d).filter((d) => d !== dim);
        const moved: View = {
          ...v,
          dims: [...order.map((d) => v.dims[d]), v.dims[dim]],
          strides: [...order.map((d) => v.strides[d]), v.strides[dim]],
        };
        const all = elements(moved);
        const n = v.dims[dim];
        const expected = Array.from({ length: all.length / n }, (_, i) => {
          const row = all.slice(i * n, (i + 1) * n);
          const best = which === "max" ? Math.max(...row) : Math.min(...row);
          return [best, row.indexOf(best)];
        });
        assert.deepEqual(
          [...values],
          expected.map(([x]) => x),
        );
        assert.deepEqual(
          [...indices],
          expected.map(([, i]) => i),
        );
      },
    ),
    runs,
  );
});

test("sums of whole numbers are exact for every layout and choice of dimensions", () => {
  fc.assert(
    fc.property(view, fc.subarray([0, 1, 2, 3]), (v, dims) => {
      const reduced = dims.filter((d) => d < v.dims.length);
      const to = v.dtype.is_floating_point ? v.dtype : int64;
      const wide = { ...v, array: to === int64 ? Float64Array.from(v.array) : v.array, dtype: to };
      const found = [...sumView(wide, reduced, to)];
      assert.deepEqual(found, [
        ...sumExactly({ ...v, array: Float64Array.from(v.array) }, reduced),
      ]);
      const total = elements(v).reduce((s, x) => s + x, 0);
      assert.equal(
        found.reduce((s, x) => s + x, 0),
        total,
      );
    }),
    runs,
  );
});

test("long float32 sums stay close to the exact one", () => {
  for (const n of [1, 7, 8, 31, 1000, 32768, 32769, 100_003]) {
    const data = Float32Array.from({ length: n }, (_, i) => Math.fround(Math.sin(i) + 0.5));
    const exact = data.reduce((s, x) => s + x, 0);
    const [found] = sumView(wholeView(data, [n], float32), [0], float32);
    assert.ok(Math.abs(found - exact) <= 1e-6 * n, `${n}: ${found} and ${exact}`);
  }
});

test("matrix products of every dtype and layout", () => {
  const sizes = fc.tuple(fc.nat(7), fc.nat(7), fc.nat(12));
  const kinds = fc.constantFrom(float32, float64, int64, int32, uint8);
  fc.assert(
    fc.property(
      sizes,
      kinds,
      fc.boolean(),
      fc.boolean(),
      fc.integer({ min: 1, max: 2 }),
      ([n, k, m], dtype, ta, tb, step) => {
        const a = viewOf(dtype, [n, k], step, ta ? [0, 1] : [1, 0]);
        const b = viewOf(dtype, [k, m], step, tb ? [0, 1] : [1, 0]);
        const [x, y] = [elements(a), elements(b)];
        const expected = Array.from({ length: n * m }, (_, at) => {
          const [i, j] = [Math.floor(at / m), at % m];
          let sum = 0;
          for (let l = 0; l < k; l++) sum += x[i * k + l] * y[l * m + j];
          return dtype === uint8 ? sum & 255 : sum;
        });
        assert.deepEqual([...multiply(a, b, dtype)], expected);
      },
    ),
    runs,
  );
});

test("float32 products round after every fused step", () => {
  const a = Float32Array.of(1, 2 ** -24, 2 ** -24, 1);
  const ones = new Float32Array(4).fill(1);
  const product = multiply(
    wholeView(a, [1, 4], float32),
    wholeView(ones, [4, 1], float32),
    float32,
  );
  assert.deepEqual([...product], [2], "1 + 2^−24 rounds to 1, twice");
});

test("positions: taken, added up, put; −1 lies outside", () => {
  const source = Float64Array.of(10, 20, 30);
  const at = Int32Array.of(2, -1, 0, 0);
  assert.deepEqual([...takeAt(source, at, float64)], [30, 0, 10, 10]);
  assert.deepEqual([...addAt(3, at, Float64Array.of(1, 2, 3, 4), float64)], [7, 0, 1]);
  assert.deepEqual([...putAt(source, at, Float64Array.of(1, 2, 3, 4), "replace")], [4, 20, 1]);
  assert.deepEqual([...putAt(source, at, Float64Array.of(1, 2, 3, 4), "add")], [17, 20, 31]);
  assert.deepEqual([...source], [10, 20, 30], "the source is not changed");
});
