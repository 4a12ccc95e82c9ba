// Indexing: Python's x[…] as `index`, its assignment as `index_put_`, and the named forms.

import { inPlace } from "../autograd/inplace";
import { recordView } from "../autograd/record";
import { allocate, bool, int32, int64, uint8 } from "../dtype";
import { IndexError, RuntimeError, TypeError } from "../errors";
import { readDense } from "../kernels/cast";
import { isScalar, PyFloat, pythonTypeName, requireInteger } from "../scalar";
import {
  broadcastShapes,
  broadcastStrides,
  contiguousStrides,
  formatShape,
  normalizeDim,
  numelOf,
  type Shape,
} from "../shape";
import { fromArray, Tensor } from "../tensor";
import { type Operand, requireTensor } from "./operand";
import type { Positions } from "./position";
import { parseSlice, resolveSlice, Slice } from "./slice";

/** Nested lists of whole numbers or booleans, as an index. */
export type IndexList = readonly (number | boolean | IndexList)[];

/**
 * One key of `index`: a number, a slice (":", "1:3", torch.slice), "..." for the dimensions in
 * between, null for a new dimension, or a list or tensor of positions, or a bool mask.
 */
export type IndexKey = number | boolean | string | null | Slice | Tensor | IndexList;

/** One position along `dim`, which goes away; a view. Raises IndexError out of range. */
export function select(input: Tensor, dim: number, index: number): Tensor {
  requireTensor(input, "select");
  if (input.dims.length === 0) {
    throw new IndexError("select() cannot be applied to a 0-dim tensor.");
  }
  const d = normalizeDim(dim, input.dims.length);
  const n = input.dims[d];
  const i = requireInteger(index, "select", "index", 2);
  if (i < -n || i >= n) {
    throw new IndexError(
      `select(): index ${i} out of range for tensor of size ${formatShape(input.dims)} at dimension ${d}`,
    );
  }
  return selectAt(input, d, i < 0 ? i + n : i);
}

function selectAt(input: Tensor, d: number, i: number): Tensor {
  const dims = [...input.dims];
  const strides = [...input.strides];
  const offset = input.offset + i * strides[d];
  dims.splice(d, 1);
  strides.splice(d, 1);
  const shape = input.dims;
  return recordView("SelectBackward0", input, { dims, strides, offset }, (grad) => [
    grad.unsqueeze(d).padInto(d, i, 1, shape),
  ]);
}

function sliceDim(input: Tensor, d: number, s: Slice): Tensor {
  const { start, size, step } = resolveSlice(s, input.dims[d]);
  const dims = [...input.dims];
  const strides = [...input.strides];
  dims[d] = size;
  strides[d] *= step;
  const offset = input.offset + (size > 0 ? start * input.strides[d] : 0);
  const shape = input.dims;
  return recordView("SliceBackward0", input, { dims, strides, offset }, (grad) => [
    grad.padInto(d, start, step, shape),
  ]);
}

/** Zeros of `shape` with the input placed at start, start + step … along `dim`. */
export function padInto(
  input: Tensor,
  dim: number,
  start: number,
  step: number,
  shape: Shape,
): Tensor {
  const strides = contiguousStrides(shape);
  const from = start * strides[dim];
  strides[dim] *= step;
  return input.addAtPositions(stridedPositions(input.dims, strides, from), shape);
}

/** Row-major positions of a strided part. */
function stridedPositions(dims: Shape, strides: readonly number[], offset: number): Positions {
  const at = new Int32Array(numelOf(dims));
  const counter = new Array<number>(dims.length).fill(0);
  let place = offset;
  for (let i = 0; i < at.length; i++) {
    at[i] = place;
    for (let d = dims.length - 1; d >= 0; d--) {
      place += strides[d];
      if (++counter[d] < dims[d]) break;
      place -= strides[d] * dims[d];
      counter[d] = 0;
    }
  }
  return { at, dims };
}

