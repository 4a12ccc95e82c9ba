// d2l.load_data_fashion_mnist: batches of the real pictures, resized when wanted.

import assert from "node:assert/strict";
import { test } from "node:test";
import { d2l } from "../../src/index";

const skip = process.env.FASHION_MNIST_DIR
  ? false
  : "FASHION_MNIST_DIR does not name the real files";

test("batches of Fashion-MNIST, training examples shuffled", { skip }, () => {
  const [train_iter, test_iter] = d2l.load_data_fashion_mnist(256);
  assert.deepEqual([train_iter.length, test_iter.length], [235, 40]);
  assert.deepEqual([train_iter.shuffle, test_iter.shuffle], [true, false]);
  for (const [X, y] of test_iter) {
    assert.equal(`${X.shape} ${X.dtype}`, "torch.Size([256, 1, 28, 28]) torch.float32");
    assert.deepEqual(y.index("0:5").tolist(), [9, 2, 1, 1, 6]);
    break;
  }
});

test("resized pictures", { skip }, () => {
  for (const resize of [64, { resize: [64, 64] }]) {
    const [, test_iter] = d2l.load_data_fashion_mnist(2, resize);
    for (const [X] of test_iter) {
      assert.equal(String(X.shape), "torch.Size([2, 1, 64, 64])");
      break;
    }
  }
});
