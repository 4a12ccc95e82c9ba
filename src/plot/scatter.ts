// Points: a trace for each class where the colours stand for classes, else one with a colour scale.

import type { PlotData } from "plotly.js";
import { ValueError } from "../errors";
import type { Trace } from "./chart";
import { colorMap, colorOf, colorScale, cycle, markerCycle } from "./colors";
import { extent, numbers, rounded, roundedAll, type Series } from "./series";
import { markerOf, pixels } from "./style";

/** The keyword arguments of `plt.scatter`. */
export interface ScatterOptions {
  /** One colour, a colour for each point, or a number for each point that `cmap` colours. */
  readonly c?: string | readonly string[] | Series;
  /** The area of a marker in points², one for all or one for each point; 36 by default. */
  readonly s?: number | Series;
  /** Width of the markers' outline in points. */
  readonly lw?: number;
  /** matplotlib's name of a colour map. */
  readonly cmap?: string;
  /** The name in the legend; a list names the classes in rising order of `c`. */
  readonly label?: string | readonly string[];
  /** matplotlib's marker: "o", "s", "^" … */
  readonly marker?: string;
  /** Opacity, 0 … 1. */
  readonly alpha?: number;
}

/** More distinct whole numbers than this are a scale, not classes. */
const mostClasses = 10;
const defaultArea = 36;

function diameters(s: number | Series | undefined, n: number): number | (number | null)[] {
  const areas = numbers(s ?? defaultArea, "s");
  const diameter = (area: number) => rounded(pixels(Math.sqrt(area)));
  if (typeof s === "object" && areas.length !== 1) {
    if (areas.length !== n) {
      throw new ValueError("s must be a scalar, or float array-like with the same size as x and y");
    }
    return areas.map(diameter);
  }
  return diameter(areas[0]) ?? 0;
}

/** The classes in rising order, or null when the numbers are a scale. */
function classesOf(values: readonly number[]): number[] | null {
  const distinct = [...new Set(values)];
  if (distinct.length > mostClasses || !distinct.every(Number.isInteger)) return null;
  return distinct.sort((a, b) => a - b);
}

function isColorList(c: unknown): c is readonly string[] {
  return Array.isArray(c) && c.length > 0 && c.every((item) => typeof item === "string");
}

interface Points {
  readonly x: readonly (number | null)[];
  readonly y: readonly (number | null)[];
  readonly size: number | readonly (number | null)[];
}

function pick<T>(list: readonly T[], rows: readonly number[]): T[] {
  return rows.map((row) => list[row]);
}

function trace(points: Points, color: unknown, options: ScatterOptions, name?: string): Trace {
  const { lw = 0, marker = "o", alpha } = options;
  return {
    type: "scatter",
    mode: "markers",
    x: [...points.x],
    y: [...points.y],
    ...(name === undefined ? {} : { name }),
    marker: {
      color: color as string,
      size: points.size as number,
      symbol: markerOf(marker),
      line: { width: rounded(pixels(lw)) ?? 0 },
      ...(alpha === undefined ? {} : { opacity: alpha }),
    },
  } satisfies Partial<PlotData>;
}

function className(label: ScatterOptions["label"], value: number, rank: number): string {
  if (Array.isArray(label)) return label[rank] ?? String(value);
  return label === undefined ? String(value) : `${label} ${value}`;
}

function classTraces(
  points: Points,
  values: readonly number[],
  classes: readonly number[],
  options: ScatterOptions,
): Trace[] {
  const { cmap, label } = options;
  const [low, high] = [classes[0], classes[classes.length - 1]];
  const map = cmap === undefined ? null : colorMap(cmap);
  return classes.map((value, rank) => {
    const rows = values.flatMap((v, row) => (v === value ? [row] : []));
    const color = map
      ? map(high > low ? (value - low) / (high - low) : 0)
      : cycle[rank % cycle.length];
    const size = Array.isArray(points.size) ? pick(points.size, rows) : points.size;
    const own = { x: pick(points.x, rows), y: pick(points.y, rows), size };
    const one = trace(own, color, options, className(label, value, rank));
    const symbol = options.marker ? markerOf(options.marker) : markerCycle[rank];
    return { ...one, showlegend: true, marker: { ...one.marker, symbol } };
  });
}

function scaleTrace(points: Points, values: readonly number[], options: ScatterOptions): Trace {
  const [low, high] = extent(values);
  const one = trace(points, roundedAll(values), options, labelOf(options));
  return {
    ...one,
    marker: {
      ...one.marker,
      colorscale: colorScale(options.cmap ?? "viridis"),
      cmin: rounded(low) ?? 0,
      cmax: rounded(high) ?? 1,
      showscale: true,
    },
  };
}

function labelOf({ label }: ScatterOptions): string | undefined {
  return typeof label === "string" ? label : label?.[0];
}

/**
 * Points as traces. Raises ValueError when x and y, or c or s beside them, differ in size.
 * `nextColor` is the colour of points that are given none.
 */
export function scatterTraces(
  xs: Series,
  ys: Series,
  options: ScatterOptions,
  nextColor: string,
): Trace[] {
  const x = roundedAll(numbers(xs, "x"));
  const y = roundedAll(numbers(ys, "y"));
  if (x.length !== y.length) throw new ValueError("x and y must be the same size");
  const points = { x, y, size: diameters(options.s, x.length) };
  const { c } = options;
  if (c === undefined) return [trace(points, nextColor, options, labelOf(options))];
  if (typeof c === "string") return [trace(points, colorOf(c), options, labelOf(options))];
  const length = isColorList(c) ? c.length : numbers(c as Series, "c").length;
  if (length !== x.length) {
    throw new ValueError(
      `'c' argument has ${length} elements, which is inconsistent with 'x' and 'y' with size ${x.length}.`,
    );
  }
  if (isColorList(c)) return [trace(points, c.map(colorOf), options, labelOf(options))];
  const values = numbers(c as Series, "c");
  const classes = classesOf(values);
  return classes && classes.length > 0
    ? classTraces(points, values, classes, options)
    : [scaleTrace(points, values, options)];
}
