// Files that break every rule of their formats, each with the error that must come of it.

import { deflateRawSync } from "node:zlib";
import { checkpoint, int, pickle, tensor, text, tuple, zip } from "./archives";

/** How a file is opened: `np.load` also reads every array of an archive. */
export type Reader = "np.load" | "torch.load" | "load_file" | "loadtxt" | "genfromtxt";

/** One hostile file. */
export interface Hostile {
  readonly what: string;
  readonly reader: Reader;
  readonly bytes: () => Uint8Array;
  /** The class and the beginning or a part of the sentence. */
  readonly error: string;
  readonly message: RegExp;
}

const zeros = (n: number) => Buffer.alloc(n);
const MB = 2 ** 20;

function npyHeader(
  text: string,
  options: { version?: number; length?: number; data?: number } = {},
): Buffer {
  const header = Buffer.from(`${text}\n`, "latin1");
  const { version = 1, length = header.length, data = 48 } = options;
  const size = Buffer.alloc(version === 1 ? 2 : 4);
  if (version === 1) size.writeUInt16LE(length);
  else size.writeUInt32LE(length);
  const magic = Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0]);
  return Buffer.concat([magic, size, header, zeros(data)]);
}

const npyOf = (shape: string, descr = "'<f8'", order = "False") =>
  npyHeader(`{'descr': ${descr}, 'fortran_order': ${order}, 'shape': ${shape}, }`);
const npy = npyOf("(2, 3)");

type Case = readonly [string, () => Uint8Array, string, RegExp];
const all = (reader: Reader, cases: readonly Case[]): Hostile[] =>
  cases.map(([what, bytes, error, message]) => ({ what, reader, bytes, error, message }));

const arrays: Case[] = [
  ["nothing", () => zeros(0), "EOFError", /^No data left in file$/],
  [
    "a text",
    () => Buffer.from("hello world"),
    "ValueError",
    /^This file contains pickled \(object\) data/,
  ],
  ["half a magic string", () => npy.subarray(0, 4), "ValueError", /^This file contains pickled/],
  [
    "no version",
    () => npy.subarray(0, 6),
    "ValueError",
    /^EOF: reading magic string, expected 8 bytes got 6$/,
  ],
  [
    "no header length",
    () => npy.subarray(0, 9),
    "ValueError",
    /^EOF: reading array header length, expected 2 bytes got 1$/,
  ],
  [
    "half a header",
    () => npy.subarray(0, 40),
    "ValueError",
    /^EOF: reading array header, expected \d+ bytes got 30$/,
  ],
  [
    "elements cut short",
    () => npy.subarray(0, npy.length - 1),
    "ValueError",
    /^Failed to read all data for array\. Expected \(2, 3\) = 6 elements, could only read 5 elements/,
  ],
  [
    "an unknown version",
    () => npyHeader("{}", { version: 9 }),
    "ValueError",
    /^we only support format version \(1,0\), \(2,0\), and \(3,0\), not \(9, 0\)$/,
  ],
  [
    "a header of 4 GB",
    () => npyHeader("{}", { version: 2, length: 0xffffffff }),
    "ValueError",
    /^EOF: reading array header, expected 4294967295 bytes/,
  ],
  [
    "a header of 20 MB",
    () => npyHeader(" ".repeat(20 * MB), { version: 2 }),
    "ValueError",
    /^Header info length \(20971521\) is large/,
  ],
  [
    "a program for a header",
    () => npyHeader("__import__('os').system('touch pwned')"),
    "ValueError",
    /^Cannot parse header: /,
  ],
  [
    "a list for a header",
    () => npyHeader("[1, 2]"),
    "ValueError",
    /^Header is not a dictionary: \[1, 2\]$/,
  ],
  [
    "brackets 4,000 deep",
    () => npyHeader("(".repeat(4000)),
    "ValueError",
    /^Cannot parse header: /,
  ],
  [
    "a key too few",
    () => npyHeader("{'descr': '<f8', 'fortran_order': False}"),
    "ValueError",
    /^Header does not contain the correct keys: \['descr', 'fortran_order'\]$/,
  ],
  [
    "a key too many",
    () => npyHeader("{'descr': '<f8', 'fortran_order': False, 'shape': (1,), 'x': 1}"),
    "ValueError",
    /^Header does not contain the correct keys/,
  ],
  [
    "a key twice",
    () => npyHeader("{'descr': '<f8', 'descr': '<f4', 'fortran_order': False, 'shape': (1,)}"),
    "ValueError",
    /^Header does not contain the correct keys/,
  ],
  [
    "a shape of 2^62 by 4",
    () => npyOf("(4611686018427387904, 4)"),
    "ValueError",
    /^array is too big/,
  ],
  [
    "a shape of 10^9",
    () => npyOf("(1000000000,)"),
    "ValueError",
    /^Failed to read all data for array\. Expected \(1000000000,\) = 1000000000 elements/,
  ],
  [
    "sizes that overflow together",
    () => npyOf("(2097152, 2097152, 2097152, 2)"),
    "ValueError",
    /^Failed to read all data/,
  ],
  [
    "a negative size",
    () => npyOf("(2, -3)"),
    "ValueError",
    /^negative dimensions are not allowed$/,
  ],
  ["half a size", () => npyOf("(1.5,)"), "ValueError", /^shape is not valid: \(1\.5,\)$/],
  ["a shape that is none", () => npyOf("[2, 3]"), "ValueError", /^shape is not valid: \[2, 3\]$/],
  [
    "100 dimensions",
    () => npyOf(`(${"1, ".repeat(100)})`),
    "ValueError",
    /^maximum supported dimension for an ndarray is currently 64, found 100$/,
  ],
  [
    "an order that is none",
    () => npyOf("(2, 3)", "'<f8'", "0"),
    "ValueError",
    /^fortran_order is not a valid bool: 0$/,
  ],
  [
    "Python objects",
    () => npyOf("(2, 3)", "'|O'"),
    "ValueError",
    /^Object arrays cannot be loaded when allow_pickle=False$/,
  ],
  [
    "an unknown type",
    () => npyOf("(2, 3)", "'<q9'"),
    "ValueError",
    /^descr is not a valid dtype descriptor: '<q9'$/,
  ],
  [
    "records",
    () => npyOf("(2,)", "[('a', '<f4'), ('b', '<f4')]"),
    "NotImplementedError",
    /no array here holds records/,
  ],
  ["strings", () => npyOf("(2,)", "'<U4'"), "NotImplementedError", /no array here holds strings/],
  [
    "complex numbers",
    () => npyOf("(2,)", "'<c16'"),
    "NotImplementedError",
    /no array here holds complex/,
  ],
  [
    "integers beyond 2^53",
    () =>
      Buffer.concat([
        npyOf("(1,)", "'<i8'").subarray(0, -48),
        Buffer.from("010000000000ff7f", "hex"),
      ]),
    "RuntimeError",
    /^value cannot be converted to type int64 without overflow$/,
  ],
];

