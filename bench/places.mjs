// @ts-check
// Where the bench keeps things, and the programs it starts.
import { join } from "node:path";
import { inside, lab, windows } from "../jupyter/setup/paths.mjs";

export const bench = inside("bench");
/** Results, decoded data and kernelspecs; ignored by git. */
export const kept = join(lab, "bench");

/** The peers' own Python environment. */
export const venv = join(bench, ".venv");
export const python = windows ? join(venv, "Scripts", "python.exe") : join(venv, "bin", "python");

/** A program among the peers. @param {...string} parts */
export const peer = (...parts) => join(bench, "peers", ...parts);

/** The four gz files, and the folder in which torchvision looks for them decoded. */
export const decoded = join(kept, "data", "FashionMNIST", "raw");
/** Python's notebooks run here, so that the exercise's `../data` is the folder above. */
export const pythonHome = join(kept, "notebooks");
/** The kernelspecs of the two kernels. */
export const kernels = join(kept, "kernels");
