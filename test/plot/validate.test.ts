// Every function of plt makes figures that plotly.js accepts whole, and the same ones each time.

import assert from "node:assert/strict";
import { basename } from "node:path";
import { test } from "node:test";
import { allNotebooks } from "../../jupyter/notebook/find.mjs";
import { readNotebook } from "../../jupyter/notebook/format.mjs";
import { plt, type Tensor } from "../../src/index";
import type { Figure } from "../../src/plot/chart";
import { asJson, drawn, faults } from "./plotly";

const wave = (n: number) => Array.from({ length: n }, (_, i) => Math.sin(i / 3) * (i % 7));
const table = (rows: number, columns: number) =>
  Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => i * j - 3));
const pictures = Array.from({ length: 4 }, (_, k) =>
  table(5, 6).map((row) => row.map((v) => v * k)),
);
const captions = { title: "标题 Title", xlabel: "x", ylabel: "y" };
const points = [
  [0, 1],
  [1, 0],
  [2, 2],
  [-1, -2],
];

/** Draw, and give the figure that `show` gives outside Jupyter. */
function sheet(draw: () => void): () => Figure {
  return () => {
    draw();
    return plt.show() ?? assert.fail("show gave no figure");
  };
}

const firstColumn = (p: Tensor) => p.select(1, 0);

/** The picture of a graph is an SVG laid out by Graphviz, no Plotly figure; graph.test.ts judges it. */
type FigureMakers = Omit<typeof plt, "graph" | "GraphPicture">;

/** For each function of plt at least one figure that uses it. */
const cases: { [K in keyof FigureMakers]: (() => Figure)[] } = {
  scatter: [
    sheet(() => plt.scatter(wave(20), wave(20))),
    sheet(() => plt.scatter(wave(4), wave(4), { c: [0, 1, 0, 1], s: 100, lw: 0, cmap: "RdYlGn" })),
    sheet(() => plt.scatter(wave(4), wave(4), { c: wave(4), cmap: "viridis", alpha: 0.5 })),
    sheet(() =>
      plt.scatter(wave(3), wave(3), { c: ["r", "g", "#123456"], s: [1, 4, 9], marker: "^" }),
    ),
    sheet(() => plt.scatter(wave(3), wave(3), { c: "C1", label: "points" })),
  ],
  plot: [
    sheet(() => plt.plot(wave(9))),
    sheet(() => plt.plot([1, 2], [3, Number.NaN], "ro--", { label: "a" })),
    sheet(() => plt.plot([1, 2], [3, 4], "o")),
  ],
  fill_between: [sheet(() => plt.fill_between([1, 2], [0, 1], [2, 3], { label: "band" }))],
  hist: [sheet(() => plt.hist(wave(50), { bins: 7, density: true, label: "h" }))],
  bar: [
    sheet(() => plt.bar(["a", "b"], [1, 2])),
    sheet(() => plt.bar([1, 2], [1, 2], { label: "b" })),
  ],
  barh: [sheet(() => plt.barh(["a", "b"], [1, 2]))],
  imshow: [sheet(() => plt.imshow(table(3, 4), { colorbar: true, cmap: "gray" }))],
  title: [sheet(() => plt.title("t"))],
  suptitle: [sheet(() => plt.suptitle("t"))],
  xlabel: [sheet(() => plt.xlabel("时间"))],
  ylabel: [sheet(() => plt.ylabel("y"))],
  legend: [
    sheet(() => {
      plt.plot(wave(3));
      plt.legend(["one"]);
    }),
  ],
  xlim: [sheet(() => plt.xlim(0, 1))],
  ylim: [sheet(() => plt.ylim([0, 1]))],
  xscale: [
    sheet(() => {
      plt.plot([1, 10, 100], [1, 2, 3]);
      plt.xscale("log");
      plt.xlim(1, 100);
    }),
  ],
  yscale: [
    sheet(() => {
      plt.plot([1, 10, 100]);
      plt.yscale("log");
      plt.text(1, 10, "ten");
    }),
  ],
  xticks: [
    sheet(() => {
      plt.plot(wave(3));
      plt.xticks([0, 2], ["zero", "two"]);
    }),
  ],
  yticks: [
    sheet(() => {
      plt.plot(wave(3));
      plt.yticks([0, 1]);
    }),
  ],
  axis: [
    sheet(() => {
      plt.plot(wave(3));
      plt.axis("equal");
    }),
    sheet(() => {
      plt.imshow(table(2, 2));
      plt.axis("off");
    }),
  ],
  axvline: [
    sheet(() => {
      plt.plot(wave(3));
      plt.axvline(1, { ls: "--", label: "here" });
      plt.legend();
    }),
  ],
  axhline: [
    sheet(() => {
      plt.plot(wave(3));
      plt.axhline(1);
    }),
  ],
  text: [
    sheet(() => {
      plt.plot(wave(3));
      plt.text(1, 1, "这里", { ha: "center", va: "top", color: "r", fontsize: 10 });
    }),
  ],
  figure: [sheet(() => plt.figure({ figsize: [5, 3] }))],
  subplots: [
    sheet(() => {
      const [fig, axes] = plt.subplots(2, 2);
      axes[0].plot(wave(4), { label: "a" });
      axes[1].imshow(table(2, 3), { colorbar: true });
      axes[2].hist(wave(9), 4);
      axes[3].scatter(wave(4), wave(4), { c: [1, 2, 1, 2] });
      axes[3].axvline(1);
      axes[1].set_title("panel");
      fig.suptitle("all");
    }),
  ],
  gca: [sheet(() => plt.gca().plot(wave(3)))],
  sca: [
    sheet(() => {
      const [, axes] = plt.subplots(1, 2);
      plt.sca(axes[1]);
      plt.plot(wave(3));
    }),
  ],
  gcf: [() => plt.gcf()],
  show: [() => plt.show({ alt: "nothing at all" }) ?? assert.fail()],
  showImages: [
    () => plt.showImages(pictures),
    () =>
      plt.showImages(pictures, {
        titles: ["a", "b", "c", "d"],
        title: "衣服",
        columns: 2,
        colorbar: true,
      }),
  ],
  weightPictures: [() => plt.weightPictures(table(9, 4), { titles: ["a", "b", "c", "d"] })],
  heatMap: [
    () => plt.heatMap(table(2, 3), captions),
    () => plt.heatMap([1, 2, Number.NaN], { digits: false, colorbar: true }),
  ],
  confusionMatrix: [() => plt.confusionMatrix(table(3, 3), ["a", "b", "c"], captions)],
  lossSurface: [
    () =>
      plt.lossSurface((a, b) => a * a + b, {
        ...captions,
        xlim: [-1, 1],
        ylim: [0, 2],
        resolution: 5,
        paths: [{ name: "path", x: [0, 1], y: [1, 2] }],
      }),
  ],
  decisionRegions: [
    () =>
      plt.decisionRegions((p) => firstColumn(p).sigmoid(), points, [0, 1, 1, 0], { resolution: 5 }),
    () =>
      plt.decisionRegions((p) => p, points, [0, 1, 1, 0], { resolution: 5, label: ["no", "yes"] }),
  ],
  histogramWithDensity: [
    () => plt.histogramWithDensity(wave(90), (x) => Math.exp(-x * x), captions),
  ],
  bandedLines: [
    () => plt.bandedLines([1, 2], [{ name: "a", y: [1, 2], low: [0, 1], high: [2, 3] }], captions),
  ],
};

