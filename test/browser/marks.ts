// Holds what a chart shows on the screen against the data of its figure: marks, not containers.
import assert from "node:assert/strict";
import type { Locator } from "playwright-core";
import type { Cell } from "../../jupyter/notebook/format.mjs";
import { patience } from "./machine";

type Trace = Record<string, unknown> & { type?: string; mode?: string };

const plotly = "application/vnd.plotly.v1+json";

/** The part of a Plotly figure that the tests look at; every chart of the lab says its size. */
export interface Figure {
  readonly data: readonly Trace[];
  readonly layout: { readonly width: number; readonly height: number };
}

/** The figures among the outputs of a cell. */
export function figuresIn(outputs: Cell["outputs"] = []): Figure[] {
  return outputs.flatMap(({ data }) => (data?.[plotly] as Figure) ?? []);
}

/** How many marks of each kind a figure must show. */
export interface Marks {
  points: number;
  lines: number;
  bars: number;
  images: number;
  contours: number;
}

const visible = (trace: Trace) => trace.visible === undefined || trace.visible === true;
const modeOf = (trace: Trace) => trace.mode ?? "lines+markers";

/** The number of entries in a list, be it an array or Plotly's packed form (base64 with a dtype). */
function length(list: unknown): number {
  if (Array.isArray(list)) return list.filter((value) => value !== null).length;
  const packed = list as { bdata?: string; dtype?: string } | undefined;
  if (!packed?.bdata) return 0;
  const bytes = Number(/\d+$/.exec(packed.dtype ?? "f8")?.[0] ?? 8);
  return Buffer.from(packed.bdata, "base64").length / (bytes > 8 ? bytes / 8 : bytes);
}

/** What the data of a figure demand. */
export function expectedMarks(figure: Figure): Marks {
  const marks: Marks = { points: 0, lines: 0, bars: 0, images: 0, contours: 0 };
  for (const trace of figure.data.filter(visible)) {
    const type = trace.type ?? "scatter";
    if (type === "scatter" && modeOf(trace).includes("markers")) marks.points += length(trace.y);
    // an entry of the legend alone has no points, and so no line
    if (type === "scatter" && modeOf(trace).includes("lines") && length(trace.y) > 0)
      marks.lines += 1;
    if (type === "bar") marks.bars += length(trace.y ?? trace.x);
    if (type === "heatmap" || type === "image") marks.images += 1;
    if (type === "contour") marks.contours += 1;
  }
  return marks;
}

/** What stands in a drawn chart. */
export async function countedMarks(chart: Locator): Promise<Marks> {
  return {
    points: await chart.locator(".cartesianlayer .scatterlayer .point").count(),
    lines: await chart.locator(".cartesianlayer .scatterlayer path.js-line").count(),
    bars: await chart.locator(".cartesianlayer .barlayer .point").count(),
    images: await chart.locator(".cartesianlayer :is(.heatmaplayer, .imagelayer) image").count(),
    contours: await chart.locator(".cartesianlayer .contourlayer .contour").count(),
  };
}

/** Fails unless a chart on the screen has as many marks as its figure has data. */
export async function assertDrawn(chart: Locator, figure: Figure, name: string): Promise<void> {
  await chart.locator("svg.main-svg").first().waitFor({ state: "attached", timeout: patience });
  assert.deepEqual(await countedMarks(chart), expectedMarks(figure), name);
}
