// A notebook opened in JupyterLab: running, saving, looking at its cells.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { type Lab, root } from "./machine";

/** What these helpers touch of JupyterLab, in the page. */
interface App {
  commands: { execute(id: string, args?: object): Promise<unknown> };
  shell: {
    currentWidget: {
      content: {
        model: { sharedModel: { toJSON(): unknown } };
        widgets: { model: { type: string; trusted: boolean } }[];
        scrollToItem(index: number, align?: string): Promise<void>;
      };
      context: { path: string };
      sessionContext: { session: { kernel: { status: string } } | null };
    } | null;
  };
}
declare global {
  interface Window {
    readonly jupyterapp: unknown;
  }
}

/** A folder for notebooks of a test, with a door to dist of its own beside it. */
export function makeFolder(name: string): string {
  const scratch = join(root, ".lab", name);
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(join(scratch, "notebooks"), { recursive: true });
  mkdirSync(join(scratch, "src"));
  const door = { main: "../../../dist/index.js", types: "../../../dist/index.d.ts" };
  writeFileSync(join(scratch, "src", "package.json"), JSON.stringify(door));
  return join(scratch, "notebooks");
}

const patience = { timeout: 120_000 };

/** Opens a notebook and waits for its kernel. */
export async function openNotebook(page: Page, lab: Lab, name: string): Promise<void> {
  await page.goto(`${lab.origin}/lab/tree/${name}?token=${lab.token}&reset`);
  await page.locator(".jp-Notebook").waitFor(patience);
  await idle(page, name);
}

/** Waits until the notebook's kernel has nothing to do. */
export async function idle(page: Page, name: string): Promise<void> {
  await page.waitForFunction(
    (wanted) => {
      const widget = (window.jupyterapp as App).shell.currentWidget;
      const status = widget?.sessionContext?.session?.kernel?.status;
      return widget?.context.path === wanted && status === "idle";
    },
    name,
    patience,
  );
}

/** Runs one of JupyterLab's commands. */
export async function command(page: Page, id: string, args: object = {}): Promise<void> {
  await page.evaluate(
    async ([wanted, given]) => {
      await (window.jupyterapp as App).commands.execute(wanted, given);
    },
    [id, args] as const,
  );
}

/** Whether JupyterLab trusts every code cell. */
export function isTrusted(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const cells = (window.jupyterapp as App).shell.currentWidget?.content.widgets ?? [];
    return cells.filter(({ model }) => model.type === "code").every(({ model }) => model.trusted);
  });
}

/** The notebook as it stands in the page. */
export function contents(page: Page): Promise<unknown> {
  return page.evaluate(() =>
    (window.jupyterapp as App).shell.currentWidget?.content.model.sharedModel.toJSON(),
  );
}

/** The cell with that number among all cells; JupyterLab draws only those near the view. */
export async function showCell(page: Page, number: number): Promise<Locator> {
  await page.evaluate(
    (at) => (window.jupyterapp as App).shell.currentWidget?.content.scrollToItem(at, "start"),
    number,
  );
  const cell = page.locator(`.jp-Notebook .jp-Cell[data-windowed-list-index="${number}"]`);
  await cell.waitFor({ state: "visible", timeout: 20_000 });
  return cell;
}
