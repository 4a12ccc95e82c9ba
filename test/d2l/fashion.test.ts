// d2l's helpers for looking at Fashion-MNIST.

import assert from "node:assert/strict";
import { test } from "node:test";
import { d2l, tensor, torchvision, zeros } from "../../src/index";

test("labels have d2l's names", () => {
  assert.deepEqual(d2l.get_fashion_mnist_labels(tensor([9, 0, 3])), [
    "ankle boot",
    "t-shirt",
    "dress",
  ]);
  assert.throws(() => d2l.get_fashion_mnist_labels([10]), {
    name: "IndexError",
    message: "list index out of range",
  });
});

test("one figure for all pictures, with a title over each", () => {
  const { data: pixels, targets } = torchvision.datasets.PracticeSet({ train: false });
  const titles = d2l.get_fashion_mnist_labels(targets.index("0:18"));
  const figure = d2l.show_images(pixels.index("0:18"), 2, 9, { titles }) ?? assert.fail();
  assert.equal(figure.data.length, 1);
  const { annotations, width } = figure.layout as {
    annotations: { text: string }[];
    width: number;
  };
  assert.deepEqual(
    annotations.map(({ text }) => text),
    titles,
  );
  assert.ok(width <= 640);
  assert.ok(JSON.stringify(figure).length < 80000, "small enough for a notebook");
});

test("no more pictures than places", () => {
  assert.match(d2l.show_images(zeros(10, 4, 4), 2, 3)?.alt ?? "", /^6 pictures of 4 × 4$/);
});
