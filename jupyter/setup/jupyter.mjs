// @ts-check
// Puts the lab's kernel and settings into the Python environment, where Jupyter looks for them.
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { kernelName, writeKernelSpec } from "../kernel/spec.mjs";
import { inside, root, venv } from "./paths.mjs";
import { filesBelow, hashFiles, stampSays, writeStamp } from "./stamp.mjs";

const config = inside("jupyter", "config");
const stampFile = join(venv, "lab-jupyter.json");

/** Where each file goes; Jupyter reads these places for every program of this environment. */
const places = {
  "overrides.json": join(venv, "share", "jupyter", "lab", "settings", "overrides.json"),
  "page_config.json": join(venv, "etc", "jupyter", "labconfig", "page_config.json"),
};

/** Programs whose settings stay in the project and are only pointed at. */
const pointers = ["jupyter_server_config.py", "jupyter_nbconvert_config.py"];

/** The kernelspec names this Node and this folder, so both belong to what it was made from. */
function wanted() {
  const files = [...filesBelow(config, /./), ...filesBelow(inside("jupyter", "kernel"), /./)];
  return { root, node: process.execPath, files: hashFiles(root, files) };
}

/** Whether the kernel or a setting changed since they were put in place. */
export function jupyterFilesAreStale() {
  return !stampSays(stampFile, wanted());
}

/** Puts the kernel and the settings in place. */
export async function installJupyterFiles() {
  const stamp = wanted();
  rmSync(stampFile, { force: true });
  writeKernelSpec(join(venv, "share", "jupyter", "kernels", kernelName));
  for (const [name, place] of Object.entries(places)) {
    mkdirSync(dirname(place), { recursive: true });
    copyFileSync(join(config, name), place);
  }
  for (const name of pointers) {
    const line = `load_subconfig(${JSON.stringify(name)}, path=${JSON.stringify(config)})  # noqa: F821\n`;
    writeFileSync(join(venv, "etc", "jupyter", name), line);
  }
  writeStamp(stampFile, stamp);
}
