// @ts-check
// Runs a long command as one line of progress: what is happening, for how long, and how it ended.
import { spawn } from "node:child_process";
import { SetupError } from "./error.mjs";

const beat = 20;

/**
 * Runs a program without a shell and shows `label` with the seconds it takes.
 *
 * @param {string} label what is happening, for the reader
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, hint: string }} options
 *   `hint` is what to do when it fails
 * @returns {Promise<string>} what the program printed
 * @throws {SetupError} when it cannot be started or ends with another code than 0
 */
export async function step(label, command, args, { cwd, env = process.env, hint }) {
  const progress = startProgress(label);
  const { code, output } = await collect(command, args, { cwd, env });
  progress.end(code === 0);
  if (code === 0) return output;
  const last = output.trimEnd().split(/\r?\n/).slice(-25).join("\n    ");
  throw new SetupError(`${label}: failed (code ${code}).\n    ${last}`, hint);
}

/**
 * A line that counts the seconds of a long step; on a terminal in place, elsewhere one line at the
 * start, one at the end and a sign of life in between.
 * @param {string} label
 */
export function startProgress(label) {
  const began = Date.now();
  const seconds = () => Math.round((Date.now() - began) / 1000);
  const live = process.stdout.isTTY === true;
  const draw = () => process.stdout.write(`\r\x1b[K… ${label} (${seconds()} s)`);
  if (live) draw();
  else console.log(`… ${label}`);
  const timer = setInterval(
    () => (live ? draw() : console.log(`… ${label}: still at it (${seconds()} s)`)),
    live ? 1000 : beat * 1000,
  );
  return {
    /** @param {boolean} good */
    end(good) {
      clearInterval(timer);
      if (live) process.stdout.write("\r\x1b[K");
      console.log(`${good ? "✓" : "✗"} ${label} (${seconds()} s)`);
    },
  };
}

/**
 * Runs a program to its end and keeps everything it prints.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<{ code: number | string, output: string }>} the code is a word when the
 *   program could not be started or was ended by a signal
 */
export function collect(command, args, { cwd, env = process.env } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    /** @type {Buffer[]} */
    const chunks = [];
    const output = () => Buffer.concat(chunks).toString("utf8");
    child.stdout.on("data", (chunk) => chunks.push(chunk));
    child.stderr.on("data", (chunk) => chunks.push(chunk));
    child.on("error", (error) => resolve({ code: "not started", output: error.message }));
    child.on("close", (code, signal) => resolve({ code: code ?? signal ?? 0, output: output() }));
  });
}
