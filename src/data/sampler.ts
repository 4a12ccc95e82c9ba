// The order in which a DataLoader visits examples, drawn from the random streams as PyTorch draws.

import { type Callable, callable } from "../callable";
import { TypeError, ValueError, ZeroDivisionError } from "../errors";
import { default_generator, Generator } from "../random/torch";
import { pythonTypeName } from "../scalar";

/** Numbers of examples in the order of a visit; it can be iterated again and again. */
export interface SamplerLike extends Iterable<number> {
  readonly length?: number;
}

/** What a sampler looks at: how many examples there are. */
export interface Sized {
  readonly length: number;
}

/** What `SequentialSampler` makes; see there. */
export class SequentialSamplerClass implements SamplerLike {
  constructor(readonly data_source: Sized) {}

  /** How many one iteration gives. */
  get length(): number {
    return this.data_source.length;
  }

  *[Symbol.iterator](): globalThis.Generator<number, void, undefined> {
    for (let i = 0; i < this.length; i++) yield i;
  }
}
Object.defineProperty(SequentialSamplerClass, "name", { value: "SequentialSampler" });

/**
 * Every example in order: what a DataLoader uses without `shuffle`.
 * @example [...data.SequentialSampler(["a", "b", "c"])]   // [ 0, 1, 2 ]
 */
export const SequentialSampler: Callable<typeof SequentialSamplerClass> =
  callable(SequentialSamplerClass);
/** Any sequential sampler. */
export type SequentialSampler = SequentialSamplerClass;

/** The keyword arguments of RandomSampler. */
export interface RandomSamplerOptions {
  /** Whether an example may come again before all have come. */
  readonly replacement?: boolean;
  /** How many to draw; as many as there are by default. */
  readonly num_samples?: number | null;
  /** Where the order is drawn from; by default one seeded by the default generator each time. */
  readonly generator?: Generator | undefined;
}

/** With replacement PyTorch draws in blocks of this size. */
const blockSize = 32;

/** What `RandomSampler` makes; see there. */
export class RandomSamplerClass implements SamplerLike {
  readonly replacement: boolean;
  readonly generator: Generator | undefined;
  private readonly wanted: number | null;

  constructor(
    readonly data_source: Sized,
    options: RandomSamplerOptions = {},
  ) {
    const { replacement = false, num_samples = null, generator } = options;
    if (typeof replacement !== "boolean") {
      throw new TypeError(
        `replacement should be a boolean value, but got replacement=${replacement}`,
      );
    }
    this.replacement = replacement;
    this.generator = generator;
    this.wanted = num_samples;
    if (!Number.isInteger(this.num_samples) || this.num_samples <= 0) {
      throw new ValueError(
        `num_samples should be a positive integer value, but got num_samples=${this.num_samples}`,
      );
    }
  }

  /** How many one iteration gives. */
  get num_samples(): number {
    return this.wanted ?? this.data_source.length;
  }

  /** How many one iteration gives. */
  get length(): number {
    return this.num_samples;
  }

  *[Symbol.iterator](): globalThis.Generator<number, void, undefined> {
    for (const run of this.runs()) yield* run;
  }

  /**
   * The same numbers, as many at a time as PyTorch draws at once.
   * @internal
   */
  *runs(): globalThis.Generator<Int32Array, void, undefined> {
    const n = this.data_source.length;
    if (n === 0) throw new ZeroDivisionError("integer division or modulo by zero", "no examples");
    const generator = this.generator ?? new Generator().manual_seed(default_generator.random64());
    const rounds = this.replacement ? blockSize : n;
    for (let left = this.num_samples; ; left -= rounds) {
      const count = Math.min(left, rounds);
      // The last round may be empty, yet PyTorch draws its order: seen where the generator is given.
      if (count === 0 && this.generator === undefined) return;
      if (this.replacement) {
        yield Int32Array.from({ length: count }, () => generator.integer(0, n));
      } else {
        yield generator.randperm(n).subarray(0, count);
      }
      if (left < rounds) return;
    }
  }
}
Object.defineProperty(RandomSamplerClass, "name", { value: "RandomSampler" });

/**
 * Examples in a random order: what a DataLoader uses with `shuffle`. Each iteration seeds a
 * generator of its own from the default one, unless one is given. Raises ValueError when there is
 * nothing to draw.
 * @example
 * const generator = torch.Generator().manual_seed(1);
 * [...data.RandomSampler(range(3), { num_samples: 7, generator })]   // [
 * //   1, 2, 0, 0,
 * //   1, 2, 1
 * // ]
 */
export const RandomSampler: Callable<typeof RandomSamplerClass> = callable(RandomSamplerClass);
/** Any random sampler. */
export type RandomSampler = RandomSamplerClass;

/** The keyword argument of SubsetRandomSampler. */
export interface SubsetSamplerOptions {
  /** Where the order is drawn from; the default generator otherwise. */
  readonly generator?: Generator | undefined;
}

/** What `SubsetRandomSampler` makes; see there. */
export class SubsetRandomSamplerClass implements SamplerLike {
  readonly generator: Generator | undefined;

  constructor(
    readonly indices: ArrayLike<number>,
    options: SubsetSamplerOptions = {},
  ) {
    if (typeof indices?.length !== "number") {
      throw new TypeError(`object of type '${pythonTypeName(indices)}' has no len()`);
    }
    this.generator = options.generator;
  }

  /** How many one iteration gives. */
  get length(): number {
    return this.indices.length;
  }

  *[Symbol.iterator](): globalThis.Generator<number, void, undefined> {
    const order = (this.generator ?? default_generator).randperm(this.length);
    for (const i of order) yield this.indices[i];
  }
}
Object.defineProperty(SubsetRandomSamplerClass, "name", { value: "SubsetRandomSampler" });

/**
 * The examples with these numbers, in a random order.
 * @example
 * const generator = torch.Generator().manual_seed(1);
 * [...data.SubsetRandomSampler([3, 5, 7], { generator })]   // [ 5, 7, 3 ]
 */
export const SubsetRandomSampler: Callable<typeof SubsetRandomSamplerClass> =
  callable(SubsetRandomSamplerClass);
/** Any sampler of a subset. */
export type SubsetRandomSampler = SubsetRandomSamplerClass;
