// Runs Python in the project's environment, as papermill would be.

import { execFileSync } from "node:child_process";
import { jupyterEnv } from "../../jupyter/lab/env.mjs";
import { root, venvPython } from "../../jupyter/setup/paths.mjs";

/** Run a Python program; its standard output. Throws with its complaint when it fails. */
export function python(program: string, input = ""): string {
  return execFileSync(venvPython, ["-c", program], {
    cwd: root,
    env: jupyterEnv(),
    input,
    encoding: "utf8",
    stdio: ["pipe", "pipe", "pipe"],
  });
}
