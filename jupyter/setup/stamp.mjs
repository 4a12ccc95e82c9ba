// @ts-check
// Content stamps: a finished step leaves the hash of what it was made from, written last, so that a
// second run does nothing and a half-finished one is done again.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";

/**
 * The hash of files' names and contents, the same on every machine.
 * @param {string} base the names are taken relative to this folder
 * @param {string[]} files
 */
export function hashFiles(base, files) {
  const hash = createHash("sha256");
  for (const file of [...files].sort()) {
    const name = relative(base, file).split(sep).join("/");
    const content = readFileSync(file, "utf8").replaceAll("\r\n", "\n");
    hash.update(`${name}\0${content.length}\0${content}\0`);
  }
  return hash.digest("hex").slice(0, 32);
}

/** Every file below a folder that `wanted` accepts. @param {string} folder @param {RegExp} wanted */
export function filesBelow(folder, wanted) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && wanted.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

/**
 * The stamp in a file, or null when there is none or it cannot be read (then the step is redone).
 * @param {string} file
 * @returns {Record<string, unknown> | null}
 */
export function readStamp(file) {
  try {
    const stamp = JSON.parse(readFileSync(file, "utf8"));
    return stamp !== null && typeof stamp === "object" ? stamp : null;
  } catch {
    return null;
  }
}

/** Writes a stamp so that it is either whole or absent. @param {string} file @param {object} stamp */
export function writeStamp(file, stamp) {
  const half = `${file}.${process.pid}`;
  writeFileSync(half, `${JSON.stringify(stamp, null, 2)}\n`);
  renameSync(half, file);
}

/** Whether a stamp says exactly this. @param {string} file @param {Record<string, unknown>} wanted */
export function stampSays(file, wanted) {
  const stamp = readStamp(file);
  return stamp !== null && Object.entries(wanted).every(([key, value]) => stamp[key] === value);
}
