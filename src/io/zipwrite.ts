// Writes ZIP archives: entries stored or deflated, always with the same bytes for the same content.

import { crc32, deflateRawSync } from "node:zlib";
import { ValueError } from "../errors";

/** One file to be put into an archive. */
export interface ZipContent {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** ZIP's smallest date, 1 January 1980, as NumPy writes it too: no clock in the file. */
const date = 0x21;
const largest = 0xffffffff;

function record(size: number, fields: readonly (readonly [number, 2 | 4, number])[]): Buffer {
  const bytes = Buffer.alloc(size);
  for (const [at, width, value] of fields) bytes.writeUIntLE(value, at, width);
  return bytes;
}

/**
 * The bytes of an archive, part by part. Raises ValueError beyond 4 GB, where the format's
 * ordinary records end.
 */
export function* zipBytes(
  contents: Iterable<ZipContent>,
  options: { readonly deflate?: boolean } = {},
): Generator<Uint8Array> {
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, bytes } of contents) {
    const nameBytes = Buffer.from(name);
    const packed = options.deflate ? deflateRawSync(bytes) : bytes;
    if (at + packed.length + bytes.length > largest || nameBytes.length > 0xffff) {
      throw new ValueError(
        `${name} does not fit into a ZIP archive`,
        "an archive holds up to 4 GB here; write several, or .npy files",
      );
    }
    // Version, flags (bit 11: the name is UTF-8), method, time, date, CRC, sizes, name's length.
    const common = (shift: number) =>
      [
        [4 + shift, 2, 20],
        [6 + shift, 2, 0x800],
        [8 + shift, 2, options.deflate ? 8 : 0],
        [12 + shift, 2, date],
        [14 + shift, 4, crc32(bytes)],
        [18 + shift, 4, packed.length],
        [22 + shift, 4, bytes.length],
        [26 + shift, 2, nameBytes.length],
      ] as const;
    yield record(30, [[0, 4, 0x04034b50], ...common(0)]);
    yield nameBytes;
    yield packed;
    const entry = record(46, [[0, 4, 0x02014b50], [4, 2, 20], ...common(2), [42, 4, at]]);
    directory.push(entry, nameBytes);
    at += 30 + nameBytes.length + packed.length;
  }
  const entries = directory.length / 2;
  const size = directory.reduce((n, part) => n + part.length, 0);
  if (entries > 0xfffe || at + size > largest) {
    throw new ValueError(`${entries} arrays do not fit into a ZIP archive`);
  }
  for (const part of directory) yield part;
  yield record(22, [
    [0, 4, 0x06054b50],
    [8, 2, entries],
    [10, 2, entries],
    [12, 4, size],
    [16, 4, at],
  ]);
}
