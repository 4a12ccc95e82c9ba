// @ts-check
// Executes a notebook in a fresh kernel and returns it with its outputs.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { stripVTControlCharacters } from "node:util";
import { jupyterEnv } from "../lab/env.mjs";
import { SetupError } from "../setup/error.mjs";
import { inside, venvPython } from "../setup/paths.mjs";

/**
 * @typedef {import("./format.mjs").Notebook} Notebook
 * @typedef {{ cell: number, of: number }} Progress the number of the code cell that begins
 */

/**
 * @param {string} file the notebook
 * @param {object} [options]
 * @param {boolean} [options.allowErrors] go on after a cell that throws and keep its error
 * @param {string} [options.folder] where the kernel runs; the notebook's folder by default
 * @param {(progress: Progress) => void} [options.onProgress]
 * @returns {Promise<Notebook>}
 * @throws {SetupError} naming notebook, cell and error when a cell throws
 */
export async function executeNotebook(
  file,
  { allowErrors = false, folder = dirname(resolve(file)), onProgress = () => {} } = {},
) {
  const scratch = mkdtempSync(join(tmpdir(), "lab-run-"));
  const target = join(scratch, basename(file));
  try {
    const args = [inside("jupyter", "notebook", "execute.py"), resolve(file), target, folder];
    const child = spawn(venvPython, [...args, ...(allowErrors ? ["--allow-errors"] : [])], {
      cwd: folder,
      env: jupyterEnv(),
      stdio: ["ignore", "pipe", "pipe"],
    });
    let complaint = "";
    child.stderr.on("data", (chunk) => {
      complaint += chunk;
    });
    /** @type {{ failed: number, ename: string, evalue: string, text: string } | null} */
    let failure = null;
    const reading = readMessages(child.stdout, (message) => {
      if ("failed" in message) failure = message;
      else onProgress(message);
    });
    const code = await new Promise((done) => {
      child.on("error", (error) => done(error.message));
      child.on("close", (status, signal) => done(status ?? signal));
    });
    await reading;
    if (failure !== null) throw cellError(file, failure);
    if (code !== 0) throw brokenRun(file, code, complaint);
    return JSON.parse(readFileSync(target, "utf8"));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** @param {NodeJS.ReadableStream} stream @param {(message: any) => void} take */
async function readMessages(stream, take) {
  for await (const line of createInterface({ input: stream })) {
    if (line.startsWith("{")) take(JSON.parse(line));
  }
}

/**
 * @param {string} file
 * @param {{ failed: number, ename: string, evalue: string, text: string }} failure
 */
function cellError(file, { failed, ename, evalue, text }) {
  const plain = stripVTControlCharacters(text).trim().replace(/^/gm, "    ");
  return new SetupError(
    `${basename(file)}: code cell ${failed} threw ${ename}: ${evalue}\n\n${plain}\n`,
    "mend the cell, or keep its error on the page with --allow-errors.",
  );
}

/** @param {string} file @param {unknown} code @param {string} complaint */
function brokenRun(file, code, complaint) {
  const last = complaint.trim().split("\n").slice(-40).join("\n    ");
  return new SetupError(
    `${basename(file)} could not be executed (code ${code}).\n    ${last}`,
    "let `npm run doctor` look at this machine; a fresh .venv often helps (delete it and start again).",
  );
}
