// PyTorch's repr of tensors: number format, width, line breaks, summary and suffixes.

import { bool, float32, float64, int64 } from "./dtype";
import { RuntimeError, ValueError } from "./errors";
import { floatRepr, formatExponential, formatFixed } from "./format";
import type { View } from "./kernels/view";
import { numelOf, type Shape } from "./shape";

/** What `set_printoptions` changes. */
export interface PrintOptions {
  /** Digits after the point (default 4). */
  precision: number;
  /** More elements than this are summarised (default 1000). */
  threshold: number;
  /** How many elements a summary keeps at each end (default 3). */
  edgeitems: number;
  /** Characters per line (default 80). */
  linewidth: number;
  /** Scientific notation always, never, or as the values ask for (null, the default). */
  sci_mode: boolean | null;
}

const defaults: Readonly<PrintOptions> = {
  precision: 4,
  threshold: 1000,
  edgeitems: 3,
  linewidth: 80,
  sci_mode: null,
};
const profiles: Record<string, Partial<PrintOptions>> = {
  default: defaults,
  short: { precision: 2, threshold: 1000, edgeitems: 2, linewidth: 80 },
  full: { precision: 4, threshold: Number.POSITIVE_INFINITY, edgeitems: 3, linewidth: 80 },
};
let options: PrintOptions = { ...defaults };

/**
 * Change how tensors print, as in PyTorch: single options, or a `profile` ("default", "short",
 * "full"). Raises RuntimeError for an unknown profile.
 * @example torch.set_printoptions({ precision: 2 })
 */
export function set_printoptions(changes: Partial<PrintOptions> & { profile?: string } = {}): void {
  const { profile, ...rest } = changes;
  if (profile !== undefined) {
    if (!(profile in profiles)) {
      throw new RuntimeError(`unknown profile '${profile}'`, "profiles: default, short, full");
    }
    options = { ...options, ...profiles[profile] };
  }
  for (const [key, value] of Object.entries(rest)) {
    if (typeof value === "number" && !(value >= 0)) {
      throw new ValueError(`${key} must not be negative or NaN, but is ${value}`);
    }
    if (value !== undefined) options = { ...options, [key]: value };
  }
  // As in PyTorch, sci_mode goes back to automatic unless it is given.
  options.sci_mode = rest.sci_mode ?? null;
}

/** A tensor as the printer sees it. */
export interface Printable extends View {
  readonly requires_grad: boolean;
  readonly grad_fn: { readonly name: string } | null;
}

/** How the elements of one tensor are written: all alike. */
export interface Formatter {
  readonly width: number;
  text(x: number): string;
}

function integerFormatter(values: readonly number[], isBool: boolean): Formatter {
  const text = (x: number) => (isBool ? (x !== 0 ? "True" : "False") : String(x));
  return { text, width: values.reduce((w, x) => Math.max(w, text(x).length), 1) };
}

function floatFormatter(values: readonly number[]): Formatter {
  const { precision, sci_mode } = options;
  const considered = values.filter((x) => Number.isFinite(x) && x !== 0);
  let smallest = Number.POSITIVE_INFINITY;
  let largest = 0;
  for (const x of considered) {
    smallest = Math.min(smallest, Math.abs(x));
    largest = Math.max(largest, Math.abs(x));
  }
  const whole = considered.every((x) => Number.isInteger(x));
  const automatic =
    considered.length > 0 && (largest / smallest > 1000 || largest > 1e8 || smallest < 1e-4);
  const scientific = sci_mode ?? automatic;
  const text = (x: number): string => {
    if (scientific) return formatExponential(x, precision);
    if (!whole) return formatFixed(x, precision);
    return Number.isFinite(x) ? `${formatFixed(x, 0)}.` : formatFixed(x, 0);
  };
  return { text, width: considered.reduce((w, x) => Math.max(w, text(x).length), 1) };
}

/** The format that the repr chooses for these values. */
export function formatterFor(v: View, values: readonly number[]): Formatter {
  return v.dtype.is_floating_point
    ? floatFormatter(values)
    : integerFormatter(values, v.dtype === bool);
}

