// Says in words what a chart shows, for readers who do not see it.

import type { Axes } from "./axes";
import type { Trace } from "./chart";

/** "1 row", "2 rows". */
export const count = (n: number, noun: string) => `${n} ${noun}${n === 1 ? "" : "s"}`;

const lengthOf = (list: unknown) =>
  Array.isArray(list) || ArrayBuffer.isView(list) ? (list as ArrayLike<unknown>).length : 0;

function named(traces: readonly Trace[]): string {
  const names = traces.flatMap((trace) => (trace.name === undefined ? [] : [trace.name]));
  return names.length > 0 ? ` (${names.join(", ")})` : "";
}

/** Traces that only stand in the legend for a line across the axes. */
const isStandIn = (trace: Trace) => lengthOf(trace.x) === 1 && (trace.x as unknown[])[0] === null;

function describePoints(traces: readonly Trace[]): string {
  const points = traces.reduce((sum, trace) => sum + lengthOf(trace.x), 0);
  const groups = traces.length > 1 ? ` in ${traces.length} groups` : "";
  return `scatter chart of ${count(points, "point")}${groups}${named(traces)}`;
}

function describeMatrix({ z }: Trace): string {
  const rows = lengthOf(z);
  const columns = rows > 0 ? lengthOf((z as unknown[])[0]) : 0;
  return `heat map of ${count(rows, "row")} and ${count(columns, "column")}`;
}

/** One pair of axes in words. */
export function describeAxes(axes: Axes): string {
  const traces = axes.traces.filter((trace) => !isStandIn(trace));
  const scatter = traces.filter((trace) => trace.type === "scatter");
  const points = scatter.filter((trace) => trace.mode === "markers");
  const bands = scatter.filter((trace) => trace.fill === "toself");
  const lines = scatter.filter((trace) => trace.mode !== "markers" && trace.fill !== "toself");
  const bars = traces.filter((trace) => trace.type === "bar");
  const matrices = traces.filter((trace) => trace.type === "heatmap" || trace.type === "contour");
  const parts = [
    ...(points.length > 0 ? [describePoints(points)] : []),
    ...(lines.length > 0 ? [`${count(lines.length, "line")}${named(lines)}`] : []),
    ...(bands.length > 0 ? [count(bands.length, "band")] : []),
    ...bars.map((trace) => `${count(lengthOf(trace.x), "bar")}${named([trace])}`),
    ...matrices.map(describeMatrix),
  ];
  const { label: x } = axes.x;
  const { label: y } = axes.y;
  const labels = [x && `x: ${x}`, y && `y: ${y}`].filter(Boolean).join(", ");
  const own = "";
  return `${own}${parts.join(", ")}${labels ? `; ${labels}` : ""}`;
}
