// Puts the examples of a batch together, as PyTorch's default_collate does.

import { tensor } from "../creation";
import { float64, int64 } from "../dtype";
import { RuntimeError, TypeError } from "../errors";
import { stack } from "../ops";
import { Tensor } from "../tensor";
import type { Collated } from "./dataset";

const kindOf = (value: unknown): string =>
  value === null
    ? "NoneType"
    : typeof value === "object"
      ? value.constructor?.name || "object"
      : typeof value;

function isPlainObject(value: object): value is Record<string, unknown> {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function isNdarray(value: object): boolean {
  return "shape" in value && "stride" in value && "data" in value;
}

/** Integral numbers count as Python's int (int64), any fraction makes them floats (float64). */
function collateNumbers(batch: readonly unknown[]): Tensor {
  const values = batch as readonly number[];
  return tensor(values, { dtype: values.every(Number.isInteger) ? int64 : float64 });
}

function collateFields(batch: readonly (readonly unknown[])[]): unknown[] {
  const [first] = batch;
  if (batch.some((example) => example.length !== first.length)) {
    throw new RuntimeError("each element in list of batch should be of equal size");
  }
  return first.map((_, field) => default_collate(batch.map((example) => example[field])));
}

/**
 * One batch from a list of examples: numbers become a tensor (int64, or float64 when one has a
 * fraction), tensors are stacked along a new dimension 0, tuples and objects go field by field,
 * strings stay a list. Raises TypeError for anything else, RuntimeError for unequal sizes.
 * @example data.default_collate([[0, 1], [2, 3]])   // [ tensor([0, 2]), tensor([1, 3]) ]
 */
export function default_collate<T>(batch: readonly T[]): Collated<T> {
  return collate(batch) as Collated<T>;
}

function collate(batch: readonly unknown[]): unknown {
  const [first] = batch;
  if (first instanceof Tensor) return stack(batch as Tensor[], 0);
  switch (typeof first) {
    case "number":
      return collateNumbers(batch);
    case "bigint":
      return tensor((batch as bigint[]).map(Number), { dtype: int64 });
    case "boolean":
      return tensor(batch as boolean[]);
    case "string":
      return batch;
    default:
  }
  if (Array.isArray(first)) return collateFields(batch as unknown[][]);
  if (typeof first === "object" && first !== null) {
    if (isNdarray(first))
      return stack(
        batch.map((item) => tensor(item as never)),
        0,
      );
    if (isPlainObject(first)) {
      const examples = batch as Record<string, unknown>[];
      return Object.fromEntries(
        Object.keys(first).map((key) => [key, collate(examples.map((example) => example[key]))]),
      );
    }
  }
  throw new TypeError(
    `default_collate: batch must contain tensors, numpy arrays, numbers, dicts or lists; found ${kindOf(first)}`,
    "Give the data set a transform that makes tensors, or the DataLoader a collate_fn.",
  );
}
