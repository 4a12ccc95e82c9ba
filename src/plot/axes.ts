// One pair of axes and what is drawn on it, as matplotlib's Axes.

import { ValueError } from "../errors";
import { type BarOptions, barTrace, type HistOptions, histTrace } from "./bars";
import type { LayoutPart, Trace } from "./chart";
import { colorOf, cycle, ink } from "./colors";
import { type ImageOptions, imageTrace } from "./images";
import { type BandOptions, bandTrace, type LineOptions, lineTrace } from "./lines";
import { type ScatterOptions, scatterTraces } from "./scatter";
import { type Matrix, rounded, type Series } from "./series";
import { dashOf, pixels } from "./style";

/** The scale of an axis. */
export type Scale = "linear" | "log";

/** What is known of one axis beside its traces. */
export interface AxisState {
  label: string;
  scale: Scale;
  limits: readonly [number, number] | null;
  ticks: { readonly at: readonly number[]; readonly labels: readonly string[] } | null;
}

/** The keyword arguments of lines across the axes. */
export interface RuleOptions {
  readonly color?: string;
  readonly c?: string;
  readonly ls?: string;
  readonly linestyle?: string;
  readonly lw?: number;
  readonly label?: string;
}

/** The keyword arguments of a text. */
export interface TextOptions {
  readonly color?: string;
  readonly fontsize?: number;
  /** Which side of the text stands at x. */
  readonly ha?: "left" | "center" | "right";
  readonly va?: "bottom" | "center" | "top";
}

const newAxis = (): AxisState => ({ label: "", scale: "linear", limits: null, ticks: null });
const vertical = { bottom: "bottom", center: "middle", top: "top" } as const;

function pair(name: string, low: number | readonly number[], high?: number): [number, number] {
  const ends = typeof low === "number" ? [low, high ?? Number.NaN] : low;
  if (ends.length !== 2 || !ends.every(Number.isFinite)) {
    throw new ValueError(`${name} needs two finite numbers, got ${ends.join(", ")}`);
  }
  return [ends[0], ends[1]];
}

/**
 * One pair of axes. Its methods mirror matplotlib's and raise its sentences.
 * @example
 * const [, [left, right]] = plt.subplots(1, 2);
 * left.plot([1, 2, 3], [1, 4, 9]);
 * right.set_title("on the right");
 */
export class Axes {
  readonly traces: Trace[] = [];
  readonly shapes: LayoutPart[] = [];
  readonly annotations: LayoutPart[] = [];
  readonly x: AxisState = newAxis();
  readonly y: AxisState = newAxis();
  titleText = "";
  /** Null: a legend when classes are told apart; else as `legend()` said. */
  wantsLegend: boolean | null = null;
  isPicture = false;
  isEqual = false;
  isOff = false;
  private used = 0;

  private get nextColor(): string {
    return cycle[this.used % cycle.length];
  }

  private add(...traces: Trace[]): void {
    this.traces.push(...traces);
    this.used++;
  }

  /**
   * Points; see `plt.scatter`.
   * @example
   * const [, [axes]] = plt.subplots();
   * axes.scatter([1, 2], [3, 4], { c: [0, 1] });
   */
  scatter(x: Series, y: Series, options: ScatterOptions = {}): void {
    this.add(...scatterTraces(x, y, options, this.nextColor));
  }

  /**
   * A line; see `plt.plot`.
   * @example
   * const [, [axes]] = plt.subplots();
   * axes.plot([1, 2, 3], [1, 4, 9], "o-", { label: "squares" });
   */
  plot(first: Series, ...rest: (Series | string | LineOptions | undefined)[]): void {
    const options = rest.find((item): item is LineOptions => isOptions(item)) ?? {};
    const format = rest.find((item): item is string => typeof item === "string") ?? "";
    const second = rest[0];
    const hasTwo = second !== undefined && typeof second !== "string" && !isOptions(second);
    const [x, y] = hasTwo ? [first, second as Series] : [null, first];
    this.add(lineTrace(x, y, format, options, this.nextColor));
  }

  /**
   * A band between two lines.
   * @example
   * const [, [axes]] = plt.subplots();
   * axes.fill_between([1, 2], [1, 2], [2, 4]);
   */
  fill_between(x: Series, y1: Series, y2: Series = 0, options: BandOptions = {}): void {
    this.add(bandTrace(x, y1, y2, options, this.nextColor));
  }

  /**
   * A histogram.
   * @example
   * const [, [axes]] = plt.subplots();
   * axes.hist(torch.randn(100));
   */
  hist(samples: Series, options: HistOptions | number = {}): void {
    const given = typeof options === "number" ? { bins: options } : options;
    this.add(histTrace(samples, given, this.nextColor));
  }

  /**
   * Upright bars.
   * @example
   * const [, [axes]] = plt.subplots();
   * axes.bar(["a", "b"], [1, 2]);
   */
  bar(x: Series | readonly string[], height: Series, options: BarOptions = {}): void {
    this.add(barTrace(x, height, options, this.nextColor));
  }

  /**
   * Lying bars.
   * @example
   * const [, [axes]] = plt.subplots();
   * axes.barh(["a", "b"], [1, 2]);
   */
  barh(y: Series | readonly string[], width: Series, options: BarOptions = {}): void {
    this.add(barTrace(y, width, { ...options, lying: true }, this.nextColor));
  }

  /**
   * A matrix as a picture, row 0 at the top.
   * @example
   * const [, [axes]] = plt.subplots();
   * axes.imshow(torch.rand(4, 4));
   */
  imshow(matrix: Matrix, options: ImageOptions = {}): void {
    this.traces.push(imageTrace(matrix, options));
    this.isPicture = true;
  }

