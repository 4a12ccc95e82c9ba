// JupyterLab as a student sees it: opened by the project's command, run to the end, looked at.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import {
  copyOfNotebook,
  type Lab,
  openBrowser,
  openWindow,
  outside,
  root,
  shoot,
  startLab,
  type Watch,
  watch,
} from "./machine";
import { assertDrawn } from "./marks";
import { committed, notebookFile, type Printed, printedBy } from "./notebook";

/** What the tests touch of JupyterLab, in the page. */
interface JupyterApp {
  commands: { execute(id: string): Promise<unknown> };
  shell: {
    currentWidget: {
      content: {
        model: { sharedModel: { toJSON(): { cells: [] } } };
        widgets: { model: { type: string } }[];
        scrollToItem(index: number, align?: string): Promise<void>;
      };
      sessionContext: { session: { kernel: { name: string; status: string } } | null };
    };
  };
}
declare global {
  var jupyterapp: JupyterApp;
}

let lab: Lab;
let browser: Browser;
let page: Page;
let seen: Watch;
let copy: string;
let ran: Printed;

before(async () => {
  copy = copyOfNotebook(notebookFile);
  lab = await startLab(dirname(copy));
  browser = await openBrowser();
  page = await (await openWindow(browser, false)).newPage();
  seen = watch(page);
});

after(async () => {
  await browser?.close();
  await lab?.stop();
});

/** A cell's element on the screen: JupyterLab keeps only those near the view. */
async function showCodeCell(number: number) {
  await page.evaluate(async (wanted) => {
    const { content } = jupyterapp.shell.currentWidget;
    const codes = content.widgets.flatMap((cell, i) => (cell.model.type === "code" ? [i] : []));
    await content.scrollToItem(codes[wanted] ?? 0, "start");
  }, number);
}

test("the notebook opens with its kernel and without a question", async () => {
  await page.goto(`${lab.origin}/lab/tree/${basename(copy)}?token=${lab.token}&reset`);
  await page.locator(".jp-Notebook").waitFor({ timeout: 60_000 });
  await page.waitForFunction(
    () => jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel?.status === "idle",
    undefined,
    { timeout: 60_000 },
  );
  const kernel = await page.evaluate(
    () => jupyterapp.shell.currentWidget.sessionContext.session?.kernel.name,
  );
  assert.equal(kernel, "tslab");
  await page.waitForTimeout(1500);
  assert.equal(await page.locator(".jp-Dialog").count(), 0, "a dialog is open");
  assert.equal(await page.locator(".jp-Notification-Toast").count(), 0, "a notice is open");
  await shoot(page, "lab-opened");
});

test("run-all prints the committed lines", async () => {
  await page.evaluate(() => jupyterapp.commands.execute("notebook:run-all-cells"));
  await page.waitForFunction(
    () => jupyterapp.shell.currentWidget.sessionContext.session?.kernel.status === "idle",
    undefined,
    { timeout: 120_000 },
  );
  const model = await page.evaluate(() =>
    jupyterapp.shell.currentWidget.content.model.sharedModel.toJSON(),
  );
  ran = printedBy(model);
  assert.deepEqual(ran.stdout, committed().stdout);
  assert.equal(await page.locator(".jp-InputPrompt", { hasText: "[*]" }).count(), 0);
});

test("the printed lines stand on the screen", async () => {
  const number = ran.stdout.reduce(
    (longest, text, i) => (text.length > (ran.stdout[longest] ?? "").length ? i : longest),
    0,
  );
  const last = (ran.stdout[number] ?? "").trim().split("\n").at(-1) ?? "";
  assert.notEqual(last, "");
  await showCodeCell(number);
  await page.locator(".jp-OutputArea-output", { hasText: last }).first().waitFor();
  await shoot(page, "lab-printed");
});

test("every chart is drawn with its data", async () => {
  const charts = ran.figures.flatMap((figures, cell) =>
    figures.map((figure, i) => ({ cell, figure, i })),
  );
  assert.notEqual(charts.length, 0);
  for (const { cell, figure, i } of charts) {
    await showCodeCell(cell);
    const element = page
      .locator(".jp-CodeCell")
      .filter({ has: page.locator(".jp-InputPrompt", { hasText: `[${cell + 1}]` }) })
      .locator(".js-plotly-plot")
      .nth(i);
    await assertDrawn(element, figure, `cell ${cell + 1}, chart ${i + 1}`);
    await shoot(page, `lab-cell-${cell + 1}-chart-${i + 1}`);
  }
});

test("after a hover and a save, npm run notebooks restores the committed bytes", async () => {
  await page.locator(".js-plotly-plot").first().hover();
  await page.waitForTimeout(1000);
  await page.evaluate(() => jupyterapp.commands.execute("docmanager:save"));
  assert.notEqual(readFileSync(copy, "utf8"), "");
  execFileSync(process.execPath, [join(root, "jupyter", "notebooks.mjs"), copy], { cwd: root });
  assert.deepEqual(withoutPictures(copy), withoutPictures(notebookFile));
});

test("no request left the machine", () => {
  assert.deepEqual(outside(seen.requests), []);
});

/** Pictures depend on the machine's fonts when they are drawn anew; everything else must agree. */
function withoutPictures(file: string): unknown {
  return JSON.parse(readFileSync(file, "utf8"), (key, value) =>
    key === "image/png" || key === "picture" ? undefined : value,
  );
}
