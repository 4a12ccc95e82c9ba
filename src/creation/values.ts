// Tensors from given values: numbers, nested arrays, typed arrays and ndarrays.

import type { NdArray } from "ndarray";
import {
  allocate,
  bool,
  type DType,
  dtypes,
  float32,
  float64,
  int32,
  int64,
  promote,
  scalarDType,
  type TypedArray,
  uint8,
} from "../dtype";
import { RuntimeError, TypeError, ValueError, warn } from "../errors";
import { storeScalar, toDense } from "../kernels/cast";
import { isScalar, PyFloat, pythonTypeName, type Scalar, scalarValue } from "../scalar";
import { numelOf, type Shape } from "../shape";
import type { RowGather } from "../storage";
import { fromArray, fromRows, Tensor } from "../tensor";
import { finish, type TensorOptions } from "./options";

/** Numbers in nested arrays. */
export type NestedNumbers = readonly (Scalar | NestedNumbers | Tensor)[];

/**
 * Any typed array, by what they have in common: where a union has ten members or more, TypeScript
 * looks at every property of each of them, which costs a cell that makes a tensor 40 ms.
 */
export interface AnyTypedArray extends ArrayBufferView {
  readonly BYTES_PER_ELEMENT: number;
  readonly length: number;
}

/** What `torch.tensor` takes. */
export type TensorData = Scalar | NestedNumbers | AnyTypedArray | NdArray | Tensor;

interface Leaves {
  readonly dims: number[];
  readonly values: Scalar[];
}

function collect(list: readonly unknown[], depth: number, dims: number[], values: Scalar[]): void {
  if (dims.length === depth) dims.push(list.length);
  if (list.length !== dims[depth]) {
    throw new ValueError(
      `expected sequence of length ${dims[depth]} at dim ${depth} (got ${list.length})`,
      "all rows of a tensor have the same length",
    );
  }
  for (const x of list) {
    if (Array.isArray(x)) {
      if (values.length > 0 && dims.length === depth + 1) throw notNumber(values);
      collect(x, depth + 1, dims, values);
    } else if (dims.length > depth + 1) {
      throw new TypeError("not a sequence", "an array mixes numbers and arrays at one level");
    } else {
      // Python sees a string as a sequence of its letters.
      if (typeof x === "string" && values.length === 0) {
        throw new ValueError("too many dimensions 'str'", "a tensor is made of numbers");
      }
      values.push(leafValue(x));
    }
  }
}

/** A list where a number was expected, in the words of Python's own conversion. */
function notNumber(values: readonly Scalar[]): Error {
  return new TypeError(
    inferDType(values).is_floating_point
      ? "must be real number, not list"
      : "'list' object cannot be interpreted as an integer",
    "an array mixes numbers and arrays at one level",
  );
}

function leafValue(x: unknown): Scalar {
  if (isScalar(x)) return x;
  if (x instanceof Tensor) {
    if (numelOf(x.dims) !== 1) {
      throw new ValueError(
        "only one element tensors can be converted to Python scalars",
        "torch.stack joins tensors into one",
      );
    }
    const value = x.item();
    return x.dtype.is_floating_point ? new PyFloat(value as number) : value;
  }
  if (x === null || x === undefined) throw noValue();
  throw new TypeError(
    `new(): invalid data type '${pythonTypeName(x)}'`,
    "a tensor is made of numbers and booleans",
  );
}

function noValue(): RuntimeError {
  return new RuntimeError(
    "Could not infer dtype of NoneType",
    "a value is null or undefined; a tensor is made of numbers and booleans",
  );
}

function leavesOf(data: readonly unknown[]): Leaves {
  const dims: number[] = [];
  const values: Scalar[] = [];
  collect(data, 0, dims, values);
  return { dims, values };
}

function inferDType(values: readonly Scalar[]): DType {
  if (values.length === 0) return float32;
  let found: DType = bool;
  for (const x of values) found = promote(found, scalarDType(x));
  return found;
}

function fromLeaves({ dims, values }: Leaves, dtype: DType): Tensor {
  const data = allocate(dtype, values.length);
  for (let i = 0; i < values.length; i++) {
    const x = values[i];
    if (typeof x === "bigint" && x >= 1n << 63n) {
      throw new ValueError("Overflow when unpacking long long");
    }
    data[i] = dtype === float32 ? scalarValue(x) : storeScalar(x, dtype, dtype.name);
  }
  return fromArray(data, dims, dtype);
}

function dtypeOfTyped(array: ArrayLike<unknown>): DType | null {
  if (array instanceof Float32Array) return float32;
  if (array instanceof Float64Array) return float64;
  if (array instanceof Int32Array) return int32;
  if (array instanceof Uint8Array || array instanceof Uint8ClampedArray) return uint8;
  if (array instanceof BigInt64Array) return int64;
  if (ArrayBuffer.isView(array)) return int32;
  return null;
}

function fromTyped(array: ArrayLike<number | bigint>, dims: Shape, from: DType, to: DType): Tensor {
  if (array instanceof BigInt64Array) {
    return fromLeaves({ dims: [...dims], values: [...array] }, to);
  }
  const copy = allocate(from, array.length);
  for (let i = 0; i < array.length; i++) copy[i] = array[i] as number;
  const t = fromArray(copy, dims, from);
  return from === to ? t : t.to(to);
}

