// Reading and adding at listed positions: what indexing with tensors comes down to.

import { allocate, type DType, type TypedArray } from "../dtype";

// Position −1 lies outside of the tensor: 0 is read from it, and what is written there is lost, as
// typed arrays do it.

/** out[i] = source[positions[i]]. */
export function takeAt(
  source: TypedArray,
  positions: Int32Array | Float64Array,
  dtype: DType,
): TypedArray {
  const out = allocate(dtype, positions.length);
  for (let i = 0; i < positions.length; i++) {
    const at = positions[i];
    out[i] = at < 0 ? 0 : source[at];
  }
  return out;
}

/** An array of n zeros with values[i] added at positions[i]; repeated positions add up. */
export function addAt(
  n: number,
  positions: Int32Array | Float64Array,
  values: TypedArray,
  dtype: DType,
): TypedArray {
  const out = allocate(dtype, n);
  for (let i = 0; i < positions.length; i++) out[positions[i]] += values[i];
  return out;
}

/** A copy of `source` with values[i] put at positions[i]; the last of repeated ones stays. */
export function putAt(
  source: TypedArray,
  positions: Int32Array | Float64Array,
  values: TypedArray,
  accumulate: "add" | "replace",
): TypedArray {
  const out = source.slice();
  for (let i = 0; i < positions.length; i++) {
    if (accumulate === "add") out[positions[i]] += values[i];
    else out[positions[i]] = values[i];
  }
  return out;
}
