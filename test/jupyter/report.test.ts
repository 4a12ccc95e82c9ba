// npm run report: self-contained pages, and failures that name the cell.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, type TestContext, test } from "node:test";
import { jupyterEnv } from "../../jupyter/lab/env.mjs";
import type { Cell } from "../../jupyter/notebook/format.mjs";
import { serialise } from "../../jupyter/notebook/format.mjs";
import { normalise } from "../../jupyter/notebook/normalise.mjs";
import { findBrowser } from "../../jupyter/report/browser.mjs";
import { venvPython } from "../../jupyter/setup/paths.mjs";
import { collect } from "../../jupyter/setup/step.mjs";
import { root, runScript } from "./sandbox";

const scratch = mkdtempSync(join(tmpdir(), "报告 report-"));
after(() => rmSync(scratch, { recursive: true, force: true }));
const script = join(root, "jupyter", "report.mjs");

const text = (source: string, tag: string): Cell => ({
  cell_type: "markdown",
  id: `${tag}${source.length}`,
  source,
  metadata: { tags: [tag] },
});
const code = (source: string, outputs: Cell["outputs"] = []): Cell => ({
  cell_type: "code",
  id: `c${source.length}`,
  source,
  metadata: {},
  outputs,
  execution_count: 7,
});
const figure = {
  data: [{ type: "scatter", y: [1, 2], name: "</script><b>" }],
  layout: { title: { text: "损失 of a chart" } },
};

function notebook(name: string, cells: Cell[]): string {
  const file = join(scratch, `${name}.ipynb`);
  writeFileSync(
    file,
    serialise(normalise({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 })),
  );
  return file;
}

const saved = notebook("saved", [
  text("# 题目\n\n公式 $\\frac{a}{b}$ 与 $\\mathbb{R}$", "zh"),
  text(
    "# Title\n\n$$\\sum_i x_i$$\n\n<details><summary>more</summary>\n\n```python\nx = 1\n```\n\n</details>",
    "en",
  ),
  code("torch.manual_seed(3);", [{ output_type: "stream", name: "stdout", text: "a < b\n" }]),
  code("plt.show();", [
    {
      output_type: "display_data",
      data: { "application/vnd.plotly.v1+json": figure, "image/png": "aGk=" },
      metadata: {},
    },
  ]),
]);

const report = (...args: string[]) => runScript(script, [...args, "--out", scratch]);
const page = (name: string) => readFileSync(join(scratch, `${name}.html`), "utf8");

// a page is two megabytes: a failure must not print it
const has = (html: string, wanted: RegExp) => assert.ok(wanted.test(html), `not found: ${wanted}`);
const lacks = (html: string, unwanted: RegExp) =>
  assert.ok(!unwanted.test(html), `found: ${unwanted}`);

/** The page without the scripts, in which plotly.js names addresses that it never asks for. */
const withoutScripts = (html: string) => html.replace(/<script>[\s\S]*?<\/script>/g, "");

