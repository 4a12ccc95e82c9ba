// The exported report as a reader opens it: from a file, with every network off.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { basename, join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { readNotebook } from "../../jupyter/notebook/format.mjs";
import { contrasts, hardToRead } from "./contrast";
import { openBrowser, openWindow, outside, root, shoot, type Watch, watch } from "./machine";
import { assertDrawn, figuresIn } from "./marks";
import { notebookFile, printedIn } from "./notebook";

const out = join(root, ".lab", "browser-reports");
let browser: Browser;
let page: Page;
let seen: Watch;

before(async () => {
  const script = join(root, "jupyter", "report.mjs");
  execFileSync(process.execPath, [script, notebookFile, "--no-run", "--out", out], { cwd: root });
  browser = await openBrowser();
  page = await (await openWindow(browser, true)).newPage();
  seen = watch(page);
  const file = join(out, `${basename(notebookFile, ".ipynb")}.html`);
  await page.goto(pathToFileURL(file).href);
});

after(() => browser?.close());

test("every chart is drawn with its data", async () => {
  const figures = readNotebook(notebookFile).cells.flatMap(({ outputs }) => figuresIn(outputs));
  assert.notEqual(figures.length, 0);
  const charts = page.locator(".chart");
  assert.equal(await charts.count(), figures.length);
  for (const [i, figure] of figures.entries()) {
    await assertDrawn(charts.nth(i), figure, `chart ${i + 1}`);
    assert.equal(await charts.nth(i).locator(".still:visible").count(), 0, "the still is hidden");
  }
  await shoot(page, "report", true);
});

test("the printed lines are on the page", async () => {
  const text = await page.locator("main").innerText();
  const printed = readNotebook(notebookFile).cells.map(printedIn).join("");
  for (const line of printed.split("\n").filter(Boolean)) {
    assert.ok(text.includes(line.trim()), line);
  }
});

test("formulas are set and languages can be switched", async () => {
  assert.equal(await page.locator(".katex-error").count(), 0);
  assert.doesNotMatch(await page.locator("main").innerText(), /\$[^$\n]*\\[a-z]+[^$\n]*\$/);
  await page.locator('#languages button[data-lang="en"]').click();
  assert.equal(await page.locator("main section.lang-zh:visible").count(), 0);
  assert.notEqual(await page.locator("main section.lang-en:visible").count(), 0);
  await page.locator('#languages button[data-lang="zh"]').click();
  assert.equal(await page.locator("main section.lang-en:visible").count(), 0);
});

test("text, code and charts can be read on dark paper as well", async () => {
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme });
    const text = await contrasts(page.locator("main :is(p, h2, li, .stdout, .code span)"), "color");
    const charts = page.locator(".chart :is(.xtick text, .ytick text, .xtitle)");
    const words = await contrasts(charts, "fill");
    assert.ok(text.length > 500 && words.length > 50, `${text.length} and ${words.length}`);
    assert.deepEqual(hardToRead([...text, ...words]), [], colorScheme);
    await page.locator(".chart").nth(1).scrollIntoViewIfNeeded();
    await shoot(page, `report-${colorScheme}`);
  }
});

test("headings are listed with their formulas set once, and code folds", async () => {
  assert.equal(await page.locator("#contents .katex-mathml").count(), 0);
  await page.locator("#fold").click();
  assert.equal(await page.locator("details.code[open]").count(), 0);
  await page.locator("#fold").click();
  assert.equal(await page.locator("details.code:not([open])").count(), 0);
});

test("nothing was asked of any network and nothing failed", () => {
  assert.deepEqual(outside(seen.requests), []);
  assert.deepEqual(seen.failed, []);
  assert.deepEqual(seen.errors, []);
});
