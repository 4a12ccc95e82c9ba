// A sheet of axes in a grid, and the figure it makes.

import type { Annotations, Layout, Shape } from "plotly.js";
import { Axes, type AxisState } from "./axes";
import { baseAxis, baseLayout, Chart, defaultHeight, defaultWidth, type Trace } from "./chart";
import { describeAxes } from "./describe";

/** A figure in the making. */
export interface Sheet {
  readonly rows: number;
  readonly columns: number;
  readonly axes: readonly Axes[];
  readonly width: number;
  readonly height: number;
  title: string;
}

/** Free room between the axes of a grid, as shares of the sheet. */
const gapX = 0.09;
const gapY = 0.16;

/** An empty sheet; width and height in pixels. */
export function newSheet(rows = 1, columns = 1, width = defaultWidth, height?: number): Sheet {
  return {
    rows,
    columns,
    axes: Array.from({ length: rows * columns }, () => new Axes()),
    width,
    height: height ?? (rows === 1 ? (columns > 1 ? 300 : defaultHeight) : 240 * rows + 60),
    title: "",
  };
}

type Domain = [number, number];

/** The share of the sheet that cell i of n takes. */
function share(i: number, n: number, gap: number): Domain {
  const width = (1 - gap * (n - 1)) / n;
  const from = i * (width + gap);
  return [Number(from.toPrecision(6)), Number(Math.min(1, from + width).toPrecision(6))];
}

/** On a logarithmic axis Plotly takes limits and text places as powers of ten. */
function place(value: number, { scale }: AxisState): number {
  return Number((scale === "log" ? Math.log10(value) : value).toPrecision(6));
}

function axisLayout(state: AxisState, axes: Axes, domain: Domain): Partial<Layout["xaxis"]> {
  const { limits, ticks, scale, label } = state;
  if (axes.isOff)
    return { visible: false, domain, ...(axes.isPicture ? { constrain: "domain" } : {}) };
  return {
    ...baseAxis(label, axes.isPicture ? "cells" : "grid"),
    domain,
    ...(scale === "log"
      ? { type: "log" as const, dtick: 1, exponentformat: "power" as const }
      : {}),
    ...(limits ? { range: limits.map((value) => place(value, state)) } : {}),
    ...(ticks
      ? { tickmode: "array" as const, tickvals: [...ticks.at], ticktext: [...ticks.labels] }
      : {}),
    ...(axes.isPicture ? { constrain: "domain" as const } : {}),
  };
}

function yAxisLayout(axes: Axes, domain: Domain, id: string): Partial<Layout["yaxis"]> {
  const own = axisLayout(axes.y, axes, domain);
  const anchored = { ...own, anchor: `x${id}` as "x" };
  const linked = { scaleanchor: `x${id}` as "x", constrain: "domain" as const };
  if (axes.isPicture) {
    return { ...anchored, ...linked, ...(axes.y.limits ? {} : { autorange: "reversed" as const }) };
  }
  return axes.isEqual ? { ...anchored, ...linked } : anchored;
}

function panelTitle(text: string, x: Domain, y: Domain): Partial<Annotations> {
  return {
    text,
    x: Number(((x[0] + x[1]) / 2).toPrecision(6)),
    y: y[1],
    xref: "paper",
    yref: "paper",
    xanchor: "center",
    yanchor: "bottom",
    yshift: 4,
    showarrow: false,
    font: { size: 14 },
  };
}

/** A shape on its own axes; "paper" means the whole of that axis. */
function placedShape(shape: Partial<Shape>, id: string): Partial<Shape> {
  return {
    ...shape,
    xref: (shape.xref === "paper" ? `x${id} domain` : `x${id}`) as "x",
    yref: (shape.yref === "paper" ? `y${id} domain` : `y${id}`) as "y",
  };
}

function placedText(note: Partial<Annotations>, axes: Axes, id: string): Partial<Annotations> {
  return {
    ...note,
    x: place(note.x as number, axes.x),
    y: place(note.y as number, axes.y),
    xref: `x${id}` as "x",
    yref: `y${id}` as "y",
  };
}

/** Names shown once over all axes; without a wish only classes have a legend. */
function legendTraces(sheet: Sheet): { data: Trace[]; showlegend: boolean } {
  const seen = new Set<string>();
  let showlegend = false;
  const data = sheet.axes.flatMap((axes, i) =>
    axes.traces.map((trace) => {
      const classes = trace.showlegend === true && axes.wantsLegend === null;
      const shown =
        trace.name !== undefined &&
        trace.showlegend !== false &&
        (classes || axes.wantsLegend === true) &&
        !seen.has(trace.name);
      if (shown && trace.name !== undefined) seen.add(trace.name);
      showlegend ||= shown;
      const id = i === 0 ? "" : String(i + 1);
      return { ...trace, showlegend: shown, xaxis: `x${id}`, yaxis: `y${id}` } as Trace;
    }),
  );
  return { data, showlegend };
}

/** The figure of a sheet; `alt` replaces the description that is made from its content. */
export function composeSheet(sheet: Sheet, alt?: string): Chart {
  const single = sheet.axes.length === 1;
  const title = sheet.title || (single ? sheet.axes[0].titleText : "");
  const hasBars = sheet.axes.some((axes) => axes.traces.some((trace) => trace.type === "bar"));
  const layout: Partial<Layout> & { [axis: string]: unknown } = {
    ...baseLayout(alt ?? describeSheet(sheet, title), sheet.width, sheet.height),
    ...(title ? { title: { text: title, x: 0.5, xanchor: "center", font: { size: 16 } } } : {}),
    ...(hasBars ? { bargap: 0, barmode: "overlay" as const } : {}),
  };
  const shapes: Partial<Shape>[] = [];
  const annotations: Partial<Annotations>[] = [];
  sheet.axes.forEach((axes, i) => {
    if (!single && axes.traces.length === 0) return;
    const id = i === 0 ? "" : String(i + 1);
    const x = share(i % sheet.columns, sheet.columns, gapX);
    const y = share(sheet.rows - 1 - Math.floor(i / sheet.columns), sheet.rows, gapY);
    layout[`xaxis${id}`] = { ...axisLayout(axes.x, axes, x), anchor: `y${id}` };
    layout[`yaxis${id}`] = yAxisLayout(axes, y, id);
    shapes.push(...axes.shapes.map((shape) => placedShape(shape, id)));
    annotations.push(...axes.annotations.map((note) => placedText(note, axes, id)));
    if (axes.titleText && !(single && title === axes.titleText)) {
      annotations.push(panelTitle(axes.titleText, x, y));
    }
  });
  const { data, showlegend } = legendTraces(sheet);
  return new Chart(data, { ...layout, ...legendLayout(data, showlegend), shapes, annotations });
}

const hasBar = (trace: Trace) =>
  (trace.marker as { showscale?: boolean } | undefined)?.showscale === true ||
  (trace as { colorbar?: object }).colorbar !== undefined ||
  (trace.type === "heatmap" && trace.showscale === true);

/** A legend stands at the right, above the axes where a colour bar takes that place. */
function legendLayout(data: readonly Trace[], showlegend: boolean): Partial<Layout> {
  if (!showlegend || !data.some(hasBar)) return { showlegend };
  return {
    showlegend,
    legend: { orientation: "h", x: 0, y: 1.02, xanchor: "left", yanchor: "bottom" },
  };
}

function describeSheet(sheet: Sheet, title: string): string {
  const parts = sheet.axes.filter((axes) => axes.traces.length > 0).map(describeAxes);
  const body = parts.length > 0 ? parts.join("; ") : "empty chart";
  return title ? `${title}: ${body}` : body;
}
