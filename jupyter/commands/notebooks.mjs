// @ts-check
// Executes notebooks in place and leaves them as they are committed: run twice, the second run
// changes no byte.
import { spawnSync } from "node:child_process";
import { basename, dirname } from "node:path";
import { parseArgs } from "node:util";
import { executeNotebook } from "../notebook/execute.mjs";
import { findNotebooks } from "../notebook/find.mjs";
import { readNotebook, writeNotebook } from "../notebook/format.mjs";
import { normalise } from "../notebook/normalise.mjs";
import { cellProgress } from "../notebook/progress.mjs";
import { SetupError } from "../setup/error.mjs";
import { ensure } from "../setup.mjs";
import { addStaticPictures } from "../static/pictures.mjs";

const usage = "npm run notebooks -- [04 | name | path …] [--no-run] [--allow-errors]";

/** @param {string[]} args */
export async function main(args) {
  const { words, run, allowErrors } = parse(args);
  const files = findNotebooks(words);
  // the static pictures are drawn by tools that only development needs
  await ensure({ dev: true, node: true, build: run, kernel: run });
  for (const file of files) await refresh(file, { run, allowErrors });
}

/** @param {string[]} args */
function parse(args) {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { "no-run": { type: "boolean" }, "allow-errors": { type: "boolean" } },
    });
    return {
      words: positionals,
      run: !values["no-run"],
      allowErrors: values["allow-errors"] === true,
    };
  } catch (error) {
    throw new SetupError(/** @type {Error} */ (error).message, `the command is: ${usage}`);
  }
}

/** @param {string} file @param {{ run: boolean, allowErrors: boolean }} options */
async function refresh(file, { run, allowErrors }) {
  const progress = cellProgress(basename(file));
  try {
    const before = normalise(readNotebook(file));
    const after = run
      ? normalise(await executeNotebook(file, { allowErrors, onProgress: progress.at }))
      : before;
    await addStaticPictures(after, { cells: [...before.cells, ...committedCells(file)] });
    const changed = writeNotebook(file, after);
    progress.end(true, changed ? ": changed" : ": unchanged");
  } catch (error) {
    progress.end(false);
    throw error;
  }
}

/**
 * The cells as git has them: a run in JupyterLab drops the pictures, and those drawn anew with the
 * fonts of another machine would differ from the committed ones. Without git they are drawn anew.
 * @param {string} file
 */
function committedCells(file) {
  const git = spawnSync("git", ["show", `HEAD:./${basename(file)}`], {
    cwd: dirname(file),
    encoding: "utf8",
    maxBuffer: 64e6,
  });
  return git.status === 0 ? JSON.parse(git.stdout).cells : [];
}
