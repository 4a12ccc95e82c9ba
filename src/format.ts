// Python's number formats: exact decimal rounding (half to even on the exact binary value),
// which JavaScript's own toFixed does not do (0.8125 → 0.813 there, 0.812 in Python).

import { TypeError, ValueError } from "./errors";
import { isScalar, PyFloat, pythonTypeName, type Scalar } from "./scalar";

const bits = new BigUint64Array(1);
const double = new Float64Array(bits.buffer);

interface Exact {
  negative: boolean;
  mantissa: bigint;
  exponent: number;
}

/** x = ±mantissa · 2^exponent, exactly. */
function decompose(x: number): Exact {
  double[0] = x;
  const word = bits[0];
  const biased = Number((word >> 52n) & 0x7ffn);
  const fraction = word & 0xfffffffffffffn;
  return {
    negative: word >> 63n === 1n,
    mantissa: biased === 0 ? fraction : fraction | 0x10000000000000n,
    exponent: Math.max(biased, 1) - 1075,
  };
}

function divideHalfEven(n: bigint, d: bigint): bigint {
  const q = n / d;
  const twice = (n % d) * 2n;
  return twice > d || (twice === d && q & 1n) ? q + 1n : q;
}

function nonFinite(x: number): string {
  return Number.isNaN(x) ? "nan" : x < 0 ? "-inf" : "inf";
}

/** Python's `%.{digits}f`. */
export function formatFixed(x: number, digits: number): string {
  if (!Number.isFinite(x)) return nonFinite(x);
  const { negative, mantissa, exponent } = decompose(x);
  const ten = 10n ** BigInt(digits);
  const scaled =
    exponent >= 0
      ? (mantissa << BigInt(exponent)) * ten
      : divideHalfEven(mantissa * ten, 1n << BigInt(-exponent));
  let text = scaled.toString();
  if (digits > 0) {
    text = text.padStart(digits + 1, "0");
    text = `${text.slice(0, -digits)}.${text.slice(-digits)}`;
  }
  return negative ? `-${text}` : text;
}

function exponentText(k: number): string {
  return `e${k < 0 ? "-" : "+"}${String(Math.abs(k)).padStart(2, "0")}`;
}

/** The digits of |x| rounded to `count` significant ones, and the decimal exponent of the first. */
function significantDigits(x: number, count: number): { digits: string; exponent: number } {
  const { mantissa, exponent } = decompose(x);
  if (mantissa === 0n) return { digits: "0".repeat(count), exponent: 0 };
  let k = Math.floor(Math.log10(Math.abs(x)));
  for (;;) {
    const shift = count - 1 - k;
    const n =
      mantissa *
      (exponent > 0 ? 1n << BigInt(exponent) : 1n) *
      (shift > 0 ? 10n ** BigInt(shift) : 1n);
    const d =
      (exponent < 0 ? 1n << BigInt(-exponent) : 1n) * (shift < 0 ? 10n ** BigInt(-shift) : 1n);
    if (n >= d * 10n ** BigInt(count)) {
      k++;
    } else if (n < d * 10n ** BigInt(count - 1)) {
      k--;
    } else {
      const q = divideHalfEven(n, d);
      const carried = q >= 10n ** BigInt(count);
      return { digits: (carried ? q / 10n : q).toString(), exponent: carried ? k + 1 : k };
    }
  }
}

/** Python's `%.{digits}e`. */
export function formatExponential(x: number, digits: number): string {
  if (!Number.isFinite(x)) return nonFinite(x);
  const { digits: d, exponent } = significantDigits(x, digits + 1);
  const sign = decompose(x).negative ? "-" : "";
  return `${sign}${d[0]}${digits > 0 ? `.${d.slice(1)}` : ""}${exponentText(exponent)}`;
}

/** Python's `%.{digits}g`: significant digits, trailing zeros dropped. */
export function formatGeneral(x: number, digits: number): string {
  if (!Number.isFinite(x)) return nonFinite(x);
  const count = Math.max(digits, 1);
  const { digits: d, exponent } = significantDigits(x, count);
  const strip = (text: string) => (text.includes(".") ? text.replace(/\.?0*$/, "") : text);
  const sign = decompose(x).negative ? "-" : "";
  if (exponent < -4 || exponent >= count) {
    return sign + strip(`${d[0]}.${d.slice(1)}`) + exponentText(exponent);
  }
  if (exponent < 0) return sign + strip(`0.${"0".repeat(-exponent - 1)}${d}`);
  return sign + strip(`${d.slice(0, exponent + 1)}.${d.slice(exponent + 1)}`);
}

/**
 * Python's repr of a float: the shortest digits that read back to the same double.
 * @example floatRepr(0.1)   // 0.1
 * @example floatRepr(1e16)   // 1e+16
 */
export function floatRepr(x: number): string {
  if (!Number.isFinite(x)) return nonFinite(x);
  if (x === 0) return Object.is(x, -0) ? "-0.0" : "0.0";
  const [mantissa, power] = Math.abs(x).toExponential().split("e");
  const k = Number(power);
  const digits = mantissa.replace(".", "");
  const sign = x < 0 ? "-" : "";
  if (k < -4 || k >= 16) {
    return `${sign}${digits[0]}${digits.length > 1 ? `.${digits.slice(1)}` : ""}${exponentText(k)}`;
  }
  if (k < 0) return `${sign}0.${"0".repeat(-k - 1)}${digits}`;
  if (digits.length <= k + 1) return `${sign}${digits.padEnd(k + 1, "0")}.0`;
  return `${sign}${digits.slice(0, k + 1)}.${digits.slice(k + 1)}`;
}

