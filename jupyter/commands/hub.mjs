// @ts-check
// Starts JupyterHub with the project's settings: everybody who knows the class's password gets a
// JupyterLab and notebooks of their own.
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { jupyterEnv } from "../lab/env.mjs";
import { SetupError } from "../setup/error.mjs";
import { npmCli } from "../setup/node.mjs";
import { inside, lab, root, venvPython, windows } from "../setup/paths.mjs";
import { step } from "../setup/step.mjs";
import { ensure } from "../setup.mjs";

/** JupyterHub's own proxy, by Project Jupyter; 4 MB, only installed here. */
const proxy = "configurable-http-proxy@5.3.0";
const home = join(lab, "hub");
const proxyScript = join(
  home,
  "node_modules",
  "configurable-http-proxy",
  "bin",
  "configurable-http-proxy",
);

/** @param {string[]} args passed on to JupyterHub */
export async function main(args) {
  if (windows) {
    throw new SetupError(
      "JupyterHub does not run on Windows.",
      "run it in the Windows Subsystem for Linux, or in a container (docs/class.md).",
    );
  }
  await ensure({ kernel: true, build: true, hub: true });
  mkdirSync(home, { recursive: true, mode: 0o700 });
  if (!existsSync(proxyScript)) {
    const npm = [
      npmCli(),
      "install",
      "--prefix",
      home,
      "--ignore-scripts",
      "--no-audit",
      "--no-fund",
    ];
    await step("installing JupyterHub's proxy", process.execPath, [...npm, proxy], {
      cwd: root,
      hint: "see npm's message above; it needs a network this first time.",
    });
  }
  const password = process.env.LAB_HUB_PASSWORD ?? randomBytes(9).toString("base64url");
  if (!process.env.LAB_HUB_PASSWORD) console.log(`The password of this class is ${password}`);
  const env = {
    ...jupyterEnv(),
    ...{ LAB_HUB_PASSWORD: password, LAB_HUB_HOME: home, LAB_HUB_NODE: process.execPath },
    ...{ LAB_HUB_PROXY: proxyScript, LAB_ROOT: root },
  };
  const config = ["-f", inside("jupyter", "hub", "jupyterhub_config.py")];
  const hub = spawn(venvPython, ["-m", "jupyterhub", ...config, ...args], {
    ...{ cwd: home, env, stdio: "inherit" },
  });
  // a terminal sends Ctrl-C to JupyterHub as well: it ends its servers, and this process waits
  process.on("SIGINT", () => {});
  process.on("SIGTERM", () => hub.kill("SIGTERM"));
  return new Promise((done, fail) => {
    hub.on("error", fail);
    hub.on("exit", (code) => done(code ?? 0));
  });
}
