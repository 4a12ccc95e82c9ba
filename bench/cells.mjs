// @ts-check
// The mirrored cells of a notebook, as the tests of the exercises take them, and their Python twins.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { inside } from "../jupyter/setup/paths.mjs";

/** @param {number} exercise 1 to 5 */
function notebook(exercise) {
  const folder = inside("notebooks");
  const name = readdirSync(folder).find((file) => file.startsWith(`0${exercise}_`));
  return JSON.parse(readFileSync(join(folder, String(name)), "utf8"));
}

/** @param {number} exercise @param {(tags: string[]) => boolean} wanted @returns {string[]} */
function sources(exercise, wanted) {
  return notebook(exercise)
    .cells.filter((/** @type {any} */ cell) => wanted(cell.metadata.tags ?? []))
    .map((/** @type {any} */ cell) => [cell.source].flat().join(""));
}

/** The cells tagged `setup` or `mirror`. @param {number} exercise */
export const mirrored = (exercise) =>
  sources(exercise, (tags) => tags.includes("setup") || tags.includes("mirror"));

/** The blocks of Python folded above them. @param {number} exercise */
export const twins = (exercise) =>
  sources(exercise, (tags) => tags.includes("twin")).flatMap((text) =>
    [...text.matchAll(/```python\n([\s\S]*?)```/g)].map(([, code]) => code),
  );

/**
 * The cells before the first one that contains `part`, and that one.
 * @param {string[]} cells
 * @param {string} part
 */
export function before(cells, part) {
  const at = cells.findIndex((cell) => cell.includes(part));
  if (at < 0) throw new Error(`no cell with ${part}`);
  return { head: cells.slice(0, at), cell: cells[at] };
}