/** `length` positions of a dimension from `start` on, as a view. */
export function narrow(input: Tensor, dim: number, start: number, length: number): Tensor {
  requireTensor(input, "narrow");
  const d = normalizeDim(dim, input.dims.length);
  const n = input.dims[d];
  const from = start < 0 ? start + n : start;
  if (from < 0 || from > n) {
    throw new IndexError(
      `start out of range (expected to be in range of [${-n}, ${n}], but got ${start})`,
    );
  }
  if (length < 0 || from + length > n) {
    throw new RuntimeError(
      length < 0
        ? "narrow(): length must be non-negative."
        : `start (${from}) + length (${length}) exceeds dimension size (${n}).`,
    );
  }
  return sliceDim(input, d, new Slice(from, from + length, 1));
}

const indexTypes = [int64, int32, uint8, bool];

function requireIndexTensor(t: Tensor): Tensor {
  if (!indexTypes.includes(t.dtype)) {
    throw new IndexError(
      "tensors used as indices must be long, int, byte or bool tensors",
      `this one has dtype ${t.dtype}; convert it with .long()`,
    );
  }
  return t;
}

function listTensor(list: IndexList): Tensor {
  const dims: number[] = [];
  for (let level: unknown = list; Array.isArray(level); level = level[0]) dims.push(level.length);
  const flat = (list as readonly unknown[]).flat(Number.POSITIVE_INFINITY);
  const isMask = flat.length > 0 && flat.every((x) => typeof x === "boolean");
  const values = flat.map((x) => {
    if (typeof x === "boolean" || (typeof x === "number" && Number.isInteger(x))) return Number(x);
    throw new IndexError(
      "tensors used as indices must be long, int, byte or bool tensors",
      `the list holds ${String(x)}`,
    );
  });
  if (values.length !== numelOf(dims)) {
    throw new IndexError("a list used as an index must be rectangular");
  }
  return isMask
    ? fromArray(Uint8Array.from(values), dims, bool)
    : fromArray(Float64Array.from(values), dims, int64);
}

/** An advanced index: for each indexed dimension from `first` on, its positions. */
interface Advanced {
  /** Where in the current tensor's dimensions the index applies. */
  readonly dim: number;
  /** Whole numbers, negative ones already counted from the front. */
  readonly index: Tensor;
}

/** A mask as one index per masked dimension. */
function maskIndices(mask: Tensor, input: Tensor, dim: number): Advanced[] {
  mask.dims.forEach((n, k) => {
    if (n !== input.dims[dim + k]) {
      throw new IndexError(
        `The shape of the mask ${formatShape(mask.dims)} at index ${k} does not match the shape of the indexed tensor ${formatShape(input.dims)} at index ${dim + k}`,
      );
    }
  });
  const flags = readDense(mask);
  const hits: number[] = [];
  for (let i = 0; i < flags.length; i++) if (flags[i] !== 0) hits.push(i);
  const strides = contiguousStrides(mask.dims);
  return mask.dims.map((n, k) => ({
    dim: dim + k,
    index: fromArray(
      Float64Array.from(hits, (i) => Math.floor(i / strides[k]) % n),
      [hits.length],
      int64,
    ),
  }));
}

function checkedIndex(index: Tensor, input: Tensor, dim: number): Tensor {
  const n = input.dims[dim];
  const values = Float64Array.from(readDense(index), (i) => {
    if (i < -n || i >= n) {
      throw new IndexError(`index ${i} is out of bounds for dimension ${dim} with size ${n}`);
    }
    return i < 0 ? i + n : i;
  });
  return fromArray(values, index.dims, int64);
}

/** How many dimensions of the tensor a key uses up. */
function consumed(key: IndexKey): number {
  if (key === null || key === "..." || typeof key === "boolean") return 0;
  if (key instanceof Tensor && (key.dtype === bool || key.dtype === uint8)) return key.dims.length;
  if (Array.isArray(key)) {
    const t = listTensor(key as IndexList);
    return t.dtype === bool ? t.dims.length : 1;
  }
  return 1;
}

