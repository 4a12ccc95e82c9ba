// Functions of two numbers as level lines: the surface of a loss, and what a classifier decides.

import { ValueError } from "../errors";
import { fromArray, type Tensor } from "../tensor";
import type { Axes } from "./axes";
import type { Chart, Trace } from "./chart";
import { colorScale, cycle, ink } from "./colors";
import {
  extent,
  type Matrix,
  numbers,
  read,
  rounded,
  roundedAll,
  rows,
  type Series,
  tuple,
} from "./series";
import { composeSheet, newSheet } from "./sheet";

/** From where to where. */
export type Interval = readonly [low: number, high: number];

/** A path over a surface, for instance the weights epoch by epoch. */
export interface Path {
  readonly name: string;
  readonly x: Series;
  readonly y: Series;
}

/** What may be said about the surface of a loss. */
export interface SurfaceOptions {
  readonly xlim: Interval;
  readonly ylim: Interval;
  readonly paths?: readonly Path[];
  readonly title?: string;
  readonly xlabel?: string;
  readonly ylabel?: string;
  /** Points of the grid along each side; 41 by default. */
  readonly resolution?: number;
  /** matplotlib's name of a colour map; YlGnBu by default. */
  readonly cmap?: string;
  readonly alt?: string;
}

/** n numbers from low to high. */
function grid([low, high]: Interval, n: number): number[] {
  if (!(low < high)) throw new ValueError(`an interval needs low < high, got ${low} and ${high}`);
  if (!Number.isInteger(n) || n < 2)
    throw new ValueError(`resolution must be at least 2, got ${n}`);
  return Array.from({ length: n }, (_, i) => low + ((high - low) * i) / (n - 1));
}

function dressed(options: { title?: string; xlabel?: string; ylabel?: string }): Axes {
  const axes = newSheet().axes[0];
  axes.set_title(options.title ?? "");
  axes.set_xlabel(options.xlabel ?? "");
  axes.set_ylabel(options.ylabel ?? "");
  return axes;
}

/** Colours that stand out from every shade of the surface. */
const pathColors = [cycle[1], cycle[3], cycle[4], ink];
const pathDashes = ["-", "--", "-.", ":"];

/**
 * The level lines of a function of two numbers, with paths over them whose last point is marked.
 * @example
 * const bowl = (w1: number, w2: number) => w1 * w1 + 3 * w2 * w2;
 * plt.lossSurface(bowl, { xlim: [-2, 2], ylim: [-2, 2] });
 */
export function lossSurface(
  loss: (x: number, y: number) => number,
  options: SurfaceOptions,
): Chart {
  const n = options.resolution ?? 41;
  const x = grid(options.xlim, n);
  const y = grid(options.ylim, n);
  const values = y.flatMap((v) => x.map((u) => loss(u, v)));
  const axes = dressed(options);
  axes.traces.push({
    type: "contour",
    x: roundedAll(x),
    y: roundedAll(y),
    z: rows(values, n),
    colorscale: colorScale(options.cmap ?? "YlGnBu"),
    ncontours: 20,
    line: { width: 0.5 },
    colorbar: { thickness: 14 },
    showlegend: false,
    hovertemplate: "(%{x}, %{y}): %{z}<extra></extra>",
  } as Trace);
  const paths = options.paths ?? [];
  paths.forEach((path, i) => {
    const color = pathColors[i % pathColors.length];
    const ls = pathDashes[i % pathDashes.length];
    const [px, py] = [numbers(path.x, "x"), numbers(path.y, "y")];
    axes.plot(px, py, { label: path.name, color, ls, lw: 2 });
    axes.plot(px.slice(-1), py.slice(-1), "o", { color, ms: 8 });
  });
  if (paths.length > 0) axes.legend();
  axes.set_xlim(options.xlim);
  axes.set_ylim(options.ylim);
  const [low, high] = extent(values);
  const alt =
    options.alt ??
    `${options.title ? `${options.title}: ` : ""}level lines of a function of two numbers, values from ${rounded(low)} to ${rounded(high)}${paths.length > 0 ? `, with the paths ${paths.map(({ name }) => name).join(", ")}` : ""}`;
  return composeSheet({ ...newSheet(1, 1, 640, 460), axes: [axes] }, alt);
}

