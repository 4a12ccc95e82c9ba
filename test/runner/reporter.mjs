// @ts-check
// A reporter for node:test: one line a file, failures in full, and one record a test for the count.
import { appendFileSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import { inspect } from "node:util";

const records = process.env.LAB_TEST_RECORDS;

/**
 * @typedef {{ passed: number, failed: number, skipped: number, ms: number }} Counts
 * @typedef {{ type: string, data: any }} TestEvent
 */

/** @param {AsyncIterable<TestEvent>} source */
export default async function* report(source) {
  /** @type {Map<string, string[]>} for each file the names of the enclosing tests, by depth */
  const paths = new Map();
  let current = "";
  let counts = none();
  for await (const { type, data } of source) {
    const file = data?.file ? shown(data.file) : current;
    const path = paths.get(file) ?? [];
    paths.set(file, path);
    if (type === "test:start") path[data.nesting] = data.name;
    if (type === "test:stderr") yield indent(data.message);
    if (type !== "test:pass" && type !== "test:fail") continue;
    // files run side by side, but node hands over their results one file after the other
    if (file !== current) {
      if (current !== "") yield line(current, counts);
      current = file;
      counts = none();
    }
    const result = judge(type, data);
    if (result === null) continue;
    const name = [...path.slice(0, data.nesting), data.name].join(" › ");
    counts[result.outcome]++;
    counts.ms += data.nesting === 0 ? (data.details?.duration_ms ?? 0) : 0;
    record({ ...result, name, file: current });
    if (result.outcome === "failed") yield `✗ ${current}: ${name}\n${indent(detail(data, result))}`;
  }
  if (current !== "") yield line(current, counts);
}

/**
 * What a finished test counts as; null for what is no test of its own.
 * @param {string} type
 * @param {any} data
 * @returns {{ outcome: "passed" | "failed" | "skipped", reason: string } | null}
 */
function judge(type, data) {
  const failed = type === "test:fail";
  const wholeFile = data.nesting === 0 && data.file && resolve(data.name) === resolve(data.file);
  // node reports a file without a single test as one test that passed
  if (wholeFile && !failed) return { outcome: "failed", reason: "there is no test in the file" };
  // a suite fails through its tests, which are counted; or by itself, through a hook
  if (data.details?.type === "suite" && !(failed && brokenItself(data))) return null;
  if (data.skip !== undefined && data.skip !== false) {
    return { outcome: "skipped", reason: reasonOf(data.skip) };
  }
  if (data.todo !== undefined && data.todo !== false) {
    return { outcome: "skipped", reason: `to do: ${reasonOf(data.todo)}` };
  }
  if (failed && failedThroughItsTests(data)) return null;
  return { outcome: failed ? "failed" : "passed", reason: failed ? message(data) : "" };
}

/** @param {any} data */
const failedThroughItsTests = (data) => data.details?.error?.failureType === "subtestsFailed";
/** @param {any} data */
const brokenItself = (data) => !failedThroughItsTests(data);
/** @param {unknown} given */
const reasonOf = (given) => (typeof given === "string" && given !== "" ? given : "no reason given");

/** @param {any} data */
function message(data) {
  const error = data.details?.error?.cause ?? data.details?.error;
  return String(error?.message ?? error ?? "").split("\n")[0];
}

/** @param {any} data @param {{ reason: string }} result */
function detail(data, result) {
  const error = data.details?.error;
  if (error === undefined) return result.reason;
  const cause = error.cause ?? error;
  return typeof cause === "string" ? cause : inspect(cause, { depth: 4 });
}

/** @param {string} file @param {Counts} counts */
function line(file, { passed, failed, skipped, ms }) {
  const mark = failed > 0 ? "✗" : passed > 0 ? "✓" : "–";
  const more = [failed > 0 && `${failed} failed`, skipped > 0 && `${skipped} skipped`];
  const counted = [`${passed} passed`, ...more.filter(Boolean)].join(", ");
  return `${mark} ${file}: ${counted} (${(ms / 1000).toFixed(1)} s)\n`;
}

/** @param {string} text */
const indent = (text) => `${text.trimEnd().replace(/^/gm, "    ")}\n`;

/** @param {string} file */
const shown = (file) => relative(process.cwd(), file).split(sep).join("/");

/** @returns {Counts} */
const none = () => ({ passed: 0, failed: 0, skipped: 0, ms: 0 });

/** @param {object} entry */
function record(entry) {
  if (records) appendFileSync(records, `${JSON.stringify(entry)}\n`);
}
