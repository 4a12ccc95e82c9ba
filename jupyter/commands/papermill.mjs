// @ts-check
// Runs papermill in the project's environment: a notebook with parameters from outside, and its
// metrics beside the output when asked for.
import { spawn } from "node:child_process";
import { dirname, resolve } from "node:path";
import { jupyterEnv } from "../lab/env.mjs";
import { SetupError } from "../setup/error.mjs";
import { root, venvPython } from "../setup/paths.mjs";
import { ensure } from "../setup.mjs";

const usage = `npm run papermill -- <in.ipynb> <out.ipynb> [-p name value]… [--metrics]
  -p name value      a parameter, as often as wanted; all of papermill's options work as well
  --metrics          the run's metrics as JSON beside the output
  --help-notebook    the parameters that a notebook has (with <in.ipynb> alone)
  --help             papermill's own options`;

/** @param {string[]} args */
export async function main(args) {
  if (args.length === 0) {
    console.log(usage);
    return 0;
  }
  const [input, output] = notebooksIn(args);
  const wantsMetrics = args.includes("--metrics");
  if (wantsMetrics && output === undefined) {
    throw new SetupError("--metrics needs an output notebook.", `the command is:\n${usage}`);
  }
  await ensure({ kernel: true, build: true, papermill: true });
  const rest = args.filter((arg) => arg !== "--metrics");
  if (input !== undefined && !args.includes("--cwd"))
    rest.push("--cwd", dirname(resolve(root, input)));
  if (!args.includes("--engine")) rest.push("--engine", "lab");
  return await papermill(rest, wantsMetrics ? metricsBeside(output) : metricsAsked());
}

/**
 * The two notebooks among papermill's arguments, which come before any value that a parameter has.
 * @param {string[]} args
 */
function notebooksIn(args) {
  const end = args.findIndex((arg) => /^-[pry]|^--parameters|^-f$|^-b$/.test(arg));
  return args.slice(0, end < 0 ? undefined : end).filter((arg) => arg.endsWith(".ipynb"));
}

/** @param {string} output */
const metricsBeside = (output) => resolve(root, output.replace(/\.ipynb$/, ".json"));

/** The kernel runs in the notebook's folder: a relative name is made absolute here. */
function metricsAsked() {
  const asked = process.env.LAB_METRICS;
  return asked ? resolve(root, asked) : undefined;
}

/**
 * @param {string[]} args
 * @param {string | undefined} metrics
 * @returns {Promise<number>}
 */
function papermill(args, metrics) {
  const env = { ...jupyterEnv(), ...(metrics ? { LAB_METRICS: metrics } : {}) };
  const child = spawn(venvPython, ["-m", "papermill", ...args], {
    cwd: root,
    env,
    stdio: "inherit",
  });
  // a terminal sends Ctrl-C to papermill as well: it ends its kernel, and this process waits for it
  process.on("SIGINT", () => {});
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  return new Promise((done, fail) => {
    child.on("error", fail);
    child.on("exit", (code) => done(code ?? 1));
  });
}
