// Cuts a data set into batches, drawing from the random streams exactly as PyTorch's does.

import { callable } from "../callable";
import { TypeError, ValueError } from "../errors";
import { default_generator, type Generator } from "../random/torch";
import { default_collate } from "./collate";
import { asMap, type Collated, type DatasetLike, type MapDataset } from "./dataset";
import { RandomSampler, RandomSamplerClass, type SamplerLike, SequentialSampler } from "./sampler";

/** The keyword arguments of a DataLoader. */
export interface DataLoaderOptions<T, B> {
  /** Examples a batch; 1 by default. */
  readonly batch_size?: number;
  /** A new random order each time the loader is iterated. */
  readonly shuffle?: boolean;
  /** The numbers of the examples in the order to visit, iterated anew each time; not with shuffle. */
  readonly sampler?: SamplerLike | undefined;
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
  "sampler",
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

/** What `DataLoader` makes; see there. */
export class DataLoaderClass<T, B = Collated<T>> implements Iterable<B> {
  readonly dataset: DatasetLike<T>;
  readonly batch_size: number;
  readonly shuffle: boolean;
  readonly drop_last: boolean;
  readonly num_workers = 0;
  readonly generator: Generator | undefined;
  readonly sampler: SamplerLike;
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
    this.generator = options.generator;
    this.sampler = this.samplerFor(options.sampler);
    if (!Number.isInteger(size) || size <= 0) {
      throw new ValueError(
        `batch_size should be a positive integer value, but got batch_size=${size}`,
      );
    }
    this.batch_size = size;
    this.drop_last = options.drop_last ?? false;
    this.fetch = this.fetcher(options.collate_fn);
  }

  /** How many batches one iteration gives. Raises TypeError for a sampler without a length. */
  get length(): number {
    const { length } = this.sampler;
    if (length === undefined) {
      throw new TypeError(`object of type '${this.sampler.constructor.name}' has no len()`);
    }
    const batches = length / this.batch_size;
    return this.drop_last ? Math.floor(batches) : Math.ceil(batches);
  }

  [Symbol.iterator](): globalThis.Generator<B, void, undefined> {
    (this.generator ?? default_generator).random64();
    return this.batches();
  }

  private *batches(): globalThis.Generator<B, void, undefined> {
    const rows = new Int32Array(this.batch_size);
    let count = 0;
    for (const run of this.runs()) {
      for (let at = 0; at < run.length; ) {
        const taken = Math.min(rows.length - count, run.length - at);
        rows.set(run.subarray(at, at + taken), count);
        at += taken;
        count += taken;
        if (count < rows.length) continue;
        yield this.fetch(rows.slice());
        count = 0;
      }
    }
    if (count > 0 && !this.drop_last) yield this.fetch(rows.slice(0, count));
  }

  /** The numbers of the sampler, asked for no earlier than a batch needs them. */
  private *runs(): globalThis.Generator<Int32Array, void, undefined> {
    if (this.sampler instanceof RandomSamplerClass && this.shuffle) {
      // One by one, 60,000 numbers take a tenth of an epoch's other work.
      yield* this.sampler.runs();
      return;
    }
    const one = new Int32Array(1);
    for (const row of this.sampler) {
      one[0] = row;
      yield one;
    }
  }

  private samplerFor(given: SamplerLike | undefined): SamplerLike {
    if (given !== undefined && this.shuffle) {
      throw new ValueError("sampler option is mutually exclusive with shuffle");
    }
    const { source, generator } = this;
    if (given !== undefined) return given;
    return this.shuffle ? new RandomSampler(source, { generator }) : new SequentialSampler(source);
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
 * an empty data set with `shuffle`, for a sampler beside `shuffle`, and for `num_workers` other than 0.
 * @example
 * const pairs = data.TensorDataset(torch.randn(10, 2), torch.zeros(10));
 * for (const [X, y] of data.DataLoader(pairs, 4, { shuffle: true })) console.log(X.shape, y.shape);
 * // torch.Size([4, 2]) torch.Size([4])
 * // torch.Size([4, 2]) torch.Size([4])
 * // torch.Size([2, 2]) torch.Size([2])
 */
export const DataLoader = callable(DataLoaderClass) as DataLoaderConstructor;
