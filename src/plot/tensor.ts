// A tensor as a coloured table: the values, and how they lie in memory.

import { bool } from "../dtype";
import { formatGeneral } from "../format";
import { formatterFor, isSummarised, makerName, shownPositions } from "../print";
import { numelOf } from "../shape";
import { isDense, type Tensor, toFlatArray } from "../tensor";
import { fontFamily, type MimeBundle } from "./chart";
import { type ColorMap, colorMap, cycle } from "./colors";
import { display } from "./display";
import { extent, tuple } from "./series";
import { escaped } from "./svg";

/** What may be said about a shown tensor. */
export interface TensorShowOptions {
  /** Written above the table. */
  readonly name?: string;
  /** matplotlib's name of a colour map; Blues, or RdBu_r around zero when signs differ. */
  readonly cmap?: string;
}

/** More tables or columns than this are shown by their ends, as rows of a large tensor are. */
const mostTables = 12;
const mostColumns = 32;
/** A larger tensor takes its colours from what is shown of it. */
const mostRead = 1e6;

/** Paper and letters of a cell. */
interface Colours {
  readonly paper: string;
  readonly text: string;
}

const notANumber: Colours = { paper: "#f0e442", text: "#000000" };
const infinite: Colours = { paper: "#000000", text: "#ffffff" };
const truth: Colours = { paper: cycle[0], text: "#ffffff" };
const falsehood: Colours = { paper: "#eef1f5", text: "#000000" };

/** Where black and white letters have the same contrast, 4.58, by WCAG's relative luminance. */
const middleLuminance = 0.179;

/** Black or white, whichever stands out more from a colour #rrggbb. */
function onPaper(paper: string): Colours {
  const [r, g, b] = [1, 3, 5].map((i) => {
    const level = Number.parseInt(paper.slice(i, i + 2), 16) / 255;
    return level <= 0.04045 ? level / 12.92 : Math.exp(2.4 * Math.log((level + 0.055) / 1.055));
  });
  const bright = 0.2126 * r + 0.7152 * g + 0.0722 * b > middleLuminance;
  return { paper, text: bright ? "#000000" : "#ffffff" };
}

/** The colours of the values: a map over their range, the same distance to both sides of zero. */
function coloursFor(t: Tensor, values: ArrayLike<number>, cmap: string | undefined) {
  if (t.dtype === bool) return (x: number) => (x === 0 ? falsehood : truth);
  const finite = Array.from(values).filter(Number.isFinite);
  const [low, high] = finite.length > 0 ? extent(finite) : [0, 0];
  const signs = low < 0 && high > 0;
  const bound = Math.max(-low, high);
  const [from, to] = signs ? [-bound, bound] : [low, high];
  const map: ColorMap = colorMap(cmap ?? (signs ? "RdBu_r" : "Blues"));
  return (x: number): Colours => {
    if (Number.isNaN(x)) return notANumber;
    if (!Number.isFinite(x)) return infinite;
    return onPaper(map(to > from ? (x - from) / (to - from) : 0.25));
  };
}

/** What stands above the table: sizes, dtype, strides, range, and what differs from a plain one. */
function factsOf(t: Tensor, values: ArrayLike<number>): string[] {
  const facts = [`shape ${tuple(t.dims)}`, t.dtype.name, `strides ${tuple(t.strides)}`];
  if (t.offset > 0) facts.push(`offset ${t.offset}`);
  if (!isDense(t)) facts.push("not contiguous");
  const maker = makerName(t);
  if (maker !== null) facts.push(`grad_fn ${maker}`);
  else if (t.requires_grad) facts.push("requires_grad");
  if (t.dtype === bool || values.length < 2) return facts;
  const finite = Array.from(values).filter(Number.isFinite);
  if (finite.length > 0) {
    const [low, high] = extent(finite);
    facts.push(`${formatGeneral(low, 4)} … ${formatGeneral(high, 4)}`);
  }
  if (finite.length < values.length) facts.push(`${values.length - finite.length} not finite`);
  return facts;
}

/** One table to be drawn: where it starts in the storage, and its place among the others. */
interface Slice {
  readonly at: number;
  readonly index: readonly number[];
}

/** The tables of a tensor with more than two dimensions; null stands for those left out. */
function slicesOf(t: Tensor, summarise: boolean): (Slice | null)[] {
  const leading = t.dims.slice(0, -2);
  const fewer = summarise || numelOf(leading) > mostTables;
  let slices: (Slice | null)[] = [{ at: t.offset, index: [] }];
  for (const [d, n] of leading.entries()) {
    slices = slices.flatMap((slice) =>
      slice === null
        ? [null]
        : shownPositions(n, fewer).map((i) =>
            i < 0 ? null : { at: slice.at + i * t.strides[d], index: [...slice.index, i] },
          ),
    );
  }
  return slices;
}

const cellStyle = "padding:2px 7px;text-align:right;border:1px solid rgba(128,128,128,0.35)";
const headStyle = "padding:2px 7px;text-align:right;font-weight:normal;color:inherit;opacity:0.75";

