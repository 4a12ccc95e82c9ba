// A quick picture of lines as SVG, for frames that live only while a cell runs.

import { formatGeneral } from "../format";
import { cycle, faint, ink } from "./colors";
import { extent } from "./series";

/** A named line. */
export interface SvgLine {
  readonly name: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** What surrounds the lines. */
export interface SvgFrame {
  readonly xlabel: string;
  readonly ylabel: string;
  readonly xlim: readonly [number, number] | null;
  readonly ylim: readonly [number, number] | null;
  readonly xlog: boolean;
  readonly ylog: boolean;
}

const width = 560;
const height = 340;
const left = 62;
const right = 16;
const top = 30;
const bottom = 48;
const wantedTicks = 5;
const dashes = ["", "7 4", "8 3 2 3", "2 3"];

/** Text as it stands in SVG and HTML. */
export const escaped = (text: string) =>
  text.replace(/[&<>"]/g, (letter) => `&#${letter.codePointAt(0)};`);

/** A tenth of a pixel is enough. */
const at = (value: number) => String(Math.round(value * 10) / 10);

/** Round numbers between low and high: 1, 2 or 5 times a power of ten apart. */
function linearTicks(low: number, high: number): number[] {
  const rough = (high - low) / wantedTicks;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((m) => m * power >= rough) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
}

/** One axis: from values to pixels, with its ticks. */
interface Axis {
  place(value: number): number;
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
}

function axis(
  values: readonly number[],
  limits: readonly [number, number] | null,
  log: boolean,
  [from, to]: readonly [number, number],
): Axis {
  const scale = log ? Math.log10 : (v: number) => v;
  let [low, high] = limits ? limits.map(scale) : extent(values.map(scale));
  if (!(high > low)) [low, high] = [low - 0.5, low + 0.5];
  const place = (value: number) => from + ((scale(value) - low) / (high - low)) * (to - from);
  const ticks = linearTicks(low, high).filter((tick) => !log || Number.isInteger(tick));
  return {
    place,
    ticks: ticks.map((tick) => ({
      at: from + ((tick - low) / (high - low)) * (to - from),
      text: formatGeneral(log ? 10 ** tick : tick, 4),
    })),
  };
}

function polyline(line: SvgLine, x: Axis, y: Axis, i: number): string {
  const points = line.x.flatMap((value, k) => {
    const [px, py] = [x.place(value), y.place(line.y[k])];
    return Number.isFinite(px) && Number.isFinite(py) ? [`${at(px)},${at(py)}`] : [];
  });
  const color = cycle[i % cycle.length];
  const dash = dashes[i % dashes.length];
  return `<polyline points="${points.join(" ")}" fill="none" stroke="${color}" stroke-width="2" stroke-dasharray="${dash}"/>`;
}

function legendEntry({ name }: SvgLine, i: number): string {
  const x = left + 4 + i * 130;
  const color = cycle[i % cycle.length];
  const dash = dashes[i % dashes.length];
  return `<line x1="${x}" x2="${x + 24}" y1="16" y2="16" stroke="${color}" stroke-width="2" stroke-dasharray="${dash}"/><text x="${x + 30}" y="20">${escaped(name)}</text>`;
}

/** The lines as an SVG document. */
export function svgLines(lines: readonly SvgLine[], frame: SvgFrame): string {
  const all = (key: "x" | "y") => lines.flatMap((line) => [...line[key]]);
  const x = axis(all("x"), frame.xlim, frame.xlog, [left, width - right]);
  const y = axis(all("y"), frame.ylim, frame.ylog, [height - bottom, top]);
  const [floor, wall] = [height - bottom, width - right];
  const grid = [
    ...x.ticks.map((t) => `<path d="M${at(t.at)} ${top}V${floor}"/>`),
    ...y.ticks.map((t) => `<path d="M${left} ${at(t.at)}H${wall}"/>`),
  ].join("");
  const numbers = [
    ...x.ticks.map(
      (t) => `<text x="${at(t.at)}" y="${floor + 17}" text-anchor="middle">${t.text}</text>`,
    ),
    ...y.ticks.map(
      (t) => `<text x="${left - 7}" y="${at(t.at + 4)}" text-anchor="end">${t.text}</text>`,
    ),
  ].join("");
  const labels = `<text x="${(left + wall) / 2}" y="${height - 8}" text-anchor="middle">${escaped(frame.xlabel)}</text><text transform="translate(15 ${(top + floor) / 2}) rotate(-90)" text-anchor="middle">${escaped(frame.ylabel)}</text>`;
  const inside = `<svg x="${left}" y="${top}" width="${wall - left}" height="${floor - top}" viewBox="${left} ${top} ${wall - left} ${floor - top}">${lines.map((line, i) => polyline(line, x, y, i)).join("")}</svg>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="sans-serif" font-size="12" fill="${ink}"><g stroke="${faint}" fill="none">${grid}</g><path d="M${left} ${top}V${floor}H${wall}" stroke="${ink}" fill="none"/>${numbers}${labels}${inside}${lines.map(legendEntry).join("")}</svg>`;
}
