// @ts-check
// Writes the site: the notebooks' reports, the API pages, the map of names, and the page that leads to
// them. Nothing in it is loaded from elsewhere, so that any server of files can serve it.
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { SetupError } from "../setup/error.mjs";
import { inside } from "../setup/paths.mjs";
import { ensure } from "../setup.mjs";
import { writeApi } from "../site/api.mjs";
import { fromPyTorch } from "../site/frompytorch.mjs";
import { writeLanding } from "../site/landing.mjs";
import { main as writeReports } from "./report.mjs";

const usage = "npm run docs -- [04 | name | path … of the notebooks] [--out <folder>]";

/** What a folder must hold to be taken for a site that may be replaced. */
const mark = ".nojekyll";

/** @param {string[]} args */
export async function main(args) {
  const { words, out } = parse(args);
  await ensure({ node: true, dev: true, build: true, kernel: true });
  empty(out);
  const torch = createRequire(import.meta.url)(inside("dist", "index.js"));
  writeFileSync(inside("docs", "from-pytorch.md"), fromPyTorch(torch));
  const reports = join(out, "reports");
  const code = await writeReports(["--no-run", "--out", reports, ...words]);
  if (code !== 0) return code;
  await writeApi(join(out, "api"));
  mkdirSync(join(out, "images"), { recursive: true });
  copyFileSync(inside("docs", "images", "notebook.png"), join(out, "images", "notebook.png"));
  writeLanding(out);
  console.log(`\nOpen ${join(out, "index.html")}`);
}

/** Only a site is replaced. @param {string} out */
function empty(out) {
  if (existsSync(out) && readdirSync(out).length > 0 && !existsSync(join(out, mark))) {
    throw new SetupError(
      `${out} holds something else.`,
      "name another folder with --out, or empty this one.",
    );
  }
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  // GitHub Pages leaves out files that begin with an underscore unless it is told not to
  writeFileSync(join(out, mark), "");
}

/** @param {string[]} args */
function parse(args) {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { out: { type: "string" } },
    });
    return { words: positionals, out: resolve(values.out ?? inside("site")) };
  } catch (error) {
    throw new SetupError(/** @type {Error} */ (error).message, `the command is: ${usage}`);
  }
}
