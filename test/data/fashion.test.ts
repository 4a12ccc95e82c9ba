// Fashion-MNIST is found, read and refused as it should be. Parts that need the real files are
// skipped by name where FASHION_MNIST_DIR does not give them.

import assert from "node:assert/strict";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { gunzipSync } from "node:zlib";
import { fashionFiles } from "../../src/data/fashionfiles";
import { allFiles } from "../../src/data/published";
import { data, RuntimeError, torchvision } from "../../src/index";

const allFashionFiles = allFiles(fashionFiles);
const { FashionMNIST } = torchvision.datasets;
const { Compose, Resize, ToTensor } = torchvision.transforms;

const real = process.env.FASHION_MNIST_DIR;
const scratch = mkdtempSync(join(tmpdir(), "fashion 数据 "));
after(() => {
  rmSync(scratch, { recursive: true, force: true });
});

/** Run with FASHION_MNIST_DIR set to this, or unset. */
function withFolder<T>(folder: string | undefined, run: () => T): T {
  const kept = process.env.FASHION_MNIST_DIR;
  if (folder === undefined) delete process.env.FASHION_MNIST_DIR;
  else process.env.FASHION_MNIST_DIR = folder;
  try {
    return run();
  } finally {
    if (kept === undefined) delete process.env.FASHION_MNIST_DIR;
    else process.env.FASHION_MNIST_DIR = kept;
  }
}

function failure(run: () => unknown): RuntimeError {
  try {
    run();
  } catch (error) {
    assert.ok(error instanceof RuntimeError, String(error));
    return error;
  }
  return assert.fail("nothing was raised");
}

test("without files and download: torchvision's sentence, and how to get the four", () => {
  const error = withFolder(undefined, () => failure(() => FashionMNIST({ root: scratch })));
  assert.equal(error.message, "Dataset not found. You can use download=True to download it");
  for (const file of allFashionFiles) {
    for (const part of [file.name, file.bytes.toLocaleString("en-US"), file.md5]) {
      assert.ok(error.hint?.includes(part), `${part} is missing in ${error.hint}`);
    }
  }
  assert.ok(error.hint?.includes(join(scratch, "FashionMNIST", "raw")));
});

test("a named folder without the files is an error that names it; nothing is downloaded", () => {
  const error = withFolder(scratch, () =>
    failure(() => FashionMNIST({ root: scratch, download: true })),
  );
  assert.match(
    error.message,
    /^Dataset not found: FASHION_MNIST_DIR names .* which has no train-images/,
  );
});

test("no connection: the error names the address and the way by hand", () => {
  const kept = process.env.FASHION_MNIST_URL;
  process.env.FASHION_MNIST_URL = "http://127.0.0.1:1/fashion";
  try {
    const root = join(scratch, "offline");
    const error = withFolder(undefined, () =>
      failure(() => FashionMNIST({ root, download: true })),
    );
    assert.equal(error.message, "Error downloading train-images-idx3-ubyte.gz");
    assert.match(
      error.hint ?? "",
      /http:\/\/127\.0\.0\.1:1\/fashion\/train-images-idx3-ubyte\.gz: .*ECONNREFUSED/,
    );
    assert.match(
      error.hint ?? "",
      /t10k-labels-idx1-ubyte\.gz {2}5,148 bytes {2}MD5 bb300cfdad3c16e7a12a480ee83cd310/,
    );
  } finally {
    if (kept === undefined) delete process.env.FASHION_MNIST_URL;
    else process.env.FASHION_MNIST_URL = kept;
  }
});

test("the root must be given", () => {
  assert.throws(() => FashionMNIST({} as never), /missing 1 required positional argument: 'root'/);
});

test("a file that is not the published one is refused", () => {
  const raw = join(scratch, "wrong", "FashionMNIST", "raw");
  mkdirSync(raw, { recursive: true });
  for (const file of allFashionFiles) writeFileSync(join(raw, file.name), "not a gz file");
  const error = withFolder(undefined, () =>
    failure(() => FashionMNIST({ root: join(scratch, "wrong") })),
  );
  assert.equal(
    error.message,
    "train-images-idx3-ubyte.gz: expected a gz file, found 13 bytes of another kind",
  );
});