/** A value that a format may be given: Python's numbers and strings, or a one-element tensor. */
export type Formattable = Scalar | string | { item(): number | boolean };

const directive = /%([-+ 0#]*)(\d+)?(?:\.(\d+))?(.?)/gsu;
const kinds = "diouxXeEfFgGcrs%";

function isTensorLike(value: unknown): value is { item(): number | boolean } {
  const item = (value as { item?: unknown } | null | undefined)?.item;
  return typeof value === "object" && typeof item === "function";
}

function asNumber(value: Formattable, kind: string): number {
  if (isScalar(value)) return scalarNumber(value);
  if (isTensorLike(value)) return Number(value.item());
  const type = pythonTypeName(value);
  throw new TypeError(
    kind === "d"
      ? `%d format: a real number is required, not ${type}`
      : kind === "x" || kind === "o"
        ? `%${kind} format: an integer is required, not ${type}`
        : `must be real number, not ${type}`,
    "a number, or a tensor of one element",
  );
}

function scalarNumber(value: Scalar): number {
  return typeof value === "object" ? value.value : Number(value);
}

/** A number for %x and %o, which take no floats. */
function asWhole(value: Formattable, kind: string): bigint {
  if (typeof value === "bigint") return value;
  const n = asNumber(value, kind);
  if (!Number.isInteger(n) || value instanceof PyFloat) {
    throw new TypeError(`%${kind} format: an integer is required, not float`);
  }
  return BigInt(n);
}

/** One letter, or the letter with this number. */
function asLetter(value: Formattable): string {
  if (typeof value === "string" && [...value].length === 1) return value;
  if (typeof value === "number" && Number.isInteger(value)) return String.fromCodePoint(value);
  throw new TypeError("%c requires int or char");
}

/** Python's repr of a text without control characters. */
function quoted(text: string): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  return mark + text.replaceAll("\\", "\\\\").replaceAll(mark, `\\${mark}`) + mark;
}

function asText(value: Formattable): string {
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number" && !Number.isInteger(value)) return floatRepr(value);
  if (value instanceof PyFloat) return floatRepr(value.value);
  return String(value);
}

function convert(kind: string, digits: number | undefined, value: Formattable): string {
  switch (kind) {
    case "d":
    case "i":
    case "u": {
      if (typeof value === "bigint") return value.toString();
      const n = asNumber(value, "d");
      if (!Number.isFinite(n))
        throw new ValueError(
          `cannot convert float ${Number.isNaN(n) ? "NaN" : "infinity"} to integer`,
        );
      return BigInt(Math.trunc(n)).toString();
    }
    case "e":
      return formatExponential(asNumber(value, kind), digits ?? 6);
    case "f":
      return formatFixed(asNumber(value, kind), digits ?? 6);
    case "g":
      return formatGeneral(asNumber(value, kind), digits ?? 6);
    case "x":
      return asWhole(value, kind).toString(16);
    case "o":
      return asWhole(value, kind).toString(8);
    case "c":
      return asLetter(value);
    default: {
      const text = kind === "r" && typeof value === "string" ? quoted(value) : asText(value);
      return digits === undefined ? text : [...text].slice(0, digits).join("");
    }
  }
}

function pad(text: string, flags: string, width: number, isNumber: boolean): string {
  let signed = text;
  if (isNumber && !text.startsWith("-")) {
    if (flags.includes("+")) signed = `+${text}`;
    else if (flags.includes(" ")) signed = ` ${text}`;
  }
  if (flags.includes("-")) return signed.padEnd(width);
  if (!flags.includes("0") || !isNumber) return signed.padStart(width);
  const sign = /^[-+ ]/.exec(signed)?.[0] ?? "";
  return sign + signed.slice(sign.length).padStart(width - sign.length, "0");
}

/**
 * Python's `template % values`: `%d %i %f %e %g %s %r %x %%` with flags, width and precision.
 * Numbers round half to even on their exact binary value, as Python's do. One-element tensors
 * count as their item. Raises TypeError when values are missing, left over or not numbers.
 * @example
 * format("epoch: %d loss:%.5f acc: %.3f", 1, 0.711311, 0.8125);
 * // epoch: 1 loss:0.71131 acc: 0.812
 */
export function format(template: string, ...values: Formattable[]): string {
  let used = 0;
  const text = template.replace(directive, (all, flags, width, digits, kind, at) => {
    if (kind === "%") return "%";
    if (kind === "") throw new ValueError("incomplete format");
    if (!kinds.includes(kind)) {
      const code = (kind.codePointAt(0) as number).toString(16);
      throw new ValueError(
        `unsupported format character '${kind}' (0x${code}) at index ${at + all.length - kind.length}`,
        `one of ${kinds} ends a directive`,
      );
    }
    if (used >= values.length) throw new TypeError("not enough arguments for format string");
    const lower = kind === "i" || kind === "u" ? "d" : kind.toLowerCase();
    const converted = convert(
      lower,
      digits === undefined ? undefined : Number(digits),
      values[used++],
    );
    const cased =
      kind === lower || kind === "i" || kind === "u" ? converted : converted.toUpperCase();
    return pad(cased, flags, Number(width ?? 0), !"src".includes(lower));
  });
  if (used < values.length) {
    throw new TypeError("not all arguments converted during string formatting");
  }
  return text;
}
