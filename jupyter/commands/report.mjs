// @ts-check
// Executes notebooks and writes each as one self-contained page, with an index, and as PDF if asked.
import { mkdirSync } from "node:fs";
import { basename, join } from "node:path";
import { executeNotebook } from "../notebook/execute.mjs";
import { findNotebooks } from "../notebook/find.mjs";
import { readNotebook } from "../notebook/format.mjs";
import { normalise } from "../notebook/normalise.mjs";
import { cellProgress } from "../notebook/progress.mjs";
import { needBrowser, printToPdf } from "../report/browser.mjs";
import { readOptions, usage } from "../report/options.mjs";
import { titleOf, writeIndex, writePage } from "../report/page.mjs";
import { explain, SetupError } from "../setup/error.mjs";
import { ensure } from "../setup.mjs";

/** @param {string[]} args */
export async function main(args) {
  const options = readOptions(args);
  if (options === null) {
    console.log(usage);
    return 0;
  }
  const files = findNotebooks(options.words);
  const browser = options.pdf ? needBrowser() : null;
  await ensure({ node: true, kernel: true, build: options.run });
  mkdirSync(options.out, { recursive: true });
  const pages = [];
  let failed = 0;
  for (const file of files) {
    try {
      pages.push(await report(file, options, browser));
    } catch (error) {
      if (!(error instanceof SetupError)) throw error;
      console.error(explain(error));
      failed++;
    }
  }
  if (pages.length > 0) writeIndex(join(options.out, "index.html"), pages);
  if (failed > 0) console.error(`\n${failed} of ${files.length} reports were not written.`);
  else console.log(`\nOpen ${join(options.out, "index.html")}`);
  return failed > 0 ? 1 : 0;
}

/**
 * @param {string} file
 * @param {import("../report/options.mjs").Options} options
 * @param {string | null} browser
 */
async function report(file, options, browser) {
  const name = basename(file, ".ipynb");
  const target = join(options.out, `${name}.html`);
  const progress = cellProgress(name);
  try {
    const { run, allowErrors } = options;
    const saved = readNotebook(file);
    const notebook = normalise(
      run ? await executeNotebook(file, { allowErrors, onProgress: progress.at }) : saved,
    );
    if (!run) refuseErrors(notebook, file, allowErrors);
    await writePage(notebook, target, options);
    if (browser !== null) await printToPdf(browser, target, target.replace(/html$/, "pdf"));
    progress.end(true, browser === null ? `: ${name}.html` : `: ${name}.html, ${name}.pdf`);
    return { file: basename(target), title: titleOf(notebook) || name, pdf: browser !== null };
  } catch (error) {
    progress.end(false);
    throw error;
  }
}

/**
 * Saved outputs may hold an error as well; it is no less one for being old.
 * @param {import("../notebook/format.mjs").Notebook} notebook
 * @param {string} file
 * @param {boolean} allowErrors
 */
function refuseErrors(notebook, file, allowErrors) {
  const codes = notebook.cells.filter((cell) => cell.cell_type === "code");
  for (const [i, { outputs = [], metadata }] of codes.entries()) {
    const error = outputs.find((output) => output.output_type === "error");
    if (!error || allowErrors || metadata.tags?.includes("raises-exception")) continue;
    throw new SetupError(
      `${basename(file)}: code cell ${i + 1} is saved with ${error.ename}: ${error.evalue}`,
      "run the notebook again, or show the error on the page with --allow-errors.",
    );
  }
}
