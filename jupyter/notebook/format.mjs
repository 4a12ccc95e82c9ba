// @ts-check
// Reads and writes notebook files with the very bytes that Jupyter would write, so that a file that
// goes through both shows no difference.
import { readFileSync, renameSync, writeFileSync } from "node:fs";

/**
 * @typedef {string | string[]} Text one string, or its lines
 * @typedef {{ output_type: string, name?: string, text?: Text, data?: Record<string, any>,
 *   metadata?: Record<string, any>, execution_count?: number | null, ename?: string,
 *   evalue?: string, traceback?: string[] }} Output
 * @typedef {{ cell_type: "code" | "markdown" | "raw", id?: string, source: Text,
 *   metadata: Record<string, any>, outputs?: Output[], execution_count?: number | null }} Cell
 * @typedef {{ cells: Cell[], metadata: Record<string, any>, nbformat: number,
 *   nbformat_minor: number }} Notebook
 */

/** @param {string} file @returns {Notebook} */
export function readNotebook(file) {
  return JSON.parse(readFileSync(file, "utf8"));
}

/**
 * Writes a notebook, whole or not at all, and only when its bytes change.
 * @param {string} file
 * @param {Notebook} notebook
 * @returns {boolean} whether the file was changed
 */
export function writeNotebook(file, notebook) {
  const text = serialise(notebook);
  if (readOrNull(file) === text) return false;
  const half = `${file}.${process.pid}.tmp`;
  writeFileSync(half, text);
  renameSync(half, file);
  return true;
}

/** @param {string} file */
function readOrNull(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}

/** A text as one string. @param {Text | undefined} text */
export const joined = (text) => (Array.isArray(text) ? text.join("") : (text ?? ""));

/** A notebook as Jupyter writes it: keys sorted, one blank of indent, texts as lists of lines. */
export function serialise(/** @type {Notebook} */ notebook) {
  return `${json(splitTexts(notebook), "")}\n`;
}

/** @param {Notebook} notebook @returns {Notebook} */
function splitTexts(notebook) {
  return {
    ...notebook,
    cells: notebook.cells.map((cell) => ({
      ...cell,
      source: lines(cell.source),
      ...(cell.outputs ? { outputs: cell.outputs.map(splitOutput) } : {}),
    })),
  };
}

/** @param {Output} output @returns {Output} */
function splitOutput(output) {
  if (output.output_type === "stream") return { ...output, text: lines(output.text) };
  if (output.data === undefined) return output;
  const entries = Object.entries(output.data).map(([mime, value]) => [mime, split(mime, value)]);
  return { ...output, data: Object.fromEntries(entries) };
}

/** Texts become lines, other strings (pictures) one string, objects stay. @param {string} mime @param {any} value */
function split(mime, value) {
  if (typeof value !== "string" && !Array.isArray(value)) return value;
  if (/^application\/(.*\+)?json$/.test(mime)) return value;
  const text = /^text\/|^application\/javascript$|^image\/svg\+xml$/.test(mime);
  return text ? lines(value) : joined(value);
}

/**
 * The lines of a text with their ends, split where Python's splitlines does.
 * @param {Text | undefined} text
 */
function lines(text) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: Python ends lines at these
  const end = /(?:\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029])/g;
  const whole = joined(text);
  const parts = [];
  let from = 0;
  for (const match of whole.matchAll(end)) {
    const to = match.index + match[0].length;
    parts.push(whole.slice(from, to));
    from = to;
  }
  if (from < whole.length) parts.push(whole.slice(from));
  return parts;
}

/** @param {any} value @param {string} indent @returns {string} */
function json(value, indent) {
  const deeper = `${indent} `;
  if (typeof value === "number") return pythonNumber(value);
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const parts = Array.isArray(value)
    ? value.map((entry) => json(entry, deeper))
    : Object.keys(value)
        .filter((key) => value[key] !== undefined)
        .sort(byCodePoint)
        .map((key) => `${JSON.stringify(key)}: ${json(value[key], deeper)}`);
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  if (parts.length === 0) return open + close;
  return `${open}\n${deeper}${parts.join(`,\n${deeper}`)}\n${indent}${close}`;
}

/** A number as Python's json writes what it reads from JavaScript's. @param {number} x */
function pythonNumber(x) {
  const text = JSON.stringify(x);
  if (Number.isInteger(x) && !text.includes("e")) return text;
  const small = x !== 0 && Math.abs(x) < 1e-4;
  const [digits, exponent] = (small ? x.toExponential() : text).split("e");
  if (exponent === undefined) return text;
  return `${digits}e${exponent[0]}${exponent.slice(1).padStart(2, "0")}`;
}

/** @param {string} a @param {string} b */
function byCodePoint(a, b) {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
