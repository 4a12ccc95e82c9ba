// @ts-check
// Runs a sweep in the project's Python, then writes its page of charts.
import { spawn } from "node:child_process";
import { basename, join, resolve } from "node:path";
import { jupyterEnv } from "../lab/env.mjs";
import { inside, root, venvPython, windows } from "../setup/paths.mjs";
import { ensure } from "../setup.mjs";
import { writeSweepPage } from "../sweep/page.mjs";

/** Words that are no sweep: they leave no results behind. */
const others = ["certificates", "scheduler", "worker"];

/** @param {string[]} args */
export async function main(args) {
  await ensure({ kernel: true, build: true, papermill: true, sweep: true });
  const asked = args.length > 0 ? args : ["--help"];
  const code = await python(asked);
  const isSweep = !others.includes(asked[0]) && !asked.includes("--help") && !asked.includes("-h");
  if (isSweep) await page(asked);
  return code;
}

/** Until its modules are loaded, an interrupt ends the program without a traceback. */
const program =
  "import signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); " +
  "from lab_runs.sweep import main; sys.exit(main(sys.argv[1:]))";

/**
 * @param {string[]} args
 * @returns {Promise<number>}
 */
function python(args) {
  const child = spawn(venvPython, ["-c", program, ...args], {
    cwd: root,
    env: jupyterEnv(),
    stdio: "inherit",
    // a terminal sends Ctrl-C to all that it has started: here to the sweep alone, not to its
    // workers, which it ends itself after it has kept what is finished. Windows opens a window for it
    detached: !windows,
  });
  const interrupt = () => void child.kill("SIGINT");
  process.on("SIGINT", windows ? () => {} : interrupt);
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, interrupt);
  return new Promise((done, fail) => {
    child.on("error", fail);
    child.on("exit", (code, signal) => done(signal === "SIGINT" ? 130 : (code ?? 1)));
  });
}

/** @param {string[]} args */
async function page(args) {
  const folder = folderOf(args);
  const target = folder && (await writeSweepPage(folder));
  if (target) console.log(`\nOpen ${target}`);
}

/** Where the sweep left its results. @param {string[]} args */
function folderOf(args) {
  const at = args.findIndex((arg) => arg === "--out" || arg.startsWith("--out="));
  if (at >= 0)
    return resolve(root, args[at].includes("=") ? args[at].slice(6) : (args[at + 1] ?? ""));
  const notebook = args.find((arg) => arg.endsWith(".ipynb"));
  return notebook ? join(inside("sweeps"), basename(notebook, ".ipynb")) : null;
}
