// The picture of a graph shows what autograd recorded, and as cut what it did not.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { JSDOM } from "jsdom";
import * as torch from "../../src/index";
import { expr, plt, RuntimeError, TypeError, ValueError } from "../../src/index";
import { describe } from "../../src/plot/graph/describe";
import { layOut } from "../../src/plot/graph/layout";
import { inCell } from "./kernel";

/** Exercise 3: y3 = x² + x³, the cube computed without recording. */
function exercise() {
  const x = torch.ones(1, 1, { requires_grad: true });
  const y1 = expr`${x} ** 2`;
  const y2 = torch.no_grad(() => expr`${x} ** 3`);
  const y3 = expr`${y1} + ${y2}`;
  return { x, y1, y2, y3 };
}

/** The links as "from>to", dotted where cut. */
function linksOf(t: torch.Tensor, names: { [name: string]: torch.Tensor } = {}): string[] {
  const { cards, links } = describe(t, names, 60);
  const label = (i: number) => cards[i].name || cards[i].lines[0];
  return links
    .map(({ from, to, isCut }) => `${label(from)}${isCut ? "┄" : ">"}${label(to)}`)
    .sort();
}

function parse(svg: string): Document {
  const { window } = new JSDOM(svg, { contentType: "image/svg+xml" });
  assert.equal(window.document.querySelector("parsererror"), null);
  return window.document;
}

const words = (document: Document) =>
  [...document.querySelectorAll("text")].map((node) => node.textContent);

test("exercise 3: one branch recorded, one cut", () => {
  const { y3, ...others } = exercise();
  y3.mean().backward();
  assert.deepEqual(linksOf(y3, { y3, ...others }), ["x>y1", "x┄y2", "y1>y3", "y2┄y3"]);
  const picture = plt.graph(y3, { names: { y3, ...others } });
  assert.equal(
    picture.text,
    [
      "y3: AddBackward0, (1, 1)",
      "├── y1: PowBackward0, (1, 1)",
      "│   └── x: AccumulateGrad, (1, 1), x.grad = 2",
      "└╌╌ y2: Pow, no grad_fn, (1, 1) ✂",
      "    └╌╌ x: AccumulateGrad, (1, 1), x.grad = 2",
    ].join("\n"),
  );
  assert.equal(
    picture.alt,
    "graph of y3: 2 recorded steps from 1 leaf, 1 step not recorded; recorded: y1 → y3, x → y1; cut: y2 → y3, x → y2",
  );
});

test("the SVG has a card for each step, an arrow for each link, and says what it is", () => {
  const { x, y1, y2, y3 } = exercise();
  const { svg, alt } = plt.graph(y3, { names: { x, y1, y2, y3 } });
  const document = parse(svg);
  const root = document.documentElement;
  assert.deepEqual([root.getAttribute("role"), root.getAttribute("aria-label")], ["img", alt]);
  assert.equal(document.querySelectorAll("rect").length, 4);
  assert.equal(document.querySelectorAll("rect[stroke-dasharray]").length, 1);
  // Each link is a line and a head; the two cut ones are dashed and crossed.
  assert.equal(document.querySelectorAll("path").length, 4 * 2 + 2);
  assert.equal(document.querySelectorAll("path[stroke-dasharray]").length, 2);
  assert.deepEqual(
    words(document)
      .filter((text) => /^[xy]\d?$/.test(text ?? ""))
      .sort(),
    ["x", "y1", "y2", "y3"],
  );
  assert.equal(document.querySelectorAll("[id]").length, 0, "two pictures may share a page");
});

