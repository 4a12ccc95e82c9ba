// @ts-check
// Runs the rows asked for, prints the table and writes RESULTS.md; figures of earlier runs are kept.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { ensure } from "../jupyter/setup.mjs";
import { contest } from "./contest.mjs";
import { installPeers, prepareKernels, versions } from "./install.mjs";
import { readOptions } from "./options.mjs";
import { bench, kept } from "./places.mjs";
import { asMarkdown, asText, lines } from "./report.mjs";
import { rows as allRows } from "./rows/index.mjs";

/** @typedef {import("./contest.mjs").Result} Result */

const store = join(kept, "results.json");

/** @returns {Record<string, Result>} */
const earlier = () => (existsSync(store) ? JSON.parse(readFileSync(store, "utf8")) : {});

/** @param {Result | undefined} old @param {Result} fresh @returns {Result} */
function joined(old, fresh) {
  if (old === undefined) return fresh;
  const values = { ...fresh.values };
  for (const name of Object.keys(values)) {
    values[name] = [...(old.values[name] ?? []), ...values[name]];
  }
  return { ...fresh, values, notes: { ...fresh.notes, ...old.notes } };
}

/** Committed beside its chart, so that a run without --growth keeps it. */
const section = join(bench, "growth.md");

/** The section on growth: measured anew when asked, else as it was. @param {import("./options.mjs").Options} options */
async function growth(options) {
  if (options.growth) {
    const { measureGrowth } = await import("./growth.mjs");
    writeFileSync(section, `${await measureGrowth()}\n`);
  }
  return existsSync(section) ? readFileSync(section, "utf8") : "";
}

function machine() {
  const [{ model }] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${model}, ${cpus().length} cores, ${memory} GiB, ${process.platform} ${process.arch}`;
}

/** @param {string[]} args */
export async function main(args) {
  await ensure({ node: true, dev: true, build: true });
  const rows = allRows();
  const options = readOptions(
    args,
    rows.map(({ key }) => key),
  );
  if (options.list) {
    for (const { key, title } of rows) console.log(`${key.padEnd(20)} ${title}`);
    return;
  }
  if (options.install) await installPeers(options.python);
  prepareKernels();
  const results = earlier();
  const all = options.rows.length === 0 && !options.growth;
  const wanted = rows.filter(({ key }) => all || options.rows.includes(key));
  for (const row of wanted) {
    const fresh = await contest(row, options.rounds);
    results[row.key] = joined(options.more ? results[row.key] : undefined, fresh);
    mkdirSync(kept, { recursive: true });
    writeFileSync(store, JSON.stringify(results));
    console.log(`\n${asText(lines(row, results[row.key]))}\n`);
  }
  const measured = rows
    .filter(({ key }) => results[key] !== undefined)
    .map((row) => /** @type {[typeof row, Result]} */ ([row, results[row.key]]));
  console.log(asText(measured.flatMap(([row, result]) => lines(row, result))));
  const about = { machine: machine(), versions: await versions(), growth: await growth(options) };
  writeFileSync(join(bench, "RESULTS.md"), asMarkdown(measured, about));
  console.log("\nwritten to bench/RESULTS.md");
}
