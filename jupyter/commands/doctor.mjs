// @ts-check
// Looks at everything the lab needs and says what is missing and how to get it; changes nothing.
import { existsSync, readFileSync, statfsSync } from "node:fs";
import { createServer } from "node:net";
import { isAbsolute, join } from "node:path";
import { findBrowser } from "../report/browser.mjs";
import { distIsStale } from "../setup/dist.mjs";
import { SetupError } from "../setup/error.mjs";
import { packagesProblem } from "../setup/node.mjs";
import { inside, root, venv, venvPython } from "../setup/paths.mjs";
import { debian, findPython, sudo } from "../setup/python.mjs";
import { collect } from "../setup/step.mjs";
import { venvProblem } from "../setup/venv.mjs";

/**
 * @typedef {{ good: boolean, text: string, advice?: string }} Finding
 *   `good: false` is counted as a problem; advice on a good one is for information
 */

const byItself = "nothing to do: `npm start` does it by itself.";

/** @param {string[]} _args */
export async function main(_args) {
  console.log(`The lab in ${root}\n`);
  const findings = [
    { good: true, text: `Node ${process.versions.node} (${process.execPath})` },
    attempt(packages),
    attempt(python),
    attempt(environment),
    await jupyter(),
    attempt(kernel),
    attempt(dist),
    data(),
    browser(),
    disk(),
    await port(8888),
  ];
  for (const { good, text, advice } of findings) {
    console.log(`${good ? "✓" : "✗"} ${text}${advice ? `\n    ${advice}` : ""}`);
  }
  const bad = findings.filter(({ good }) => !good).length;
  console.log(bad === 0 ? "\nThis machine is ready." : `\n${bad} to mend, see above.`);
  return bad === 0 ? 0 : 1;
}

/** @param {() => Finding} look @returns {Finding} */
function attempt(look) {
  try {
    return look();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    return { good: false, text: error.message, advice: error.hint };
  }
}

/** @returns {Finding} */
function packages() {
  const problem = packagesProblem(false);
  if (problem === null) return { good: true, text: "the packages of Node" };
  return { good: true, text: `the packages of Node: ${problem}`, advice: byItself };
}

/** @returns {Finding} */
function python() {
  const found = findPython();
  const text = `Python ${found.version} (${found.executable})`;
  if ((found.venv && found.ensurepip) || venvProblem([]) === null) return { good: true, text };
  const version = found.version.split(".").slice(0, 2).join(".");
  return {
    good: false,
    text: `${text} comes without ensurepip`,
    advice: debian
      ? `type \`${sudo}apt-get install -y python${version}-venv\`, unless virtualenv or uv is installed.`
      : "install virtualenv or uv.",
  };
}

/** @returns {Finding} */
function environment() {
  const problem = venvProblem([]);
  if (problem === null) return { good: true, text: `Python environment ${venv}` };
  return { good: true, text: `Python environment: ${problem.reason}`, advice: byItself };
}

/** @returns {Promise<Finding>} */
async function jupyter() {
  if (!existsSync(venvPython)) return { good: true, text: "JupyterLab: not installed yet" };
  const { code, output } = await collect(venvPython, ["-m", "jupyterlab", "--version"]);
  const last = output.trim().split("\n").at(-1) ?? "";
  if (code === 0) return { good: true, text: `JupyterLab ${last}` };
  return {
    good: false,
    text: `JupyterLab does not start: ${last}`,
    advice: "delete the folder .venv and run `npm start`: it makes a new one.",
  };
}

/** @returns {Finding} */
function kernel() {
  const file = join(venv, "share", "jupyter", "kernels", "tslab", "kernel.json");
  if (!existsSync(file)) return { good: true, text: "kernel: not in place yet", advice: byItself };
  const missing = JSON.parse(readFileSync(file, "utf8")).argv.filter(
    (/** @type {string} */ path) => isAbsolute(path) && !existsSync(path),
  );
  if (missing.length === 0) return { good: true, text: "kernel TypeScript (deep-learning-lab)" };
  return { good: true, text: `kernel: ${missing.join(", ")} is gone`, advice: byItself };
}

/** @returns {Finding} */
function dist() {
  if (packagesProblem(false) !== null) return { good: true, text: "dist: not compiled yet" };
  return distIsStale()
    ? {
        good: true,
        text: "dist is older than src",
        advice: "run `npm run build`, then restart the kernel.",
      }
    : { good: true, text: "dist is current" };
}

/** @returns {Finding} */
function data() {
  const places = [process.env.FASHION_MNIST_DIR, inside("data", "FashionMNIST", "raw")];
  const found = places.find(
    (place) => place && existsSync(join(place, "train-images-idx3-ubyte.gz")),
  );
  if (found) return { good: true, text: `Fashion-MNIST in ${found}` };
  return {
    good: true,
    text: "Fashion-MNIST is not here",
    advice:
      "notebook 05 fetches it (30 MB), or run `npm run data`; without a network it uses a practice set.",
  };
}

/** @returns {Finding} */
function browser() {
  const found = findBrowser();
  if (found !== null) return { good: true, text: `browser for PDF reports: ${found}` };
  return {
    good: true,
    text: "no Chromium, Chrome or Edge",
    advice: "only `npm run report -- --pdf` needs one; LAB_BROWSER=<path> names it.",
  };
}

/** @returns {Finding} */
function disk() {
  const { bavail, bsize } = statfsSync(root);
  const free = (bavail * bsize) / 1e9;
  const text = `${free >= 10 ? Math.round(free) : Math.round(free * 10) / 10} GB free`;
  if (free > 1 || existsSync(venv)) return { good: true, text };
  return { good: false, text, advice: "the first set-up needs about half a GB: make room." };
}

/** @param {number} number @returns {Promise<Finding>} */
function port(number) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () =>
      resolve({
        good: true,
        text: `port ${number} is in use`,
        advice:
          "JupyterLab takes the next free one; `npm start -- --port <number>` chooses another.",
      }),
    );
    server.listen(number, "127.0.0.1", () => {
      server.close(() => resolve({ good: true, text: `port ${number} is free` }));
    });
  });
}