/** What may be said about a picture of decisions. */
export interface DecisionOptions {
  readonly title?: string;
  readonly xlabel?: string;
  readonly ylabel?: string;
  /** Names of the classes in rising order of the labels. */
  readonly label?: readonly string[];
  /** Colour map of regions and points; RdYlGn by default. */
  readonly cmap?: string;
  /** Area of a point in points²; 50 by default. */
  readonly s?: number;
  /** Points of the grid along each side; 61 by default. */
  readonly resolution?: number;
  readonly alt?: string;
}

/** The value of the field at each grid point: a probability, or the number of the best class. */
function field(
  output: Series | Matrix,
  count: number,
): { values: readonly number[]; isClass: boolean } {
  const { values, shape } = read(output, "predict");
  if (values.length === count) return { values, isClass: values.every(Number.isInteger) };
  if (shape.length !== 2 || shape[0] !== count) {
    throw new ValueError(
      `predict gave shape ${tuple(shape)} for ${count} points`,
      "It takes points [n, 2] and gives n probabilities, n classes, or scores [n, classes].",
    );
  }
  const classes = shape[1];
  const best = Array.from({ length: count }, (_, i) => {
    const scores = values.slice(i * classes, (i + 1) * classes);
    return scores.indexOf(Math.max(...scores));
  });
  return { values: best, isClass: true };
}

/** Where one class ends and the next begins. */
function boundary(low: number, high: number, isClass: boolean): object {
  const [start, end, size] = isClass ? [low + 0.5, high - 0.5, 1] : [0.5, 0.5, 1];
  return { coloring: "none", start, end, size };
}

/**
 * What a classifier of two features decides: its output over the plane in colour, the boundary as
 * a line (where a probability is 0.5), and the labelled points. `predict` takes a float32 tensor
 * [n, 2] and gives n probabilities, n class numbers, or scores [n, classes].
 * @example
 * const points = torch.tensor([[0, 0], [1, 1]]).float();
 * plt.decisionRegions((P) => P.sum(1).gt(1).float(), points, torch.tensor([0, 1]));
 */
export function decisionRegions(
  predict: (points: Tensor) => Series | Matrix,
  X: Matrix,
  y: Series,
  options: DecisionOptions = {},
): Chart {
  const { values: points, shape } = read(X, "X");
  if (shape.length !== 2 || shape[1] !== 2) {
    throw new ValueError(`X must have shape (n, 2), but has shape ${tuple(shape)}`);
  }
  const [xs, ys] = [0, 1].map((column) => points.filter((_, i) => i % 2 === column));
  const n = options.resolution ?? 61;
  const [gx, gy] = [xs, ys].map((values) => {
    const [low, high] = extent(values);
    const room = 0.08 * (high - low || 1);
    return grid([low - room, high + room], n);
  });
  const plane = Float32Array.from(gy.flatMap((v) => gx.flatMap((u) => [u, v])));
  const { values, isClass } = field(predict(fromArray(plane, [n * n, 2])), n * n);
  const [low, high] = isClass ? extent([...values, ...numbers(y, "y")]) : [0, 1];
  const axes = dressed(options);
  const common = { type: "contour", x: roundedAll(gx), y: roundedAll(gy), z: rows(values, n) };
  const cmap = options.cmap ?? "RdYlGn";
  axes.traces.push(
    {
      ...common,
      colorscale: colorScale(cmap),
      zmin: low,
      zmax: high,
      opacity: 0.45,
      contours: isClass
        ? { coloring: "fill", showlines: false, start: low + 0.5, end: high - 0.5, size: 1 }
        : { coloring: "fill", showlines: false, start: 0.1, end: 0.9, size: 0.1 },
      ...(isClass ? { showscale: false } : { colorbar: { thickness: 14 } }),
      hoverinfo: "skip",
    } as Trace,
    {
      ...common,
      contours: boundary(low, high, isClass),
      line: { color: cycle[0], width: 2.5 },
      hoverinfo: "skip",
    } as Trace,
  );
  axes.scatter(xs, ys, {
    c: y,
    s: options.s ?? 50,
    cmap,
    ...(options.label ? { label: options.label } : {}),
  });
  const alt =
    options.alt ??
    `${options.title ? `${options.title}: ` : ""}what a classifier decides over two features, with ${xs.length} labelled points`;
  return composeSheet({ ...newSheet(1, 1, 640, 460), axes: [axes] }, alt);
}
