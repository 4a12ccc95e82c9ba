// Figures hold the data points they were given, and wrong input gets matplotlib's sentences.

import assert from "node:assert/strict";
import { test } from "node:test";
import ndarray from "ndarray";
import { plt, tensor } from "../../src/index";
import type { Figure } from "../../src/plot/chart";
import { countOf, drawn } from "./plotly";

type Any = { [key: string]: unknown };

/** The current figure, which is dropped. */
function shown(): { data: Any[]; layout: Any } {
  const figure: Figure = plt.show() ?? assert.fail("no figure");
  return { data: figure.data as Any[], layout: figure.layout as Any };
}

const refusal = (name: string, message: string | RegExp) => ({ name, message });

test("points as given: tensors, ndarrays, typed arrays and lists", () => {
  const y = [1, 4, 9];
  for (const x of [
    tensor([1, 2, 3]),
    tensor([1, 2, 3]).numpy(),
    Float64Array.of(1, 2, 3),
    [1, 2, 3],
  ]) {
    plt.scatter(x, y);
    const [trace] = shown().data;
    assert.deepEqual([trace.x, trace.y], [[1, 2, 3], y]);
  }
  plt.scatter(
    tensor([
      [1, 2],
      [3, 4],
    ]).t(),
    ndarray(Float64Array.of(5, 6, 7, 8), [2, 2]).transpose(1, 0),
  );
  const [trace] = shown().data;
  assert.deepEqual(
    [trace.x, trace.y],
    [
      [1, 3, 2, 4],
      [5, 7, 6, 8],
    ],
  );
});

test("a column of a matrix, as the logistic regression draws it", () => {
  const features = tensor([
    [1.5, 2],
    [3, 4],
    [-5, 6],
  ]);
  const labels = tensor([0, 1, 1]);
  plt.scatter(features.index(":", 0), features.index(":", 1), {
    c: labels,
    s: 100,
    lw: 0,
    cmap: "RdYlGn",
  });
  const { data, layout } = shown();
  assert.deepEqual(
    data.map((t) => [t.name, t.x, t.y]),
    [
      ["0", [1.5], [2]],
      ["1", [3, -5], [4, 6]],
    ],
  );
  const markers = data.map((t) => t.marker as Any);
  assert.deepEqual(
    markers.map((m) => m.color),
    ["#a50026", "#006837"],
  );
  assert.deepEqual(
    markers.map((m) => m.symbol),
    ["circle", "diamond"],
  );
  assert.deepEqual(
    markers.map((m) => m.size),
    [13.3333, 13.3333],
  );
  assert.equal(layout.showlegend, true);
});

test("as many marks as points are drawn", async () => {
  const x = Array.from({ length: 37 }, (_, i) => i);
  plt.scatter(
    x,
    x.map((v) => v * v),
    { c: x.map((v) => v % 3) },
  );
  plt.plot(x, x, "s");
  const svg = await drawn(plt.show() as Figure);
  assert.equal(countOf(svg, /<path class="point"/g), 74);
});

test("classes may be named, and many different numbers are a scale", () => {
  plt.scatter([1, 2, 3], [1, 2, 3], { c: [5, 9, 5], label: ["five", "nine"] });
  assert.deepEqual(
    shown().data.map((t) => t.name),
    ["five", "nine"],
  );
  const many = Array.from({ length: 11 }, (_, i) => i);
  plt.scatter(many, many, { c: many });
  const { data } = shown();
  assert.equal(data.length, 1);
  assert.deepEqual((data[0].marker as Any).color, many);
  assert.equal((data[0].marker as Any).showscale, true);
});

test("numbers are rounded to six digits and what cannot be drawn is a gap", () => {
  plt.plot([0.1 + 0.2, 1 / 3, 123456789, 1e-9 / 3], [Number.NaN, Number.POSITIVE_INFINITY, -0, 5]);
  const [trace] = shown().data;
  assert.deepEqual(trace.x, [0.3, 0.333333, 123457000, 3.33333e-10]);
  assert.deepEqual(trace.y, [null, null, 0, 5]);
});

test("lines: formats, names, styles", () => {
  plt.plot([1, 2]);
  plt.plot([1, 2], [3, 4], "r--", { label: "a", lw: 3 });
  plt.plot([1, 2], "go");
  plt.plot(tensor([1, 2]), tensor([3, 4]), "C4-.^");
  const lines = shown().data.map((t) => [
    t.mode,
    t.x,
    (t.line as Any)?.dash,
    (t.marker as Any)?.symbol,
  ]);
  assert.deepEqual(lines, [
    ["lines", [0, 1], "solid", undefined],
    ["lines", [1, 2], "dash", undefined],
    ["markers", [0, 1], undefined, "circle"],
    ["lines+markers", [1, 2], "dashdot", "triangle-up"],
  ]);
});

