// The practice set is drawn fast, the same everywhere, and can be learned.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { data, torchvision } from "../../src/index";

const { PracticeSet } = torchvision.datasets;
const { ToTensor } = torchvision.transforms;

test("10,000 and 1,000 pictures of ten kinds, with the names of Fashion-MNIST's classes", () => {
  const train = PracticeSet();
  const test = new PracticeSet({ train: false });
  assert.deepEqual([train.length, test.length], [10000, 1000]);
  assert.deepEqual(train.classes, torchvision.datasets.FashionMNIST.classes);
  assert.equal(PracticeSet.classes.length, 10);
  const counts = new Array(10).fill(0);
  for (const label of train.targets.tolist() as number[]) counts[label]++;
  assert.ok(
    counts.every((n) => n > 850 && n < 1150),
    counts.join(),
  );
});

test("every machine draws the same pictures", () => {
  const md5 = (train: boolean) => {
    const set = PracticeSet({ train });
    const hash = createHash("md5");
    for (const [image, label] of set) hash.update(image.data).update(Uint8Array.of(label));
    return hash.digest("hex");
  };
  assert.deepEqual(
    [md5(true), md5(false)],
    ["545ce726d87a59b24e83f6ee02d79b2e", "3641ece2b097b6ac080a43fd9d7e56cf"],
  );
});

test("pictures are garments on black: neither empty nor full", () => {
  for (const [image] of PracticeSet({ train: false })) {
    const lit = image.data.filter((v) => v > 0).length / image.data.length;
    assert.ok(lit > 0.03 && lit < 0.8, `${lit} of the pixels are lit`);
  }
});

test("the nearest class mean is right for more than half and not for all", () => {
  const train = PracticeSet({ transform: ToTensor() });
  const { data: pixels, targets } = train;
  const labels = targets.tolist() as number[];
  const flat = pixels.reshape(10000, 784).to(pixels.dtype).tolist() as number[][];
  const means = Array.from({ length: 10 }, () => new Float64Array(785));
  flat.forEach((row, i) => {
    const mean = means[labels[i]];
    for (let k = 0; k < row.length; k++) mean[k] += row[k];
    mean[784]++;
  });
  const far = (row: number[], mean: Float64Array) =>
    row.reduce((sum, v, k) => sum + (v - mean[k] / mean[784]) ** 2, 0);
  const test = PracticeSet({ train: false });
  const right = test.targets.tolist() as number[];
  const rows = test.data.reshape(1000, 784).tolist() as number[][];
  const hits = rows.filter((row, i) => {
    const distances = means.map((mean) => far(row, mean));
    return distances.indexOf(Math.min(...distances)) === right[i];
  }).length;
  assert.ok(hits > 500 && hits < 950, `${hits} of 1000`);
});

test("a batch is a lazy gather of rows", () => {
  const set = PracticeSet({ train: false, transform: ToTensor() });
  const [X, y] = [...data.DataLoader(set, 256)][0];
  assert.deepEqual([...X.shape], [256, 1, 28, 28]);
  assert.ok(X.storage.rowGather, "not gathered before something needs the values");
  const [first, label] = set.get(0);
  assert.deepEqual(X.select(0, 0).tolist(), first.tolist());
  assert.equal(y.select(0, 0).item(), label);
});
