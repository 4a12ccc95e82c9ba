// Charts, graphs and tables as they are seen: in a saved notebook that is not trusted, in both
// themes, and while a cell still trains.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser, Locator, Page } from "playwright-core";
import { allNotebooks } from "../../jupyter/notebook/find.mjs";
import { joined, type Notebook, readNotebook } from "../../jupyter/notebook/format.mjs";
import {
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
import { assertDrawn, type Figure } from "./marks";
import { withoutPictures } from "./notebook";
import { command, contents, idle, isTrusted, makeFolder, openNotebook, showCell } from "./opened";

/** A figure with the size that every chart of the lab says of itself. */
type Sized = Figure & { readonly layout: { readonly width: number; readonly height: number } };

const plotly = "application/vnd.plotly.v1+json";
const themes = ["JupyterLab Light", "JupyterLab Dark"];
/** WCAG's bound for graphics and large text; the frame's grey has 4 on both grounds. */
const leastContrast = 3.5;
const epochs = 30;

const live = [
  'import * as torch from "../src";\nimport { d2l, plt, range } from "../src";\ntorch.manual_seed(0);',
  `const animator = d2l.Animator({ xlabel: "epoch", xlim: [1, ${epochs}], legend: ["loss", "acc"] });
for (const epoch of range(1, ${epochs + 1})) {
  for (const end = Date.now() + 120; Date.now() < end; );
  animator.add(epoch, [1 / epoch, 1 - 1 / epoch]);
  console.log("epoch " + epoch);
}`,
  'torch.randn(3, 4).show({ name: "P" });\ntorch.tensor([1, NaN, Infinity]).show();',
  "plt.plot([1, 2, 4]);\nplt.title('标题 title');\nplt.show();",
];

let folder: string;
let lab: Lab;
let browser: Browser;
let page: Page;
let seen: Watch;
let themeBefore: string;

before(async () => {
  folder = makeFolder("browser-charts");
  for (const file of allNotebooks()) cpSync(file, join(folder, basename(file)));
  writeFileSync(join(folder, "live.ipynb"), JSON.stringify(liveNotebook()));
  lab = await startLab(folder);
  browser = await openBrowser();
  page = await (await openWindow(browser, false)).newPage();
  // the loader of the tests marks named functions with a helper that the page does not have
  await page.addInitScript("globalThis.__name = (f) => f");
  seen = watch(page);
});

after(async () => {
  if (themeBefore) await setTheme(themeBefore);
  await browser?.close();
  await lab?.stop();
});

function liveNotebook(): Notebook {
  const cells = live.map((source, i) => ({
    cell_type: "code" as const,
    id: `live-${i}`,
    metadata: {},
    execution_count: null,
    outputs: [],
    source,
  }));
  const kernelspec = { name: "tslab", display_name: "TypeScript", language: "typescript" };
  return { cells, metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 };
}

async function setTheme(theme: string): Promise<void> {
  await command(page, "apputils:change-theme", { theme });
  await page.waitForFunction((wanted) => document.body.dataset.jpThemeName === wanted, theme);
}

/** The ratio of WCAG between a colour on the screen and the paper of the notebook behind it. */
function contrast(element: Locator, property: "fill" | "color"): Promise<number> {
  return element.evaluate((node, name) => {
    const luminance = (color: string) => {
      const [r, g, b] = (color.match(/[\d.]+/g) ?? []).map((part) => {
        const level = Number(part) / 255;
        return level <= 0.04045 ? level / 12.92 : ((level + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0);
    };
    let paper = "";
    for (let at: Element | null = node; at !== null; at = at.parentElement) {
      paper = getComputedStyle(at).backgroundColor;
      if (!/^rgba\(.*, 0\)$|^transparent$/.test(paper)) break;
    }
    const [low, high] = [luminance(getComputedStyle(node)[name]), luminance(paper)].sort(
      (a, b) => a - b,
    );
    return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
  }, property);
}

/** The static picture is loaded and has the size of its chart. */
async function assertStill(picture: Locator, size: { width: number; height: number }) {
  await picture.waitFor({ timeout: 20_000 });
  const shown = await picture.evaluate((node: HTMLImageElement) =>
    node.decode().then(() => ({ width: node.naturalWidth, height: node.naturalHeight })),
  );
  assert.deepEqual(shown, { width: size.width, height: size.height });
}

for (const file of allNotebooks()) {
  const name = basename(file);
  test(`${name}, saved and not trusted: each chart is a picture, and interactive when touched`, async () => {
    await openNotebook(page, lab, name);
    themeBefore ??= await page.evaluate(() => document.body.dataset.jpThemeName ?? "");
    assert.equal(await isTrusted(page), false, "the committed file is nobody's own run");
    let charts = 0;
    for (const [at, { outputs = [], execution_count }] of readNotebook(file).cells.entries()) {
      const figures = outputs.flatMap(({ data }) => (data?.[plotly] as Sized) ?? []);
      const graphs = outputs.filter(({ data }) => data?.["image/svg+xml"] !== undefined);
      if (figures.length + graphs.length === 0) continue;
      // a chart that comes to lie under the mouse is touched
      await page.mouse.move(0, 0);
      const cell = await showCell(page, at);
      for (const [i, figure] of figures.entries()) {
        const output = cell.locator(".jp-RenderedPlotly").nth(i);
        await assertStill(output.locator("img"), figure.layout);
        await output.hover();
        const chart = `${name} [${execution_count}], chart ${i + 1}`;
        await assertDrawn(cell.locator(".js-plotly-plot").nth(i), figure, chart);
      }
      for (const [i, { metadata = {} }] of graphs.entries()) {
        await assertStill(cell.locator(".jp-RenderedImage img").nth(i), metadata["image/png"]);
      }
      charts += figures.length + graphs.length;
      await shoot(page, `saved-${name.slice(0, 2)}-${execution_count}`);
    }
    assert.notEqual(charts, 0, "no chart at all");
  });
}

test("a live chart is drawn again and again while the cell trains, beside its printed lines", async () => {
  await openNotebook(page, lab, "live.ipynb");
  await page.evaluate(() => {
    const frames: { picture: string; lines: number }[] = [];
    const look = () => {
      const picture = document.querySelector<HTMLImageElement>(".jp-OutputArea img[src*=svg]")?.src;
      const text = document.querySelector(".jp-OutputArea pre")?.textContent ?? "";
      const last = frames.at(-1);
      if (picture === undefined || picture === last?.picture) return;
      frames.push({ picture, lines: text.split("\n").filter(Boolean).length });
    };
    const list = { subtree: true, childList: true, attributes: true, characterData: true };
    new MutationObserver(look).observe(document.body, list);
    Object.assign(window, { frames });
  });
  await command(page, "notebook:run-all-cells");
  await page.locator(".jp-OutputArea pre", { hasText: "epoch 3" }).waitFor({ timeout: 60_000 });
  await shoot(page, "live-in-the-middle");
  await page.locator(".jp-OutputArea pre", { hasText: `epoch ${epochs}` }).waitFor();
  await idle(page, "live.ipynb");
  const frames = await page.evaluate(
    () => (window as unknown as { frames: { picture: string; lines: number }[] }).frames,
  );
  const midway = frames.filter(({ lines }) => lines > 0 && lines < epochs);
  assert.ok(midway.length >= 8, `only ${midway.length} frames were seen while it trained`);
  const pictures = midway.map(({ picture }) =>
    Buffer.from(picture.split(",")[1] ?? "", "base64").toString(),
  );
  const points = pictures.map(
    (svg) => (/points="([^"]*)"/.exec(svg)?.[1] ?? "").split(" ").filter(Boolean).length,
  );
  assert.deepEqual(
    points,
    [...points].sort((a, b) => a - b),
    "the lines grow",
  );
  assert.ok((points.at(-1) ?? 0) > (points[0] ?? 0) + 5);
});

test("at its end one interactive chart is left, and every printed line", async () => {
  const { cells } = (await contents(page)) as Notebook;
  const outputs = cells[1]?.outputs ?? [];
  const printed = outputs.filter(({ name }) => name === "stdout").map(({ text }) => joined(text));
  const expected = Array.from({ length: epochs }, (_, i) => `epoch ${i + 1}\n`).join("");
  assert.equal(printed.join(""), expected);
  const figures = outputs.flatMap(({ data }) => (data?.[plotly] as Figure) ?? []);
  assert.equal(figures.length, 1);
  const cell = await showCell(page, 1);
  await cell.locator(".jp-RenderedPlotly").hover();
  await assertDrawn(cell.locator(".js-plotly-plot"), figures[0] ?? assert.fail(), "the live chart");
  assert.equal(await cell.locator(".jp-OutputArea img:visible").count(), 0);
  await shoot(page, "live-at-the-end");
});

test("charts and tensor tables can be read in the light theme and in the dark one", async () => {
  for (const theme of themes) {
    await setTheme(theme);
    const cell = await showCell(page, 3);
    await cell.locator(".jp-RenderedPlotly").hover();
    const chart = cell.locator(".js-plotly-plot");
    await chart.locator(".xtick text").first().waitFor();
    for (const words of [".xtick text", ".ytick text", ".gtitle"]) {
      const ratio = await contrast(chart.locator(words).first(), "fill");
      assert.ok(ratio >= leastContrast, `${theme}, ${words}: ${ratio}`);
    }
    const tables = (await showCell(page, 2)).locator("table");
    assert.equal(await tables.count(), 2);
    for (const entry of await tables.locator("th, td:not(:empty)").all()) {
      const ratio = await contrast(entry, "color");
      assert.ok(ratio >= leastContrast, `${theme}, ${await entry.textContent()}: ${ratio}`);
    }
    await shoot(page, `theme-${theme.split(" ")[1]?.toLowerCase()}`);
  }
});

test("a saved tensor table keeps its colours when it is not trusted", async () => {
  await command(page, "docmanager:save");
  const text = readFileSync(join(folder, "live.ipynb"), "utf8");
  writeFileSync(join(folder, "given.ipynb"), text.replaceAll('"live-', '"given-'));
  await openNotebook(page, lab, "given.ipynb");
  assert.equal(await isTrusted(page), false);
  const cell = (await showCell(page, 2)).locator("table td", { hasText: "nan" });
  const paper = await cell.evaluate((node) => getComputedStyle(node).backgroundColor);
  assert.equal(paper, "rgb(240, 228, 66)");
});

test("03 run in JupyterLab, hovered and saved: npm run notebooks restores the committed bytes", async () => {
  const name = "03_no_grad.ipynb";
  await openNotebook(page, lab, name);
  await command(page, "notebook:run-all-cells");
  await page.waitForTimeout(500);
  await idle(page, name);
  const { cells } = (await contents(page)) as Notebook;
  const at = cells.findIndex(({ id }) => id === "figure-1");
  await (await showCell(page, at)).locator(".jp-RenderedSVG img").waitFor();
  const chart = (
    await showCell(
      page,
      cells.findIndex(({ id }) => id === "figure-2"),
    )
  ).locator(".js-plotly-plot");
  await chart.hover();
  await page.waitForTimeout(1000);
  await command(page, "docmanager:save");
  const committed = join(root, "notebooks", name);
  const copy = join(folder, name);
  assert.notEqual(readFileSync(copy, "utf8"), readFileSync(committed, "utf8"));
  execFileSync(process.execPath, [join(root, "jupyter", "notebooks.mjs"), copy], { cwd: root });
  assert.deepEqual(withoutPictures(copy), withoutPictures(committed));
});

test("no request left the machine", () => {
  assert.deepEqual(outside(seen.requests), []);
});
