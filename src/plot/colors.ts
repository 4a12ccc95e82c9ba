// Colours, markers and colour maps: readable on light and dark paper and for colour-blind eyes.

import { ValueError } from "../errors";

/** Text, axes and lines of the frame: the grey with the same contrast on white and near-black. */
export const ink = "#797979";
/** Lines of the grid. */
export const faint = "rgba(128,128,128,0.28)";

/** Colours of successive series, told apart in every common kind of colour blindness (Okabe, Ito). */
export const cycle: readonly string[] = [
  "#0072B2",
  "#D55E00",
  "#009E73",
  "#CC79A7",
  "#E69F00",
  "#56B4E9",
  "#8C6BB1",
  "#999933",
];

/** Markers of successive classes, in Plotly's names. */
export const markerCycle: readonly string[] = [
  "circle",
  "diamond",
  "square",
  "triangle-up",
  "cross",
  "x",
  "triangle-down",
  "star",
  "pentagon",
  "hexagon",
];

const letters: { readonly [name: string]: string } = {
  b: cycle[0],
  r: cycle[1],
  g: cycle[2],
  m: cycle[3],
  y: cycle[4],
  c: cycle[5],
  k: ink,
  black: ink,
  w: "#ffffff",
};

/** A colour as matplotlib names it ("r", "C1", "k", "#0af", CSS names) as one Plotly knows. */
export function colorOf(name: string): string {
  const numbered = /^C(\d+)$/.exec(name);
  if (numbered) return cycle[Number(numbered[1]) % cycle.length];
  return letters[name] ?? name;
}

/** A colour for each t in 0 … 1. */
export type ColorMap = (t: number) => string;

const grey: ColorMap = (t) => {
  const level = Math.round(255 * t);
  return `rgb(${level}, ${level}, ${level})`;
};

const greys: { readonly [name: string]: ColorMap } = { gray: grey, binary: (t) => grey(1 - t) };

const scaleNames: readonly string[] = [
  ...["Greys", "Blues", "Greens", "Oranges", "Purples", "Reds", "YlGnBu", "YlOrRd"],
  ...["viridis", "plasma", "inferno", "magma", "cividis", "turbo"],
  ...["BrBG", "PiYG", "PRGn", "PuOr", "RdBu", "RdGy", "RdYlBu", "RdYlGn", "Spectral"],
];

/** The map of that name, or undefined. The package of scales takes a while to load: on first use. */
function mapOf(name: string): ColorMap | undefined {
  if (!scaleNames.includes(name)) return greys[name];
  const scales = require("d3-scale-chromatic") as { readonly [name: string]: ColorMap };
  return scales[`interpolate${name[0].toUpperCase()}${name.slice(1)}`];
}

/** d3 writes rgb(…) or #…; every figure gets #rrggbb. */
function hexOf(color: string): string {
  const parts = color.match(/\d+/g);
  if (color.startsWith("#") || !parts) return color;
  return `#${parts.map((part) => Number(part).toString(16).padStart(2, "0")).join("")}`;
}

/**
 * matplotlib's colour map of that name; a name with `_r` at its end runs the other way.
 * Raises ValueError for a name that is not known, with those that are.
 */
export function colorMap(name: string): ColorMap {
  const backwards = name.endsWith("_r");
  const map = mapOf(backwards ? name.slice(0, -2) : name);
  if (!map) {
    throw new ValueError(
      `'${name}' is not a valid value for cmap`,
      `Known are ${[...Object.keys(greys), ...scaleNames].join(", ")}, each also with _r at its end.`,
    );
  }
  return (t) => hexOf(map(backwards ? 1 - t : t));
}

/** The colour map as a table of stops, as Plotly wants it. */
export function colorScale(name: string, stops = 17): [number, string][] {
  const map = colorMap(name);
  return Array.from({ length: stops }, (_, i) => {
    const t = Number((i / (stops - 1)).toPrecision(6));
    return [t, map(t)];
  });
}
