// @ts-check
// The project's own Python environment in .venv: made once, filled from the pinned lists, and made
// again when the lists, the folder or the interpreter changed.
import { spawnSync } from "node:child_process";
import { existsSync, realpathSync, rmSync } from "node:fs";
import { join } from "node:path";
import { SetupError } from "./error.mjs";
import { inside, lab, root, venv, venvPython, windows } from "./paths.mjs";
import { debian, findPython, sudo } from "./python.mjs";
import { hashFiles, readStamp, writeStamp } from "./stamp.mjs";
import { step } from "./step.mjs";

const stampFile = join(venv, "lab.json");
const lists = {
  base: inside("jupyter", "requirements.txt"),
  test: inside("jupyter", "requirements-test.txt"),
};

/** @param {string} list */
const hashOf = (list) => hashFiles(root, [list]);

/**
 * What has to be done to the environment, or null when it is ready.
 * @param {boolean} dev whether the test tools are wanted too
 * @returns {{ what: "make" | "add", reason: string } | null}
 */
export function venvProblem(dev) {
  const stamp = readStamp(stampFile);
  /** @param {string} reason */
  const make = (reason) => /** @type {const} */ ({ what: "make", reason });
  if (!existsSync(venv)) return make("first time");
  if (stamp === null) return make("the last set-up did not finish");
  if (stamp.root !== root) return make("the folder was moved");
  if (!interpreterWorks()) return make("its Python is gone");
  if (stamp.base !== hashOf(lists.base)) return make("the list of packages changed");
  if (dev && stamp.test !== hashOf(lists.test)) return { what: "add", reason: "for the tests" };
  return null;
}

/** A virtual environment borrows its interpreter: when that is removed, the link is left dangling. */
function interpreterWorks() {
  try {
    realpathSync(venvPython);
    return true;
  } catch {
    return false;
  }
}

/**
 * Makes the environment, or adds the test tools to it.
 * @param {boolean} dev
 * @param {{ what: "make" | "add", reason: string }} problem
 */
export async function installVenv(dev, problem) {
  // a test tool that was installed once stays: starting the lab must not throw it out again
  const tests = dev || readStamp(stampFile)?.test !== undefined;
  rmSync(stampFile, { force: true });
  const python = problem.what === "make" ? await makeVenv(problem.reason) : null;
  if (python !== null) {
    await pip("installing JupyterLab and its packages", lists.base, python.pip);
  }
  if (tests) await pip("installing the test tools of Python", lists.test, python?.pip ?? []);
  writeStamp(stampFile, {
    root,
    base: hashOf(lists.base),
    ...(tests ? { test: hashOf(lists.test) } : {}),
  });
}

/**
 * Makes an empty environment by the first way that this machine offers.
 * @param {string} reason
 * @returns {Promise<{ pip: string[] }>} how to call pip; an empty list is the environment's own
 */
async function makeVenv(reason) {
  const python = findPython();
  rmSync(venv, { recursive: true, force: true, maxRetries: 3 });
  const label = `making a Python environment with Python ${python.version} (${reason})`;
  const hint =
    "see Python's message above; LAB_PYTHON=<path> names another Python to use. " +
    "Then run the command again.";
  /** @param {string} command @param {string[]} args */
  const make = (command, args) => step(label, command, args, { cwd: root, hint, env: cleanEnv() });

  if (python.venv && python.ensurepip) {
    await make(python.executable, ["-m", "venv", venv]);
    return { pip: [] };
  }
  const zipapps = [
    process.env.LAB_VIRTUALENV,
    inside("virtualenv.pyz"),
    join(lab, "virtualenv.pyz"),
  ];
  const zipapp = zipapps.find((file) => file && existsSync(file));
  if (zipapp) {
    await make(python.executable, [zipapp, venv]);
    return { pip: [] };
  }
  if (answers("virtualenv", ["--version"])) {
    await make("virtualenv", ["--python", python.executable, venv]);
    return { pip: [] };
  }
  if (answers("uv", ["--version"])) {
    await make("uv", ["venv", "--seed", "--python", python.executable, venv]);
    return { pip: [] };
  }
  if (python.venv && python.pip) {
    await make(python.executable, ["-m", "venv", "--without-pip", venv]);
    return { pip: [python.executable, "-m", "pip", "--python", venvPython] };
  }
  const version = python.version.split(".").slice(0, 2).join(".");
  throw new SetupError(
    `${python.executable} (Python ${python.version}) cannot make an environment: it comes without ensurepip.`,
    debian
      ? `type \`${sudo}apt-get install -y python${version}-venv\` and start again.`
      : `put \`virtualenv\` or \`uv\` on PATH, or name virtualenv's zipapp with LAB_VIRTUALENV=<file>, and start again.`,
  );
}

/** Whether a program is there and runs. @param {string} command @param {string[]} args */
function answers(command, args) {
  return spawnSync(command, args, { stdio: "ignore", timeout: 20_000 }).status === 0;
}

/**
 * Installs a list as it stands. Python compiles what it uses when it first uses it: compiling all
 * beforehand would take a third of the time and 50 MB.
 * @param {string} label
 * @param {string} list
 * @param {string[]} outside a pip outside the environment, when it has none of its own
 */
async function pip(label, list, outside) {
  const [command, ...before] = outside.length > 0 ? outside : [venvPython, "-m", "pip"];
  const args = [
    "install",
    "--no-deps",
    "--no-compile",
    "--no-input",
    "--disable-pip-version-check",
    "-r",
    list,
  ];
  await step(label, command, [...before, ...args], {
    cwd: root,
    env: cleanEnv(),
    hint:
      "see pip's message above. Without a network, connect and run the command again; behind a " +
      "mirror, name it with `pip config set global.index-url <address>`.",
  });
}

/**
 * The environment for the project's Python: what the user set for other Pythons stays outside, the
 * addresses and certificates of their mirrors come in.
 * @returns {NodeJS.ProcessEnv}
 */
export function cleanEnv() {
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, PYTHONNOUSERSITE: "1", PYTHONUTF8: "1", PIP_USER: "0" };
  for (const name of [
    ...["PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP", "PYTHONDONTWRITEBYTECODE", "VIRTUAL_ENV"],
    ...["PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_REQUIRE_HASHES", "__PYVENV_LAUNCHER__"],
  ]) {
    delete env[name];
  }
  // what a command finds on PATH first is the project's own (Jupyter starts its parts by name)
  const bin = join(venv, windows ? "Scripts" : "bin");
  const key = Object.keys(env).find((name) => name.toUpperCase() === "PATH") ?? "PATH";
  return { ...env, [key]: `${bin}${windows ? ";" : ":"}${env[key] ?? ""}` };
}
