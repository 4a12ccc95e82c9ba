// @ts-check
// The programs that are measured: one that stays and answers line by line, or one that runs once.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/**
 * @typedef {object} Command
 * @property {string} program
 * @property {string[]} args
 * @property {NodeJS.ProcessEnv} [env] added to this process's
 * @property {string} [cwd]
 *
 * @typedef {Record<string, any> & { value?: number }} Answer
 */

const patience = 10 * 60 * 1000;

/**
 * Starts a program that answers each line `go` with a line of JSON, after a first one that says
 * that it is ready. What it prints besides is dropped; its errors are kept for the message.
 * @param {Command} command
 */
export function startWorker({ program, args, env = {}, cwd }) {
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  let complaint = "";
  child.stderr.on("data", (chunk) => {
    complaint = (complaint + chunk).slice(-4000);
  });
  child.stdin.on("error", () => {});
  /** @type {Answer[]} */
  const answers = [];
  /** @type {{ resolve: (answer: Answer) => void, reject: (error: Error) => void }[]} */
  const waiting = [];
  /** @type {Error | null} */
  let over = null;
  createInterface({ input: child.stdout }).on("line", (line) => {
    if (!line.startsWith("{")) return;
    const answer = JSON.parse(line);
    const next = waiting.shift();
    if (next) next.resolve(answer);
    else answers.push(answer);
  });
  /** @param {string} how */
  const finish = (how) => {
    over ??= new Error(`${how}\n${complaint.trim().split("\n").slice(-4).join("\n")}`.trim());
    for (const { reject } of waiting.splice(0)) reject(over);
  };
  child.on("error", (error) => finish(error.message));
  child.on("close", (code, signal) => finish(`ended with ${code ?? signal}`));
  /** @returns {Promise<Answer>} */
  const next = () =>
    new Promise((resolve, reject) => {
      const ready = answers.shift();
      if (ready) resolve(ready);
      else if (over) reject(over);
      else waiting.push({ resolve, reject });
    });
  const timer = setTimeout(() => child.kill("SIGKILL"), patience);
  return {
    next,
    go() {
      child.stdin.write("go\n");
      return next();
    },
    async end() {
      clearTimeout(timer);
      child.stdin.end();
      if (over) return;
      const gone = new Promise((resolve) => child.once("close", resolve));
      const force = setTimeout(() => child.kill("SIGKILL"), 5000);
      await gone;
      clearTimeout(force);
    },
  };
}

/**
 * Runs a program once: its own answer, if it prints a line of JSON, and the wall time in ms.
 * @param {Command} command
 * @returns {Promise<Answer>}
 */
export function runOnce({ program, args, env = {}, cwd }) {
  return new Promise((resolve, reject) => {
    const began = process.hrtime.bigint();
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    let complaint = "";
    child.stdout.on("data", (chunk) => {
      output += chunk;
    });
    child.stderr.on("data", (chunk) => {
      complaint = (complaint + chunk).slice(-4000);
    });
    const timer = setTimeout(() => child.kill("SIGKILL"), patience);
    child.on("error", reject);
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      const wall = Number(process.hrtime.bigint() - began) / 1e6;
      if (code !== 0) {
        const last = complaint.trim().split("\n").slice(-4).join("\n");
        reject(new Error(`ended with ${code ?? signal}\n${last}`));
        return;
      }
      const line = output.split("\n").findLast((text) => text.startsWith("{"));
      const answer = line === undefined ? {} : JSON.parse(line);
      resolve({ value: wall, ...answer });
    });
  });
}
