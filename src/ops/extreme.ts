// Largest and smallest elements, over all of a tensor or along one dimension, with positions.

import { record } from "../autograd/record";
import { bool, int64 } from "../dtype";
import { IndexError, RuntimeError } from "../errors";
import { type Extreme, extremesAlong } from "../kernels/extremum";
import { normalizeDim, numelOf } from "../shape";
import { fromArray, Tensor } from "../tensor";
import { requireTensor } from "./operand";
import { reducedShape } from "./reduce";

/**
 * What `max(dim)` and `min(dim)` return; iterates as (values, indices).
 * @internal
 */
export class Extremum {
  constructor(
    /** The extremes along the dimension. */
    readonly values: Tensor,
    /** Where they stand along it (int64). */
    readonly indices: Tensor,
    private readonly op: Extreme,
  ) {}
  *[Symbol.iterator](): IterableIterator<Tensor> {
    yield this.values;
    yield this.indices;
  }
  toString(): string {
    return `torch.return_types.${this.op}(\nvalues=${this.values.toString()},\nindices=${this.indices.toString()})`;
  }
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

const capital = { max: "Max", min: "Min" } as const;

function fullExtreme(op: Extreme, input: Tensor): Tensor {
  if (numelOf(input.dims) === 0) {
    throw new RuntimeError(
      `${op}(): Expected reduction dim to be specified for input.numel() == 0. Specify the reduction dim with the 'dim' argument.`,
      `${op} of an empty tensor has no value`,
    );
  }
  const { values } = extremesAlong(input.detach().reshape(-1), 0, op);
  const value = fromArray(values, [], input.dtype);
  return record(
    `${capital[op]}Backward1`,
    [input],
    value,
    (grad, [x, y]) => {
      // Equal extremes share the gradient; NaN is the extreme when there is one.
      const elsewhere = y.detach().ne(y).item() ? x.eq(x) : x.ne(y);
      const share = grad.div(elsewhere.eq(0).sum());
      return [share.expand([...x.dims]).masked_fill(elsewhere, 0)];
    },
    [input, value],
  );
}

function requireNonEmpty(op: string, input: Tensor, dim: number): void {
  if (input.dims[dim] === 0) {
    throw new IndexError(`${op}(): Expected reduction dim ${dim} to have non-zero size.`);
  }
}

/** Extremes along one dimension, with the positions as a row-major array. */
function along(op: Extreme, name: string, input: Tensor, dim: number, keepdim: boolean) {
  const rank = input.dims.length;
  const d = normalizeDim(dim, rank, name);
  const source = rank === 0 ? input.reshape(1) : input;
  requireNonEmpty(name, source, d);
  const { values, indices } = extremesAlong(source, d, op);
  const shape = rank === 0 ? [] : reducedShape(input.dims, [d], keepdim);
  return {
    dim: d,
    values: fromArray(values, shape, input.dtype),
    indices: fromArray(indices, shape, int64),
  };
}

function extremumAlong(op: Extreme, input: Tensor, dim: number, keepdim: boolean): Extremum {
  const found = along(op, op, input, dim, keepdim);
  const shape = [...input.dims];
  const values = record(
    `${capital[op]}Backward0`,
    [input],
    found.values,
    (grad, [where]) => {
      if (shape.length === 0) return [grad];
      const column = (t: Tensor) => (keepdim ? t : t.unsqueeze(found.dim));
      return [column(grad).scatterInto(found.dim, column(where), shape)];
    },
    [found.indices],
  );
  return new Extremum(values, found.indices, op);
}

/** Options of `max` and `min` along a dimension. */
export interface ExtremumOptions {
  readonly dim?: number;
  readonly axis?: number;
  readonly keepdim?: boolean;
}

/** The dim given by position or by name; whether it is a number is checked where it is used. */
function chosenDim(
  dim: number | ExtremumOptions | null | undefined,
  options: ExtremumOptions = {},
): { given: number | undefined; keepdim: boolean } {
  const isOptions = typeof dim === "object" && dim !== null && !Array.isArray(dim);
  const named = isOptions ? dim : options;
  return {
    given: (isOptions ? undefined : (dim as number)) ?? named.dim ?? named.axis,
    keepdim: named.keepdim ?? false,
  };
}

function extreme(
  op: Extreme,
  input: Tensor,
  dim?: number | Tensor | ExtremumOptions,
  options?: ExtremumOptions,
): Tensor | Extremum {
  requireTensor(input, op);
  if (dim instanceof Tensor) return op === "max" ? input.maximum(dim) : input.minimum(dim);
  const { given, keepdim } = chosenDim(dim, options);
  return given === undefined ? fullExtreme(op, input) : extremumAlong(op, input, given, keepdim);
}

/**
 * The largest element; or with a dim, the largest along it and where they stand (the first of
 * equal ones); or with a second tensor, the larger of each pair.
 * Raises RuntimeError for an empty tensor without a dim, IndexError for an empty dim.
 * @example
 * const x = torch.tensor([[1, 5, 2], [4, 3, 6]]);
 * const { values, indices } = x.max(1);
 * values   // tensor([5, 6])
 * indices   // tensor([1, 2])
 * x.max()   // tensor(6)
 */
export function max(input: Tensor): Tensor;
export function max(input: Tensor, other: Tensor): Tensor;
export function max(
  input: Tensor,
  dim: number | ExtremumOptions,
  options?: ExtremumOptions,
): Extremum;
export function max(
  input: Tensor,
  dim?: number | Tensor | ExtremumOptions,
  options?: ExtremumOptions,
): Tensor | Extremum {
  return extreme("max", input, dim, options);
}

/**
 * The smallest element; or with a dim, the smallest along it and where they stand; or with a
 * second tensor, the smaller of each pair. Errors as `max`.
 * @example
 * torch.tensor([[1, 5, 2], [4, 3, 6]]).min(1, { keepdim: true }).values
 * // tensor([[1],
 * //         [3]])
 */
export function min(input: Tensor): Tensor;
export function min(input: Tensor, other: Tensor): Tensor;
export function min(
  input: Tensor,
  dim: number | ExtremumOptions,
  options?: ExtremumOptions,
): Extremum;
export function min(
  input: Tensor,
  dim?: number | Tensor | ExtremumOptions,
  options?: ExtremumOptions,
): Tensor | Extremum {
  return extreme("min", input, dim, options);
}

function positions(
  op: Extreme,
  input: Tensor,
  dim?: number | ExtremumOptions | null,
  options?: ExtremumOptions,
): Tensor {
  const name = `arg${op}`;
  requireTensor(input, name);
  if (input.dtype === bool) {
    throw new RuntimeError(`${name}(): does not support bool input`, "convert it: x.long()");
  }
  const { given, keepdim } = chosenDim(dim, options);
  if (given !== undefined) return along(op, name, input, given, keepdim).indices;
  if (numelOf(input.dims) === 0) {
    throw new IndexError(
      `${name}(): Expected reduction dim to be specified for input.numel() == 0.`,
      `${name} of an empty tensor has no value`,
    );
  }
  const found = along(op, name, input.detach().reshape(-1), 0, false).indices;
  return keepdim ? found.reshape(input.dims.map(() => 1)) : found;
}

/**
 * Where the largest element stands, along `dim` or in the flattened tensor (int64); the first
 * of equal ones. Raises IndexError for empty tensors.
 * @example torch.tensor([[0.1, 0.7, 0.2], [0.6, 0.3, 0.1]]).argmax({ axis: 1 })   // tensor([1, 0])
 */
export function argmax(
  input: Tensor,
  dim?: number | ExtremumOptions | null,
  options?: ExtremumOptions,
): Tensor {
  return positions("max", input, dim, options);
}

/**
 * Where the smallest element stands; see `argmax`.
 * @example torch.tensor([3, 1, 2]).argmin()   // tensor(1)
 */
export function argmin(
  input: Tensor,
  dim?: number | ExtremumOptions | null,
  options?: ExtremumOptions,
): Tensor {
  return positions("min", input, dim, options);
}
