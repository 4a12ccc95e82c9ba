// t.show(): the values of a tensor as a coloured table with what lies behind them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { JSDOM } from "jsdom";
import * as torch from "../../src/index";
import { ValueError } from "../../src/index";
import { type TensorShowOptions, tensorView } from "../../src/plot/tensor";
import { inCell } from "./kernel";

function parse(t: torch.Tensor, options: TensorShowOptions = {}) {
  const { document } = new JSDOM(`<!doctype html>${tensorView(t, options).html}`).window;
  const tables = [...document.querySelectorAll("table")];
  const rowsOf = (table: Element) =>
    [...table.querySelectorAll("tr")]
      .map((row) => [...row.querySelectorAll("td")].map((cell) => cell.textContent ?? ""))
      .map((cells) => cells.filter((text) => text !== ""))
      .filter((cells) => cells.length > 0);
  const papers = [...document.querySelectorAll("td[style*=background]")].map(
    (cell) => /background-color:\s*([^;]+)/.exec(cell.getAttribute("style") ?? "")?.[1],
  );
  const facts = document.querySelector("div > div")?.textContent;
  return { document, tables, rows: tables.map(rowsOf), papers, facts };
}

test("a matrix: its values as the repr writes them, its sizes and strides", () => {
  const { rows, facts } = parse(
    torch.tensor([
      [1, 2.5],
      [-0.25, 4],
    ]),
  );
  assert.deepEqual(rows, [
    [
      ["1.0000", "2.5000"],
      ["-0.2500", "4.0000"],
    ],
  ]);
  assert.equal(facts, "shape (2, 2) · float32 · strides (2, 1) · -0.25 … 4");
});

test("views show what they are", () => {
  const turned = parse(torch.arange(6).reshape(2, 3).t());
  assert.equal(turned.facts, "shape (3, 2) · int64 · strides (1, 3) · not contiguous · 0 … 5");
  assert.deepEqual(turned.rows, [
    [
      ["0", "3"],
      ["1", "4"],
      ["2", "5"],
    ],
  ]);
  const wide = parse(torch.arange(3).expand(2, 3));
  assert.deepEqual(wide.rows, [
    [
      ["0", "1", "2"],
      ["0", "1", "2"],
    ],
  ]);
  assert.match(wide.facts ?? "", /strides \(0, 1\)/);
  const part = parse(torch.arange(10).index("4:6"));
  assert.match(part.facts ?? "", /strides \(1,\) · offset 4/);
  assert.deepEqual(part.rows, [[["4", "5"]]]);
});

test("no dimension, one, and none to show", () => {
  const zero = parse(torch.tensor(3.5));
  assert.deepEqual(zero.rows, [[["3.5000"]]]);
  assert.equal(zero.facts, "shape () · float32 · strides ()");
  assert.deepEqual(parse(torch.tensor([1, 2])).rows, [[["1", "2"]]]);
  const empty = parse(torch.zeros(0, 3));
  assert.equal(empty.tables.length, 0);
  assert.match(empty.document.body.textContent ?? "", /shape \(0, 3\).*no elements/);
});

test("more than two dimensions: a table for each slice, named by its index", () => {
  const { document, rows } = parse(torch.arange(12).reshape(2, 1, 3, 2));
  assert.deepEqual(
    [...document.querySelectorAll("caption")].map((caption) => caption.textContent),
    ["[0, 0, :, :]", "[1, 0, :, :]"],
  );
  assert.deepEqual(rows[1], [
    ["6", "7"],
    ["8", "9"],
    ["10", "11"],
  ]);
});

test("large tensors are shown by their ends, as in the repr", () => {
  const { rows, document } = parse(torch.arange(20000).reshape(100, 200));
  assert.deepEqual(rows[0][0], ["0", "1", "2", "…", "197", "198", "199"]);
  assert.equal(rows[0].length, 7);
  assert.equal(rows[0][6][6], "19999");
  const heads = [...document.querySelectorAll("th[scope=row]")].map((head) => head.textContent);
  assert.deepEqual(heads, ["0", "1", "2", "…", "97", "98", "99"]);
  const long = parse(torch.arange(100));
  assert.deepEqual(long.rows, [[["0", "1", "2", "…", "97", "98", "99"]]]);
  const many = parse(torch.arange(80).reshape(40, 2));
  assert.equal(many.rows[0].length, 40, "under the limit nothing is left out");
  const slices = parse(torch.zeros(40, 2, 2));
  assert.equal(slices.tables.length, 6);
});

