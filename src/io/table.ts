// np.loadtxt and np.genfromtxt: tables of numbers in text files (CSV), row by row.

import type { NdArray } from "ndarray";
import { DType, float64, type TypedArray } from "../dtype";
import { FileNotFoundError, IndexError, TypeError, ValueError, warn } from "../errors";
import { castValue } from "../kernels/cast";
import { pythonTypeName } from "../scalar";
import { contiguousStrides } from "../shape";
import { linesOf } from "./lines";
import { namedArray } from "./npy";
import { fileHint, type Source, withFile } from "./source";

/** What both readers may be told. */
export interface TableOptions {
  /** `torch.float64` unless said otherwise. */
  readonly dtype?: DType;
  /** What stands between the values: one character; blanks and tabs if not said. */
  readonly delimiter?: string;
  /** Where a comment begins; "#" by default, null for none. */
  readonly comments?: string | null;
  /** The columns to read, counted from 0, from the end if negative. */
  readonly usecols?: number | readonly number[];
  /** Functions that make a number of a column's text. */
  readonly converters?: Readonly<Record<number, (text: string) => number>>;
  /** At most so many rows. */
  readonly max_rows?: number;
  /** Give columns as rows. */
  readonly unpack?: boolean;
  /** The least number of dimensions: 0, 1 or 2. */
  readonly ndmin?: 0 | 1 | 2;
}

/** What `np.loadtxt` may be told. */
export interface LoadtxtOptions extends TableOptions {
  /** Lines to leave out at the beginning, such as a header. */
  readonly skiprows?: number;
}

/** What `np.genfromtxt` may be told. */
export interface GenfromtxtOptions extends TableOptions {
  /** Lines to leave out at the beginning, such as a header. */
  readonly skip_header?: number;
  /** Texts that stand for a missing value, besides what is no number. */
  readonly missing_values?: string | readonly string[];
  /** The value of what is missing: NaN, for whole numbers −1. */
  readonly filling_values?: number;
}

/** A number as C's strtod reads it, without hexadecimal; JavaScript's own reads "" as 0. */
const floatText = /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|inf|infinity|nan)$/i;
const intText = /^[+-]?\d+$/;
const ranges: Readonly<Record<string, readonly [number, number]>> = {
  int64: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  int32: [-(2 ** 31), 2 ** 31 - 1],
  uint8: [0, 255],
  bool: [-(2 ** 31), 2 ** 31 - 1],
};

/** The number that a text is, as the dtype holds it, or null. */
function parse(text: string, dtype: DType): number | null {
  const trimmed = text.trim();
  if (!dtype.is_floating_point) {
    const value = intText.test(trimmed) ? Number(trimmed) + 0 : Number.NaN;
    const [least, most] = ranges[dtype.name];
    return value >= least && value <= most ? castValue(value, dtype) : null;
  }
  if (!floatText.test(trimmed)) return null;
  const word = trimmed.replace(/^[+-]/, "").toLowerCase();
  const sign = trimmed.startsWith("-") ? -1 : 1;
  if (word === "nan") return Number.NaN;
  return castValue(
    sign * (word.startsWith("inf") ? Number.POSITIVE_INFINITY : Number(word)),
    dtype,
  );
}

/** Numbers that arrive one by one. */
class Column {
  private array = new Float64Array(1024);
  length = 0;

  push(value: number): void {
    if (this.length === this.array.length) {
      const larger = new Float64Array(2 * this.length);
      larger.set(this.array);
      this.array = larger;
    }
    this.array[this.length++] = value;
  }

  as(dtype: DType): TypedArray {
    const values = this.array.subarray(0, this.length);
    switch (dtype.name) {
      case "float32":
        return Float32Array.from(values);
      case "int32":
        return Int32Array.from(values);
      case "uint8":
      case "bool":
        return Uint8Array.from(values);
      default:
        return values.slice();
    }
  }
}

interface Row {
  readonly fields: readonly string[];
  /** Its number among the lines of the file, from 1. */
  readonly line: number;
}

interface Layout {
  readonly dtype: DType;
  readonly delimiter: string | undefined;
  readonly comments: string | null;
  readonly columns: readonly number[] | null;
  readonly maxRows: number;
}

function oneCharacter(value: unknown): string | undefined {
  if (value === undefined || (typeof value === "string" && value.length === 1)) return value;
  const found = typeof value === "string" ? `'${value}'` : String(value);
  throw new TypeError(
    `Text reading control character must be a single unicode character or None; but got: ${found}`,
    'the delimiter of a CSV file is ","',
  );
}

