// A data set of tensors that belong together row by row.

import { callable } from "../callable";
import { int64 } from "../dtype";
import { AssertionError } from "../errors";
import { fromArray, type Tensor } from "../tensor";
import { Dataset, rowOf } from "./dataset";

/** What `TensorDataset` makes; see there. */
export class TensorDatasetClass extends Dataset<Tensor[]> {
  readonly tensors: readonly Tensor[];
  readonly length: number;

  constructor(...tensors: Tensor[]) {
    super();
    if (tensors.length === 0 || tensors.some((t) => t.dims[0] !== tensors[0].dims[0])) {
      throw new AssertionError(
        "Size mismatch between tensors",
        "all need the same first dimension",
      );
    }
    this.tensors = tensors;
    this.length = tensors[0].dims[0];
  }

  /**
   * One row of each tensor; a negative number counts from the end. Raises IndexError.
   * @example
   * data.TensorDataset(torch.ones(3, 2), torch.arange(3)).get(1)
   * // [ tensor([1., 1.]), tensor(1) ]
   */
  get(index: number): Tensor[] {
    return this.tensors.map((t) => t.select(0, index));
  }

  /** Rows of every tensor, gathered at once. */
  readonly batch = (rows: Int32Array): Tensor[] => {
    const wanted = Float64Array.from(rows, (row) => rowOf(row, this.length));
    const index = fromArray(wanted, [rows.length], int64);
    return this.tensors.map((t) => t.index_select(0, index));
  };
}

/** Tensors whose rows belong together. */
export type TensorDataset = TensorDatasetClass;

/**
 * Examples made of the rows of several tensors: `get(i)` is the i-th row of each. Raises
 * AssertionError when their first dimensions differ.
 * @example
 * const pairs = data.TensorDataset(torch.arange(3), torch.tensor([0.5, 1.5, 2.5]));
 * pairs.length   // 3
 * pairs.get(1)   // [ tensor(1), tensor(1.5000) ]
 */
export const TensorDataset = callable(TensorDatasetClass);
