// The picture of a graph as SVG: no ids and no outside references, so that several stand in one
// page; cards with their own paper, so that it reads on light and dark ground.

import { cycle, ink } from "../colors";
import { escaped } from "../svg";
import type { Card, Description } from "./describe";
import { type Box, type Direction, type Layout, layOut } from "./layout";

const nameSize = 15;
const lineSize = 12;
const lineStep = 16;
const padding = 10;
const margin = 6;
/** A picture wider than this is turned: inputs above, the result below. */
const room = 760;
const arrowLength = 9;
const crossSize = 5;
const text = "#1f1f1f";
const faded = "#565656";

const looks = {
  step: { paper: "#eef1f5", border: ink, dash: "" },
  leaf: { paper: "#d9ebf8", border: cycle[0], dash: "" },
  cut: { paper: "#fdeee3", border: cycle[1], dash: ' stroke-dasharray="5 3"' },
  more: { paper: "#eef1f5", border: ink, dash: ' stroke-dasharray="2 3"' },
} as const;

type Point = readonly [number, number];

/** A tenth of a pixel is enough. */
const at = (value: number) => String(Math.round(value * 10) / 10);
const place = ([x, y]: Point) => `${at(x)} ${at(y)}`;

/** About how wide words are: Chinese letters are square, Latin ones take 0.6 of that. */
function widthOf(words: string, size: number): number {
  let width = 0;
  for (const letter of words) width += (letter.codePointAt(0) ?? 0) >= 0x2e80 ? 1 : 0.6;
  return width * size;
}

function boxOf({ name, lines }: Card): Box {
  const widths = [widthOf(name, nameSize), ...lines.map((line) => widthOf(line, lineSize))];
  const rows = lines.length * lineStep + (name === "" ? 0 : lineStep + 2);
  return { width: Math.ceil(Math.max(...widths) + 2 * padding), height: rows + padding + 4 };
}

function drawCard(card: Card, box: Box, [x, y]: Point, isResult: boolean): string {
  const { paper, border, dash } = looks[card.kind];
  const [left, top] = [x - box.width / 2, y - box.height / 2];
  const frame = `<rect x="${at(left)}" y="${at(top)}" width="${at(box.width)}" height="${at(box.height)}" rx="6" fill="${paper}" stroke="${border}" stroke-width="${isResult ? 2.5 : 1.2}"${dash}/>`;
  const first = top + padding / 2 + (card.name === "" ? 0 : lineStep + 2);
  const title =
    card.name === ""
      ? ""
      : `<text x="${at(x)}" y="${at(first - 1)}" font-size="${nameSize}" font-weight="bold">${escaped(card.name)}</text>`;
  const rest = card.lines.map((words, i) => {
    const shade = i === 0 ? "" : ` fill="${faded}"`;
    return `<text x="${at(x)}" y="${at(first + (i + 1) * lineStep - 2)}"${shade}>${escaped(words)}</text>`;
  });
  return frame + title + rest.join("");
}

/** The point in the middle of a curve: of its middle piece, at t = 1/2. */
function middleOf(curve: readonly Point[]): Point {
  const piece = 3 * Math.floor((curve.length - 1) / 6);
  const [a, b, c, d] = curve.slice(piece, piece + 4);
  const half = (k: 0 | 1) => (a[k] + 3 * b[k] + 3 * c[k] + d[k]) / 8;
  return [half(0), half(1)];
}

function arrowHead(curve: readonly Point[], color: string): string {
  const tip = curve[curve.length - 1];
  const before = curve[curve.length - 2];
  const length = Math.hypot(tip[0] - before[0], tip[1] - before[1]) || 1;
  const [dx, dy] = [(tip[0] - before[0]) / length, (tip[1] - before[1]) / length];
  const base: Point = [tip[0] - dx * arrowLength, tip[1] - dy * arrowLength];
  const wing = arrowLength * 0.4;
  const corners: Point[] = [
    tip,
    [base[0] - dy * wing, base[1] + dx * wing],
    [base[0] + dy * wing, base[1] - dx * wing],
  ];
  return `<path d="M${corners.map(place).join("L")}Z" fill="${color}"/>`;
}

function drawLink(curve: readonly Point[], isCut: boolean, isCrossed: boolean): string {
  if (curve.length < 4) return "";
  const color = isCut ? cycle[1] : ink;
  const dash = isCut ? ' stroke-dasharray="6 4"' : "";
  const [start, ...rest] = curve;
  const line = `<path d="M${place(start)}C${rest.map(place).join(" ")}" fill="none" stroke="${color}" stroke-width="1.6"${dash}/>`;
  if (!isCrossed) return line + arrowHead(curve, color);
  const [x, y] = middleOf(curve);
  const cross = `<path d="M${place([x - crossSize, y - crossSize])}l${2 * crossSize} ${2 * crossSize}m0 ${-2 * crossSize}l${-2 * crossSize} ${2 * crossSize}" stroke="${color}" stroke-width="2.6" fill="none"/>`;
  return line + arrowHead(curve, color) + cross;
}

function assemble(
  { cards, links }: Description,
  boxes: readonly Box[],
  layout: Layout,
  more: { readonly alt: string; readonly family: string },
): string {
  const width = Math.ceil(layout.width + 2 * margin);
  const height = Math.ceil(layout.height + 2 * margin);
  // The cut is where a branch leaves or enters the recorded part, not between two steps of it.
  const crossed = (from: number, to: number) =>
    cards[from].kind !== "cut" || cards[to].kind !== "cut";
  const lines = links.map(({ from, to, isCut }, i) =>
    drawLink(layout.curves[i], isCut, isCut && crossed(from, to)),
  );
  const drawn = cards.map((card, i) => drawCard(card, boxes[i], layout.centers[i], i === 0));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${-margin} ${-margin} ${width} ${height}" role="img" aria-label="${escaped(more.alt)}" font-family="${more.family}" font-size="${lineSize}" text-anchor="middle" fill="${text}"><title>${escaped(more.alt)}</title>${lines.join("")}${drawn.join("")}</svg>`;
}

/** Draw what `describe` found. */
export function drawGraph(
  description: Description,
  more: { readonly alt: string; readonly family: string; readonly direction?: Direction },
): string {
  const boxes = description.cards.map(boxOf);
  const layout = layOut(boxes, description.links, { direction: more.direction, room });
  return assemble(description, boxes, layout, more);
}
