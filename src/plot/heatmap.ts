// A matrix with its numbers written in the cells: tables of counts, shapes, losses.

import { TypeError, ValueError } from "../errors";
import { formatGeneral } from "../format";
import { baseAxis, baseLayout, Chart } from "./chart";
import { colorScale } from "./colors";
import { count } from "./describe";
import { extent, type Matrix, read, rounded, rows, tuple } from "./series";

/** What may be said about a heat map. */
export interface HeatMapOptions {
  readonly title?: string;
  readonly xlabel?: string;
  readonly ylabel?: string;
  /** Names of the columns and rows; their numbers by default. */
  readonly xnames?: readonly string[];
  readonly ynames?: readonly string[];
  /** matplotlib's name of a colour map; Blues, or RdBu_r around zero when signs differ. */
  readonly cmap?: string;
  readonly vmin?: number;
  readonly vmax?: number;
  /** Significant digits in the cells; 4 by default. No numbers with `false`. */
  readonly digits?: number | false;
  readonly width?: number;
  readonly height?: number;
  readonly colorbar?: boolean;
  readonly alt?: string;
}

/** Ends and colours: around zero when there are values of both signs. */
function scaleOf(values: readonly number[], options: HeatMapOptions) {
  const [low, high] = extent(values);
  const bound = Math.max(-low, high);
  const signs = low < 0 && high > 0;
  return {
    cmap: options.cmap ?? (signs ? "RdBu_r" : "Blues"),
    zmin: rounded(options.vmin ?? (signs ? -bound : Math.min(low, 0))) ?? 0,
    zmax: rounded(options.vmax ?? (signs ? bound : high)) ?? 1,
  };
}

function namesOf(names: readonly string[] | undefined, n: number, what: string): string[] {
  if (names === undefined) return Array.from({ length: n }, (_, i) => String(i));
  if (names.length !== n) throw new ValueError(`${names.length} names for ${n} ${what}`);
  return [...names];
}

/** Names on an axis of cells, each at its cell's number; long names side by side are slanted. */
function cellAxis(title: string, names: readonly string[], slanted: boolean): object {
  const tickvals = names.map((_, i) => i);
  return {
    ...baseAxis(title, "cells"),
    tickmode: "array",
    tickvals,
    ticktext: names,
    ...(slanted ? { tickangle: -40 } : {}),
  };
}

/**
 * A matrix as coloured cells with the numbers in them. A vector counts as one row. Raises
 * TypeError for more than two dimensions, ValueError for names that do not fit.
 * @example
 * const counts = torch.tensor([[8, 2], [1, 9]]);
 * plt.heatMap(counts, { xlabel: "predicted", ylabel: "true", xnames: ["bag", "boot"] });
 */
export function heatMap(matrix: Matrix, options: HeatMapOptions = {}): Chart {
  const { values, shape } = read(matrix, "matrix");
  if (shape.length < 1 || shape.length > 2) {
    throw new TypeError(
      `Invalid shape ${tuple(shape)} for a heat map`,
      "Give a matrix of numbers.",
    );
  }
  const [down, across] = shape.length === 1 ? [1, shape[0]] : shape;
  const { cmap, zmin, zmax } = scaleOf(values, options);
  const digits = options.digits ?? 4;
  const written = values.map((v) =>
    digits === false || Number.isNaN(v) ? "" : formatGeneral(v, digits),
  );
  const text = Array.from({ length: down }, (_, i) => written.slice(i * across, (i + 1) * across));
  const xnames = namesOf(options.xnames, across, "columns");
  const ynames = namesOf(options.ynames, down, "rows");
  const { title, width = 640 } = options;
  const height = options.height ?? Math.min(560, 130 + 44 * down);
  const alt =
    options.alt ??
    `${title ? `${title}: ` : ""}heat map of ${count(down, "row")} and ${count(across, "column")}`;
  const trace = {
    type: "heatmap",
    z: rows(values, across),
    text,
    texttemplate: "%{text}",
    textfont: { size: across > 8 ? 11 : 13 },
    colorscale: colorScale(cmap),
    zmin,
    zmax,
    showscale: options.colorbar ?? false,
    xgap: 1,
    ygap: 1,
    hovertemplate: "%{y}, %{x}: %{text}<extra></extra>",
    hoverongaps: false,
  };
  return new Chart([trace], {
    ...baseLayout(alt, width, height),
    ...(title ? { title: { text: title, x: 0.5, xanchor: "center", font: { size: 16 } } } : {}),
    xaxis: cellAxis(options.xlabel ?? "", xnames, xnames.join("").length > 40),
    yaxis: { ...cellAxis(options.ylabel ?? "", ynames, false), autorange: "reversed" },
  });
}

/**
 * A confusion matrix: rows are the true classes, columns the predicted ones, cells hold counts.
 * @example plt.confusionMatrix(torch.tensor([[8, 2], [1, 9]]), ["bag", "boot"]);
 */
export function confusionMatrix(
  counts: Matrix,
  classes: readonly string[],
  options: HeatMapOptions = {},
): Chart {
  return heatMap(counts, {
    xlabel: "predicted",
    ylabel: "true",
    xnames: classes,
    ynames: classes,
    ...options,
  });
}
