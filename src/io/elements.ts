// Elements as files hold them, and as tensors do: byte order, widening, and the limit of int64.

import { endianness } from "node:os";
import { bool, type DType, float32, float64, int32, int64, type TypedArray, uint8 } from "../dtype";
import { RuntimeError } from "../errors";
import { toDense } from "../kernels/cast";
import type { View } from "../kernels/view";
import { fileHint } from "./source";

/** Kinds of elements in files: a letter as NumPy's, and the bytes of one element. */
export type ElementKind =
  | "f2"
  | "bf2"
  | "f4"
  | "f8"
  | "i1"
  | "i2"
  | "i4"
  | "i8"
  | "u1"
  | "u2"
  | "u4"
  | "u8"
  | "b1";

/** The dtype that holds every value of a kind exactly (eight-byte integers up to 2^53). */
export const dtypeOf: Readonly<Record<ElementKind, DType>> = {
  f2: float32,
  bf2: float32,
  f4: float32,
  f8: float64,
  i1: int32,
  i2: int32,
  i4: int32,
  i8: int64,
  u1: uint8,
  u2: int32,
  u4: int64,
  u8: int64,
  b1: bool,
};

/** The kind in which a dtype is written. */
export const kindOf: Readonly<Record<DType["name"], ElementKind>> = {
  float32: "f4",
  float64: "f8",
  int64: "i8",
  int32: "i4",
  uint8: "u1",
  bool: "b1",
};

/** Bytes of one element. */
export const itemsizeOf = (kind: ElementKind): number => Number(kind.slice(-1));

const hostIsLittle = endianness() === "LE";

function swap(bytes: Uint8Array, itemsize: number): void {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (itemsize === 2) buffer.swap16();
  else if (itemsize === 4) buffer.swap32();
  else if (itemsize === 8) buffer.swap64();
}

/** The bits of a float32 with the value of a float16; a NaN keeps its payload. */
function widenHalf(h: number): number {
  const sign = (h & 0x8000) << 16;
  const exponent = (h >>> 10) & 31;
  const fraction = h & 1023;
  if (exponent === 31) return sign | 0x7f800000 | (fraction << 13);
  if (exponent > 0) return sign | ((exponent + 112) << 23) | (fraction << 13);
  if (fraction === 0) return sign;
  // Subnormal: shift the leading one out of the fraction, 2^-14 · fraction / 2^10.
  const shift = Math.clz32(fraction) - 21;
  return sign | ((113 - shift) << 23) | (((fraction << shift) & 1023) << 13);
}

/** Eight-byte integers become doubles where they lie. */
function narrowLongs(bytes: Uint8Array, isSigned: boolean, name: string): Float64Array {
  const words = new Int32Array(bytes.buffer);
  const out = new Float64Array(bytes.buffer);
  const [low, high] = hostIsLittle ? [0, 1] : [1, 0];
  for (let i = 0; i < out.length; i++) {
    const top = isSigned ? words[2 * i + high] : words[2 * i + high] >>> 0;
    const value = top * 2 ** 32 + (words[2 * i + low] >>> 0);
    if (!Number.isSafeInteger(value)) {
      const view = new DataView(bytes.buffer);
      const exact = isSigned
        ? view.getBigInt64(8 * i, hostIsLittle)
        : view.getBigUint64(8 * i, hostIsLittle);
      throw new RuntimeError(
        `value cannot be converted to type ${isSigned ? "int64" : "uint64"} without overflow`,
        fileHint(name, "integers of at most 2^53 − 1, which are exact here", `${exact}`),
      );
    }
    out[i] = value;
  }
  return out;
}

/**
 * The elements in `bytes`, which start their own buffer and may be changed or kept. float16,
 * bfloat16 and small integers are widened to the dtype of `dtypeOf`, every bit of a float32 or
 * float64 stays. Raises RuntimeError for integers beyond 2^53.
 */
export function decode(
  bytes: Uint8Array,
  kind: ElementKind,
  file: { readonly name: string; readonly isBigEndian?: boolean },
): TypedArray {
  if ((file.isBigEndian ?? false) === hostIsLittle) swap(bytes, itemsizeOf(kind));
  const { buffer } = bytes;
  switch (kind) {
    case "f4":
      return new Float32Array(buffer);
    case "f8":
      return new Float64Array(buffer);
    case "i4":
      return new Int32Array(buffer);
    case "u1":
      return bytes;
    case "b1":
      return bytes.map((x) => (x !== 0 ? 1 : 0));
    case "i8":
      return narrowLongs(bytes, true, file.name);
    case "u8":
      return narrowLongs(bytes, false, file.name);
    case "u4":
      return Float64Array.from(new Uint32Array(buffer));
    case "i1":
      return Int32Array.from(new Int8Array(buffer));
    case "i2":
      return Int32Array.from(new Int16Array(buffer));
    case "u2":
      return Int32Array.from(new Uint16Array(buffer));
    case "f2":
      return new Float32Array(Int32Array.from(new Uint16Array(buffer), widenHalf).buffer);
    case "bf2":
      return new Float32Array(Int32Array.from(new Uint16Array(buffer), (b) => b << 16).buffer);
  }
}

/** The view's elements bit by bit: as numbers, a signalling NaN would not survive the copy. */
function bitsOf(v: View): View {
  if (!v.dtype.is_floating_point) return v;
  const { buffer, byteOffset, byteLength } = v.array;
  const array = new Int32Array(buffer, byteOffset, byteLength / 4);
  const { dims, strides, offset } = v;
  if (v.dtype === float32) return { array, dims, strides, offset, dtype: int32 };
  const doubled = [...strides.map((s) => 2 * s), 1];
  return { array, dims: [...dims, 2], strides: doubled, offset: 2 * offset, dtype: int32 };
}

/** The bytes of the view's elements in row-major order, as files hold them: little-endian. */
export function encode(v: View): Uint8Array {
  const dense = toDense(bitsOf(v));
  let bytes: Uint8Array;
  if (v.dtype === int64) {
    const longs = BigInt64Array.from(dense, (x) => BigInt(x));
    bytes = new Uint8Array(longs.buffer);
  } else {
    bytes = new Uint8Array(dense.buffer, dense.byteOffset, dense.byteLength);
  }
  if (!hostIsLittle) swap(bytes, v.dtype.itemsize);
  return bytes;
}

/** The number of elements of a shape, or null when it is larger than any file. */
export function numelOrNull(shape: readonly number[]): number | null {
  if (shape.includes(0)) return 0;
  let n = 1;
  for (const size of shape) {
    n *= size;
    if (n > Number.MAX_SAFE_INTEGER / 16) return null;
  }
  return n;
}