const skip = real ? false : "FASHION_MNIST_DIR does not name the real files";

test("the real files: 60,000 and 10,000 labelled pictures", { skip }, () => {
  const train = FashionMNIST({ root: scratch, train: true });
  const test = new FashionMNIST({ root: scratch, train: false });
  assert.deepEqual([train.length, test.length], [60000, 10000]);
  assert.deepEqual([...train.data.shape], [60000, 28, 28]);
  assert.equal(String(train.data.dtype), "torch.uint8");
  assert.equal(String(train.targets.dtype), "torch.int64");
  // the first labels, and a sum over all pixels, as torchvision gives them
  assert.deepEqual(train.targets.index("0:10").tolist(), [9, 0, 0, 3, 0, 2, 7, 2, 5, 5]);
  assert.deepEqual(test.targets.index("0:10").tolist(), [9, 2, 1, 1, 6, 1, 4, 6, 5, 7]);
  const total = Array.from(test.data.array).reduce((sum, v) => sum + v, 0);
  assert.equal(total, 573469082);
  assert.equal(train.classes[train.get(0)[1]], "Ankle boot");
  assert.deepEqual(train.get(0)[0].size, [28, 28]);
  assert.deepEqual(train.get(-1)[0].data, train.get(59999)[0].data);
  assert.throws(
    () => train.get(60000),
    /index 60000 is out of bounds for dimension 0 with size 60000/,
  );
  assert.equal(train.class_to_idx.Bag, 8);
});

test("the real files: batches gather rows, and with Resize come picture by picture", {
  skip,
}, () => {
  const test = FashionMNIST({ root: scratch, train: false, transform: Compose([ToTensor()]) });
  const loader = data.DataLoader(test, 256);
  assert.equal(loader.length, 40);
  const [X, y] = loader[Symbol.iterator]().next().value ?? assert.fail();
  assert.deepEqual([[...X.shape], [...y.shape]], [[256, 1, 28, 28], [256]]);
  assert.ok(X.storage.rowGather);
  assert.deepEqual(X.select(0, 5).tolist(), test.get(5)[0].tolist());
  const large = FashionMNIST({
    root: scratch,
    train: false,
    transform: Compose([Resize(64), ToTensor()]),
  });
  const [Z] = data.DataLoader(large, 32)[Symbol.iterator]().next().value ?? assert.fail();
  assert.deepEqual([...Z.shape], [32, 1, 64, 64]);
});

test("the real files: unpacked ones are read too, and damage is named", { skip }, () => {
  const raw = join(scratch, "copy", "FashionMNIST", "raw");
  mkdirSync(raw, { recursive: true });
  const [, , images, labels] = allFashionFiles.map((file) => file.name);
  const read = () =>
    withFolder(undefined, () => FashionMNIST({ root: join(scratch, "copy"), train: false }));
  copyFileSync(join(real ?? "", images), join(raw, images));
  writeFileSync(join(raw, labels.slice(0, -3)), gunzipSync(readFileSync(join(real ?? "", labels))));
  assert.equal(read().length, 10000);
  const bytes = readFileSync(join(raw, images));
  writeFileSync(join(raw, images), bytes.subarray(0, 1000000));
  assert.match(
    failure(read).message,
    /^t10k-images-idx3-ubyte\.gz: expected a gz file that holds 7,840,016 bytes/,
  );
  bytes[2000000] ^= 0xff;
  writeFileSync(join(raw, images), bytes);
  assert.match(
    failure(read).message,
    /^t10k-images-idx3-ubyte\.gz: expected a whole gz file, found .* do not decode/,
  );
  writeFileSync(join(raw, images), readFileSync(join(real ?? "", allFashionFiles[0].name)));
  assert.match(
    failure(read).message,
    /^t10k-images-idx3-ubyte\.gz: expected a gz file that holds 7,840,016 bytes/,
  );
  assert.ok(existsSync(join(raw, images)), "nothing of the user's is deleted");
});
