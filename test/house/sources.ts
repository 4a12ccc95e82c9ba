// The project's own files and what they import, for the tests of the house's rules.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";

export const root = join(__dirname, "..", "..");

/** Files below a folder of the project whose names match, as paths from the project's root. */
export function filesIn(folder: string, wanted: RegExp): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && wanted.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort();
}

/** The text of a file. */
export const read = (file: string): string => readFileSync(join(root, file), "utf8");

/** One import or re-export of a relative path. */
export interface Import {
  readonly file: string;
  /** The path from the project's root that it resolves to, without an ending. */
  readonly target: string;
  readonly typeOnly: boolean;
}

const pattern =
  /\b(?:import|export)\s+(type\s)?[^;"]*?\bfrom\s+"(\.[^"]*)"|\bimport\("(\.[^"]*)"\)/g;

/** Every relative import in a file. */
export function importsOf(file: string): Import[] {
  return [...read(file).matchAll(pattern)].map((match) => ({
    file,
    target: relative(root, resolve(root, dirname(file), match[2] ?? match[3] ?? ""))
      .split(sep)
      .join("/"),
    typeOnly: match[1] !== undefined,
  }));
}
