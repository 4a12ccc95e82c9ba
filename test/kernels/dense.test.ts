// The compiled loops over large arrays, beside the plain ones and beside exact results.

import assert from "node:assert/strict";
import { test } from "node:test";
import { float32 } from "../../src/dtype";
import {
  denseKernels,
  fewColumnSums,
  large,
  largeBinary,
  largeRowSum,
  largeUnary,
  shortRowSums,
} from "../../src/kernels/dense";
import { arithmetic, runBinary } from "../../src/kernels/elementwise";
import { multiply } from "../../src/kernels/matmul";
import { largeProduct } from "../../src/kernels/product";
import { sumView } from "../../src/kernels/sum";
import { wholeView } from "../../src/kernels/view";
import { numelOf } from "../../src/shape";

const compiledRuns = process.env.LAB_KERNELS !== "js";
const isSkipped = !compiledRuns && "LAB_KERNELS=js";

/** Floats that look random and are the same each time. */
function floats(n: number, scale = 1): Float32Array {
  let state = 1;
  return Float32Array.from({ length: n }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return scale * (state / 2 ** 31 - 1);
  });
}

/** Floats of every bit pattern. */
function patterns(n: number): Float32Array {
  return new Float32Array(
    Int32Array.from({ length: n }, (_, i) => Math.imul(i, 0x9e3779b1)).buffer,
  );
}

const view = (array: Float32Array, ...dims: number[]) => wholeView(array, dims, float32);
const whole = (array: Float32Array) => ({ array, start: 0, step: 1 }) as const;

test("the compiled loops run on this machine unless LAB_KERNELS=js", () => {
  assert.equal(denseKernels() !== null, compiledRuns);
});

/** The distance in units of the last place of the exact result. */
function ulps(got: number, exact: number): number {
  if (Object.is(got, Math.fround(exact))) return 0;
  const power = 2 ** Math.max(Math.floor(Math.log2(Math.abs(exact))), -126);
  return Math.abs(got - exact) / (power * 2 ** -23);
}

for (const [name, f] of [["exp", Math.exp] as const, ["log", Math.log] as const]) {
  test(`large ${name}: below one ulp from the exact value, for every kind of float`, (t) => {
    if (isSkipped) return t.skip(isSkipped);
    const edges = [0, -0, 1, Infinity, -Infinity, NaN, 1e-45, 1e-39, 88.72, 88.73, -87.5, -103.97];
    const mixed = [patterns(1 << 18), floats(1 << 17, 2), floats(1 << 17, 100)];
    for (const input of mixed) input.set(edges);
    // What goes the short way, and nothing else.
    const usual = [
      floats(1 << 18, 86.9),
      floats(1 << 18, 43).map(Math.exp),
      floats(1 << 18).map((x) => 1 + x / 2),
    ];
    for (const input of [...mixed, ...usual]) {
      const out = new Float32Array(input.length);
      assert.ok(largeUnary(name, out, input, 0));
      let worst = 0;
      for (let i = 0; i < input.length; i++) {
        const exact = f(input[i]);
        const wanted = Math.fround(exact);
        if (Number.isFinite(wanted)) worst = Math.max(worst, ulps(out[i], exact));
        else assert.ok(Object.is(out[i], wanted), `${name}(${input[i]}) = ${out[i]}`);
      }
      assert.ok(worst < 1, `${worst} ulp`);
    }
  });
}

for (const name of ["exp", "log"] as const) {
  test(`large ${name}: what an earlier array left behind does not decide the last bits`, (t) => {
    if (isSkipped) return t.skip(isSkipped);
    const n = 2051; // a single piece: a second one would find the first behind it
    const input = floats(n + 64).map((x) => 1 + x / 2);
    const after = (left: number, start: number) => {
      const longer = new Float32Array(n + 5);
      assert.ok(largeUnary(name, longer, longer.fill(left), 0));
      const out = new Float32Array(n);
      assert.ok(largeUnary(name, out, input, start));
      return out;
    };
    for (let start = 0; start < 64; start++) {
      for (const left of [Number.NaN, 200, -1]) {
        assert.deepEqual(after(left, start), after(1, start), `${left} behind ${start}`);
      }
    }
  });
}

test("large arithmetic has the plain loops' bits, with repeated operands and tails", (t) => {
  if (isSkipped) return t.skip(isSkipped);
  for (const n of [large, large + 1, 3 * large - 5]) {
    const [a, b] = [patterns(n), patterns(2 * n).subarray(n)];
    for (const name of ["add", "sub", "mul", "div"] as const) {
      const plain = new Float32Array(n);
      arithmetic[name](plain, 0, a, 0, 1, b, 0, 1, n);
      const out = new Float32Array(n);
      assert.ok(largeBinary(name, out, whole(a), whole(b)));
      assert.deepEqual(out, plain);
      assert.deepEqual(runBinary(arithmetic[name], view(a, n), view(b, n), [n], float32), plain);
      arithmetic[name](plain, 0, a, 0, 1, b, 7, 0, n);
      assert.ok(largeBinary(name, out, whole(a), { array: b, start: 7, step: 0 }));
      assert.deepEqual(out, plain);
    }
  }
});