/** The positions shown of a table's rows and columns; −1 stands for dots. */
interface Shown {
  readonly rows: readonly number[];
  readonly columns: readonly number[];
}

function shownOf(t: Tensor, summarise: boolean): Shown {
  const [rows, columns] = t.dims.length > 1 ? t.dims.slice(-2) : [1, t.dims[0] ?? 1];
  return {
    rows: shownPositions(rows, summarise),
    columns: shownPositions(columns, summarise || columns > mostColumns),
  };
}

/** Everything that the tables of one tensor have in common. */
interface Look extends Shown {
  readonly text: (x: number) => string;
  readonly colours: (x: number) => Colours;
}

function tableOf(t: Tensor, { at, index }: Slice, look: Look, label: string): string {
  const rank = t.dims.length;
  const down = rank > 1 ? t.strides[rank - 2] : 0;
  const across = rank > 0 ? t.strides[rank - 1] : 0;
  const cell = (i: number, j: number) => {
    if (i < 0 || j < 0) return `<td style="${cellStyle}">…</td>`;
    const x = t.array[at + i * down + j * across];
    const { paper, text } = look.colours(x);
    return `<td style="${cellStyle};background-color:${paper};color:${text}">${look.text(x)}</td>`;
  };
  const head = (i: number, scope: string) =>
    `<th scope="${scope}" style="${headStyle}">${i < 0 ? "…" : i}</th>`;
  const top =
    rank === 0
      ? ""
      : `<tr>${rank > 1 ? "<td></td>" : ""}${look.columns.map((j) => head(j, "col")).join("")}</tr>`;
  const rows = look.rows.map(
    (i) =>
      `<tr>${rank > 1 ? head(i, "row") : ""}${look.columns.map((j) => cell(i, j)).join("")}</tr>`,
  );
  const caption = rank > 2 ? `<caption>[${[...index, ":", ":"].join(", ")}]</caption>` : "";
  return `<table aria-label="${escaped(label)}" style="border-collapse:collapse;color:inherit;display:inline-table;margin:4px 12px 4px 0">${caption}${top}${rows.join("")}</table>`;
}

/** A tensor as a table. As a cell's last expression it shows itself. */
export class TensorView {
  constructor(
    readonly html: string,
    /** PyTorch's repr, with shape and strides below. */
    readonly text: string,
  ) {}

  toString(): string {
    return this.text;
  }

  [Symbol.for("Jupyter.display")](): MimeBundle {
    return { "text/html": this.html, "text/plain": this.text };
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.text;
  }
}

/** The tensor as a coloured table, not shown yet. */
export function tensorView(t: Tensor, options: TensorShowOptions = {}): TensorView {
  const n = numelOf(t.dims);
  const summarise = isSummarised(n);
  const shown = shownOf(t, summarise);
  const slices = n === 0 ? [] : slicesOf(t, summarise);
  const sample = slices.flatMap((slice) => (slice === null ? [] : sampleOf(t, slice, shown)));
  const values = n <= mostRead ? toFlatArray(t) : sample;
  const facts = factsOf(t, values);
  const name = options.name ?? "";
  const label = `${name === "" ? "tensor" : name}: ${facts.join(", ")}`;
  const look: Look = {
    ...shown,
    text: formatterFor(t, sample).text,
    colours: coloursFor(t, values, options.cmap),
  };
  const tables = slices.map((slice) =>
    slice === null ? "<span>…</span> " : tableOf(t, slice, look, label),
  );
  const title = name === "" ? "" : `<b>${escaped(name)}</b> `;
  const html = `<div style="font-family:${fontFamily};overflow-x:auto"><div>${title}${escaped(facts.join(" · "))}</div>${tables.join("") || "<div>no elements</div>"}</div>`;
  return new TensorView(html, `${t.toString()}\n${label}`);
}

/** The values of a table that are shown. */
function sampleOf(t: Tensor, { at }: Slice, { rows, columns }: Shown): number[] {
  const rank = t.dims.length;
  const down = rank > 1 ? t.strides[rank - 2] : 0;
  const across = rank > 0 ? t.strides[rank - 1] : 0;
  return rows
    .filter((i) => i >= 0)
    .flatMap((i) => columns.filter((j) => j >= 0).map((j) => t.array[at + i * down + j * across]));
}

/**
 * Show the tensor in the running cell as a table with coloured cells under its shape, dtype,
 * strides and range; large ones by their ends, as the repr does. Outside Jupyter nothing is shown
 * and the view comes back. Raises ValueError for a colour map that is not known.
 * @example torch.arange(6).reshape(2, 3).t().show()
 */
export function showTensor(t: Tensor, options: TensorShowOptions = {}): TensorView | undefined {
  const view = tensorView(t, options);
  const bundle = { "text/html": view.html, "text/plain": view.text };
  return display(bundle) ? undefined : view;
}
