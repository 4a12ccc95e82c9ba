// safetensors: tensors by name in one file, a JSON header and then plain bytes. Nothing in it can
// be executed. Format: github.com/huggingface/safetensors, README, "Format".

import type { DType } from "../dtype";
import {
  FileNotFoundError,
  NotImplementedError,
  OSError,
  RuntimeError,
  SafetensorError,
  TypeError,
  ValueError,
} from "../errors";
import { pythonTypeName } from "../scalar";
import type { Storage } from "../storage";
import { fromArray, isDense, Tensor } from "../tensor";
import { writeAtomically } from "./atomic";
import { decode, dtypeOf, type ElementKind, encode, itemsizeOf, numelOrNull } from "./elements";
import { parseSafeHeader, type SafeHeader, type TensorInfo } from "./safeheader";
import { count, fileHint, type Source, withFile } from "./source";

const kinds: Readonly<Record<string, ElementKind>> = {
  F16: "f2",
  BF16: "bf2",
  F32: "f4",
  F64: "f8",
  I8: "i1",
  I16: "i2",
  I32: "i4",
  I64: "i8",
  U8: "u1",
  U16: "u2",
  U32: "u4",
  U64: "u8",
  BOOL: "b1",
};
const others = ["F4", "F6_E2M3", "F6_E3M2", "F8_E5M2", "F8_E4M3", "F8_E8M0", "C64"];
const names: Readonly<Record<DType["name"], string>> = {
  float32: "F32",
  float64: "F64",
  int64: "I64",
  int32: "I32",
  uint8: "U8",
  bool: "BOOL",
};

/** The format allows 100 MB; a header of this size names a hundred thousand tensors. */
const largestHeader = 2 ** 24;

function refuse(file: Source, problem: string, expected: string, found: string): SafetensorError {
  return new SafetensorError(
    `Error while deserializing header: ${problem}`,
    fileHint(file.name, expected, found),
  );
}

interface Opened extends SafeHeader {
  /** Where the tensors' bytes begin. */
  readonly start: number;
}

function openSafe(file: Source): Opened {
  if (file.size < 8) throw refuse(file, "header too small", "8 bytes or more", count(file.size));
  const lengthBytes = file.take(0, 8);
  const length = new DataView(lengthBytes.buffer).getBigUint64(0, true);
  if (length > 100_000_000n) {
    throw refuse(file, "header too large", "at most 100,000,000 bytes", count(length));
  }
  if (length > BigInt(file.size - 8)) {
    const expected = `a header of ${count(length)} bytes`;
    throw refuse(
      file,
      "invalid header length",
      expected,
      `${count(file.size - 8)} left in the file`,
    );
  }
  if (length > BigInt(largestHeader)) {
    throw refuse(file, "header too large", `at most ${count(largestHeader)} here`, count(length));
  }
  const start = 8 + Number(length);
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
      file.take(8, Number(length)),
    );
  } catch {
    throw refuse(file, "invalid UTF-8 in header", "text", "bytes that are none");
  }
  const header = parseSafeHeader(file, text);
  checkPlaces(file, header, file.size - start);
  return { ...header, start };
}

/** The tensors lie one behind the other, without gap or overlap, and fill the file. */
function checkPlaces(file: Source, { tensors }: SafeHeader, available: number): void {
  const inOrder = [...tensors].sort(
    ([, { data_offsets: a }], [, { data_offsets: b }]) => a[0] - b[0] || a[1] - b[1],
  );
  let end = 0;
  for (const [name, info] of inOrder) {
    const [from, to] = info.data_offsets;
    if (from !== end || to < from) {
      const problem = `invalid offset for tensor \`${name}\``;
      throw refuse(file, problem, `bytes from ${count(end)} on`, `${count(from)} to ${count(to)}`);
    }
    checkSize(file, name, info);
    end = to;
  }
  if (end !== available) {
    throw refuse(
      file,
      "incomplete metadata, file not fully covered",
      `${count(end)} bytes behind the header`,
      count(available),
    );
  }
}

