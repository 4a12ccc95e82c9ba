// @ts-check
// Finds a Python that can carry Jupyter, and asks it what it brings along.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { SetupError } from "./error.mjs";
import { windows } from "./paths.mjs";

const oldest = [3, 10];

/**
 * @typedef {{ executable: string, version: string, venv: boolean, ensurepip: boolean,
 *   pip: boolean }} Python
 */

/** What is asked of a Python; old ones must understand it too. */
const question = `
import json, sys
def has(name):
    try:
        __import__(name)
        return True
    except Exception:
        return False
print(json.dumps({"executable": sys.executable, "version": list(sys.version_info[:3]),
  "venv": has("venv"), "ensurepip": has("ensurepip"), "pip": has("pip")}))
`;

/**
 * The first Python on PATH that is new enough (LAB_PYTHON names another).
 * @returns {Python}
 * @throws {SetupError} when there is none, naming those that were too old
 */
export function findPython() {
  const named = process.env.LAB_PYTHON;
  /** @type {string[]} */
  const old = [];
  /** @type {Python[]} */
  const good = [];
  for (const [command, ...args] of named ? [[named]] : candidates()) {
    const python = ask(command, args);
    if (python === null) continue;
    if (!newEnough(python.version)) old.push(`${python.executable} is ${python.version}`);
    // one that can make environments is better than an earlier one that cannot
    else if (python.venv && python.ensurepip) return python;
    else good.push(python);
  }
  if (good.length > 0) return good[0];
  const where = named ? `LAB_PYTHON names ${named}, but it` : "No Python 3.10 or newer was found";
  const message = named
    ? `${where} ${old.length > 0 ? "is too old" : "cannot be run"}`
    : `${where}${old.length > 0 ? ` (${old.join("; ")})` : ""}`;
  throw new SetupError(`${message}. JupyterLab runs on Python.`, howToInstall());
}

/** The commands to try, best first. */
function candidates() {
  const numbered = [14, 13, 12, 11, 10].map((minor) => [`python3.${minor}`]);
  return windows ? [["py", "-3"], ["python"], ["python3"]] : [["python3"], ["python"], ...numbered];
}

/** @param {string} command @param {string[]} args @returns {Python | null} */
function ask(command, args) {
  const run = spawnSync(command, [...args, "-c", question], {
    encoding: "utf8",
    timeout: 20_000,
    windowsHide: true,
  });
  if (run.status !== 0) return null;
  try {
    const { version, ...rest } = JSON.parse(run.stdout.trim().split("\n").at(-1) ?? "");
    return { version: version.join("."), ...rest };
  } catch {
    return null;
  }
}

/** @param {string} version */
function newEnough(version) {
  const [major, minor] = version.split(".").map(Number);
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
}

/** Whether the system installs with apt: Debian, Ubuntu and their kin. */
export const debian = existsSync("/etc/debian_version");

/** `sudo ` where the reader needs it. */
export const sudo = process.getuid?.() === 0 ? "" : "sudo ";

function howToInstall() {
  if (windows) return "install Python from https://www.python.org/downloads and start again.";
  if (process.platform === "darwin") {
    return "install Python from https://www.python.org/downloads or with `brew install python`, and start again.";
  }
  return debian
    ? `type \`${sudo}apt-get install -y python3 python3-venv\` and start again.`
    : "install Python 3.10 or newer with your system's package manager and start again.";
}
