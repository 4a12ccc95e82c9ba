// @ts-check
// Makes one page of HTML from an executed notebook, and the index of all pages.
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { jupyterEnv } from "../lab/env.mjs";
import { joined, serialise } from "../notebook/format.mjs";
import { SetupError } from "../setup/error.mjs";
import { inside, root, venvPython } from "../setup/paths.mjs";
import { collect } from "../setup/step.mjs";

/**
 * @typedef {import("../notebook/format.mjs").Notebook} Notebook
 * @typedef {import("./options.mjs").Options} Options
 */

/**
 * @param {Notebook} notebook with its outputs
 * @param {string} target the HTML file
 * @param {Options} options
 */
export async function writePage(notebook, target, options) {
  const scratch = mkdtempSync(join(tmpdir(), "lab-report-"));
  try {
    const source = join(scratch, `${basename(target, ".html")}.ipynb`);
    writeFileSync(source, serialise(dressed(notebook, options)));
    const args = ["-m", "nbconvert", "--to", "html", "--log-level=WARN", source];
    const { code, output } = await collect(venvPython, args, { cwd: root, env: jupyterEnv() });
    const page = source.replace(/ipynb$/, "html");
    if (code !== 0 || !existsSync(page)) {
      throw new SetupError(
        `nbconvert could not make ${basename(target)} (code ${code}).\n${output.trimEnd()}`,
        "let `npm run doctor` look at this machine.",
      );
    }
    const half = `${target}.${process.pid}.tmp`;
    writeFileSync(half, readFileSync(page));
    renameSync(half, target);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/**
 * The notebook with what the template wants to know, without the language that was not asked for.
 * @param {Notebook} notebook
 * @param {Options} options
 * @returns {Notebook}
 */
function dressed(notebook, { lang, hideCode, name, number, date }) {
  const other = lang === "zh" ? "en" : "zh";
  const cells = lang
    ? notebook.cells.filter((cell) => !(cell.metadata.tags ?? []).includes(other))
    : notebook.cells;
  const report = { lang, hide_code: hideCode, name, number, date, footer: footer(notebook) };
  return { ...notebook, cells, metadata: { ...notebook.metadata, report } };
}

/** What a reader needs to get the same page again: seed, data and versions. @param {Notebook} notebook */
function footer(notebook) {
  const code = notebook.cells
    .filter((cell) => cell.cell_type === "code")
    .map((cell) => joined(cell.source))
    .join("\n");
  const own = JSON.parse(readFileSync(inside("package.json"), "utf8"));
  const seed = /manual_seed\((\d+)\)/.exec(code)?.[1];
  const lab = JSON.parse(readFileSync(inside("jupyter", "package.json"), "utf8"));
  const plotly = lab.dependencies["plotly.js"].split("@").at(-1);
  return [
    `${own.name} ${own.version} · Node ${process.versions.node} · plotly.js ${plotly}`,
    ...(seed === undefined ? [] : [`seed ${seed}`]),
    ...(code.includes("FashionMNIST") ? dataLine() : []),
  ];
}

/** The data files by their checksums. @returns {string[]} */
function dataLine() {
  const folders = [process.env.FASHION_MNIST_DIR, inside("data", "FashionMNIST", "raw")];
  const folder = folders.find((path) => path && existsSync(path));
  if (!folder) return [];
  const files = ["train-images-idx3-ubyte.gz", "t10k-images-idx3-ubyte.gz"];
  const sums = files
    .filter((name) => existsSync(join(folder, name)))
    .map((name) => {
      const sum = createHash("md5")
        .update(readFileSync(join(folder, name)))
        .digest("hex");
      return `${name} ${sum}`;
    });
  return sums.length > 0 ? [`Fashion-MNIST (MD5): ${sums.join(", ")}`] : [];
}

/**
 * The page that lists the others.
 * @param {string} target
 * @param {{ file: string, title: string, pdf: boolean }[]} pages
 */
export function writeIndex(target, pages) {
  const items = pages.map(({ file, title, pdf }) => {
    const more = pdf ? ` (<a href="${escaped(file.replace(/html$/, "pdf"))}">PDF</a>)` : "";
    return `<li><a href="${escaped(file)}">${escaped(title)}</a>${more}</li>`;
  });
  const style = readFileSync(
    inside("jupyter", "report", "template", "lab-report", "report.css"),
    "utf8",
  );
  writeFileSync(
    target,
    `<!DOCTYPE html>
<html lang="zh">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>实验报告 · Reports</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>实验报告 · Reports</h1>
<ul>
${items.join("\n")}
</ul>
</main>
</body>
</html>
`,
  );
}

/** @param {string} text */
const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;");

/** The first headings of a notebook, one a language. @param {Notebook} notebook */
export function titleOf(notebook) {
  const found = notebook.cells
    .filter((cell) => cell.cell_type === "markdown")
    .map((cell) => /^# +(.+)$/m.exec(joined(cell.source))?.[1])
    .filter((title) => title !== undefined);
  return found.slice(0, 2).join(" · ");
}