/** Shapes, and for each of two operands which dimensions it repeats; "t" swaps the last two. */
const planes = [
  { shape: [256, 10], a: "..", b: ".1" },
  { shape: [256, 10], a: "1.", b: ".." },
  { shape: [256, 10], a: ".1", b: "1." },
  { shape: [256, 10], a: "t", b: ".1" },
  { shape: [4099, 1], a: "..", b: "t" },
  { shape: [3, 4096], a: "1.", b: ".." },
  { shape: [3, 4097], a: "1.", b: ".." },
  { shape: [5, 40, 13], a: ".1.", b: "..1" },
  { shape: [5, 40, 13], a: "1..", b: "..." },
  { shape: [5, 40, 13], a: "t", b: "11." },
  { shape: [1, 900, 7], a: "..1", b: "1.." },
] as const;

test("planes of repeated and transposed rows have the plain loops' bits", () => {
  const operand = (given: string, shape: readonly number[], from: number) => {
    const rank = shape.length;
    const dims = given === "t" ? [...shape] : shape.map((n, d) => (given[d] === "1" ? 1 : n));
    if (given === "t") [dims[rank - 2], dims[rank - 1]] = [dims[rank - 1], dims[rank - 2]];
    const n = numelOf(dims);
    const v = wholeView(patterns(from + n), dims, float32);
    const strides = [...v.strides];
    if (given === "t")
      [strides[rank - 2], strides[rank - 1]] = [strides[rank - 1], strides[rank - 2]];
    return { ...v, dims: given === "t" ? shape : dims, strides, offset: from };
  };
  for (const { shape, a, b } of planes) {
    const [x, y] = [operand(a, shape, 3), operand(b, shape, 1000)];
    const at = (v: typeof x, i: number) => {
      let [rest, place] = [i, v.offset];
      for (let d = shape.length - 1; d >= 0; d--) {
        if (v.dims[d] !== 1) place += (rest % shape[d]) * v.strides[d];
        rest = Math.floor(rest / shape[d]);
      }
      return v.array[place];
    };
    const n = numelOf(shape);
    const wanted = {
      add: Float32Array.from({ length: n }, (_, i) => at(x, i) + at(y, i)),
      sub: Float32Array.from({ length: n }, (_, i) => at(x, i) - at(y, i)),
      mul: Float32Array.from({ length: n }, (_, i) => at(x, i) * at(y, i)),
      div: Float32Array.from({ length: n }, (_, i) => at(x, i) / at(y, i)),
    };
    for (const name of ["add", "sub", "mul", "div"] as const) {
      const got = runBinary(arithmetic[name], x, y, shape, float32);
      assert.deepEqual(got, wanted[name], `${name} of ${a} and ${b} in [${shape}]`);
    }
  }
});

test("what is small stays with the plain loops", () => {
  const small = new Float32Array(large - 1);
  assert.equal(largeBinary("add", small, whole(small), whole(small)), false);
  assert.equal(largeUnary("exp", small, small, 0), false);
  assert.equal(largeRowSum(small, 0, Math.floor(small.length / 32), 4), null);
  assert.equal(largeProduct(view(floats(2500), 50, 50), view(floats(2500), 50, 50)), null);
});

/** The order of additions written out plainly: four levels, 32 columns, eight lanes. */
function plainSum(a: Float32Array): number {
  const levels = Array.from({ length: 4 }, () => new Float32Array(32));
  const rows = a.length >> 5;
  const power = Math.max(4, Math.floor((32 - Math.clz32(rows - 1)) / 4));
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < 32; k++) levels[0][k] += a[i * 32 + k];
    for (let level = 1; level < 4 && (i + 1) % 2 ** (level * power) === 0; level++) {
      for (let k = 0; k < 32; k++) levels[level][k] += levels[level - 1][k];
      levels[level - 1].fill(0);
    }
  }
  const lanes = new Float32Array(8);
  for (let level = 1; level < 4; level++) {
    for (let k = 0; k < 32; k++) levels[0][k] += levels[level][k];
  }
  lanes.set(levels[0].subarray(0, 8));
  for (let i = rows * 32; i + 8 <= a.length; i += 8) {
    for (let l = 0; l < 8; l++) lanes[l] += a[i + l];
  }
  for (let s = 1; s < 4; s++) for (let l = 0; l < 8; l++) lanes[l] += levels[0][s * 8 + l];
  let sum = 0;
  for (let i = a.length - (a.length % 8); i < a.length; i++) sum = Math.fround(sum + a[i]);
  for (const lane of lanes) sum = Math.fround(sum + lane);
  return sum;
}

