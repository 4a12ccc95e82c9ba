// One array as NumPy's .npy format holds it: a magic string, a header in Python's own syntax,
// then the elements.

import ndarray, { type NdArray } from "ndarray";
import type { DType, TypedArray } from "../dtype";
import { NotImplementedError, ValueError } from "../errors";
import type { View } from "../kernels/view";
import { contiguousStrides, isContiguous, type Shape } from "../shape";
import { decode, dtypeOf, type ElementKind, encode, itemsizeOf, kindOf } from "./elements";
import { type Literal, literalText, parseLiteral } from "./literal";
import { count, fileHint, type Source } from "./source";

/** How every .npy file begins. */
export const npyMagic: Uint8Array = Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59);
/** NumPy's own limit: a longer header is no plain array's. */
const largestHeader = 10000;
const mostDimensions = 64;

interface Header {
  readonly kind: ElementKind;
  readonly isBigEndian: boolean;
  readonly isFortran: boolean;
  readonly shape: readonly number[];
  /** Where the elements begin. */
  readonly start: number;
}

function short(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

function refuse(file: Source, message: string, expected: string, found: string): ValueError {
  return new ValueError(message, fileHint(file.name, expected, short(found)));
}

/** The next bytes, or NumPy's sentence that they are missing. */
function takeAll(file: Source, at: number, length: number, what: string): Uint8Array {
  const rest = file.size - at;
  if (rest >= length) return file.take(at, length);
  throw refuse(
    file,
    `EOF: reading ${what}, expected ${length} bytes got ${rest}`,
    `${count(at + length)} bytes or more`,
    `${count(file.size)}: the file is cut short`,
  );
}

function readHeader(file: Source): Header {
  const [major, minor] = takeAll(file, 0, 8, "magic string").subarray(6);
  if (minor !== 0 || major < 1 || major > 3) {
    throw refuse(
      file,
      `we only support format version (1,0), (2,0), and (3,0), not (${major}, ${minor})`,
      "a version that exists",
      `${major}.${minor}`,
    );
  }
  const lengthSize = major === 1 ? 2 : 4;
  const lengthBytes = takeAll(file, 8, lengthSize, "array header length");
  const length = lengthBytes.reduceRight((n, byte) => n * 256 + byte, 0);
  const start = 8 + lengthSize + length;
  if (length > largestHeader && file.size >= start) {
    throw refuse(
      file,
      `Header info length (${length}) is large and may not be safe to load securely.\nTo allow loading, adjust \`max_header_size\` or fully trust the \`.npy\` file using \`allow_pickle=True\`.\nFor safety against large resource use or crashes, sandboxing may be necessary.`,
      `a header of at most ${count(largestHeader)} bytes`,
      count(length),
    );
  }
  const bytes = takeAll(file, 8 + lengthSize, length, "array header");
  const text = new TextDecoder(major === 3 ? "utf-8" : "latin1").decode(bytes);
  return { ...checkHeader(file, text), start };
}

function checkHeader(file: Source, text: string): Omit<Header, "start"> {
  const literal = parseLiteral(text);
  const expected = "a header like {'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }";
  if (literal === null) {
    throw refuse(
      file,
      `Cannot parse header: '${short(text.trimEnd())}'`,
      expected,
      "something else",
    );
  }
  if (literal.kind !== "dict") {
    const found = literalText(literal);
    throw refuse(file, `Header is not a dictionary: ${short(found)}`, expected, found);
  }
  const keys = literal.items.map(([key]) => literalText(key)).sort();
  if (keys.join() !== "'descr','fortran_order','shape'") {
    const found = `[${keys.join(", ")}]`;
    const message = `Header does not contain the correct keys: ${short(found)}`;
    throw refuse(file, message, "descr, fortran_order and shape, each once", found);
  }
  const fields = new Map(literal.items.map(([key, value]) => [literalText(key), value]));
  const field = (name: string) => fields.get(`'${name}'`) as Literal;
  const order = field("fortran_order");
  if (order.kind !== "bool") {
    const found = literalText(order);
    throw refuse(file, `fortran_order is not a valid bool: ${found}`, "True or False", found);
  }
  const shape = readShape(file, field("shape"));
  return { ...readDescr(file, field("descr")), isFortran: order.value, shape };
}

function readShape(file: Source, shape: Literal): readonly number[] {
  const found = literalText(shape);
  if (shape.kind !== "tuple" || shape.items.some(({ kind }) => kind !== "int")) {
    throw refuse(file, `shape is not valid: ${short(found)}`, "a tuple of whole numbers", found);
  }
  const sizes = shape.items.map((item) => BigInt(literalText(item)));
  if (sizes.length > mostDimensions) {
    throw refuse(
      file,
      `maximum supported dimension for an ndarray is currently ${mostDimensions}, found ${sizes.length}`,
      `at most ${mostDimensions} dimensions`,
      `${sizes.length}`,
    );
  }
  return sizes.map((size) => {
    if (size < 0n)
      throw refuse(file, "negative dimensions are not allowed", "sizes from 0 on", found);
    if (size > BigInt(Number.MAX_SAFE_INTEGER)) {
      const message =
        "array is too big; `arr.size * arr.dtype.itemsize` is larger than the maximum possible size.";
      throw refuse(file, message, `elements in ${count(file.size)} bytes`, `the shape ${found}`);
    }
    return Number(size);
  });
}

const otherTypes: Readonly<Record<string, string>> = {
  c: "complex numbers",
  S: "bytes",
  a: "bytes",
  U: "strings",
  V: "raw data",
  M: "dates",
  m: "time spans",
  f: "floats of this size",
};

function readDescr(file: Source, descr: Literal): Pick<Header, "kind" | "isBigEndian"> {
  const found = literalText(descr);
  const match = descr.kind === "str" ? /^([<>|=]?)([a-zA-Z?])(\d*)$/.exec(descr.value) : null;
  const isStructured = descr.kind === "list";
  if (match?.[2] === "O") {
    const message = "Object arrays cannot be loaded when allow_pickle=False";
    throw refuse(file, message, "numbers", "Python objects, which only Python can make");
  }
  const kind = match?.[2] === "?" ? "b1" : `${match?.[2]}${match?.[3]}`;
  if (match !== null && Object.hasOwn(dtypeOf, kind)) {
    return { kind: kind as ElementKind, isBigEndian: match[1] === ">" };
  }
  const other = isStructured ? "records" : match === null ? undefined : otherTypes[match[2]];
  if (other === undefined) {
    throw refuse(
      file,
      `descr is not a valid dtype descriptor: ${short(found)}`,
      "an element type such as '<f4'",
      found,
    );
  }
  throw new NotImplementedError(
    `np.load: no array here holds ${other} (dtype ${short(found)})`,
    fileHint(file.name, "floats of 2, 4 or 8 bytes, integers or booleans", short(found)),
  );
}

/** Elements that name their torch dtype, as an ndarray. */
export function namedArray(
  data: TypedArray,
  shape: Shape,
  strides: readonly number[],
  dtype: DType,
): NdArray<TypedArray> {
  const nd = ndarray(data, [...shape], [...strides]);
  // An ndarray names the kind of its typed array; ours also tells int64 and bool apart.
  Object.defineProperty(nd, "dtype", { value: dtype.name });
  return nd;
}

/** The array in a .npy file. Raises ValueError in NumPy's words for what is none. */
export function readNpy(file: Source): NdArray<TypedArray> {
  const { kind, isBigEndian, isFortran, shape, start } = readHeader(file);
  const n = shape.map(BigInt).reduce((a, b) => a * b, 1n);
  const itemsize = itemsizeOf(kind);
  const present = Math.floor((file.size - start) / itemsize);
  if (n > present) {
    const tuple = `(${shape.join(", ")}${shape.length === 1 ? "," : ""})`;
    throw refuse(
      file,
      `Failed to read all data for array. Expected ${tuple} = ${n} elements, could only read ${present} elements. (file seems not fully written?)`,
      `${count(n * BigInt(itemsize))} bytes of elements`,
      count(file.size - start),
    );
  }
  const bytes = file.take(start, Number(n) * itemsize);
  const data = decode(bytes, kind, { name: file.name, isBigEndian });
  const strides = isFortran
    ? contiguousStrides([...shape].reverse()).reverse()
    : contiguousStrides(shape);
  return namedArray(data, shape, strides, dtypeOf[kind]);
}

/** The same view with its dimensions in reverse order. */
function reversed(v: View): View {
  return { ...v, dims: [...v.dims].reverse(), strides: [...v.strides].reverse() };
}

/**
 * The bytes of a .npy file, the same that NumPy writes: what lies column by column is written so.
 * A header has room for its first size to grow, and ends at a multiple of 64 bytes.
 */
export function npyBytes(v: View): Uint8Array[] {
  const isRowMajor = v.dims.includes(0) || isContiguous(v.dims, v.strides);
  const backwards = reversed(v);
  const isFortran = !isRowMajor && isContiguous(backwards.dims, backwards.strides);
  const kind = kindOf[v.dtype.name];
  const descr = `${itemsizeOf(kind) === 1 ? "|" : "<"}${kind}`;
  const shape = `(${v.dims.join(", ")}${v.dims.length === 1 ? "," : ""})`;
  const growing = isFortran ? v.dims[v.dims.length - 1] : v.dims[0];
  const room = v.dims.length === 0 ? 0 : 21 - String(growing).length;
  const text = `{'descr': '${descr}', 'fortran_order': ${isFortran ? "True" : "False"}, 'shape': ${shape}, }${" ".repeat(room)}`;
  const padding = 64 - ((10 + text.length + 1) % 64);
  const header = new TextEncoder().encode(`${text}${" ".repeat(padding)}\n`);
  const start = Uint8Array.of(...npyMagic, 1, 0, header.length & 255, header.length >>> 8);
  return [start, header, encode(isFortran ? backwards : v)];
}
