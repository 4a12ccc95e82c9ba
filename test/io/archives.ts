// ZIP archives and pickles by hand, for files that no honest program writes.

import { crc32, deflateRawSync, inflateRawSync } from "node:zlib";

/** What an entry claims, where that is not what it holds. */
export interface Claims {
  readonly deflate?: boolean;
  readonly method?: number;
  readonly flags?: number;
  readonly size?: number;
  readonly packed?: number;
  readonly crc?: number;
  readonly at?: number;
  readonly localName?: string;
  readonly extra?: Buffer;
}
export type Entry = readonly [name: string, bytes: Uint8Array, claims?: Claims];

function fields(size: number, values: readonly (readonly [number, number, number])[]): Buffer {
  const bytes = Buffer.alloc(size);
  for (const [at, width, value] of values) bytes.writeUIntLE(value, at, width);
  return bytes;
}

/** What the end record claims. */
export interface EndClaims {
  readonly entries?: number;
  readonly at?: number;
  readonly size?: number;
  readonly disk?: number;
}

/** An archive of these entries. */
export function zip(entries: readonly Entry[], end: EndClaims = {}): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, bytes, claims = {}] of entries) {
    const packed = claims.deflate ? deflateRawSync(bytes) : Buffer.from(bytes);
    const method = claims.method ?? (claims.deflate ? 8 : 0);
    const extra = claims.extra ?? Buffer.alloc(0);
    const shared = (shift: number): [number, number, number][] => [
      [6 + shift, 2, claims.flags ?? 0],
      [8 + shift, 2, method],
      [14 + shift, 4, claims.crc ?? crc32(bytes)],
      [18 + shift, 4, claims.packed ?? packed.length],
      [22 + shift, 4, claims.size ?? bytes.length],
    ];
    const localName = Buffer.from(claims.localName ?? name);
    const local = fields(30, [[0, 4, 0x04034b50], ...shared(0), [26, 2, localName.length]]);
    locals.push(local, localName, packed);
    const nameLength = Buffer.byteLength(name);
    directory.push(
      fields(46, [
        [0, 4, 0x02014b50],
        ...shared(2),
        [28, 2, nameLength],
        [30, 2, extra.length],
        [42, 4, claims.at ?? at],
      ]),
      Buffer.from(name),
      extra,
    );
    at += 30 + localName.length + packed.length;
  }
  const list = Buffer.concat(directory);
  const last = fields(22, [
    [0, 4, 0x06054b50],
    [4, 2, end.disk ?? 0],
    [8, 2, end.entries ?? entries.length],
    [10, 2, end.entries ?? entries.length],
    [12, 4, end.size ?? list.length],
    [16, 4, end.at ?? at],
  ]);
  return Buffer.concat([...locals, list, last]);
}

/** The entries of an archive that an honest program wrote. */
export function zipContents(bytes: Buffer): Record<string, Buffer> {
  const found: Record<string, Buffer> = {};
  const end = bytes.lastIndexOf("PK\x05\x06", undefined, "latin1");
  let p = bytes.readUInt32LE(end + 16);
  for (let i = bytes.readUInt16LE(end + 10); i > 0; i--) {
    const [nameLength, extra, comment] = [28, 30, 32].map((k) => bytes.readUInt16LE(p + k));
    const name = bytes.toString("utf8", p + 46, p + 46 + nameLength);
    const at = bytes.readUInt32LE(p + 42);
    const start = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
    const packed = bytes.subarray(start, start + bytes.readUInt32LE(p + 20));
    found[name] = bytes.readUInt16LE(p + 10) === 8 ? inflateRawSync(packed) : packed;
    p += 46 + nameLength + extra + comment;
  }
  return found;
}

/** A checkpoint with this pickle and these storages. */
export function checkpoint(
  pickle: Uint8Array,
  storages: Readonly<Record<string, Uint8Array>> = {},
  more: readonly Entry[] = [],
): Buffer {
  const data = Object.entries(storages).map(([key, bytes]): Entry => [`a/data/${key}`, bytes]);
  return zip([["a/data.pkl", pickle], ...data, ["a/version", Buffer.from("3\n")], ...more]);
}

/** Opcodes of pickle protocol 2, one behind the other; texts are latin1. */
export function pickle(...parts: readonly (string | Uint8Array)[]): Buffer {
  const bytes = parts.map((part) =>
    typeof part === "string" ? Buffer.from(part, "latin1") : part,
  );
  return Buffer.concat([Buffer.from([0x80, 2]), ...bytes]);
}

/** BINUNICODE. */
export function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([Buffer.from("X"), fields(4, [[0, 4, bytes.length]]), bytes]);
}

/** BININT, or LONG1 where that is too small. */
export function int(value: number): Buffer {
  const bytes = Buffer.alloc(9);
  if (Math.abs(value) < 2 ** 31) {
    bytes.write("J");
    bytes.writeInt32LE(value, 1);
    return bytes.subarray(0, 5);
  }
  bytes.writeBigInt64LE(BigInt(value), 1);
  return Buffer.concat([Buffer.from([0x8a, 8]), bytes.subarray(1)]);
}

/** A tuple of what is pushed by these parts. */
export const tuple = (...parts: readonly (string | Uint8Array)[]) =>
  Buffer.concat([
    Buffer.from("("),
    ...parts.map((p) => Buffer.from(p as string, "latin1")),
    Buffer.from("t"),
  ]);

/** A tensor on storage "0": what torch.save writes. */
export function tensor(
  numel: number,
  sizes: readonly number[],
  strides: readonly number[],
  options: { readonly offset?: number; readonly type?: string } = {},
): Buffer {
  const storage = tuple(
    text("storage"),
    `ctorch\n${options.type ?? "FloatStorage"}\n`,
    text("0"),
    text("cpu"),
    int(numel),
  );
  const args = [
    Buffer.concat([storage, Buffer.from("Q")]),
    int(options.offset ?? 0),
    tuple(...sizes.map(int)),
    tuple(...strides.map(int)),
    Buffer.from([0x89]),
    "ccollections\nOrderedDict\n)R",
  ];
  return Buffer.concat([
    Buffer.from("ctorch._utils\n_rebuild_tensor_v2\n"),
    tuple(...args),
    Buffer.from("R"),
  ]);
}
