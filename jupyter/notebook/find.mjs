// @ts-check
// The notebooks of the project, and those of them that a command names.
import { existsSync, readdirSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { SetupError } from "../setup/error.mjs";
import { inside } from "../setup/paths.mjs";

/** Every notebook of the lab, in order. */
export function allNotebooks() {
  const folder = inside("notebooks");
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith(".ipynb"));
  return names.sort().map((name) => join(folder, name));
}

/**
 * The notebooks meant by the words after a command: a number ("04"), a part of a name, or a path.
 * @param {string[]} words none means all
 */
export function findNotebooks(words) {
  const all = allNotebooks();
  if (words.length === 0) {
    if (all.length > 0) return all;
    throw new SetupError(
      "There is no notebook in notebooks/.",
      "get them back from the repository.",
    );
  }
  return [...new Set(words.flatMap((word) => matching(word, all)))];
}

/** @param {string} word @param {string[]} all */
function matching(word, all) {
  if (word.endsWith(".ipynb") && existsSync(word)) return [resolve(word)];
  const those = all.filter((file) => basename(file).includes(word.replace(/^0*(\d\d)$/, "$1")));
  if (those.length > 0) return those;
  throw new SetupError(
    `No notebook matches "${word}".`,
    `name one of: ${all.map((file) => basename(file)).join(", ")}; or a path to a .ipynb file.`,
  );
}