test("long sums keep PyTorch's order of additions, to the last bit", () => {
  // Up to 32768 elements are one part; beyond, one for each of two threads.
  for (const n of [large, large + 13, 16384, 32763, 32768]) {
    const a = floats(n, 3);
    assert.equal(sumView(view(a, n), [0], float32)[0], plainSum(a), `${n}`);
  }
  for (const n of [32769, 100_003, 300_001]) {
    const a = floats(n, 3);
    const half = Math.ceil(n / 2);
    const parts = [a.subarray(0, half), a.subarray(half)].map(plainSum);
    assert.equal(sumView(view(a, n), [0], float32)[0], Math.fround(parts[0] + parts[1]), `${n}`);
  }
});

test("short sums along rows and columns are the same compiled and plain, to the last bit", () => {
  // The same numbers in a wider matrix lie apart, and go through the plain loops.
  for (const [rows, columns] of [
    [256, 10],
    [37, 8],
    [131, 31],
    [511, 8],
    [301, 13],
    [19, 15],
    [64, 17],
    [4, 100],
  ]) {
    for (const odd of [0, Number.NaN, Number.POSITIVE_INFINITY, 3e38]) {
      const a = floats(rows * columns, 3);
      a[columns * 3 + 2] = odd;
      const apart = new Float32Array(rows * (columns + 1)).fill(7);
      for (let r = 0; r < rows; r++) {
        apart.set(a.subarray(r * columns, (r + 1) * columns), r * (columns + 1));
      }
      const wide = { ...view(apart, rows, columns), strides: [columns + 1, 1] };
      for (const dim of [0, 1]) {
        const [got, want] = [view(a, rows, columns), wide].map((v) => sumView(v, [dim], float32));
        assert.deepEqual(got, want, `[${rows}, ${columns}] along ${dim} with ${odd}`);
      }
    }
  }
  if (isSkipped) return;
  assert.ok(shortRowSums(floats(2560), 0, 256, 10) !== null);
  assert.ok(fewColumnSums(floats(2560), 0, 256, 10) !== null);
  assert.equal(shortRowSums(floats(5120), 0, 512, 10), null);
  assert.equal(fewColumnSums(floats(5120), 0, 512, 10), null);
});

/** The largest error against products in double, relative to the sum of the terms' sizes. */
function productError(a: Float32Array, b: Float32Array, got: Float32Array, dims: number[]): number {
  const [n, k, m] = dims;
  let worst = 0;
  for (let i = 0; i < n; i += Math.ceil(n / 40)) {
    for (let j = 0; j < m; j++) {
      let [exact, size] = [0, 0];
      for (let l = 0; l < k; l++) {
        const term = a[i * k + l] * b[l * m + j];
        exact += term;
        size += Math.abs(term);
      }
      worst = Math.max(worst, Math.abs(got[i * m + j] - exact) / size);
    }
  }
  return worst;
}

test("large products of any shape, also in blocks", (t) => {
  if (isSkipped) return t.skip(isSkipped);
  const shapes = [
    [64, 64, 64],
    [61, 67, 71],
    [1, 20000, 8],
    [3, 9001, 5],
    [4100, 300, 11],
    [9, 300, 4001],
  ];
  for (const dims of shapes) {
    const [n, k, m] = dims;
    const [a, b] = [floats(n * k), floats(k * m)];
    const found = largeProduct(view(a, n, k), view(b, k, m));
    assert.ok(found !== null, `${dims}`);
    assert.ok(productError(a, b, found, dims) < 1e-6, `${dims}`);
    const turned = { ...view(new Float32Array(m * k), k, m), strides: [1, k] };
    for (let l = 0; l < k; l++) {
      for (let j = 0; j < m; j++) turned.array[j * k + l] = b[l * m + j];
    }
    assert.deepEqual(multiply(view(a, n, k), turned, float32), found, "whatever the layout");
  }
});

test("NaN and infinities go through a large product, and touch their row and column only", () => {
  const [a, b] = [floats(64 * 64), floats(64 * 64)];
  a[5 * 64 + 3] = Infinity;
  b[9 * 64 + 7] = NaN;
  const found = multiply(view(a, 64, 64), view(b, 64, 64), float32);
  const odd = [...found].flatMap((x, at) => (Number.isFinite(x) ? [] : [at]));
  const expected = Array.from({ length: 64 * 64 }, (_, at) => at).filter(
    (at) => Math.floor(at / 64) === 5 || at % 64 === 7,
  );
  assert.deepEqual(odd, expected);
});
