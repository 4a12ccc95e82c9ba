// @ts-check
// Sets up the peers in bench/, and what they read: with --install, never by itself.
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { writeKernelSpec } from "../jupyter/kernel/spec.mjs";
import { npmCli } from "../jupyter/setup/node.mjs";
import { inside } from "../jupyter/setup/paths.mjs";
import { findPython } from "../jupyter/setup/python.mjs";
import { collect, step } from "../jupyter/setup/step.mjs";
import { bench, decoded, kept, kernels, python, pythonHome, venv } from "./places.mjs";

/**
 * npm's and pip's packages; what cannot be had is reported later, as a missing peer.
 * @param {string | undefined} lender a Python that has PyTorch already
 */
export async function installPeers(lender) {
  const packages = [npmCli(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"];
  await attempt("installing the peers of Node", process.execPath, packages, bench);
  if (!existsSync(python)) {
    const base = lender ?? findPython().executable;
    await attempt("making a Python environment", base, ["-m", "venv", venv], bench);
    if (lender !== undefined) borrow(lender);
  }
  const list = ["-m", "pip", "install", "-r", join(bench, "requirements.txt")];
  await attempt("installing the peers of Python (PyTorch is large)", python, list, bench);
}

/** @param {string} label @param {string} program @param {string[]} args @param {string} cwd */
async function attempt(label, program, args, cwd) {
  try {
    await step(label, program, args, {
      cwd,
      hint: "the rows that need it will name it as missing",
    });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
  }
}

/** Lets the environment see another one's packages. @param {string} lender */
function borrow(lender) {
  const ask = "import sysconfig; print(sysconfig.get_path('purelib'))";
  const place = (/** @type {string} */ program) =>
    spawnSync(program, ["-c", ask], { encoding: "utf8" }).stdout.trim();
  writeFileSync(join(place(python), "borrowed.pth"), `${place(lender)}\n`);
}

/**
 * The folder of the four gz files, with their decoded copies where torchvision wants them; null
 * without Fashion-MNIST.
 * @returns {string | null}
 */
export function prepareData() {
  const own = inside("data", "FashionMNIST", "raw");
  const folder = process.env.FASHION_MNIST_DIR ?? own;
  const require = createRequire(import.meta.url);
  /** @type {typeof import("../src/data/fashionfiles.js")} */
  const { fashionFiles } = require(inside("dist", "data", "fashionfiles.js"));
  const { train, test } = fashionFiles;
  const files = [train, test].flatMap(({ images, labels }) => [images, labels]);
  if (!files.every(({ name }) => existsSync(join(folder, name)))) return null;
  mkdirSync(decoded, { recursive: true });
  for (const { name } of files) {
    const to = join(decoded, name.replace(/\.gz$/, ""));
    if (existsSync(to)) continue;
    copyFileSync(join(folder, name), join(decoded, name));
    writeFileSync(to, gunzipSync(readFileSync(join(folder, name))));
  }
  return folder;
}

/** The two kernels' specs, and the folder in which Python's notebooks run. */
export function prepareKernels() {
  mkdirSync(pythonHome, { recursive: true });
  writeKernelSpec(join(kernels, "lab"));
  mkdirSync(join(kernels, "python"), { recursive: true });
  const argv = [python, "-m", "ipykernel_launcher", "-f", "{connection_file}"];
  const spec = { argv, display_name: "Python", language: "python" };
  writeFileSync(join(kernels, "python", "kernel.json"), JSON.stringify(spec));
}

/** What is installed: versions by name, "missing" where a program has none. */
export async function versions() {
  mkdirSync(kept, { recursive: true });
  const ask =
    "import importlib.metadata as m, platform, json\n" +
    "def v(n):\n  try: return m.version(n)\n  except Exception: return 'missing'\n" +
    "print(json.dumps({'Python': platform.python_version(), **{n: v(n) for n in" +
    " ('torch', 'torchvision', 'numpy', 'matplotlib', 'ipykernel')}}))";
  const { output, code } = await collect(python, ["-c", ask]);
  /** @type {Record<string, string>} */
  const found = { Node: process.versions.node };
  Object.assign(found, code === 0 ? JSON.parse(output) : { Python: "missing" });
  const lock = JSON.parse(readFileSync(join(bench, "package.json"), "utf8"));
  for (const name of Object.keys(lock.dependencies)) {
    const file = join(bench, "node_modules", name, "package.json");
    found[name] = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).version : "missing";
  }
  return found;
}
