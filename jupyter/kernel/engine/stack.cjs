// @ts-check
"use strict";
// Stack traces in the terms of the notebook: cells and TypeScript lines, without the kernel's frames.

const path = require("node:path");
const positions = require("./positions.cjs");

const KERNEL = path.resolve(__dirname, "..") + path.sep;
const TSLAB = path.dirname(require.resolve("tslab")) + path.sep;

/**
 * @typedef {{ where: string, line: number, column: number, name: string, cell: boolean, text: string }} Frame
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
  const cell = positions.isKnown(file);
  const typed = cell ? positions.original(file, line, column) : null;
  const name = (site.getFunctionName() ?? "").replace(/^exports\./, "");
  const at = typed ?? { line, column };
  const text = String(site).replace(`${file}:${line}:${column}`, `${file}:${at.line}:${at.column}`);
  return { where: file, line: at.line, column: at.column, name, cell, text };
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
    return [header, ...frames.map(({ text }) => `    at ${text}`)].join("\n");
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