/** Apply the basic keys as views; what is left are the advanced ones. */
function applyKeys(
  input: Tensor,
  keys: readonly IndexKey[],
): { view: Tensor; advanced: Advanced[] } {
  const used = keys.reduce<number>((n, key) => n + consumed(key), 0);
  const rank = input.dims.length;
  if (used > rank) {
    if (rank === 0 && typeof keys[0] === "number") {
      throw new IndexError(
        "invalid index of a 0-dim tensor. Use `tensor.item()` in Python or `tensor.item<T>()` in C++ to convert a 0-dim tensor to a number",
      );
    }
    throw new IndexError(
      `too many indices for tensor of dimension ${rank}`,
      `${used} dimensions are indexed, the shape is ${formatShape(input.dims)}`,
    );
  }
  let view = input;
  let dim = 0;
  let place = 0;
  const advanced: Advanced[] = [];
  for (const key of keys) {
    if (typeof key === "number" || key instanceof PyFloat) {
      view = numberKey(view, key, dim, place);
      place++;
    } else if (key === null) {
      view = view.unsqueeze(dim++);
      place++;
    } else if (key === "...") {
      dim += rank - used;
      place += rank - used;
    } else if (typeof key === "string" || key instanceof Slice) {
      const s = typeof key === "string" ? parseSlice(key) : key;
      // A full slice leaves the tensor as it is: x[:, 0] shows Select, not Slice.
      const whole = resolveSlice(s, view.dims[dim]);
      const isWhole = s.start === null && s.stop === null && whole.step === 1;
      if (!isWhole) view = sliceDim(view, dim, s);
      dim++;
      place++;
    } else if (typeof key === "boolean") {
      view = view.unsqueeze(dim);
      advanced.push({
        dim,
        index: fromArray(key ? new Float64Array(1) : new Float64Array(0), [key ? 1 : 0], int64),
      });
      dim++;
    } else if (
      key instanceof Tensor &&
      key.dims.length === 0 &&
      key.dtype !== bool &&
      key.dtype !== uint8
    ) {
      view = numberKey(view, requireIndexTensor(key).item() as number, dim, place);
      place++;
    } else if (key instanceof Tensor || Array.isArray(key)) {
      const t = key instanceof Tensor ? requireIndexTensor(key) : listTensor(key as IndexList);
      if (t.dtype === bool || t.dtype === uint8) {
        const parts = maskIndices(t, view, dim);
        advanced.push(...parts);
        dim += parts.length;
        place += parts.length;
      } else {
        advanced.push({ dim, index: checkedIndex(t, view, dim) });
        dim++;
        place++;
      }
    } else {
      throw badKey(key);
    }
  }
  return { view, advanced };
}

function badKey(key: unknown): IndexError {
  return new IndexError(
    `only integers, slices (\`:\`), ellipsis (\`...\`), None and long or byte Variables are valid indices (got ${pythonTypeName(key)})`,
  );
}

function numberKey(view: Tensor, key: number | PyFloat, dim: number, place: number): Tensor {
  if (key instanceof PyFloat || !Number.isInteger(key)) throw badKey(key);
  const n = view.dims[dim];
  if (key < -n || key >= n) {
    throw new IndexError(`index ${key} is out of bounds for dimension ${place} with size ${n}`);
  }
  return selectAt(view, dim, key < 0 ? key + n : key);
}

/** The positions that advanced keys pick, with the shape of the result. */
function advancedPositions(view: Tensor, advanced: readonly Advanced[]): Positions {
  let shape: number[] = [];
  for (const { index } of advanced) {
    try {
      shape = broadcastShapes(shape, index.dims);
    } catch {
      const shapes = advanced.map((a) => formatShape(a.index.dims)).join(", ");
      throw new IndexError(
        `shape mismatch: indexing tensors could not be broadcast together with shapes ${shapes}`,
      );
    }
  }
  const dimsUsed = advanced.map((a) => a.dim);
  const adjacent = dimsUsed.every((d, k) => k === 0 || d === dimsUsed[k - 1] + 1);
  const at = adjacent ? dimsUsed[0] : 0;
  const rest = view.dims.map((_, d) => d).filter((d) => !dimsUsed.includes(d));
  const before = adjacent ? rest.filter((d) => d < at) : [];
  const after = adjacent ? rest.filter((d) => d > at) : rest;
  const strides = contiguousStrides(view.dims);
  const dims = [...before.map((d) => view.dims[d]), ...shape, ...after.map((d) => view.dims[d])];
  const picked = new Int32Array(numelOf(shape));
  for (const { dim, index } of advanced) {
    const steps = broadcastStrides(index.dims, contiguousStrides(index.dims), shape);
    const places = stridedPositions(shape, steps, 0).at;
    for (let i = 0; i < picked.length; i++) picked[i] += index.array[places[i]] * strides[dim];
  }
  const outer = stridedPositions(
    before.map((d) => view.dims[d]),
    before.map((d) => strides[d]),
    0,
  ).at;
  const inner = stridedPositions(
    after.map((d) => view.dims[d]),
    after.map((d) => strides[d]),
    0,
  ).at;
  const places = new Int32Array(outer.length * picked.length * inner.length);
  let k = 0;
  for (const o of outer) for (const p of picked) for (const i of inner) places[k++] = o + p + i;
  return { at: places, dims };
}