const archive = (...entries: Parameters<typeof zip>[0]) => zip(entries);
const good = zip([["x.npy", npy]]);
/** 100 MB of zeros, packed to a thousandth. */
const bomb = () => Buffer.concat([npyOf("(13107200,)").subarray(0, -48), zeros(100 * MB)]);
const zip64 = (size: bigint) => {
  const extra = Buffer.alloc(20);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(16, 2);
  extra.writeBigUInt64LE(size, 4);
  extra.writeBigUInt64LE(200n, 12);
  return extra;
};

const archives: Case[] = [
  [
    "an archive cut in the middle",
    () => good.subarray(0, 60),
    "BadZipFile",
    /^File is not a zip file$/,
  ],
  [
    "an archive without its end",
    () => good.subarray(0, good.length - 3),
    "BadZipFile",
    /^File is not a zip file$/,
  ],
  [
    "an archive with text behind",
    () => Buffer.concat([good, Buffer.from("text")]),
    "BadZipFile",
    /^File is not a zip file$/,
  ],
  [
    "a directory beyond the file",
    () => zip([["x.npy", npy]], { at: 0x7fffffff }),
    "BadZipFile",
    /^File is not a zip file$/,
  ],
  [
    "a directory of 4 GB",
    () => zip([["x.npy", npy]], { size: 0xfffffff0 }),
    "BadZipFile",
    /^File is not a zip file$/,
  ],
  [
    "more entries than there are",
    () => zip([["x.npy", npy]], { entries: 9000 }),
    "BadZipFile",
    /invalid header or archive is corrupted/,
  ],
  ["a part of several disks", () => zip([["x.npy", npy]], { disk: 3 }), "BadZipFile", /multidisk/],
  [
    "ones where 64 bits should be",
    () => zip([["x.npy", npy]], { at: 0xffffffff }),
    "BadZipFile",
    /^File is not a zip file$/,
  ],
  ["a name that climbs", () => archive(["../../x.npy", npy]), "BadZipFile", /invalid filename/],
  [
    "a name that climbs backwards",
    () => archive(["a\\..\\..\\x.npy", npy]),
    "BadZipFile",
    /invalid filename/,
  ],
  ["an absolute name", () => archive(["/etc/x.npy", npy]), "BadZipFile", /invalid filename/],
  ["a drive's name", () => archive(["C:\\x.npy", npy]), "BadZipFile", /invalid filename/],
  ["a name twice", () => archive(["x.npy", npy], ["x.npy", npy]), "BadZipFile", /corrupted/],
  [
    "another name before the content",
    () => archive(["x.npy", npy, { localName: "y.npy" }]),
    "BadZipFile",
    /corrupted/,
  ],
  [
    "entries that overlap",
    () => archive(["x.npy", npy], ["y.npy", npy, { at: 0 }]),
    "BadZipFile",
    /corrupted/,
  ],
  [
    "an entry behind the end",
    () => archive(["x.npy", npy, { at: 0x10000 }]),
    "BadZipFile",
    /corrupted/,
  ],
  [
    "a stored size that is not the packed one",
    () => archive(["x.npy", npy, { size: 1e9 }]),
    "BadZipFile",
    /corrupted/,
  ],
  [
    "a wrong CRC-32",
    () => archive(["x.npy", npy, { crc: 7 }]),
    "BadZipFile",
    /CRC-32 check failed/,
  ],
  [
    "an unknown method",
    () => archive(["x.npy", npy, { method: 99 }]),
    "BadZipFile",
    /unsupported method/,
  ],
  [
    "a locked entry",
    () => archive(["x.npy", npy, { flags: 1 }]),
    "BadZipFile",
    /unsupported encryption/,
  ],
  [
    "deflate that is none",
    () => archive(["x.npy", Buffer.from("garbage"), { method: 8 }]),
    "BadZipFile",
    /decompression failed/,
  ],
  [
    "a bomb of 100 MB",
    () => archive(["x.npy", bomb(), { deflate: true }]),
    "BadZipFile",
    /file too large/,
  ],
  [
    "a bomb that claims to be small",
    () => archive(["x.npy", bomb(), { deflate: true, size: 200 }]),
    "BadZipFile",
    /decompression failed/,
  ],
  [
    "a bomb of 4 GB by its claim",
    () => archive(["x.npy", deflateRawSync(npy), { method: 8, size: 0xfffffffe }]),
    "BadZipFile",
    /corrupted/,
  ],
  [
    "a bomb of 2^60 bytes by its claim",
    () =>
      archive(["x.npy", npy, { size: 0xffffffff, packed: 0xffffffff, extra: zip64(2n ** 60n) }]),
    "BadZipFile",
    /corrupted/,
  ],
  [
    "forty bombs of 2 MB",
    () =>
      zip(
        Array.from(
          { length: 40 },
          (_, i) => [`x${i}.npy`, zeros(2 * MB), { deflate: true }] as const,
        ),
      ),
    "BadZipFile",
    /file too large/,
  ],
  [
    "a text among the arrays",
    () => archive(["x.txt", Buffer.from("hello")]),
    "ValueError",
    /^This file contains pickled/,
  ],
  [
    "a damaged array inside",
    () => archive(["x.npy", npy.subarray(0, 100)]),
    "ValueError",
    /^Failed to read all data|^EOF/,
  ],
];

