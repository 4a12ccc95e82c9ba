// A notebook opened in JupyterLab: running, saving, looking at its cells.
import assert from "node:assert/strict";
import type { Locator } from "playwright-core";
import type { Notebook } from "../../../jupyter/notebook/format.mjs";
import { page } from "./world";

/** What these helpers touch of JupyterLab, in the page. */
interface App {
  commands: { execute(id: string, args?: object): Promise<unknown> };
  docRegistry: { getWidgetFactory(name: string): object };
  shell: {
    currentWidget: {
      content: {
        model: { sharedModel: { toJSON(): unknown } } | null;
        widgets: { model: { type: string; trusted: boolean } }[];
        scrollToItem(index: number, align?: string): Promise<void>;
      };
      context: { path: string; isReady: boolean };
      sessionContext: {
        session: { kernel: { name: string; status: string } | null } | null;
        shutdown(): Promise<void>;
      };
      dispose(): void;
    } | null;
  };
}
declare global {
  interface Window {
    readonly jupyterapp: unknown;
  }
}

/** Opens a notebook; its kernel may still be starting. */
export async function openNotebook(name: string): Promise<void> {
  await command("docmanager:open", { path: name, factory: "Notebook" });
  await page.waitForFunction((wanted) => {
    const widget = (window.jupyterapp as App).shell.currentWidget;
    return widget?.context?.path === wanted && widget.context.isReady;
  }, name);
  await page.locator(".jp-Notebook:visible .jp-Cell").first().waitFor();
}

/** Opens a notebook as one who only reads it: no kernel is started for it. */
export async function openToRead(name: string): Promise<void> {
  const startKernels = (preferKernel: boolean) =>
    page.evaluate((value) => {
      const factory = (window.jupyterapp as App).docRegistry.getWidgetFactory("Notebook");
      Object.defineProperty(factory, "preferKernel", { value, configurable: true });
    }, preferKernel);
  await startKernels(false);
  await openNotebook(name);
  await startKernels(true);
  assert.deepEqual(await kernel(), {}, "a kernel was started");
}

/** Closes the notebook without a question, and ends its kernel. */
export async function closeNotebook(): Promise<void> {
  await page.evaluate(async () => {
    const widget = (window.jupyterapp as App).shell.currentWidget;
    await widget?.sessionContext.shutdown();
    widget?.dispose();
  });
  await page.locator(".jp-Notebook:visible").waitFor({ state: "detached" });
}

/** Saves the notebook. */
export const save = (): Promise<void> => command("docmanager:save");

/** What the notebook's kernel says of itself. */
export function kernel(): Promise<{ name?: string; status?: string }> {
  return page.evaluate(() => {
    const { name, status } =
      (window.jupyterapp as App).shell.currentWidget?.sessionContext.session?.kernel ?? {};
    return { ...(name && { name }), ...(status && { status }) };
  });
}

/** Waits until the notebook's kernel has nothing to do. */
export async function idle(): Promise<void> {
  await page.waitForFunction(() => {
    const widget = (window.jupyterapp as App).shell.currentWidget;
    return widget?.sessionContext?.session?.kernel?.status === "idle";
  });
}

/** Runs one of JupyterLab's commands to its end. */
export async function command(id: string, args: object = {}): Promise<void> {
  await page.evaluate(
    async ([wanted, given]) => {
      await (window.jupyterapp as App).commands.execute(wanted, given);
    },
    [id, args] as const,
  );
}

/** Starts all cells and does not wait: JupyterLab's command ends only when the last cell has. */
export async function startAllCells(): Promise<void> {
  await idle();
  await page.evaluate(() => {
    const finished = (window.jupyterapp as App).commands.execute("notebook:run-all-cells");
    Object.assign(window, { finished });
  });
}

/** Waits until all cells that were started have ended. */
export async function allCellsEnded(): Promise<void> {
  await page.evaluate(async () => {
    await (window as unknown as { finished: Promise<unknown> }).finished;
  });
  await idle();
}

/** Whether JupyterLab trusts every code cell. */
export function isTrusted(): Promise<boolean> {
  return page.evaluate(() => {
    const cells = (window.jupyterapp as App).shell.currentWidget?.content.widgets ?? [];
    return cells.filter(({ model }) => model.type === "code").every(({ model }) => model.trusted);
  });
}

/** The notebook as it stands in the page. */
export async function contents(): Promise<Notebook> {
  return (await page.evaluate(() =>
    (window.jupyterapp as App).shell.currentWidget?.content.model?.sharedModel.toJSON(),
  )) as Notebook;
}

/** The cell with that number among all cells; JupyterLab draws only those near the view. */
export async function showCell(number: number): Promise<Locator> {
  await page.evaluate(
    (at) => (window.jupyterapp as App).shell.currentWidget?.content.scrollToItem(at, "start"),
    number,
  );
  const cell = page.locator(`.jp-Notebook:visible .jp-Cell[data-windowed-list-index="${number}"]`);
  await cell.waitFor({ state: "visible" });
  return cell;
}

/** Moves the mouse where nothing is: a chart that comes to lie under it counts as touched. */
export async function leaveAlone(): Promise<void> {
  await page.mouse.move(0, 0);
}
