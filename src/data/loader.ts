// Cuts a data set into batches, drawing from the random streams exactly as PyTorch's does.

import { callable } from "../callable";
import { TypeError, ValueError } from "../errors";
import { default_generator, Generator } from "../random/torch";
import { default_collate } from "./collate";
import type { Collated, DatasetLike, MapDataset } from "./dataset";

/** The keyword arguments of a DataLoader. */
export interface DataLoaderOptions<T, B> {
  /** Examples a batch; 1 by default. */
  readonly batch_size?: number;
  /** A new random order each time the loader is iterated. */
  readonly shuffle?: boolean;
  /** Leave out a last batch that is not full. */
  readonly drop_last?: boolean;
  /** Makes a batch of a list of examples; `default_collate` by default. */
  readonly collate_fn?: ((examples: T[]) => B) | undefined;
  /** Where the order is drawn from; the default generator otherwise. */
  readonly generator?: Generator | undefined;
  /** Only 0: examples are fetched in the process itself. */
  readonly num_workers?: number;
}

const knownOptions: readonly string[] = [
  "batch_size",
  "shuffle",
  "drop_last",
  "collate_fn",
  "generator",
  "num_workers",
];

function checkOptions(options: object): void {
  const unknown = Object.keys(options).find((key) => !knownOptions.includes(key));
  if (unknown !== undefined) {
    throw new TypeError(
      `DataLoader.__init__() got an unexpected keyword argument '${unknown}'`,
      `It knows ${knownOptions.join(", ")}.`,
    );
  }
}

function checkWorkers(workers: number): void {
  if (workers === 0) return;
  if (!Number.isInteger(workers) || workers < 0) {
    throw new ValueError(
      "num_workers option should be non-negative; use num_workers=0 to disable multiprocessing.",
    );
  }
  throw new ValueError(
    `num_workers should be 0, but got num_workers=${workers}`,
    "Examples are fetched in the process itself; leave num_workers out.",
  );
}

/** A data set with a `get`, whatever it was given as. */
function asMap<T>(dataset: DatasetLike<T>): MapDataset<T> {
  if (Array.isArray(dataset)) {
    const list: readonly T[] = dataset;
    return {
      get length() {
        return list.length;
      },
      get: (index) => list[index],
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

/** What `DataLoader` makes; see there. */
export class DataLoaderClass<T, B = Collated<T>> implements Iterable<B> {
  readonly dataset: DatasetLike<T>;
  readonly batch_size: number;
  readonly shuffle: boolean;
  readonly drop_last: boolean;
  readonly num_workers = 0;
  readonly generator: Generator | undefined;
  private readonly source: MapDataset<T>;
  private readonly fetch: (rows: Int32Array) => B;

  constructor(
    dataset: DatasetLike<T>,
    batchSize?: number | DataLoaderOptions<T, B>,
    more: DataLoaderOptions<T, B> = {},
  ) {
    const options = typeof batchSize === "object" ? batchSize : more;
    checkOptions(options);
    checkWorkers(options.num_workers ?? 0);
    const size = typeof batchSize === "number" ? batchSize : (options.batch_size ?? 1);
    this.dataset = dataset;
    this.source = asMap(dataset);
    this.shuffle = options.shuffle ?? false;
    if (this.shuffle && this.source.length === 0) {
      throw new ValueError("num_samples should be a positive integer value, but got num_samples=0");
    }
    if (!Number.isInteger(size) || size <= 0) {
      throw new ValueError(
        `batch_size should be a positive integer value, but got batch_size=${size}`,
      );
    }
    this.batch_size = size;
    this.drop_last = options.drop_last ?? false;
    this.generator = options.generator;
    this.fetch = this.fetcher(options.collate_fn);
  }

  /** How many batches one iteration gives. */
  get length(): number {
    const batches = this.source.length / this.batch_size;
    return this.drop_last ? Math.floor(batches) : Math.ceil(batches);
  }

  [Symbol.iterator](): globalThis.Generator<B, void, undefined> {
    (this.generator ?? default_generator).random64();
    return this.batches();
  }

  private *batches(): globalThis.Generator<B, void, undefined> {
    const n = this.source.length;
    const { order, redraw } = this.order(n);
    const full = Math.floor(n / this.batch_size) * this.batch_size;
    for (let start = 0; start < full; start += this.batch_size) {
      yield this.fetch(order.slice(start, start + this.batch_size));
    }
    redraw();
    if (full < n && !this.drop_last) yield this.fetch(order.slice(full));
  }

  /** The order, and what the sampler still draws when it runs out: an empty second round. */
  private order(n: number): { order: Int32Array; redraw: () => void } {
    if (!this.shuffle) {
      return { order: Int32Array.from({ length: n }, (_, i) => i), redraw: () => {} };
    }
    const generator = this.generator ?? new Generator().manual_seed(default_generator.random64());
    return { order: generator.randperm(n), redraw: () => void generator.randperm(n) };
  }

  private fetcher(collate: ((examples: T[]) => B) | undefined): (rows: Int32Array) => B {
    const { source } = this;
    if (!collate && source.batch) return (rows) => source.batch?.(rows) as B;
    const together = collate ?? (default_collate as unknown as (examples: T[]) => B);
    return (rows) => together(Array.from(rows, (row) => source.get(row)));
  }
}

/** A loader of batches of type B over examples of type T. */
export type DataLoader<T, B = Collated<T>> = DataLoaderClass<T, B>;

/** `DataLoader` with and without `new`; the type of the batches follows from the data set. */
export interface DataLoaderConstructor {
  new <T, B = Collated<T>>(
    dataset: DatasetLike<T>,
    batch_size?: number | DataLoaderOptions<T, B>,
    options?: DataLoaderOptions<T, B>,
  ): DataLoader<T, B>;
  <T, B = Collated<T>>(
    dataset: DatasetLike<T>,
    batch_size?: number | DataLoaderOptions<T, B>,
    options?: DataLoaderOptions<T, B>,
  ): DataLoader<T, B>;
}

/**
 * Batches of a data set; iterate it as often as you like. Each iteration draws one 64-bit number
 * (PyTorch's base seed) at its start, and with `shuffle` a second one when the first batch is
 * asked for, which seeds the order. Raises ValueError for a batch size that is not positive, for
 * an empty data set with `shuffle`, and for `num_workers` other than 0.
 * @example
 * const pairs = data.TensorDataset(torch.randn(10, 2), torch.zeros(10));
 * for (const [X, y] of data.DataLoader(pairs, 4, { shuffle: true })) console.log(X.shape, y.shape);
 * // torch.Size([4, 2]) torch.Size([4])
 * // torch.Size([4, 2]) torch.Size([4])
 * // torch.Size([2, 2]) torch.Size([2])
 */
export const DataLoader = callable(DataLoaderClass) as DataLoaderConstructor;
