// How tensors come into being: from values, filled, as sequences, and at random.

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
} from "./dtype";
import { NotImplementedError, RuntimeError, TypeError, ValueError, warn } from "./errors";
import { castValue, toDense } from "./kernels/cast";
import { default_generator, type Generator } from "./random/torch";
import { isScalar, PyFloat, pythonTypeName, type Scalar, scalarKind, scalarValue } from "./scalar";
import { numelOf, type Shape } from "./shape";
import type { RowGather } from "./storage";
import { fromArray, fromRows, Tensor } from "./tensor";

/** Options of everything that makes a tensor. */
export interface TensorOptions {
  readonly dtype?: DType;
  readonly requires_grad?: boolean;
}

/** Options of random tensors. */
export interface RandomOptions extends TensorOptions {
  readonly generator?: Generator | null;
  /** The shape, by name. */
  readonly size?: Shape | number;
}

/** Numbers in nested arrays. */
export type NestedNumbers = readonly (Scalar | NestedNumbers | Tensor)[];

/** What `torch.tensor` takes. */
export type TensorData =
  | Scalar
  | NestedNumbers
  | TypedArray
  | Int8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | BigInt64Array
  | NdArray
  | Tensor;

function isOptions(x: unknown): x is RandomOptions {
  return (
    typeof x === "object" &&
    x !== null &&
    !Array.isArray(x) &&
    !(x instanceof Tensor) &&
    !(x instanceof PyFloat)
  );
}

/** Apply dtype checks and `requires_grad` to a new tensor. */
function finish(t: Tensor, options: TensorOptions): Tensor {
  if (options.requires_grad !== true) return t;
  if (!t.dtype.is_floating_point) {
    throw new RuntimeError(
      "Only Tensors of floating point and complex dtype can require gradients",
      `this one would be ${t.dtype}; give { dtype: torch.float32 }`,
    );
  }
  t.leafRequiresGrad = true;
  return t;
}

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
      if (values.length > 0 && dims.length === depth + 1) throw notSequence(list[0]);
      collect(x, depth + 1, dims, values);
    } else if (dims.length > depth + 1) {
      throw new TypeError("not a sequence", "an array mixes numbers and arrays at one level");
    } else {
      values.push(leafValue(x));
    }
  }
}