test("series take colours in turn", () => {
  plt.plot([1]);
  plt.plot([2]);
  plt.scatter([1], [1]);
  const { data } = shown();
  const colors = [
    (data[0].line as Any).color,
    (data[1].line as Any).color,
    (data[2].marker as Any).color,
  ];
  assert.equal(new Set(colors).size, 3);
});

test("histograms count as NumPy does", () => {
  // np.histogram([0, .1, .2, .25, .3, .5, .7, 1, 1], bins=4) → [3, 2, 2, 2]
  const samples = [0, 0.1, 0.2, 0.25, 0.3, 0.5, 0.7, 1, 1];
  plt.hist(samples, { bins: 4 });
  const [trace] = shown().data;
  assert.deepEqual(trace.y, [3, 2, 2, 2]);
  assert.deepEqual(trace.x, [0.125, 0.375, 0.625, 0.875]);
  // with density=True → [1.33333333, 0.88888889, 0.88888889, 0.88888889]
  plt.hist(tensor(samples).numpy(), { bins: 4, density: true });
  assert.deepEqual(shown().data[0].y, [1.33333, 0.888889, 0.888889, 0.888889]);
  // np.histogram([1, 2, 2, 9], bins=[0, 2, 3]) → [1, 2]
  plt.hist([1, 2, 2, 9], { bins: [0, 2, 3] });
  assert.deepEqual(shown().data[0].y, [1, 2]);
  plt.hist([5, 5, Number.NaN], 2);
  assert.deepEqual(shown().data[0].y, [0, 2]);
  plt.hist([1, 2, 3, 4], { bins: 2, range: [2, 4] });
  assert.deepEqual(shown().data[0].y, [1, 2]);
});

test("bands go there and back, without the points where one edge is missing", () => {
  plt.fill_between([1, 2, 3], [0, Number.NaN, 2], 5);
  const [trace] = shown().data;
  assert.deepEqual(
    [trace.x, trace.y],
    [
      [1, 3, 3, 1],
      [0, 2, 5, 5],
    ],
  );
});

test("pictures: row 0 at the top, square cells", () => {
  plt.imshow(
    tensor([
      [1, 2],
      [3, 4],
    ]),
    { vmin: 0 },
  );
  const { data, layout } = shown();
  assert.deepEqual(
    [data[0].z, data[0].zmin, data[0].zmax],
    [
      [
        [1, 2],
        [3, 4],
      ],
      0,
      4,
    ],
  );
  assert.equal((layout.yaxis as Any).autorange, "reversed");
  assert.equal((layout.yaxis as Any).scaleanchor, "x");
});

test("titles, labels, limits and logarithmic axes", () => {
  plt.plot([1, 10, 100]);
  plt.title("T");
  plt.xlabel("X");
  plt.ylabel("Y");
  plt.xlim(0, 2);
  plt.yscale("log");
  plt.ylim([1, 1000]);
  plt.text(1, 10, "ten");
  plt.axhline(100);
  const { layout } = shown();
  const [x, y] = [layout.xaxis as Any, layout.yaxis as Any];
  assert.deepEqual(
    [(layout.title as Any).text, (x.title as Any).text, (y.title as Any).text],
    ["T", "X", "Y"],
  );
  assert.deepEqual([x.range, y.type, y.range], [[0, 2], "log", [0, 3]]);
  const [note] = layout.annotations as Any[];
  assert.deepEqual([note.x, note.y], [1, 1]);
  const [line] = layout.shapes as Any[];
  assert.deepEqual([line.y0, line.y1, line.xref], [100, 100, "x domain"]);
});

test("the legend: for classes by itself, for series when asked, each name once", () => {
  plt.plot([1], { label: "a" });
  assert.equal(shown().layout.showlegend, false);
  const [, axes] = plt.subplots(1, 2);
  for (const one of axes) {
    one.plot([1], { label: "a" });
    one.legend();
  }
  const { data, layout } = shown();
  assert.deepEqual([layout.showlegend, data.map((t) => t.showlegend)], [true, [true, false]]);
});

