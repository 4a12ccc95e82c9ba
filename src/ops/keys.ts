// The keys of indexing taken apart: basic ones become views, the others positions.

import { bool, int32, int64, uint8 } from "../dtype";
import { IndexError } from "../errors";
import { broadcastDense, readDense } from "../kernels/cast";
import { PyFloat, pythonTypeName } from "../scalar";
import { broadcastShapes, contiguousStrides, formatShape, numelOf, sameShape } from "../shape";
import { fromArray, Tensor } from "../tensor";
import type { Positions } from "./position";
import { selectAt, sliceDim, stridedPositions } from "./select";
import { parseSlice, resolveSlice, Slice } from "./slice";

/** Nested lists of whole numbers or booleans, as an index. */
export type IndexList = readonly (number | boolean | IndexList)[];

/**
 * One key of `index`: a number, a slice (":", "1:3", torch.slice), "..." for the dimensions in
 * between, null for a new dimension, or a list or tensor of positions, or a bool mask.
 */
export type IndexKey = number | boolean | string | null | Slice | Tensor | IndexList;

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

/** A flat list of whole numbers, or null for any other list. */
function positionList(list: IndexList): Tensor | null {
  const values = new Float64Array(list.length);
  for (let i = 0; i < values.length; i++) {
    const x = list[i];
    if (typeof x !== "number" || !Number.isInteger(x)) return null;
    values[i] = x;
  }
  return fromArray(values, [values.length], int64);
}

function listTensor(list: IndexList): Tensor {
  const positions = positionList(list);
  if (positions !== null) return positions;
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
export interface Advanced {
  /** Where in the current tensor's dimensions the index applies. */
  readonly dim: number;
  /** Whole numbers, negative ones already counted from the front. */
  readonly index: Tensor;
}

/** A mask as one index per masked dimension. */
export function maskIndices(mask: Tensor, input: Tensor, dim: number): Advanced[] {
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
  const given = readDense(index, int64) as Float64Array;
  let hasNegative = false;
  for (let k = 0; k < given.length; k++) {
    const i = given[k];
    if (i < -n || i >= n) {
      throw new IndexError(`index ${i} is out of bounds for dimension ${dim} with size ${n}`);
    }
    if (i < 0) hasNegative = true;
  }
  const values = hasNegative ? given.map((i) => (i < 0 ? i + n : i)) : given;
  return fromArray(values, index.dims, int64);
}

function isTruth(key: ReadKey): boolean {
  if (typeof key === "boolean") return true;
  return key instanceof Tensor && key.dims.length === 0 && [bool, uint8].includes(key.dtype);
}

function isSliceText(key: unknown): boolean {
  return typeof key === "string" && key !== "...";
}

/** A key with its list, if it is one, read into a tensor. */
type ReadKey = Exclude<IndexKey, IndexList>;

function readKey(key: IndexKey): ReadKey {
  return Array.isArray(key) ? listTensor(key as IndexList) : (key as ReadKey);
}

/** How many dimensions of the tensor a key uses up. */
function consumed(key: ReadKey): number {
  if (key === null || key === "..." || typeof key === "boolean") return 0;
  if (key instanceof Tensor && (key.dtype === bool || key.dtype === uint8)) return key.dims.length;
  return 1;
}

/** Whether the keys pick by one mask alone, beside slices and null. */
export function isOneMask(keys: readonly IndexKey[]): boolean {
  const picking = keys.filter((key) => !(key === null || typeof key === "string"));
  const [only] = picking.filter((key) => !(key instanceof Slice) && typeof key !== "number");
  if (keys.length === 1 && typeof only === "boolean") return true;
  const t = Array.isArray(only) ? listTensor(only as IndexList) : only;
  const others = picking.filter((key) => key instanceof Tensor || Array.isArray(key)).length;
  return others === 1 && t instanceof Tensor && t.dtype === bool && t.dims.length > 0;
}

/** A single list with lists or tensors in it stands for several keys, as in Python. */
function asTuple(keys: readonly IndexKey[]): readonly IndexKey[] {
  const [only] = keys as readonly unknown[];
  if (keys.length !== 1 || !Array.isArray(only)) return keys;
  const nested = only.some(
    (x) => Array.isArray(x) || x === null || x instanceof Tensor || x instanceof Slice,
  );
  return nested ? only : keys;
}

/** Apply the basic keys as views; what is left are the advanced ones. */
export function applyKeys(
  input: Tensor,
  given: readonly IndexKey[],
): { view: Tensor; advanced: Advanced[] } {
  const keys = asTuple(given).map(readKey);
  const used = keys.reduce<number>((n, key) => n + consumed(key), 0);
  const rank = input.dims.length;
  if (used > rank) {
    if (rank === 0 && (isSliceText(keys[0]) || keys[0] instanceof Slice)) {
      throw new IndexError("slice() cannot be applied to a 0-dim tensor.");
    }
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
    } else if (isTruth(key)) {
      // One truth value is a mask over a dimension of size 1 made for it.
      const hits = (key instanceof Tensor ? key.item() : key) ? 1 : 0;
      view = view.unsqueeze(dim);
      advanced.push({ dim, index: fromArray(new Float64Array(hits), [hits], int64) });
      dim++;
    } else if (key instanceof Tensor && key.dims.length === 0) {
      view = numberKey(view, requireIndexTensor(key).item() as number, dim, place);
      place++;
    } else if (key instanceof Tensor) {
      const t = requireIndexTensor(key);
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

/** positions[i] += values[i] · stride. */
function addScaled(positions: Int32Array, values: Float64Array, stride: number): void {
  for (let i = 0; i < positions.length; i++) positions[i] += values[i] * stride;
}

/** The positions that advanced keys pick, with the shape of the result. */
export function advancedPositions(view: Tensor, advanced: readonly Advanced[]): Positions {
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
    const whole = sameShape(index.dims, shape);
    // int64 lies in doubles.
    const values = (whole ? readDense(index) : broadcastDense(index, shape)) as Float64Array;
    addScaled(picked, values, strides[dim]);
  }
  if (rest.length === 0) return { at: picked, dims };
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