const os = "cos\nsystem\n";
const blocked = (name: string) =>
  new RegExp(
    `^Weights only load failed\\. WeightsUnpickler error: Unsupported global: GLOBAL ${name} was not an allowed global`,
  );
const unpickling = /^Weights only load failed\. WeightsUnpickler error: /;
const floats = { 0: zeros(16) };
const failsWith = (what: string, bytes: Uint8Array, message = unpickling): Case => [
  what,
  () => checkpoint(bytes, floats),
  "UnpicklingError",
  message,
];
const boundless = (n: number) => pickle("]".repeat(n), ".");

const checkpoints: Case[] = [
  ["nothing", () => zeros(0), "EOFError", /^$/],
  ["a text", () => Buffer.from("hello world"), "RuntimeError", /not a ZIP archive/],
  [
    "a bare pickle",
    () => pickle(os, text("true"), Buffer.from([0x85]), "R."),
    "RuntimeError",
    /not a ZIP archive/,
  ],
  [
    "an archive cut short",
    () => checkpoint(pickle("}."), floats).subarray(0, 90),
    "RuntimeError",
    /failed finding central directory/,
  ],
  [
    "no pickle",
    () => zip([["a/data/0", zeros(4)]]),
    "RuntimeError",
    /failed locating file data\.pkl: file not found/,
  ],
  failsWith(
    "os.system, called",
    pickle(os, text("touch pwned"), Buffer.from([0x85]), "R."),
    blocked("os\\.system"),
  ),
  failsWith("os.system, only named", pickle(os, "."), blocked("os\\.system")),
  failsWith(
    "eval",
    pickle("c__builtin__\neval\n", text("1"), Buffer.from([0x85]), "R."),
    blocked("__builtin__\\.eval"),
  ),
  failsWith(
    "a class of torch",
    pickle("ctorch.nn.modules.linear\nLinear\n)R."),
    blocked("torch\\.nn\\.modules\\.linear\\.Linear"),
  ),
  failsWith(
    "a method behind an allowed name",
    pickle("ctorch\nFloatStorage.from_file\n)R."),
    blocked("torch\\.FloatStorage\\.from_file"),
  ),
  failsWith(
    "NEWOBJ",
    pickle("ccollections\nOrderedDict\n)", Buffer.from([0x81]), "."),
    /Unsupported operand 129/,
  ),
  failsWith("INST", pickle("(ios\nsystem\n."), /Unsupported operand 105/),
  failsWith("OBJ", pickle("(o."), /Unsupported operand 111/),
  failsWith(
    "a stack global of protocol 4",
    Buffer.from([0x80, 4, 0x8c, 2, 0x6f, 0x73, 0x93, 0x2e]),
    /protocol 4/,
  ),
  failsWith(
    "a registered extension",
    pickle(Buffer.from([0x82, 1]), "."),
    /Unsupported operand 130/,
  ),
  failsWith("a storage called", pickle("ctorch\nFloatStorage\n)R."), /cannot be called/),
  failsWith("a dict called", pickle("})R."), /a call of what is no name/),
  failsWith("a state for a tensor", pickle(tensor(4, [4], [1]), "}b."), /Can only build a dict/),
  failsWith("no end", pickle("}"), /truncated/),
  failsWith(
    "a text longer than the file",
    pickle(Buffer.from([0x58, 0xff, 0xff, 0xff, 0x7f]), "."),
    /truncated/,
  ),
  failsWith("a text that is no UTF-8", pickle(Buffer.from([0x58, 1, 0, 0, 0, 0xff]), "."), /UTF-8/),
  failsWith("an empty stack", pickle("R."), /pop from empty list/),
  failsWith("no mark", pickle("t."), /could not find MARK/),
  failsWith("a memo that is not there", pickle("h\x05."), /Memo value not found at index 5/),
  failsWith("values left over", pickle("NN."), /left over/),
  failsWith("a list in itself", pickle("]q\x00h\x00a."), /nested deeper/),
  failsWith("lists 10,000 deep", pickle("]".repeat(10000), "a".repeat(9999), "."), /nested deeper/),
  failsWith("a million lists", boundless(1e6), /more than 200000 containers/),
  failsWith(
    "a pickle of 20 MB",
    Buffer.concat([pickle(), Buffer.alloc(20 * MB, "N"), Buffer.from(".")]),
    /the pickle is too large/,
  ),
  failsWith(
    "a key twice",
    pickle("}", text("w"), "K\x01s", text("w"), "K\x02s."),
    /a key comes twice/,
  ),
  failsWith(
    "a tensor for a key",
    pickle("}", tensor(4, [4], [1]), "K\x01s."),
    /keys are strings or whole numbers/,
  ),
  failsWith(
    "a storage alone",
    pickle(tuple(text("storage"), "ctorch\nFloatStorage\n", text("0"), text("cpu"), int(4)), "Q."),
    /stands alone/,
  ),
  failsWith("another persistent id", pickle(text("module"), "Q."), /persistent_load/),
  failsWith(
    "a storage of two types",
    pickle("]", tensor(4, [4], [1]), "a", tensor(4, [4], [1], { type: "IntStorage" }), "a."),
    /two types/,
  ),
  failsWith("a negative size", pickle(tensor(4, [-1], [1]), "."), /no storage, sizes and strides/),
  failsWith(
    "more sizes than strides",
    pickle(tensor(4, [2, 2], [1]), "."),
    /no storage, sizes and strides/,
  ),
  [
    "a tensor larger than its storage",
    () => checkpoint(pickle(tensor(4, [9], [1]), "."), floats),
    "RuntimeError",
    /out of bounds for storage of size 16$/,
  ],
  [
    "a tensor that begins behind its storage",
    () => checkpoint(pickle(tensor(4, [1], [1], { offset: 4 }), "."), floats),
    "RuntimeError",
    /out of bounds for storage/,
  ],
  [
    "sizes and strides that overflow",
    () => checkpoint(pickle(tensor(4, [2 ** 40, 2 ** 40], [2 ** 40, 2 ** 50]), "."), floats),
    "RuntimeError",
    /out of bounds for storage/,
  ],
  [
    "a storage shorter than it says",
    () => checkpoint(pickle(tensor(4, [4], [1]), "."), { 0: zeros(7) }),
    "RuntimeError",
    /^record size \(7 bytes\) does not match expected size \(16 bytes/,
  ],
  [
    "a storage of 2^50 elements",
    () => checkpoint(pickle(tensor(2 ** 50, [4], [1]), "."), floats),
    "RuntimeError",
    /does not match expected size/,
  ],
  [
    "a storage that is not there",
    () => checkpoint(pickle(tensor(4, [4], [1]), ".")),
    "RuntimeError",
    /failed locating file data\/0: file not found/,
  ],
  [
    "an unknown byte order",
    () => checkpoint(pickle("}."), {}, [["a/byteorder", Buffer.from("weird")]]),
    "ValueError",
    /^Unknown endianness type: weird$/,
  ],
  [
    "a TorchScript program",
    () => checkpoint(pickle("}."), {}, [["a/constants.pkl", pickle(").")]]),
    "RuntimeError",
    /TorchScript archives/,
  ],
  [
    "a climbing storage",
    () => checkpoint(pickle("}."), {}, [["a/../../data/1", zeros(4)]]),
    "RuntimeError",
    /invalid filename/,
  ],
  [
    "integers beyond 2^53",
    () =>
      checkpoint(pickle(tensor(1, [1], [1], { type: "LongStorage" }), "."), {
        0: Buffer.alloc(8, 0x7f),
      }),
    "RuntimeError",
    /^value cannot be converted to type int64 without overflow$/,
  ],
];

function safe(header: string | Buffer, data = 0, length?: bigint): Buffer {
  const bytes = Buffer.from(header as string);
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(length ?? BigInt(bytes.length));
  return Buffer.concat([size, bytes, zeros(data)]);
}
const entry = (shape: string, from: number | string, to: number | string, dtype = "F32") =>
  `{"dtype":"${dtype}","shape":${shape},"data_offsets":[${from},${to}]}`;
const refused = (problem: string) => new RegExp(`^Error while deserializing header: ${problem}`);
const one = (header: string, problem: string, what: string, data = 8): Case => [
  what,
  () => safe(header, data),
  "SafetensorError",
  refused(problem),
];

const safetensors: Case[] = [
  ["nothing", () => zeros(0), "SafetensorError", refused("header too small")],
  ["half a length", () => zeros(4), "SafetensorError", refused("header too small")],
  [
    "a header of 2^62 bytes",
    () => safe("{}", 0, 2n ** 62n),
    "SafetensorError",
    refused("header too large"),
  ],
  [
    "a header of 2^64 − 1 bytes",
    () => safe("{}", 0, 2n ** 64n - 1n),
    "SafetensorError",
    refused("header too large"),
  ],
  [
    "a header longer than the file",
    () => safe("{}", 0, 99999999n),
    "SafetensorError",
    refused("invalid header length"),
  ],
  [
    "a header of 20 MB",
    () => safe(`{}${" ".repeat(20 * MB)}`),
    "SafetensorError",
    refused("header too large"),
  ],
  [
    "a header of 10 MB of names",
    () => safe(`{${Array.from({ length: 6e5 }, (_, i) => `"${i}":{}`).join()}}`),
    "SafetensorError",
    refused("invalid JSON in header: missing field `dtype`"),
  ],
  [
    "a header that is no text",
    () => safe(Buffer.from('{"\xff":1}', "latin1")),
    "SafetensorError",
    refused("invalid UTF-8 in header"),
  ],
  one("{nope", "invalid JSON in header", "no JSON"),
  one("[]", "invalid JSON in header", "a list"),
  one("{}  x", "invalid JSON in header: trailing characters", "text behind the header"),
  one(`{"x":${"[".repeat(MB)}`, "invalid JSON in header", "brackets a million deep"),
  one(
    `{"x":${'{"x":'.repeat(MB)}`,
    "invalid JSON in header: unknown field `x`",
    "braces a million deep",
  ),
  one(
    `{"x":${entry("[1]", 0, 4)},"x":${entry("[1]", 4, 8)}}`,
    "invalid JSON in header: duplicate field `x`",
    "a name twice",
  ),
  one(
    '{"x":{"dtype":"F32","dtype":"I32","shape":[1],"data_offsets":[0,4]}}',
    "invalid JSON in header: duplicate field `dtype`",
    "a field twice",
  ),
  one(
    '{"x":{"dtype":"F32","shape":[1]}}',
    "invalid JSON in header: missing field `data_offsets`",
    "no offsets",
  ),
  one(
    '{"__metadata__":{"a":1}}',
    "invalid JSON in header: expected a string",
    "metadata of numbers",
  ),
  one(
    `{"x":${entry("[2]", 0, 8, "Q9")}}`,
    "invalid JSON in header: unknown variant `Q9`",
    "an unknown dtype",
  ),
  one(
    `{"x":${entry("[2]", 0, 8, "toString")}}`,
    "invalid JSON in header: unknown variant",
    "a dtype that every object has",
  ),
  one(
    `{"x":${entry("[-2]", 0, 8)}}`,
    "invalid JSON in header: invalid value: integer `-2`, expected usize",
    "a negative size",
  ),
  one(
    `{"x":${entry("[1.5]", 0, 8)}}`,
    "invalid JSON in header: invalid type: floating point `1.5`, expected usize",
    "half a size",
  ),
  one(`{"x":${entry(`[${"1,".repeat(99)}1]`, 0, 8)}}`, "invalid JSON in header", "100 dimensions"),
  one(
    `{"x":${entry("[4611686018427387904,8]", 0, 8)}}`,
    "invalid JSON in header: invalid value",
    "a size of 2^62",
  ),
  one(
    `{"x":${entry("[2097152,2097152,2097152]", 0, 8)}}`,
    "overflow computing buffer size",
    "sizes that overflow together",
  ),
  one(
    `{"x":${entry("[3]", 0, 8)}}`,
    "invalid shape, data type, or offset for tensor",
    "a shape for other bytes",
  ),
  one(
    `{"x":${entry("[2]", 8, 0)}}`,
    "invalid offset for tensor `x`",
    "offsets the wrong way round",
  ),
  one(
    `{"x":${entry("[2]", 0, 8)},"y":${entry("[2]", 4, 12)}}`,
    "invalid offset for tensor `y`",
    "tensors that overlap",
    12,
  ),
  one(
    `{"x":${entry("[2]", 0, 8)},"y":${entry("[2]", 12, 20)}}`,
    "invalid offset for tensor `y`",
    "a gap between tensors",
    20,
  ),
  one(
    `{"x":${entry("[2]", 0, 8)}}`,
    "incomplete metadata, file not fully covered",
    "bytes behind the tensors",
    9,
  ),
  one(
    `{"x":${entry("[1000000000]", 0, 4000000000)}}`,
    "incomplete metadata, file not fully covered",
    "4 GB that are not there",
  ),
  [
    "8-bit floats",
    () => safe(`{"x":${entry("[2]", 0, 2, "F8_E4M3")}}`, 2),
    "NotImplementedError",
    /no tensor here holds F8_E4M3/,
  ],
  [
    "integers beyond 2^53",
    () => Buffer.concat([safe(`{"x":${entry("[1]", 0, 8, "U64")}}`), Buffer.alloc(8, 0xff)]),
    "RuntimeError",
    /^value cannot be converted to type uint64 without overflow$/,
  ],
];

const tables: Case[] = [
  [
    "a line of 20 MB",
    () => Buffer.alloc(20 * MB, "1"),
    "ValueError",
    /^a line is too long for a table$/,
  ],
  [
    "a picture",
    () => Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0xd8]),
    "ValueError",
    /^'utf-8' codec can't decode/,
  ],
  [
    "UTF-16",
    () => Buffer.from("\ufeff1,2", "utf16le"),
    "ValueError",
    /^'utf-8' codec can't decode/,
  ],
  [
    "a text",
    () => Buffer.from("hello world"),
    "ValueError",
    /^could not convert string 'hello' to float64 at row 0, column 1\.$/,
  ],
];

/** All hostile files. */
export const hostile: readonly Hostile[] = [
  ...all("np.load", [...arrays, ...archives]),
  ...all("torch.load", checkpoints),
  ...all("load_file", safetensors),
  ...all("loadtxt", tables),
  ...all("genfromtxt", tables.slice(0, 3)),
];
