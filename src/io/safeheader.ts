// The JSON header of a safetensors file, read by its own small grammar: JSON.parse would drop
// duplicate keys without a word and build whatever a hostile header nests.

import { SafetensorError } from "../errors";
import { fileHint, type Source } from "./source";

/** What the header says of a tensor. */
export interface TensorInfo {
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Where its bytes begin and end, counted from the end of the header. */
  readonly data_offsets: readonly [number, number];
}

/** The whole header. */
export interface SafeHeader {
  readonly metadata: ReadonlyMap<string, string> | null;
  readonly tensors: ReadonlyMap<string, TensorInfo>;
}

const mostDimensions = 64;

class Scanner {
  private p = 0;
  constructor(
    private readonly file: Source,
    private readonly text: string,
  ) {}

  fail(problem: string, found: string): SafetensorError {
    const column = this.p + 1;
    return new SafetensorError(
      `Error while deserializing header: invalid JSON in header: ${problem} at line 1 column ${column}`,
      fileHint(
        this.file.name,
        'a header {"name": {"dtype": …, "shape": […], "data_offsets": [from, to]}, …}',
        found.length > 100 ? `${found.slice(0, 100)}…` : found,
      ),
    );
  }

  private blank(): void {
    while (/[ \t\n\r]/.test(this.text.charAt(this.p))) this.p++;
  }

  /** The next character that is no blank. */
  peek(): string {
    this.blank();
    return this.text.charAt(this.p);
  }

  take(wanted: string): void {
    const found = this.peek();
    if (found !== wanted) {
      const problem = found === "" ? "EOF while parsing a value" : `expected \`${wanted}\``;
      throw this.fail(problem, found === "" ? "its end" : found);
    }
    this.p++;
  }

  private match(pattern: RegExp): string | null {
    this.blank();
    pattern.lastIndex = this.p;
    const found = pattern.exec(this.text)?.[0] ?? null;
    if (found !== null) this.p += found.length;
    return found;
  }

  string(): string {
    // Not one expression for all of a string: a long one would overflow the matcher.
    const start = this.p;
    if (this.peek() !== '"') throw this.fail("expected a string", this.peek() || "its end");
    let end = this.p + 1;
    while (end < this.text.length && this.text[end] !== '"') end += this.text[end] === "\\" ? 2 : 1;
    const raw = this.text.slice(this.p, end + 1);
    try {
      const value: unknown = JSON.parse(raw);
      this.p = end + 1;
      return value as string;
    } catch {
      this.p = start;
      throw this.fail("invalid string", raw);
    }
  }

  wholeNumber(): number {
    const found = this.match(/-?\d+(\.\d+)?([eE][+-]?\d+)?/y);
    if (found === null) throw this.fail("expected usize", this.peek() || "its end");
    const value = Number(found);
    if (!/^\d+$/.test(found) || !Number.isSafeInteger(value)) {
      const kind = /[.eE]/.test(found) ? "type: floating point" : "value: integer";
      throw this.fail(`invalid ${kind} \`${found}\`, expected usize`, found);
    }
    return value;
  }

  wholeNumbers(most: number): number[] {
    const list: number[] = [];
    this.take("[");
    while (this.peek() !== "]") {
      if (list.length > 0) this.take(",");
      if (list.length === most) throw this.fail("trailing characters", `more than ${most} numbers`);
      list.push(this.wholeNumber());
    }
    this.take("]");
    return list;
  }

  /** Go through an object; `field` reads the value of the name. */
  object(field: (name: string) => void): void {
    const seen = new Set<string>();
    this.take("{");
    while (this.peek() !== "}") {
      if (seen.size > 0) this.take(",");
      const name = this.string();
      if (seen.has(name)) throw this.fail(`duplicate field \`${name}\``, `${name} twice`);
      seen.add(name);
      this.take(":");
      field(name);
    }
    this.take("}");
  }

  end(): void {
    if (this.peek() !== "") throw this.fail("trailing characters", this.text.slice(this.p));
  }
}

function readInfo(scanner: Scanner): TensorInfo {
  let dtype: string | undefined;
  let shape: number[] | undefined;
  let offsets: number[] | undefined;
  scanner.object((field) => {
    if (field === "dtype") dtype = scanner.string();
    else if (field === "shape") shape = scanner.wholeNumbers(mostDimensions);
    else if (field === "data_offsets") offsets = scanner.wholeNumbers(2);
    else throw scanner.fail(`unknown field \`${field}\``, field);
  });
  const missing = dtype === undefined ? "dtype" : shape === undefined ? "shape" : "data_offsets";
  if (dtype === undefined || shape === undefined || offsets?.length !== 2) {
    throw scanner.fail(`missing field \`${missing}\``, "a tensor without it");
  }
  return { dtype, shape, data_offsets: [offsets[0], offsets[1]] };
}

/** The header that the text holds. Raises SafetensorError for any other text. */
export function parseSafeHeader(file: Source, text: string): SafeHeader {
  const scanner = new Scanner(file, text);
  let metadata: Map<string, string> | null = null;
  const tensors = new Map<string, TensorInfo>();
  scanner.object((name) => {
    if (name !== "__metadata__") {
      tensors.set(name, readInfo(scanner));
      return;
    }
    const entries = new Map<string, string>();
    scanner.object((key) => {
      entries.set(key, scanner.string());
    });
    metadata = entries;
  });
  scanner.end();
  return { metadata, tensors };
}
