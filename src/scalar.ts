// JavaScript has one kind of number, Python has two: this file tells ints from floats.

import { TypeError, ValueError } from "./errors";

/**
 * A number that is a Python float whatever its value: `new PyFloat(2)` is Python's `2.0`.
 * An ordinary integral JavaScript number stands for Python's int, any other for a float.
 * @example torch.tensor([new torch.PyFloat(1), new torch.PyFloat(2)])   // tensor([1., 2.])
 */
export class PyFloat {
  constructor(readonly value: number) {}
  /**
   * The number itself.
   * @internal
   */
  valueOf(): number {
    return this.value;
  }
}

/** A number as the ops take it: int, float, bool or a large int. */
export type Scalar = number | boolean | bigint | PyFloat;

/** Whether x can stand where PyTorch takes a Python number. */
export function isScalar(x: unknown): x is Scalar {
  return (
    typeof x === "number" || typeof x === "boolean" || typeof x === "bigint" || x instanceof PyFloat
  );
}

/** "bool", "int" or "float": the Python type that decides dtype promotion. */
export function scalarKind(x: Scalar): "bool" | "int" | "float" {
  if (typeof x === "number") return Number.isInteger(x) ? "int" : "float";
  if (typeof x === "boolean") return "bool";
  return typeof x === "bigint" ? "int" : "float";
}

/**
 * The scalar's value as a JavaScript number.
 * Raises ValueError for integers that a double cannot hold exactly.
 */
export function scalarValue(x: Scalar): number {
  if (typeof x === "number") return x;
  if (typeof x === "bigint") {
    if (x >= 1n << 64n || x < -(1n << 63n)) {
      throw new ValueError("Overflow when unpacking long long");
    }
    const value = Number(x);
    if (BigInt(value) !== x || Math.abs(value) > Number.MAX_SAFE_INTEGER) {
      throw new ValueError(
        `${x} cannot be held exactly`,
        "int64 values are exact up to 2^53 here; use smaller integers",
      );
    }
    return value;
  }
  return typeof x === "boolean" ? Number(x) : x.value;
}

/** Python's name for the type of a value, as PyTorch's argument errors print it. */
export function pythonTypeName(x: unknown): string {
  if (x === null || x === undefined) return "NoneType";
  if (isScalar(x)) return scalarKind(x);
  if (typeof x === "string") return "str";
  if (Array.isArray(x)) return "list";
  if (typeof x === "function") return "function";
  return (x as object).constructor?.name === "Object" ? "dict" : (x as object).constructor.name;
}

/** Refuse an argument that is no whole number, in PyTorch's words. */
export function requireInteger(
  value: unknown,
  op: string,
  argument: string,
  position: number,
): number {
  const number = value instanceof PyFloat ? Number.NaN : value;
  if (typeof number === "bigint") return Number(number);
  if (typeof number !== "number" || !Number.isInteger(number)) {
    throw new TypeError(
      `${op}(): argument '${argument}' (position ${position}) must be int, not ${pythonTypeName(value)}`,
      `${op} got ${String(value)} where a whole number is needed`,
    );
  }
  return number;
}

/**
 * Sizes given one by one or as one list, checked to be whole numbers.
 * Raises TypeError in PyTorch's words.
 */
export function requireSizes(
  given: readonly unknown[],
  op: string,
  argument = "size",
  position = 1,
): number[] {
  return given.flat().map((n, i) => {
    if (typeof n === "number" && Number.isInteger(n)) return n;
    const kind = pythonTypeName(n);
    const place = `${op}(): argument '${argument}'`;
    const alone = given.length === 1 && !Array.isArray(given[0]);
    throw new TypeError(
      i > 0
        ? `${place} failed to unpack the object at pos ${i + 1} with error "type must be tuple of ints,but got ${kind}"`
        : `${place} (position ${position}) must be tuple of ints, ${alone ? `not ${kind}` : `but found element of type ${kind} at pos 0`}`,
      `${op} got ${String(n)} where a whole number is needed`,
    );
  });
}
