// A real browser and a real JupyterLab for the tests, both kept away from the network and ended afterwards.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";

export const root = join(__dirname, "..", "..");
export const screenshots = join(root, ".lab", "screenshots");

/** How long a test waits for anything: a machine with much else to do takes its time. */
export const patience = 120_000;

/** The program of a Chromium, Chrome or Edge; the test fails with the way to get one. */
async function browserProgram(): Promise<string> {
  const { needBrowser } = await import("../../jupyter/report/browser.mjs");
  return needBrowser();
}

/** Starts the browser without a network of its own: only what a test opens is loaded. */
export async function openBrowser(): Promise<Browser> {
  const { quietFlags } = await import("../../jupyter/report/browser.mjs");
  return chromium.launch({
    executablePath: await browserProgram(),
    headless: true,
    args: quietFlags.filter((flag: string) => flag !== "--headless"),
  });
}

/** What a page asked for, and what went wrong in it. */
export interface Watch {
  readonly requests: string[];
  readonly failed: string[];
  readonly errors: string[];
}

/** Notes every request, failed request and uncaught error of a page. */
export function watch(page: Page): Watch {
  const seen: Watch = { requests: [], failed: [], errors: [] };
  page.on("request", (request) => seen.requests.push(request.url()));
  page.on("requestfailed", (request) => seen.failed.push(request.url()));
  page.on("pageerror", (error) => seen.errors.push(String(error)));
  return seen;
}

/** The requests that leave this machine. */
export function outside(requests: readonly string[]): string[] {
  const local = /^(data:|blob:|file:|about:|(https?|wss?):\/\/(localhost|127\.0\.0\.1)[:/])/;
  return requests.filter((url) => !local.test(url));
}

/** Saves what a page shows into the git-ignored folder for looking at. */
export async function shoot(page: Page, name: string, fullPage = false): Promise<void> {
  mkdirSync(screenshots, { recursive: true });
  await page.screenshot({ path: join(screenshots, `${name}.png`), fullPage });
}

/** A JupyterLab started with the project's own command. */
export interface Lab {
  readonly origin: string;
  readonly token: string;
  stop(): Promise<void>;
}

/** Runs `npm start`'s script on a folder and waits for the address that it prints. */
export async function startLab(folder: string): Promise<Lab> {
  const args = ["--no-browser", "--port=0", `--ServerApp.root_dir=${folder}`];
  const script = join(root, "jupyter", "start.mjs");
  const child = spawn(process.execPath, [script, ...args, "--expose-app-in-browser"], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const address = new URL(await printedAddress(child));
  return {
    origin: address.origin,
    token: address.searchParams.get("token") ?? "",
    stop: () =>
      new Promise((resolve) => {
        child.once("exit", () => resolve());
        child.kill("SIGTERM");
      }),
  };
}

function printedAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = "";
    const take = (chunk: Buffer) => {
      printed += chunk;
      const found = /https?:\/\/localhost:\d+\/lab\?token=\w+/.exec(printed);
      if (found) resolve(found[0]);
    };
    child.stdout?.on("data", take);
    child.stderr?.on("data", take);
    child.once("exit", (code) => reject(new Error(`npm start ended (${code}):\n${printed}`)));
  });
}

/** A window of the browser; `offline` cuts every network, the loopback too. */
export async function openWindow(browser: Browser, offline: boolean): Promise<BrowserContext> {
  const viewport = { width: 1280, height: 900 };
  const context = await browser.newContext({ viewport, locale: "zh-CN", offline });
  context.setDefaultTimeout(patience);
  // the loader of the tests marks named functions with a helper that a page does not have
  await context.addInitScript("globalThis.__name = (f) => f");
  return context;
}
