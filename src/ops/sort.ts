// Order and counting: sort, topk, nonzero, bincount, one_hot.

import { record } from "../autograd/record";
import { allocate, float64, int64, type TypedArray } from "../dtype";
import { NotImplementedError, RuntimeError } from "../errors";
import { readDense } from "../kernels/cast";
import { contiguousStrides, normalizeDim, numelOf } from "../shape";
import { fromArray, type Tensor } from "../tensor";
import { requireTensor } from "./operand";

/** Options of sort and argsort. */
export interface SortOptions {
  readonly dim?: number;
  readonly descending?: boolean;
  /** Sorting is stable here in any case. */
  readonly stable?: boolean;
}

/** Options of topk. */
export interface TopkOptions {
  readonly dim?: number;
  readonly largest?: boolean;
  readonly sorted?: boolean;
}

/**
 * Values in order, and where each came from; iterates as (values, indices).
 * @internal
 */
export class Ordered {
  constructor(
    readonly values: Tensor,
    readonly indices: Tensor,
    private readonly op: "sort" | "topk",
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

/** The order of each line along `dim`, stable; NaN counts as the largest. */
function orderAlong(
  input: Tensor,
  d: number,
  descending: boolean,
): { order: TypedArray; size: number } {
  const source = readDense(input);
  const step = contiguousStrides(input.dims)[d] ?? 1;
  const size = input.dims[d] ?? 1;
  const order = allocate(int64, source.length);
  const compare = (x: number, y: number): number => {
    if (Number.isNaN(x)) return Number.isNaN(y) ? 0 : 1;
    if (Number.isNaN(y)) return -1;
    return x < y ? -1 : x > y ? 1 : 0;
  };
  for (let outer = 0; outer < source.length; outer += step * size) {
    for (let inner = 0; inner < step; inner++) {
      const start = outer + inner;
      const line = Array.from({ length: size }, (_, k) => k);
      line.sort((i, j) => {
        const c = compare(source[start + i * step], source[start + j * step]);
        return descending ? -c : c;
      });
      for (let k = 0; k < size; k++) order[start + k * step] = line[k];
    }
  }
  return { order, size };
}

function ordered(
  op: "sort" | "topk",
  name: string,
  input: Tensor,
  d: number,
  descending: boolean,
  count: number,
): Ordered {
  const { order } = orderAlong(input, d, descending);
  const all = fromArray(order, input.dims, int64);
  const indices = input.dims.length === 0 ? all : all.narrow(d, 0, count).contiguous();
  const shape = [...input.dims];
  const values =
    input.dims.length === 0 ? input.detach().clone() : input.detach().gather(d, indices);
  const recorded = record(
    name,
    [input],
    values,
    (grad, [where]) => [shape.length === 0 ? grad : grad.scatterInto(d, where, shape)],
    [indices],
  );
  return new Ordered(recorded, indices, op);
}

/**
 * Values in ascending (or descending) order along `dim`, the last by default, and their places.
 * @example
 * const { values, indices } = torch.tensor([2, 3, 1]).sort({ descending: true });
 * values   // tensor([3, 2, 1])
 * indices   // tensor([1, 0, 2])
 */
export function sort(
  input: Tensor,
  dim: number | SortOptions = -1,
  descending?: boolean | SortOptions,
): Ordered {
  requireTensor(input, "sort");
  const named = typeof dim === "object" ? dim : typeof descending === "object" ? descending : {};
  const d = normalizeDim(
    typeof dim === "number" ? dim : (dim.dim ?? -1),
    input.dims.length,
    "sort",
  );
  const down = typeof descending === "boolean" ? descending : (named.descending ?? false);
  const name = named.stable === undefined ? "SortBackward0" : "SortBackward1";
  return ordered("sort", name, input, d, down, input.dims[d] ?? 1);
}

/**
 * The places of the elements in ascending (or descending) order along `dim` (int64).
 * @example torch.tensor([3, 1, 2]).argsort()   // tensor([1, 2, 0])
 */
export function argsort(
  input: Tensor,
  dim: number | SortOptions = -1,
  descending?: boolean | SortOptions,
): Tensor {
  return sort(input.detach(), dim, descending).indices;
}

/**
 * The k largest (or smallest) elements along `dim`, in order, and their places.
 * Raises RuntimeError when k is larger than the dimension.
 * @example
 * torch.tensor([[1, 5, 2], [4, 3, 6]]).topk(2, 1).indices
 * // tensor([[1, 2],
 * //         [2, 0]])
 */
export function topk(
  input: Tensor,
  k: number,
  dim: number | TopkOptions = -1,
  options: TopkOptions = {},
): Ordered {
  requireTensor(input, "topk");
  const named = typeof dim === "object" ? dim : options;
  const d = normalizeDim(
    typeof dim === "number" ? dim : (dim.dim ?? -1),
    input.dims.length,
    "topk",
  );
  if (k < 0 || k > (input.dims[d] ?? 1)) {
    throw new RuntimeError("selected index k out of range", `topk got k = ${k}`);
  }
  return ordered("topk", "TopkBackward0", input, d, named.largest ?? true, k);
}

/**
 * The positions of all elements that are not 0, one row each: (count, dimensions), int64.
 * @example
 * torch.tensor([0, 5, 0, 7]).nonzero()
 * // tensor([[1],
 * //         [3]])
 */
export function nonzero(input: Tensor): Tensor {
  requireTensor(input, "nonzero");
  const source = readDense(input);
  const strides = contiguousStrides(input.dims);
  const rows: number[] = [];
  let count = 0;
  for (let i = 0; i < source.length; i++) {
    if (source[i] === 0) continue;
    count++;
    for (let d = 0; d < strides.length; d++) rows.push(Math.floor(i / strides[d]) % input.dims[d]);
  }
  return fromArray(Float64Array.from(rows), [count, input.dims.length], int64);
}

/** One more than the largest value: how many numbers 0 … largest there are. */
function countTo(values: TypedArray): number {
  let n = 0;
  for (const v of values) n = Math.max(n, v + 1);
  return n;
}

/** Options of bincount. */
export interface BincountOptions {
  /** Added for each element instead of 1. */
  readonly weights?: Tensor | null;
  /** The least length of the result. */
  readonly minlength?: number;
}

/**
 * How often each whole number occurs in a vector: out[v] counts v.
 * Raises RuntimeError for negative numbers, floats and other shapes.
 * @example torch.bincount(torch.tensor([0, 2, 2]))   // tensor([1, 0, 2])
 */
export function bincount(input: Tensor, options: BincountOptions = {}): Tensor {
  requireTensor(input, "bincount");
  if (input.dtype.is_floating_point) {
    throw new NotImplementedError(`"bincount_cpu" not implemented for '${input.dtype.scalarType}'`);
  }
  const values = readDense(input);
  if (input.dims.length !== 1 || values.some((v) => v < 0)) {
    throw new RuntimeError("bincount only supports 1-d non-negative integral inputs.");
  }
  const { weights = null, minlength = 0 } = options;
  const length = Math.max(minlength, countTo(values));
  const dtype =
    weights === null ? int64 : weights.dtype.name === "float32" ? weights.dtype : float64;
  const out = allocate(dtype, length);
  const added = weights === null ? null : readDense(weights);
  for (let i = 0; i < values.length; i++) out[values[i]] += added === null ? 1 : added[i];
  return fromArray(out, [length], dtype);
}

/**
 * Class numbers as rows with a single 1: (…) → (…, num_classes), int64.
 * Raises RuntimeError for class values out of range.
 * @example nn.functional.one_hot(torch.tensor([2, 0]), 3)
 */
export function one_hot(input: Tensor, num_classes = -1): Tensor {
  requireTensor(input, "one_hot");
  if (input.dtype !== int64) {
    throw new RuntimeError(
      "one_hot is only applicable to index tensor of type LongTensor.",
      "convert with .long()",
    );
  }
  const values = readDense(input);
  if (values.some((v) => v < 0)) throw new RuntimeError("Class values must be non-negative.");
  const classes = num_classes === -1 ? countTo(values) : num_classes;
  if (values.some((v) => v >= classes)) {
    throw new RuntimeError("Class values must be smaller than num_classes.");
  }
  const out = allocate(int64, numelOf(input.dims) * classes);
  for (let i = 0; i < values.length; i++) out[i * classes + values[i]] = 1;
  return fromArray(out, [...input.dims, classes], int64);
}
