// @ts-check
"use strict";
// What a cell shows of an error: name, message, hint, and the cells and lines it came through.

const util = require("node:util");
const { frames } = require("./stack.cjs");

/** A chain of causes longer than this is cut. */
const MOST_CAUSES = 5;

/** So many frames are looked at, from the innermost. */
const MOST_PLACES = 12;

/** Ends the code of an interrupted cell. */
class KeyboardInterrupt extends Error {
  name = "KeyboardInterrupt";
  /** @param {{ cause?: unknown }} [options] */
  constructor(options) {
    super("the cell was interrupted", options);
  }
}

/**
 * The error of an interrupted cell. Code that watches the flag ends by an error of its own, which is
 * kept as the cause.
 * @param {unknown} error
 */
function asInterrupt(error) {
  if (isError(error) && error.name === "KeyboardInterrupt") return error;
  return new KeyboardInterrupt(error === undefined ? undefined : { cause: error });
}

/** What TypeScript has against a cell. */
class TypeScriptError extends Error {
  name = "TypeScriptError";
  /**
   * @param {any[]} diagnostics as tslab's converter gives them
   * @param {string} cell the cell's name
   * @param {string} source the cell's text
   */
  constructor(diagnostics, cell, source) {
    super(diagnostics[0].messageText);
    this.diagnostics = diagnostics;
    this.cell = cell;
    this.source = source;
  }
}

/** @param {unknown} value @returns {value is Error} */
function isError(value) {
  return value instanceof Error || util.types.isNativeError(value);
}

/**
 * The places of an error. Frames of installed packages and of this project's library are left out when a
 * cell or a file of the user stands in the trace: the reader's own lines are what can be changed.
 * @param {Error} error
 */
function places(error) {
  const all = frames(error);
  const own = all.filter((frame) => frame.own);
  const lines = [];
  let last = "";
  for (const { where, line, name, text } of (own.length > 0 ? own : all).slice(0, MOST_PLACES)) {
    const place = name
      ? `    at ${name} (${where}, line ${line})`
      : `    at ${where}, line ${line}`;
    // A recursion passes the same line many times.
    if (place !== last) lines.push(place, ...quote(text, line));
    last = place;
  }
  return lines;
}

/**
 * A line of source under its number, and a caret when a column is given.
 * @param {string | undefined} text
 * @param {number} line
 * @param {number} [column] from 1
 */
function quote(text, line, column) {
  if (text === undefined) return [];
  const margin = String(line).padStart(7);
  const quoted = [`${margin} | ${text.replace(/\s+$/, "")}`];
  if (column) {
    const indent = text.slice(0, column - 1).replace(/[^\t]/g, " ");
    quoted.push(`${" ".repeat(margin.length)} | ${indent}^`);
  }
  return quoted;
}

/** @param {TypeScriptError} error */
function describeDiagnostics({ name, cell, source, diagnostics }) {
  const lines = source.split("\n");
  const traceback = [];
  let last = "";
  for (const { start, messageText, code, fileName } of diagnostics) {
    const place = `    at ${fileName ?? cell}, line ${start.line + 1}, column ${start.character + 1}`;
    if (place === last) {
      // A longer explanation of the message before.
      traceback.push(`    ${messageText}`);
      continue;
    }
    last = place;
    traceback.push(`${name}: ${messageText} (TS${code})`, place);
    if (!fileName) traceback.push(...quote(lines[start.line], start.line + 1, start.character + 1));
  }
  return { ename: name, evalue: diagnostics[0].messageText, traceback };
}

/**
 * The content of Jupyter's `error` message for whatever was thrown.
 * @param {unknown} thrown
 * @returns {{ ename: string, evalue: string, traceback: string[] }}
 */
function describe(thrown, depth = 0) {
  if (thrown instanceof TypeScriptError) return describeDiagnostics(thrown);
  if (!isError(thrown)) {
    const evalue = typeof thrown === "string" ? thrown : util.inspect(thrown);
    return { ename: "Uncaught", evalue, traceback: [`Uncaught: ${evalue}`] };
  }
  const ename = String(thrown.name || "Error");
  const evalue = String(thrown.message ?? "");
  const traceback = [evalue ? `${ename}: ${evalue}` : ename];
  const { hint, cause } = /** @type {{ hint?: unknown, cause?: unknown }} */ (thrown);
  if (typeof hint === "string" && hint !== "") traceback.push(`hint: ${hint}`);
  traceback.push(...places(thrown));
  if (cause !== undefined && depth < MOST_CAUSES) {
    const inner = describe(cause, depth + 1).traceback;
    traceback.push(`caused by ${inner[0]}`, ...inner.slice(1));
  }
  return { ename, evalue, traceback };
}

module.exports = { asInterrupt, KeyboardInterrupt, TypeScriptError, describe };
