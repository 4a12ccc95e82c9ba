// Reads ZIP archives with Node's own inflate. The usual small libraries check no CRC-32, hold the
// whole archive in memory or are asynchronous; here everything that the directory claims is judged
// before a byte is unpacked. Format: APPNOTE.TXT of PKWARE, sections 4.3 and 4.5.

import { crc32, inflateRawSync } from "node:zlib";
import { count, fileHint, type Source } from "./source";

/** One file of an archive, as the directory describes it. */
export interface ZipEntry {
  readonly name: string;
  /** 0 as it is, 8 deflated. */
  readonly method: number;
  readonly packed: number;
  readonly size: number;
  readonly crc: number;
  /** Where its local header begins. */
  readonly at: number;
}

/** Makes the error of a damaged archive, or of a missing entry: then its name is given. */
export type ZipComplaint = (reason: string, hint: string, entry?: string) => Error;

/** What the reader needs to know of the caller. */
export interface ZipOptions {
  readonly complain: ZipComplaint;
  /** Unpacked bytes of all deflated entries together; what a small archive may grow to. */
  readonly maxBytes?: number;
}

const endSignature = 0x06054b50;
const end64Signature = 0x06064b50;
const locatorSignature = 0x07064b50;
const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;
const [endSize, locatorSize, end64Size, entrySize, localSize] = [22, 20, 56, 46, 30];
const longestComment = 65535;
const largestDirectory = 2 ** 24;
/** Deflate cannot do better than this. */
const bestRatio = 1032;
const plainLimit = 2 ** 26;
const plainRatio = 20;

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

/** The entries of an archive by name, each unpacked when it is asked for. */
export class ZipReader {
  private readonly entries = new Map<string, ZipEntry>();
  private readonly complain: ZipComplaint;
  /** Where the entries end and the directory begins. */
  private directoryAt = 0;

  constructor(
    private readonly file: Source,
    options: ZipOptions,
  ) {
    this.complain = options.complain;
    for (const entry of this.directory()) this.add(entry);
    this.checkPlaces();
    this.checkGrowth(options.maxBytes ?? Math.max(plainLimit, plainRatio * file.size));
  }