/**
 * Python's `x[key, key, …]`. Numbers, slices, "..." and null give a view; lists and tensors of
 * positions, and masks, give a copy.
 * Raises IndexError for positions out of range, too many keys, and masks of another shape.
 * @example y_hat.index(range(n), y)   // y_hat[range(n), y]
 * @example X.index(":", 0)            // X[:, 0]
 */
export function index(input: Tensor, ...keys: IndexKey[]): Tensor {
  requireTensor(input, "index");
  const { view, advanced } = applyKeys(input, keys);
  if (advanced.length === 0) return view === input ? aliasOf(input) : view;
  return view.takePositions(advancedPositions(view, advanced), "IndexBackward0");
}

function aliasOf(input: Tensor): Tensor {
  return recordView("AliasBackward0", input, {}, (grad) => [grad]);
}

/** Options of `index_put_`. */
export interface IndexPutOptions {
  /** Add instead of replacing; repeated positions add up. */
  readonly accumulate?: boolean;
}

function asTensor(value: Operand, like: Tensor): Tensor {
  if (value instanceof Tensor) return value;
  if (isScalar(value)) {
    return fromArray(allocate(like.dtype, 1), [], like.dtype).fill_(value);
  }
  throw new TypeError(
    `can't assign a ${pythonTypeName(value)} to a ${like.dtype.tensorType}`,
    "assign a number or a tensor",
  );
}

/**
 * Python's `x[keys] = value`, or `+=` with accumulate; returns the tensor.
 * Raises as `index`, and RuntimeError when the value's shape doesn't fit.
 * @example x.index_put_([0], 5)   // x[0] = 5
 */
export function index_put_(
  input: Tensor,
  keys: readonly IndexKey[],
  value: Operand,
  options: IndexPutOptions = {},
): Tensor {
  requireTensor(input, "index_put_");
  const { view, advanced } = applyKeys(input, keys);
  const accumulate = options.accumulate ?? false;
  if (advanced.length === 0) {
    if (accumulate) view.add_(value);
    else if (value instanceof Tensor) view.copy_(value);
    else view.fill_(value);
    return input;
  }
  const p = advancedPositions(view, advanced);
  const source = asTensor(value, input);
  broadcastShapes(source.dims, p.dims, "index_put_");
  const mode = accumulate ? "add" : "replace";
  inPlace("index_put", view, [source], () =>
    view.putPositions(p, source, mode, "IndexPutBackward0"),
  );
  return input;
}

/**
 * Whole slices of `dim` at the positions in a 1-d int tensor, as a copy: (n, m) → (k, m).
 * Raises IndexError for positions out of range and indices that are no vector.
 * @example features.index_select(0, torch.LongTensor([2, 0]))
 */