test("every card stands inside the picture and none covers another", () => {
  const w = torch.zeros(2, 1, { requires_grad: true });
  const p = torch.ones(10, 2).mm(w).sigmoid();
  const document = parse(plt.graph(p.log().add(expr`1 - ${p}`.log()).mean()).svg);
  const value = (element: Element, name: string) => Number(element.getAttribute(name));
  const [left, top, width, height] = (document.documentElement.getAttribute("viewBox") ?? "")
    .split(" ")
    .map(Number);
  const boxes = [...document.querySelectorAll("rect")].map((rect) => ({
    x: value(rect, "x"),
    y: value(rect, "y"),
    right: value(rect, "x") + value(rect, "width"),
    bottom: value(rect, "y") + value(rect, "height"),
  }));
  assert.equal(boxes.length, 8);
  for (const [i, box] of boxes.entries()) {
    assert.ok(box.x > left && box.y > top, "left and top");
    assert.ok(box.right < left + width && box.bottom < top + height, "right and bottom");
    for (const other of boxes.slice(i + 1)) {
      const apart =
        box.right < other.x || other.right < box.x || box.bottom < other.y || other.bottom < box.y;
      assert.ok(apart, "two cards overlap");
    }
  }
});

test("the same graph gives the same bytes", () => {
  const draw = () => {
    const { x, y3 } = exercise();
    return plt.graph(y3, { names: { x } }).svg;
  };
  assert.equal(draw(), draw());
});

test("names may be Chinese, and are written as text, not as markup", () => {
  const x = torch.ones(1, { requires_grad: true });
  const document = parse(plt.graph(x.exp(), { names: { "输入 <b>&": x } }).svg);
  assert.ok(words(document).includes("输入 <b>&"));
});

test("leaves show their gradients", () => {
  const w = torch.ones(2, 3, { requires_grad: true });
  const b = torch.ones(1, { requires_grad: true });
  const y = w.sum().mul(b);
  const lines = () =>
    describe(y, { w, b }, 60).cards.flatMap(({ lines: [, , grad] }) => grad ?? []);
  assert.deepEqual(lines(), ["b.grad = null", "w.grad = null"]);
  y.backward();
  assert.deepEqual(lines(), ["b.grad = 6", "w.grad: (2, 3)"]);
});

test("a step used twice is one card; both ways are drawn", () => {
  const x = torch.ones(1, { requires_grad: true });
  assert.deepEqual(linksOf(x.mul(x), { x }), ["x>MulBackward0", "x>MulBackward0"]);
  assert.equal(parse(plt.graph(x.mul(x)).svg).querySelectorAll("rect").length, 2);
});

test("detach cuts a recorded branch; what is named keeps its history", () => {
  const x = torch.ones(1, { requires_grad: true });
  const cube = x.pow(3);
  const constant = cube.detach();
  const y = x.mul(2).add(constant);
  const recorded = ["x>MulBackward0", "MulBackward0>y"];
  const unnamed = ["PowBackward0┄constant", "constant┄y"];
  assert.deepEqual(linksOf(y, { x, constant, y }), [...recorded, ...unnamed].sort());
  const named = ["cube┄constant", "x>cube", "constant┄y"];
  assert.deepEqual(linksOf(y, { x, cube, constant, y }), [...recorded, ...named].sort());
});

test("a cut branch of several steps is followed to where it started", () => {
  const x = torch.ones(1, { requires_grad: true });
  const inside = torch.no_grad(() => x.exp().mul(2).t());
  const outside = inside.add(1);
  const y = x.mul(outside);
  assert.deepEqual(linksOf(y, { x, y }), ["Add┄y", "Exp┄Mul", "Mul┄T", "T┄Add", "x>y", "x┄Exp"]);
});

test("a result without any way back is drawn as cut", () => {
  const x = torch.ones(1, { requires_grad: true });
  const y = torch.no_grad(() => x.mul(5));
  assert.equal(y.requires_grad, false);
  assert.deepEqual(linksOf(y, { x, y }), ["x┄y"]);
});

test("changes in place under no_grad are steps too", () => {
  const x = torch.ones(1, { requires_grad: true });
  const total = torch.zeros(1);
  torch.no_grad(() => total.add_(x));
  assert.deepEqual(linksOf(x.mul(total), { x, total }), [
    "total┄MulBackward0",
    "x>MulBackward0",
    "x┄total",
  ]);
});