  /** The names, in the order of the directory. */
  get names(): readonly string[] {
    return [...this.entries.keys()];
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  /** The size of an entry when unpacked. */
  sizeOf(name: string): number {
    return this.entry(name).size;
  }

  private entry(name: string): ZipEntry {
    const entry = this.entries.get(name);
    if (entry !== undefined) return entry;
    const hint = fileHint(this.file.name, `an entry ${name}`, `${this.names.length} others`);
    throw this.complain("file not found", hint, name);
  }

  private fail(reason: string, expected: string, found: string): Error {
    return this.complain(reason, fileHint(this.file.name, expected, found));
  }

  private add(entry: ZipEntry): void {
    const { name } = entry;
    if (name.split(/[/\\]/).includes("..") || /^([/\\]|[A-Za-z]:)|\0/.test(name)) {
      throw this.fail("invalid filename", "names inside the archive", `one that climbs: ${name}`);
    }
    if (this.entries.has(name)) {
      throw this.fail("invalid header or archive is corrupted", "each name once", `${name} twice`);
    }
    if (!(name.endsWith("/") && entry.size === 0)) this.entries.set(name, entry);
  }

  /** No two entries may share bytes: that is how a small archive claims to be a huge one. */
  private checkPlaces(): void {
    let end = 0;
    for (const entry of [...this.entries.values()].sort((a, b) => a.at - b.at)) {
      const least = localSize + Buffer.byteLength(entry.name) + entry.packed;
      if (entry.at < end || entry.at + least > this.directoryAt) {
        throw this.fail(
          "invalid header or archive is corrupted",
          `${entry.name} between bytes ${count(end)} and ${count(this.directoryAt)}`,
          `bytes ${count(entry.at)} to ${count(entry.at + least)}, where others lie`,
        );
      }
      end = entry.at + least;
    }
  }

  private checkGrowth(limit: number): void {
    let total = 0;
    for (const { name, method, packed, size } of this.entries.values()) {
      if (method === 0 ? size !== packed : size > bestRatio * packed + bestRatio) {
        throw this.fail(
          "invalid header or archive is corrupted",
          `${name} to come from ${count(packed)} bytes`,
          `a claim of ${count(size)}`,
        );
      }
      if (method !== 0) total += size;
    }
    if (total > limit) {
      throw this.fail(
        "file too large",
        `at most ${count(limit)} bytes unpacked (maxBytes allows more)`,
        `${count(total)} from a file of ${count(this.file.size)}`,
      );
    }
  }

  /** The end record's position, and where and how large the directory is. */
  private findEnd(): { at: number; size: number; entries: number } {
    const { file } = this;
    const length = Math.min(file.size, endSize + longestComment);
    const tail = viewOf(file.take(file.size - length, length));
    let i = length - endSize;
    const isEnd = () =>
      tail.getUint32(i, true) === endSignature &&
      tail.getUint16(i + 20, true) === length - i - endSize;
    while (i >= 0 && !isEnd()) i--;
    if (i < 0) {
      throw this.fail(
        "failed finding central directory",
        "a ZIP archive with its directory at the end",
        `${count(file.size)} bytes without one: the file is cut short or of another kind`,
      );
    }
    const end = file.size - length + i;
    const disks = tail.getUint32(i + 4, true);
    if (disks !== 0 && disks !== 0xffffffff) {
      throw this.fail("unsupported multidisk archive", "one file", "a part of several");
    }
    const at = tail.getUint32(i + 16, true);
    const size = tail.getUint32(i + 12, true);
    const entries = tail.getUint16(i + 10, true);
    const isLarge = at === 0xffffffff || size === 0xffffffff || entries === 0xffff;
    // PyTorch writes the 64-bit record in any case.
    const found =
      isLarge || this.hasLocator(end) ? this.findEnd64(end) : { at, size, entries, end };
    if (found.at + found.size !== found.end || found.size > largestDirectory) {
      throw this.fail(
        "failed finding central directory",
        `a directory that ends at byte ${count(found.end)}`,
        `${count(found.size)} bytes from byte ${count(found.at)} on`,
      );
    }
    return found;
  }

  private hasLocator(end: number): boolean {
    if (end < locatorSize) return false;
    const locator = viewOf(this.file.take(end - locatorSize, locatorSize));
    return locator.getUint32(0, true) === locatorSignature;
  }

  private findEnd64(end: number): { at: number; size: number; entries: number; end: number } {
    const broken = (found: string) =>
      this.fail("failed finding central directory", "a whole ZIP64 end record", found);
    if (end < locatorSize + end64Size) throw broken("no room for one");
    if (!this.hasLocator(end)) throw broken("none");
    const locator = viewOf(this.file.take(end - locatorSize, locatorSize));
    const at = Number(locator.getBigUint64(8, true));
    if (at > end - locatorSize - end64Size) throw broken(`one at byte ${count(at)}`);
    const record = viewOf(this.file.take(at, end64Size));
    if (record.getUint32(0, true) !== end64Signature) throw broken("none where it should be");
    return {
      at: Number(record.getBigUint64(48, true)),
      size: Number(record.getBigUint64(40, true)),
      entries: Number(record.getBigUint64(32, true)),
      end: at,
    };
  }

  private *directory(): Generator<ZipEntry> {
    const { at, size, entries } = this.findEnd();
    this.directoryAt = at;
    const bytes = this.file.take(at, size);
    const view = viewOf(bytes);
    let p = 0;
    for (let i = 0; i < entries; i++) {
      const isWhole = p + entrySize <= size && view.getUint32(p, true) === entrySignature;
      const lengths = isWhole ? [28, 30, 32].map((k) => view.getUint16(p + k, true)) : [0, 0, 0];
      const next = p + entrySize + lengths[0] + lengths[1] + lengths[2];
      if (!isWhole || next > size) {
        throw this.fail(
          "invalid header or archive is corrupted",
          `${count(entries)} entries in the directory`,
          `${count(i)}, then something else`,
        );
      }
      yield this.readEntry(bytes.subarray(p, next), lengths);
      p = next;
    }
  }

  private readEntry(bytes: Uint8Array, [nameLength, extraLength]: readonly number[]): ZipEntry {
    const view = viewOf(bytes);
    const name = new TextDecoder().decode(bytes.subarray(entrySize, entrySize + nameLength));
    const flags = view.getUint16(8, true);
    const method = view.getUint16(10, true);
    if ((flags & 0x2041) !== 0) throw this.fail("unsupported encryption", "plain files", name);
    if (method !== 0 && method !== 8) {
      throw this.fail("unsupported method", `${name} stored or deflated`, `method ${method}`);
    }
    const extra = bytes.subarray(entrySize + nameLength, entrySize + nameLength + extraLength);
    const long = this.longFields(name, extra);
    const field = (position: number) => {
      const value = view.getUint32(position, true);
      return value === 0xffffffff ? long() : value;
    };
    const size = field(24);
    const packed = field(20);
    return { name, method, crc: view.getUint32(16, true), size, packed, at: field(42) };
  }

  /** Gives the 64-bit fields one after another: those whose 32 bits are all ones. */
  private longFields(name: string, extra: Uint8Array): () => number {
    const view = viewOf(extra);
    let [p, end] = [0, 0];
    for (let i = 0; i + 4 <= extra.length; i += 4 + view.getUint16(i + 2, true)) {
      if (view.getUint16(i, true) !== 1) continue;
      [p, end] = [i + 4, Math.min(extra.length, i + 4 + view.getUint16(i + 2, true))];
      break;
    }
    return () => {
      const value = p + 8 <= end ? Number(view.getBigUint64(p, true)) : Number.NaN;
      p += 8;
      if (Number.isSafeInteger(value)) return value;
      throw this.fail("invalid header or archive is corrupted", `sizes of ${name}`, "none");
    };
  }

  /**
   * An entry's content, checked by its CRC-32.
   * Raises the caller's error when it is missing or not what the directory says.
   */
  read(name: string): Uint8Array {
    const entry = this.entry(name);
    const bytes = this.unpack(entry, this.packedBytes(entry));
    const found = crc32(bytes);
    if (bytes.length === entry.size && found === entry.crc) return bytes;
    const what = (crc: number, size: number) =>
      `CRC-32 ${crc.toString(16)} of ${count(size)} bytes`;
    throw this.fail(
      "CRC-32 check failed",
      `${name} with ${what(entry.crc, entry.size)}`,
      what(found, bytes.length),
    );
  }

  private packedBytes({ name, at, packed }: ZipEntry): Uint8Array {
    const header = this.file.take(at, localSize);
    const view = viewOf(header);
    const nameLength = view.getUint16(26, true);
    const start = at + localSize + nameLength + view.getUint16(28, true);
    const isHeader = view.getUint32(0, true) === localSignature;
    const isSame =
      isHeader &&
      start + packed <= this.directoryAt &&
      Buffer.from(this.file.take(at + localSize, nameLength)).equals(Buffer.from(name));
    if (isSame) return this.file.take(start, packed);
    throw this.fail(
      "invalid header or archive is corrupted",
      `the entry ${name} at byte ${count(at)}`,
      isHeader ? "another one, or one that runs into the directory" : "no entry",
    );
  }

  private unpack({ name, method, size }: ZipEntry, packed: Uint8Array): Uint8Array {
    if (method === 0) return packed;
    try {
      const out = inflateRawSync(packed, {
        maxOutputLength: Math.max(size, 1),
        // With room for all of it zlib writes to the final place; the growth was judged before.
        chunkSize: Math.max(size + 64, 64),
      });
      // A plain array on a buffer of its own: a Buffer's slice would be no copy.
      const isWhole = out.byteOffset === 0 && out.length === out.buffer.byteLength;
      return isWhole ? new Uint8Array(out.buffer) : new Uint8Array(out);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw this.fail("decompression failed", `${count(size)} bytes in ${name}`, reason);
    }
  }
}
