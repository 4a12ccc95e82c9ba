// @ts-check
// Finds out when JupyterLab is ready and at which address: it leaves both in its run-time folder.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { runtimeDir } from "./env.mjs";

/**
 * Waits until the server answers, or has ended: then null.
 * @param {{ pid?: number, token: string }} ours the process that was started, and the token it was
 *   given: on Windows the server is a child of that process, with an id of its own
 * @param {() => boolean} hasEnded
 * @returns {Promise<{ port: number, address: string } | null>} the address with its token
 */
export async function waitForServer(ours, hasEnded) {
  while (!hasEnded()) {
    for (const server of runningServers()) {
      const same = server.pid === ours.pid || server.token === ours.token;
      if (same && (await answers(server.url))) {
        const query = server.token ? `?token=${server.token}` : "";
        return { port: server.port, address: `${server.url}lab${query}` };
      }
    }
    await sleep(100);
  }
  return null;
}

/** @returns {{ url: string, port: number, token: string, pid: number }[]} */
function runningServers() {
  if (!existsSync(runtimeDir)) return [];
  const found = [];
  for (const name of readdirSync(runtimeDir)) {
    if (!/^jpserver-\d+\.json$/.test(name)) continue;
    try {
      found.push(JSON.parse(readFileSync(join(runtimeDir, name), "utf8")));
    } catch {
      // being written, or just removed: the next round sees it
    }
  }
  return found;
}

/** @param {string} url @returns {Promise<boolean>} */
function answers(url) {
  return new Promise((resolve) => {
    const asking = request(`${url}api`, { timeout: 1000 }, (response) => {
      response.resume();
      resolve((response.statusCode ?? 500) < 500);
    });
    asking.on("error", () => resolve(false));
    asking.on("timeout", () => asking.destroy());
    asking.end();
  });
}
