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

/** Median milliseconds of `work`, once it is warm. @param {() => unknown} work */
function time(work) {
  const times = [];
  for (let k = 0; k < 7; k++) {
    const began = performance.now();
    work();
    if (k >= 2) times.push(performance.now() - began);
  }
  return median(times);
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

/** The power of the size by which the cost grows between two points. @param {number[]} sizes @param {number[]} costs */
function power(sizes, costs) {
  const last = sizes.length - 1;
  return Math.log(costs[last] / costs[last - 1]) / Math.log(sizes[last] / sizes[last - 1]);
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
    found[name] = { sizes, costs: sizes.map((size) => time(work(size))) };
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

Between the two largest sizes the cost grows as the size to the power ${grows("epochs")} for epochs,
${grows("features")} for features, ${grows("operations in the graph")} for the length of the graph and
${grows("elements")} for elements: 1 is in proportion. A pass over the same 8192 examples takes
${short(batches[0])} ms one by one and ${short(batches.at(-1) ?? 0)} ms in a single batch, as each operation has its
price before it touches a number. An operation in a long graph, forward and backward, costs
${short(perOperation)} µs.
`;
}