  /**
   * An upright line at x over the whole height.
   * @example
   * const [, [axes]] = plt.subplots();
   * axes.axvline(0.5);
   */
  axvline(x: number, options: RuleOptions = {}): void {
    this.rule({ x0: x, x1: x, y0: 0, y1: 1, yref: "paper" }, options);
  }

  /**
   * A level line at y over the whole width.
   * @example
   * const [, [axes]] = plt.subplots();
   * axes.axhline(0.5);
   */
  axhline(y: number, options: RuleOptions = {}): void {
    this.rule({ x0: 0, x1: 1, y0: y, y1: y, xref: "paper" }, options);
  }

  /**
   * A text at a point of the data.
   * @example
   * const [, [axes]] = plt.subplots();
   * axes.text(1, 2, "here");
   */
  text(x: number, y: number, text: string, options: TextOptions = {}): void {
    this.annotations.push({
      x,
      y,
      text,
      showarrow: false,
      xanchor: options.ha ?? "left",
      yanchor: vertical[options.va ?? "bottom"],
      font: { size: options.fontsize ?? 13, color: colorOf(options.color ?? "k") },
    });
  }

  /**
   * Show the legend; a list names the series in the order they were drawn.
   * @example
   * const [, [axes]] = plt.subplots();
   * axes.plot([1, 2], [1, 4], { label: "squares" });
   * axes.legend();
   */
  legend(names?: readonly string[]): void {
    this.wantsLegend = true;
    names?.forEach((name, i) => {
      if (this.traces[i]) this.traces[i] = { ...this.traces[i], name, showlegend: true };
    });
  }

  /**
   * A title over the axes.
   * @example
   * const [, [axes]] = plt.subplots();
   * axes.set_title("loss");
   */
  set_title(text: string): void {
    this.titleText = text;
  }
  /**
   * Name the x axis.
   * @example
   * const [, [axes]] = plt.subplots();
   * axes.set_xlabel("epoch");
   */
  set_xlabel(text: string): void {
    this.x.label = text;
  }
  /**
   * Name the y axis.
   * @example
   * const [, [axes]] = plt.subplots();
   * axes.set_ylabel("loss");
   */
  set_ylabel(text: string): void {
    this.y.label = text;
  }
  /**
   * The ends of the x axis.
   * @example
   * const [, [axes]] = plt.subplots();
   * axes.set_xlim([0, 10]);
   */
  set_xlim(low: number | readonly number[], high?: number): void {
    this.x.limits = pair("xlim", low, high);
  }
  /**
   * The ends of the y axis.
   * @example
   * const [, [axes]] = plt.subplots();
   * axes.set_ylim([0, 1]);
   */
  set_ylim(low: number | readonly number[], high?: number): void {
    this.y.limits = pair("ylim", low, high);
  }
  /**
   * Scale the x axis: "linear" or "log".
   * @example
   * const [, [axes]] = plt.subplots();
   * axes.set_xscale("log");
   */
  set_xscale(scale: Scale): void {
    this.x.scale = checkScale(scale);
  }
  /**
   * Scale the y axis: "linear" or "log".
   * @example
   * const [, [axes]] = plt.subplots();
   * axes.set_yscale("log");
   */
  set_yscale(scale: Scale): void {
    this.y.scale = checkScale(scale);
  }
  /**
   * Where the x axis is marked, and with which words.
   * @example
   * const [, [axes]] = plt.subplots();
   * axes.set_xticks([0, 1], ["no", "yes"]);
   */
  set_xticks(at: Series, labels?: readonly string[]): void {
    this.x.ticks = ticks(at, labels);
  }
  /**
   * Where the y axis is marked, and with which words.
   * @example
   * const [, [axes]] = plt.subplots();
   * axes.set_yticks([0, 1], ["no", "yes"]);
   */
  set_yticks(at: Series, labels?: readonly string[]): void {
    this.y.ticks = ticks(at, labels);
  }

  /**
   * "off" hides the frame, "equal" makes a unit as long on both axes.
   * @example
   * const [, [axes]] = plt.subplots();
   * axes.axis("equal");
   */
  axis(what: "off" | "equal"): void {
    if (what === "off") this.isOff = true;
    else if (what === "equal") this.isEqual = true;
    else throw new ValueError(`Unrecognized string '${what}' to axis; try 'off' or 'equal'`);
  }

  private rule(ends: LayoutPart, options: RuleOptions): void {
    const line = {
      color: colorOf(options.color ?? options.c ?? ink),
      width: rounded(pixels(options.lw ?? 1.2)) ?? 1.6,
      dash: dashOf(options.ls ?? options.linestyle ?? "-"),
    };
    this.shapes.push({ type: "line", ...ends, line });
    if (options.label === undefined) return;
    this.traces.push({
      type: "scatter",
      mode: "lines",
      x: [null],
      y: [null],
      name: options.label,
      line,
    });
  }
}

function isOptions(item: unknown): item is LineOptions {
  return (
    typeof item === "object" && item !== null && Object.getPrototypeOf(item) === Object.prototype
  );
}

function checkScale(scale: Scale): Scale {
  if (scale === "linear" || scale === "log") return scale;
  throw new ValueError(
    `'${scale}' is not a valid value for scale; supported values are 'linear', 'log'`,
  );
}

function ticks(at: Series, labels: readonly string[] | undefined): AxisState["ticks"] {
  const places = Array.from(typeof at === "number" ? [at] : (at as ArrayLike<number>));
  return { at: places, labels: labels ?? places.map(String) };
}