for (const [name, makers] of Object.entries(cases)) {
  makers.forEach((make, k) => {
    test(`plt.${name}, figure ${k + 1}`, async () => {
      const figure = make();
      assert.deepEqual(await faults(figure), []);
      assert.deepEqual(asJson(make()), asJson(figure), "the same figure each time");
      const text = JSON.stringify(figure);
      assert.doesNotMatch(text, /"uid"|"bdata"|NaN|Infinity/);
      const { width, height, meta } = figure.layout as {
        width: number;
        height: number;
        meta: { alt: string };
      };
      assert.ok(width > 0 && width <= 640 && height > 0, `${width} × ${height}`);
      assert.match(meta.alt, /^[^\n]+$/);
      for (const number of text.match(/-?\d+\.\d+(e-?\d+)?/g) ?? []) {
        assert.ok(
          Number(Number(number).toPrecision(6)) === Number(number),
          `${number} is not rounded`,
        );
      }
    });
  });
}

test("the judge refuses keys and values that plotly.js does not know", async () => {
  const [make] = cases.plot;
  const { data, layout } = make?.() ?? assert.fail();
  const wrong = { data: [{ ...data[0], mode: "wild" }], layout: { ...layout, nonsense: 1 } };
  assert.equal((await faults(wrong as Figure)).length, 2);
});

for (const file of allNotebooks()) {
  test(`${basename(file)}: plotly.js accepts every figure that is saved in it`, async () => {
    const outputs = readNotebook(file).cells.flatMap((cell) => cell.outputs ?? []);
    const figures = outputs.flatMap(({ data }) => data?.["application/vnd.plotly.v1+json"] ?? []);
    for (const figure of figures) assert.deepEqual(await faults(figure), []);
  });
}

test("figures can be drawn", async () => {
  for (const make of [cases.subplots[0], cases.decisionRegions[0], cases.weightPictures[0]]) {
    assert.match(await drawn(make()), /^<svg/);
  }
});
