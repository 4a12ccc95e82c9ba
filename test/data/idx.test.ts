// The idx reader takes right files and names what is wrong with others.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { crc32, gzipSync } from "node:zlib";
import { parseIdx, readIdx, readIdxOnce } from "../../src/data/idx";
import { RuntimeError } from "../../src/errors";

const folder = mkdtempSync(join(tmpdir(), "idx 数据 "));
after(() => rmSync(folder, { recursive: true, force: true }));

/** 2 pictures of 2 × 3. */
const content = Buffer.from([0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3, ...Array(12).keys()]);
const expected = { contentBytes: 28, contentCrc: crc32(content), shape: [2, 2, 3] };

function file(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** The message of the RuntimeError that `run` raises. */
function complaint(run: () => unknown): string {
  let message = "";
  assert.throws(run, (error: unknown) => {
    assert.ok(error instanceof RuntimeError);
    message = error.message;
    return true;
  });
  return message;
}

test("reads a gz file and a plain one, big-endian, in row order", () => {
  for (const [name, bytes] of [
    ["a.gz", gzipSync(content)],
    ["a", content],
  ] as const) {
    const { shape, data } = readIdx(file(name, bytes), expected);
    assert.deepEqual(shape, [2, 2, 3]);
    assert.deepEqual(Array.from(data), [...Array(12).keys()]);
    const readable = data.buffer.byteLength - data.byteOffset - data.byteLength;
    assert.ok(readable >= 64, `${readable} bytes behind the data`);
  }
});

test("reads without an expectation too", () => {
  const { shape, data } = readIdx(file("b.gz", gzipSync(content)));
  assert.deepEqual([shape, data.length, data[11]], [[2, 2, 3], 12, 11]);
});

test("a truncated gz file names what was expected and found", () => {
  const cut = gzipSync(content).subarray(0, 25);
  assert.match(
    complaint(() => readIdx(file("cut.gz", cut), expected)),
    /^cut\.gz: expected a gz file that holds 28 bytes, found one of 25 bytes that ends early/,
  );
  assert.match(
    complaint(() => readIdx(file("cut2.gz", cut))),
    /^cut2\.gz: expected a whole gz file, found 25 bytes that do not decode: /,
  );
});

test("damage inside a gz file is found", () => {
  const packed = gzipSync(content);
  packed[14] ^= 0xff;
  assert.match(
    complaint(() => readIdx(file("damaged.gz", packed), expected)),
    /^damaged\.gz: /,
  );
});

test("another file of the same size and shape is not taken for the one that is meant", () => {
  const other = Buffer.from(content);
  other[20] ^= 1;
  for (const [name, bytes] of [
    ["other.gz", gzipSync(other)],
    ["other", other],
  ] as const) {
    assert.match(
      complaint(() => readIdx(file(name, bytes), expected)),
      /expected content with CRC-32 0x[0-9a-f]{8}, found 0x[0-9a-f]{8}$/,
    );
  }
});

test("a file of another kind under a gz name", () => {
  const page = Buffer.from("<html>404 Not Found</html>");
  assert.match(
    complaint(() => readIdx(file("page.gz", page), expected)),
    /^page\.gz: expected a gz file, found 26 bytes of another kind$/,
  );
});

test("wrong headers are refused with what was found", () => {
  const cases: [number[], RegExp][] = [
    [[0, 0], /expected an idx header, found 2 bytes/],
    [[1, 0, 8, 1, 0, 0, 0, 0], /magic number such as 0x00000803, found 0x01000801/],
    [[0, 0, 7, 1, 0, 0, 0, 0], /found 0x00000701/],
    [[0, 0, 8, 0, 0, 0, 0, 0], /found 0x00000800/],
    [
      [0, 0, 13, 1, 0, 0, 0, 1, 0, 0, 0, 0],
      /expected elements of type unsigned byte, found elements of type float/,
    ],
    [[0, 0, 8, 2, 0, 0, 0, 1], /expected a header of 12 bytes, found 8 bytes/],
    [[0, 0, 8, 1, 0, 0, 0, 2, 5], /expected 10 bytes for the shape \[2\], found 9/],
    [[0, 0, 8, 1, 0, 0, 0, 1, 5, 6], /expected 9 bytes for the shape \[1\], found 10/],
  ];
  for (const [bytes, message] of cases) {
    assert.match(
      complaint(() => parseIdx(Uint8Array.from(bytes), "x")),
      message,
    );
  }
});

test("a header that claims a huge array is refused without allocating it", () => {
  const huge = Uint8Array.from([0, 0, 8, 3, 255, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 9, 1]);
  assert.match(
    complaint(() => parseIdx(huge, "huge")),
    /expected .* bytes for the shape/,
  );
});

test("decoded once per version of the file", () => {
  const path = file("once.gz", gzipSync(content));
  const first = readIdxOnce(path, expected);
  assert.equal(readIdxOnce(path, expected), first);
  writeFileSync(path, gzipSync(content.subarray(0, 20)));
  assert.throws(() => readIdxOnce(path, expected), RuntimeError);
});