function checkSize(file: Source, name: string, { dtype, shape, data_offsets }: TensorInfo): void {
  const kind = Object.hasOwn(kinds, dtype) ? kinds[dtype] : undefined;
  if (kind === undefined) {
    if (others.some((other) => dtype.startsWith(other))) return;
    const known = [...Object.keys(kinds), ...others];
    throw refuse(
      file,
      `invalid JSON in header: unknown variant \`${dtype.slice(0, 40)}\`, expected one of ${known.map((k) => `\`${k}\``).join(", ")}`,
      `a dtype for ${name}`,
      dtype.slice(0, 40),
    );
  }
  const n = numelOrNull(shape);
  if (n === null) {
    throw refuse(
      file,
      "overflow computing buffer size from shape and/or element type",
      `a shape of ${name} that fits into the file`,
      `[${shape.join(", ")}]`,
    );
  }
  const [from, to] = data_offsets;
  if (n * itemsizeOf(kind) !== to - from) {
    throw refuse(
      file,
      "invalid shape, data type, or offset for tensor",
      `${count(n * itemsizeOf(kind))} bytes for ${name}, ${dtype} [${shape.join(", ")}]`,
      count(to - from),
    );
  }
}

function readTensor(file: Source, start: number, name: string, info: TensorInfo): Tensor {
  const kind = Object.hasOwn(kinds, info.dtype) ? kinds[info.dtype] : undefined;
  if (kind === undefined) {
    throw new NotImplementedError(
      `safetensors: no tensor here holds ${info.dtype} (tensor \`${name}\`)`,
      fileHint(file.name, `one of ${Object.keys(kinds).join(", ")}`, info.dtype),
    );
  }
  const [from, to] = info.data_offsets;
  const data = decode(file.take(start + from, to - from), kind, {
    name: `${name} in ${file.name}`,
  });
  return fromArray(data, info.shape, dtypeOf[kind]);
}

/** Open, with the package's own sentence for a file that is not there. */
function withSafe<T>(filename: string, use: (file: Source) => T): T {
  try {
    return withFile(filename, use);
  } catch (error) {
    if (!(error instanceof FileNotFoundError)) throw error;
    throw new FileNotFoundError(`No such file or directory: ${filename}`, error.hint);
  }
}

/**
 * All tensors of a safetensors file by name, each on memory of its own; what
 * `net.load_state_dict` takes. float32, float64 and the integers keep every bit; float16 and
 * bfloat16 are widened to float32, int8, int16 and uint16 to int32, uint32 to int64.
 * Raises FileNotFoundError, SafetensorError in the package's words for a file that breaks the
 * format, RuntimeError for integers beyond 2^53, NotImplementedError for 8-bit floats.
 * @example
 * const net = nn.Linear(2, 1);
 * safetensors.save_file({ weight: torch.ones(1, 2), bias: torch.zeros(1) }, "net.safetensors");
 * net.load_state_dict(safetensors.load_file("net.safetensors"));
 * net.weight.detach()   // tensor([[1., 1.]])
 */
export function load_file(filename: string): Record<string, Tensor> {
  return withSafe(filename, (file) => {
    const { tensors, start } = openSafe(file);
    return Object.fromEntries(
      [...tensors].map(([name, info]) => [name, readTensor(file, start, name, info)]),
    );
  });
}

/**
 * What `safe_open` gives: the header of a file, and tensors one at a time.
 * @example
 * safetensors.save_file({ w: torch.ones(2) }, "w.safetensors");
 * safetensors.safe_open("w.safetensors").get_tensor("w")   // tensor([1., 1.])
 */
export class SafeOpen {
  private readonly header: SafeHeader;
  constructor(private readonly filename: string) {
    this.header = withSafe(filename, openSafe);
  }

  /**
   * The names of the tensors, sorted.
   * @example
   * safetensors.save_file({ w: torch.ones(2), b: torch.zeros(1) }, "wb.safetensors");
   * safetensors.safe_open("wb.safetensors").keys()   // [ 'b', 'w' ]
   */
  keys(): string[] {
    return [...this.header.tensors.keys()].sort();
  }

  /**
   * The strings that were saved beside the tensors, or null.
   * @example
   * safetensors.save_file({ w: torch.ones(2) }, "w.safetensors", { metadata: { epoch: "3" } });
   * safetensors.safe_open("w.safetensors").metadata()   // { epoch: '3' }
   */
  metadata(): Record<string, string> | null {
    return this.header.metadata === null ? null : Object.fromEntries(this.header.metadata);
  }

  /**
   * One tensor. Raises SafetensorError for an unknown name.
   * @example
   * safetensors.save_file({ w: torch.ones(2) }, "w.safetensors");
   * safetensors.safe_open("w.safetensors").get_tensor("v")
   * // SafetensorError: File does not contain tensor v
   */
  get_tensor(name: string): Tensor {
    return withSafe(this.filename, (file) => {
      const { tensors, start } = openSafe(file);
      const info = tensors.get(name);
      if (info !== undefined) return readTensor(file, start, name, info);
      throw new SafetensorError(
        `File does not contain tensor ${name}`,
        `${file.name} has ${[...tensors.keys()].join(", ") || "no tensor"}`,
      );
    });
  }
}

/**
 * Look into a safetensors file without reading all of it: `keys()`, `metadata()`,
 * `get_tensor(name)`. Raises what `load_file` raises.
 * @example
 * safetensors.save_file({ w: torch.ones(2) }, "w.safetensors", { metadata: { epoch: "3" } });
 * const file = safetensors.safe_open("w.safetensors");
 * file.metadata()   // { epoch: '3' }
 * file.get_tensor("w")   // tensor([1., 1.])
 */
