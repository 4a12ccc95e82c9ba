// MNIST is looked for, checked and refused under its own names; the real files are read where
// MNIST_DIR gives them.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { gzipSync } from "node:zlib";
import { mnistFiles } from "../../src/data/mnistfiles";
import { allFiles } from "../../src/data/published";
import { torchvision } from "../../src/index";

const { MNIST } = torchvision.datasets;
const scratch = mkdtempSync(join(tmpdir(), "mnist "));
after(() => rmSync(scratch, { recursive: true, force: true }));

const real = process.env.MNIST_DIR;

/** Run with MNIST_DIR unset. */
function withoutFolder<T>(run: () => T): T {
  delete process.env.MNIST_DIR;
  try {
    return run();
  } finally {
    if (real !== undefined) process.env.MNIST_DIR = real;
  }
}

test("without files: torchvision's sentence, and MNIST's own names, sizes and checksums", () => {
  assert.throws(
    () => withoutFolder(() => MNIST({ root: scratch })),
    ({ name, message, hint }: Error & { hint: string }) => {
      assert.equal(
        `${name}: ${message}`,
        "RuntimeError: Dataset not found. You can use download=True to download it",
      );
      for (const { bytes, md5 } of allFiles(mnistFiles)) {
        assert.ok(hint.includes(md5) && hint.includes(bytes.toLocaleString("en-US")), hint);
      }
      for (const part of [join(scratch, "MNIST", "raw"), "MNIST_DIR", "MNIST_URL"]) {
        assert.ok(hint.includes(part), hint);
      }
      assert.ok(!hint.includes("FASHION"), hint);
      return true;
    },
  );
  assert.throws(() => MNIST({} as never), /^TypeError: MNIST.__init__\(\) missing 1 required/);
});

test("files of the right size and shape that are not MNIST are refused by their checksum", () => {
  const raw = join(scratch, "other", "MNIST", "raw");
  mkdirSync(raw, { recursive: true });
  for (const { name, shape, contentBytes } of allFiles(mnistFiles)) {
    const content = Buffer.alloc(contentBytes);
    content.writeUInt32BE(0x800 + shape.length);
    shape.forEach((size, i) => {
      content.writeUInt32BE(size, 4 + 4 * i);
    });
    writeFileSync(join(raw, name), gzipSync(content, { level: 1 }));
  }
  assert.throws(() => withoutFolder(() => MNIST({ root: join(scratch, "other"), train: false })), {
    name: "RuntimeError",
    message:
      /^t10k-images-idx3-ubyte\.gz: expected content with MD5 2646ac647ad5339dbf082846283269ea, found /,
  });
});

test("its classes are the digits", () => {
  assert.equal(MNIST.classes.length, 10);
  assert.equal(MNIST.classes[7], "7 - seven");
});

const skip = real ? false : "MNIST_DIR does not name the real files";

test("the real files: the first labels, as published", { skip }, () => {
  const train = MNIST({ root: scratch });
  assert.equal(train.length, 60000);
  assert.deepEqual(train.targets.index("0:10").tolist(), [5, 0, 4, 1, 9, 2, 1, 3, 1, 4]);
});