test("constants, gradients and parameters after a step have no cut history", () => {
  const w = torch.ones(2, { requires_grad: true });
  w.mul(torch.ones(2)).sum().backward();
  assert.equal(w.grad?.cut, null);
  torch.no_grad(() => w.sub_(0.1));
  assert.equal(w.cut, null);
  assert.equal(torch.ones(2).add(1).cut, null);
  assert.deepEqual(linksOf(w.sum(), { w }), ["w>SumBackward0"]);
});

test("notes do not grow without end, and hold no tensor", () => {
  const w = torch.ones(1, { requires_grad: true });
  let average = torch.zeros(1);
  let most = 0;
  for (let i = 0; i < 500; i++) {
    average = torch.no_grad(() => average.mul(0.9).add(w.mul(0.1)));
    most = Math.max(most, average.cut?.steps ?? 0);
  }
  assert.ok(most <= 64 && most > 32, String(most));
  const held = new Set<string>();
  const open: unknown[] = [average.cut];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    held.add((next as object).constructor.name);
    open.push(...((next as { sources?: unknown[] }).sources ?? []));
  }
  assert.deepEqual([...held].sort(), ["Cut", "Object"]);
});

test("a graph too large for a picture shows its nearest steps and counts the rest", () => {
  let y: torch.Tensor = torch.ones(1, { requires_grad: true });
  for (let i = 0; i < 20000; i++) y = y.add(1);
  const { text, svg } = plt.graph(y, { limit: 3 });
  assert.deepEqual(text.split("\n").at(-1)?.trim(), "└── … 19998 more");
  assert.equal(parse(svg).querySelectorAll("rect").length, 4);
});

test("wide graphs are turned; a wish is followed", () => {
  const boxes = Array.from({ length: 6 }, () => ({ width: 150, height: 40 }));
  const arrows = [0, 1, 2, 3, 4].map((i) => ({ from: i + 1, to: i }));
  const across = layOut(boxes, arrows, { direction: "right", room: 100 });
  assert.ok(across.width > 900 && across.height < 60);
  assert.ok(across.centers[5][0] < across.centers[0][0], "inputs stand on the left");
  const down = layOut(boxes, arrows, { room: 800 });
  assert.ok(down.width < 170 && down.height > 240);
  assert.ok(down.centers[5][1] < down.centers[0][1], "inputs stand above");
  assert.deepEqual(layOut(boxes, arrows, { room: 2000 }), across);
});

test("in a cell it shows itself: SVG and text", () => {
  const picture = plt.graph(torch.ones(1, { requires_grad: true }).exp());
  const sent = inCell(() => assert.equal(picture.show(), undefined));
  assert.deepEqual(sent[0].data, { "image/svg+xml": picture.svg, "text/plain": picture.text });
  const rich = picture as unknown as { [key: symbol]: () => object };
  assert.deepEqual(rich[Symbol.for("Jupyter.display")](), sent[0].data);
  assert.equal(inspect(picture), picture.text);
  assert.equal(picture.show(), picture, "outside Jupyter it comes back");
});

test("what cannot be drawn is refused", () => {
  const constant = torch.ones(1);
  assert.throws(
    () => plt.graph(constant),
    (e: unknown) =>
      e instanceof RuntimeError &&
      e.message === "element 0 of tensors does not require grad and does not have a grad_fn" &&
      /no graph to draw/.test(e.hint ?? ""),
  );
  const y = torch.ones(1, { requires_grad: true }).exp();
  assert.throws(() => plt.graph(y, { limit: 0 }), ValueError);
  assert.throws(() => plt.graph(3 as unknown as torch.Tensor), TypeError);
  const names = { y: 3 as unknown as torch.Tensor };
  assert.throws(() => plt.graph(y, { names }), /names\.y must be Tensor, not int/);
});

test("an interrupt ends the drawing", () => {
  const symbol = Symbol.for("deep-learning-lab.interrupt");
  const registry = globalThis as { [key: symbol]: unknown };
  registry[symbol] = new Int32Array([1]);
  try {
    const y = torch.ones(1, { requires_grad: true }).exp();
    assert.throws(() => plt.graph(y), { name: "KeyboardInterrupt" });
  } finally {
    delete registry[symbol];
  }
});
