// A tensor cut into several; the pieces are views.

import { recordView } from "../autograd/record";
import { RuntimeError } from "../errors";
import { formatShape, normalizeDim } from "../shape";
import type { Tensor } from "../tensor";
import { requireTensor } from "./operand";

/**
 * Cut along `dim` into pieces of the given size, or of the given sizes; views.
 * @example torch.arange(5).split(2)   // [ tensor([0, 1]), tensor([2, 3]), tensor([4]) ]
 */
export function split(
  input: Tensor,
  split_size: number | readonly number[],
  dim: number | { readonly dim?: number } = 0,
): Tensor[] {
  requireTensor(input, "split");
  const d = normalizeDim(
    typeof dim === "number" ? dim : (dim.dim ?? 0),
    input.dims.length,
    "split",
  );
  const n = input.dims[d];
  if (typeof split_size === "number") {
    if (split_size === 0 && n > 0) {
      throw new RuntimeError(
        `split_size can only be 0 if dimension size is 0, but got dimension size of ${n}`,
      );
    }
    if (split_size < 0) {
      throw new RuntimeError(
        `split expects split_size be non-negative, but got split_size=${split_size}`,
      );
    }
    const pieces = Math.max(1, Math.ceil(n / Math.max(split_size, 1)));
    return Array.from({ length: pieces }, (_, k) =>
      piece(
        input,
        d,
        [k, k * split_size, Math.min(split_size, n - k * split_size)],
        "SplitBackward0",
      ),
    );
  }
  const total = split_size.reduce((a, b) => a + b, 0);
  if (total !== n) {
    throw new RuntimeError(
      `split_with_sizes expects split_sizes to sum exactly to ${n} (input tensor's size at dimension ${d}), but got split_sizes=${formatShape(split_size)}`,
    );
  }
  let start = 0;
  return split_size.map((size, k) => {
    const from = start;
    start += size;
    return piece(input, d, [k, from, size], "SplitWithSizesBackward0");
  });
}

/** The k-th piece of a split. */
function piece(
  input: Tensor,
  d: number,
  [k, start, size]: readonly [number, number, number],
  name: string,
): Tensor {
  const dims = [...input.dims];
  dims[d] = size;
  const shape = input.dims;
  const offset = input.offset + (size > 0 ? start * input.strides[d] : 0);
  const backward = (grad: Tensor) => [grad.padInto(d, start, 1, shape)];
  return recordView(name, input, { dims, offset }, backward, k);
}

/**
 * Cut along `dim` into at most `chunks` pieces of equal size, the last perhaps smaller; views.
 * @example torch.arange(5).chunk(2)   // [ tensor([0, 1, 2]), tensor([3, 4]) ]
 */
export function chunk(
  input: Tensor,
  chunks: number,
  dim: number | { readonly dim?: number } = 0,
): Tensor[] {
  requireTensor(input, "chunk");
  if (chunks <= 0) {
    throw new RuntimeError(`chunk expects \`chunks\` to be greater than 0, got: ${chunks}`);
  }
  const d = normalizeDim(
    typeof dim === "number" ? dim : (dim.dim ?? 0),
    input.dims.length,
    "chunk",
  );
  return split(input, Math.max(1, Math.ceil(input.dims[d] / chunks)), d);
}

/**
 * The slices along `dim`, each without it; views.
 * @example torch.arange(4).reshape(2, 2).unbind()   // [ tensor([0, 1]), tensor([2, 3]) ]
 */
export function unbind(input: Tensor, dim: number | { readonly dim?: number } = 0): Tensor[] {
  requireTensor(input, "unbind");
  const d = normalizeDim(
    typeof dim === "number" ? dim : (dim.dim ?? 0),
    input.dims.length,
    "unbind",
  );
  const shape = input.dims;
  return Array.from({ length: input.dims[d] }, (_, k) => {
    const dims = input.dims.filter((_n, i) => i !== d);
    const strides = input.strides.filter((_n, i) => i !== d);
    const offset = input.offset + k * input.strides[d];
    const backward = (grad: Tensor) => [grad.unsqueeze(d).padInto(d, k, 1, shape)];
    return recordView("UnbindBackward0", input, { dims, strides, offset }, backward, k);
  });
}
