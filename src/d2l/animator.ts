// d2l's Animator: a chart that grows while a model trains.

import { callable } from "../callable";
import { ValueError } from "../errors";
import { Axes, type Scale } from "../plot/axes";
import type { Chart } from "../plot/chart";
import { show } from "../plot/display";
import { atCellEnd, LiveDisplay } from "../plot/live";
import { composeSheet, newSheet } from "../plot/sheet";
import { type SvgFrame, type SvgLine, svgLines } from "../plot/svg";

/** The keyword arguments of an Animator, as in d2l. */
export interface AnimatorOptions {
  readonly xlabel?: string;
  readonly ylabel?: string;
  /** The names of the lines. */
  readonly legend?: readonly string[];
  readonly xlim?: readonly [number, number];
  readonly ylim?: readonly [number, number];
  readonly xscale?: Scale;
  readonly yscale?: Scale;
  /** A format for each line; d2l's own by default. */
  readonly fmts?: readonly string[];
  readonly title?: string;
}

const defaultFormats = ["-", "m--", "g-.", "r:"];

/** What `Animator` makes; see there. */
export class AnimatorClass {
  private readonly lines: { x: number[]; y: number[] }[] = [];
  private readonly live = new LiveDisplay();
  private waiting = false;

  constructor(private readonly options: AnimatorOptions = {}) {}

  /**
   * Add a point to each line: one x for all or one for each; null adds nothing to that line.
   * Raises ValueError when there are not as many x as y.
   * @example
   * const animator = d2l.Animator({ legend: ["loss", "acc"] });
   * animator.add(1, [0.7, null]);
   * animator.add([1.5, 2], [0.6, 0.8]);
   */
  add(x: number | readonly (number | null)[], y: number | readonly (number | null)[]): void {
    const ys = typeof y === "number" ? [y] : y;
    const xs = typeof x === "number" ? ys.map(() => x) : x;
    if (xs.length !== ys.length) {
      throw new ValueError(`${xs.length} values of x for ${ys.length} lines`);
    }
    ys.forEach((value, i) => {
      this.lines[i] ??= { x: [], y: [] };
      const place = xs[i];
      if (value === null || place === null) return;
      this.lines[i].x.push(place);
      this.lines[i].y.push(value);
    });
    this.draw();
  }

  /**
   * Leave the finished chart in the cell; outside Jupyter it comes back. It happens by itself when
   * the cell ends.
   * @example
   * const animator = d2l.Animator();
   * animator.add(1, 0.5);
   * animator.show();
   */
  show(): Chart | undefined {
    this.waiting = false;
    this.live.clear();
    return show(this.chart()) as Chart | undefined;
  }

  /**
   * The chart of what was added so far.
   * @example
   * const animator = d2l.Animator();
   * animator.add(1, 0.5);
   * animator.chart().data.length   // 1
   */
  chart(): Chart {
    const { options } = this;
    const axes = new Axes();
    const formats = options.fmts ?? defaultFormats;
    this.lines.forEach(({ x, y }, i) => {
      axes.plot(x, y, formats[i % formats.length], { label: this.nameOf(i) });
    });
    if (options.legend) axes.legend();
    axes.set_title(options.title ?? "");
    axes.set_xlabel(options.xlabel ?? "");
    axes.set_ylabel(options.ylabel ?? "");
    if (options.xlim) axes.set_xlim(options.xlim);
    if (options.ylim) axes.set_ylim(options.ylim);
    axes.set_xscale(options.xscale ?? "linear");
    axes.set_yscale(options.yscale ?? "linear");
    return composeSheet({ ...newSheet(1, 1, 560, 360), axes: [axes] });
  }

  private nameOf(i: number): string {
    return this.options.legend?.[i] ?? `line ${i + 1}`;
  }

  private draw(): void {
    if (!this.live.isDue) return;
    if (!this.waiting) {
      this.waiting = true;
      atCellEnd(() => {
        if (this.waiting) this.show();
      });
    }
    this.live.frame(() => {
      const lines: SvgLine[] = this.lines.map((line, i) => ({ name: this.nameOf(i), ...line }));
      const picture = Buffer.from(svgLines(lines, this.frame())).toString("base64");
      const text = `${lines.length} lines, growing`;
      return { html: `<img alt="${text}" src="data:image/svg+xml;base64,${picture}">`, text };
    });
  }

  private frame(): SvgFrame {
    const { xlabel = "", ylabel = "", xlim = null, ylim = null, xscale, yscale } = this.options;
    return { xlabel, ylabel, xlim, ylim, xlog: xscale === "log", ylog: yscale === "log" };
  }
}

/** A chart that grows. */
export type Animator = AnimatorClass;

/**
 * A chart that grows while a cell runs and stays as one interactive chart at its end. Printed
 * lines stay where they are; drawing takes a few per cent of the time at most.
 * @example
 * const animator = d2l.Animator({ xlabel: "epoch", xlim: [1, 10], legend: ["loss", "acc"] });
 * animator.add(1, [0.7, 0.8]);
 */
export const Animator = callable(AnimatorClass);