/** Whether the repr shows only the ends of a tensor of n elements. */
export function isSummarised(n: number): boolean {
  return n > options.threshold;
}

/** The positions along a dimension that a summary shows; −1 stands for the dots. */
export function shownPositions(n: number, summarise: boolean): number[] {
  const edge = options.edgeitems;
  if (!summarise || n <= 2 * edge) return Array.from({ length: n }, (_, i) => i);
  const ends = (from: number) => Array.from({ length: edge }, (_, i) => from + i);
  return [...ends(0), -1, ...ends(n - edge)];
}

function contents(v: View, indent: number, summarise: boolean): string {
  const rank = v.dims.length;
  const shown = v.dims.map((n) => shownPositions(n, summarise));
  const sample: number[] = [];
  const collect = (d: number, at: number): void => {
    if (d === rank) {
      sample.push(v.array[at]);
      return;
    }
    for (const i of shown[d]) if (i >= 0) collect(d + 1, at + i * v.strides[d]);
  };
  collect(0, v.offset);
  const { width, text } = formatterFor(v, sample);
  const dots = options.edgeitems === 0 ? "..." : " ...";
  const block = (d: number, at: number, column: number): string => {
    if (d === rank) return text(v.array[at]).padStart(width);
    const pad = " ".repeat(column + 1);
    if (d === rank - 1) {
      const items = shown[d].map((i) =>
        i < 0 ? dots : text(v.array[at + i * v.strides[d]]).padStart(width),
      );
      const perLine = Math.max(1, Math.floor((options.linewidth - column) / (width + 2)));
      const lines: string[] = [];
      for (let i = 0; i < items.length; i += perLine) {
        lines.push(items.slice(i, i + perLine).join(", "));
      }
      return `[${lines.join(`,\n${pad}`)}]`;
    }
    const parts = shown[d].map((i) =>
      i < 0 ? "..." : block(d + 1, at + i * v.strides[d], column + 1),
    );
    return `[${parts.join(`,${"\n".repeat(rank - d - 1)}${pad}`)}]`;
  };
  return block(0, v.offset, indent);
}

function sizeText(dims: Shape): string {
  return dims.length === 1 ? `(${dims[0]},)` : `(${dims.join(", ")})`;
}

/** The name of the grad_fn; of a view that lost its history PyTorch says "Invalid". */
export function makerName(t: Printable): string | null {
  try {
    return t.grad_fn === null ? null : t.grad_fn.name;
  } catch {
    return "Invalid";
  }
}

/**
 * The repr of a tensor, character for character as PyTorch 2.13 prints it.
 * @example
 * tensorRepr(torch.ones(2, 2))
 * // tensor([[1., 1.],
 * //         [1., 1.]])
 */
export function tensorRepr(t: Printable): string {
  const n = numelOf(t.dims);
  const prefix = "tensor(";
  const indent = prefix.length;
  const suffixes: string[] = [];
  const unseen = n > 0 && options.edgeitems === 0;
  if ((n === 0 && t.dims.length !== 1) || unseen) suffixes.push(`size=${sizeText(t.dims)}`);
  const implied = n === 0 ? t.dtype === float32 : [float32, int64, bool].includes(t.dtype);
  if (!implied) suffixes.push(`dtype=${t.dtype}`);
  const maker = makerName(t);
  if (maker !== null) suffixes.push(`grad_fn=<${maker}>`);
  else if (t.requires_grad) suffixes.push("requires_grad=True");

  let out = prefix + (n === 0 ? "[]" : contents(t, indent, isSummarised(n)));
  let column = out.length - out.lastIndexOf("\n") + 1;
  for (const suffix of suffixes) {
    if (column + suffix.length + 2 > options.linewidth) {
      out += `,\n${" ".repeat(indent)}${suffix}`;
      column = indent + suffix.length;
    } else {
      out += `, ${suffix}`;
      column += suffix.length + 2;
    }
  }
  return `${out})`;
}

/** One element as Python prints `t.item()`. */
export function itemText(v: View): string {
  const x = v.array[v.offset];
  if (v.dtype === bool) return x !== 0 ? "True" : "False";
  return v.dtype === float32 || v.dtype === float64 ? floatRepr(x) : String(x);
}
