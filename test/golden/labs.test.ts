// The exercises, seed by seed: the notebooks' mirrored cells print PyTorch's characters.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { after, describe, type TestContext, test } from "node:test";
import { type Notebook, notebookFolder, readNotebook, runCells, seedAll, upTo } from "./extract";
import { readGolden } from "./fixtures";
import { Report } from "./report";

interface Runs<R> {
  runs: ({ seed: number } & R)[];
}
interface Epoch {
  train_loss: number;
  train_acc: number;
  test_acc: number;
}

/** Mean losses are sums of 60,000 float32 values whose last bits PyTorch does not promise. */
const LOSS_TOLERANCE = 1e-6;

const reports: Report[] = [];
after(() => {
  for (const report of reports) report.publish();
});

/** Count a run, then fail with a readable difference. */
function compare(report: Report, seed: number, expected: string, got: string): void {
  const what = `seed ${seed}`;
  report.compare("runs", got === expected, () => what);
  assert.equal(got, expected, what);
}

function newReport(name: string): Report {
  const report = new Report(name);
  reports.push(report);
  return report;
}

/** Run a notebook's cells for each recorded seed and compare what they print. */
async function compareRuns(
  t: TestContext,
  report: Report,
  notebook: Notebook,
  { runs }: Runs<{ stdout: string }>,
): Promise<void> {
  for (const { seed, stdout } of runs) {
    await t.test(`seed ${seed}`, async () => {
      seedAll(seed);
      compare(report, seed, stdout, await runCells(notebook));
    });
  }
}

for (const exercise of [1, 2, 3, 4, 6, 9]) {
  test(`exercise ${exercise} prints PyTorch's lines`, async (t) => {
    const golden = readGolden<Runs<{ stdout: string }>>(`lab${exercise}`);
    await compareRuns(t, newReport(`lab${exercise}`), readNotebook(exercise), golden);
  });
}

test("exercise 7 prints PyTorch's lines before it reads Fashion-MNIST", async (t) => {
  const golden = readGolden<Runs<{ stdout: string }>>("lab7small");
  const notebook = upTo(readNotebook(7), "const lr = ");
  await compareRuns(t, newReport("lab7small"), notebook, golden);
});

test("exercises 1 to 4 in one session print PyTorch's lines", async (t) => {
  const report = newReport("notebook");
  const notebooks = [1, 2, 3, 4].map(readNotebook);
  for (const { seed, stdout } of readGolden<Runs<{ stdout: string[] }>>("notebook").runs) {
    await t.test(`seed ${seed}`, async () => {
      seedAll(seed);
      const printed: string[] = [];
      for (const notebook of notebooks) printed.push(await runCells(notebook));
      compare(report, seed, stdout.join("----\n"), printed.join("----\n"));
    });
  }
});

/** Whether the real Fashion-MNIST is at hand: named by the environment, or fetched before. */
function hasFashionMNIST(): boolean {
  const file = "train-images-idx3-ubyte.gz";
  const fetched = join(notebookFolder, "..", "data", "FashionMNIST", "raw", file);
  return Boolean(process.env.FASHION_MNIST_DIR) || existsSync(fetched);
}

const isSkipped = !hasFashionMNIST() && process.env.LAB_REQUIRE_DATA !== "1";

describe("exercise 5 on Fashion-MNIST", { skip: isSkipped && "no Fashion-MNIST" }, () => {
  test("prints PyTorch's lines; every accuracy to the last sample", async (t) => {
    assert.ok(hasFashionMNIST(), "LAB_REQUIRE_DATA=1, but there is no Fashion-MNIST");
    const report = newReport("lab5");
    const notebook = readNotebook(5);
    const golden = readGolden<Runs<{ stdout: string; epochs: Epoch[] }>>("lab5");
    for (const { seed, stdout, epochs } of golden.runs) {
      await t.test(`seed ${seed}`, async () => {
        const trained: number[][] = [];
        const tested: number[] = [];
        seedAll(seed);
        const printed = await runCells(notebook, {
          train_epoch_ch3: (metrics) => trained.push([...(metrics as number[])]),
          evaluate_accuracy: (accuracy) => tested.push(accuracy as number),
        });
        compare(report, seed, stdout, printed);
        assert.deepEqual(
          trained.map(([, accuracy], k) => [accuracy, tested[k]]),
          epochs.map(({ train_acc, test_acc }) => [train_acc, test_acc]),
        );
        trained.forEach(([loss], k) => {
          assert.ok(Math.abs(loss - epochs[k].train_loss) <= LOSS_TOLERANCE, `epoch ${k + 1}`);
        });
      });
    }
  });
});

for (const exercise of [7, 8]) {
  describe(`exercise ${exercise} on Fashion-MNIST`, {
    skip: isSkipped && "no Fashion-MNIST",
  }, () => {
    test("prints PyTorch's lines", async (t) => {
      assert.ok(hasFashionMNIST(), "LAB_REQUIRE_DATA=1, but there is no Fashion-MNIST");
      const golden = readGolden<Runs<{ stdout: string }>>(`lab${exercise}`);
      await compareRuns(t, newReport(`lab${exercise}`), readNotebook(exercise), golden);
    });
  });
}
