// @ts-check
// Takes out of a notebook what depends on the run, the machine or on who looked at it.
import { joined } from "./format.mjs";

/**
 * @typedef {import("./format.mjs").Notebook} Notebook
 * @typedef {import("./format.mjs").Cell} Cell
 * @typedef {import("./format.mjs").Output} Output
 */

/** The kernel's name is all that Jupyter needs to find it. */
const kernelspec = {
  display_name: "TypeScript (deep-learning-lab)",
  language: "typescript",
  name: "tslab",
};

/** What the kernel says of its language, without the version. */
const languageInfo = {
  codemirror_mode: { mode: "typescript", name: "javascript", typescript: true },
  file_extension: ".ts",
  mimetype: "text/typescript",
  name: "typescript",
  nbconvert_exporter: "script",
  pygments_lexer: "typescript",
};

/** What JupyterLab and nbclient note in a cell while it runs or is looked at. */
const passing = ["execution", "ExecuteTime", "collapsed", "scrolled", "trusted", "vscode"];

/**
 * A notebook in its one committed form. Sources, ids, tags and outputs stay.
 * @param {Notebook} notebook
 * @returns {Notebook}
 */
export function normalise(notebook) {
  const { signature: _s, widgets: _w, vscode: _v, ...metadata } = notebook.metadata;
  return {
    cells: notebook.cells.map(normaliseCell),
    metadata: { ...metadata, kernelspec, language_info: languageInfo },
    nbformat: 4,
    nbformat_minor: 5,
  };
}

/** @param {Cell} cell @returns {Cell} */
function normaliseCell(cell) {
  const metadata = normaliseMetadata(cell.metadata);
  if (cell.cell_type !== "code") return { ...cell, metadata };
  const shown = (cell.outputs ?? []).filter((output) => !isEmptied(output));
  const outputs = mergeStreams(shown).map(normaliseOutput);
  return { ...cell, metadata, outputs };
}

/** @param {Cell["metadata"]} metadata */
function normaliseMetadata(metadata) {
  const kept = Object.entries(metadata).filter(
    ([key, value]) => !passing.includes(key) && !isDefault(key, value),
  );
  return Object.fromEntries(
    kept.map(([key, value]) => {
      if (key !== "jupyter") return [key, value];
      const { outputs_hidden: _, ...rest } = value;
      return [key, rest];
    }),
  );
}

/** What JupyterLab's property inspector writes without being asked. @param {string} key @param {any} value */
function isDefault(key, value) {
  if (key === "editable" || key === "deletable") return value === true;
  if (key === "slideshow") return (value?.slide_type ?? "") === "";
  if (key === "tags") return value.length === 0;
  return key === "jupyter" && Object.keys(value).every((name) => name === "outputs_hidden");
}

/**
 * How many messages a text came in is chance: neighbours of one stream become one.
 * @param {Output[]} outputs
 */
function mergeStreams(outputs) {
  /** @type {Output[]} */
  const merged = [];
  for (const output of outputs) {
    const last = merged.at(-1);
    const same = last?.output_type === "stream" && output.output_type === "stream";
    if (last && same && last.name === output.name) {
      merged[merged.length - 1] = { ...last, text: joined(last.text) + joined(output.text) };
    } else {
      merged.push(output);
    }
  }
  return merged;
}

/**
 * A live chart or progress bar that was taken away at its end leaves an empty display behind.
 * @param {Output} output
 */
function isEmptied(output) {
  if (output.output_type !== "display_data") return false;
  const data = Object.entries(output.data ?? {});
  return data.length === 1 && data[0][0] === "text/plain" && joined(data[0][1]) === "";
}

/** @param {Output} output @returns {Output} */
function normaliseOutput(output) {
  if (output.output_type !== "error") return output;
  return { ...output, traceback: (output.traceback ?? []).map(withoutPaths) };
}

/** File names in a traceback lose the folders above the project. @param {string} line */
function withoutPaths(line) {
  return line.replaceAll(
    /(?:file:\/\/)?[^\s()'"]*?[\\/](?=(?:dist|src|notebooks|node_modules)[\\/])/g,
    "",
  );
}
