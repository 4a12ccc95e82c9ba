// The charts of our own: what they show is what they were given.

import assert from "node:assert/strict";
import { test } from "node:test";
import { plt, tensor, zeros } from "../../src/index";

type Any = { [key: string]: unknown };
const first = (figure: { data: object[] }) => figure.data[0] as Any;

test("pictures lie row by row with gaps between them", () => {
  const figure = plt.showImages([[[1, 2]], [[3, 4]], [[5, 6]]], { columns: 2 });
  const z = first(figure).z as (number | null)[][];
  const lines = z.filter((line) => line.some((v) => v !== null));
  assert.deepEqual(lines, [
    [1, 2, null, null, 3, 4],
    [5, 6, null, null, null, null],
  ]);
  assert.deepEqual([first(figure).zmin, first(figure).zmax], [1, 6]);
});

test("pictures come from [n, 1, h, w] as a DataLoader gives them", () => {
  assert.equal(plt.showImages(zeros(6, 1, 28, 28)).alt, "6 pictures of 28 × 28");
  assert.throws(() => plt.showImages(zeros(28, 28)), { name: "ValueError", message: /\(28, 28\)/ });
  assert.throws(() => plt.showImages(zeros(2, 3, 4, 4)), { name: "ValueError" });
  assert.throws(() => plt.showImages(zeros(2, 4, 4), { titles: ["a"] }), /1 titles for 2 pictures/);
  assert.throws(() => plt.showImages(zeros(2, 4, 4), { columns: 0 }), /columns must be positive/);
});

test("a title stands over its picture", () => {
  const { layout, data } = plt.showImages(zeros(4, 5, 6), {
    titles: ["a", "b", "c", "d"],
    columns: 2,
  });
  const notes = (layout as Any).annotations as Any[];
  assert.deepEqual(
    notes.map((note) => note.text),
    ["a", "b", "c", "d"],
  );
  const z = (data[0] as Any).z as (number | null)[][];
  for (const { x, y } of notes as { x: number; y: number }[]) {
    assert.equal(z[Math.ceil(y)][Math.floor(x)], 0, "the picture begins right below");
    assert.equal(z[Math.ceil(y) - 1][Math.floor(x)], null, "and not above");
  }
});

test("weights: one picture a class, one scale around zero", () => {
  // two classes, four pixels: class 0 has 1 2 3 4, class 1 has −5 0 0 0
  const W = tensor([
    [1, -5],
    [2, 0],
    [3, 0],
    [4, 0],
  ]);
  const figure = plt.weightPictures(W);
  const lines = (first(figure).z as (number | null)[][]).filter((line) =>
    line.some((v) => v !== null),
  );
  assert.deepEqual(lines, [
    [1, 2, null, null, -5, 0],
    [3, 4, null, null, 0, 0],
  ]);
  assert.deepEqual([first(figure).zmin, first(figure).zmax], [-5, 5]);
  assert.throws(
    () => plt.weightPictures(zeros(5, 2)),
    /weights of shape \(5, 2\) do not make pictures/,
  );
});

test("heat maps write their numbers in the cells", () => {
  const figure = plt.heatMap([
    [1, -2.34567],
    [0, 1000000],
  ]);
  assert.deepEqual(first(figure).text, [
    ["1", "-2.346"],
    ["0", "1e+06"],
  ]);
  assert.deepEqual([first(figure).zmin, first(figure).zmax], [-1000000, 1000000]);
  assert.deepEqual(first(plt.heatMap([1, 2])).z, [[1, 2]]);
  assert.throws(() => plt.heatMap(zeros(1, 2, 3)), { name: "TypeError", message: /\(1, 2, 3\)/ });
  assert.throws(() => plt.heatMap([[1, 2]], { xnames: ["a"] }), /1 names for 2 columns/);
});

test("a confusion matrix names true and predicted classes", () => {
  const { layout } = plt.confusionMatrix(
    [
      [3, 1],
      [0, 4],
    ],
    ["yes", "no"],
  );
  const [x, y] = [(layout as Any).xaxis as Any, (layout as Any).yaxis as Any];
  assert.deepEqual([(x.title as Any).text, (y.title as Any).text], ["predicted", "true"]);
  assert.deepEqual(
    [x.ticktext, y.ticktext],
    [
      ["yes", "no"],
      ["yes", "no"],
    ],
  );
});

test("a surface holds the function's values and its paths", () => {
  const figure = plt.lossSurface((x, y) => 10 * x + y, {
    xlim: [0, 1],
    ylim: [0, 2],
    resolution: 3,
    paths: [{ name: "p", x: [0, 1], y: [2, 0] }],
  });
  assert.deepEqual(first(figure).z, [
    [0, 5, 10],
    [1, 6, 11],
    [2, 7, 12],
  ]);
  // the name that Plotly gives a trace without one is not shown
  assert.equal(first(figure).hovertemplate, "(%{x}, %{y}): %{z}<extra></extra>");
  const [, path, end] = figure.data as Any[];
  assert.deepEqual([path.name, path.x, path.y, end.x, end.y], ["p", [0, 1], [2, 0], [1], [0]]);
  assert.throws(() => plt.lossSurface(() => 0, { xlim: [1, 0], ylim: [0, 1] }), /low < high/);
  assert.throws(
    () => plt.lossSurface(() => 0, { xlim: [0, 1], ylim: [0, 1], resolution: 1 }),
    /at least 2/,
  );
});

test("decisions: the classifier is asked over the plane, in one call", () => {
  const points = [
    [0, 0],
    [1, 2],
  ];
  let calls = 0;
  const figure = plt.decisionRegions(
    (p) => {
      calls++;
      assert.deepEqual([...p.shape], [9, 2]);
      return p.select(1, 1);
    },
    points,
    [0, 1],
    { resolution: 3 },
  );
  assert.equal(calls, 1);
  const { x, y, z } = first(figure) as { x: number[]; y: number[]; z: number[][] };
  assert.deepEqual(x, [-0.08, 0.5, 1.08]);
  assert.deepEqual(
    z,
    y.map((v) => [v, v, v]),
  );
  const scores = plt.decisionRegions((p) => p, points, [0, 1], { resolution: 3 });
  const expected = y.map((v) => x.map((u) => (v > u ? 1 : 0)));
  assert.deepEqual(first(scores).z, expected, "scores become the best class");
  assert.throws(
    () => plt.decisionRegions(() => [1, 2], points, [0, 1]),
    /predict gave shape \(2,\)/,
  );
  assert.throws(() => plt.decisionRegions((p) => p, [1, 2], [0, 1]), /X must have shape \(n, 2\)/);
});

test("a histogram with its density has area 1", () => {
  const samples = Array.from({ length: 1000 }, (_, i) => (i % 100) / 10);
  const { data } = plt.histogramWithDensity(samples, () => 0.1, { bins: 25 });
  const [bars, curve] = data as { y: number[]; width: number[]; x: number[] }[];
  const area = bars.y.reduce((sum, height, i) => sum + height * bars.width[i], 0);
  assert.ok(Math.abs(area - 1) < 1e-4, `${area}`);
  assert.equal(curve.x.length, 201);
  assert.ok(curve.y.every((v) => v === 0.1));
});
