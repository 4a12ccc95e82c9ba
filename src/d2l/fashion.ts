// d2l's helpers for looking at Fashion-MNIST.

import { IndexError } from "../errors";
import type { Chart } from "../plot/chart";
import { show } from "../plot/display";
import { tilesOf } from "../plot/images";
import { showImages } from "../plot/pictures";
import { type Matrix, numbers, type Series } from "../plot/series";

const names: readonly string[] = [
  "t-shirt",
  "trouser",
  "pullover",
  "dress",
  "coat",
  "sandal",
  "shirt",
  "sneaker",
  "bag",
  "ankle boot",
];

/**
 * The names of Fashion-MNIST's labels. Raises IndexError for a number that is no label.
 * @example d2l.get_fashion_mnist_labels(torch.tensor([9, 0]))   // [ 'ankle boot', 't-shirt' ]
 */
export function get_fashion_mnist_labels(labels: Series): string[] {
  return Array.from(numbers(labels, "labels"), (label) => {
    const name = names[label];
    if (name === undefined) throw new IndexError("list index out of range", `${label} is no label`);
    return name;
  });
}

/** The keyword arguments of show_images. */
export interface ShowImagesOptions {
  /** A line over each picture. */
  readonly titles?: readonly string[];
  /** Size of a picture: 1.5 gives 96 pixels, as far as the width allows. */
  readonly scale?: number;
}

const pixelsPerScale = 64;
const widest = 640;

/**
 * Show the first num_rows × num_cols pictures in a grid, in one figure. Pictures have shape
 * [n, height, width] or [n, 1, height, width]. Outside Jupyter the figure comes back.
 * @example
 * const X = torch.rand(6, 28, 28);
 * d2l.show_images(X, 2, 3, { titles: d2l.get_fashion_mnist_labels([0, 1, 2, 3, 4, 5]) });
 */
export function show_images(
  imgs: Matrix | readonly Matrix[],
  num_rows: number,
  num_cols: number,
  options: ShowImagesOptions = {},
): Chart | undefined {
  const { values, count, height, width } = tilesOf(imgs);
  const shown = Math.min(count, num_rows * num_cols);
  const size = height * width;
  const pictures = Array.from({ length: shown }, (_, k) =>
    Array.from({ length: height }, (_, y) =>
      values.slice(k * size + y * width, k * size + (y + 1) * width),
    ),
  );
  const wanted = Math.round((options.scale ?? 1.5) * pixelsPerScale * num_cols);
  const chart = showImages(pictures, {
    columns: num_cols,
    width: Math.min(widest, wanted),
    ...(options.titles ? { titles: options.titles.slice(0, shown) } : {}),
  });
  return show(chart) as Chart | undefined;
}
