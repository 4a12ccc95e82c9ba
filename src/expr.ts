// Operators for tensors: expr`${a} - ${b}` reads like the Python line and calls the same ops.

import { TypeError } from "./errors";
import { pow as powDouble } from "./float";
import { isScalar, PyFloat, pythonTypeName, type Scalar, scalarKind, scalarValue } from "./scalar";
import { Tensor } from "./tensor";

/** What may stand in an expression. */
export type ExprOperand = Tensor | Scalar;

/** Python's binary operators on tensors. */
export type Operator = "+" | "-" | "*" | "/" | "**" | "@";

function typeName(x: unknown): string {
  return x instanceof Tensor ? "Tensor" : pythonTypeName(x);
}

function unsupported(op: Operator, left: unknown, right: unknown): never {
  const shown = op === "**" ? "** or pow()" : op;
  throw new TypeError(
    `unsupported operand type(s) for ${shown}: '${typeName(left)}' and '${typeName(right)}'`,
    "operands are tensors and numbers",
  );
}

function isOperand(x: unknown): x is ExprOperand {
  return x instanceof Tensor || isScalar(x);
}

/** Tensor first: the op is the tensor's method. */
function withTensor(op: Operator, a: Tensor, b: ExprOperand): Tensor {
  switch (op) {
    case "+":
      return a.add(b);
    case "-":
      return a.sub(b);
    case "*":
      return a.mul(b);
    case "/":
      return a.div(b);
    case "**":
      return a.pow(b);
    default:
      return b instanceof Tensor ? a.matmul(b) : unsupported(op, a, b);
  }
}

/** Number first: Python's reflected operators, with PyTorch's choices of op. */
function reflected(op: Operator, a: Scalar, b: Tensor): Tensor {
  switch (op) {
    case "+":
      return b.add(a);
    case "-":
      return b.rsub(a);
    case "*":
      return b.mul(a);
    case "/":
      return b.reciprocal().mul(a);
    case "**":
      return b.rpow(a);
    default:
      return unsupported(op, a, b);
  }
}

function onNumbers(op: Operator, a: Scalar, b: Scalar): Scalar {
  const [x, y] = [scalarValue(a), scalarValue(b)];
  const isFloat = [a, b].some((s) => scalarKind(s) === "float");
  const typed = (value: number) => (isFloat ? new PyFloat(value) : value);
  switch (op) {
    case "+":
      return typed(x + y);
    case "-":
      return typed(x - y);
    case "*":
      return typed(x * y);
    case "/":
      return new PyFloat(x / y);
    case "**":
      return isFloat || y < 0 ? new PyFloat(powDouble(x, y)) : powDouble(x, y);
    default:
      return unsupported(op, a, b);
  }
}

/**
 * What Python's `left op right` computes, with the same ops and errors.
 * Raises TypeError for operands that are neither tensors nor numbers.
 * @example operate("-", 1, torch.tensor([0.25]))   // tensor([0.7500])
 */
export function operate(op: Operator, left: unknown, right: unknown): Tensor | Scalar {
  if (!isOperand(left) || !isOperand(right)) return unsupported(op, left, right);
  if (left instanceof Tensor) return withTensor(op, left, right);
  return right instanceof Tensor ? reflected(op, left, right) : onNumbers(op, left, right);
}

/** Python's unary minus. */
export function negate(x: ExprOperand): ExprOperand {
  if (x instanceof Tensor) return x.neg();
  const value = -scalarValue(x);
  return scalarKind(x) === "float" ? new PyFloat(value) : value + 0;
}

type Token =
  | { readonly kind: "number"; readonly value: Scalar }
  | { readonly kind: "hole"; readonly at: number }
  | { readonly kind: "symbol"; readonly text: string };

/** A parsed expression: given the interpolated values, its value. */
type Evaluate = (values: readonly ExprOperand[]) => ExprOperand;

