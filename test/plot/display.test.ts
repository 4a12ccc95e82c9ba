// Charts reach the kernel as one output in several representations.

import assert from "node:assert/strict";
import { sep } from "node:path";
import { afterEach, test } from "node:test";
import { inspect } from "node:util";
import { plt, show } from "../../src/index";
import { plotlyMime } from "../../src/plot/chart";
import { display, inJupyter } from "../../src/plot/display";

const symbol = Symbol.for("deep-learning-lab.display");
const registry = globalThis as { [key: symbol]: unknown };
const stock = ["", "elsewhere", "tslab", "dist", "jupyter.js"].join(sep);

afterEach(() => {
  delete registry[symbol];
  delete require.cache[stock];
});

interface Sent {
  readonly content: { data: { [mime: string]: unknown }; metadata: object; transient: object };
  readonly isUpdate: boolean;
}

/** Stand in for the kernel: collects what is published. */
function listen(): Sent[] {
  const sent: Sent[] = [];
  registry[symbol] = (content: Sent["content"], isUpdate: boolean) =>
    sent.push({ content, isUpdate });
  return sent;
}

test("outside Jupyter nothing is shown and the figure comes back", () => {
  assert.equal(inJupyter(), false);
  const figure = { data: [{ type: "bar", y: [1] }], layout: {} };
  assert.equal(show(figure), figure);
  assert.equal(display({ "text/plain": "x" }), false);
});

test("one output: the figure as an object, and a line of text", () => {
  const sent = listen();
  plt.plot([1, 2]);
  assert.equal(plt.show(), undefined);
  assert.equal(sent.length, 1);
  const [{ content, isUpdate }] = sent;
  assert.equal(isUpdate, false);
  assert.deepEqual(Object.keys(content.data).sort(), [plotlyMime, "text/plain"]);
  const figure = content.data[plotlyMime] as { data: object[]; layout: object; config: object };
  assert.equal(typeof figure, "object");
  assert.deepEqual(Object.keys(figure), ["data", "layout", "config"]);
  assert.equal(content.data["text/plain"], "1 line");
  assert.deepEqual([content.metadata, content.transient], [{}, {}]);
});

test("a plain Plotly figure is shown as it is", () => {
  const sent = listen();
  assert.equal(show({ data: [{ type: "bar", y: [1] }, {}], layout: {} }), undefined);
  assert.equal(sent[0].content.data["text/plain"], "chart with 2 traces");
});

test("displays can be named and updated", () => {
  const sent = listen();
  assert.equal(display({ "text/plain": "a" }, { id: "live" }), true);
  display({ "text/plain": "b" }, { id: "live", update: true });
  assert.deepEqual(
    sent.map((s) => [s.content.transient, s.isUpdate]),
    [
      [{ display_id: "live" }, false],
      [{ display_id: "live" }, true],
    ],
  );
});

test("a stock tslab kernel is found where it is loaded", () => {
  const sent: unknown[] = [];
  const lastWriteDisplayData = (content: unknown, update: boolean) => sent.push([content, update]);
  require.cache[stock] = { exports: { lastWriteDisplayData } } as unknown as NodeModule;
  assert.equal(inJupyter(), true);
  display({ "text/plain": "a" });
  assert.deepEqual(sent, [[{ data: { "text/plain": "a" }, metadata: {}, transient: {} }, false]]);
  require.cache[stock] = { exports: { lastWriteDisplayData: null } } as unknown as NodeModule;
  assert.equal(inJupyter(), false, "a tslab that runs no kernel does not count");
});

test("a chart as a cell's last expression shows itself, elsewhere its words", () => {
  const chart = plt.heatMap([[1]]);
  const rich = (chart as unknown as { [key: symbol]: () => { [mime: string]: unknown } })[
    Symbol.for("Jupyter.display")
  ]();
  assert.deepEqual((rich[plotlyMime] as { data: unknown }).data, chart.data);
  assert.equal(rich["text/plain"], "heat map of 1 row and 1 column");
  assert.equal(inspect(chart), chart.alt);
  assert.equal(String(chart), chart.alt);
});
