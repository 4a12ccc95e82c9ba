// @ts-check
// One set-up at a time: a second command that starts meanwhile waits for the first.
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { SetupError } from "./error.mjs";
import { lab } from "./paths.mjs";

const patience = 20 * 60 * 1000;

/**
 * Runs `work` while no other command of this project sets up.
 * @template T
 * @param {() => Promise<T>} work
 * @param {string} [file] the lock; it holds the process id of its owner
 * @returns {Promise<T>}
 */
export async function alone(work, file = join(lab, "setup.lock")) {
  await take(file);
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

/** @param {string} file */
async function take(file) {
  mkdirSync(join(file, ".."), { recursive: true });
  const deadline = Date.now() + patience;
  for (let told = false; ; ) {
    try {
      writeFileSync(file, String(process.pid), { flag: "wx" });
      return;
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EEXIST") throw error;
    }
    const owner = ownerOf(file);
    if (owner === null ? older(file, 10_000) : !alive(owner)) {
      dropStale(file, owner);
      continue;
    }
    if (!told) console.log(`Another command (process ${owner}) is setting up: waiting for it.`);
    told = true;
    if (Date.now() > deadline) {
      throw new SetupError(
        `Process ${owner} has held ${file} for 20 minutes.`,
        "end that process, or delete the file if no set-up is running, and start again.",
      );
    }
    await sleep(300);
  }
}

/** @param {string} file @returns {number | null} null while the owner is just writing or leaving */
function ownerOf(file) {
  try {
    return Number.parseInt(readFileSync(file, "utf8"), 10) || null;
  } catch {
    return null;
  }
}

/** Whether a file has lain unchanged for so long. @param {string} file @param {number} ms */
function older(file, ms) {
  try {
    return Date.now() - statSync(file).mtimeMs > ms;
  } catch {
    return false;
  }
}

/** @param {number} pid */
function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
}

/**
 * Takes away the lock of a process that is gone. Moving it first makes sure that of two waiting
 * commands only one removes it; a lock that a third has taken meanwhile is put back.
 * @param {string} file
 * @param {number | null} owner
 */
function dropStale(file, owner) {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  if (ownerOf(aside) === owner) rmSync(aside, { force: true });
  else renameSync(aside, file);
}
