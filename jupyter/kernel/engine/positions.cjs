// @ts-check
"use strict";
// From a place in the JavaScript that ran to the line of TypeScript that was typed.

const { SourceMap } = require("node:module");

/**
 * How a script was made.
 * @typedef {object} Script
 * @property {import("./typescript.cjs").Maps} maps
 * @property {string} source its TypeScript, "" when it is not at hand
 * @property {string} label how it is called in a trace
 * @property {number} linesBefore lines that were put before its TypeScript
 */

/** @type {Map<string, Script & { chain?: SourceMap[] }>} */
const scripts = new Map();

/** @param {string} name the script's file name @param {Script} script */
function remember(name, script) {
  scripts.set(name, script);
}

/** @typedef {{ label: string, line: number, column: number, text: string | undefined }} Place */

/**
 * The TypeScript place of a JavaScript place, both counted from 1, with the text of its line; null for
 * scripts that were not made here and for code that only the compiler wrote.
 * @param {string} name
 * @param {number} line
 * @param {number} column
 * @returns {Place | null}
 */
function original(name, line, column) {
  const script = scripts.get(name);
  if (!script) return null;
  script.chain ??= [script.maps.second, script.maps.first].map((m) => new SourceMap(JSON.parse(m)));
  let at = { line: line - 1, column: column - 1 };
  for (const map of script.chain) {
    const entry = /** @type {any} */ (map.findEntry(at.line, at.column));
    if (entry.originalLine === undefined) return null;
    at = { line: entry.originalLine, column: entry.originalColumn };
  }
  const typed = at.line - script.linesBefore;
  if (typed < 0) return null;
  const text = script.source === "" ? undefined : script.source.split("\n")[typed];
  return { label: script.label, line: typed + 1, column: at.column + 1, text };
}

module.exports = { remember, original };
