// @ts-check
// How the programs of the rows are started, and when they cannot be.
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inside } from "../../jupyter/setup/paths.mjs";
import { prepareData } from "../install.mjs";
import { bench, kept, kernels, peer, python, pythonHome } from "../places.mjs";

/** @typedef {import("../contest.mjs").Contestant} Contestant */

const install = "npm run bench -- --install";

/** @type {string | null | undefined} */
let folder;
const data = () => {
  folder ??= prepareData();
  return folder;
};
const noData = () => (data() === null ? "no Fashion-MNIST (npm run data)" : null);
const environment = () => ({ FASHION_MNIST_DIR: data() ?? undefined });

/**
 * The lab in plain Node.
 * @param {string[]} args @param {Partial<Contestant>} [more] @returns {Contestant}
 */
export const lab = (args, more = {}) => ({
  name: "lab",
  command: { program: process.execPath, args: [peer("lab.mjs"), ...args], env: environment() },
  ...more,
});

/**
 * A peer of Node.
 * @param {string} name @param {string} packageName @param {string[]} args @returns {Contestant}
 */
export const nodePeer = (name, packageName, [file, ...args]) => ({
  name,
  command: { program: process.execPath, args: [peer(file), ...args], env: environment() },
  missing: () =>
    existsSync(join(bench, "node_modules", packageName))
      ? null
      : `${packageName} is not installed (${install})`,
});

/**
 * A peer of Python.
 * @param {string} name @param {string[]} args
 * @param {Partial<Contestant> & { threads?: number }} [more] @returns {Contestant}
 */
export const pythonPeer = (name, [file, ...args], { threads, ...more } = {}) => {
  const count = String(threads ?? "");
  const env = threads === undefined ? {} : { OPENBLAS_NUM_THREADS: count, OMP_NUM_THREADS: count };
  return {
    name,
    command: {
      program: python,
      args: file.startsWith("-") ? [file, ...args] : [peer("python", file), ...args],
      env: { ...environment(), ...env },
      cwd: pythonHome,
    },
    missing: () => (existsSync(python) ? null : `bench/.venv is not set up (${install})`),
    ...more,
  };
};

/** @param {Contestant} contestant @returns {Contestant} */
export const needsData = (contestant) => ({
  ...contestant,
  missing: () => noData() ?? contestant.missing?.() ?? null,
});

/**
 * A Jupyter kernel that executes cells: `lab` or `python`.
 * @param {string} name @param {"lab" | "python"} kernel @param {"all" | "again"} what
 * @param {string[][]} notebooks @param {Partial<Contestant>} [more] @returns {Contestant}
 */
export function inKernel(name, kernel, what, notebooks, more = {}) {
  const cells = join(kept, `${kernel}-${what}-${name.replace(/\W+/g, "-")}.json`);
  mkdirSync(kept, { recursive: true });
  writeFileSync(cells, JSON.stringify(notebooks));
  const home = kernel === "lab" ? inside("notebooks") : pythonHome;
  const peerOf = pythonPeer(name, ["kernel.py", what, kernels, kernel, home, cells], more);
  const env = { ...peerOf.command.env, PYTHONPATH: peer("python") };
  return { ...peerOf, command: { ...peerOf.command, env } };
}
