// @ts-check
/// <reference path="../globals.d.ts" />
"use strict";
// Stack traces in the terms of the notebook: cells and TypeScript lines, without the kernel's frames.

const path = require("node:path");
const positions = require("./positions.cjs");

const KERNEL = path.resolve(__dirname, "..") + path.sep;
const TSLAB = path.dirname(require.resolve("tslab")) + path.sep;

/**
 * @typedef {object} Frame
 * @property {string} where cell or file
 * @property {number} line
 * @property {string} name the function's, "" for the top level
 * @property {boolean} own is it code of the notebook or of a module beside it?
 * @property {string | undefined} text the line's text, where known
 * @property {string} trace the frame as V8 would write it
 */

/** @type {WeakMap<object, Frame[]>} */
const framesOf = new WeakMap();

/** @param {string | null | undefined} file */
function isNoise(file) {
  return !file || file.startsWith("node:") || file.startsWith(KERNEL) || file.startsWith(TSLAB);
}

/**
 * @param {NodeJS.CallSite} site
 * @returns {Frame | null}
 */
function toFrame(site) {
  const file = site.getFileName() ?? site.getScriptNameOrSourceURL?.();
  if (!file || isNoise(file)) return null;
  const line = site.getLineNumber() ?? 0;
  const column = site.getColumnNumber() ?? 0;
  const typed = positions.original(file, line, column);
  const at = typed ?? { label: path.relative(process.cwd(), file), line, column, text: undefined };
  return {
    where: at.label,
    line: at.line,
    name: (site.getFunctionName() ?? "").replace(/^exports\./, ""),
    own: typed !== null,
    text: at.text,
    trace: String(site).replace(
      `${file}:${line}:${column}`,
      `${typed ? at.label : file}:${at.line}:${at.column}`,
    ),
  };
}

/** Makes `error.stack` (V8 calls it when the stack is first read). */
function installStackTraces() {
  Error.stackTraceLimit = 50;
  Error.prepareStackTrace = (error, sites) => {
    const frames = sites.map(toFrame).filter((frame) => frame !== null);
    framesOf.set(error, frames);
    let header;
    try {
      header = Error.prototype.toString.call(error);
    } catch {
      header = "Error";
    }
    return [header, ...frames.map(({ trace }) => `    at ${trace}`)].join("\n");
  };
}

/**
 * The frames of an error, innermost first.
 * @param {Error} error
 * @returns {Frame[]}
 */
function frames(error) {
  // Reading the stack makes V8 call the function above.
  void error.stack;
  return framesOf.get(error) ?? [];
}

module.exports = { installStackTraces, frames };
