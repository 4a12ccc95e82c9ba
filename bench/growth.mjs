// @ts-check
// How the lab's cost grows: with epochs, batch size, features, the length of the graph, elements.

import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { inside } from "../jupyter/setup/paths.mjs";
import { startProgress } from "../jupyter/setup/step.mjs";
import { figureSvg } from "../jupyter/static/plotly.mjs";
import { median, short } from "./figures.mjs";
import { bench } from "./places.mjs";

const require = createRequire(import.meta.url);
/** @type {typeof import("../src/index.js")} */
const torch = require(inside("dist", "index.js"));

/**
 * Milliseconds of each work: medians of rounds in which all take their turns, so that a slow moment
 * of the machine does not fall to one size alone. Short works are repeated until they take 10 ms.
 * @param {(() => unknown)[]} works
 */
function time(works) {
  const runs = works.map((work) => {
    const run = (/** @type {number} */ times) => {
      const began = performance.now();
      for (let k = 0; k < times; k++) work();
      return performance.now() - began;
    };
    let times = 1;
    run(times);
    while (run(times) < 10) times *= 2;
    return () => run(times) / times;
  });
  const rounds = Array.from({ length: 7 }, () => runs.map((run) => run()));
  return works.map((_, k) => median(rounds.map((round) => round[k])));
}

/** One pass of softmax regression over n examples in batches. @param {number} n @param {number} features @param {number} batch */
function trainer(n, features, batch) {
  const X = torch.rand(n, features);
  const y = torch.zeros(n, { dtype: torch.int64 });
  const W = torch.zeros(features, 10, { requires_grad: true });
  return () => {
    for (let i = 0; i < n; i += batch) {
      const rows = Math.min(batch, n - i);
      const e = torch.exp(torch.matmul(X.narrow(0, i, rows), W));
      const p = torch.div(e, e.sum(1, { keepdim: true }));
      const picked = p.index(torch.range(rows), y.narrow(0, i, rows));
      torch.log(picked).sum().neg().backward();
      torch.d2l.sgd([W], 0.001, rows);
    }
  };
}

/** A chain of additions, and its gradient. @param {number} length */
function chain(length) {
  return () => {
    const x = torch.ones(1, { requires_grad: true });
    let y = x.add(0);
    for (let k = 1; k < length; k++) y = y.add(1);
    y.backward();
  };
}

/** @param {number} n */
function addition(n) {
  const [a, b] = [torch.rand(n), torch.rand(n)];
  return () => torch.add(a, b);
}

/** @type {{ name: string, sizes: number[], work: (size: number) => () => unknown }[]} */
const series = [
  {
    name: "epochs",
    sizes: [1, 2, 4, 8, 16, 32],
    work: (epochs) => {
      const epoch = trainer(2048, 64, 256);
      return () => {
        for (let k = 0; k < epochs; k++) epoch();
      };
    },
  },
  {
    name: "batch size",
    sizes: [1, 8, 64, 256, 1024, 8192],
    work: (size) => trainer(8192, 64, size),
  },
  { name: "features", sizes: [16, 64, 256, 1024, 4096], work: (size) => trainer(1024, size, 256) },
  { name: "operations in the graph", sizes: [10, 100, 1000, 10_000, 100_000], work: chain },
  { name: "elements", sizes: [100, 1000, 10_000, 100_000, 1_000_000, 10_000_000], work: addition },
];

/**
 * The power of the size by which the cost grows: the slope of the straight line through the
 * logarithms of the three largest sizes and their costs (least squares).
 * @param {number[]} sizes @param {number[]} costs
 */
function power(sizes, costs) {
  const [x, y] = [sizes, costs].map((values) => values.slice(-3).map(Math.log));
  const mean = (/** @type {number[]} */ values) => values.reduce((a, b) => a + b) / values.length;
  const [xMean, yMean] = [mean(x), mean(y)];
  const along = mean(x.map((v, k) => (v - xMean) * (y[k] - yMean)));
  return along / mean(x.map((v) => (v - xMean) ** 2));
}

/**
 * Measures, draws growth.svg with the lab's own charts and returns the section for RESULTS.md.
 * @returns {Promise<string>}
 */
export async function measureGrowth() {
  /** @type {Record<string, { sizes: number[], costs: number[] }>} */
  const found = {};
  for (const { name, sizes, work } of series) {
    const progress = startProgress(`how cost grows: ${name}`);
    found[name] = { sizes, costs: time(sizes.map(work)) };
    progress.end(true);
  }
  const { plt } = torch;
  const marks = ["o-", "s--", "^-.", "o:", "s-"];
  Object.entries(found).forEach(([name, { sizes, costs }], k) => {
    plt.plot(sizes, costs, marks[k], { label: name });
  });
  plt.xscale("log");
  plt.yscale("log");
  plt.xlabel("size");
  plt.ylabel("milliseconds");
  plt.legend();
  const chart = /** @type {import("../src/plot/chart.js").Chart} */ (
    plt.show({ alt: "milliseconds against size" })
  );
  writeFileSync(join(bench, "growth.svg"), `${await figureSvg(chart)}\n`);
  const grows = (/** @type {string} */ name) => short(power(found[name].sizes, found[name].costs));
  const { costs: batches } = found["batch size"];
  const chainOf = found["operations in the graph"];
  const perOperation = (1e3 * (chainOf.costs.at(-1) ?? 0)) / (chainOf.sizes.at(-1) ?? 1);
  return `## How cost grows

![milliseconds against size, both logarithmic](growth.svg)

Over the three largest sizes the cost grows as the size to the power ${grows("epochs")} for epochs,
${grows("features")} for features, ${grows("operations in the graph")} for the length of the graph and
${grows("elements")} for elements: 1 is in proportion. A pass over the same 8192 examples takes
${short(batches[0])} ms one by one and ${short(batches.at(-1) ?? 0)} ms in a single batch, as each operation has its
price before it touches a number. An operation in the longest graph, forward and backward, costs
${short(perOperation)} µs.
`;
}
