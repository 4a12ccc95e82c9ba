// The compiled products: built from their source, and equal to the plain ones on every shape.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { float32 } from "../../src/dtype";
import { residentAddress, residentBytes, rowKernels } from "../../src/kernels/resident";
import { rowsTimes, rowsTransposedTimes } from "../../src/kernels/rows";
import { wholeView } from "../../src/kernels/view";

const folder = join(__dirname, "..", "..", "src", "kernels", "wasm");
const compiledRuns = process.env.LAB_KERNELS !== "js";

test("each committed .wasm is what its source compiles to", () => {
  // A process of its own: tsx would take half a minute to read the compiler.
  const env = { ...process.env, NODE_OPTIONS: "" };
  const built = spawnSync(process.execPath, [join(folder, "build.mjs"), "--check"], { env });
  assert.equal(built.status, 0, String(built.stderr));
});

test("the compiled kernels run on this machine unless LAB_KERNELS=js", () => {
  assert.equal(rowKernels() !== null, compiledRuns);
});

/** One data set, once where the compiled kernels read it and once elsewhere. */
function twice(values: readonly number[]) {
  const resident = residentBytes(values.length);
  resident.set(values);
  const plain = Uint8Array.from(values);
  assert.equal(residentAddress(resident) !== null, compiledRuns);
  assert.equal(residentAddress(plain), null);
  return [resident, plain];
}

const problem = fc
  .record({
    n: fc.integer({ min: 1, max: 9 }),
    rowSize: fc.integer({ min: 1, max: 70 }),
    columns: fc.integer({ min: 1, max: 12 }),
  })
  .chain(({ n, rowSize, columns }) =>
    fc.record({
      rowSize: fc.constant(rowSize),
      columns: fc.constant(columns),
      // Mostly zeros, as pictures are: whole groups of four are skipped.
      pixels: fc.array(
        fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 0, max: 255 })),
        {
          minLength: n * rowSize,
          maxLength: n * rowSize,
        },
      ),
      rows: fc.array(fc.integer({ min: 0, max: n - 1 }), { minLength: 1, maxLength: 40 }),
      numbers: fc.infiniteStream(
        fc.oneof(
          { weight: 40, arbitrary: fc.float({ min: -4, max: 4, noNaN: true }) },
          fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY),
        ),
      ),
    }),
  );

function near(got: Float32Array, want: Float32Array, scale: number): void {
  assert.equal(got.length, want.length);
  got.forEach((x, i) => {
    const y = want[i];
    const same = Object.is(x, y) || x === y || (Number.isNaN(x) && Number.isNaN(y));
    assert.ok(same || Math.abs(x - y) <= 1e-5 * scale, `element ${i}: ${x}, wanted ${y}`);
  });
}

const take = (stream: Iterable<number>, n: number) => {
  const out = new Float32Array(n);
  let i = 0;
  for (const x of stream) {
    if (i >= n) break;
    out[i++] = x;
  }
  return out;
};

test("X · W and Xᵀ · G are the same on both paths, with NaN and infinities too", () => {
  fc.assert(
    fc.property(problem, ({ rowSize, columns, pixels, rows, numbers }) => {
      const [resident, plain] = twice(pixels);
      const list = Int32Array.from(rows);
      const w = wholeView(take(numbers, rowSize * columns), [rowSize, columns], float32);
      const g = wholeView(take(numbers, rows.length * columns), [rows.length, columns], float32);
      const gather = (source: Uint8Array) => ({ source, rows: list, rowSize, divisor: 255 });
      near(rowsTimes(gather(resident), w), rowsTimes(gather(plain), w), 4 * rowSize);
      near(
        rowsTransposedTimes(gather(resident), g),
        rowsTransposedTimes(gather(plain), g),
        4 * rows.length,
      );
    }),
    { seed: 7, numRuns: 40 },
  );
});

test("what an earlier product left behind does not enter the next one, with an odd number of rows", () => {
  const rowSize = 17;
  const [resident, plain] = twice(Array.from({ length: 6 * rowSize }, (_, i) => 1 + (i % 250)));
  const gradient = (source: Uint8Array, count: number) => {
    const rows = Int32Array.from({ length: count }, (_, i) => i);
    const g = Float32Array.from({ length: count * 5 }, (_, i) => 0.7 + i / 8);
    const view = wholeView(g, [count, 5], float32);
    return rowsTransposedTimes({ source, rows, rowSize, divisor: 255 }, view);
  };
  // The fourth row of G, and numbers where the list of six rows has its last one.
  for (const [before, count] of [
    [4, 3],
    [2, 5],
  ]) {
    gradient(resident, before);
    near(gradient(resident, count), gradient(plain, count), 4 * count);
  }
});
