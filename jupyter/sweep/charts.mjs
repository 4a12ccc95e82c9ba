// @ts-check
// The charts of a sweep: each metric over the epochs, with a band over the seeds, and its last value
// against what was varied.
import { createRequire } from "node:module";
import { inside } from "../setup/paths.mjs";

/**
 * @typedef {import("./page.mjs").Sweep} Sweep
 * @typedef {import("./page.mjs").Run} Run
 * @typedef {{ title: string, bundle: Record<string, unknown> }} Shown
 * @typedef {{ name: string, y: number[], low: number[], high: number[] }} Band
 */

/** More lines than these cannot be told apart. */
const mostLines = 6;
/** What a band is made over: these draw the same experiment again. */
const repeated = "seed";
/** What writeMetrics writes beside the numbers. */
const aside = ["parameters", "versions"];

/** @param {Sweep} sweep @returns {Shown[]} */
export function chartsOf(sweep) {
  const { plt } = createRequire(import.meta.url)(inside("dist", "index.js"));
  const done = sweep.runs.filter((run) => !run.failure && run.metrics);
  const varied = Object.keys(sweep.grid).filter(
    (name) => name !== repeated && sweep.grid[name].length > 1,
  );
  /** @type {Shown[]} */
  const charts = [];
  const show = (/** @type {string} */ title, /** @type {any} */ chart) =>
    charts.push({ title, bundle: chart[Symbol.for("Jupyter.display")]() });
  for (const metric of metricsOf(done)) {
    const groups = groupsOf(done, varied[0]);
    const bands = groups.flatMap(({ name, runs }) =>
      bandOf(
        name,
        runs.map((r) => listOf(r, metric)),
      ),
    );
    const longest = Math.max(0, ...bands.map(({ y }) => y.length));
    if (longest < 2) continue;
    const captions = { xlabel: "epoch", ylabel: metric, alt: `${metric} over the epochs` };
    const epochs = Array.from({ length: longest }, (_, i) => i + 1);
    show(
      `${metric}: ${overSeeds(groups)}`,
      plt.bandedLines(epochs, padded(bands, longest), captions),
    );
  }
  for (const axis of varied) {
    for (const metric of metricsOf(done)) {
      const chart = against(plt, done, axis, metric);
      if (chart) show(`${metric} by ${axis}`, chart);
    }
  }
  return charts;
}

/** The names of all numbers that runs have, in their order. @param {Run[]} runs */
function metricsOf(runs) {
  const names = runs.flatMap((run) => Object.keys(run.metrics ?? {}));
  return [...new Set(names)].filter(
    (name) => !aside.includes(name) && runs.some((run) => listOf(run, name).length > 0),
  );
}

/** A metric of a run as a list: one value an epoch, or one in all. @param {Run} run @param {string} name */
function listOf(run, name) {
  const value = run.metrics?.[name];
  const list = Array.isArray(value) ? value : [value];
  return list.map(numberOf).filter((x) => x !== null);
}

/** `nan` and the infinities come as texts; a chart leaves them out. @param {unknown} value */
function numberOf(value) {
  if (typeof value === "number") return value;
  return ["nan", "inf", "-inf"].includes(String(value)) ? Number.NaN : null;
}

/**
 * The runs by the value of one parameter, at most as many groups as can be told apart: else all in
 * one.
 * @param {Run[]} runs
 * @param {string | undefined} axis
 */
function groupsOf(runs, axis) {
  const all = [{ name: "all runs", runs }];
  if (axis === undefined) return all;
  const values = [...new Set(runs.map((run) => JSON.stringify(run.parameters[axis])))];
  if (values.length > mostLines) return all;
  return values.map((value) => ({
    name: `${axis} ${value}`,
    runs: runs.filter((run) => JSON.stringify(run.parameters[axis]) === value),
  }));
}

/**
 * The median of several lists, place by place, with the smallest and the largest around it.
 * @param {string} name
 * @param {number[][]} lists
 * @returns {Band[]} none where there are no numbers
 */
function bandOf(name, lists) {
  const length = Math.max(0, ...lists.map((list) => list.length));
  const places = Array.from({ length }, (_, i) =>
    lists
      .map((list) => list[i])
      .filter((x) => Number.isFinite(x))
      .sort((a, b) => a - b),
  );
  if (length === 0 || places.every((place) => place.length === 0)) return [];
  const at = (/** @type {(place: number[]) => number} */ pick) =>
    places.map((place) => (place.length > 0 ? pick(place) : Number.NaN));
  return [{ name, y: at(median), low: at((p) => p[0]), high: at((p) => p[p.length - 1]) }];
}

/** @param {number[]} sorted */
function median(sorted) {
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** Bands of one length: runs of fewer epochs end earlier. @param {Band[]} bands @param {number} length */
function padded(bands, length) {
  const fill = (/** @type {number[]} */ list) =>
    Array.from({ length }, (_, i) => list[i] ?? Number.NaN);
  return bands.map(({ name, y, low, high }) => ({
    name,
    ...{ y: fill(y), low: fill(low), high: fill(high) },
  }));
}

/** @param {{ runs: Run[] }[]} groups */
function overSeeds(groups) {
  const most = Math.max(...groups.map(({ runs }) => runs.length));
  return most > 1 ? `median and range over ${most} runs` : "over the epochs";
}

/**
 * The last value of a metric against a parameter: a line with a band for numbers.
 * @param {any} plt
 * @param {Run[]} runs
 * @param {string} axis
 * @param {string} metric
 */
function against(plt, runs, axis, metric) {
  const groups = new Map();
  for (const run of runs) {
    const [x, y] = [run.parameters[axis], listOf(run, metric).at(-1)];
    if (typeof x !== "number" || y === undefined) continue;
    groups.set(x, [...(groups.get(x) ?? []), y]);
  }
  if (groups.size < 2) return null;
  const x = [...groups.keys()].sort((a, b) => a - b);
  const each = x.map(
    (value) =>
      bandOf(
        "",
        groups.get(value).map((/** @type {number} */ y) => [y]),
      )[0],
  );
  const line = {
    name: `median and range`,
    y: each.map((band) => band?.y[0] ?? Number.NaN),
    low: each.map((band) => band?.low[0] ?? Number.NaN),
    high: each.map((band) => band?.high[0] ?? Number.NaN),
  };
  const captions = { xlabel: axis, ylabel: metric, alt: `${metric} against ${axis}` };
  return plt.bandedLines(x, [line], captions);
}
