// Python's builtin functions, as far as the golden code calls them.

import { PyFloat } from "../../../src/scalar";
import { torch, torchFunction } from "./modules";
import { repr, str } from "./text";
import { float, int, isFloat, isInt, PythonError, Slice, Tuple, typeName } from "./values";

type Builtin = (...args: unknown[]) => unknown;

/** What a conversion to a Python number needs: the one element of a tensor, or the number. */
function oneElement(value: unknown, print: (warning: string) => void): unknown {
  if (!(value instanceof torch.Tensor)) return value;
  if (value.numel() !== 1) {
    throw new PythonError(
      "ValueError",
      "only one element tensors can be converted to Python scalars",
    );
  }
  if (value.requires_grad) {
    print(
      "Converting a tensor with requires_grad=True to a scalar may lead to unexpected behavior.\nConsider using tensor.detach() first.",
    );
  }
  return value.item();
}

/** What Python's float() reads: numbers, and text such as "1.5", "nan" and "-inf". */
function floatOf(value: unknown): number {
  if (typeof value !== "string") return Number(value);
  const named = {
    nan: Number.NaN,
    inf: Number.POSITIVE_INFINITY,
    "-inf": Number.NEGATIVE_INFINITY,
  };
  return named[value as keyof typeof named] ?? Number(value);
}

/** Python's truth of a value. Raises RuntimeError for a tensor of several elements. */
export function truth(value: unknown): boolean {
  if (value instanceof torch.Tensor) {
    if (value.numel() !== 1) {
      throw new PythonError(
        "RuntimeError",
        "Boolean value of Tensor with more than one value is ambiguous",
      );
    }
    return Boolean(value.item());
  }
  if (value instanceof PyFloat) return value.value !== 0;
  if (Array.isArray(value)) return value.length > 0;
  return value instanceof Map ? value.size > 0 : Boolean(value);
}

function length(value: unknown): number {
  if (value instanceof torch.Tensor) {
    if (value.ndim === 0) throw new PythonError("TypeError", "len() of a 0-d tensor");
    return value.shape[0];
  }
  if (typeof value === "string" || Array.isArray(value)) return value.length;
  if (value instanceof Map) return value.size;
  const own = (value as { length?: unknown } | null)?.length;
  if (typeof own === "number" && typeof value === "object") return own;
  throw new PythonError("TypeError", `object of type '${typeName(value)}' has no len()`);
}

/** The items of anything that Python iterates over; tensors and loaders iterate themselves. */
export function iterate(value: unknown): Iterable<unknown> {
  const iterator = (value as { [Symbol.iterator]?: unknown } | null)?.[Symbol.iterator];
  if (typeof iterator === "function") return value as Iterable<unknown>;
  throw new PythonError("TypeError", `'${typeName(value)}' object is not iterable`);
}

/**
 * The builtins by name. `print` receives a line for stdout, `warn` a warning that Python's own
 * conversions give.
 */
export function builtins(
  print: (line: string) => void,
  warn: (sentence: string) => void,
): Readonly<Record<string, Builtin>> {
  return {
    print: (...values) => print(values.map(str).join(" ")),
    len: length,
    float: (value = 0) => float(floatOf(oneElement(value, warn))),
    int: (value = 0) => {
      const one = oneElement(value, warn);
      return isInt(one) ? int(BigInt(one)) : int(BigInt(Math.trunc(Number(one))));
    },
    bool: (value = false) => truth(value),
    str: (value = "") => str(value),
    repr,
    list: (value = []) => Array.from(iterate(value)),
    tuple: (value = []) => Tuple.from(iterate(value)),
    range: (...bounds) => torchFunction("range")(...bounds),
    slice: (...bounds) => {
      const [start, stop, step] = bounds.length === 1 ? [null, bounds[0]] : bounds;
      return new Slice(start, stop, step ?? null);
    },
    abs: (value) => {
      if (value instanceof torch.Tensor) return torchFunction("abs")(value);
      return isFloat(value) ? float(Math.abs(Number(value))) : Math.abs(Number(value));
    },
  };
}
