// A real JupyterHub: a student logs in, gets a server, and a notebook prints there what it has saved.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { jupyterEnv } from "../../jupyter/lab/env.mjs";
import { inside, root, venvPython } from "../../jupyter/setup/paths.mjs";

const url = "http://127.0.0.1:8765";
const isThere = spawnSync(venvPython, ["-c", "import jupyterhub"]).status === 0;
const why = "JupyterHub is not installed (`npm run hub` installs it)";

async function answers(): Promise<boolean> {
  return fetch(`${url}/hub/login`).then(
    ({ ok }) => ok,
    () => false,
  );
}

test("a student logs in and runs notebook 01", { skip: !isThere && why }, async () => {
  const env = { ...jupyterEnv(), LAB_HUB_PASSWORD: "a-class-of-one", LAB_HUB_URL: url };
  const hub = spawn(process.execPath, [inside("jupyter", "hub.mjs")], {
    cwd: root,
    env,
    stdio: "ignore",
  });
  try {
    for (let i = 0; i < 240 && hub.exitCode === null && !(await answers()); i++) await sleep(500);
    const measure = [inside("jupyter", "hub", "measure.py"), "--hub", url, "--students", "1"];
    const notebook = ["--notebook", "notebooks/01_broadcast_subtraction.ipynb"];
    const { status, stdout, stderr } = spawnSync(venvPython, [...measure, ...notebook], {
      ...{ cwd: root, env, encoding: "utf8" },
    });
    assert.equal(status, 0, stdout + stderr);
    assert.match(stdout, /1 of 1 saw what the notebook has saved/);
  } finally {
    hub.kill("SIGTERM");
    if (hub.exitCode === null) await once(hub, "exit");
  }
});
