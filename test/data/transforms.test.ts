// Transforms do to pictures what torchvision's do.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Image } from "../../src/data/image";
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

test("many pictures at once: only where ToTensor is all there is", () => {
  assert.ok(ToTensor().ofRows);
  assert.ok(Compose([ToTensor()]).ofRows);
  assert.equal(Compose([Resize(4), ToTensor()]).ofRows, undefined);
});
