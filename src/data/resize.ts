// Resizes a greyscale picture as Pillow does: a triangle filter as wide as the reduction, columns
// then rows, in integers.

import { ValueError } from "../errors";
import { Image } from "./image";

/** Pillow keeps weights as integers of this many fractional bits. */
const precisionBits = 22;
const half = 1 << (precisionBits - 1);

/** For each output position: the first input position and the weights from there on. */
interface Weights {
  readonly starts: Int32Array;
  readonly values: readonly Int32Array[];
}

const triangle = (x: number) => Math.max(0, 1 - Math.abs(x));

/** Half away from zero, as a C cast after adding ±0.5 gives. */
const roundAway = (x: number) => Math.trunc(x < 0 ? x - 0.5 : x + 0.5);

/** weight(x) = triangle((x + 0.5 − center) / scale), normalised, where scale is at least 1. */
function weights(from: number, to: number): Weights {
  const step = from / to;
  const scale = Math.max(step, 1);
  const starts = new Int32Array(to);
  const values: Int32Array[] = [];
  for (let i = 0; i < to; i++) {
    const center = (i + 0.5) * step;
    const start = Math.max(0, Math.trunc(center - scale + 0.5));
    const end = Math.min(from, Math.trunc(center + scale + 0.5));
    const raw = Array.from({ length: end - start }, (_, k) =>
      triangle((start + k + 0.5 - center) / scale),
    );
    const total = raw.reduce((sum, w) => sum + w, 0);
    starts[i] = start;
    values.push(Int32Array.from(raw, (w) => roundAway((w / total) * (1 << precisionBits))));
  }
  return { starts, values };
}

/** Apply the weights along one direction; `stride` leads from a pixel to the next along it. */
function resample(
  source: Uint8Array,
  lines: number,
  lineStride: number,
  stride: number,
  { starts, values }: Weights,
  store: (line: number, position: number, value: number) => void,
): void {
  for (let line = 0; line < lines; line++) {
    for (let i = 0; i < starts.length; i++) {
      const weight = values[i];
      let sum = half;
      let at = line * lineStride + starts[i] * stride;
      for (let k = 0; k < weight.length; k++, at += stride) sum += source[at] * weight[k];
      store(line, i, Math.min(255, Math.max(0, Math.floor(sum / (1 << precisionBits)))));
    }
  }
}

/**
 * The picture at another size, by Pillow's antialiased bilinear filter.
 * Raises ValueError when a side is not a positive integer.
 * @example resizeImage(torchvision.datasets.PracticeSet().get(0)[0], 64, 64).size   // [ 64, 64 ]
 */
export function resizeImage(image: Image, width: number, height: number): Image {
  for (const side of [width, height]) {
    if (!Number.isInteger(side) || side <= 0) throw new ValueError("height and width must be > 0");
  }
  let { data } = image;
  if (width !== image.width) {
    const wide = new Uint8Array(width * image.height);
    resample(data, image.height, image.width, 1, weights(image.width, width), (y, x, value) => {
      wide[y * width + x] = value;
    });
    data = wide;
  }
  if (height !== image.height) {
    const tall = new Uint8Array(width * height);
    resample(data, width, 1, width, weights(image.height, height), (x, y, value) => {
      tall[y * width + x] = value;
    });
    data = tall;
  }
  return new Image(width, height, data === image.data ? data.slice() : data);
}
