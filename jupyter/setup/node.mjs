// @ts-check
// The packages of Node: whether node_modules is what package-lock.json says, and how it gets there.
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { SetupError } from "./error.mjs";
import { inside, root, windows } from "./paths.mjs";
import { step } from "./step.mjs";

/**
 * @typedef {{ version?: string, integrity?: string, dev?: boolean, devOptional?: boolean,
 *   optional?: boolean, os?: string[], cpu?: string[], libc?: string[] }} Locked
 */

/**
 * Why the packages must be installed, or null when they are as package-lock.json wants them.
 *
 * npm itself writes node_modules/.package-lock.json when it has finished, and only then.
 * @param {boolean} dev whether the tools for development are wanted too
 */
export function packagesProblem(dev) {
  const wanted = readPackages(inside("package-lock.json"));
  if (wanted === null) {
    throw new SetupError(
      "package-lock.json is missing or damaged.",
      "get it back from the repository (a fresh clone has it).",
    );
  }
  const found = readPackages(inside("node_modules", ".package-lock.json"));
  if (found === null) return "not installed yet";
  for (const [path, locked] of Object.entries(wanted)) {
    if (path === "" || !neededHere(locked, dev)) continue;
    const name = path.replace(/^node_modules\//, "");
    const installed = found[path];
    if (!installed || !existsSync(inside(path, "package.json"))) return `${name} is missing`;
    if (installed.version !== locked.version || installed.integrity !== locked.integrity) {
      return `${name} has another version`;
    }
  }
  return null;
}

/**
 * Installs exactly what package-lock.json says.
 * @param {boolean} dev
 * @param {string} reason shown to the reader
 */
export async function installPackages(dev, reason) {
  const args = [npmCli(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"];
  args.push(dev ? "--include=dev" : "--omit=dev");
  await step(`installing the packages of Node (${reason})`, process.execPath, args, {
    cwd: root,
    hint:
      "see npm's message above. Without a network, connect and run the command again; behind a " +
      "mirror, name it with `npm config set registry <address>`.",
  });
  const left = packagesProblem(dev);
  if (left === null) return;
  throw new SetupError(
    `npm finished, but ${left}.`,
    "delete node_modules and run the command again.",
  );
}

/** @param {string} file @returns {Record<string, Locked> | null} */
function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8")).packages ?? null;
  } catch {
    return null;
  }
}

/** @param {Locked} locked @param {boolean} dev */
function neededHere(locked, dev) {
  if (!dev && (locked.dev || locked.devOptional)) return false;
  // npm picks builds for another C library or processor by rules of its own
  if (locked.libc) return false;
  return fits(locked.os, process.platform) && fits(locked.cpu, process.arch);
}

/** @param {string[] | undefined} list names, or names with ! in front @param {string} here */
function fits(list, here) {
  if (!list) return true;
  if (list.some((name) => name === `!${here}`)) return false;
  const allowed = list.filter((name) => !name.startsWith("!"));
  return allowed.length === 0 || allowed.includes(here);
}

/** npm's own script: it is run by this Node directly, without a shell, on Windows too. */
export function npmCli() {
  const beside = dirname(process.execPath);
  const places = [
    /npm-cli\.c?js$/.test(process.env.npm_execpath ?? "") ? process.env.npm_execpath : undefined,
    join(beside, "node_modules", "npm", "bin", "npm-cli.js"),
    join(beside, "..", "lib", "node_modules", "npm", "bin", "npm-cli.js"),
    ...(process.env.PATH ?? "").split(delimiter).map(npmIn),
  ];
  const found = places.find((place) => place !== undefined && existsSync(place));
  if (found) return found;
  throw new SetupError(
    "npm was not found: it normally comes with Node.",
    "install Node from https://nodejs.org (it brings npm), or Debian's package `npm`.",
  );
}

/** @param {string} folder one folder of PATH @returns {string | undefined} */
function npmIn(folder) {
  if (folder === "") return undefined;
  if (windows) return join(folder, "node_modules", "npm", "bin", "npm-cli.js");
  const link = join(folder, "npm");
  if (!existsSync(link)) return undefined;
  const target = realpathSync(link);
  return /npm-cli\.c?js$/.test(target) ? target : undefined;
}
