// Reads the golden files: from here, or from the folder that GOLDEN_DIR names.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { int64Limit } from "./bits";
import { torch } from "./python/modules";

/** The folder the golden files come from. */
export const goldenFolder = process.env.GOLDEN_DIR || __dirname;

/** A tensor as the generator writes it; see README, "Encodings". */
export interface EncodedTensor {
  dtype: string;
  shape: number[];
  data?: (number | string)[];
  pattern?: { mul: number; mod: number; off: number; div: number };
}

/**
 * Read one golden file. Raises an error that names the file and the folder when it is missing or
 * no JSON, so that the tests that need it fail instead of passing on nothing.
 */
export function readGolden<T>(name: string): T {
  const path = join(goldenFolder, `${name}.json`);
  if (!existsSync(path)) {
    throw new Error(`golden file missing: ${name}.json is not in ${goldenFolder}`);
  }
  try {
    return JSON.parse(readFileSync(path, "utf8")) as T;
  } catch (error) {
    throw new Error(`golden file unreadable: ${name}.json in ${goldenFolder}: ${error}`);
  }
}

/** The numbers of an encoded tensor, row by row. */
export function decode(encoded: EncodedTensor): Float64Array {
  const { dtype, data, pattern } = encoded;
  if (pattern) {
    const { mul, mod, off, div } = pattern;
    const count = encoded.shape.reduce((a, b) => a * b, 1);
    const isFloat = dtype.startsWith("float");
    const value = (i: number) => (((i * mul) % mod) + off) / (isFloat ? div : 1);
    return Float64Array.from({ length: count }, (_, i) => value(i));
  }
  return Float64Array.from((data ?? []).map((word) => decodeNumber(dtype, word)));
}

const words = new DataView(new ArrayBuffer(8));

function decodeNumber(dtype: string, word: number | string): number {
  if (dtype === "float32") {
    words.setUint32(0, Number(word));
    return words.getFloat32(0);
  }
  if (dtype === "float64") {
    words.setBigUint64(0, BigInt(`0x${word}`));
    return words.getFloat64(0);
  }
  return Number(word);
}

/** Why the library cannot hold an encoded tensor, or null if it can. */
export function unsupported(encoded: EncodedTensor): string | null {
  if (!(encoded.dtype in torch)) return `dtype ${encoded.dtype} is not offered`;
  const tooLarge = encoded.data?.some(
    (word) => encoded.dtype === "int64" && Math.abs(Number(word)) > int64Limit,
  );
  return tooLarge ? "integers beyond 2^53" : null;
}

/** A leaf tensor with exactly the encoded elements. */
export function toTensor(encoded: EncodedTensor, requiresGrad = false): torch.Tensor {
  const dtype = Reflect.get(torch, encoded.dtype) as torch.DType;
  const flat = torch.tensor(decode(encoded), { dtype });
  return flat.reshape(encoded.shape).clone().requires_grad_(requiresGrad);
}
