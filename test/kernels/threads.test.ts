// Products that several threads share: the same bits as by one, and no thread that outstays its use.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { after, test } from "node:test";
import { float32 } from "../../src/dtype";
import { residentBytes } from "../../src/kernels/resident";
import { rowsTimes, rowsTransposedTimes } from "../../src/kernels/rows";
import { setThreadCount, threadCount } from "../../src/kernels/threads";
import { wholeView } from "../../src/kernels/view";

const source = join(__dirname, "..", "..", "src");
const before = threadCount();
after(() => setThreadCount(before));

/** Bytes and floats that look random and are the same on every run. */
function* stream(seed: number): Generator<number> {
  for (let x = seed; ; ) {
    x = (Math.imul(x, 1664525) + 1013904223) >>> 0;
    yield x >>> 8;
  }
}

const numbers = stream(7);
const next = () => numbers.next().value as number;

/** A data set of 400 rows, and 300 of them picked with repetition. */
function batch(rowSize: number, count = 300) {
  const source = residentBytes(400 * rowSize);
  for (let i = 0; i < source.length; i++) source[i] = next() % 3 === 0 ? next() & 255 : 0;
  return {
    source,
    rows: Int32Array.from({ length: count }, () => next() % 400),
    rowSize,
    divisor: 255,
  };
}

const matrix = (rows: number, columns: number) =>
  wholeView(
    Float32Array.from({ length: rows * columns }, () => (next() / 2 ** 24 - 0.5) * 2),
    [rows, columns],
    float32,
  );

test("one, two and five threads give the same bits, time after time", async () => {
  for (const rowSize of [784, 100, 113]) {
    for (const columns of [10, 3]) {
      const x = batch(rowSize, rowSize === 113 ? 301 : 300);
      const w = matrix(rowSize, columns);
      const g = matrix(x.rows.length, columns);
      setThreadCount(1);
      const [forward, backward] = [rowsTimes(x, w), rowsTransposedTimes(x, g)];
      for (const threads of [2, 5]) {
        setThreadCount(threads);
        for (let round = 0; round < 60; round++) {
          assert.deepEqual(rowsTimes(x, w), forward);
          assert.deepEqual(rowsTransposedTimes(x, g), backward);
        }
        // Long enough for the other threads to fall asleep, so that they are woken as well.
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
  }
});

test("a program with a second thread ends by itself, after a cell that never waited", () => {
  const from = (file: string) => JSON.stringify(join(source, file));
  const program = `
    const { float32 } = require(${from("dtype.ts")});
    const { residentBytes } = require(${from("kernels/resident.ts")});
    const { rowsTimes } = require(${from("kernels/rows.ts")});
    const { setThreadCount } = require(${from("kernels/threads.ts")});
    const { wholeView } = require(${from("kernels/view.ts")});
    setThreadCount(2);
    const source = residentBytes(256 * 784).fill(1);
    const rows = Int32Array.from({ length: 256 }, (_, i) => i);
    const w = wholeView(new Float32Array(7840).fill(1), [784, 10], float32);
    const began = Date.now();
    let sum = 0;
    while (Date.now() - began < 300) sum = rowsTimes({ source, rows, rowSize: 784, divisor: 1 }, w)[9];
    console.log(sum);`;
  const options = { env: { ...process.env, NODE_OPTIONS: "" }, timeout: 60_000 };
  for (const end of ["", "process.exit(3);"]) {
    const run = spawnSync(process.execPath, ["--import", "tsx", "-e", program + end], options);
    assert.equal(run.signal, null, "it did not end");
    assert.equal(run.status, end === "" ? 0 : 3, String(run.stderr));
    assert.equal(String(run.stdout).trim(), "784");
  }
});
