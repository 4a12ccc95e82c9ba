// Bars, and the bars of a histogram, counted here so that a figure holds bins and not all samples.

import type { PlotData } from "plotly.js";
import { ValueError } from "../errors";
import type { Trace } from "./chart";
import { colorOf } from "./colors";
import { extent, numbers, rounded, roundedAll, type Series, tuple } from "./series";

/** The keyword arguments of `plt.bar` and `plt.barh`. */
export interface BarOptions {
  readonly label?: string;
  readonly color?: string;
  /** Width of a bar in units of x; 0.8 by default. */
  readonly width?: number;
  readonly alpha?: number;
}

/** The keyword arguments of `plt.hist`. */
export interface HistOptions {
  /** How many equal bins (10 by default), or their edges. */
  readonly bins?: number | Series;
  /** From where to where; the smallest to the largest value by default. */
  readonly range?: readonly [number, number];
  /** Heights whose bars have total area 1, instead of counts. */
  readonly density?: boolean;
  readonly label?: string;
  readonly color?: string;
  readonly alpha?: number;
}

function paint(color: string | undefined, nextColor: string, alpha: number | undefined) {
  return {
    color: color === undefined ? nextColor : colorOf(color),
    ...(alpha === undefined ? {} : { opacity: alpha }),
  };
}

/** One bar for each x, which may be numbers or names. Raises ValueError when the lengths differ. */
export function barTrace(
  xs: Series | readonly string[],
  heights: Series,
  options: BarOptions & { readonly lying?: boolean },
  nextColor: string,
): Trace {
  const named = Array.isArray(xs) && xs.some((x) => typeof x === "string");
  const x = named ? [...(xs as string[])] : roundedAll(numbers(xs as Series, "x"));
  const height = roundedAll(numbers(heights, "height"));
  if (x.length !== height.length) {
    throw new ValueError(
      `shape mismatch: objects cannot be broadcast to a single shape.  Mismatch is between arg 0 with shape ${tuple([x.length])} and arg 1 with shape ${tuple([height.length])}.`,
    );
  }
  return {
    type: "bar",
    orientation: options.lying ? "h" : "v",
    x: options.lying ? height : x,
    y: options.lying ? x : height,
    width: options.width ?? 0.8,
    marker: paint(options.color, nextColor, options.alpha),
    ...(options.label === undefined ? {} : { name: options.label }),
  } satisfies Partial<PlotData>;
}

/** The edges of n equal bins; a single value gets a bin of width 1 around it. */
function equalEdges(bins: number, low: number, high: number): number[] {
  if (!Number.isInteger(bins) || bins < 1)
    throw new ValueError("`bins` must be positive, when an integer");
  if (low > high) throw new ValueError("max must be larger than min in range parameter.");
  const [from, to] = low === high ? [low - 0.5, high + 0.5] : [low, high];
  return Array.from({ length: bins + 1 }, (_, i) =>
    i === bins ? to : from + ((to - from) * i) / bins,
  );
}

function edgesOf(values: readonly number[], { bins = 10, range }: HistOptions): readonly number[] {
  if (typeof bins === "number") return equalEdges(bins, ...(range ?? extent(values)));
  const edges = numbers(bins, "bins");
  if (edges.length < 2 || edges.some((edge, i) => i > 0 && !(edge > edges[i - 1]))) {
    throw new ValueError("`bins` must increase monotonically, when an array");
  }
  return edges;
}

/** Which bin: the last whose left edge is not above x; the last bin holds its right edge too. */
function binOf(x: number, edges: readonly number[]): number {
  const last = edges.length - 2;
  if (!(x >= edges[0] && x <= edges[last + 1])) return -1;
  let [low, high] = [0, last];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (edges[middle] <= x) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Edges and heights of a histogram, as NumPy counts them; missing values are left out. */
export function histogram(
  samples: Series,
  options: HistOptions = {},
): { readonly edges: readonly number[]; readonly heights: readonly number[] } {
  const values = numbers(samples, "x").filter(Number.isFinite);
  const edges = edgesOf(values, options);
  const counts = new Array<number>(edges.length - 1).fill(0);
  let counted = 0;
  for (const value of values) {
    const bin = binOf(value, edges);
    if (bin < 0) continue;
    counts[bin]++;
    counted++;
  }
  if (!options.density) return { edges, heights: counts };
  return { edges, heights: counts.map((n, i) => n / counted / (edges[i + 1] - edges[i])) };
}

/** The bars of a histogram. Raises ValueError for bins that are not positive or do not rise. */
export function histTrace(samples: Series, options: HistOptions, nextColor: string): Trace {
  const { edges, heights } = histogram(samples, options);
  const between = (i: number) => (edges[i] + edges[i + 1]) / 2;
  return {
    type: "bar",
    x: roundedAll(heights.map((_, i) => between(i))),
    y: roundedAll(heights),
    width: heights.map((_, i) => rounded(edges[i + 1] - edges[i]) ?? 0),
    marker: paint(options.color, nextColor, options.alpha),
    ...(options.label === undefined ? {} : { name: options.label }),
  } satisfies Partial<PlotData>;
}
