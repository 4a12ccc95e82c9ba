// Python text → tree, by @lezer/python's parser.

import { parser } from "@lezer/python";
import type { Argument, Expression, FormatString, Statement, Target } from "./ast";
import { ELLIPSIS, float, int, UnsupportedCode } from "./values";

const COMPARISON = /^([<>]=?|[=!]=|is|is not)$/;
const OPERATORS: ReadonlySet<string> = new Set(
  "+,-,*,/,//,%,**,@,&,|,^,==,!=,<,<=,>,>=,is,is not,and,or".split(","),
);

type Node = ReturnType<typeof parser.parse>["topNode"];

/**
 * `1.` and `1.e5` as `1.0` and `1.0e5`, which the parser knows; strings are left alone.
 * @example spellOutFloats("torch.arange(5.)")   // "torch.arange(5.0)"
 */
export function spellOutFloats(code: string): string {
  const strings = /("""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')/;
  return code
    .split(strings)
    .map((piece, k) =>
      k % 2 === 1 ? piece : piece.replace(/(?<![\w.])(\d+)\.(?!\d|[A-Za-df-z_])/g, "$1.0"),
    )
    .join("");
}

/** Parse a few statements, separated by lines or semicolons. */
export function parse(code: string): Statement[] {
  const text = spellOutFloats(code);
  return new Reader(text).statements(parser.parse(text).topNode);
}

/** Walks the parser's nodes; every method turns one kind of node into a part of the tree. */
class Reader {
  constructor(private readonly text: string) {}

  private textOf(node: Node): string {
    return this.text.slice(node.from, node.to);
  }

  private unsupported(node: Node): never {
    throw new UnsupportedCode(`${node.name} in: ${this.textOf(node) || this.text}`);
  }

  /** All children but comments; a hole that the parser mended is an error. */
  private children(node: Node): Node[] {
    const found: Node[] = [];
    for (let child = node.firstChild; child; child = child.nextSibling) {
      if (child.type.isError) this.unsupported(node);
      if (child.name !== "Comment") found.push(child);
    }
    return found;
  }

  statements(node: Node): Statement[] {
    return this.children(node).flatMap((child) => this.statement(child));
  }

  private statement(node: Node): Statement[] {
    const parts = this.children(node);
    switch (node.name) {
      case ";":
      case ":":
        return [];
      case "StatementGroup":
        return this.statements(node);
      case "PassStatement":
        return [{ kind: "pass" }];
      case "ExpressionStatement":
        return [{ kind: "expression", value: this.listed(parts) }];
      case "AssignStatement":
        return [this.assignment(node, parts)];
      case "UpdateStatement": {
        const [target, op, ...value] = parts;
        return [
          {
            kind: "update",
            target: this.target([target]),
            op: this.textOf(op).slice(0, -1),
            value: this.listed(value),
          },
        ];
      }
      case "WithStatement": {
        const [, context, body] = parts;
        if (body?.name !== "Body") this.unsupported(node);
        return [{ kind: "with", context: this.expression(context), body: this.statements(body) }];
      }
      case "ForStatement": {
        const body = parts[parts.length - 1];
        const middle = parts.findIndex((part) => part.name === "in");
        if (body?.name !== "Body" || middle < 0) this.unsupported(node);
        return [
          {
            kind: "for",
            target: this.target(parts.slice(1, middle)),
            iterable: this.listed(parts.slice(middle + 1, -1)),
            body: this.statements(body),
          },
        ];
      }
      case "ImportStatement":
        return this.imports(node);
      default:
        return this.unsupported(node);
    }
  }

  private assignment(node: Node, parts: Node[]): Statement {
    if (parts.some((part) => part.name === "TypeDef")) this.unsupported(node);
    const sides: Node[][] = [[]];
    for (const part of parts) {
      if (part.name === "AssignOp") sides.push([]);
      else sides[sides.length - 1].push(part);
    }
    const value = sides.pop() as Node[];
    return {
      kind: "assign",
      targets: sides.map((side) => this.target(side)),
      value: this.listed(value),
    };
  }

  /** Comma-separated expressions without brackets: one value, or a tuple. */
  private listed(parts: Node[]): Expression {
    if (parts.length === 1) return this.expression(parts[0]);
    return { kind: "tuple", items: this.items(parts) };
  }

  private target(parts: Node[]): Target {
    const found = this.listed(parts);
    if (found.kind === "name" || found.kind === "attribute" || found.kind === "subscript") {
      return found;
    }
    return found.kind === "tuple" || found.kind === "list" ? found : this.unsupported(parts[0]);
  }

  private imports(node: Node): Statement[] {
    const source = this.textOf(node).replace(/\s+/g, " ");
    const pair = (clause: string) => {
      const [name, binding] = clause.trim().split(" as ");
      return { name, binding };
    };
    const from = /^from ([\w.]+) import ([\w ,]+)$/.exec(source);
    if (from) {
      const names = from[2].split(",").map(pair);
      return [
        {
          kind: "from",
          path: from[1],
          names: names.map(({ name, binding }) => ({ name, binding: binding ?? name })),
        },
      ];
    }
    const plain = /^import ([\w ,.]+)$/.exec(source);
    if (!plain) this.unsupported(node);
    return plain[1].split(",").map((clause) => {
      const { name, binding } = pair(clause);
      // `import a.b` binds a, `import a.b as c` binds c to a.b.
      const first = name.split(".")[0];
      return { kind: "import", path: binding ? name : first, binding: binding ?? first };
    });
  }

  /** Expressions between commas; brackets are skipped. */
  private items(parts: Node[]): Expression[] {
    const found: Expression[] = [];
    for (let k = 0; k < parts.length; k++) {
      if (/^[[\](){},]$/.test(parts[k].name)) continue;
      if (parts[k].name === "*") {
        found.push({ kind: "starred", value: this.expression(parts[++k]) });
      } else {
        found.push(this.expression(parts[k]));
      }
    }
    return found;
  }

  private expression(node: Node): Expression {
    const parts = this.children(node);
    switch (node.name) {
      case "Number":
        return { kind: "literal", value: readNumber(this.textOf(node)) };
      case "String":
        return { kind: "literal", value: readString(this.textOf(node)) };
      case "ContinuedString": {
        const pieces = parts.map((part) => this.expression(part));
        return {
          kind: "format",
          parts: pieces.flatMap((p) =>
            p.kind === "format" ? p.parts : [(p as { value: unknown }).value as string],
          ),
        };
      }
      case "FormatString":
        return this.formatString(node, parts);
      case "Boolean":
        return { kind: "literal", value: this.textOf(node) === "True" };
      case "None":
        return { kind: "literal", value: null };
      case "Ellipsis":
        return { kind: "literal", value: ELLIPSIS };
      case "VariableName":
        return { kind: "name", id: this.textOf(node) };
      case "ParenthesizedExpression":
        return this.expression(parts[1]);
      case "TupleExpression":
        return { kind: "tuple", items: this.items(parts) };
      case "ArrayExpression":
        return { kind: "list", items: this.items(parts) };
      case "DictionaryExpression":
        return this.dictionary(parts);
      case "MemberExpression":
        return this.member(parts);
      case "CallExpression":
        return {
          kind: "call",
          callee: this.expression(parts[0]),
          args: this.args(this.children(parts[1])),
        };
      case "UnaryExpression":
        // The parser binds `not` looser than `and`, Python tighter.
        if (parts[0].name === "not" && parts[1].name === "BinaryExpression") {
          const op = this.textOf(this.children(parts[1])[1]);
          if (op === "and" || op === "or") this.unsupported(node);
        }
        return {
          kind: "unary",
          op: this.textOf(parts[0]),
          operand: this.expression(parts[1]),
        };
      case "BinaryExpression": {
        const op = parts.slice(1, -1).map((part) => this.textOf(part));
        return this.binary(node, op.join(" "), parts[0], parts[parts.length - 1]);
      }
      case "ConditionalExpression":
        return {
          kind: "conditional",
          yes: this.expression(parts[0]),
          test: this.expression(parts[2]),
          no: this.expression(parts[4]),
        };
      default:
        return this.unsupported(node);
    }
  }

  private binary(node: Node, op: string, left: Node, right: Node): Expression {
    // Python reads a < b < c as a < b and b < c.
    const isChain = left.name === "BinaryExpression" && COMPARISON.test(op);
    if (!OPERATORS.has(op) || (isChain && COMPARISON.test(this.textOf(this.children(left)[1])))) {
      this.unsupported(node);
    }
    return { kind: "binary", op, left: this.expression(left), right: this.expression(right) };
  }

  private member(parts: Node[]): Expression {
    const object = this.expression(parts[0]);
    if (parts[1].name === ".") return { kind: "attribute", object, name: this.textOf(parts[2]) };
    const keys: Node[][] = [[]];
    const inside = parts.slice(2, -1);
    for (const part of inside) {
      if (part.name === ",") keys.push([]);
      else keys[keys.length - 1].push(part);
    }
    const isTuple = keys.length > 1;
    if (isTuple && keys[keys.length - 1].length === 0) keys.pop();
    const read = keys.map((key) => this.key(key));
    return {
      kind: "subscript",
      object,
      key: isTuple ? { kind: "tuple", items: read } : read[0],
    };
  }

  /** One key of a subscript: an expression, or a slice when it holds a colon. */
  private key(parts: Node[]): Expression {
    if (!parts.some((part) => part.name === ":")) {
      return parts.length === 1 ? this.expression(parts[0]) : this.unsupported(parts[0]);
    }
    const bounds: (Expression | null)[] = [null];
    for (const part of parts) {
      if (part.name === ":") bounds.push(null);
      else bounds[bounds.length - 1] = this.expression(part);
    }
    const [start, stop, step] = bounds;
    return { kind: "slice", start, stop, step: step ?? null };
  }

  private args(parts: Node[]): Argument[] {
    const found: Argument[] = [];
    for (let k = 0; k < parts.length; k++) {
      const part = parts[k];
      if (/^[(),]$/.test(part.name)) continue;
      const starred = part.name === "*" || part.name === "**";
      const isKeyword = parts[k + 1]?.name === "AssignOp";
      if (starred) k += 1;
      else if (isKeyword) k += 2;
      found.push({
        keyword: isKeyword ? this.textOf(part) : null,
        starred,
        value: this.expression(parts[k]),
      });
    }
    return found;
  }

  private dictionary(parts: Node[]): Expression {
    const inside = parts.filter((part) => !/^[{}:,]$/.test(part.name));
    const entries: [Expression, Expression][] = [];
    for (let k = 0; k < inside.length; k += 2) {
      entries.push([this.expression(inside[k]), this.expression(inside[k + 1])]);
    }
    return { kind: "dictionary", entries };
  }

  private formatString(node: Node, fields: Node[]): Expression {
    const source = this.textOf(node);
    const open = /^[fF]("""|'''|"|')/.exec(source);
    if (!open) this.unsupported(node);
    const parts: FormatString["parts"] = [];
    const text = (from: number, to: number) => {
      const piece = this.text.slice(from, to).replace(/\{\{/g, "{").replace(/\}\}/g, "}");
      if (piece) parts.push(readEscapes(piece));
    };
    let position = node.from + open[0].length;
    for (const field of fields) {
      text(position, field.from);
      const inside = this.children(field);
      const conversion = inside.find((part) => part.name === "FormatConversion");
      const spec = inside.find((part) => part.name === "FormatSpec");
      parts.push({
        value: this.expression(inside[1]),
        conversion: conversion ? this.textOf(conversion).slice(1) : "",
        spec: spec ? this.textOf(spec).slice(1) : "",
      });
      position = field.to;
    }
    text(position, node.to - open[1].length);
    return { kind: "format", parts };
  }
}

function readNumber(text: string): unknown {
  const digits = text.replace(/_/g, "");
  return /^(\d+|0[xXoObB][\da-fA-F]+)$/.test(digits) ? int(BigInt(digits)) : float(Number(digits));
}

function readString(text: string): string {
  const open = /^([rR]?)("""|'''|"|')/.exec(text);
  if (!open) throw new UnsupportedCode(`string ${text}`);
  const inside = text.slice(open[0].length, -open[2].length);
  return open[1] ? inside : readEscapes(inside);
}

const ESCAPES: Record<string, string> = { n: "\n", t: "\t", "\n": "" };

function readEscapes(text: string): string {
  return text.replace(/\\([\s\S])/g, (_all, c: string) => ESCAPES[c] ?? c);
}
