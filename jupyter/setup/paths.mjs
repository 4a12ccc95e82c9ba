// @ts-check
// Where things lie in the project: one place, so that no script spells a path twice.
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const windows = process.platform === "win32";

/** The project's folder. */
export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");

/** A path inside the project. @param {...string} parts */
export const inside = (...parts) => join(root, ...parts);

/** What the lab keeps for itself: locks, Jupyter's settings, logs. Ignored by git. */
export const lab = inside(".lab");

/** The project's own Python environment and the interpreter in it. */
export const venv = inside(".venv");
export const venvPython = windows
  ? join(venv, "Scripts", "python.exe")
  : join(venv, "bin", "python");

export const tsc = inside("node_modules", "typescript", "bin", "tsc");