function layoutOf(options: TableOptions): Layout {
  const dtype = options.dtype ?? float64;
  if (!(dtype instanceof DType)) {
    throw new TypeError(
      `Cannot interpret '${String(dtype)}' as a data type`,
      "dtypes are torch.float32, torch.int64 …",
    );
  }
  const { usecols } = options;
  const columns =
    usecols === undefined ? null : typeof usecols === "number" ? [usecols] : [...usecols];
  for (const column of columns ?? []) {
    if (Number.isInteger(column)) continue;
    throw new TypeError(
      `usecols must be an int or a sequence of ints but it contains at least one element of type '${pythonTypeName(column)}'`,
    );
  }
  return {
    dtype,
    delimiter: oneCharacter(options.delimiter),
    comments: options.comments === undefined ? "#" : options.comments,
    columns,
    maxRows: options.max_rows ?? Number.POSITIVE_INFINITY,
  };
}

function skipped(n: number): number {
  if (Number.isInteger(n) && n >= 0) return n;
  throw new ValueError("argument must be nonnegative", "a number of lines");
}

function* rowsOf(file: Source, layout: Layout, skip: number): Generator<Row> {
  let line = 0;
  let rows = 0;
  for (const text of linesOf(file)) {
    if (rows === layout.maxRows) return;
    line++;
    if (line <= skip) continue;
    const end = layout.comments ? text.indexOf(layout.comments) : -1;
    const content = (end < 0 ? text : text.slice(0, end)).trimEnd();
    if (content.trim() === "" && !(layout.delimiter && content.includes(layout.delimiter)))
      continue;
    const whole = end < 0 ? text : text.slice(0, end);
    rows++;
    yield {
      fields: layout.delimiter ? whole.split(layout.delimiter) : content.trim().split(/\s+/),
      line,
    };
  }
}

/** The rows as an ndarray: of no, one or two dimensions, as NumPy gives it. */
function shaped(
  values: Column,
  rows: number,
  width: number,
  dtype: DType,
  options: TableOptions,
): NdArray<TypedArray> {
  const least = options.ndmin ?? 0;
  let [shape, strides]: [number[], number[]] = [[rows, width], contiguousStrides([rows, width])];
  if (rows === 0)
    [shape, strides] =
      least === 2
        ? [
            [0, 1],
            [1, 1],
          ]
        : [[0], [1]];
  // A single row or column loses that dimension.
  if (shape.length === 2 && rows > 0) {
    const kept = [0, 1].filter((d) => shape[d] !== 1);
    const keep = kept.length >= least ? kept : least === 2 ? [0, 1] : [0];
    [shape, strides] = [keep.map((d) => shape[d]), keep.map((d) => strides[d])];
  }
  if (options.unpack) [shape, strides] = [shape.reverse(), strides.reverse()];
  return namedArray(values.as(dtype), shape, strides, dtype);
}

/** Python says which file is not there in other words here. */
function withTable<T>(fname: string, use: (file: Source) => T): T {
  try {
    return withFile(fname, use);
  } catch (error) {
    if (!(error instanceof FileNotFoundError)) throw error;
    throw new FileNotFoundError(`${fname} not found.`, error.hint);
  }
}

function converted(value: unknown, dtype: DType): number {
  if (typeof value === "number" || typeof value === "boolean")
    return castValue(Number(value), dtype);
  throw new TypeError(
    `float() argument must be a string or a real number, not '${pythonTypeName(value)}'`,
    "a converter gives a number",
  );
}

/**
 * A table of numbers from a text file as an ndarray (rows, columns); a single row or column has
 * one dimension, a single number none. Every value must be a number, every row as long as the
 * first. Raises FileNotFoundError, ValueError in NumPy's words (a text that is no number or does
 * not fit the dtype, rows of other lengths), TypeError for options of the wrong kind.
 * @example
 * np.savetxt("points.csv", [[1, 2.5], [3, 4]], { fmt: "%g", delimiter: ",", header: "x,y", comments: "" });
 * const table = np.loadtxt("points.csv", { delimiter: ",", skiprows: 1, dtype: torch.float32 });
 * torch.tensor(table)
 * // tensor([[1.0000, 2.5000],
 * //         [3.0000, 4.0000]])
 * np.loadtxt("points.csv", { delimiter: "," })
 * // ValueError: could not convert string 'x' to float64 at row 0, column 1.
 */
