// Private ops on flat positions. Indexing with tensors, gather and views with odd strides are
// all "take these positions of the row-major tensor"; the three ops are each other's gradients.

import { record, recordView } from "../autograd/record";
import type { Inside } from "../autograd/views";
import { allocate } from "../dtype";
import { RuntimeError } from "../errors";
import { readDense } from "../kernels/cast";
import { addAt, putAt, takeAt } from "../kernels/positions";
import { requireInteger, requireSizes } from "../scalar";
import { formatShape, numelOf, type Shape, sameShape } from "../shape";
import { fromArray, type Tensor } from "../tensor";
import { requireTensor } from "./operand";

/** Positions in a row-major tensor, arranged in a shape of their own. */
export interface Positions {
  readonly at: Int32Array;
  readonly dims: Shape;
}

/**
 * The elements at the positions, in the positions' shape; the graph shows `name`.
 * @internal
 */
export function takePositions(input: Tensor, p: Positions, name: string): Tensor {
  const value = fromArray(takeAt(readDense(input), p.at, input.dtype), p.dims, input.dtype);
  const dims = [...input.dims];
  return record(name, [input], value, (grad) => [grad.addAtPositions(p, dims)]);
}

/**
 * Zeros of shape `dims` with the input's elements added at the positions.
 * @internal
 */
export function addAtPositions(input: Tensor, p: Positions, dims: Shape): Tensor {
  const data = addAt(numelOf(dims), p.at, readDense(input), input.dtype);
  return record("IndexAddBackward0", [input], fromArray(data, dims, input.dtype), (grad) => [
    grad.takePositions(p, "TakeBackward0"),
  ]);
}

/**
 * The input with `values` put at the positions, or added when `mode` is "add".
 * @internal
 */
export function putPositions(
  input: Tensor,
  p: Positions,
  values: Tensor,
  mode: "add" | "replace",
  name: string,
): Tensor {
  const filled = sameShape(values.dims, p.dims) ? values : values.expand([...p.dims]);
  const data = putAt(readDense(input), p.at, readDense(filled, input.dtype), mode);
  return record(
    name,
    [input, filled],
    fromArray(data, input.dims, input.dtype),
    (grad, _s, needs) => [
      needs[0]
        ? mode === "add"
          ? grad
          : grad.putPositions(p, zeroLike(grad), "replace", name)
        : null,
      needs[1] ? grad.takePositions(p, "TakeBackward0") : null,
    ],
  );
}

function zeroLike(t: Tensor): Tensor {
  return fromArray(allocate(t.dtype, 1), [], t.dtype);
}

/** Row-major positions in the base of the elements of a part of it. */
function positionsOf(inside: Inside): Positions {
  const { baseDims, baseStrides, dims, strides, offset } = inside;
  // Where each storage place of the base stands in row-major order.
  const order = new Map<number, number>();
  walkPlaces(baseDims, baseStrides, 0, (place, index) => order.set(place, index));
  const at = new Int32Array(numelOf(dims));
  walkPlaces(dims, strides, offset, (place, index) => {
    at[index] = order.get(place) ?? -1;
  });
  return { at, dims };
}

function walkPlaces(
  dims: Shape,
  strides: readonly number[],
  offset: number,
  visit: (place: number, index: number) => void,
): void {
  const n = numelOf(dims);
  for (let index = 0; index < n; index++) {
    let place = offset;
    let rest = index;
    for (let d = dims.length - 1; d >= 0; d--) {
      place += (rest % dims[d]) * strides[d];
      rest = Math.floor(rest / dims[d]);
    }
    visit(place, index);
  }
}

/**
 * The part of a tensor (shaped as the base) that a view of the base shows.
 * @internal
 */
export function stridedSlice(input: Tensor, inside: Inside): Tensor {
  return input.takePositions(positionsOf(inside), "AsStridedBackward0");
}

/**
 * Zeros shaped as the base with a view's elements added where the view lies.
 * @internal
 */
export function stridedScatter(input: Tensor, inside: Inside): Tensor {
  return input.addAtPositions(positionsOf(inside), inside.baseDims);
}

/**
 * The input with the part under a view replaced by `patch`, or by zeros.
 * @internal
 */
export function stridedReplace(input: Tensor, inside: Inside, patch: Tensor | null): Tensor {
  const values = patch ?? zeroLike(input);
  return input.putPositions(positionsOf(inside), values, "replace", "AsStridedScatterBackward0");
}

function checkLayout(size: Shape, stride: readonly number[], offset: number): void {
  requireSizes([size], "as_strided");
  requireSizes([stride], "as_strided", "stride", 2);
  requireInteger(offset, "as_strided", "storage_offset", 3);
  if (size.length !== stride.length) {
    throw new RuntimeError("mismatch in length of strides and shape");
  }
  if (size.some((n) => n < 0)) {
    throw new RuntimeError(
      `Storage size calculation overflowed with sizes=${formatShape(size)} and strides=${formatShape(stride)}`,
      "sizes are not negative",
    );
  }
  if (stride.some((step) => step < 0)) {
    throw new RuntimeError(
      `as_strided: Negative strides are not supported at the moment, got strides: ${formatShape(stride)}`,
    );
  }
  if (offset < 0) throw new RuntimeError(`Tensor: invalid storage offset ${offset}`);
}

/**
 * A view with any sizes, strides and storage offset over the same storage.
 * @example torch.arange(6).as_strided([2, 2], [3, 1])
 */
export function as_strided(
  input: Tensor,
  size: Shape,
  stride: readonly number[],
  storage_offset?: number,
): Tensor {
  requireTensor(input, "as_strided");
  const offset = storage_offset ?? input.offset;
  checkLayout(size, stride, offset);
  const last = size.reduce((at, n, d) => at + Math.max(0, n - 1) * stride[d], offset);
  if (numelOf(size) > 0 && last >= input.array.length) {
    throw new RuntimeError(
      `setStorage: sizes [${size.join(", ")}], strides [${stride.join(", ")}], storage offset ${offset}, and itemsize ${input.dtype.itemsize} requiring a storage size of ${(last + 1) * input.dtype.itemsize} are out of bounds for storage of size ${input.array.length * input.dtype.itemsize}`,
    );
  }
  const parts = { dims: [...size], strides: [...stride], offset };
  const inside: Inside = {
    baseDims: input.dims,
    baseStrides: input.strides,
    dims: parts.dims,
    strides: parts.strides,
    offset: offset - input.offset,
  };
  return recordView("AsStridedBackward0", input, parts, (grad) => [grad.stridedScatter(inside)]);
}