test("show starts anew, and so do figure and subplots", () => {
  plt.plot([1, 2]);
  plt.show();
  assert.equal(shown().data.length, 0);
  plt.plot([1]);
  plt.figure();
  assert.equal(shown().data.length, 0);
  const [, axes] = plt.subplots(2, 3);
  assert.equal(axes.length, 6);
  assert.equal(plt.gca(), axes[0]);
  plt.figure();
  assert.throws(() => plt.sca(axes[0]), /belong to another figure/);
});

test("the figure says in words what it shows", () => {
  plt.scatter([1, 2], [3, 4], { c: [0, 1] });
  plt.title("Blobs");
  plt.xlabel("x1");
  const figure = plt.show() ?? assert.fail();
  assert.equal(figure.alt, "Blobs: scatter chart of 2 points in 2 groups (0, 1); x: x1");
  plt.plot([1]);
  assert.equal(plt.show({ alt: "one line" })?.alt, "one line");
});

test("wrong input is refused with matplotlib's sentences", () => {
  const value = (message: string | RegExp) => refusal("ValueError", message);
  assert.throws(() => plt.scatter([1, 2], [1]), value("x and y must be the same size"));
  assert.throws(
    () => plt.scatter([1, 2], [1, 2], { c: [1, 2, 3] }),
    value("'c' argument has 3 elements, which is inconsistent with 'x' and 'y' with size 2."),
  );
  assert.throws(
    () => plt.scatter([1, 2], [1, 2], { s: [1, 2, 3] }),
    value("s must be a scalar, or float array-like with the same size as x and y"),
  );
  assert.throws(
    () => plt.plot([1, 2, 3], [1, 2]),
    value("x and y must have same first dimension, but have shapes (3,) and (2,)"),
  );
  assert.throws(
    () =>
      plt.plot([
        [1, 2],
        [3, 4],
      ] as never),
    value(/y has shape \(2, 2\)/),
  );
  assert.throws(
    () => plt.plot([1], "r?"),
    value("'r?' is not a valid format string (unrecognized character '?')"),
  );
  assert.throws(
    () => plt.scatter([1], [1], { marker: "§" }),
    value("Unrecognized marker style '§'"),
  );
  assert.throws(
    () => plt.scatter([1], [1], { c: [1], cmap: "rainbows" }),
    value("'rainbows' is not a valid value for cmap"),
  );
  assert.throws(() => plt.plot([1], { ls: "~" }), value("'~' is not a valid value for ls"));
  assert.throws(
    () => plt.imshow([1, 2, 3] as never),
    refusal("TypeError", "Invalid shape (3,) for image data"),
  );
  assert.throws(
    () => plt.imshow([[1, 2], [3]]),
    refusal("TypeError", /rows have different lengths/),
  );
  assert.throws(
    () => plt.hist([1], { bins: 0 }),
    value("`bins` must be positive, when an integer"),
  );
  assert.throws(
    () => plt.hist([1], { bins: [2, 1] }),
    value("`bins` must increase monotonically, when an array"),
  );
  assert.throws(
    () => plt.hist([1], { range: [2, 1] }),
    value("max must be larger than min in range parameter."),
  );
  assert.throws(
    () => plt.bar([1, 2, 3], [1, 2]),
    value(
      "shape mismatch: objects cannot be broadcast to a single shape.  Mismatch is between arg 0 with shape (3,) and arg 1 with shape (2,).",
    ),
  );
  assert.throws(
    () => plt.fill_between([1, 2], [1, 2, 3]),
    value("'y1' has size 3, but 'x' has an unequal size of 2"),
  );
  assert.throws(() => plt.xlim(1), value(/xlim needs two finite numbers/));
  assert.throws(
    () => plt.yscale("cubic" as never),
    value(/'cubic' is not a valid value for scale/),
  );
  assert.throws(() => plt.axis("square" as never), value(/Unrecognized string 'square' to axis/));
  assert.throws(
    () => plt.figure({ figsize: [0, 3] }),
    value("figure size must be positive finite not (0, 3)"),
  );
  assert.throws(() => plt.subplots(0, 1), value(/must be positive integers/));
  assert.throws(
    () => plt.plot("abc" as never),
    refusal("TypeError", /y: a string is not an array of numbers/),
  );
  assert.throws(
    () => plt.scatter(["a"] as never, [1]),
    refusal("TypeError", /x: a string is not a number/),
  );
  assert.throws(
    () => plt.scatter(null as never, [1]),
    refusal("TypeError", /x: null is not an array of numbers/),
  );
  assert.equal(shown().data.length, 0, "a refused series leaves no trace");
});
