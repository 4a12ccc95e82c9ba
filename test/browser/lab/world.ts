// The JupyterLab that all tests of this folder share, its window, and what the window asked for.
import assert from "node:assert/strict";
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { after, before } from "node:test";
import type { Browser, Page } from "playwright-core";
import { allNotebooks } from "../../../jupyter/notebook/find.mjs";
import {
  type Lab,
  openBrowser,
  openWindow,
  outside,
  root,
  startLab,
  type Watch,
  watch,
} from "../machine";

const scratch = join(root, ".lab", "browser");

/** Copies of the notebooks, so that a run in JupyterLab does not touch the committed files. */
export const folder = join(scratch, "notebooks");

export let page: Page;
let lab: Lab;
let browser: Browser;
let seen: Watch;
/** JupyterLab remembers its theme: whoever uses this folder gets their own back. */
let themeBefore = "";

before(async () => {
  layOut();
  lab = await startLab(folder);
  browser = await openBrowser();
  page = await (await openWindow(browser, false)).newPage();
  seen = watch(page);
  await page.goto(`${lab.origin}/lab?token=${lab.token}&reset`);
  await page.locator(".jp-Launcher").waitFor();
  themeBefore = await page.evaluate(() => document.body.dataset.jpThemeName ?? "");
  await setTheme("JupyterLab Light");
});

after(async () => {
  if (themeBefore !== "") await setTheme(themeBefore);
  await browser?.close();
  await lab?.stop();
  assert.deepEqual(outside(seen.requests), [], "a request left the machine");
});

/** Changes the theme of everything on the screen. */
export async function setTheme(theme: string): Promise<void> {
  await page.evaluate(async (wanted) => {
    const { commands } = window.jupyterapp as {
      commands: { execute(id: string, args: object): Promise<unknown> };
    };
    await commands.execute("apputils:change-theme", { theme: wanted });
  }, theme);
  await page.waitForFunction((wanted) => document.body.dataset.jpThemeName === wanted, theme);
}

/** The folder of the notebooks, with a door to dist of its own beside it. */
function layOut(): void {
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  mkdirSync(join(scratch, "src"));
  const door = { main: "../../../dist/index.js", types: "../../../dist/index.d.ts" };
  writeFileSync(join(scratch, "src", "package.json"), JSON.stringify(door));
  for (const file of allNotebooks()) cpSync(file, join(folder, basename(file)));
}
