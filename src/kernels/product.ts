// Large float32 products in WebAssembly: copied in, multiplied in panels, copied out. Every element
// is one chain of multiply-adds over the inner dimension from the left to the right, as in
// matmul.ts; without fused ones each product is rounded before it is added.

import { unfilledFloats } from "../dtype";
import { readDense } from "./cast";
import { denseFloats, denseKernels, freeAt } from "./dense";
import type { View } from "./view";

const panel = 8;
const worth = 2 ** 17; // multiplications
const widestBlock = 2 ** 20; // floats of one operand in the memory at a time

const align = (n: number) => (n + 3) & ~3;

/** (n, k) @ (k, m) → (n, m), dense; null when the plain loop is to do it. */
export function largeProduct(a: View, b: View): Float32Array | null {
  const [rows, inner] = a.dims;
  const columns = b.dims[1];
  if (rows * inner * columns < worth || columns < panel / 2 || inner * panel > widestBlock) {
    return null;
  }
  const run = denseKernels();
  if (run === null) return null;
  // Blocks of rows of a and of columns of b; the inner dimension is never cut.
  const block = Math.floor(widestBlock / inner);
  const rowBlock = Math.min(block & ~3, rows);
  const columnBlock = Math.min(block & ~(panel - 1), columns);
  const panels = Math.ceil(columnBlock / panel);
  const left = freeAt / 4;
  const right = left + align((rowBlock + 3) * inner);
  const packed = right + align(columnBlock * inner);
  const result = packed + panels * panel * inner;
  const floats = denseFloats((result + (rowBlock + 3) * panels * panel) * 4);
  if (floats === null) return null;
  const x = readDense(a) as Float32Array;
  const y = readDense(b) as Float32Array;
  const out = unfilledFloats(rows * columns);
  for (let j = 0; j < columns; j += columnBlock) {
    const width = Math.min(columnBlock, columns - j);
    if (width === columns) floats.set(y, right);
    else {
      for (let k = 0; k < inner; k++) {
        floats.set(y.subarray(k * columns + j, k * columns + j + width), right + k * width);
      }
    }
    run.pack(right * 4, inner, width, packed * 4);
    const used = Math.ceil(width / panel);
    for (let i = 0; i < rows; i += rowBlock) {
      const height = Math.min(rowBlock, rows - i);
      floats.set(x.subarray(i * inner, (i + height) * inner), left);
      run.multiply(left * 4, packed * 4, result * 4, height, inner, used);
      const wide = used * panel;
      if (wide === columns) {
        out.set(floats.subarray(result, result + height * wide), i * columns);
        continue;
      }
      for (let r = 0; r < height; r++) {
        const from = result + r * wide;
        out.set(floats.subarray(from, from + width), (i + r) * columns + j);
      }
    }
  }
  return out;
}
