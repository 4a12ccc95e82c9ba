// What a DataLoader can read: anything with a length and a get, or a plain array.

import { IndexError, TypeError } from "../errors";
import type { Tensor } from "../tensor";

/** A data set of examples that are fetched by their number, as Python's `__getitem__`, `__len__`. */
export interface MapDataset<T> {
  readonly length: number;
  /** The example with this number, 0 ≤ index < length. */
  get(index: number): T;
  /**
   * Many examples at once, already collated: the DataLoader prefers it to `get` when it collates
   * by default.
   */
  readonly batch?: ((rows: Int32Array) => Collated<T>) | undefined;
}

/** A data set, or a plain array of examples. */
export type DatasetLike<T> = MapDataset<T> | readonly T[];

/** What default collation makes of examples of type S: a tensor per number or tensor. */
export type Collated<S> = S extends Tensor | number | bigint | boolean
  ? Tensor
  : S extends string
    ? string[]
    : S extends readonly unknown[] | { readonly [key: string]: unknown }
      ? { -readonly [K in keyof S]: Collated<S[K]> }
      : Tensor;

/**
 * Base class of data sets: subclasses give `length` and `get(index)`; iterating visits every
 * example in order.
 * @example
 * class Squares extends data.Dataset<[number, number]> {
 *   readonly length = 10;
 *   get(i: number): [number, number] {
 *     return [i, i * i];
 *   }
 * }
 * for (const batch of data.DataLoader(new Squares(), 5)) console.log(batch);
 * // [ tensor([0, 1, 2, 3, 4]), tensor([ 0,  1,  4,  9, 16]) ]
 * // [ tensor([5, 6, 7, 8, 9]), tensor([25, 36, 49, 64, 81]) ]
 */
export abstract class Dataset<T = unknown> implements MapDataset<T>, Iterable<T> {
  abstract readonly length: number;
  /**
   * The example with this number; subclasses define it.
   * @example data.TensorDataset(torch.arange(3)).get(2)   // [ tensor(2) ]
   */
  abstract get(index: number): T;
  *[Symbol.iterator](): Generator<T, void, undefined> {
    for (let i = 0; i < this.length; i++) yield this.get(i);
  }
}

/** A data set with a `get`, whatever it was given as. Raises TypeError for anything else. */
export function asMap<T>(dataset: DatasetLike<T>): MapDataset<T> {
  if (Array.isArray(dataset)) {
    const list: readonly T[] = dataset;
    return {
      get length() {
        return list.length;
      },
      get: (index) => {
        if (!(index in list) && !(index + list.length in list)) {
          throw new IndexError("list index out of range");
        }
        return list.at(index) as T;
      },
    };
  }
  const map = dataset as MapDataset<T>;
  if (typeof map?.get !== "function" || typeof map.length !== "number") {
    throw new TypeError(
      "DataLoader: the dataset has no get(index) and length",
      "Give an array, a data.Dataset, or any object with `length` and `get(index)`.",
    );
  }
  return map;
}

/**
 * The row of a data set of this length that an index means: a negative one counts from the end.
 * Raises IndexError outside of it.
 */
export function rowOf(index: number, length: number): number {
  const row = index < 0 ? index + length : index;
  if (Number.isInteger(row) && row >= 0 && row < length) return row;
  throw new IndexError(`index ${index} is out of bounds for dimension 0 with size ${length}`);
}
