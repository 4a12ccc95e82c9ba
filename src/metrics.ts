// The numbers of a run, left for programs: one JSON file beside an executed notebook, written only
// when somebody asked for it.

import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { TypeError } from "./errors";

/** What a metric may be: numbers, texts, and lists or objects of them. */
export type Metric =
  | number
  | bigint
  | string
  | boolean
  | null
  | readonly Metric[]
  | { readonly [name: string]: Metric };

/** JSON has no word for these three; Python's float() reads them back. */
function withoutWords(x: number): number | string {
  if (Number.isFinite(x)) return x;
  return Number.isNaN(x) ? "nan" : x > 0 ? "inf" : "-inf";
}

/** A value as JSON can say it. `path` names it in the error. */
function plain(value: unknown, path: string): unknown {
  if (typeof value === "number") return withoutWords(value);
  if (typeof value === "bigint") return value.toString();
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (Array.isArray(value)) return value.map((entry, i) => plain(entry, `${path}[${i}]`));
  if (typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype) {
    const entries = Object.entries(value);
    return Object.fromEntries(entries.map(([key, entry]) => [key, plain(entry, `${path}.${key}`)]));
  }
  throw new TypeError(
    `writeMetrics: ${path} is neither a number, a text, a list nor a plain object`,
    "a tensor of one element gives its number by item(), any other its numbers by tolist()",
  );
}

function versions() {
  const own = JSON.parse(readFileSync(join(__dirname, "..", "package.json"), "utf8"));
  const platform = `${process.platform} ${process.arch}`;
  return { [own.name as string]: own.version as string, node: process.versions.node, platform };
}

/**
 * Write a run's numbers as JSON into the file that the environment variable `LAB_METRICS` names,
 * whole or not at all; without that variable do nothing.
 *
 * The versions of the lab and of Node are added under `versions`. Finite numbers keep every bit;
 * `nan`, `inf` and `-inf` become these texts, and a bigint becomes its digits.
 *
 * Raises a TypeError that names the entry for a value that is none of these, whether or not a file
 * is wanted.
 * @example torch.writeMetrics({ parameters: { seed: 7 }, train_loss: [0.7, 0.6], test_acc: 0.96 })
 */
export function writeMetrics(metrics: { readonly [name: string]: Metric }): void {
  const numbers = plain(metrics, "metrics") as object;
  const file = process.env.LAB_METRICS;
  if (!file) return;
  const half = `${resolve(file)}.${process.pid}.tmp`;
  try {
    writeFileSync(half, `${JSON.stringify({ ...numbers, versions: versions() }, null, 1)}\n`);
    renameSync(half, resolve(file));
  } catch (error) {
    rmSync(half, { force: true });
    throw error;
  }
}