/** The torch dtype that an ndarray's elements have, by its name or its typed array. */
export function dtypeOfNd(nd: NdArray): DType {
  const named = dtypes.find((d) => d.name === (nd.dtype as string));
  return named ?? dtypeOfTyped(nd.data as ArrayLike<number>) ?? float64;
}

/** Whether it is an ndarray, as far as one can tell. */
export function isNd(x: unknown): x is NdArray {
  const nd = x as Partial<NdArray> | null;
  return (
    typeof x === "object" &&
    nd !== null &&
    Array.isArray(nd.shape) &&
    Array.isArray(nd.stride) &&
    nd.data !== undefined
  );
}

/** Whether the elements are kept as they are. */
export function isTypedArray(x: unknown): x is TypedArray {
  return (
    x instanceof Float32Array ||
    x instanceof Float64Array ||
    x instanceof Int32Array ||
    x instanceof Uint8Array
  );
}

/** Elements of another kind of array, as the dtype stores them. */
function storedAs(data: ArrayLike<number | bigint>, dtype: DType): TypedArray {
  const stored = allocate(dtype, data.length);
  for (let i = 0; i < data.length; i++) {
    const x = data[i];
    stored[i] = typeof x === "bigint" ? storeScalar(x, dtype, dtype.name) : x;
  }
  return stored;
}

function fromNd(nd: NdArray, dtype: DType | undefined): Tensor {
  const from = dtypeOfNd(nd);
  const data: unknown = nd.data;
  const array = isTypedArray(data) ? data : storedAs(data as ArrayLike<number | bigint>, from);
  const { shape: dims, stride: strides, offset } = nd;
  const dense = toDense({ array, dims, strides, offset, dtype: from }, dtype ?? from);
  return fromArray(dense, dims, dtype ?? from);
}

/**
 * A tensor with the given values: a number, nested arrays, a typed array or an ndarray (copied).
 * Whole numbers make int64, any fraction (or PyFloat) float32, booleans bool; a typed array keeps
 * its type. Raises ValueError for rows of different lengths, TypeError for other things.
 * @example torch.tensor([[1, 2], [3, 4]], { dtype: torch.float32, requires_grad: true })
 */
export function tensor(data: TensorData, options: TensorOptions = {}): Tensor {
  return finish(makeTensor(data, options.dtype), options);
}

function makeTensor(data: TensorData, dtype: DType | undefined): Tensor {
  if (isScalar(data)) return fromLeaves({ dims: [], values: [data] }, dtype ?? scalarDType(data));
  if (data instanceof Tensor) {
    warn(
      "UserWarning",
      "To copy construct from a tensor, it is recommended to use sourceTensor.detach().clone() or sourceTensor.detach().clone().requires_grad_(True), rather than torch.tensor(sourceTensor).",
    );
    const copy = data.detach().clone();
    return dtype === undefined ? copy : copy.to(dtype);
  }
  if (Array.isArray(data)) {
    const leaves = leavesOf(data);
    return fromLeaves(leaves, dtype ?? inferDType(leaves.values));
  }
  const typed = dtypeOfTyped(data as ArrayLike<number>);
  if (typed !== null) {
    const array = data as ArrayLike<number | bigint>;
    return fromTyped(array, [array.length], typed, dtype ?? typed);
  }
  if (isNd(data)) return fromNd(data, dtype);
  if (data === null || data === undefined) throw noValue();
  throw new TypeError(
    `new(): invalid data type '${pythonTypeName(data)}'`,
    "torch.tensor takes numbers, nested arrays, typed arrays and ndarrays",
  );
}

/**
 * A tensor from data, or the tensor itself when it already is one.
 * @example torch.as_tensor([1, 2.5])   // tensor([1.0000, 2.5000])
 */
export function as_tensor(data: TensorData, options: TensorOptions = {}): Tensor {
  if (!(data instanceof Tensor)) return tensor(data, options);
  return options.dtype === undefined ? data : data.to(options.dtype);
}

/**
 * A tensor on the memory of an ndarray: changes show in both.
 * @example torch.from_numpy(torch.ones(2).numpy())   // tensor([1., 1.])
 */
export function from_numpy(nd: NdArray<TypedArray>): Tensor {
  if (!isNd(nd)) {
    throw new TypeError(`expected np.ndarray (got ${pythonTypeName(nd)})`);
  }
  const base = fromArray(nd.data, [nd.data.length], dtypeOfNd(nd));
  return base.as_strided([...nd.shape], [...nd.stride], nd.offset);
}

/**
 * Rows of a resident uint8 data set as a float32 tensor, each value divided by `divisor`;
 * nothing is copied until something other than a matrix product needs the numbers.
 * @example
 * const source = Uint8Array.of(0, 51, 255, 102);
 * torch.rowGather({ source, rows: Int32Array.of(1, 0), rowShape: [2], divisor: 255 })
 * // tensor([[1.0000, 0.4000],
 * //         [0.0000, 0.2000]])
 */
export function rowGather(gather: {
  source: Uint8Array;
  rows: Int32Array;
  rowShape: Shape;
  divisor: number;
}): Tensor {
  const { source, rows, rowShape, divisor } = gather;
  const content: RowGather = { source, rows, rowSize: numelOf(rowShape), divisor };
  return fromRows(content, rowShape);
}
