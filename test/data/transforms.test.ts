// Transforms do to pictures what torchvision's do.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Image } from "../../src/data/image";
import * as torch from "../../src/index";
import { torchvision } from "../../src/index";

const { Compose, Resize, ToTensor } = torchvision.transforms;
const image = new Image(3, 2, Uint8Array.of(0, 1, 2, 51, 254, 255));

test("ToTensor divides by 255 and adds the channel", () => {
  const t = ToTensor()(image);
  assert.deepEqual([...t.shape], [1, 2, 3]);
  assert.equal(String(t.dtype), "torch.float32");
  const f32 = (v: number) => Math.fround(v / 255);
  assert.deepEqual(t.tolist(), [
    [
      [0, f32(1), f32(2)],
      [f32(51), f32(254), 1],
    ],
  ]);
});

test("Resize: one number is the shorter side, two are height and width", () => {
  assert.deepEqual(Resize(4)(image).size, [6, 4]);
  assert.deepEqual(Resize(4)(new Image(2, 3, new Uint8Array(6))).size, [4, 6]);
  assert.deepEqual(Resize([5, 7])(image).size, [7, 5]);
  assert.deepEqual(Resize([4])(image).size, [6, 4]);
  for (const size of [0, -1, 1.5, [1, 2, 3], []])
    assert.throws(() => Resize(size), { name: "ValueError" });
  assert.throws(() => Resize("64" as never), { name: "TypeError" });
});

test("Compose runs them in order and prints like torchvision's", () => {
  const both = Compose([Resize(4), ToTensor()]);
  assert.deepEqual([...both(image).shape], [1, 4, 6]);
  assert.equal(
    String(both),
    "Compose(\n    Resize(size=4, interpolation=bilinear, max_size=None, antialias=True)\n    ToTensor()\n)",
  );
  assert.equal(Compose<Image>([])(image), image);
  assert.throws(() => Compose([5 as never]), /Compose: transform 0 is not a function/);
});

test("with and without new", () => {
  assert.deepEqual(new ToTensor()(image).tolist(), ToTensor()(image).tolist());
  assert.deepEqual(new Resize(4)(image), Resize(4)(image));
  assert.deepEqual([...new Compose([new ToTensor()])(image).shape], [1, 2, 3]);
});

test("only pictures go in", () => {
  assert.throws(() => ToTensor()([1, 2] as never), /pic should be PIL Image or ndarray. Got Array/);
  assert.throws(() => Resize(4)(5 as never), { name: "TypeError" });
});

test("Normalize takes mean and std channel by channel, and leaves its input alone", () => {
  const { Normalize } = torchvision.transforms;
  const x = torch.tensor([[[1.0, 2]], [[3, 5.5]]]);
  const y = Normalize([1, 3], [0.5, 2])(x);
  assert.deepEqual(y.tolist(), [[[0, 2]], [[0, 1.25]]]);
  assert.deepEqual(x.tolist(), [[[1, 2]], [[3, 5.5]]]);
  assert.equal(Normalize(0, 2, { inplace: true })(x), x);
  assert.deepEqual(x.tolist(), [[[0.5, 1]], [[1.5, 2.75]]]);
  assert.equal(String(Normalize([0.5], [0.25])), "Normalize(mean=[0.5], std=[0.25])");
  const errors: [unknown, string, string][] = [
    [image, "TypeError", "img should be Tensor Image. Got Image"],
    [x.long(), "TypeError", "Input tensor should be a float tensor. Got torch.int64."],
    [
      x.select(0, 0),
      "ValueError",
      "Expected tensor to be a tensor image of size (..., C, H, W). Got tensor.size() = torch.Size([1, 2])",
    ],
  ];
  for (const [input, name, message] of errors) {
    assert.throws(() => Normalize(0.5, 0.5)(input as never), { name, message });
  }
  assert.throws(() => Normalize(0.5, 0)(x), {
    name: "ValueError",
    message:
      "std evaluated to zero after conversion to torch.float32, leading to division by zero.",
  });
});

test("Lambda is the function itself", () => {
  const { Lambda } = torchvision.transforms;
  assert.equal(Compose<number>([Lambda((x: Image) => x.width)])(image), 3);
  assert.equal(String(Lambda(() => 0)), "Lambda()");
  assert.throws(() => Lambda(5 as never), {
    name: "TypeError",
    message: "Argument lambd should be callable, got 'int'",
  });
});

test("normalised pictures come as one batch, the same numbers as one by one", () => {
  const { Normalize } = torchvision.transforms;
  const transform = Compose([ToTensor(), Normalize(0.286, 0.353)]);
  const set = torchvision.datasets.PracticeSet({ train: false, transform });
  const [X] = set.batch?.(Int32Array.of(3, 1)) ?? assert.fail("one batch");
  assert.deepEqual(X.select(0, 0).tolist(), set.get(3)[0].tolist());
  assert.deepEqual(X.select(0, 1).tolist(), set.get(1)[0].tolist());
});

test("many pictures at once: only where ToTensor comes first and the rest can", () => {
  assert.ok(ToTensor().ofRows);
  assert.ok(Compose([ToTensor()]).ofRows);
  assert.equal(Compose([Resize(4), ToTensor()]).ofRows, undefined);
});