test("colours follow the values: around zero, from low to high, truth", () => {
  const signs = parse(torch.tensor([-2, 0, 2])).papers;
  assert.equal(new Set(signs).size, 3);
  const plain = parse(torch.tensor([1, 2, 3])).papers;
  assert.equal(new Set(plain).size, 3);
  assert.notDeepEqual(parse(torch.tensor([1, 2, 3]), { cmap: "viridis" }).papers, plain);
  const truth = parse(
    torch.tensor([
      [true, false],
      [false, true],
    ]),
  );
  assert.deepEqual(truth.rows, [
    [
      ["True", "False"],
      ["False", "True"],
    ],
  ]);
  assert.deepEqual(truth.papers[0], truth.papers[3]);
  assert.notEqual(truth.papers[0], truth.papers[1]);
  assert.equal(new Set(parse(torch.zeros(2, 2)).papers).size, 1);
});

test("each cell's letters stand out from its paper", () => {
  const luminance = (hex: string) => {
    const [r, g, b] = [1, 3, 5].map((i) => {
      const level = Number.parseInt(hex.slice(i, i + 2), 16) / 255;
      return level <= 0.04045 ? level / 12.92 : ((level + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  for (const cmap of ["Blues", "RdBu_r", "viridis"]) {
    const { html } = tensorView(torch.linspace(-1, 1, 31), { cmap });
    for (const [, paper, text] of html.matchAll(/background-color:(#\w{6});color:(#\w{6})/g)) {
      const [dark, light] = [luminance(paper), luminance(text)].sort((a, b) => a - b);
      // WCAG's bound for text of normal size.
      assert.ok((light + 0.05) / (dark + 0.05) >= 4.5, `${text} on ${paper}`);
    }
  }
});

test("nan and infinities are seen, and do not blind the other colours", () => {
  const { rows, papers, facts } = parse(
    torch.tensor([Number.NaN, 1, 2, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]),
  );
  assert.deepEqual(rows, [[["nan", "1.", "2.", "inf", "-inf"]]]);
  assert.equal(new Set(papers).size, 4, "both infinities look alike");
  assert.match(facts ?? "", / · 1 … 2 · 3 not finite$/);
  assert.equal(parse(torch.tensor([Number.NaN])).rows[0][0][0], "nan");
});

test("gradients are named, names are text", () => {
  const w = torch.ones(2, { requires_grad: true });
  assert.match(parse(w).facts ?? "", /requires_grad/);
  assert.match(parse(w.exp()).facts ?? "", /grad_fn ExpBackward0/);
  const { document } = parse(w, { name: "权重 <b>" });
  assert.equal(document.querySelector("b")?.textContent, "权重 <b>");
  assert.match(
    document.querySelector("table")?.getAttribute("aria-label") ?? "",
    /^权重 <b>: shape/,
  );
});

test("in a cell the table is shown with the repr beside it; elsewhere the view comes back", () => {
  const t = torch.tensor([1, 2]);
  const sent = inCell(() => assert.equal(t.show({ name: "t" }), undefined));
  const view = t.show({ name: "t" });
  assert.deepEqual(sent[0].data, { "text/html": view?.html, "text/plain": view?.text });
  assert.equal(view?.text, "tensor([1, 2])\nt: shape (2,), int64, strides (1,), 1 … 2");
  assert.equal(inspect(view), view?.text);
  assert.equal(inspect(t), "tensor([1, 2])", "a cell's last expression stays the repr");
});

test("an unknown colour map is refused", () => {
  assert.throws(() => torch.ones(2).show({ cmap: "rainbow" }), ValueError);
});