test("a saved notebook becomes one page that asks nothing of any network", async () => {
  const { code: status, output } = await report(saved, "--no-run", "--name", "张三 <b>");
  assert.equal(status, 0, output);
  const html = page("saved");
  lacks(withoutScripts(html), /(src|href)="?https?:|@import|url\(["']?https?:/);
  const large = [...html.matchAll(/<script>[\s\S]*?<\/script>/g)].filter(
    ([all]) => all.length > 1e6,
  );
  assert.equal(large.length, 1, "plotly.js stands in the page once");
  has(html, /class="katex"/);
  lacks(withoutScripts(html), /\$\\frac|\$\$/);
  has(html, /@font-face\{[^}]*KaTeX_AMS[^}]*data:font\/woff2;base64/);
  lacks(html, /KaTeX_Fraktur[^}]*base64|url\(fonts\//);
  has(html, /张三 &lt;b&gt;/);
  has(html, /a &lt; b/);
  has(html, /In \[7\]/);
  has(html, /seed 3/);
  has(html, /<details><summary>more<\/summary>\s*<div class="highlight">/);
  // a closing tag in a figure's text must not end the script that holds the figure
  lacks(html, /<\/script><b>/);
  assert.match(
    readFileSync(join(scratch, "index.html"), "utf8"),
    /href="saved\.html">题目 · Title</,
  );
});

test("--lang keeps one language, --hide-code folds", async () => {
  assert.equal((await report(saved, "--no-run", "--lang", "en", "--hide-code")).code, 0);
  const html = page("saved");
  lacks(html, /题目/);
  has(html, /<h1[^>]*>Title/);
  lacks(html, /id="languages"/);
  has(html, /<details class="code">/);
});

test("what stays the same can be kept in report.json, and a damaged one is named", async () => {
  const kept = join(scratch, "report.json");
  writeFileSync(kept, JSON.stringify({ name: "李四", number: "42" }));
  assert.equal((await report(saved, "--no-run", "--number", "43")).code, 0);
  has(page("saved"), /李四[\s\S]*<dd>43<\/dd>/);
  writeFileSync(kept, "{");
  const { code: status, output } = await report(saved, "--no-run");
  rmSync(kept);
  assert.equal(status, 1);
  assert.match(output, /report\.json is not valid JSON/);
});

test("a cell that throws fails the report with notebook, cell and error", async () => {
  const file = notebook("throws", [code("console.log(1);"), code('throw new RangeError("no");')]);
  const failed = await report(file);
  assert.equal(failed.code, 1);
  assert.match(failed.output, /throws\.ipynb: code cell 2 threw RangeError: no/);
  assert.match(failed.output, /--allow-errors/);
  assert.equal(existsSync(join(scratch, "throws.html")), false);
  const allowed = await report(file, "--allow-errors");
  assert.equal(allowed.code, 0, allowed.output);
  has(page("throws"), /class="error">[^<]*RangeError: no/);
});

test("wrong options are refused with those there are", async () => {
  for (const args of [["--langs"], ["--lang", "fr"], ["nothing-like-that"]]) {
    const { code: status, output } = await report(...args);
    assert.equal(status, 1, args.join(" "));
    assert.match(output, /What to do:/);
  }
});

/** nbconvert as people use it, with nothing of the project but its environment. */
function nbconvert(to: string, env: NodeJS.ProcessEnv = {}) {
  const args = ["-m", "nbconvert", "--to", to, saved, "--output", "plain"];
  return collect(venvPython, args, { env: { ...jupyterEnv(), ...env }, cwd: scratch });
}

test("plain nbconvert in the environment gives the same page", async () => {
  const run = await nbconvert("html");
  assert.equal(run.code, 0, run.output);
  has(page("plain"), /class="katex"/);
  has(page("plain"), /<figure class="chart">/);
});

const nowhere = { PATH: scratch, LAB_BROWSER: join(scratch, "none") };

test("without a browser --pdf and nbconvert's webpdf say how to get one", async () => {
  if (process.platform !== "linux") return;
  const env = { ...process.env, ...nowhere };
  const { code: status, output } = await runScript(script, [saved, "--no-run", "--pdf"], env);
  assert.equal(status, 1);
  assert.match(output, /A PDF needs Chromium, Chrome or Edge, and none was found/);
  const converted = await nbconvert("webpdf", nowhere);
  assert.notEqual(converted.code, 0);
  assert.match(converted.output, /A PDF needs Chromium, Chrome or Edge[\s\S]*What to do:/);
});

const browser = findBrowser();
const skip = browser === null && "there is no Chromium, Chrome or Edge on this machine";

/** The words of a PDF; the title of the chart is among them only when plotly.js has drawn it. */
function assertPrinted(t: TestContext, name: string): void {
  const file = join(scratch, name);
  assert.equal(readFileSync(file).subarray(0, 5).toString(), "%PDF-");
  try {
    const words = execFileSync("pdftotext", [file, "-"], { encoding: "utf8" });
    for (const wanted of [/Title/, /题目/, /a < b/, /损失 of a chart/]) assert.match(words, wanted);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    t.skip("pdftotext is not installed: the PDF's words were not read");
  }
}

test("--pdf prints text in both languages and charts", { skip }, async (t) => {
  const { code: status, output } = await report(saved, "--no-run", "--pdf");
  assert.equal(status, 0, output);
  assertPrinted(t, "saved.pdf");
});

test("plain nbconvert's webpdf prints the same", { skip }, async (t) => {
  const run = await nbconvert("webpdf");
  assert.equal(run.code, 0, run.output);
  assertPrinted(t, "plain.pdf");
});
