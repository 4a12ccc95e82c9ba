// Matrices as pictures: one picture with axes, or many side by side in one trace.

import type { PlotData } from "plotly.js";
import { TypeError, ValueError } from "../errors";
import type { Trace } from "./chart";
import { colorScale } from "./colors";
import { extent, type Matrix, read, rounded, rows, tuple } from "./series";

/** The keyword arguments of `plt.imshow`. */
export interface ImageOptions {
  /** matplotlib's name of a colour map; viridis by default. */
  readonly cmap?: string;
  /** The values at the two ends of the colour map; the data's smallest and largest by default. */
  readonly vmin?: number;
  readonly vmax?: number;
  /** A colour bar beside the picture. */
  readonly colorbar?: boolean;
}

/** A picture of a matrix. Raises TypeError unless it has two dimensions. */
export function imageTrace(matrix: Matrix, options: ImageOptions): Trace {
  const { values, shape } = read(matrix, "image");
  if (shape.length !== 2) {
    throw new TypeError(
      `Invalid shape ${tuple(shape)} for image data`,
      "Give a matrix of numbers.",
    );
  }
  const [low, high] = extent(values);
  return {
    type: "heatmap",
    z: rows(values, shape[1]),
    colorscale: colorScale(options.cmap ?? "viridis"),
    zmin: rounded(options.vmin ?? low) ?? 0,
    zmax: rounded(options.vmax ?? high) ?? 1,
    showscale: options.colorbar ?? false,
    hoverongaps: false,
  } satisfies Partial<PlotData>;
}

/** Equal-sized pictures, one after the other. */
export interface Tiles {
  readonly values: readonly number[];
  readonly count: number;
  readonly height: number;
  readonly width: number;
}

/** Pictures out of [n, h, w], [n, 1, h, w] or a list of matrices. Raises ValueError otherwise. */
export function tilesOf(images: Matrix | readonly Matrix[]): Tiles {
  const { values, shape } = read(images as Matrix, "images");
  const sizes = shape.length === 4 && shape[1] === 1 ? [shape[0], shape[2], shape[3]] : shape;
  if (sizes.length !== 3) {
    throw new ValueError(
      `images must have shape (n, height, width), but have shape ${tuple(shape)}`,
      "Reshape them, e.g. X.reshape(18, 28, 28).",
    );
  }
  return { values, count: sizes[0], height: sizes[1], width: sizes[2] };
}

/** Where the pictures of a mosaic lie: columns of pictures, and cells left free between them. */
export interface Mosaic {
  readonly columns: number;
  readonly gapX: number;
  readonly gapY: number;
}

/** The top left cell of picture k. */
export function cornerOf(k: number, tiles: Tiles, mosaic: Mosaic): [x: number, y: number] {
  const row = Math.floor(k / mosaic.columns);
  const column = k % mosaic.columns;
  return [column * (tiles.width + mosaic.gapX), row * (tiles.height + mosaic.gapY) + mosaic.gapY];
}

/** Three digits are finer than the 256 steps of a picture and keep the file small. */
const threeDigits = (value: number) =>
  Number.isFinite(value) ? Number(value.toPrecision(3)) : null;

/** All pictures in one heat map, with gaps that show the paper. */
export function mosaicTrace(tiles: Tiles, mosaic: Mosaic, options: ImageOptions): Trace {
  const { values, count, height, width } = tiles;
  const lines = Math.ceil(count / mosaic.columns);
  const across = mosaic.columns * (width + mosaic.gapX) - mosaic.gapX;
  const z = Array.from({ length: lines * (height + mosaic.gapY) }, () =>
    new Array<number | null>(across).fill(null),
  );
  for (let k = 0; k < count; k++) {
    const [left, top] = cornerOf(k, tiles, mosaic);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        z[top + y][left + x] = threeDigits(values[(k * height + y) * width + x]);
      }
    }
  }
  const [low, high] = extent(values);
  return {
    type: "heatmap",
    z,
    colorscale: colorScale(options.cmap ?? "gray"),
    zmin: rounded(options.vmin ?? low) ?? 0,
    zmax: rounded(options.vmax ?? high) ?? 1,
    showscale: options.colorbar ?? false,
    hoverongaps: false,
    hoverinfo: "z",
  } satisfies Partial<PlotData>;
}
