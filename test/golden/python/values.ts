// Python values that JavaScript has no own kind for, and Python's own exceptions.

import { PyFloat } from "../../../src/scalar";

/** A Python tuple: an array, so that the library takes it wherever it takes a list. */
export class Tuple extends Array<unknown> {}

/** `start:stop:step` in a subscript. */
export class Slice {
  constructor(
    readonly start: unknown,
    readonly stop: unknown,
    readonly step: unknown,
  ) {}
}

/** The value of `...`. */
export const ELLIPSIS = Symbol("Ellipsis");

/**
 * An exception that Python itself raises before any library is asked, such as the attribute of
 * None. `missing` names an attribute that a namespace or a tensor lacks, as `torch.einsum`.
 */
export class PythonError extends Error {
  constructor(
    override readonly name: string,
    message: string,
    readonly missing: string | null = null,
  ) {
    super(message);
  }
}

/** Code that uses a part of Python which the translator does not know. */
export class UnsupportedCode extends Error {
  override readonly name = "UnsupportedCode";
}

/** A float whatever its value: an integral JavaScript number alone would be an int. */
export function float(value: number): number | PyFloat {
  return Number.isInteger(value) ? new PyFloat(value) : value;
}

/** An int: a number where a double is exact, else a bigint. */
export function int(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

export function isFloat(value: unknown): value is number | PyFloat {
  return value instanceof PyFloat || (typeof value === "number" && !Number.isInteger(value));
}

export function isInt(value: unknown): value is number | bigint | boolean {
  return (
    typeof value === "boolean" ||
    typeof value === "bigint" ||
    (typeof value === "number" && Number.isInteger(value))
  );
}

/** Name of a value's type in Python's messages. */
export function typeName(value: unknown): string {
  if (value === null || value === undefined) return "NoneType";
  if (typeof value === "boolean") return "bool";
  if (isInt(value)) return "int";
  if (isFloat(value)) return "float";
  if (typeof value === "string") return "str";
  if (value instanceof Tuple) return "tuple";
  if (Array.isArray(value)) return "list";
  if (value instanceof Map) return "dict";
  if (value === ELLIPSIS) return "ellipsis";
  if (value instanceof Slice) return "slice";
  if (typeof value === "function") return "function";
  return (value as object).constructor.name;
}
