// @ts-check
// The page of a sweep: its charts and failures, as a notebook of outputs that the reports' template
// turns into one self-contained file.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writePage } from "../report/page.mjs";
import { chartsOf } from "./charts.mjs";

/**
 * @typedef {{ cell?: number, id?: string, kind: string, message: string }} Failure
 * @typedef {{ parameters: Record<string, unknown>, metrics?: Record<string, unknown>,
 *   failure?: Failure, seconds?: number }} Run
 * @typedef {{ notebook: string, grid: Record<string, unknown[]>, runs: Run[] }} Sweep
 */

/**
 * Writes index.html into a sweep's folder, from the sweep.json in it.
 * @param {string} folder
 * @returns {Promise<string | null>} the page, or null where there are no results
 */
export async function writeSweepPage(folder) {
  const source = join(folder, "sweep.json");
  if (!existsSync(source)) return null;
  /** @type {Sweep} */
  const sweep = JSON.parse(readFileSync(source, "utf8"));
  const cells = [
    markdown(summary(sweep)),
    ...chartsOf(sweep).flatMap(({ title, bundle }) => [markdown(`## ${title}`), shown(bundle)]),
    ...failures(sweep),
  ];
  const target = join(folder, "index.html");
  const options = { words: [], pdf: false, run: false, allowErrors: true, hideCode: true };
  const unset = { lang: undefined, name: undefined, number: undefined, date: undefined };
  await writePage(
    { cells: cells.map(withId), metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 },
    target,
    { ...options, ...unset, out: folder },
  );
  return target;
}

const kernelspec = { name: "tslab", display_name: "TypeScript", language: "typescript" };

/** @param {string} source @returns {import("../notebook/format.mjs").Cell} */
const markdown = (source) => ({ cell_type: "markdown", source, metadata: {} });

/** @param {Record<string, unknown>} data @returns {import("../notebook/format.mjs").Cell} */
const shown = (data) => ({
  ...{ cell_type: "code", source: "", metadata: {}, execution_count: null },
  outputs: [{ output_type: "display_data", data, metadata: {} }],
});

/** @param {import("../notebook/format.mjs").Cell} cell @param {number} i */
const withId = (cell, i) => ({ ...cell, id: `cell-${i}` });

/** @param {Sweep} sweep */
function summary({ notebook, grid, runs }) {
  const failed = runs.filter((run) => run.failure).length;
  const axes = Object.entries(grid).map(([name, values]) => `* \`${name}\`: ${listed(values)}`);
  return [
    `# ${escaped(notebook)}`,
    `${runs.length} runs${failed > 0 ? `, ${failed} of them failed` : ""}. ` +
      "The numbers are in `runs.csv` and `epochs.csv`, and the same as Parquet.",
    axes.join("\n"),
  ].join("\n\n");
}

/** Long lists are told by their ends. @param {unknown[]} values */
function listed(values) {
  const words = values.map((value) => escaped(JSON.stringify(value)));
  if (words.length <= 8) return words.join(", ");
  return `${words.slice(0, 3).join(", ")}, … ${words.at(-1)} (${words.length})`;
}

/** @param {Sweep} sweep */
function failures({ grid, runs }) {
  const failed = runs.filter((run) => run.failure);
  if (failed.length === 0) return [];
  const names = Object.keys(grid);
  const rows = failed.map(({ parameters, failure }) => {
    const { cell, id, kind, message } = /** @type {Failure} */ (failure);
    const chosen = names.map((name) => escaped(JSON.stringify(parameters[name])));
    const place = cell === undefined ? "" : `${cell} (${escaped(id ?? "")})`;
    return `| ${[...chosen, place, escaped(`${kind}: ${message.split("\n")[0]}`)].join(" | ")} |`;
  });
  const head = [...names.map(escaped), "code cell", "error"];
  return [
    markdown(
      [
        "## Failures\n",
        `| ${head.join(" | ")} |`,
        `| ${head.map(() => "---").join(" | ")} |`,
        ...rows,
      ].join("\n"),
    ),
  ];
}

/** A text that means nothing else in Markdown. @param {string} text */
const escaped = (text) =>
  (text ?? "").replace(/[\\`*_{}[\]<>|$#&]/g, (character) => `&#${character.charCodeAt(0)};`);
