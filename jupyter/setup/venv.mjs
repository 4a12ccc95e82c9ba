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
const base = inside("jupyter", "requirements.txt");
const ownPackage = inside("jupyter", "python");

/**
 * What is added to the environment only when a command wants it.
 * @typedef {"test" | "papermill" | "sweep" | "hub"} Extra
 * @type {Record<Extra, { list: string, what: string, reason: string }>}
 */
const extras = {
  test: {
    list: inside("jupyter", "requirements-test.txt"),
    what: "the test tools of Python",
    reason: "for the tests",
  },
  papermill: {
    list: inside("jupyter", "requirements-papermill.txt"),
    what: "papermill",
    reason: "for papermill",
  },
  sweep: {
    list: inside("jupyter", "requirements-sweep.txt"),
    what: "Dask and pyarrow",
    reason: "for sweeps",
  },
  hub: {
    list: inside("jupyter", "requirements-hub.txt"),
    what: "JupyterHub",
    reason: "for a class",
  },
};
const allExtras = /** @type {Extra[]} */ (Object.keys(extras));

/** What an addition is made from. @param {Extra} extra */
function hashOf(extra) {
  const { list } = extras[extra];
  // the project's own package is installed with papermill, and points at its sources
  return hashFiles(
    root,
    extra === "papermill" ? [list, join(ownPackage, "pyproject.toml")] : [list],
  );
}

/**
 * What has to be done to the environment, or null when it is ready.
 * @param {Extra[]} wanted what must be there besides JupyterLab
 * @returns {{ what: "make" | "add", reason: string } | null}
 */
export function venvProblem(wanted) {
  const stamp = readStamp(stampFile);
  /** @param {string} reason */
  const make = (reason) => /** @type {const} */ ({ what: "make", reason });
  if (!existsSync(venv)) return make("first time");
  if (stamp === null) return make("the last set-up did not finish");
  if (stamp.root !== root) return make("the folder was moved");
  if (!interpreterWorks()) return make("its Python is gone");
  if (stamp.base !== hashFiles(root, [base])) return make("the list of packages changed");
  const missing = wanted.find((extra) => stamp[extra] !== hashOf(extra));
  return missing ? { what: "add", reason: extras[missing].reason } : null;
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
 * Makes the environment, or adds to it what is wanted and missing.
 * @param {Extra[]} wanted
 * @param {{ what: "make" | "add", reason: string }} problem
 */
export async function installVenv(wanted, problem) {
  const before = readStamp(stampFile) ?? {};
  // what was installed once stays: starting the lab must not throw it out again
  const kept = allExtras.filter((extra) => wanted.includes(extra) || before[extra] !== undefined);
  rmSync(stampFile, { force: true });
  const python = problem.what === "make" ? await makeVenv(problem.reason) : null;
  const outside = python?.pip ?? [];
  if (python !== null) {
    await pip("installing JupyterLab and its packages", ["-r", base], outside);
  }
  for (const extra of kept) {
    if (python === null && before[extra] === hashOf(extra)) continue;
    await pip(`installing ${extras[extra].what}`, ["-r", extras[extra].list], outside);
    if (extra !== "papermill") continue;
    const own = ["--no-build-isolation", "--editable", ownPackage];
    await pip("installing the lab's own part of papermill", own, outside);
  }
  const hashes = kept.map((extra) => [extra, hashOf(extra)]);
  writeStamp(stampFile, { root, base: hashFiles(root, [base]), ...Object.fromEntries(hashes) });
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
 * Installs without asking for more than is named. Python compiles what it uses when it first uses it: compiling all
 * beforehand would take a third of the time and 50 MB.
 * @param {string} label
 * @param {string[]} what
 * @param {string[]} outside a pip outside the environment, when it has none of its own
 */
async function pip(label, what, outside) {
  const [command, ...before] = outside.length > 0 ? outside : [venvPython, "-m", "pip"];
  const args = [
    "install",
    "--no-deps",
    "--no-compile",
    "--no-input",
    "--disable-pip-version-check",
    ...what,
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
