// @ts-check
// Finds a Chromium, Chrome or Edge on this machine and lets it print a page to PDF.
import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { SetupError } from "../setup/error.mjs";
import { windows } from "../setup/paths.mjs";
import { debian, sudo } from "../setup/python.mjs";
import { collect } from "../setup/step.mjs";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const edges = ["microsoft-edge", "microsoft-edge-stable", "msedge"];

/** What keeps a browser quiet: no first-run pages, no update checks, no request of its own. */
export const quietFlags = [
  ...["--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"],
  ...["--disable-background-networking", "--disable-component-update"],
  // Chromium refuses its sandbox to root
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
];

/** The browser's program, or null. LAB_BROWSER names one. @returns {string | null} */
export function findBrowser() {
  const places = [process.env.LAB_BROWSER, ...onPath(), ...wellKnown()];
  return places.find((place) => place && existsSync(place)) ?? null;
}

function onPath() {
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  const programs = [...names, ...edges].map((name) => (windows ? `${name}.exe` : name));
  return programs.flatMap((program) => folders.map((folder) => join(folder, program)));
}

function wellKnown() {
  if (process.platform === "darwin") {
    const apps = ["Google Chrome", "Chromium", "Microsoft Edge"];
    return apps.map((app) => `/Applications/${app}.app/Contents/MacOS/${app}`);
  }
  if (!windows) return [];
  const bases = ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"].map(
    (key) => process.env[key],
  );
  const inside = [
    "Google\\Chrome\\Application\\chrome.exe",
    "Microsoft\\Edge\\Application\\msedge.exe",
  ];
  return bases.flatMap((base) => (base ? inside.map((path) => join(base, path)) : []));
}

/** The browser, or an error that says how to get one. */
export function needBrowser() {
  const browser = findBrowser();
  if (browser !== null) return browser;
  throw new SetupError(
    "A PDF needs Chromium, Chrome or Edge, and none was found.",
    debian
      ? `type \`${sudo}apt-get install -y chromium fonts-noto-cjk\`, or name a browser with LAB_BROWSER=<path>.`
      : "install one of them, or name it with LAB_BROWSER=<path>. The HTML report needs none.",
  );
}

/**
 * Prints a report to PDF.
 * @param {string} browser
 * @param {string} page an HTML file
 * @param {string} target
 */
export async function printToPdf(browser, page, target) {
  const profile = mkdtempSync(join(tmpdir(), "lab-browser-"));
  rmSync(target, { force: true });
  try {
    const { code, output } = await collect(browser, [
      ...quietFlags,
      ...[
        `--user-data-dir=${profile}`,
        "--no-pdf-header-footer",
        "--generate-pdf-document-outline",
      ],
      // the page's clock runs on until its charts are drawn
      ...["--virtual-time-budget=20000", `--print-to-pdf=${target}`],
      `${pathToFileURL(page).href}#print`,
    ]);
    if (existsSync(target) && statSync(target).size > 0) return;
    const last = output.trim().split("\n").slice(-8).join("\n    ");
    throw new SetupError(
      `${browser} printed no PDF (code ${code}).\n    ${last}`,
      "open the HTML report in a browser and print it from there, or name another with LAB_BROWSER=<path>.",
    );
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