export function index_select(input: Tensor, dim: number, index: Tensor): Tensor {
  requireTensor(input, "index_select");
  if (!(index instanceof Tensor)) {
    throw new TypeError(
      `index_select(): argument 'index' (position 2) must be Tensor, not ${pythonTypeName(index)}`,
      "torch.LongTensor([…]) makes one",
    );
  }
  const d = normalizeDim(dim, input.dims.length);
  if (index.dims.length > 1) {
    throw new IndexError("index_select(): Index is supposed to be a vector");
  }
  if (index.dtype !== int64 && index.dtype !== int32) {
    throw new RuntimeError("index_select(): Expected dtype int32 or int64 for index");
  }
  const n = input.dims.length === 0 ? 1 : input.dims[d];
  const places = readDense(index);
  for (const i of places) {
    if (i < 0 || i >= n) {
      const hint = `dimension ${d} has size ${n}; index_select takes 0 … ${n - 1}`;
      if (d === 0) throw new IndexError("index out of range in self", hint);
      throw new RuntimeError(`INDICES element is out of DATA bounds, id=${i} axis_dim=${n}`, hint);
    }
  }
  const dims = input.dims.length === 0 ? [] : [...input.dims];
  if (dims.length > 0) dims[d] = places.length;
  const strides = contiguousStrides(input.dims);
  const outer = stridedPositions(input.dims.slice(0, d), strides.slice(0, d), 0).at;
  const inner = stridedPositions(input.dims.slice(d + 1), strides.slice(d + 1), 0).at;
  const at = new Int32Array(outer.length * places.length * inner.length);
  let k = 0;
  for (const o of outer) {
    for (const p of places) for (const i of inner) at[k++] = o + p * (strides[d] ?? 1) + i;
  }
  return input.takePositions({ at, dims }, "IndexSelectBackward0");
}

/** Positions of `index` along `dim` in a tensor of shape `dims`, as gather reads them. */
function gatherPositions(dims: Shape, dim: number, index: Tensor): Positions {
  const strides = contiguousStrides(dims);
  const along = strides[dim] ?? 1;
  const n = dims[dim] ?? 1;
  const steps = [...strides];
  steps[dim] = 0;
  const at = stridedPositions(index.dims, steps, 0).at;
  const places = readDense(index);
  for (let i = 0; i < at.length; i++) {
    if (places[i] < 0 || places[i] >= n) {
      throw new RuntimeError(
        `index ${places[i]} is out of bounds for dimension ${dim} with size ${n}`,
      );
    }
    at[i] += places[i] * along;
  }
  return { at, dims: index.dims };
}

/**
 * One element along `dim` for each position in `index`: out[i][j] = input[i][index[i][j]] for
 * dim 1. Shapes: index's. Raises RuntimeError for positions out of range.
 * @example y_hat.gather(1, y.view(-1, 1))
 */
export function gather(input: Tensor, dim: number, index: Tensor): Tensor {
  requireTensor(input, "gather");
  requireTensor(index, "gather", "index", 2);
  const d = normalizeDim(dim, input.dims.length);
  if (index.dtype !== int64) {
    throw new RuntimeError("gather(): Expected dtype int64 for index");
  }
  if (index.dims.length !== input.dims.length) {
    throw new RuntimeError(
      "Index tensor must have the same number of dimensions as input tensor",
      `gather got shapes ${formatShape(input.dims)} and ${formatShape(index.dims)}`,
    );
  }
  index.dims.forEach((n, k) => {
    if (k !== d && n > input.dims[k]) {
      throw new RuntimeError(
        `Size does not match at dimension ${k} expected index ${formatShape(index.dims)} to be no larger than self ${formatShape(input.dims)} apart from dimension ${d}`,
      );
    }
  });
  return input.takePositions(gatherPositions(input.dims, d, index), "GatherBackward0");
}

/** Zeros of `shape` with the input added at `index` along `dim`: the opposite of gather. */
export function scatterInto(input: Tensor, dim: number, index: Tensor, shape: Shape): Tensor {
  return input.addAtPositions(gatherPositions(shape, dim, index), shape);
}

/** The elements where the mask is true, as a vector; the mask broadcasts. */
export function masked_select(input: Tensor, mask: Tensor): Tensor {
  requireTensor(input, "masked_select");
  requireTensor(mask, "masked_select", "mask", 1);
  if (mask.dtype !== bool) {
    throw new RuntimeError("masked_select: expected BoolTensor for mask");
  }
  const shape = broadcastShapes(input.dims, mask.dims, "masked_select");
  const view = input.expand(shape);
  if (shape.length === 0) {
    const at = new Int32Array(mask.item() ? 1 : 0);
    return view.takePositions({ at, dims: [at.length] }, "MaskedSelectBackward0");
  }
  const parts = maskIndices(mask.expand(shape), view, 0);
  return view.takePositions(advancedPositions(view, parts), "MaskedSelectBackward0");
}
