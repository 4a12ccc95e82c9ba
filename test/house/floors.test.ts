// Data falls from floor to floor and comes back as one return: each floor of src imports only from
// the floors below, so that a reader can understand the library from the ground up.
import assert from "node:assert/strict";
import { test } from "node:test";
import { filesIn, importsOf } from "./sources";

/** From the ground up; the names are files and folders of src. */
const floors = [
  ["errors", "float", "erf", "callable", "worker", "heap"],
  ["range", "scalar", "random", "metrics"],
  ["format"],
  ["shape", "dtype"],
  ["storage", "kernels", "print"],
  ["tensor"],
  ["autograd", "creation", "threads"],
  ["io"],
  ["ops"],
  ["nn", "data", "optim", "expr", "plot", "np", "linalg"],
  ["d2l"],
  ["methods"],
  ["index"],
];

/** Types that are looked at upwards on purpose, with the reason. */
const looksUp: Record<string, string> = {
  "tensor → methods": "Tensor's methods are the mapped type of ops, bound in methods.ts",
  "tensor → autograd": "a tensor carries the node that made it",
};

const unitOf = (path: string) => (path.split("/")[1] ?? "").replace(/\.ts$/, "");
const floorOf = (unit: string) => floors.findIndex((units) => units.includes(unit));
const sources = filesIn("src", /\.ts$/).filter((file) => !file.endsWith(".as.ts"));

test("every file and folder of src has its floor, and every floor exists", () => {
  const units = new Set(sources.map(unitOf));
  assert.deepEqual(
    [...units].filter((unit) => floorOf(unit) === -1),
    [],
  );
  assert.deepEqual(
    floors.flat().filter((unit) => !units.has(unit)),
    [],
  );
});

test("src imports only from below", () => {
  const wrong = sources.flatMap(importsOf).filter(({ file, target, typeOnly }) => {
    const [from, to] = [unitOf(file), unitOf(target)];
    if (from === to || floorOf(to) < floorOf(from)) return false;
    if (typeOnly && floorOf(to) === floorOf(from)) return false;
    return !(typeOnly && `${from} → ${to}` in looksUp);
  });
  assert.deepEqual(
    wrong.map(({ file, target }) => `${file} imports ${target}`),
    [],
  );
});

test("each look upwards is still needed", () => {
  const found = new Set(
    sources.flatMap(importsOf).map(({ file, target }) => `${unitOf(file)} → ${unitOf(target)}`),
  );
  assert.deepEqual(
    Object.keys(looksUp).filter((look) => !found.has(look)),
    [],
  );
});

test("no source leaves src", () => {
  const outside = sources.flatMap(importsOf).filter(({ target }) => !target.startsWith("src/"));
  assert.deepEqual(
    outside.map(({ file, target }) => `${file} imports ${target}`),
    [],
  );
});