function notSequence(x: unknown): Error {
  return new TypeError(
    `new(): invalid data type '${pythonTypeName(x)}'`,
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
    data[i] = castValue(scalarValue(x), dtype);
    if (!dtype.is_floating_point && Number.isNaN(scalarValue(x))) {
      throw new ValueError("cannot convert float NaN to integer");
    }
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
function dtypeOfNd(nd: NdArray): DType {
  const named = dtypes.find((d) => d.name === (nd.dtype as string));
  return named ?? dtypeOfTyped(nd.data as ArrayLike<number>) ?? float64;
}

function isNd(x: unknown): x is NdArray {
  const nd = x as Partial<NdArray> | null;
  return (
    typeof x === "object" &&
    nd !== null &&
    Array.isArray(nd.shape) &&
    Array.isArray(nd.stride) &&
    nd.data !== undefined
  );
}

function fromNd(nd: NdArray, dtype: DType | undefined): Tensor {
  const from = dtypeOfNd(nd);
  const source = {
    array: nd.data as TypedArray,
    dims: nd.shape,
    strides: nd.stride,
    offset: nd.offset,
    dtype: from,
  };
  const plain = Array.isArray(nd.data)
    ? { ...source, array: Float64Array.from(nd.data as number[]) }
    : source;
  return fromArray(toDense(plain, dtype ?? from), nd.shape, dtype ?? from);
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

/** A tensor from data, or the tensor itself when it already is one. */
export function as_tensor(data: TensorData, options: TensorOptions = {}): Tensor {
  if (!(data instanceof Tensor)) return tensor(data, options);
  return options.dtype === undefined ? data : data.to(options.dtype);
}

/** A tensor on the memory of an ndarray: changes show in both. */
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

interface Sized {
  readonly dims: number[];
  readonly options: RandomOptions;
}

/** Sizes as separate numbers, one array or `size`, with an options object at the end. */
function sized(args: readonly (number | Shape | RandomOptions | undefined)[], op: string): Sized {
  const given = args.filter((x) => x !== undefined);
  const last = given[given.length - 1];
  const options = isOptions(last) ? last : {};
  const sizes = (isOptions(last) ? given.slice(0, -1) : given) as (number | Shape)[];
  const named = options.size === undefined ? [] : [options.size];
  return { dims: checkSizes([...sizes, ...named].flat(), op), options };
}

// Three functions have sentences of their own for a negative size.
const negativeSize: Record<string, (n: number, at: number) => string> = {
  zeros: () => "zeros: Dimension size must be non-negative.",
  eye: (n, at) => `${at === 0 ? "n" : "m"} must be greater or equal to 0, got ${n}`,
  linspace: () => "number of steps must be non-negative",
};

function checkSizes(sizes: readonly unknown[], op: string): number[] {
  const dims = sizes.map((n, i) => {
    if (typeof n !== "number" || !Number.isInteger(n)) {
      throw new TypeError(
        `${op}(): argument 'size' (position 1) must be tuple of ints, but found element of type ${pythonTypeName(n)} at pos ${i}`,
        `${op} got ${String(n)} among its sizes`,
      );
    }
    return n;
  });
  const negative = dims.find((n) => n < 0);
  if (negative !== undefined) {
    const sentence = negativeSize[op]?.(negative, dims.indexOf(negative));
    throw new RuntimeError(
      sentence ??
        `Trying to create tensor with negative dimension ${negative}: [${dims.join(", ")}]`,
      `${op} got the sizes [${dims.join(", ")}]`,
    );
  }
  return dims;
}

/** Sizes given one by one or as one array, and options at the end. */
export type SizeArgs<O> = readonly (number | Shape | O)[];

function constant(dims: Shape, value: number, options: TensorOptions): Tensor {
  const dtype = options.dtype ?? float32;
  const data = allocate(dtype, numelOf(dims));
  if (value !== 0) data.fill(castValue(value, dtype));
  return finish(fromArray(data, dims, dtype), options);
}

/**
 * A tensor of zeros.
 * @example torch.zeros(2, 3)
 * @example torch.zeros([2, 3], { requires_grad: true })
 */
export function zeros(...args: SizeArgs<RandomOptions>): Tensor {
  const { dims, options } = sized(args, "zeros");
  return constant(dims, 0, options);
}

/**
 * A tensor of ones.
 * @example torch.ones(1, 1, { requires_grad: true })
 */
export function ones(...args: SizeArgs<RandomOptions>): Tensor {
  const { dims, options } = sized(args, "ones");
  return constant(dims, 1, options);
}

/** A tensor whose values don't matter yet (zeros here). */
export function empty(...args: SizeArgs<RandomOptions>): Tensor {
  const { dims, options } = sized(args, "empty");
  return constant(dims, 0, options);
}

/**
 * A tensor filled with one value, whose kind chooses the dtype.
 * @example torch.full([2, 3], 0.5)
 */
export function full(
  size: Shape | number,
  fill_value: Scalar,
  options: TensorOptions = {},
): Tensor {
  const dims = checkSizes([size].flat(), "full");
  const dtype = options.dtype ?? scalarDType(fill_value);
  return constant(dims, scalarValue(fill_value), { ...options, dtype });
}

/** The identity matrix, or n × m with ones on the diagonal. */
export function eye(n: number, m?: number | TensorOptions, options: TensorOptions = {}): Tensor {
  const columns = typeof m === "number" ? m : n;
  const chosen = typeof m === "object" ? m : options;
  const [rows, width] = checkSizes([n, columns], "eye");
  const out = constant([rows, width], 0, { dtype: chosen.dtype });
  for (let i = 0; i < Math.min(rows, width); i++) out.array[i * width + i] = 1;
  return finish(out, chosen);
}

/**
 * Numbers from start up to, not including, end: `arange(end)` or `arange(start, end, step)`.
 * Whole arguments make int64, others float32.
 * Raises RuntimeError for a step of 0 or one that leads away from end.
 * @example torch.arange(5)   // tensor([0, 1, 2, 3, 4])
 */
export function arange(...args: readonly (Scalar | TensorOptions)[]): Tensor {
  const last = args[args.length - 1];
  const options = isOptions(last) ? last : {};
  const bounds = (isOptions(last) ? args.slice(0, -1) : args) as Scalar[];
  const [start, end, step] =
    bounds.length === 1 ? [0, bounds[0], 1] : [bounds[0], bounds[1], bounds[2] ?? 1];
  const [from, to, by] = [start, end, step].map(scalarValue);
  if (by === 0) throw new RuntimeError("step must be nonzero");
  if (!Number.isFinite(from) || !Number.isFinite(to)) {
    throw new RuntimeError(`unsupported range: ${from} -> ${to}`);
  }
  if (by > 0 ? to < from : to > from) {
    throw new RuntimeError(
      "upper bound and lower bound inconsistent with step sign",
      `arange(${from}, ${to}, ${by}) would never end`,
    );
  }
  const whole = [start, end, step].every((x) => scalarKind(x) !== "float");
  const dtype = options.dtype ?? (whole ? int64 : float32);
  const n = Math.ceil((to - from) / by);
  const data = allocate(dtype, n);
  for (let i = 0; i < n; i++) data[i] = castValue(from + i * by, dtype);
  return finish(fromArray(data, [n], dtype), options);
}

/**
 * `steps` numbers from start to end, both included.
 * @example torch.linspace(0, 1, 5)
 */
export function linspace(
  start: Scalar,
  end: Scalar,
  steps: number,
  options: TensorOptions = {},
): Tensor {
  const [from, to] = [start, end].map(scalarValue);
  const [n] = checkSizes([steps], "linspace");
  const dtype = options.dtype ?? float32;
  const round = dtype === float32 ? Math.fround : (x: number) => x;
  const step = n > 1 ? round((round(to) - round(from)) / (n - 1)) : 0;
  const data = allocate(dtype, n);
  // From both ends, so that the last value is exactly `end`.
  for (let i = 0; i < n; i++) {
    data[i] = i < n / 2 ? round(from) + step * i : round(to) - step * (n - 1 - i);
  }
  return finish(fromArray(data, [n], dtype), options);
}

/** Options of the `_like` forms. */
function like(input: Tensor, options: TensorOptions): TensorOptions {
  return { dtype: options.dtype ?? input.dtype, requires_grad: options.requires_grad };
}

/** Zeros in the shape and dtype of another tensor. */
export function zeros_like(input: Tensor, options: TensorOptions = {}): Tensor {
  return constant(input.dims, 0, like(input, options));
}
/** Ones in the shape and dtype of another tensor. */
export function ones_like(input: Tensor, options: TensorOptions = {}): Tensor {
  return constant(input.dims, 1, like(input, options));
}
/** One value in the shape and dtype of another tensor. */
export function full_like(input: Tensor, fill_value: Scalar, options: TensorOptions = {}): Tensor {
  return constant(input.dims, scalarValue(fill_value), like(input, options));
}
/** A tensor whose values don't matter, in the shape and dtype of another. */
export function empty_like(input: Tensor, options: TensorOptions = {}): Tensor {
  return constant(input.dims, 0, like(input, options));
}
/** Draws from [0, 1) in the shape and dtype of another tensor. */
export function rand_like(input: Tensor, options: RandomOptions = {}): Tensor {
  return rand([...input.dims], { ...options, ...like(input, options) });
}
/** Draws from N(0, 1) in the shape and dtype of another tensor. */
export function randn_like(input: Tensor, options: RandomOptions = {}): Tensor {
  return randn([...input.dims], { ...options, ...like(input, options) });
}
/** Whole numbers in the shape of another tensor. */
export function randint_like(input: Tensor, low: number, high: number): Tensor {
  return randint(low, high, [...input.dims], { dtype: input.dtype });
}

function floatTensor(dims: Shape, options: RandomOptions, op: string): Float32Array | Float64Array {
  const data = allocate(options.dtype ?? float32, numelOf(dims));
  if (data instanceof Float32Array || (data instanceof Float64Array && options.dtype === float64)) {
    return data;
  }
  throw new NotImplementedError(
    `"${op}" not implemented for '${(options.dtype ?? float32).scalarType}'`,
    "random floats need a floating-point dtype",
  );
}

/**
 * Draws from [0, 1).
 * @example torch.rand(2, 3)
 */
export function rand(...args: SizeArgs<RandomOptions>): Tensor {
  const { dims, options } = sized(args, "rand");
  const generator = options.generator ?? default_generator;
  const data = floatTensor(dims, options, "check_uniform_bounds");
  const single = data instanceof Float32Array;
  for (let i = 0; i < data.length; i++)
    data[i] = single ? generator.uniform32() : generator.uniform64();
  return finish(fromArray(data, dims, options.dtype), options);
}

/**
 * Draws from N(0, 1).
 * @example torch.randn(1, 3)
 */
export function randn(...args: SizeArgs<RandomOptions>): Tensor {
  const { dims, options } = sized(args, "randn");
  return normalFill(0, 1, dims, options);
}

function normalFill(mean: number, std: number, dims: Shape, options: RandomOptions): Tensor {
  const data = floatTensor(dims, options, "normal_kernel_cpu");
  (options.generator ?? default_generator).fillNormal(data, mean, std);
  return finish(fromArray(data, dims, options.dtype), options);
}

/**
 * Whole numbers from [low, high), or [0, high): `randint(high, size)`, `randint(low, high, size)`.
 * Raises RuntimeError when the range is empty.
 * @example torch.randint(0, 10, [8])
 */
export function randint(...args: readonly (number | Shape | RandomOptions)[]): Tensor {
  const last = args[args.length - 1];
  const options = isOptions(last) ? last : {};
  const rest = isOptions(last) ? args.slice(0, -1) : args;
  const named = options.size === undefined ? undefined : [options.size].flat();
  const size = named ?? (rest[rest.length - 1] as Shape);
  const bounds = (named === undefined ? rest.slice(0, -1) : rest) as number[];
  const [low, high] = bounds.length === 1 ? [0, bounds[0]] : bounds;
  if (!Array.isArray(size)) {
    throw new TypeError(
      `randint(): argument 'size' must be tuple of ints, not ${pythonTypeName(size)}`,
      "randint(low, high, [n, m])",
    );
  }
  if (!(low < high)) {
    throw new RuntimeError(
      `random_ expects 'from' to be less than 'to', but got from=${low} >= to=${high}`,
    );
  }
  const dims = checkSizes(size, "randint");
  const dtype = options.dtype ?? int64;
  const data = allocate(dtype, numelOf(dims));
  const generator = options.generator ?? default_generator;
  for (let i = 0; i < data.length; i++) data[i] = generator.integer(low, high - low);
  return finish(fromArray(data, dims, dtype), options);
}

/** A random order of 0 … n−1 (int64). Raises RuntimeError for n < 0. */
export function randperm(n: number, options: RandomOptions = {}): Tensor {
  const [size] = checkSizes([n], "randperm");
  const order = (options.generator ?? default_generator).randperm(size);
  return finish(
    fromArray(Float64Array.from(order), [size], int64).to(options.dtype ?? int64),
    options,
  );
}

function refuseNegativeStd(std: Tensor): void {
  if (std.lt(0).sum().item() !== 0) {
    throw new RuntimeError("normal expects all elements of std >= 0.0");
  }
}

/**
 * Draws from N(mean, std²). Numbers need a size; with a tensor mean or std, every element gets
 * its own draw in that shape (both tensors broadcast).
 * Raises RuntimeError for a negative std.
 * @example torch.normal(0, 0.01, [3, 2], { requires_grad: true })
 * @example torch.normal(torch.ones(50, 2), 1)
 */
export function normal(
  mean: Scalar | Tensor,
  std: Scalar | Tensor,
  size?: Shape | RandomOptions,
  options?: RandomOptions,
): Tensor {
  const chosen = (isOptions(size) ? size : options) ?? {};
  const centre = isScalar(mean) ? scalarValue(mean) : mean;
  const spread = isScalar(std) ? scalarValue(std) : std;
  if (typeof spread === "number" && !(spread >= 0)) {
    throw new RuntimeError(`normal expects std >= 0.0, but found std ${spread}`);
  }
  if (spread instanceof Tensor) refuseNegativeStd(spread);
  if (typeof centre !== "number" || typeof spread !== "number") {
    return normalLike(centre, spread, chosen);
  }
  const given = isOptions(size) ? size.size : (size ?? chosen.size);
  if (given === undefined) {
    throw new TypeError(
      "normal() received an invalid combination of arguments",
      "two numbers need a size: torch.normal(0, 1, [2, 3])",
    );
  }
  return normalFill(centre, spread, checkSizes([given].flat(), "normal"), chosen);
}

function normalLike(mean: number | Tensor, std: number | Tensor, options: RandomOptions): Tensor {
  const tensors = [mean, std].filter((x): x is Tensor => x instanceof Tensor);
  // The sum of zeros has the shape and dtype in which both meet, with PyTorch's error if not.
  const shaped = tensors.map((x) => x.detach()).reduce((a, b) => a.mul(0).add(b.mul(0)));
  const drawn = normalFill(0, typeof std === "number" ? std : 1, shaped.dims, {
    dtype: shaped.dtype,
    generator: options.generator,
  });
  const spread = std instanceof Tensor ? drawn.mul(std.detach()) : drawn;
  const value =
    mean instanceof Tensor ? spread.add(mean.detach()) : mean === 0 ? spread : spread.add(mean);
  return finish(value, options);
}

/** A maker of tensors of one dtype, such as `torch.LongTensor`; also names that dtype. */
export interface TensorMaker {
  (data: NestedNumbers | TypedArray): Tensor;
  new (data: NestedNumbers | TypedArray): Tensor;
  readonly dtype: DType;
}

function maker(dtype: DType): TensorMaker {
  const make = (data: NestedNumbers | TypedArray) => tensor(data, { dtype });
  const callable = function tensorOfType(data: NestedNumbers | TypedArray) {
    return make(data);
  };
  Object.defineProperty(callable, "name", { value: dtype.tensorType.replace("torch.", "") });
  return Object.assign(callable, { dtype }) as unknown as TensorMaker;
}

/** Makes float32 tensors; `t.type(torch.FloatTensor)` converts to them. */
export const FloatTensor: TensorMaker = maker(float32);
/** Makes float64 tensors. */
export const DoubleTensor: TensorMaker = maker(float64);
/** Makes int64 tensors; fractions are cut off. */
export const LongTensor: TensorMaker = maker(int64);
/** Makes int32 tensors; fractions are cut off. */
export const IntTensor: TensorMaker = maker(int32);
/** Makes uint8 tensors. */
export const ByteTensor: TensorMaker = maker(uint8);
/** Makes bool tensors. */
export const BoolTensor: TensorMaker = maker(bool);
