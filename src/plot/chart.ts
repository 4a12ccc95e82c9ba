// A finished figure: Plotly's data and layout, what it says in words, and how a cell shows it.

import type { Config, Layout } from "plotly.js";
import { faint, ink } from "./colors";

/** Plotly's figure: traces and layout as plain objects that can be written as JSON. */
export interface Figure {
  readonly data: object[];
  readonly layout: object;
}

/** One trace of a figure as the builders make it; the keys are Plotly's. */
export interface Trace {
  readonly type?: string;
  readonly mode?: string;
  readonly name?: string;
  readonly x?: readonly unknown[];
  readonly y?: readonly unknown[];
  readonly z?: readonly unknown[];
  readonly fill?: string;
  readonly showlegend?: boolean;
  readonly showscale?: boolean;
  readonly marker?: { readonly [key: string]: unknown };
  readonly [key: string]: unknown;
}

/** A part of a layout: an axis, a shape, an annotation; the keys are Plotly's. */
export interface LayoutPart {
  readonly [key: string]: unknown;
}

/** What a cell's output holds: one value in several representations. */
export interface MimeBundle {
  readonly [mime: string]: unknown;
}

export const plotlyMime = "application/vnd.plotly.v1+json";

/** No logo and no buttons that ask the web; the chart keeps its size. */
const config: Partial<Config> = {
  displaylogo: false,
  responsive: false,
  showEditInChartStudio: false,
};

/** Names that systems give to letters without serifs, Chinese ones among them. */
export const fontFamily =
  "Noto Sans, Noto Sans CJK SC, PingFang SC, Microsoft YaHei, DejaVu Sans, Arial, sans-serif";

/** Width of a chart: fits the text of a page of A4. */
export const defaultWidth = 640;
export const defaultHeight = 400;

/** The alternative text of a figure: what its maker wrote, else a count of its traces. */
export function altOf(figure: Figure): string {
  const { meta } = figure.layout as { meta?: { alt?: unknown } };
  if (typeof meta?.alt === "string") return meta.alt;
  return `chart with ${figure.data.length} trace${figure.data.length === 1 ? "" : "s"}`;
}

/** The figure as the output of a cell. */
export function bundleOf(figure: Figure): MimeBundle {
  return {
    [plotlyMime]: { data: figure.data, layout: figure.layout, config },
    "text/plain": altOf(figure),
  };
}

/**
 * A figure made by the builders. As a cell's last expression it shows itself.
 * @example
 * plt.plot([1, 2, 3], [1, 4, 9]);
 * const chart = plt.show({ alt: "three squares" });
 */
export class Chart implements Figure {
  constructor(
    readonly data: object[],
    readonly layout: object,
  ) {}
  /** What the chart shows, in words. */
  get alt(): string {
    return altOf(this);
  }
  toString(): string {
    return this.alt;
  }
  [Symbol.for("Jupyter.display")](): MimeBundle {
    return bundleOf(this);
  }
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.alt;
  }
}

/** The layout every figure starts from: explicit size, clear paper, one grey for all text. */
export function baseLayout(alt: string, width = defaultWidth, height = defaultHeight): LayoutPart {
  return {
    width,
    height,
    autosize: false,
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    font: { family: fontFamily, size: 13, color: ink },
    margin: { l: 64, r: 24, t: 48, b: 56 },
    hovermode: "closest",
    hoverlabel: { font: { family: fontFamily, size: 13 } },
    meta: { alt },
  } satisfies Partial<Layout> & { meta: object };
}

/** An axis as every figure has it: with grid lines and ticks, or beside cells without a grid. */
export function baseAxis(title = "", kind: "grid" | "cells" = "grid"): LayoutPart {
  return {
    title: { text: title, standoff: 8 },
    automargin: true,
    showline: true,
    linecolor: ink,
    ticks: "outside",
    tickcolor: ink,
    zeroline: false,
    ...(kind === "grid" ? { gridcolor: faint } : { showgrid: false }),
  } satisfies Partial<Layout["xaxis"]>;
}
