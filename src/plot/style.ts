// matplotlib's short forms for lines and markers, in Plotly's words.

import { ValueError } from "../errors";
import { colorOf } from "./colors";

/** Plotly's names of line styles. */
export type Dash = "solid" | "dash" | "dashdot" | "dot";

/** Points (1/72 inch) in CSS pixels (1/96 inch). */
export function pixels(points: number): number {
  return (points * 96) / 72;
}

const markers: { readonly [name: string]: string } = {
  o: "circle",
  ".": "circle",
  s: "square",
  D: "diamond",
  d: "diamond-tall",
  "^": "triangle-up",
  v: "triangle-down",
  "<": "triangle-left",
  ">": "triangle-right",
  "+": "cross",
  x: "x",
  P: "cross",
  X: "x",
  "*": "star",
  p: "pentagon",
  h: "hexagon",
};

const dashes: { readonly [name: string]: Dash } = {
  "-": "solid",
  solid: "solid",
  "--": "dash",
  dashed: "dash",
  "-.": "dashdot",
  dashdot: "dashdot",
  ":": "dot",
  dotted: "dot",
};

/** Plotly's name of a matplotlib marker. Raises ValueError for one that is not known. */
export function markerOf(name: string): string {
  const symbol = markers[name];
  if (symbol) return symbol;
  throw new ValueError(
    `Unrecognized marker style '${name}'`,
    `Known are ${Object.keys(markers).join(" ")}`,
  );
}

/** Plotly's name of a matplotlib line style. Raises ValueError for one that is not known. */
export function dashOf(name: string): Dash {
  const dash = dashes[name];
  if (dash) return dash;
  throw new ValueError(
    `'${name}' is not a valid value for ls`,
    `Known are ${Object.keys(dashes).join(", ")}`,
  );
}

/** What a format string such as "r--" or "o" says. */
export interface LineFormat {
  readonly color?: string;
  readonly dash?: Dash;
  readonly marker?: string;
}

/** Read matplotlib's format string: a colour, a marker and a line style in any order. */
export function lineFormat(text: string): LineFormat {
  const found: { color?: string; dash?: Dash; marker?: string } = {};
  let rest = text;
  while (rest.length > 0) {
    const token = /^(--|-\.|C\d+|.)/su.exec(rest)?.[0] ?? rest;
    if (token in dashes && found.dash === undefined) found.dash = dashes[token];
    else if (/^([bgrcmykw]|C\d+)$/.test(token) && found.color === undefined) {
      found.color = colorOf(token);
    } else if (token in markers && found.marker === undefined) found.marker = token;
    else
      throw new ValueError(
        `'${text}' is not a valid format string (unrecognized character '${token}')`,
      );
    rest = rest.slice(token.length);
  }
  return found;
}
