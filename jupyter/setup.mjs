// @ts-check
// Gets the machine ready for a command: sets up what is missing or stale, and no more.
import { mkdirSync } from "node:fs";
import { buildDist, distIsStale } from "./setup/dist.mjs";
import { installJupyterFiles, jupyterFilesAreStale } from "./setup/jupyter.mjs";
import { alone } from "./setup/lock.mjs";
import { installPackages, packagesProblem } from "./setup/node.mjs";
import { lab } from "./setup/paths.mjs";
import { installVenv, venvProblem } from "./setup/venv.mjs";

/**
 * What a command needs.
 * @typedef {object} Needs
 * @property {boolean} [node] the packages of Node
 * @property {boolean} [dev] the tools for development too, of Node and of Python
 * @property {boolean} [python] the Python environment with JupyterLab
 * @property {boolean} [kernel] that environment with the TypeScript kernel and the lab's settings in it
 * @property {boolean} [papermill] papermill in the Python environment, with the lab's part of it
 * @property {boolean} [sweep] Dask and pyarrow there, besides papermill
 * @property {boolean} [hub] JupyterHub there
 * @property {boolean} [build] dist, compiled from src
 */

/**
 * Makes sure that everything named is there and current. A second call does nothing and is fast.
 *
 * @param {Needs} needs
 * @throws {import("./setup/error.mjs").SetupError} with what to do, when a step fails
 * @example await ensure({ node: true, build: true });
 */
export async function ensure(needs) {
  if (isReady(needs)) return;
  mkdirSync(lab, { recursive: true });
  await alone(async () => {
    // asked again under the lock: another command may have done it while this one waited
    const packages = packagesReason(needs);
    if (packages !== null) await installPackages(needs.dev === true, packages);
    const environment = environmentReason(needs);
    if (environment !== null) await installVenv(extrasOf(needs), environment);
    if (needs.kernel && jupyterFilesAreStale()) await installJupyterFiles();
    if (needs.build && distIsStale()) await buildDist();
  });
}

/** Whether nothing is to be done. @param {Needs} needs */
function isReady(needs) {
  return (
    packagesReason(needs) === null &&
    environmentReason(needs) === null &&
    !(needs.kernel && jupyterFilesAreStale()) &&
    !(needs.build && distIsStale())
  );
}

/** @param {Needs} needs */
function packagesReason({ node, kernel, build, dev }) {
  return node || kernel || build ? packagesProblem(dev === true) : null;
}

/** @param {Needs} needs */
function environmentReason(needs) {
  const { python, kernel, papermill, sweep, hub } = needs;
  return python || kernel || papermill || sweep || hub ? venvProblem(extrasOf(needs)) : null;
}

/** @param {Needs} needs @returns {import("./setup/venv.mjs").Extra[]} */
function extrasOf({ dev, papermill, sweep, hub }) {
  return [
    ...(dev ? /** @type {const} */ (["test"]) : []),
    ...(papermill || sweep ? /** @type {const} */ (["papermill"]) : []),
    ...(sweep ? /** @type {const} */ (["sweep"]) : []),
    ...(hub ? /** @type {const} */ (["hub"]) : []),
  ];
}
