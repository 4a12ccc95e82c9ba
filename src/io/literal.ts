// The Python literal at the head of a .npy file, read without evaluating anything.

/** What the literal may consist of; numbers stay as they are written, since they may be huge. */
export type Literal =
  | { readonly kind: "str"; readonly value: string }
  | { readonly kind: "bool"; readonly value: boolean }
  | { readonly kind: "int" | "other"; readonly text: string }
  | { readonly kind: "tuple" | "list"; readonly items: readonly Literal[] }
  | { readonly kind: "dict"; readonly items: readonly (readonly [Literal, Literal])[] };

/** Deeper than any header that NumPy writes. */
const deepest = 16;
const token = /\s*(?:('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")|([\w.+-]+)|([[\](){}:,]))/y;

class Reader {
  private next: { text: string; isString: boolean } | null = null;
  constructor(private readonly text: string) {
    token.lastIndex = 0;
    this.step();
  }

  /** The next piece, which is looked at but not taken. */
  get peek(): string {
    return this.next?.text ?? "";
  }

  step(): { text: string; isString: boolean } {
    const taken = this.next;
    const at = token.lastIndex;
    const match = token.exec(this.text);
    if (match === null && this.text.slice(at).trim() !== "") throw new SyntaxError();
    if (match === null) token.lastIndex = this.text.length;
    this.next = match && {
      text: match[1] ?? match[2] ?? match[3],
      isString: match[1] !== undefined,
    };
    return taken ?? { text: "", isString: false };
  }

  take(wanted: string): void {
    if (this.step().text !== wanted) throw new SyntaxError();
  }
}

function itemsUntil<T>(reader: Reader, end: string, item: () => T): { items: T[]; commas: number } {
  const items: T[] = [];
  let commas = 0;
  while (reader.peek !== end) {
    items.push(item());
    if (reader.peek === end) break;
    reader.take(",");
    commas++;
  }
  reader.take(end);
  return { items, commas };
}

function readValue(reader: Reader, depth: number): Literal {
  if (depth > deepest) throw new SyntaxError();
  const { text, isString } = reader.step();
  const inner = () => readValue(reader, depth + 1);
  if (isString) return { kind: "str", value: text.slice(1, -1) };
  if (text === "True" || text === "False") return { kind: "bool", value: text === "True" };
  if (/^[+-]?\d+L?$/.test(text)) return { kind: "int", text: text.replace("L", "") };
  if (/^[\w.+-]+$/.test(text)) return { kind: "other", text };
  if (text === "[") return { kind: "list", items: itemsUntil(reader, "]", inner).items };
  if (text === "(") {
    const { items, commas } = itemsUntil(reader, ")", inner);
    return items.length === 1 && commas === 0 ? items[0] : { kind: "tuple", items };
  }
  if (text !== "{") throw new SyntaxError();
  const pair = (): [Literal, Literal] => {
    const key = inner();
    reader.take(":");
    return [key, inner()];
  };
  return { kind: "dict", items: itemsUntil(reader, "}", pair).items };
}

/** The literal that the text holds, or null when it is none. */
export function parseLiteral(text: string): Literal | null {
  try {
    const reader = new Reader(text);
    const value = readValue(reader, 0);
    return reader.peek === "" ? value : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** The literal as Python's repr writes it. */
export function literalText(value: Literal): string {
  switch (value.kind) {
    case "str":
      return `'${value.value}'`;
    case "bool":
      return value.value ? "True" : "False";
    case "list":
      return `[${value.items.map(literalText).join(", ")}]`;
    case "tuple":
      return `(${value.items.map(literalText).join(", ")}${value.items.length === 1 ? "," : ""})`;
    case "dict":
      return `{${value.items.map(([k, v]) => `${literalText(k)}: ${literalText(v)}`).join(", ")}}`;
    default:
      return value.text;
  }
}
