// Bytes of a file by position, so that a header is judged before anything of its size is read.

import { closeSync, fstatSync, openSync, readSync, statSync } from "node:fs";
import { basename } from "node:path";
import { FileNotFoundError, OSError, TypeError, ValueError } from "../errors";
import { pythonTypeName } from "../scalar";

/** Bytes that can be asked for by position. */
export interface Source {
  /** The file's name, for messages. */
  readonly name: string;
  readonly size: number;
  /** A copy of `length` bytes from `at` on, the first byte of a buffer of their own. */
  take(at: number, length: number): Uint8Array;
}

/** What an error's hint says of a file. */
export function fileHint(name: string, expected: string, found: string): string {
  return `${name}: expected ${expected}, found ${found}; nothing of it was used`;
}

/** A whole number with separators, for people: 1,234. */
export const count = (n: number | bigint): string => n.toLocaleString("en-US");

/** Number and sentence of the errors that people meet, as C's strerror gives them. */
const errnos: Readonly<Record<string, readonly [number, string]>> = {
  EPERM: [1, "Operation not permitted"],
  ENOENT: [2, "No such file or directory"],
  EACCES: [13, "Permission denied"],
  EEXIST: [17, "File exists"],
  ENOTDIR: [20, "Not a directory"],
  EISDIR: [21, "Is a directory"],
  ENOSPC: [28, "No space left on device"],
  EROFS: [30, "Read-only file system"],
  ENAMETOOLONG: [36, "File name too long"],
};

/** The system's error as Python raises it. */
export function systemError(error: unknown, path: string): Error {
  const code = (error as { code?: unknown } | null)?.code;
  if (code === "ERR_INVALID_ARG_VALUE") return new ValueError("embedded null byte");
  const known = typeof code === "string" ? errnos[code] : undefined;
  if (known === undefined) {
    return error instanceof Error && code !== undefined
      ? new OSError(`${error.message}`, `the file is '${path}'`)
      : (error as Error);
  }
  const message = `[Errno ${known[0]}] ${known[1]}: '${path}'`;
  return code === "ENOENT"
    ? new FileNotFoundError(message, "paths start at the folder in which the program runs")
    : new OSError(message);
}

/** The path itself. Raises TypeError for what is no string. */
export function checkPath(path: unknown): string {
  if (typeof path === "string") return path;
  throw new TypeError(
    `expected str, bytes or os.PathLike object, not ${pythonTypeName(path)}`,
    "a file is named by a string",
  );
}

function openFile(path: string): number {
  try {
    // A pipe would be waited for when it is opened.
    const kind = statSync(path);
    if (kind.isDirectory()) throw Object.assign(new Error(), { code: "EISDIR" });
    if (!kind.isFile()) throw new OSError(`'${path}' is no regular file`, "copy it into one first");
    return openSync(path, "r");
  } catch (error) {
    throw systemError(error, path);
  }
}

/**
 * Open a file, use it, and close it whatever happens. Raises FileNotFoundError or OSError in
 * Python's words.
 */
export function withFile<T>(path: string, use: (file: Source) => T): T {
  const fd = openFile(checkPath(path));
  try {
    const { size } = fstatSync(fd);
    const name = basename(path);
    return use({ name, size, take: (at, length) => readAt(fd, name, at, length) });
  } finally {
    closeSync(fd);
  }
}

/** One read asks for no more than this: the system's calls take 2 GB at most. */
const largestRead = 2 ** 30;

function readAt(fd: number, name: string, at: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let done = 0; done < length; ) {
    const asked = Math.min(length - done, largestRead);
    const got = readSync(fd, bytes, done, asked, at + done);
    if (got === 0) {
      throw new OSError(
        `${name} became shorter while it was read`,
        fileHint(name, `${count(at + length)} bytes`, count(at + done)),
      );
    }
    done += got;
  }
  return bytes;
}

/** A part of memory in the role of a file. */
export function memorySource(name: string, bytes: Uint8Array): Source {
  return { name, size: bytes.length, take: (at, length) => bytes.slice(at, at + length) };
}
