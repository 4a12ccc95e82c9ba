// The resize gives Pillow's pixels. Since version 13 Pillow works on the columns first when the height
// shrinks much more than the width; rounding in between then differs by at most one step.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Image } from "../../src/data/image";
import { resizeImage } from "../../src/data/resize";
import { ValueError } from "../../src/errors";
import golden from "./pillow.json";

function picture(width: number, height: number): Image {
  const pixels = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) pixels[y * width + x] = (x * x * 7 + y * 53 + x * y * 11) % 256;
  }
  return new Image(width, height, pixels);
}

for (const { from, to, pixels } of golden.cases) {
  test(`${from.join("×")} → ${to.join("×")} as Pillow ${golden.pillow}`, () => {
    const resized = resizeImage(picture(from[0], from[1]), to[0], to[1]);
    assert.deepEqual(resized.size, to);
    assert.equal(resized.data.length, pixels.length);
    const worst = Math.max(...pixels.map((pixel, i) => Math.abs(pixel - resized.data[i])));
    const rowsFirst = to[1] / from[1] >= to[0] / from[0] / 2;
    assert.ok(worst <= (rowsFirst ? 0 : 1), `off by ${worst}`);
  });
}

test("the same size gives a copy", () => {
  const image = picture(4, 3);
  const same = resizeImage(image, 4, 3);
  assert.deepEqual(same.data, image.data);
  assert.notEqual(same.data, image.data);
});

test("sides must be positive whole numbers", () => {
  for (const side of [0, -1, 2.5, Number.NaN]) {
    assert.throws(() => resizeImage(picture(4, 3), side, 3), ValueError);
  }
});

test("an image needs width × height bytes", () => {
  assert.throws(() => new Image(2, 2, new Uint8Array(3)), /needs 4 bytes, found 3/);
});
