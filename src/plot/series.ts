// Reads what a chart is made of: tensors, ndarrays, typed arrays and plain lists, as plain numbers.

import type { NdArray } from "ndarray";
import type { TypedArray } from "../dtype";
import { TypeError } from "../errors";
import { Tensor, toFlatArray } from "../tensor";

/** Numbers in a row: a tensor, an ndarray, a typed array or a list; a single number counts too. */
export type Series =
  | Tensor
  | NdArray<TypedArray>
  | ArrayLike<number>
  | readonly (number | boolean | null)[]
  | number;

/** Numbers in rows and columns. */
export type Matrix = Tensor | NdArray<TypedArray> | readonly Series[];

/** Values in row order and the sizes they stand for. */
export interface Block {
  readonly values: readonly number[];
  readonly shape: readonly number[];
}

function isNdarray(input: object): input is NdArray<TypedArray> {
  return "shape" in input && "stride" in input && "offset" in input && "data" in input;
}

function readNdarray({ data, shape, stride, offset }: NdArray<TypedArray>): Block {
  const values: number[] = [];
  const visit = (axis: number, at: number) => {
    if (axis === shape.length) values.push(data[at]);
    else for (let i = 0; i < shape[axis]; i++) visit(axis + 1, at + i * stride[axis]);
  };
  visit(0, offset);
  return { values, shape };
}

function readList(list: ArrayLike<unknown>, name: string): Block {
  const items = Array.from(list);
  if (items.every((item) => typeof item !== "object" || item === null)) {
    return { values: items.map((item) => asNumber(item, name)), shape: [items.length] };
  }
  const blocks = items.map((item) => read(item as Series, name));
  const inner = blocks[0].shape;
  if (blocks.some(({ shape }) => shape.join() !== inner.join())) {
    throw new TypeError(`${name}: the rows have different lengths`);
  }
  return { values: blocks.flatMap(({ values }) => values), shape: [items.length, ...inner] };
}

function asNumber(item: unknown, name: string): number {
  if (item === null || item === undefined) return Number.NaN;
  if (typeof item === "number") return item;
  if (typeof item === "boolean" || typeof item === "bigint") return Number(item);
  throw new TypeError(
    `${name}: a ${typeof item} is not a number`,
    "Give a tensor, an ndarray or a list of numbers.",
  );
}

/** Every value of the input with its sizes. Raises TypeError for anything that is no array. */
export function read(input: Series | Matrix, name = "data"): Block {
  if (input instanceof Tensor) return { values: Array.from(toFlatArray(input)), shape: input.dims };
  if (typeof input === "number") return { values: [input], shape: [] };
  if (typeof input === "object" && input !== null) {
    if (isNdarray(input)) return readNdarray(input);
    if ("length" in input) return readList(input, name);
  }
  throw new TypeError(
    `${name}: ${input === null ? "null" : `a ${typeof input}`} is not an array of numbers`,
    "Give a tensor, an ndarray or a list of numbers.",
  );
}

/** The values in row order, whatever the sizes. */
export function numbers(input: Series | Matrix, name = "data"): readonly number[] {
  return read(input, name).values;
}

/** A number for a figure: six significant digits; what cannot be drawn becomes a gap. */
export function rounded(value: number): number | null {
  return Number.isFinite(value) ? Number(value.toPrecision(6)) : null;
}

/** Numbers for a figure, see `rounded`. */
export function roundedAll(values: readonly number[]): (number | null)[] {
  return values.map(rounded);
}

/** Row-order values as rows of `columns` numbers for a figure. */
export function rows(values: readonly number[], columns: number): (number | null)[][] {
  const result: (number | null)[][] = [];
  for (let at = 0; at < values.length; at += columns) {
    result.push(roundedAll(values.slice(at, at + columns)));
  }
  return result;
}

/** The finite values' smallest and largest; [0, 1] when there are none. */
export function extent(values: readonly number[]): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : [0, 1];
}

/** Sizes as Python prints a tuple, for error messages: (3,) or (2, 3). */
export function tuple(shape: readonly number[]): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
}
