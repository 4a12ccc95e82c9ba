// What the file tests compare: the bits of an array row by row, taken without the code under test.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { NdArray } from "ndarray";
import type { Tensor } from "../../src/tensor";

/** An array as fixtures/make.py and roundtrip.py describe it. */
export interface Described {
  readonly file: string;
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Its elements row by row, little-endian. */
  readonly hex: string;
}

export const fixtures = join(__dirname, "fixtures");

export const expected: readonly Described[] = JSON.parse(
  readFileSync(join(fixtures, "expected.json"), "utf8"),
).arrays;

/** The bytes of an element in NumPy's layout. */
function elementHex(array: ArrayLike<number>, dtype: string, i: number): string {
  const bytes = Buffer.alloc(8);
  if (dtype === "int64") {
    bytes.writeBigInt64LE(BigInt(array[i]));
    return bytes.toString("hex");
  }
  const { buffer, byteOffset, BYTES_PER_ELEMENT } = array as Float32Array;
  const start = byteOffset + i * BYTES_PER_ELEMENT;
  return Buffer.from(buffer, start, BYTES_PER_ELEMENT).toString("hex");
}

/** dtype, shape and bits of a tensor or ndarray. */
export function described(x: Tensor | NdArray): Pick<Described, "dtype" | "shape" | "hex"> {
  const isTensor = "dims" in x;
  const [shape, strides] = isTensor ? [x.dims, x.strides] : [x.shape, x.stride];
  const array = (isTensor ? x.array : x.data) as ArrayLike<number>;
  const dtype = isTensor ? x.dtype.name : String(x.dtype);
  let hex = "";
  const walk = (d: number, at: number) => {
    if (d === shape.length) hex += elementHex(array, dtype, at);
    else for (let i = 0; i < shape[d]; i++) walk(d + 1, at + i * strides[d]);
  };
  walk(0, x.offset);
  return { dtype, shape: [...shape], hex };
}

/** A described array without its place. */
export const content = ({ dtype, shape, hex }: Described) => ({ dtype, shape: [...shape], hex });
