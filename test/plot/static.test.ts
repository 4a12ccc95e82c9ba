// The step after execution puts a picture beside every chart, and only where it must.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as torch from "../../src/index";
import { plt } from "../../src/index";
import { bundleOf, type Figure } from "../../src/plot/chart";

interface Output {
  output_type: string;
  data: { [mime: string]: unknown };
  metadata: { [key: string]: { [key: string]: unknown } };
}
interface Notebook {
  cells: { cell_type: string; outputs?: Output[] }[];
}
interface Pictures {
  addStaticPictures(notebook: Notebook, previous?: Notebook): Promise<number>;
  drawPicture(figure: Figure): Promise<{ png: string; width: number; height: number }>;
}

const load = () => import("../../jupyter/static/pictures.mjs" as string) as Promise<Pictures>;

function output(figure: Figure): Output {
  const data = JSON.parse(JSON.stringify(bundleOf(figure)));
  return { output_type: "display_data", data, metadata: {} };
}

function chart(y: number[], title = ""): Figure {
  plt.plot(y);
  plt.title(title);
  return plt.show() ?? assert.fail();
}

function notebook(...figures: Figure[]): Notebook {
  return {
    cells: [
      { cell_type: "markdown" },
      { cell_type: "code", outputs: figures.map(output) },
      { cell_type: "code", outputs: [{ output_type: "stream" } as Output] },
    ],
  };
}

const pngOf = ({ cells }: Notebook, i = 0) => cells[1].outputs?.[i].data["image/png"] as string;

test("each chart gets its picture, once", async () => {
  const { addStaticPictures } = await load();
  const book = notebook(chart([1, 2]), chart([2, 1]));
  assert.equal(await addStaticPictures(book), 2);
  const [first] = book.cells[1].outputs ?? [];
  assert.deepEqual(Object.keys(first.data), [
    "application/vnd.plotly.v1+json",
    "image/png",
    "text/plain",
  ]);
  assert.deepEqual(first.metadata["image/png"], { height: 400, width: 640 });
  const png = Buffer.from(pngOf(book), "base64");
  assert.equal(png.subarray(1, 4).toString(), "PNG");
  assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [640, 400]);
  const before = JSON.stringify(book);
  assert.equal(await addStaticPictures(book), 0);
  assert.equal(JSON.stringify(book), before);
});

test("drawn anew when the figure changed, and the same each time", async () => {
  const { addStaticPictures } = await load();
  const book = notebook(chart([1, 2]));
  await addStaticPictures(book);
  const png = pngOf(book);
  const [one] = book.cells[1].outputs ?? [];
  one.data["application/vnd.plotly.v1+json"] = output(chart([1, 3])).data[
    "application/vnd.plotly.v1+json"
  ];
  assert.equal(await addStaticPictures(book), 1);
  assert.notEqual(pngOf(book), png);
  const again = notebook(chart([1, 2]));
  await addStaticPictures(again);
  assert.equal(pngOf(again), png);
});

test("a picture that a viewer put there is replaced", async () => {
  const { addStaticPictures } = await load();
  const book = notebook(chart([1, 2]));
  await addStaticPictures(book);
  const png = pngOf(book);
  const [one] = book.cells[1].outputs ?? [];
  one.data["image/png"] = "iVBORw0KGgo=";
  assert.equal(await addStaticPictures(book), 1);
  assert.equal(pngOf(book), png);
});

test("after another run the earlier picture of the same figure is taken", async () => {
  const { addStaticPictures } = await load();
  const before = notebook(chart([1, 2]));
  await addStaticPictures(before);
  const [kept] = before.cells[1].outputs ?? [];
  // saved by nbformat: sorted keys, long strings in lines
  kept.data["image/png"] = [pngOf(before).slice(0, 100), pngOf(before).slice(100)];
  const after = notebook(chart([1, 2]), chart([5, 6]));
  assert.equal(await addStaticPictures(after, before), 1);
  assert.equal(pngOf(after), (kept.data["image/png"] as string[]).join(""));
});

test("pictures are small, whatever the chart", async () => {
  const { drawPicture } = await load();
  const grey = Array.from({ length: 18 }, (_, k) =>
    Array.from({ length: 28 }, (_, y) => Array.from({ length: 28 }, (_, x) => (x * y * k) % 256)),
  );
  const points = Array.from({ length: 1000 }, (_, i) => Math.sin(i * i));
  plt.scatter(points, [...points].reverse(), { c: points.map((_, i) => i % 3) });
  for (const figure of [plt.showImages(grey), plt.show() as Figure]) {
    const { png } = await drawPicture(figure);
    assert.ok(png.length < 200000, `${png.length}`);
  }
});

test("letters are drawn: a title changes the picture", async () => {
  const { drawPicture } = await load();
  const [none, latin] = [await drawPicture(chart([1])), await drawPicture(chart([1], "Title"))];
  assert.notEqual(none.png, latin.png);
});

test("the picture of a graph, an SVG, gets its PNG as well", async () => {
  const { addStaticPictures } = await load();
  const x = torch.ones(1, { requires_grad: true });
  const graph = plt.graph(x.exp(), { names: { 输入: x } });
  const book = notebook();
  const data = { "image/svg+xml": graph.svg.match(/[^>]*>/g) as unknown, "text/plain": graph.text };
  book.cells[1].outputs = [{ output_type: "display_data", data, metadata: {} }];
  assert.equal(await addStaticPictures(book), 1);
  const [output] = book.cells[1].outputs;
  const { width, height } = output.metadata["image/png"] as { width: number; height: number };
  assert.ok(graph.svg.includes(` width="${width}" height="${height}" `));
  const png = Buffer.from(pngOf(book), "base64");
  assert.equal(png.readUInt32BE(16), width);
  assert.equal(await addStaticPictures(book), 0, "in one string or in lines it is the same SVG");
  output.data["image/svg+xml"] = graph.svg;
  assert.equal(await addStaticPictures(book), 0);
});
