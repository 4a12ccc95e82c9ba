// The part of Python that the golden cases are written in, as a tree without punctuation.

/** A literal number, string, True, False, None or `...`. */
export interface Literal {
  kind: "literal";
  value: unknown;
}
export interface Name {
  kind: "name";
  id: string;
}
export interface Attribute {
  kind: "attribute";
  object: Expression;
  name: string;
}
export interface Subscript {
  kind: "subscript";
  object: Expression;
  key: Expression;
}
/** `start:stop:step`, which stands only inside a subscript. */
export interface SliceKey {
  kind: "slice";
  start: Expression | null;
  stop: Expression | null;
  step: Expression | null;
}
/** One argument of a call: positional, `name=value`, `*value`, or `**value` of a dictionary. */
export interface Argument {
  keyword: string | null;
  starred: boolean;
  value: Expression;
}
export interface Call {
  kind: "call";
  callee: Expression;
  args: Argument[];
}
export interface Unary {
  kind: "unary";
  op: string;
  operand: Expression;
}
export interface Binary {
  kind: "binary";
  op: string;
  left: Expression;
  right: Expression;
}
export interface Conditional {
  kind: "conditional";
  test: Expression;
  yes: Expression;
  no: Expression;
}
export interface Sequence {
  kind: "tuple" | "list";
  items: Expression[];
}
/** `*value` among the items of a list or tuple. */
export interface Starred {
  kind: "starred";
  value: Expression;
}
export interface Dictionary {
  kind: "dictionary";
  entries: [Expression, Expression][];
}
/** An f-string: pieces of text and replacement fields. */
export interface FormatString {
  kind: "format";
  parts: (string | { value: Expression; conversion: string; spec: string })[];
}
export type Expression =
  | Literal
  | Name
  | Attribute
  | Subscript
  | SliceKey
  | Call
  | Unary
  | Binary
  | Conditional
  | Sequence
  | Starred
  | Dictionary
  | FormatString;

/** What may stand left of `=`. */
export type Target = Name | Attribute | Subscript | Sequence;

export type Statement =
  | { kind: "expression"; value: Expression }
  | { kind: "assign"; targets: Target[]; value: Expression }
  | { kind: "update"; target: Target; op: string; value: Expression }
  | { kind: "with"; context: Expression; body: Statement[] }
  | { kind: "for"; target: Target; iterable: Expression; body: Statement[] }
  | { kind: "import"; path: string; binding: string }
  | { kind: "from"; path: string; names: { name: string; binding: string }[] }
  | { kind: "pass" };
