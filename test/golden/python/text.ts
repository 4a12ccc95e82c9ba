// What Python's str, repr, % and f-strings make of a value.

import { inspect } from "node:util";
import { floatRepr, format } from "../../../src/format";
import { PyFloat } from "../../../src/scalar";
import { torch } from "./modules";
import { ELLIPSIS, isFloat, Tuple, UnsupportedCode } from "./values";

/** Python's repr(value); objects of the library print themselves. */
export function repr(value: unknown): string {
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (isFloat(value)) return floatRepr(Number(value));
  if (typeof value === "string") {
    const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
    return `${quote}${value.replaceAll("\\", "\\\\").replaceAll("\n", "\\n")}${quote}`;
  }
  if (value === ELLIPSIS) return "Ellipsis";
  if (value instanceof Tuple) {
    return `(${value.map(repr).join(", ")}${value.length === 1 ? "," : ""})`;
  }
  if (Array.isArray(value) && Object.getPrototypeOf(value) === Array.prototype) {
    return `[${value.map(repr).join(", ")}]`;
  }
  if (value instanceof Map) {
    return `{${[...value].map(([k, v]) => `${repr(k)}: ${repr(v)}`).join(", ")}}`;
  }
  return typeof value === "object" ? inspect(value) : String(value);
}

/** Python's str(value), and what print() shows. */
export function str(value: unknown): string {
  return typeof value === "string" ? value : repr(value);
}

/** A value as the library's `format` takes it. */
function formattable(value: unknown): Parameters<typeof format>[1] {
  const plain = value instanceof PyFloat ? value.value : value;
  return plain as Parameters<typeof format>[1];
}

/** `template % values`, by the library's own `format`. */
export function percent(template: string, values: unknown): string {
  const list = values instanceof Tuple ? [...values] : [values];
  return format(template, ...list.map(formattable));
}

/** One replacement field of an f-string: `{value!conversion:spec}`. */
export function field(value: unknown, conversion: string, spec: string): string {
  if (conversion === "r") return repr(value);
  if (spec === "") return value instanceof torch.Tensor ? `${value}` : str(value);
  if (!/^[-+ 0]*\d*(\.\d+)?[defg]$/.test(spec)) throw new UnsupportedCode(`format spec ${spec}`);
  return format(`%${spec}`, formattable(value));
}