export function safe_open(filename: string): SafeOpen {
  return new SafeOpen(filename);
}

function checkTensors(tensors: Readonly<Record<string, Tensor>>): void {
  if (typeof tensors !== "object" || tensors === null || tensors instanceof Tensor) {
    throw new ValueError(
      `Expected a dict of [str, torch.Tensor] but received ${pythonTypeName(tensors)}`,
      "save_file({ name: tensor, … }, filename), or net.state_dict()",
    );
  }
  const owners = new Map<Storage, string>();
  for (const [name, t] of Object.entries(tensors)) {
    if (!(t instanceof Tensor)) {
      throw new ValueError(
        `Key \`${name}\` is invalid, expected torch.Tensor but received ${pythonTypeName(t)}`,
      );
    }
    if (name === "__metadata__") {
      throw new ValueError("Key `__metadata__` is invalid: the header keeps it for strings");
    }
    const owner = owners.get(t.storage);
    if (owner !== undefined) throw shared(owner, name);
    owners.set(t.storage, name);
  }
  for (const [name, t] of Object.entries(tensors)) {
    if (isDense(t)) continue;
    throw new ValueError(
      `You are trying to save a non contiguous tensor: \`${name}\` which is not allowed. It either means you are trying to save tensors which are reference of each other in which case it's recommended to save only the full tensors, and reslice at load time, or simply call \`.contiguous()\` on your tensor to pack it before saving.`,
    );
  }
}

function shared(first: string, second: string): RuntimeError {
  const margin = "            ";
  return new RuntimeError(
    [
      "",
      `Some tensors share memory, this will lead to duplicate memory on disk and potential differences when loading them again: [{'${first}', '${second}'}].`,
      "A potential way to correctly save your model is to use `save_model`.",
      "More information at https://huggingface.co/docs/safetensors/torch_shared_tensors",
      "",
    ].join(`\n${margin}`),
    "save one of them, or .clone() the other",
  );
}

/** As the package orders them: wide elements first, then by name, byte by byte. */
function ordered(tensors: Readonly<Record<string, Tensor>>): [string, Tensor][] {
  const rank = ({ dtype }: Tensor) =>
    ["BOOL", "U8", "I32", "F32", "F64", "I64"].indexOf(names[dtype.name]);
  return Object.entries(tensors).sort(
    ([a, s], [b, t]) => rank(t) - rank(s) || Buffer.compare(Buffer.from(a), Buffer.from(b)),
  );
}

function* safeBytes(
  tensors: Readonly<Record<string, Tensor>>,
  metadata: Readonly<Record<string, string>> | undefined,
): Generator<Uint8Array> {
  const list = ordered(tensors);
  let end = 0;
  const entries = list.map(([name, t]) => {
    const from = end;
    end += t.numel() * t.dtype.itemsize;
    const info = { dtype: names[t.dtype.name], shape: [...t.dims], data_offsets: [from, end] };
    return `${JSON.stringify(name)}:${JSON.stringify(info)}`;
  });
  const first = metadata === undefined ? [] : [`"__metadata__":${JSON.stringify(metadata)}`];
  const header = Buffer.from(`{${[...first, ...entries].join(",")}}`);
  const padded = Buffer.alloc(Math.ceil(header.length / 8) * 8, " ");
  header.copy(padded);
  const length = Buffer.alloc(8);
  length.writeUInt32LE(padded.length);
  yield length;
  yield padded;
  for (const [, t] of list) yield encode(t);
}

/**
 * Write tensors by name, such as `net.state_dict()`, into a safetensors file, byte for byte as
 * the Python package does. The file is whole or not there. Raises ValueError for what is no
 * tensor or not contiguous, RuntimeError for tensors that share memory, TypeError for metadata
 * that are no strings, FileNotFoundError for a missing folder, OSError when the disk refuses.
 * @example
 * const net = nn.Linear(2, 1);
 * safetensors.save_file(net.state_dict(), "linear.safetensors");
 * Object.keys(safetensors.load_file("linear.safetensors"))   // [ 'bias', 'weight' ]
 */
export function save_file(
  tensors: Readonly<Record<string, Tensor>>,
  filename: string,
  options: { readonly metadata?: Readonly<Record<string, string>> } = {},
): void {
  checkTensors(tensors);
  for (const value of Object.values(options.metadata ?? {})) {
    if (typeof value === "string") continue;
    const kind = pythonTypeName(value);
    throw new TypeError(`argument 'metadata': '${kind}' object is not an instance of 'str'`);
  }
  try {
    writeAtomically(filename, safeBytes(tensors, options.metadata));
  } catch (error) {
    if (!(error instanceof OSError)) throw error;
    const sentence = `Error while serializing: I/O error: ${error.message}`;
    throw new SafetensorError(sentence, error.hint);
  }
}
