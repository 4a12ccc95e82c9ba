// @ts-check
// Writes the notebooks as a student gets them, into student/ or a named folder.
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { findNotebooks } from "../notebook/find.mjs";
import { readNotebook, serialise, writeNotebook } from "../notebook/format.mjs";
import { studentVersion } from "../notebook/student.mjs";
import { SetupError } from "../setup/error.mjs";
import { inside, root } from "../setup/paths.mjs";

const usage = "npm run student-version -- [04 | name | path …] [--out <folder>] [--force]";

/** @param {string[]} args */
export async function main(args) {
  const { words, out, force } = parse(args);
  const files = findNotebooks(words);
  const targets = files.map((file) => join(out, basename(file)));
  const books = files.map((file) => studentVersion(readNotebook(file)));
  refuseSources(files, targets);
  if (!force) refuseWork(targets, books);
  mkdirSync(out, { recursive: true });
  targets.forEach((target, i) => {
    const changed = writeNotebook(target, books[i]);
    console.log(`✓ ${relative(process.cwd(), target)}${changed ? "" : ": unchanged"}`);
  });
  if (dirname(out) !== resolve(root)) {
    console.log(
      `\nTheir first cell imports "../src": to run, they must lie in a folder of ${root}.`,
    );
  }
}

/** @param {string[]} args */
function parse(args) {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { out: { type: "string" }, force: { type: "boolean" } },
    });
    const out = resolve(values.out ?? inside("student"));
    return { words: positionals, out, force: values.force === true };
  } catch (error) {
    throw new SetupError(/** @type {Error} */ (error).message, `the command is: ${usage}`);
  }
}

/** @param {string[]} files @param {string[]} targets */
function refuseSources(files, targets) {
  const own = targets.find((target) => files.includes(target));
  if (own === undefined) return;
  throw new SetupError(
    `${own} would be replaced by its own student's version.`,
    "name another folder with --out.",
  );
}

/**
 * A file that is there may hold a student's answers; nothing is written then.
 * @param {string[]} targets
 * @param {import("../notebook/format.mjs").Notebook[]} books
 */
function refuseWork(targets, books) {
  const other = targets.filter(
    (target, i) => existsSync(target) && readFileSync(target, "utf8") !== serialise(books[i]),
  );
  if (other.length === 0) return;
  throw new SetupError(
    `${other.map((target) => relative(process.cwd(), target)).join(", ")} ${other.length === 1 ? "is" : "are"} there already and would change.`,
    "move what holds somebody's work away, or replace it with --force.",
  );
}
