// Charts and tensor tables in the dark theme and in the light one: the notebook that live.ts has run.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { contrasts, hardToRead } from "../contrast";
import { shoot } from "../machine";
import { closeNotebook, isTrusted, openToRead, save, showCell } from "./opened";
import { at, ownName } from "./own";
import { folder, page, setTheme } from "./world";

const themes = ["JupyterLab Dark", "JupyterLab Light"];
test("charts and tensor tables can be read in the dark theme and in the light one", async () => {
  for (const theme of themes) {
    await setTheme(theme);
    const chart = (await showCell(at.chart)).locator(".js-plotly-plot");
    await chart.locator(".gtitle").waitFor();
    const words = await contrasts(chart.locator(".xtick text, .ytick text, .gtitle"), "fill");
    assert.ok(words.length > 6, `${theme}: ${words.length} words in the chart`);
    const tables = (await showCell(at.tables)).locator("table");
    assert.equal(await tables.count(), 2);
    const entries = await contrasts(tables.locator("th, td:not(:empty)"), "color");
    assert.ok(entries.length > 15, `${theme}: ${entries.length} entries in the tables`);
    assert.deepEqual(hardToRead([...words, ...entries]), [], theme);
    await shoot(page, `theme-${theme.split(" ")[1]?.toLowerCase()}`);
  }
});

test("a saved tensor table keeps its colours when it is not trusted", async () => {
  await save();
  await closeNotebook();
  const text = readFileSync(join(folder, ownName), "utf8");
  writeFileSync(join(folder, "given.ipynb"), text.replaceAll('"own-', '"given-'));
  await openToRead("given.ipynb");
  assert.equal(await isTrusted(), false);
  const cell = (await showCell(at.tables)).locator("table td", { hasText: "nan" });
  const paper = await cell.evaluate((node) => getComputedStyle(node).backgroundColor);
  assert.equal(paper, "rgb(240, 228, 66)");
  await closeNotebook();
});
