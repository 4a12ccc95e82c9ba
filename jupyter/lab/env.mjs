// @ts-check
// The environment in which Jupyter runs: the project's own settings and run-time files, so that
// neither the user's Jupyter changes the lab nor the lab theirs.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { lab } from "../setup/paths.mjs";
import { cleanEnv } from "../setup/venv.mjs";

const home = join(lab, "jupyter");

/** Where running servers and kernels leave their addresses. */
export const runtimeDir = join(home, "runtime");

/** @returns {NodeJS.ProcessEnv} */
export function jupyterEnv() {
  mkdirSync(runtimeDir, { recursive: true });
  return {
    ...cleanEnv(),
    JUPYTER_CONFIG_DIR: join(home, "config"),
    JUPYTER_DATA_DIR: join(home, "data"),
    JUPYTER_RUNTIME_DIR: runtimeDir,
    JUPYTERLAB_SETTINGS_DIR: join(home, "settings"),
    JUPYTERLAB_WORKSPACES_DIR: join(home, "workspaces"),
    JUPYTER_PREFER_ENV_PATH: "1",
    JUPYTER_PATH: "",
    JUPYTER_CONFIG_PATH: "",
    IPYTHONDIR: join(home, "ipython"),
  };
}
