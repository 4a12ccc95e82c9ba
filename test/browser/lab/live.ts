// The live chart: seen twice while its cell still trains, and once when it has ended.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { test } from "node:test";
import { shoot } from "../machine";
import { assertDrawn, figuresIn } from "../marks";
import { printedIn } from "../notebook";
import { allCellsEnded, contents, kernel, openNotebook, showCell, startAllCells } from "./opened";
import { at, enough, ownName, writeOwn } from "./own";
import { page } from "./world";

const output = ".jp-Notebook:visible .jp-OutputArea";

/** What the cell has printed, when that line is among it. */
const epoch = (number: number) => page.locator(`${output} pre`, { hasText: `epoch ${number}\n` });

/** What can be seen of the running cell: the chart's pixels and points, and the printed lines. */
async function look(name: string) {
  // the picture is another element with every frame, at the same place
  const box = await page.waitForFunction(() => {
    const shown = [...document.querySelectorAll<HTMLImageElement>(".jp-OutputArea img[src*=svg]")];
    const { x, y, width, height } = shown[0]?.getBoundingClientRect() ?? new DOMRect();
    return shown[0]?.complete && width > 0 && height > 0 ? { x, y, width, height } : null;
  });
  const clip = (await box.jsonValue()) ?? assert.fail();
  const pixels = await page.screenshot({ clip });
  const source = (await page.locator(`${output} img[src*=svg]`).getAttribute("src")) ?? "";
  const svg = Buffer.from(source.split(",")[1] ?? "", "base64").toString();
  const lines = (await epoch(1).innerText()).trim().split("\n");
  const points = (/points="([^"]*)"/.exec(svg)?.[1] ?? "").split(" ").filter(Boolean);
  await shoot(page, name);
  assert.equal((await kernel()).status, "busy", "the cell still trains");
  return { pixels, lines: lines.length, points: points.length };
}

test("a live chart is drawn again and again while the cell trains, beside its printed lines", async () => {
  writeOwn();
  await openNotebook(ownName);
  await startAllCells();
  await epoch(3).waitFor();
  const first = await look("live-early");
  await epoch(first.lines + 20).waitFor();
  const second = await look("live-later");
  writeFileSync(enough, "");
  await allCellsEnded();
  assert.ok(first.points >= 2, "the first look shows lines");
  assert.ok(second.points > first.points, `${first.points} points, then ${second.points}`);
  assert.ok(second.lines > first.lines, `${first.lines} lines, then ${second.lines}`);
  assert.ok(!first.pixels.equals(second.pixels), "the screen shows another picture");
});

test("at its end one interactive chart is left, and every printed line", async () => {
  const cell = (await contents()).cells[at.live] ?? assert.fail();
  const printed = printedIn(cell);
  const epochs = printed.trim().split("\n").length;
  const expected = Array.from({ length: epochs }, (_, i) => `epoch ${i + 1}\n`).join("");
  assert.equal(printed, expected);
  const figures = figuresIn(cell.outputs);
  assert.equal(figures.length, 1);
  const shown = await showCell(at.live);
  const chart = shown.locator(".js-plotly-plot");
  await assertDrawn(chart, figures[0] ?? assert.fail(), "the live chart");
  assert.equal(await shown.locator(".jp-OutputArea img:visible").count(), 0);
  await chart.scrollIntoViewIfNeeded();
  await shoot(page, "live-at-the-end");
});
