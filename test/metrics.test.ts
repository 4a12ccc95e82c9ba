// A run's metrics as JSON: every bit of a number, whole files only, and only when asked for.

import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import fc from "fast-check";
import * as torch from "../src/index";
import { writeMetrics } from "../src/index";

let folder = "";
let file = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lab-metrics-"));
  file = join(folder, "run.json");
  process.env.LAB_METRICS = file;
});
afterEach(() => {
  delete process.env.LAB_METRICS;
  rmSync(folder, { recursive: true, force: true });
});

const written = () => JSON.parse(readFileSync(file, "utf8"));

test("numbers keep every bit, in order and under their names", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true })), (losses) => {
      writeMetrics({ train_loss: losses });
      // JSON.stringify writes -0 as 0
      assert.deepEqual(
        written().train_loss,
        losses.map((x) => x + 0),
      );
    }),
    { numRuns: 50 },
  );
});

test("what JSON cannot say becomes a text that Python's float() and int() read", () => {
  writeMetrics({ loss: [Number.NaN, Number.POSITIVE_INFINITY, -1 / 0], seed: 2n ** 70n });
  assert.deepEqual(written().loss, ["nan", "inf", "-inf"]);
  assert.equal(written().seed, "1180591620717411303424");
});

test("versions of the lab and of Node stand beside the numbers", () => {
  writeMetrics({ parameters: { seed: 7, name: "种子", none: null, yes: true } });
  assert.deepEqual(written().parameters, { seed: 7, name: "种子", none: null, yes: true });
  const own = JSON.parse(readFileSync(join(__dirname, "..", "package.json"), "utf8"));
  assert.equal(written().versions[own.name], own.version);
  assert.equal(written().versions.node, process.versions.node);
});

test("a second run replaces the file, and no half of one stays behind", () => {
  writeMetrics({ run: 1 });
  writeMetrics({ run: 2 });
  assert.equal(written().run, 2);
  assert.deepEqual(readdirSync(folder), ["run.json"]);
});

test("nothing is written without being asked", () => {
  delete process.env.LAB_METRICS;
  writeMetrics({ run: 1 });
  assert.deepEqual(readdirSync(folder), []);
});

test("a folder that is not there is an error, not a silence", () => {
  process.env.LAB_METRICS = join(folder, "none", "run.json");
  assert.throws(() => writeMetrics({ run: 1 }), { code: "ENOENT" });
});

test("a value that is no metric is refused by its name, and the old file stays", () => {
  writeMetrics({ run: 1 });
  const tensor = torch.ones(2) as never;
  assert.throws(() => writeMetrics({ run: 2, train: { loss: [1, tensor] } }), {
    name: "TypeError",
    message: /metrics\.train\.loss\[1\] is neither/,
  });
  assert.throws(() => writeMetrics({ f: undefined as never }), /metrics\.f/);
  assert.equal(written().run, 1);
});
