// d2l's Accumulator: several sums that run along together.

import { type Callable, callable } from "../callable";
import { IndexError, ValueError } from "../errors";
import { Tensor } from "../tensor";

/** What `Accumulator` makes; see there. */
export class AccumulatorClass {
  /** The sums so far; `metric[i]` reads one. */
  data: number[];
  readonly [index: number]: number;

  constructor(n: number) {
    this.data = new Array<number>(n).fill(0);
    for (let i = 0; i < n; i++) Object.defineProperty(this, i, { get: () => this.data[i] });
  }

  /**
   * Add one value to each sum, as floats; tensors of one element count too. Raises ValueError
   * unless there are as many values as sums.
   * @example
   * const metric = d2l.Accumulator(2);
   * metric.add(torch.tensor(0.5), 3);
   * metric.data   // [ 0.5, 3 ]
   */
  add(...args: readonly (number | boolean | Tensor)[]): void {
    const { data } = this;
    if (args.length !== data.length) {
      throw new ValueError(`${args.length} values for ${data.length} sums`);
    }
    const values = args.map((value) => Number(value instanceof Tensor ? value.item() : value));
    this.data = data.map((sum, i) => sum + values[i]);
  }

  /**
   * Set all sums back to 0.
   * @example
   * const metric = d2l.Accumulator(2);
   * metric.add(1, 2);
   * metric.reset();
   * metric.data   // [ 0, 0 ]
   */
  reset(): void {
    this.data = this.data.map(() => 0);
  }

  /**
   * One of the sums; a negative number counts from the end. Raises IndexError beyond them.
   * @example
   * const metric = d2l.Accumulator(2);
   * metric.add(1, 2);
   * metric.get(-1)   // 2
   * metric.get(2)   // IndexError: list index out of range
   */
  get(idx: number): number {
    const value = this.data.at(idx);
    if (value === undefined) throw new IndexError("list index out of range");
    return value;
  }
}
Object.defineProperty(AccumulatorClass, "name", { value: "Accumulator" });

/**
 * n sums that start at 0 and grow together; read one as `metric[i]` or `metric.get(i)`.
 * @example
 * const metric = d2l.Accumulator(2);
 * metric.add(1.5, 10);
 * metric.add(torch.tensor(2.5), 10);
 * metric[0] / metric[1]   // 0.2
 */
export const Accumulator: Callable<typeof AccumulatorClass> = callable(AccumulatorClass);
/** Any accumulator. */
export type Accumulator = AccumulatorClass;
