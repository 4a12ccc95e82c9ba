// The methods of one pair of axes: each says to the figure what its twin in matplotlib says.

import assert from "node:assert/strict";
import { test } from "node:test";
import { plt } from "../../src/index";
import { Axes } from "../../src/plot/axes";
import { Chart } from "../../src/plot/chart";

type Parts = Record<string, Record<string, unknown>>;

/** The layout of the second of two pairs of axes after `change`. */
function layoutAfter(change: (axes: Axes) => void): Parts {
  const [, [, right]] = plt.subplots(1, 2);
  assert.ok(right instanceof Axes);
  right.plot([1, 10, 100]);
  change(right);
  const figure = plt.show();
  assert.ok(figure instanceof Chart);
  return figure.layout as Parts;
}

test("names of the axes", () => {
  const { xaxis2, yaxis2 } = layoutAfter((axes) => {
    axes.set_xlabel("epoch");
    axes.set_ylabel("loss");
  });
  assert.deepEqual(
    [xaxis2.title, yaxis2.title].map((title) => (title as { text: string }).text),
    ["epoch", "loss"],
  );
});

test("ends and scales: a logarithmic axis has its ends as powers of ten", () => {
  const { xaxis2, yaxis2 } = layoutAfter((axes) => {
    axes.set_xlim([0, 5]);
    axes.set_ylim(1, 1000);
    axes.set_yscale("log");
    axes.set_xscale("linear");
  });
  assert.deepEqual([xaxis2.range, yaxis2.type, yaxis2.range], [[0, 5], "log", [0, 3]]);
});

test("marks and their words", () => {
  const { xaxis2, yaxis2 } = layoutAfter((axes) => {
    axes.set_xticks([0, 2], ["first", "last"]);
    axes.set_yticks([1, 100]);
  });
  assert.deepEqual(
    [xaxis2.tickvals, xaxis2.ticktext],
    [
      [0, 2],
      ["first", "last"],
    ],
  );
  assert.deepEqual(yaxis2.tickvals, [1, 100]);
});

test("what is no scale and no pair of ends is refused", () => {
  const [, [axes]] = plt.subplots();
  assert.throws(() => axes.set_xscale("square" as never), { name: "ValueError" });
  assert.throws(() => axes.set_ylim([1] as never), { name: /Error$/ });
});