export function loadtxt(fname: string, options: LoadtxtOptions = {}): NdArray<TypedArray> {
  const layout = layoutOf(options);
  const skip = skipped(options.skiprows ?? 0);
  return withTable(fname, (file) => {
    const values = new Column();
    let width = 0;
    let rows = 0;
    for (const { fields, line } of rowsOf(file, layout, skip)) {
      const where = (found: string) =>
        fileHint(file.name, "a table of numbers", `${found} in line ${line}`);
      if (rows === 0) width = fields.length;
      if (fields.length !== width && layout.columns === null) {
        throw new ValueError(
          `the number of columns changed from ${width} to ${fields.length} at row ${rows + 1}; use \`usecols\` to select a subset and avoid this error`,
          where(`${fields.length} values`),
        );
      }
      for (const wanted of layout.columns ?? fields.keys()) {
        const column = wanted < 0 ? wanted + fields.length : wanted;
        const text = fields[column];
        if (text === undefined) {
          throw new ValueError(
            `invalid column index ${wanted} at row ${rows + 1} with ${fields.length} columns`,
            where(`${fields.length} values`),
          );
        }
        const convert = options.converters?.[column];
        const value = convert ? converted(convert(text), layout.dtype) : parse(text, layout.dtype);
        if (value === null) {
          throw new ValueError(
            `could not convert string '${text.trim().slice(0, 200)}' to ${layout.dtype.name} at row ${rows}, column ${column + 1}.`,
            where(
              "a text; skiprows leaves out a header, usecols a column, genfromtxt gives NaN for it",
            ),
          );
        }
        values.push(value);
      }
      rows++;
    }
    if (rows === 0) warn("UserWarning", `loadtxt: input contained no data: "${file.name}"`);
    return shaped(values, rows, layout.columns?.length ?? width, layout.dtype, options);
  });
}

/** As many complaints about rows as are shown. */
const mostComplaints = 20;

/**
 * As `loadtxt`, but what is missing or no number becomes NaN (−1 for whole numbers), or
 * `filling_values`. Raises ValueError when rows have different lengths, naming the lines.
 * @example
 * np.savetxt("gaps.csv", [[1, 2]], { fmt: "%g", delimiter: ",,", comments: "", header: "4,n/a,6" });
 * torch.tensor(np.genfromtxt("gaps.csv", { delimiter: ",", filling_values: 0 }))
 * // tensor([[4., 0., 6.],
 * //         [1., 0., 2.]], dtype=torch.float64)
 */
export function genfromtxt(fname: string, options: GenfromtxtOptions = {}): NdArray<TypedArray> {
  const layout = layoutOf(options);
  const skip = skipped(options.skip_header ?? 0);
  const { missing_values: missing = [] } = options;
  const absent = new Set(typeof missing === "string" ? [missing] : missing);
  const filling = options.filling_values ?? (layout.dtype.is_floating_point ? Number.NaN : -1);
  return withTable(fname, (file) => {
    const values = new Column();
    const complaints: string[] = [];
    let width = 0;
    let rows = 0;
    for (const { fields, line } of rowsOf(file, layout, skip)) {
      if (rows === 0) width = fields.length;
      rows++;
      if (fields.length !== width) {
        complaints.push(`    Line #${line} (got ${fields.length} columns instead of ${width})`);
        if (complaints.length > mostComplaints) break;
        continue;
      }
      for (const wanted of layout.columns ?? fields.keys()) {
        const column = wanted < 0 ? wanted + width : wanted;
        if (column < 0 || column >= width) {
          throw new IndexError(
            `column ${wanted} is out of range`,
            fileHint(file.name, `columns 0 to ${width - 1}`, String(wanted)),
          );
        }
        const text = fields[column];
        const convert = options.converters?.[column];
        const value = convert
          ? converted(convert(text), layout.dtype)
          : absent.has(text.trim())
            ? null
            : parse(text, layout.dtype);
        values.push(value ?? castValue(filling, layout.dtype));
      }
    }
    if (complaints.length > 0) {
      throw new ValueError(
        `Some errors were detected !\n${complaints.join("\n")}`,
        fileHint(file.name, `${width} columns in every row`, "other numbers of columns"),
      );
    }
    if (rows === 0) warn("UserWarning", `genfromtxt: Empty input file: "${file.name}"`);
    return shaped(values, rows, layout.columns?.length ?? width, layout.dtype, options);
  });
}
