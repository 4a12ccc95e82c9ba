// Many small pictures in one figure: images of a data set, or the weights of a classifier.

import { ValueError } from "../errors";
import { baseLayout, Chart } from "./chart";
import {
  cornerOf,
  type ImageOptions,
  type Mosaic,
  mosaicTrace,
  type Tiles,
  tilesOf,
} from "./images";
import { extent, type Matrix, read, tuple } from "./series";

/** What may be said about a set of pictures. */
export interface PicturesOptions extends ImageOptions {
  /** One or several lines over each picture. */
  readonly titles?: readonly string[];
  /** A title over all of them. */
  readonly title?: string;
  /** How many stand side by side; as many as give rows of about the same length by default. */
  readonly columns?: number;
  /** Width of the figure in pixels. */
  readonly width?: number;
  /** What the figure shows, in words. */
  readonly alt?: string;
}

const titleHeight = 16;
const margin = { l: 8, r: 8, t: 8, b: 8 };
const barRoom = 70;
const widthLimit = 640;
/** No picture is drawn larger than this. */
const largestTile = 110;

function columnsFor(count: number, wanted: number | undefined): number {
  if (wanted !== undefined) {
    if (!Number.isInteger(wanted) || wanted < 1) throw new ValueError("columns must be positive");
    return Math.min(wanted, Math.max(count, 1));
  }
  return count <= 10 ? Math.max(count, 1) : Math.min(10, Math.ceil(Math.sqrt(2 * count)));
}

/** How large the mosaic is drawn, and the gaps in cells that leave room for the titles. */
function measure(tiles: Tiles, options: PicturesOptions) {
  const columns = columnsFor(tiles.count, options.columns);
  const right = options.colorbar ? barRoom : margin.r;
  const room = (options.width ?? widthLimit) - margin.l - right;
  const gapX = 2;
  const across = columns * (tiles.width + gapX) - gapX;
  const cell = Math.min(room / across, largestTile / tiles.width);
  const lines = Math.max(0, ...(options.titles ?? []).map((text) => text.split("\n").length));
  const gapY = lines > 0 ? Math.ceil((lines * titleHeight) / cell) : gapX;
  const mosaic: Mosaic = { columns, gapX, gapY };
  const down = Math.ceil(tiles.count / columns) * (tiles.height + gapY);
  const top = options.title ? 40 : margin.t;
  return {
    mosaic,
    width: Math.round(cell * across) + margin.l + right,
    height: Math.round(cell * down) + top + margin.b,
    margins: { ...margin, r: right, t: top },
  };
}

function titleNotes(tiles: Tiles, mosaic: Mosaic, titles: readonly string[]): object[] {
  return titles.map((text, k) => {
    const [left, top] = cornerOf(k, tiles, mosaic);
    return {
      text: text.replaceAll("\n", "<br>"),
      x: left + (tiles.width - 1) / 2,
      y: top - 0.5,
      xanchor: "center",
      yanchor: "bottom",
      showarrow: false,
      borderpad: 0,
      font: { size: 11 },
    };
  });
}

/**
 * Pictures of one size, side by side in one figure, on one scale from black to white (or `cmap`).
 * Shapes: [n, height, width], [n, 1, height, width] or a list of matrices. Raises ValueError for
 * another shape, or when the number of titles is not that of the pictures.
 * @example plt.showImages(torch.rand(2, 28, 28), { titles: ["bag", "boot"] });
 */
export function showImages(
  images: Matrix | readonly Matrix[],
  options: PicturesOptions = {},
): Chart {
  return tilesChart(tilesOf(images), options);
}

function tilesChart(tiles: Tiles, options: PicturesOptions): Chart {
  const { titles = [], title } = options;
  if (titles.length > 0 && titles.length !== tiles.count) {
    throw new ValueError(`${titles.length} titles for ${tiles.count} pictures`);
  }
  const { mosaic, width, height, margins } = measure(tiles, options);
  const names =
    titles.length > 0 ? `: ${[...new Set(titles)].join(", ").replaceAll("\n", " / ")}` : "";
  const alt =
    options.alt ??
    `${title ? `${title}: ` : ""}${tiles.count} pictures of ${tiles.height} × ${tiles.width}${names}`;
  const hidden = { visible: false, constrain: "domain" };
  return new Chart([mosaicTrace(tiles, mosaic, options)], {
    ...baseLayout(alt, width, height),
    ...(title ? { title: { text: title, x: 0.5, xanchor: "center", font: { size: 16 } } } : {}),
    margin: margins,
    xaxis: hidden,
    yaxis: { ...hidden, autorange: "reversed", scaleanchor: "x" },
    annotations: titleNotes(tiles, mosaic, titles),
  });
}

/**
 * The weights of a linear classifier as pictures, one for each class, all on one diverging scale
 * whose middle is zero. `weights` is [pixels, classes], pixels = height · width of square
 * pictures unless `size` says otherwise. Raises ValueError when they do not fit.
 * @example plt.weightPictures(torch.randn(784, 2), { titles: ["bag", "boot"] });
 */
export function weightPictures(
  weights: Matrix,
  options: PicturesOptions & { readonly size?: readonly [height: number, width: number] } = {},
): Chart {
  const { values, shape } = read(weights, "weights");
  const side = Math.round(Math.sqrt(shape[0]));
  const [height, width] = options.size ?? [side, side];
  if (shape.length !== 2 || height * width !== shape[0]) {
    throw new ValueError(
      `weights of shape ${tuple(shape)} do not make pictures of ${height} × ${width}`,
      "Give [pixels, classes], and `size` when the pictures are not square.",
    );
  }
  const [pixels, count] = shape;
  const turned = Array.from(
    values,
    (_, at) => values[(at % pixels) * count + Math.floor(at / pixels)],
  );
  const [low, high] = extent(values);
  const bound = Math.max(Math.abs(low), Math.abs(high));
  const scale = { cmap: "RdBu_r", vmin: -bound, vmax: bound, colorbar: true, columns: 5 };
  return tilesChart({ values: turned, count, height, width }, { ...scale, ...options });
}
