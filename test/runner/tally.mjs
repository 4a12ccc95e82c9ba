// @ts-check
// Counts what the stages report and writes the closing summary.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/**
 * @typedef {{ stage: string, name: string, file: string, outcome: "passed" | "failed" | "skipped",
 *   reason: string }} Result
 */

/** A test that skips for want of the data set names it in its reason. */
const wantsData = /fashion-?mnist/i;

export class Tally {
  /** @type {Result[]} */
  results = [];
  stage = "";

  /** @param {{ requireData: boolean }} options whether a skip for want of data is a failure */
  constructor({ requireData }) {
    this.requireData = requireData;
  }

  /**
   * @param {Result["outcome"]} outcome
   * @param {string} name
   * @param {{ file?: string, reason?: string }} [more]
   */
  add(outcome, name, { file = "", reason = "" } = {}) {
    const missing = outcome === "skipped" && this.requireData && wantsData.test(reason);
    this.results.push({
      stage: this.stage,
      name,
      file,
      outcome: missing ? "failed" : outcome,
      reason: missing ? `${reason} (and LAB_REQUIRE_DATA=1 forbids that)` : reason,
    });
  }

  /** @param {Result["outcome"]} outcome @param {string} [stage] */
  count(outcome, stage) {
    const match = (/** @type {Result} */ r) =>
      r.outcome === outcome && (!stage || r.stage === stage);
    return this.results.filter(match).length;
  }

  /** Takes over what an earlier command counted. @param {string} file */
  carryFrom(file) {
    try {
      this.results.push(...JSON.parse(readFileSync(file, "utf8")));
    } catch {
      // there was no earlier command
    }
  }

  /** Leaves the count for a later command. @param {string} file */
  carryTo(file) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(this.results));
  }

  /** The closing summary; its last line counts every test. */
  summary() {
    const lines = ["", "── summary ──"];
    for (const stage of new Set(this.results.map((result) => result.stage))) {
      lines.push(`${stage.padEnd(10)} ${this.#counts(stage)}`);
    }
    for (const [outcome, title] of /** @type {const} */ ([
      ["skipped", "Skipped:"],
      ["failed", "Failed:"],
    ])) {
      const those = this.results.filter((result) => result.outcome === outcome);
      if (those.length > 0) lines.push("", title, ...those.map(describe));
    }
    return [...lines, "", this.#counts()].join("\n");
  }

  /** @param {string} [stage] */
  #counts(stage) {
    const count = (/** @type {Result["outcome"]} */ outcome) => this.count(outcome, stage);
    return `${count("passed")} passed, ${count("failed")} failed, ${count("skipped")} skipped`;
  }
}

/** @param {Result} result */
function describe({ stage, file, name, reason }) {
  const where = file === "" ? stage : `${stage}: ${file}`;
  return `  ${where}: ${name}${reason === "" ? "" : `: ${reason.split("\n")[0]}`}`;
}
