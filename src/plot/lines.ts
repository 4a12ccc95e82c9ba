// Lines, and the bands between two lines.

import type { PlotData } from "plotly.js";
import { ValueError } from "../errors";
import type { Trace } from "./chart";
import { colorOf } from "./colors";
import { numbers, read, rounded, roundedAll, type Series, tuple } from "./series";
import { dashOf, lineFormat, markerOf, pixels } from "./style";

/** The keyword arguments of `plt.plot`. */
export interface LineOptions {
  readonly label?: string;
  readonly color?: string;
  readonly c?: string;
  /** Width in points; 1.5 by default. */
  readonly lw?: number;
  readonly linewidth?: number;
  /** "-", "--", "-." or ":". */
  readonly ls?: string;
  readonly linestyle?: string;
  /** matplotlib's marker; none by default. */
  readonly marker?: string;
  /** Diameter of a marker in points; 6 by default. */
  readonly ms?: number;
  readonly alpha?: number;
}

/** The keyword arguments of `plt.fill_between`. */
export interface BandOptions {
  readonly label?: string;
  readonly color?: string;
  /** Opacity of the band; 0.25 by default. */
  readonly alpha?: number;
}

function checkVector(name: string, input: Series): readonly number[] {
  const { values, shape } = read(input, name);
  if (shape.filter((size) => size !== 1).length > 1) {
    throw new ValueError(
      `x and y must be one-dimensional, but ${name} has shape ${tuple(shape)}`,
      "Draw one line for each column.",
    );
  }
  return values;
}

/**
 * One line. Raises ValueError when x and y differ in length or one is a matrix, and for a format
 * string that is not matplotlib's.
 */
export function lineTrace(
  xs: Series | null,
  ys: Series,
  format: string,
  options: LineOptions,
  nextColor: string,
): Trace {
  const y = checkVector("y", ys);
  const x = xs === null ? y.map((_, i) => i) : checkVector("x", xs);
  if (x.length !== y.length) {
    throw new ValueError(
      `x and y must have same first dimension, but have shapes ${tuple([x.length])} and ${tuple([y.length])}`,
    );
  }
  const said = lineFormat(format);
  const given = options.color ?? options.c;
  const color = given === undefined ? (said.color ?? nextColor) : colorOf(given);
  const style = options.ls ?? options.linestyle;
  const dash = style === undefined ? said.dash : dashOf(style);
  const marker = options.marker ?? said.marker;
  const drawn = dash !== undefined || said.marker === undefined;
  const mode = !drawn ? "markers" : marker === undefined ? "lines" : "lines+markers";
  return {
    type: "scatter",
    mode,
    x: roundedAll(x),
    y: roundedAll(y),
    ...(options.label === undefined ? {} : { name: options.label }),
    ...(options.alpha === undefined ? {} : { opacity: options.alpha }),
    ...(drawn
      ? {
          line: {
            color,
            width: rounded(pixels(options.lw ?? options.linewidth ?? 1.5)) ?? 2,
            dash: dash ?? "solid",
          },
        }
      : {}),
    ...(marker === undefined
      ? {}
      : {
          marker: { color, symbol: markerOf(marker), size: rounded(pixels(options.ms ?? 6)) ?? 8 },
        }),
  } satisfies Partial<PlotData>;
}

/** `#rrggbb` with an opacity; other ways of writing a colour stay as they are. */
function faded(color: string, alpha: number): string {
  const parts = /^#(..)(..)(..)$/.exec(color);
  if (!parts) return color;
  return `rgba(${parts
    .slice(1)
    .map((part) => Number.parseInt(part, 16))
    .join(",")},${alpha})`;
}

/**
 * The area between two lines over the same x; one number is a level line. Points where either is
 * missing are left out. Raises ValueError when the lengths differ.
 */
export function bandTrace(
  xs: Series,
  y1: Series,
  y2: Series,
  options: BandOptions,
  nextColor: string,
): Trace {
  const x = numbers(xs, "x");
  const edge = (input: Series, name: string) => {
    const values = numbers(input, name);
    if (values.length !== x.length && values.length !== 1) {
      throw new ValueError(
        `'${name}' has size ${values.length}, but 'x' has an unequal size of ${x.length}`,
      );
    }
    return x.map((_, i) => values[values.length === 1 ? 0 : i]);
  };
  const [low, high] = [edge(y1, "y1"), edge(y2, "y2")];
  const rows = [...x.keys()].filter((i) => [x[i], low[i], high[i]].every(Number.isFinite));
  const back = [...rows].reverse();
  const color = options.color === undefined ? nextColor : colorOf(options.color);
  return {
    type: "scatter",
    mode: "lines",
    x: roundedAll([...rows, ...back].map((i) => x[i])),
    y: roundedAll([...rows.map((i) => low[i]), ...back.map((i) => high[i])]),
    fill: "toself",
    fillcolor: faded(color, options.alpha ?? 0.25),
    line: { width: 0, color },
    hoverinfo: "skip",
    ...(options.label === undefined ? { showlegend: false } : { name: options.label }),
  } satisfies Partial<PlotData>;
}
