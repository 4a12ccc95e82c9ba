// Which whole numbers may be drawn into a tensor of which dtype.

import type { DType } from "../dtype";
import { RuntimeError } from "../errors";

const limits = {
  uint8: { low: 0, high: 255, name: "unsigned char" },
  int32: { low: -(2 ** 31), high: 2 ** 31 - 1, name: "int" },
  int64: { low: -(2 ** 53) + 1, high: 2 ** 53 - 1, name: "long" },
  bool: { low: 0, high: 1, name: "bool" },
} as const;

/**
 * Refuse an empty range [from, to), and one that the dtype cannot hold, in PyTorch's words.
 * Raises RuntimeError.
 */
export function checkDrawRange(from: number, to: number, dtype: DType): void {
  if (!(from < to)) {
    throw new RuntimeError(
      `random_ expects 'from' to be less than 'to', but got from=${from} >= to=${to}`,
      "the range holds no number",
    );
  }
  if (dtype.name === "float32" || dtype.name === "float64") return;
  const { low, high, name } = limits[dtype.name];
  const hint = `torch.${dtype.name} holds ${low} to ${high}`;
  if (from < low || from > high) throw new RuntimeError(`from is out of bounds for ${name}`, hint);
  if (to - 1 < low || to - 1 > high) {
    throw new RuntimeError(`to - 1 is out of bounds for ${name}`, hint);
  }
}
