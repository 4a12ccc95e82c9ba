// Reads idx files, the format of the MNIST family: a big-endian header, then bytes in row order.

import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { basename } from "node:path";
import { constants, crc32, gunzipSync } from "node:zlib";
import { RuntimeError } from "../errors";
import { residentBytes } from "../kernels/resident";

/** A decoded idx file of unsigned bytes. */
export interface IdxArray {
  readonly shape: readonly number[];
  /** Row order, in memory that the compiled products read in place. */
  readonly data: Uint8Array;
}

/** What a file must hold for it to be the file that is meant. */
export interface Expectation {
  readonly contentBytes: number;
  readonly contentCrc?: number;
  readonly contentMd5?: string;
  readonly shape: readonly number[];
}

const elementTypes: ReadonlyMap<number, string> = new Map([
  [0x08, "unsigned byte"],
  [0x09, "signed byte"],
  [0x0b, "short"],
  [0x0c, "int"],
  [0x0d, "float"],
  [0x0e, "double"],
]);

const hex = (value: number) => `0x${(value >>> 0).toString(16).padStart(8, "0")}`;
const count = (value: number) => value.toLocaleString("en-US");

function refuse(name: string, expected: string, found: string): RuntimeError {
  return new RuntimeError(
    `${name}: expected ${expected}, found ${found}`,
    "Nothing of the file was used. Delete it and fetch it again.",
  );
}

/**
 * The array in the bytes of an idx file. Raises RuntimeError, naming file, expected and found,
 * when the magic number, the element type, the dimensions or the length are not right.
 * Format: two zero bytes, the element type, the number of dimensions, each dimension as a
 * big-endian 32-bit integer, then the elements (yann.lecun.com/exdb/mnist).
 */
export function parseIdx(bytes: Uint8Array, name: string): IdxArray {
  if (bytes.length < 4) throw refuse(name, "an idx header", `${bytes.length} bytes`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = view.getUint32(0);
  const [type, rank] = [bytes[2], bytes[3]];
  if (magic >>> 16 !== 0 || !elementTypes.has(type) || rank === 0) {
    throw refuse(name, "an idx magic number such as 0x00000803", hex(magic));
  }
  if (type !== 0x08) {
    throw refuse(
      name,
      "elements of type unsigned byte",
      `elements of type ${elementTypes.get(type)}`,
    );
  }
  const start = 4 + 4 * rank;
  if (bytes.length < start)
    throw refuse(name, `a header of ${start} bytes`, `${bytes.length} bytes`);
  const shape = Array.from({ length: rank }, (_, i) => view.getUint32(4 + 4 * i));
  const length = shape.reduce((product, size) => product * size, 1);
  if (bytes.length !== start + length) {
    throw refuse(
      name,
      `${count(start + length)} bytes for the shape [${shape.join(", ")}]`,
      `${count(bytes.length)}`,
    );
  }
  return { shape, data: resident(bytes, start) };
}

/** The bytes from `start` on, where the compiled products can read them in place. */
function resident(bytes: Uint8Array, start: number): Uint8Array {
  const data = residentBytes(bytes.length - start);
  data.set(bytes.subarray(start));
  return data;
}

const isGzip = (bytes: Uint8Array) => bytes.length >= 2 && bytes[0] === 0x1f && bytes[1] === 0x8b;

/** Decode in one piece: with a chunk as large as the content zlib writes it to its final place. */
function gunzip(packed: Buffer, name: string, contentBytes: number | undefined): Uint8Array {
  const trailer = packed.length >= 18 ? packed.readUInt32LE(packed.length - 4) : 0;
  if (contentBytes !== undefined && trailer !== contentBytes) {
    throw refuse(
      name,
      `a gz file that holds ${count(contentBytes)} bytes`,
      `one of ${count(packed.length)} bytes that ends early or holds something else`,
    );
  }
  try {
    return gunzipSync(packed, {
      // A little more than the content, so that zlib sees the end in the first chunk.
      chunkSize: contentBytes === undefined ? constants.Z_DEFAULT_CHUNK : contentBytes + 64,
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw refuse(
      name,
      "a whole gz file",
      `${count(packed.length)} bytes that do not decode: ${reason}`,
    );
  }
}

/**
 * Compare a checksum of the content. The CRC-32 of a gz file costs nothing: zlib has checked the
 * content against the one in the trailer.
 */
function checkContent(packed: Buffer, bytes: Uint8Array, name: string, known: Expectation): void {
  const { contentCrc, contentMd5 } = known;
  if (contentCrc !== undefined) {
    const found = isGzip(packed) ? packed.readUInt32LE(packed.length - 8) : crc32(bytes);
    if (found !== contentCrc)
      throw refuse(name, `content with CRC-32 ${hex(contentCrc)}`, hex(found));
  }
  if (contentMd5 !== undefined) {
    const found = createHash("md5").update(bytes).digest("hex");
    if (found !== contentMd5) throw refuse(name, `content with MD5 ${contentMd5}`, found);
  }
}

/**
 * Read an idx file, packed by gzip or not. With `expected` the content must be exactly the file
 * that is meant: length, checksum and shape are compared. Raises RuntimeError naming file, expected
 * and found; nothing half-read is returned. The shape of `train-labels-idx1-ubyte.gz` is `[60000]`.
 */
export function readIdx(path: string, expected?: Expectation): IdxArray {
  const name = basename(path);
  const packed = readFileSync(path);
  if (!isGzip(packed) && name.endsWith(".gz")) {
    throw refuse(name, "a gz file", `${count(packed.length)} bytes of another kind`);
  }
  const bytes = isGzip(packed) ? gunzip(packed, name, expected?.contentBytes) : packed;
  if (expected) checkContent(packed, bytes, name, expected);
  const array = parseIdx(bytes, name);
  if (expected && array.shape.join() !== expected.shape.join()) {
    throw refuse(name, `shape [${expected.shape.join(", ")}]`, `[${array.shape.join(", ")}]`);
  }
  return array;
}

const decoded = new Map<string, { array: IdxArray; stamp: string }>();

/** As `readIdx`, decoded once per process and version of the file: data sets share the bytes. */
export function readIdxOnce(path: string, expected: Expectation): IdxArray {
  const { size, mtimeMs } = statSync(path);
  const stamp = `${size} ${mtimeMs}`;
  const known = decoded.get(path);
  if (known?.stamp === stamp) return known.array;
  const array = readIdx(path, expected);
  decoded.set(path, { array, stamp });
  return array;
}
