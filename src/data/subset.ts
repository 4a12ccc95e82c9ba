// Parts of a data set: chosen examples, and random splits.

import { callable } from "../callable";
import { IndexError, TypeError, ValueError, warn } from "../errors";
import { default_generator, Generator } from "../random/torch";
import { type Tensor, toFlatArray } from "../tensor";
import { asMap, type Collated, Dataset, type DatasetLike, type MapDataset } from "./dataset";

/** What `Subset` makes; see there. */
export class SubsetClass<T> extends Dataset<T> {
  readonly dataset: DatasetLike<T>;
  /** The chosen examples' numbers in the whole. */
  readonly indices: readonly number[];
  readonly batch: ((rows: Int32Array) => Collated<T>) | undefined;
  private readonly source: MapDataset<T>;

  constructor(dataset: DatasetLike<T>, indices: ArrayLike<number> | Tensor) {
    super();
    this.dataset = dataset;
    this.indices = Array.from("dims" in indices ? toFlatArray(indices) : indices);
    this.source = asMap(dataset);
    const { batch } = this.source;
    this.batch = batch && ((rows) => batch(Int32Array.from(rows, (row) => this.numberOf(row))));
  }

  /** How many examples were chosen. */
  get length(): number {
    return this.indices.length;
  }

  /**
   * The i-th of the chosen examples; a negative one counts from the end. Raises IndexError.
   * @example data.Subset(["a", "b", "c"], [2, 0]).get(-1)   // a
   */
  get(index: number): T {
    return this.source.get(this.numberOf(index));
  }

  private numberOf(index: number): number {
    const number = this.indices.at(index);
    if (number === undefined) throw new IndexError("list index out of range");
    return number;
  }
}
Object.defineProperty(SubsetClass, "name", { value: "Subset" });

/** Some examples of a data set of T. */
export type Subset<T> = SubsetClass<T>;

/** `Subset` with and without `new`. */
export interface SubsetConstructor {
  new <T>(dataset: DatasetLike<T>, indices: ArrayLike<number> | Tensor): Subset<T>;
  <T>(dataset: DatasetLike<T>, indices: ArrayLike<number> | Tensor): Subset<T>;
}

/**
 * The examples of a data set with these numbers, in this order; batches are served as the whole
 * set serves them. Raises IndexError when an example that is not there is asked for.
 * @example
 * const some = data.Subset(["a", "b", "c", "d"], [3, 1]);
 * [some.length, some.get(0)]   // [ 2, 'd' ]
 */
export const Subset = callable(SubsetClass) as SubsetConstructor;

/** The keyword argument of random_split. */
export interface SplitOptions {
  /** Where the order is drawn from; the default generator otherwise. */
  readonly generator?: Generator | undefined;
}

/**
 * Python's sum of floats from 3.12 on, which carries the lost digits along (Neumaier 1974):
 * ten times 0.1 is 1.
 */
function sumOf(values: readonly number[]): number {
  let [sum, lost] = [0, 0];
  for (const value of values) {
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return sum + lost;
}

/** Whole numbers from shares of n: each rounded down, then one more from the front. */
function counts(fractions: readonly number[], n: number): number[] {
  fractions.forEach((fraction, i) => {
    if (fraction < 0 || fraction > 1) {
      throw new ValueError(`Fraction at index ${i} is not between 0 and 1`);
    }
  });
  const whole = fractions.map((fraction) => Math.floor(n * fraction));
  const rest = n - whole.reduce((sum, count) => sum + count, 0);
  for (let i = 0; i < rest; i++) whole[i % whole.length]++;
  whole.forEach((count, i) => {
    if (count > 0) return;
    const message = `Length of split at index ${i} is 0. This might result in an empty dataset.`;
    warn("UserWarning", message);
  });
  return whole;
}

/**
 * Cut a data set at random into parts of these lengths, or of these shares of it (which add up to
 * 1; what rounding leaves over goes to the first parts, one each). Draws one `randperm`.
 * Raises ValueError when the lengths don't add up to the set's, TypeError when one is no whole
 * number; warns of empty parts.
 * @example
 * const generator = torch.Generator().manual_seed(1);
 * const parts = data.random_split(range(10), [3, 7], { generator });
 * parts.map(({ indices }) => indices.join(" "))   // [ '5 6 1', '2 0 8 9 3 7 4' ]
 */
export function random_split<T>(
  dataset: DatasetLike<T>,
  lengths: readonly number[],
  options: Generator | SplitOptions = {},
): Subset<T>[] {
  const given = options instanceof Generator ? options : options.generator;
  const n = asMap(dataset).length;
  const total = sumOf(lengths);
  const parts = Math.abs(total - 1) <= 1e-9 && total <= 1 ? counts(lengths, n) : lengths;
  if (sumOf(parts) !== n) {
    throw new ValueError("Sum of input lengths does not equal the length of the input dataset!");
  }
  if (!parts.every(Number.isInteger)) {
    throw new TypeError(
      "randperm() received an invalid combination of arguments - got (float, generator=torch._C.Generator)",
      `the lengths must be whole numbers, found [${parts.join(", ")}]`,
    );
  }
  const order = Array.from((given ?? default_generator).randperm(n));
  let end = 0;
  return parts.map((length) => {
    end += length;
    // As Python slices: from a negative place on it counts from the end.
    return Subset(dataset, order.slice(end - length, end));
  });
}
