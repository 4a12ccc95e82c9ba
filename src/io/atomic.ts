// Files are written whole or not at all: into a file beside them that then takes their name.

import { randomBytes } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { checkPath, systemError } from "./source";

/** Where a name leads: a link stays a link, the file behind it is replaced. */
function destination(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function writeWhole(fd: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) {
    done += writeSync(fd, bytes, done, Math.min(bytes.length - done, 2 ** 30));
  }
}

/**
 * Write the parts one behind the other; the file changes only when all are on disk. When a part
 * cannot be made or written, what was there before stays and no rest is left.
 * Raises FileNotFoundError or OSError in Python's words.
 */
export function writeAtomically(path: string, parts: Iterable<Uint8Array>): void {
  const target = destination(checkPath(path));
  const part = join(
    dirname(target),
    `.${basename(target).slice(0, 100)}.${randomBytes(6).toString("hex")}.part`,
  );
  let fd: number | null = null;
  let isOpened = false;
  try {
    if (statSync(target, { throwIfNoEntry: false })?.isDirectory()) {
      throw Object.assign(new Error(), { code: "EISDIR" });
    }
    fd = openSync(part, "wx");
    isOpened = true;
    for (const bytes of parts) writeWhole(fd, bytes);
    fsyncSync(fd);
    closeSync(fd);
    fd = null;
    renameSync(part, target);
  } catch (error) {
    if (fd !== null) closeSync(fd);
    if (isOpened) rmSync(part, { force: true });
    throw systemError(error, path);
  }
}
