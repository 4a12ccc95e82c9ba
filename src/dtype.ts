// The data types: how each is stored, printed and promoted, in one table.

import { TypeError } from "./errors";
import { anyBytes } from "./heap";
import { pythonTypeName, type Scalar, scalarKind } from "./scalar";

/** The typed arrays that can back a tensor. */
export type TypedArray = Float32Array | Float64Array | Int32Array | Uint8Array;

/** The names of the dtypes, as PyTorch spells them after `torch.`. */
export type DTypeName = "float32" | "float64" | "int64" | "int32" | "uint8" | "bool";

type Category = "bool" | "int" | "float";

/**
 * A data type such as `torch.float32`; prints as PyTorch prints it.
 * int64 values live in doubles: exact up to 2^53, refused beyond.
 * @example
 * torch.float32   // torch.float32
 * torch.ones(2).dtype === torch.float32   // true
 */
export class DType {
  constructor(
    /** The name after `torch.`. */
    readonly name: DTypeName,
    /** The name in `tensor.type()` and in error messages about tensors: `torch.FloatTensor`. */
    readonly tensorType: string,
    /** The C name that some error messages use: `Float`. */
    readonly scalarType: string,
    /** Bytes an element has in PyTorch (the summation order depends on it). */
    readonly itemsize: number,
    readonly category: Category,
    /** Within a category the higher rank wins a promotion. */
    readonly rank: number,
  ) {}
  /** Whether elements are floats. */
  get is_floating_point(): boolean {
    return this.category === "float";
  }
  toString(): string {
    return `torch.${this.name}`;
  }
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

/** Floats of 32 bits: what tensors of fractions are made of. */
export const float32 = new DType("float32", "torch.FloatTensor", "Float", 4, "float", 3);
/** Floats of 64 bits, JavaScript's own numbers. */
export const float64 = new DType("float64", "torch.DoubleTensor", "Double", 8, "float", 4);
/** Whole numbers of 64 bits, exact up to 2⁵³ here and an error beyond. */
export const int64 = new DType("int64", "torch.LongTensor", "Long", 8, "int", 3);
/** Whole numbers of 32 bits, wrapping around. */
export const int32 = new DType("int32", "torch.IntTensor", "Int", 4, "int", 2);
/** Whole numbers from 0 to 255, wrapping around. */
export const uint8 = new DType("uint8", "torch.ByteTensor", "Byte", 1, "int", 1);
/** Truth values, what comparisons give. */
export const bool = new DType("bool", "torch.BoolTensor", "Bool", 1, "bool", 0);

/** Every dtype, for look-ups by name or by tensor type. */
export const dtypes: readonly DType[] = [float32, float64, int64, int32, uint8, bool];

// A typed array of more than 64 bytes costs V8 an allocation of its own (0.8 µs for 100 floats),
// and filling it with zeros as much again; on a slab that several share both cost a tenth. Up to
// 64 bytes lie in V8's own heap anyway; above 16 KB a slab would be kept alive by too few tensors.
const slabBytes = 65536;
const smallest = 64;
const largest = { filled: 4096, unfilled: 16384 } as const;

interface Slab {
  buffer: ArrayBuffer;
  used: number;
}

const filled: Slab = { buffer: new ArrayBuffer(0), used: 0 };
const unfilled: Slab = { buffer: new ArrayBuffer(0), used: 0 };

/** Where the next `bytes` lie on a slab. */
function place(slab: Slab, bytes: number): number {
  if (slab.used + bytes > slab.buffer.byteLength) {
    slab.buffer = slab === filled ? new ArrayBuffer(slabBytes) : anyBytes(slabBytes);
    slab.used = 0;
  }
  const at = slab.used;
  slab.used += (bytes + 7) & ~7;
  return at;
}

/** A zero-filled array of n elements for the dtype. Raises TypeError for what is no dtype. */
export function allocate(dtype: DType, n: number): TypedArray {
  switch (dtype) {
    case float32: {
      const bytes = 4 * n;
      if (bytes <= smallest || bytes > largest.filled) return new Float32Array(n);
      const at = place(filled, bytes);
      return new Float32Array(filled.buffer, at, n);
    }
    case int32:
      return new Int32Array(n);
    case uint8:
    case bool:
      return new Uint8Array(n);
    default: {
      if (!(dtype instanceof DType)) {
        throw new TypeError(
          `argument 'dtype' must be torch.dtype, not ${pythonTypeName(dtype)}`,
          "dtypes are torch.float32, torch.int64 …",
        );
      }
      const bytes = 8 * n;
      if (bytes <= smallest || bytes > largest.filled) return new Float64Array(n);
      const at = place(filled, bytes);
      return new Float64Array(filled.buffer, at, n);
    }
  }
}

/** n floats with any values, for a loop that writes each of them. */
export function unfilledFloats(n: number): Float32Array {
  const bytes = 4 * n;
  if (bytes <= smallest) return new Float32Array(n);
  if (bytes > largest.unfilled) return new Float32Array(anyBytes(bytes), 0, n);
  const at = place(unfilled, bytes);
  return new Float32Array(unfilled.buffer, at, n);
}

/** An array of n elements with any values, for a loop that writes each of them. */
export function allocateUnfilled(dtype: DType, n: number): TypedArray {
  return dtype === float32 ? unfilledFloats(n) : allocate(dtype, n);
}

const categories: readonly Category[] = ["bool", "int", "float"];

/** The dtype of the result when both meet as tensors of one or more dimensions. */
export function promote(a: DType, b: DType): DType {
  if (a === b) return a;
  if (a.category !== b.category) {
    return categories.indexOf(a.category) > categories.indexOf(b.category) ? a : b;
  }
  return a.rank > b.rank ? a : b;
}

/** The dtype a Python number has when it meets no tensor: int64, float32 or bool. */
export function scalarDType(x: Scalar): DType {
  const kind = scalarKind(x);
  return kind === "float" ? float32 : kind === "int" ? int64 : bool;
}

/** One participant in a promotion: its dtype and how strongly it counts. */
export interface Participant {
  readonly dtype: DType;
  /** 2: a tensor with dimensions, 1: a 0-d tensor, 0: a Python number. */
  readonly weight: 0 | 1 | 2;
}

/**
 * PyTorch's `result_type`: tensors with dimensions outvote 0-d tensors, these outvote Python
 * numbers, unless the weaker one is of a higher category.
 */
export function resultType(a: Participant, b: Participant): DType {
  if (a.weight === b.weight) return promote(a.dtype, b.dtype);
  const [strong, weak] = a.weight > b.weight ? [a, b] : [b, a];
  const higher =
    categories.indexOf(weak.dtype.category) > categories.indexOf(strong.dtype.category);
  return higher ? weak.dtype : strong.dtype;
}

/** Whether a result of dtype `from` may be written into a tensor of dtype `to` in place. */
export function canCast(from: DType, to: DType): boolean {
  return categories.indexOf(from.category) <= categories.indexOf(to.category);
}
