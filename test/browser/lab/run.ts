// A notebook run from the first cell to the last, looked at, touched, saved and put right again.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { readNotebook } from "../../../jupyter/notebook/format.mjs";
import { root, shoot } from "../machine";
import { assertDrawn, figuresIn } from "../marks";
import { printedIn, withoutPictures } from "../notebook";
import {
  allCellsEnded,
  closeNotebook,
  contents,
  idle,
  kernel,
  leaveAlone,
  openNotebook,
  save,
  showCell,
  startAllCells,
} from "./opened";
import { folder, page } from "./world";

// it has charts and the picture of a graph, and runs in a moment
const name = "03_no_grad.ipynb";
const committed = join(root, "notebooks", name);
const copy = join(folder, name);

test("a notebook opens with its kernel and without a question", async () => {
  await openNotebook(name);
  await idle();
  assert.equal((await kernel()).name, "tslab");
  assert.equal(await page.locator(".jp-Dialog").count(), 0, "a dialog is open");
  assert.equal(await page.locator(".jp-Notification-Toast").count(), 0, "a notice is open");
  await shoot(page, "opened");
});

test("run-all prints the committed lines", async () => {
  await startAllCells();
  await allCellsEnded();
  const { cells } = await contents();
  assert.deepEqual(cells.map(printedIn), readNotebook(committed).cells.map(printedIn));
  assert.equal(await page.locator(".jp-InputPrompt", { hasText: "[*]" }).count(), 0);
});

test("the printed lines stand on the screen", async () => {
  const printed = (await contents()).cells.map(printedIn);
  const at = printed.findIndex((text) => text.split("\n").length > 3);
  const cell = await showCell(at);
  for (const line of (printed[at] ?? assert.fail()).trim().split("\n")) {
    await cell.locator(".jp-OutputArea-output", { hasText: line }).first().waitFor();
  }
  await shoot(page, "printed");
});

test("every chart is drawn with its data, and the graph with its SVG", async () => {
  await leaveAlone();
  let charts = 0;
  let graphs = 0;
  for (const [at, { outputs = [], execution_count }] of (await contents()).cells.entries()) {
    const figures = figuresIn(outputs);
    const pictures = outputs.filter(({ data }) => data?.["image/svg+xml"] !== undefined);
    if (figures.length + pictures.length === 0) continue;
    const cell = await showCell(at);
    for (const [i, figure] of figures.entries()) {
      const drawn = cell.locator(".js-plotly-plot").nth(i);
      await assertDrawn(drawn, figure, `[${execution_count}], chart ${i + 1}`);
    }
    for (const i of pictures.keys()) await cell.locator(".jp-RenderedSVG img").nth(i).waitFor();
    charts += figures.length;
    graphs += pictures.length;
    await shoot(page, `run-${execution_count}`);
  }
  assert.deepEqual([charts, graphs], [2, 1]);
});

test("Save and Export as HTML gives the page of a report", async () => {
  const html = await page.evaluate(async (path) => {
    const answer = await fetch(`/nbconvert/html/${path}?download=true`);
    return `${answer.headers.get("content-disposition")}\n${await answer.text()}`;
  }, name);
  assert.match(html.slice(0, 200), /^attachment;.*03_no_grad\.html\n<!DOCTYPE html>/);
  assert.equal(html.match(/<figure class="chart">/g)?.length, 2);
  assert.ok(/<nav [^>]*id="contents"/.test(html), "the report's template");
});

test("after a hover and a save, npm run notebooks restores the committed bytes", async () => {
  const { cells } = await contents();
  const at = cells.findIndex(({ outputs }) => figuresIn(outputs).length > 0);
  await (await showCell(at)).locator(".js-plotly-plot").hover();
  await save();
  await closeNotebook();
  assert.notEqual(readFileSync(copy, "utf8"), readFileSync(committed, "utf8"));
  execFileSync(process.execPath, [join(root, "jupyter", "notebooks.mjs"), copy], { cwd: root });
  assert.deepEqual(withoutPictures(copy), withoutPictures(committed));
});
