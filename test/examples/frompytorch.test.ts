// docs/from-pytorch.md names every export, names nothing else, and its lines run.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as torch from "../../src/index";
import { read } from "../house/sources";
import { scope } from "./perform";

interface Remarks {
  readonly title: string;
  readonly lines: readonly (readonly string[])[];
  readonly missing: readonly (readonly [string, string])[];
  readonly own: Readonly<Record<string, string>>;
}

const site = "../../jupyter/site";
const load = async () => {
  const { exportsBySpace, fromPyTorch, pythonNames } = await import(`${site}/frompytorch.mjs`);
  const { remarks } = (await import(`${site}/remarks.mjs`)) as { remarks: Record<string, Remarks> };
  const spaces = exportsBySpace(torch) as Record<string, string[]>;
  return { spaces, remarks, page: fromPyTorch(torch) as string, pythonNames };
};

/** The names that a section lists as here, and those that it lists as missing. */
function namesIn(section: string): { here: string[]; missing: string[] } {
  const spans = (text: string) => [...text.matchAll(/`(\w+)`/g)].map(([, name]) => name);
  const lists = section.split("\n").filter((line) => line.startsWith("**"));
  const [, gone = ""] = section.split("| not here | instead |\n| --- | --- |\n");
  return {
    here: lists.flatMap((line) =>
      line.startsWith("**Here alone**")
        ? line.split(/[:;] /).flatMap((part) => spans(part).slice(0, 1))
        : spans(line),
    ),
    missing: gone.split("\n").flatMap((row) => spans(row.split(" | ")[0])),
  };
}

test("the page is what is exported now: node --import tsx test/examples/frompytorch-page.ts", async () => {
  assert.equal(read("docs/from-pytorch.md"), (await load()).page);
});

test("every export is on the page, and every name on the page is exported", async () => {
  const { spaces, remarks } = await load();
  const sections = read("docs/from-pytorch.md").split("\n## ").slice(1);
  assert.equal(sections.length, Object.keys(spaces).length);
  for (const space of Object.keys(spaces)) {
    const title = remarks[space]?.title ?? space;
    const section = sections.find((text) => text.startsWith(`${title}\n`)) ?? "";
    assert.deepEqual(namesIn(section).here.sort(), [...spaces[space]].sort(), space);
  }
});

test("what is called missing is missing here and exists in Python", async () => {
  const { spaces, remarks, pythonNames } = await load();
  const sections = read("docs/from-pytorch.md").split("\n## ").slice(1);
  for (const [space, { title, missing }] of Object.entries(remarks)) {
    const section = sections.find((text) => text.startsWith(`${title}\n`)) ?? "";
    const named = namesIn(section).missing;
    assert.deepEqual(
      named.filter((name) => spaces[space].includes(name)),
      [],
      space,
    );
    assert.deepEqual(
      missing.flatMap(([names]) => names.split(" ")).filter((n) => !pythonNames(space).includes(n)),
      [],
      space,
    );
  }
});

test("what is called our own is exported, and is not Python's", async () => {
  const { spaces, remarks, pythonNames } = await load();
  for (const [space, { own }] of Object.entries(remarks)) {
    const wrong = Object.keys(own).filter(
      (name) =>
        !spaces[space].includes(name) ||
        (pythonNames(space).includes(name) && !own[name].includes(`not torch.${name}`)),
    );
    assert.deepEqual(wrong, [], space);
  }
});

/** What the lines of the page lean on: the first of these readings of their names that fits. */
function readings(): Record<string, unknown>[] {
  const { nn, optim, data, torchvision } = torch;
  const plain = torch.tensor([
    [0.5, 1.5],
    [2.5, -1],
  ]);
  const leaf = torch.ones(2, { requires_grad: true });
  const y = torch.tensor([0, 1]);
  const p = torch.tensor([0.25, 0.75]);
  const net = nn.Linear(2, 1);
  const loader = data.DataLoader(data.TensorDataset(plain, y), 1);
  const usual = {
    ...{ ...scope, ...torchvision, ...nn, ...optim, ...optim.lr_scheduler, F: nn.functional },
    ...{ a: plain, b: plain, w: plain, x: plain, X: plain, g: plain, y_hat: plain, y, p },
    ...{ n: 2, i: 0, j: 1, lr: 0.1, indices: [0, 1], mask: plain.gt(0), m: plain.gt(0) },
    ...{ param: nn.Parameter(plain), net, Net: nn.Flatten, ds: data.TensorDataset(plain, y) },
    ...{ loader, sgd: optim.SGD(net.parameters(), { lr: 0.1 }) },
  };
  const others = [
    { x: torch.tensor(0.5) },
    { x: leaf, y: leaf.square().sum() },
    { x: p },
    { y: p },
  ];
  return [usual, ...others.map((other) => ({ ...usual, ...other }))];
}

/** What a line gives as a value: what stands behind `const … =`, what a loop goes over. */
const valueOf = (code: string) =>
  code.replace(/^const .+? = /, "").replace(/^for \(const .+? of (.+)\)$/, "$1");

test("the lines of the page run", async () => {
  const { remarks } = await load();
  const spans = Object.values(remarks)
    .flatMap(({ lines }) => lines)
    .flatMap(([, here]) => [...here.matchAll(/`` (.+?) ``|`([^`]+)`/g)])
    .map(([, long, short]) => long ?? short)
    // what is abridged, what is only a word, and what would download or write
    .filter((code) => !/…|^(get|length)|FashionMNIST|save_file/.test(code));
  assert.ok(spans.length > 40, String(spans.length));
  const log = console.log;
  console.log = () => {};
  const fails = (code: string) =>
    readings().every((names) => {
      try {
        const body = `"use strict"; return (${valueOf(code)});`;
        new Function(...Object.keys(names), body)(...Object.values(names));
        return false;
      } catch {
        return true;
      }
    });
  const wrong = spans.filter(fails);
  console.log = log;
  assert.deepEqual(wrong, []);
  assert.ok(fails("torch.foo(x)"));
});
