// pyplot: functions that draw on the current figure, which `show` displays and starts anew.

import { ValueError } from "../errors";
import type { Axes, RuleOptions, Scale, TextOptions } from "./axes";
import type { BarOptions, HistOptions } from "./bars";
import type { Chart } from "./chart";
import { show as display } from "./display";
import type { ImageOptions } from "./images";
import type { BandOptions, LineOptions } from "./lines";
import type { ScatterOptions } from "./scatter";
import type { Matrix, Series } from "./series";
import { composeSheet, newSheet, type Sheet } from "./sheet";

/** Pixels an inch of `figsize` takes, matplotlib's default. */
const dotsPerInch = 100;

let sheet: Sheet = newSheet();
let current: Axes = sheet.axes[0];

function begin(next: Sheet): void {
  sheet = next;
  current = sheet.axes[0];
}

/** The keyword arguments of `plt.figure` and `plt.subplots`. */
export interface FigureOptions {
  /** Width and height in inches of 100 pixels. */
  readonly figsize?: readonly [number, number];
}

function sizeOf({ figsize }: FigureOptions): [width?: number, height?: number] {
  if (!figsize) return [];
  if (figsize.length !== 2 || !figsize.every((side) => Number.isFinite(side) && side > 0)) {
    throw new ValueError(`figure size must be positive finite not (${figsize.join(", ")})`);
  }
  return [Math.round(figsize[0] * dotsPerInch), Math.round(figsize[1] * dotsPerInch)];
}

/**
 * Start a new figure; what was drawn and not shown is dropped.
 * @example plt.figure({ figsize: [6, 3] })
 */
export function figure(options: FigureOptions = {}): void {
  begin(newSheet(1, 1, ...sizeOf(options)));
}

/** The figure as a whole, as `subplots` gives it. */
export interface FigureHandle {
  /** A title over the whole figure. */
  suptitle(text: string): void;
}

/**
 * Start a figure with a grid of axes; gives the figure and the axes row by row in one list.
 * @example const [, axes] = plt.subplots(1, 2); axes[0].plot([1, 4, 9]); plt.show()
 */
export function subplots(
  rows = 1,
  columns = 1,
  options: FigureOptions = {},
): readonly [FigureHandle, readonly Axes[]] {
  if (![rows, columns].every((n) => Number.isInteger(n) && n > 0)) {
    throw new ValueError(
      `Number of rows and columns must be positive integers, not ${rows} and ${columns}`,
    );
  }
  const own = newSheet(rows, columns, ...sizeOf(options));
  begin(own);
  const suptitle = (text: string) => {
    own.title = text;
  };
  return [{ suptitle }, own.axes];
}

/**
 * The axes that are drawn on now.
 * @example plt.gca().set_title("loss");
 */
export function gca(): Axes {
  return current;
}

/**
 * Make these the axes that are drawn on.
 * @example
 * const [, [left, right]] = plt.subplots(1, 2);
 * plt.sca(right);
 * plt.plot([1, 2], [3, 4]);
 */
export function sca(axes: Axes): void {
  if (!sheet.axes.includes(axes)) throw new ValueError("these axes belong to another figure");
  current = axes;
}

/**
 * Points. `c` may be a colour, colours, or numbers that `cmap` colours: few whole numbers are
 * classes with a marker and a legend entry each. `s` is the marker's area in points².
 * Raises ValueError "x and y must be the same size" and matplotlib's other sentences.
 * @example
 * plt.scatter([1, 2, 3], [2, 1, 3], { c: [0, 1, 1], s: 100, lw: 0, cmap: "RdYlGn" });
 * plt.show();
 */
export function scatter(x: Series, y: Series, options?: ScatterOptions): void {
  current.scatter(x, y, options);
}

/**
 * A line through the points: `plot(y)`, `plot(x, y)`, `plot(x, y, "r--")`, options last.
 * @example
 * plt.plot([1, 2, 3], [0.9, 0.5, 0.3], "o-", { label: "train" });
 * plt.show();
 */
export function plot(first: Series, ...rest: (Series | string | LineOptions)[]): void {
  current.plot(first, ...rest);
}

/**
 * A band between two lines over the same x.
 * @example plt.fill_between([1, 2], [1, 2], [2, 4]);
 */
export function fill_between(x: Series, y1: Series, y2?: Series, options?: BandOptions): void {
  current.fill_between(x, y1, y2, options);
}

/**
 * A histogram, counted as NumPy counts: `bins` equal bins or edges; `density` makes its area 1.
 * @example plt.hist(torch.randn(1000), { bins: 50, density: true })
 */
