// @ts-check
// Registers the lab's kernel where the user's own Jupyter and VS Code look for kernels, or takes it
// away again.
import { existsSync, readFileSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { kernelName, writeKernelSpec } from "../kernel/spec.mjs";
import { SetupError } from "../setup/error.mjs";
import { windows } from "../setup/paths.mjs";
import { ensure } from "../setup.mjs";

/** @param {string[]} args */
export async function main(args) {
  const wrong = args.find((arg) => arg !== "--remove" && arg !== "--replace");
  if (wrong !== undefined) {
    throw new SetupError(
      `npm run kernel does not know "${wrong}".`,
      "the command is: npm run kernel [-- --remove | --replace]",
    );
  }
  const place = join(userKernels(), kernelName);
  const there = registered(place);
  if (args.includes("--remove")) {
    if (there === "none") console.log(`No kernel is registered in ${place}.`);
    else if (there === "other") refuse(place);
    else rmSync(place, { recursive: true, force: true });
    if (there === "ours") console.log(`✓ removed ${place}`);
    return;
  }
  if (there === "other" && !args.includes("--replace")) refuse(place);
  await ensure({ node: true, build: true });
  writeKernelSpec(place);
  console.log(`✓ registered in ${place}`);
  console.log("  Choose “TypeScript (deep-learning-lab)” in your Jupyter or VS Code.");
  console.log(
    "  It needs this folder and this Node where they are now; after moving, register again.",
  );
}

/** The folder of the user's kernels, by Jupyter's own rules. */
function userKernels() {
  const data = process.env.JUPYTER_DATA_DIR;
  if (data) return join(data, "kernels");
  if (process.platform === "darwin") return join(homedir(), "Library", "Jupyter", "kernels");
  if (windows) {
    return join(process.env.APPDATA ?? join(homedir(), "AppData", "Roaming"), "jupyter", "kernels");
  }
  const share = process.env.XDG_DATA_HOME ?? join(homedir(), ".local", "share");
  return join(share, "jupyter", "kernels");
}

/** Whose kernel stands there under our name. @param {string} place */
function registered(place) {
  const file = join(place, "kernel.json");
  if (!existsSync(file)) return "none";
  return /jupyter[\\/]+kernel[\\/]+launch\.cjs/.test(readFileSync(file, "utf8")) ? "ours" : "other";
}

/** @param {string} place */
function refuse(place) {
  throw new SetupError(
    `Another kernel named "${kernelName}" is registered in ${place}.`,
    "keep it (the notebooks run on a stock tslab as well), or put the lab's in its place with " +
      "`npm run kernel -- --replace`.",
  );
}