const numberPattern = /^(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?/;
const symbolPattern = /^(\*\*|[-+*/@()])/;

function tokenize(text: string, tokens: Token[]): void {
  let rest = text.trimStart();
  while (rest.length > 0) {
    const number = numberPattern.exec(rest)?.[0];
    const symbol = symbolPattern.exec(rest)?.[0];
    if (number !== undefined) {
      const isFloat = /[.eE]/.test(number);
      tokens.push({
        kind: "number",
        value: isFloat ? new PyFloat(Number(number)) : Number(number),
      });
    } else if (symbol !== undefined) {
      tokens.push({ kind: "symbol", text: symbol });
    } else {
      throw new TypeError(
        `expr: unexpected "${rest[0]}"`,
        "an expression holds interpolated values, numbers, parentheses and + - * / ** @",
      );
    }
    rest = rest.slice((number ?? symbol ?? "").length).trimStart();
  }
}

/** Precedence climbing: + −, then * / @, then unary −, then ** (to the right). */
class Parser {
  private at = 0;
  constructor(private readonly tokens: readonly Token[]) {}

  parse(): Evaluate {
    const evaluate = this.sum();
    if (this.at < this.tokens.length) this.fail();
    return evaluate;
  }

  private peek(...symbols: string[]): string | null {
    const token = this.tokens[this.at];
    return token?.kind === "symbol" && symbols.includes(token.text) ? token.text : null;
  }

  private fail(): never {
    const token = this.tokens[this.at];
    const found =
      token === undefined ? "the end" : token.kind === "symbol" ? token.text : "a value";
    throw new TypeError(`expr: did not expect ${found}`, "is an operator or a value missing?");
  }

  private chain(symbols: string[], operand: () => Evaluate): Evaluate {
    let left = operand();
    for (let op = this.peek(...symbols); op !== null; op = this.peek(...symbols)) {
      this.at++;
      left = binary(op as Operator, left, operand());
    }
    return left;
  }

  private sum(): Evaluate {
    return this.chain(["+", "-"], () => this.product());
  }

  private product(): Evaluate {
    return this.chain(["*", "/", "@"], () => this.unary());
  }

  private unary(): Evaluate {
    const sign = this.peek("+", "-");
    if (sign === null) return this.power();
    this.at++;
    const operand = this.unary();
    return sign === "-" ? (values) => negate(operand(values)) : operand;
  }

  private power(): Evaluate {
    const base = this.atom();
    if (this.peek("**") === null) return base;
    this.at++;
    return binary("**", base, this.unary());
  }

  private atom(): Evaluate {
    const token = this.tokens[this.at];
    if (token?.kind === "number") {
      this.at++;
      return () => token.value;
    }
    if (token?.kind === "hole") {
      this.at++;
      return (values) => values[token.at];
    }
    if (this.peek("(") === null) this.fail();
    this.at++;
    const inner = this.sum();
    if (this.peek(")") === null) this.fail();
    this.at++;
    return inner;
  }
}

function binary(op: Operator, left: Evaluate, right: Evaluate): Evaluate {
  return (values) => operate(op, left(values), right(values));
}

// The strings of a tagged template are one object for each place in the code: parsed once.
const parsed = new WeakMap<TemplateStringsArray, Evaluate>();

function parse(strings: TemplateStringsArray): Evaluate {
  let evaluate = parsed.get(strings);
  if (evaluate === undefined) {
    const tokens: Token[] = [];
    strings.forEach((text, i) => {
      if (i > 0) tokens.push({ kind: "hole", at: i - 1 });
      tokenize(text, tokens);
    });
    evaluate = new Parser(tokens).parse();
    parsed.set(strings, evaluate);
  }
  return evaluate;
}

/**
 * An expression on tensors with Python's operators and precedences: `+ - * / ** @`, unary minus,
 * parentheses, numbers (`2.0` and `1e-7` are floats). Values are interpolated, at least one of
 * them a tensor. Raises TypeError for anything else.
 * @example
 * const a = torch.tensor([[1.5, 2.5]]);
 * const b = torch.tensor([[0.5], [1]]);
 * expr`${a} - ${b}`
 * // tensor([[1.0000, 2.0000],
 * //         [0.5000, 1.5000]])
 * @example expr`1 / (1 + ${torch.tensor([1.0, 3.0])})`   // tensor([0.5000, 0.2500])
 */
export function expr(strings: TemplateStringsArray, ...values: ExprOperand[]): Tensor {
  const evaluate = parse(strings);
  let hasTensor = false;
  for (let i = 0; i < values.length; i++) {
    const value: unknown = values[i];
    if (value instanceof Tensor) hasTensor = true;
    else if (!isScalar(value)) {
      throw new TypeError(
        `expr: \${…} number ${i + 1} is a ${typeName(value)}, not a tensor or a number`,
        "interpolate tensors and numbers only",
      );
    }
  }
  if (!hasTensor) {
    throw new TypeError("expr needs at least one tensor", "plain numbers need no expr");
  }
  return evaluate(values) as Tensor;
}
