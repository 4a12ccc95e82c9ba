// @ts-check
"use strict";
// From a place in the JavaScript that ran to the line of TypeScript that was typed.

const { SourceMap } = require("node:module");

/** tslab puts one line of its own before a cell's TypeScript. */
const LINES_BEFORE = 1;

/** @type {Map<string, { maps: import("./typescript.cjs").Maps, source: string, chain?: SourceMap[] }>} */
const scripts = new Map();

/**
 * Remembers how a script was made.
 * @param {string} name the script's file name
 * @param {import("./typescript.cjs").Maps} maps
 * @param {string} source its TypeScript
 */
function remember(name, maps, source) {
  scripts.set(name, { maps, source });
}

/** Is it a script that was made here? @param {string} name */
function isKnown(name) {
  return scripts.has(name);
}

/**
 * The TypeScript place of a JavaScript place, all counted from 1; null where there is none (code that
 * only the compiler wrote).
 * @param {string} name
 * @param {number} line
 * @param {number} column
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
  const typed = at.line + 1 - LINES_BEFORE;
  return typed > 0 ? { line: typed, column: at.column + 1 } : null;
}

/** One line of a script's TypeScript. @param {string} name @param {number} line from 1 */
function sourceLine(name, line) {
  return scripts.get(name)?.source.split("\n")[line - 1];
}

module.exports = { remember, isKnown, original, sourceLine };
