// @ts-check
// The options of `npm run report`: from the command line, and for what stays the same from reports/report.json.
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { SetupError } from "../setup/error.mjs";
import { inside } from "../setup/paths.mjs";

export const usage = `npm run report -- [04 | name | path …]
  --pdf              a PDF beside each page (needs Chromium, Chrome or Edge)
  --no-run           take the outputs that are saved in the notebooks
  --allow-errors     go on after a cell that throws and show its error
  --hide-code        fold all code
  --lang zh|en       one language only
  --name, --number, --date <text>   the title block (or keep them in reports/report.json)
  --out <folder>     where to write (default: reports)`;

/**
 * @typedef {object} Options
 * @property {string[]} words which notebooks
 * @property {boolean} pdf
 * @property {boolean} run
 * @property {boolean} allowErrors
 * @property {boolean} hideCode
 * @property {"zh" | "en" | undefined} lang
 * @property {string | undefined} name
 * @property {string | undefined} number
 * @property {string | undefined} date
 * @property {string} out
 */

const flags = /** @type {const} */ ({
  pdf: { type: "boolean" },
  "no-run": { type: "boolean" },
  "allow-errors": { type: "boolean" },
  "hide-code": { type: "boolean" },
  lang: { type: "string" },
  name: { type: "string" },
  number: { type: "string" },
  date: { type: "string" },
  out: { type: "string" },
  help: { type: "boolean" },
});

/** @param {string[]} args @returns {Options | null} null when only help was asked for */
export function readOptions(args) {
  const { values, positionals } = parse(args);
  if (values.help) return null;
  const out = resolve(values.out ?? inside("reports"));
  const kept = readKept(resolve(out, "report.json"));
  const lang = values.lang ?? kept.lang;
  if (lang !== undefined && lang !== "zh" && lang !== "en") {
    throw new SetupError(`--lang is zh or en, not "${lang}".`, "leave it out for both languages.");
  }
  return {
    words: positionals,
    pdf: values.pdf === true,
    run: !values["no-run"],
    allowErrors: values["allow-errors"] === true,
    hideCode: values["hide-code"] === true,
    lang,
    name: values.name ?? kept.name,
    number: values.number ?? kept.number,
    date: values.date ?? kept.date,
    out,
  };
}

/** @param {string[]} args */
function parse(args) {
  try {
    return parseArgs({ args, allowPositionals: true, options: flags });
  } catch (error) {
    throw new SetupError(/** @type {Error} */ (error).message, `the command is:\n${usage}`);
  }
}

/** @param {string} file @returns {Record<string, string | undefined>} */
function readKept(file) {
  if (!existsSync(file)) return {};
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new SetupError(
      `${file} is not valid JSON: ${/** @type {Error} */ (error).message}`,
      'write it as {"name": "…", "number": "…"}, or delete it.',
    );
  }
}
