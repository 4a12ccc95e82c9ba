// Python's operators: numbers are computed here, tensors by the library.

import { negate, operate } from "../../../src/expr";
import { PyFloat } from "../../../src/scalar";
import { torch, torchFunction } from "./modules";
import { percent } from "./text";
import { float, int, isFloat, isInt, PythonError, typeName, UnsupportedCode } from "./values";

/** Operators that the library offers as functions only. */
const FUNCTIONS: Readonly<Record<string, string>> = {
  "//": "floor_divide",
  "%": "remainder",
  "&": "bitwise_and",
  "|": "bitwise_or",
  "^": "bitwise_xor",
};

/** Comparisons: the function when the tensor stands left, and when it stands right. */
const COMPARISONS: Readonly<Record<string, readonly [string, string]>> = {
  "==": ["eq", "eq"],
  "!=": ["ne", "ne"],
  "<": ["lt", "gt"],
  "<=": ["le", "ge"],
  ">": ["gt", "lt"],
  ">=": ["ge", "le"],
};

/** The in-place method behind `+=` and its relatives. */
export const IN_PLACE: Readonly<Record<string, string>> = {
  "+": "add_",
  "-": "sub_",
  "*": "mul_",
  "/": "div_",
  "**": "pow_",
  "//": "floor_divide_",
  "%": "remainder_",
  "&": "bitwise_and_",
  "|": "bitwise_or_",
  "^": "bitwise_xor_",
};

const isTensor = (value: unknown): boolean => value instanceof torch.Tensor;
const isNumber = (value: unknown): boolean => isInt(value) || isFloat(value);

/** `left op right` for the arithmetic, bitwise, comparison and identity operators. */
export function binary(op: string, left: unknown, right: unknown): unknown {
  if (op === "is") return left === right;
  if (op === "is not") return left !== right;
  if (op in COMPARISONS) return compare(op, left, right);
  if (isTensor(left) || (isTensor(right) && typeof left !== "string")) {
    if (op in FUNCTIONS) return torchFunction(FUNCTIONS[op])(left, right);
    type Operate = (op: string, left: unknown, right: unknown) => unknown;
    return (operate as Operate)(op, left, right);
  }
  if (op === "%" && typeof left === "string") return percent(left, right);
  if (op === "+" && typeof left === "string") {
    if (typeof right === "string") return left + right;
    const sentence = `can only concatenate str (not "${typeName(right)}") to str`;
    throw new PythonError("TypeError", sentence);
  }
  if (op === "+" && Array.isArray(left) && Array.isArray(right)) return left.concat(right);
  if (!isNumber(left) || !isNumber(right)) {
    throw new PythonError(
      "TypeError",
      `unsupported operand type(s) for ${op}: '${typeName(left)}' and '${typeName(right)}'`,
    );
  }
  return arithmetic(op, left, right);
}

function compare(op: string, left: unknown, right: unknown): unknown {
  const [forward, reflected] = COMPARISONS[op];
  if (isTensor(left)) return torchFunction(forward)(left, right);
  if (isTensor(right)) return torchFunction(reflected)(right, left);
  const [a, b] = [left, right].map((v) => (v instanceof PyFloat ? v.value : v)) as [number, number];
  switch (op) {
    case "==":
      return a === b;
    case "!=":
      return a !== b;
    case "<":
      return a < b;
    case "<=":
      return a <= b;
    case ">":
      return a > b;
    default:
      return a >= b;
  }
}

function arithmetic(op: string, left: unknown, right: unknown): unknown {
  if (isInt(left) && isInt(right)) {
    const exact = integers(op, BigInt(left), BigInt(right));
    if (exact !== null) return int(exact);
  }
  const [a, b] = [Number(left), Number(right)];
  if (b === 0 && (op === "/" || op === "//" || op === "%")) {
    throw new PythonError("ZeroDivisionError", op === "/" ? "division by zero" : "modulo by zero");
  }
  switch (op) {
    case "+":
      return float(a + b);
    case "-":
      return float(a - b);
    case "*":
      return float(a * b);
    case "/":
      return float(a / b);
    case "//":
      return float(Math.floor(a / b));
    case "%":
      return float(a - Math.floor(a / b) * b);
    case "**":
      return float(a ** b);
    default:
      throw new UnsupportedCode(`operator ${op}`);
  }
}

/** Integer results of any size; null where Python goes over to floats. */
function integers(op: string, a: bigint, b: bigint): bigint | null {
  switch (op) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "**":
      return b < 0n ? null : a ** b;
    case "//":
    case "%": {
      if (b === 0n) return null;
      const rest = ((a % b) + b) % b;
      return op === "%" ? rest : (a - rest) / b;
    }
    case "&":
      return a & b;
    case "|":
      return a | b;
    case "^":
      return a ^ b;
    default:
      return null;
  }
}

/** `-x`, `+x`, `~x`. */
export function unary(op: string, operand: unknown): unknown {
  if (isTensor(operand)) {
    if (op === "~") return torchFunction("bitwise_not")(operand);
    return op === "-" ? (negate as (x: unknown) => unknown)(operand) : operand;
  }
  if (op === "-" && isFloat(operand)) return float(-Number(operand));
  if (op === "-" && isInt(operand)) return int(-BigInt(operand));
  if (op === "~" && isInt(operand)) return int(~BigInt(operand));
  if (op === "+" && isNumber(operand)) return operand;
  throw new PythonError("TypeError", `bad operand type for unary ${op}: '${typeName(operand)}'`);
}
