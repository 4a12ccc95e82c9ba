// @ts-check
// Adds a PNG to every chart of a saved notebook, so that viewers without Plotly show it too, and to
// every SVG: JupyterLab does not show one in a notebook that it does not trust.
import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { figureSvg } from "./plotly.mjs";

const require = createRequire(import.meta.url);
const plotlyMime = "application/vnd.plotly.v1+json";
const svgMime = "image/svg+xml";
const pngMime = "image/png";
/** Under this key an output's metadata says which figure its picture shows. */
const ownKey = "deep-learning-lab";

/** @typedef {{ data?: Record<string, any>, metadata?: Record<string, any> }} Output */
/** @typedef {{ cells: { outputs?: Output[] }[] }} Notebook */
/** @typedef {{ png: string, width: number, height: number }} Picture */

/** The same text for the same value, whatever the order of its keys. @param {unknown} value @returns {string} */
function canonical(value) {
  return JSON.stringify(value, (_key, part) =>
    part && typeof part === "object" && !Array.isArray(part)
      ? Object.fromEntries(
          Object.keys(part)
            .sort()
            .map((key) => [key, part[key]]),
        )
      : part,
  );
}

/** @param {string} text */
const hash = (text) => createHash("sha256").update(text).digest("hex").slice(0, 16);

/** A string of a notebook may be saved as a list of lines. @param {string | string[]} text */
const joined = (text) => (Array.isArray(text) ? text.join("") : text);

/** @param {Output} output */
function figureHash(output) {
  const svg = output.data?.[svgMime];
  if (svg !== undefined) return hash(joined(svg));
  const { data, layout } = output.data?.[plotlyMime] ?? {};
  return hash(canonical({ data, layout }));
}

/** The picture that is there, when it is ours and of this figure. @param {Output} output @returns {Picture | null} */
function ownPicture(output) {
  const note = output.metadata?.[ownKey];
  const saved = output.data?.[pngMime];
  if (!note || !saved || note.figure !== figureHash(output)) return null;
  const png = joined(saved);
  if (note.picture !== hash(png)) return null;
  return { png, ...output.metadata?.[pngMime] };
}

/** @param {Notebook} notebook */
function charts(notebook) {
  return notebook.cells
    .flatMap((cell) => cell.outputs ?? [])
    .filter(({ data }) => data?.[svgMime] !== undefined || typeof data?.[plotlyMime] === "object");
}

/** One family with Latin and Chinese letters first: resvg picks any font for a letter that lacks. */
const fonts =
  "Noto Sans CJK SC, Noto Sans SC, PingFang SC, Microsoft YaHei, DejaVu Sans, Arial, sans-serif";

/** The SVG in the form resvg understands: plain references, sharp pixels by the older name. @param {string} svg */
const forResvg = (svg) =>
  svg
    .replace(/url\('(#[^']+)'\)/g, "url($1)")
    .replace(/url\(&quot;(#[^&]+)&quot;\)/g, "url($1)")
    .replaceAll("image-rendering: pixelated", "image-rendering: optimizeSpeed")
    .replace(/font-family: [^;"]*(?=[;"])/g, `font-family: ${fonts}`)
    .replace(/font-family="[^"]*"/g, `font-family="${fonts}"`);

/** @param {string} svg @returns {string} the PNG as base64 */
function render(svg) {
  const { Resvg } = require("@resvg/resvg-js");
  const drawn = new Resvg(forResvg(svg), {
    font: { loadSystemFonts: true, defaultFontFamily: "DejaVu Sans" },
  }).render();
  return drawn.asPng().toString("base64");
}

/**
 * Draws a Plotly figure as PNG, with the fonts of the machine. A pixel of the picture is one of the
 * chart: JupyterLab's extension for Plotly shows the picture in its own size, whatever the metadata say.
 * @param {{ data: object[], layout: Record<string, any> }} figure
 * @returns {Promise<Picture>}
 */
export async function drawPicture(figure) {
  const { width = 640, height = 400 } = figure.layout;
  return { png: render(await figureSvg(figure)), width, height };
}

/**
 * Draws an SVG that says its own size as PNG, with the fonts of the machine.
 * @param {string} svg
 * @returns {Picture}
 */
export function drawSvg(svg) {
  const size = (/** @type {string} */ side) =>
    Number(new RegExp(`<svg[^>]*\\s${side}="(\\d+)"`).exec(svg)?.[1] ?? 0);
  return { png: render(svg), width: size("width"), height: size("height") };
}

/** @param {Output} output */
function drawOutput({ data = {} }) {
  const svg = data[svgMime];
  return svg === undefined ? drawPicture(data[plotlyMime]) : drawSvg(joined(svg));
}

/** @param {Output} output @param {Picture} picture */
function attach(output, { png, width, height }) {
  const data = { ...output.data, [pngMime]: png };
  output.data = sorted(data);
  output.metadata = sorted({
    ...output.metadata,
    [ownKey]: { figure: figureHash(output), picture: hash(png) },
    [pngMime]: { height, width },
  });
}

/** Notebooks are saved with sorted keys. @param {Record<string, any>} record */
function sorted(record) {
  return Object.fromEntries(
    Object.keys(record)
      .sort()
      .map((key) => [key, record[key]]),
  );
}

/**
 * Puts a static picture beside every Plotly figure and SVG of the notebook, which is changed in
 * place. A picture is kept when it is of this very figure, in the notebook or in an earlier version
 * of it; one that a viewer has put there is replaced. Returns how many were drawn.
 * @param {object} notebook
 * @param {object} [previous] the notebook as it was before it ran again
 * @returns {Promise<number>}
 */
export async function addStaticPictures(notebook, previous) {
  /** @type {Map<string, Picture>} */
  const known = new Map();
  for (const output of previous ? charts(/** @type {Notebook} */ (previous)) : []) {
    const picture = ownPicture(output);
    if (picture) known.set(figureHash(output), picture);
  }
  let drawn = 0;
  for (const output of charts(/** @type {Notebook} */ (notebook))) {
    if (ownPicture(output)) continue;
    const kept = known.get(figureHash(output));
    if (!kept) drawn++;
    attach(output, kept ?? (await drawOutput(output)));
  }
  return drawn;
}