export function hist(samples: Series, options?: HistOptions | number): void {
  current.hist(samples, options);
}

/**
 * Upright bars over numbers or names.
 * @example plt.bar(["a", "b"], [1, 2]);
 */
export function bar(x: Series | readonly string[], height: Series, options?: BarOptions): void {
  current.bar(x, height, options);
}

/**
 * Lying bars beside numbers or names.
 * @example plt.barh(["a", "b"], [1, 2]);
 */
export function barh(y: Series | readonly string[], width: Series, options?: BarOptions): void {
  current.barh(y, width, options);
}

/**
 * A matrix as a picture, row 0 at the top. Raises TypeError "Invalid shape … for image data".
 * @example
 * plt.imshow(torch.rand(28, 28), { cmap: "gray" });
 * plt.show();
 */
export function imshow(matrix: Matrix, options?: ImageOptions): void {
  current.imshow(matrix, options);
}

/**
 * A title over the axes.
 * @example plt.title("loss");
 */
export function title(text: string): void {
  current.set_title(text);
}

/**
 * A title over the whole figure.
 * @example plt.suptitle("two runs");
 */
export function suptitle(text: string): void {
  sheet.title = text;
}

/**
 * Name the x axis.
 * @example plt.xlabel("epoch");
 */
export function xlabel(text: string): void {
  current.set_xlabel(text);
}

/**
 * Name the y axis.
 * @example plt.ylabel("loss");
 */
export function ylabel(text: string): void {
  current.set_ylabel(text);
}

/**
 * Show the legend; a list names the series in the order they were drawn.
 * @example
 * plt.plot([1, 2], [1, 4], { label: "squares" });
 * plt.legend();
 */
export function legend(names?: readonly string[]): void {
  current.legend(names);
}

/**
 * The ends of the x axis: `xlim(0, 1)` or `xlim([0, 1])`.
 * @example plt.xlim([0, 10]);
 */
export function xlim(low: number | readonly number[], high?: number): void {
  current.set_xlim(low, high);
}

/**
 * The ends of the y axis: `ylim(0, 1)` or `ylim([0, 1])`.
 * @example plt.ylim([0, 1]);
 */
export function ylim(low: number | readonly number[], high?: number): void {
  current.set_ylim(low, high);
}

/**
 * Scale the x axis: "linear" or "log".
 * @example plt.xscale("log");
 */
export function xscale(scale: Scale): void {
  current.set_xscale(scale);
}

/**
 * Scale the y axis: "linear" or "log".
 * @example plt.yscale("log");
 */
export function yscale(scale: Scale): void {
  current.set_yscale(scale);
}

/**
 * Where the x axis has ticks, and what they say.
 * @example plt.xticks([0, 1], ["no", "yes"]);
 */
export function xticks(at: Series, labels?: readonly string[]): void {
  current.set_xticks(at, labels);
}

/**
 * Where the y axis has ticks, and what they say.
 * @example plt.yticks([0, 1], ["no", "yes"]);
 */
export function yticks(at: Series, labels?: readonly string[]): void {
  current.set_yticks(at, labels);
}

/**
 * "off" hides the frame, "equal" makes a unit as long on both axes.
 * @example plt.axis("equal");
 */
export function axis(what: "off" | "equal"): void {
  current.axis(what);
}

/**
 * An upright line at x over the whole height.
 * @example plt.axvline(0.5);
 */
export function axvline(x: number, options?: RuleOptions): void {
  current.axvline(x, options);
}

/**
 * A level line at y over the whole width.
 * @example plt.axhline(0.5);
 */
export function axhline(y: number, options?: RuleOptions): void {
  current.axhline(y, options);
}

/**
 * A text at a point of the data.
 * @example plt.text(1, 2, "here");
 */
export function text(x: number, y: number, content: string, options?: TextOptions): void {
  current.text(x, y, content, options);
}

/**
 * The current figure as it stands, which stays current. `alt` says in words what it shows.
 * @example plt.gcf();
 */
export function gcf(options: { readonly alt?: string } = {}): Chart {
  return composeSheet(sheet, options.alt);
}

/**
 * Show the current figure in the cell and start anew. Outside Jupyter nothing is shown and the
 * figure comes back. `alt` says in words what it shows, for readers who do not see it.
 * @example
 * plt.plot([1, 2, 3], [1, 4, 9]);
 * plt.show();
 */
export function show(options: { readonly alt?: string } = {}): Chart | undefined {
  const chart = composeSheet(sheet, options.alt);
  begin(newSheet());
  return display(chart) as Chart | undefined;
}
