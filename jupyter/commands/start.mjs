// @ts-check
// Opens JupyterLab on the notebooks with settings of the project's own, keeps dist current while it
// runs, and ends everything on Ctrl-C.
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { jupyterEnv } from "../lab/env.mjs";
import { waitForServer } from "../lab/server.mjs";
import { rebuildOnChange } from "../lab/watch.mjs";
import { SetupError } from "../setup/error.mjs";
import { inside, root, venvPython } from "../setup/paths.mjs";
import { ensure } from "../setup.mjs";

const grace = 1500;

/** @param {string[]} args passed on to JupyterLab */
export async function main(args) {
  await ensure({ kernel: true, build: true });
  const asked = portAskedFor(args);
  const rooted = process.getuid?.() === 0;
  if (rooted) {
    console.log(
      "You are root: JupyterLab is told to allow that (--allow-root). It listens on this machine only.",
    );
  }
  const token = process.env.JUPYTER_TOKEN ?? randomBytes(24).toString("hex");
  const server = spawn(
    venvPython,
    [
      ...["-m", "jupyterlab", "--log-level=ERROR"],
      ...(args.some((arg) => /root_dir|notebook-dir/.test(arg))
        ? []
        : [`--ServerApp.root_dir=${inside("notebooks")}`]),
      ...(rooted && !args.includes("--allow-root") ? ["--allow-root"] : []),
      ...args,
    ],
    // the token goes by the environment, where other users of the machine don't see it
    { cwd: root, env: { ...jupyterEnv(), JUPYTER_TOKEN: token }, stdio: "inherit" },
  );
  let running = true;
  /** @type {Promise<{ code: unknown }>} */
  const ended = new Promise((resolve) => {
    server.on("error", (error) => resolve({ code: error.message }));
    server.on("exit", (code, signal) => resolve({ code: code ?? signal }));
  }).finally(() => {
    running = false;
  });
  // A terminal sends Ctrl-C to JupyterLab as well; when the signal came to this process alone, it is
  // handed on a moment later.
  process.on("SIGINT", () => setTimeout(() => server.kill("SIGTERM"), grace).unref());
  process.on("SIGTERM", () => server.kill("SIGTERM"));
  process.on("SIGHUP", () => server.kill("SIGTERM"));

  const place = await waitForServer({ pid: server.pid, token }, () => !running);
  if (place === null) return failed(await ended, args);
  if (asked !== 0 && asked !== place.port) {
    console.log(`Port ${asked} is in use: JupyterLab took ${place.port}.`);
  }
  console.log(`\nJupyterLab is running. Open\n\n    ${place.address}\n\nCtrl-C ends it.\n`);
  const stopWatching = rebuildOnChange();
  await ended;
  stopWatching();
  console.log("JupyterLab has ended, and its kernels with it.");
}

/** The port in `--port N`, `--port=N` or `--ServerApp.port=N`. @param {string[]} args */
function portAskedFor(args) {
  let port = 8888;
  for (const [i, arg] of args.entries()) {
    const match = /^--(?:ServerApp\.)?port(?:=(.*))?$/.exec(arg);
    if (!match) continue;
    const text = match[1] ?? args[i + 1] ?? "";
    port = Number(text);
    if (/^\d+$/.test(text) && port <= 65535) continue;
    throw new SetupError(
      `--port wants a number from 0 to 65535, not "${text}".`,
      "for example `npm start -- --port 8899`.",
    );
  }
  return port;
}

/**
 * @param {{ code: unknown }} end
 * @param {string[]} args
 */
function failed({ code }, args) {
  // `--help` and `--version` end at once and well
  if (code === 0) return 0;
  throw new SetupError(
    `JupyterLab ended before it was ready (code ${code}).`,
    args.length > 0
      ? `see its message above; is "${args.join(" ")}" what it understands? \`npm start -- --help\` lists it.`
      : "see its message above, or let `npm run doctor` look at this machine.",
  );
}
