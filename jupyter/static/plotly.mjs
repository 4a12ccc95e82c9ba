// @ts-check
// Plotly without a browser: plotly.js in jsdom, with estimated text sizes, as jsdom has no layout.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { installBoxes } from "./boxes.mjs";
import { installCanvas } from "./canvas.mjs";

const require = createRequire(import.meta.url);

/** @typedef {{ data: object[], layout: Record<string, any> }} Figure */
/** @typedef {{ validate(data: object[], layout: object): object[] | undefined, toImage(figure: object, options: object): Promise<string>, version: string }} Plotly */

/** @type {Plotly | null} */
let loaded = null;

/**
 * plotly.js in a window without a screen.
 * @param {string} [source] the path of another plotly.js bundle
 * @returns {Plotly}
 */
export function loadPlotly(source) {
  if (loaded && source === undefined) return loaded;
  const { JSDOM } = require("jsdom");
  const page = "<!doctype html><html><body></body></html>";
  const { window } = new JSDOM(page, { runScripts: "outside-only", pretendToBeVisual: true });
  window.URL.createObjectURL = () => "blob:none";
  window.matchMedia = () => ({ matches: false, addListener() {}, addEventListener() {} });
  installBoxes(window);
  installCanvas(window);
  window.eval(readFileSync(source ?? require.resolve("plotly.js"), "utf8"));
  if (source === undefined) loaded = window.Plotly;
  return window.Plotly;
}

/**
 * The figure as an SVG document.
 * @param {Figure} figure
 * @returns {Promise<string>}
 */
export async function figureSvg({ data, layout }) {
  const { width = 640, height = 400 } = layout;
  const figure = JSON.parse(JSON.stringify({ data, layout }));
  const url = await loadPlotly().toImage(figure, { format: "svg", width, height });
  return decodeURIComponent(url.slice(url.indexOf(",") + 1));
}
