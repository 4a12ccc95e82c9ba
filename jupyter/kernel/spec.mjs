// Writes kernel.json, the file by which Jupyter finds this kernel; paths in it are absolute.

import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));

/** The kernel's name in Jupyter: that of stock tslab, so that notebooks run on either. */
export const kernelName = "tslab";

/**
 * The content of kernel.json.
 *
 * Interrupts come as messages: they work on every system and reach a thread that is never busy.
 * @param {{ node?: string, root?: string }} [options] `node`: the Node program (default: this one);
 *   `root`: the project's folder (default: the one this file is in).
 */
export function kernelSpec({ node = process.execPath, root = resolve(here, "..", "..") } = {}) {
  return {
    argv: [
      resolve(node),
      // Code that an interrupt cuts off inside a timer leaves an entry on Node's list of async contexts;
      // with the checks on, Node would end the process for it.
      "--no-force-async-hooks-checks",
      join(resolve(root), "jupyter", "kernel", "launch.cjs"),
      "--config-path={connection_file}",
    ],
    display_name: "TypeScript (deep-learning-lab)",
    language: "typescript",
    interrupt_mode: "message",
    metadata: { debugger: false },
  };
}

/**
 * Writes kernel.json and the logo into `dir` (made where missing) and returns the spec.
 * @param {string} dir for instance `.venv/share/jupyter/kernels/tslab`
 * @param {{ node?: string, root?: string }} [options] as for `kernelSpec`
 */
export function writeKernelSpec(dir, options = {}) {
  const spec = kernelSpec(options);
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, "kernel.json"), `${JSON.stringify(spec, null, 2)}\n`);
  copyFileSync(join(here, "logo-svg.svg"), join(dir, "logo-svg.svg"));
  return spec;
}
