// @ts-check
"use strict";
// Completion, hover texts and "is this cell complete", as tslab's converter knows them.

const { seam } = require("./seams.cjs");

const isCompleteCode = seam("tslab/dist/converter", "isCompleteCode");
const printQuickInfo = seam("tslab/dist/inspect", "printQuickInfo");

/** Jupyter counts positions in characters, JavaScript in UTF-16 units. @param {string} text @param {number} position */
const toUnits = (text, position) => [...text].slice(0, position).join("").length;

/** @param {string} text @param {number} position */
const toCharacters = (text, position) => [...text.slice(0, position)].length;

/**
 * @param {any} ts tslab's TypeScript
 * @param {{ complete: Function, inspect: Function }} executor
 */
function makeLanguage(ts, executor) {
  /** @param {{ code: string, cursor_pos: number }} request */
  function complete({ code, cursor_pos }) {
    const info = executor.complete(code, toUnits(code, cursor_pos));
    return {
      status: "ok",
      matches: info.candidates,
      cursor_start: toCharacters(code, info.start),
      cursor_end: toCharacters(code, info.end),
      metadata: {},
    };
  }

  /** @param {{ code: string, cursor_pos: number }} request */
  function inspect({ code, cursor_pos }) {
    const info = executor.inspect(code, toUnits(code, cursor_pos));
    const data = info ? { "text/plain": printQuickInfo(info) } : {};
    return { status: "ok", found: Boolean(info), data, metadata: {} };
  }

  /** @param {{ code: string }} request */
  function isComplete({ code }) {
    const found = isCompleteCode(code);
    if (!found.completed) return { status: "incomplete", indent: found.indent ?? "" };
    // As a module, so that a top-level await is no error.
    const file = ts.createSourceFile("cell.ts", `${code}\nexport {};`, ts.ScriptTarget.Latest);
    return { status: file.parseDiagnostics.length > 0 ? "invalid" : "complete" };
  }

  return { complete, inspect, isComplete };
}

module.exports = { makeLanguage };
