// Rules of the house that no linter knows.
import assert from "node:assert/strict";
import { test } from "node:test";
import { filesIn, importsOf, read } from "./sources";

interface Notebook {
  cells: { cell_type: string; source: string | string[]; outputs?: unknown[] }[];
}

const sources = filesIn("src", /\.ts$/);
const scripts = [...filesIn("jupyter", /\.[mc]js$/), ...filesIn("test", /\.(ts|mjs)$/)];
const notebooks = filesIn("notebooks", /\.ipynb$/);

const codeOf = (file: string) =>
  (JSON.parse(read(file)) as Notebook).cells
    .filter((cell) => cell.cell_type === "code")
    .map((cell) => (Array.isArray(cell.source) ? cell.source.join("") : cell.source))
    .join("\n");

test("toFixed is nowhere: it rounds 0.8125 to 0.813, Python to 0.812; format does it right", () => {
  const call = /\.toFixed\(/;
  assert.deepEqual(
    sources.filter((file) => call.test(read(file))),
    [],
  );
  assert.deepEqual(
    notebooks.filter((file) => call.test(codeOf(file))),
    [],
  );
});

test("the bare folder src is imported by notebooks only: it is the door to dist", () => {
  const wrong = [...sources, ...scripts]
    .flatMap(importsOf)
    .filter(({ target }) => target === "src");
  assert.deepEqual(
    wrong.map(({ file }) => file),
    [],
  );
});

test("ndarray and ndarray-ops carry the arithmetic, not only the dependency list", () => {
  const users = (name: string) =>
    sources.filter((file) => new RegExp(`(from|require\\()\\s*"${name}"`).test(read(file)));
  assert.notDeepEqual(users("ndarray"), []);
  assert.notDeepEqual(users("ndarray-ops"), []);
  const calls = users("ndarray-ops").flatMap((file) => {
    // Loaded when first needed, through a function whose type names the package.
    const loader = /function (\w+)\(\)[^}]*require\("ndarray-ops"\)/.exec(read(file))?.[1] ?? "";
    return [...read(file).matchAll(new RegExp(`\\b${loader}\\(\\)\\.\\w+\\(`, "g"))];
  });
  assert.notEqual(calls.length, 0, "ndarray-ops is imported but never called");
});

test("each source opens with a sentence that says why it exists", () => {
  const silent = [...sources, ...scripts].filter((file) => {
    const first = read(file)
      .split("\n")
      .find((line) => !/^(#!|\/\/ @ts-check|"use strict"|\s*$)/.test(line));
    return !/^\s*(\/\/|\/\*)/.test(first ?? "");
  });
  assert.deepEqual(silent, []);
});

test("notebooks hold no path, no timing and no version of the machine they ran on", () => {
  for (const file of notebooks) {
    const text = read(file);
    assert.doesNotMatch(text, /\/(home|root|Users|work|tmp)\/\w|[A-Z]:\\\\Users/, file);
    assert.doesNotMatch(text, /"iopub\.|"ExecuteTime"|"shell\.execute_reply"/, file);
    const { language_info } = JSON.parse(text).metadata;
    assert.equal(language_info.version, undefined, file);
  }
});

test("a notebook stays under 1.5 MB", () => {
  const large = notebooks.filter((file) => Buffer.byteLength(read(file)) > 1.5e6);
  assert.deepEqual(large, []);
});

/** The lists of pinned Python packages. */
const lists = ["", "-test", "-papermill", "-sweep", "-hub"].map(
  (part) => `jupyter/requirements${part}.txt`,
);

test("the lists of Python packages name one version each", () => {
  for (const file of lists) {
    const lines = read(file)
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("#"));
    for (const line of lines) assert.match(line, /^[\w.-]+==[\w.]+(; [\w"<>=. ]+)?$/, file);
  }
});

test("package-lock.json holds the builds for every system, and what package.json asks for", () => {
  const lock = JSON.parse(read("package-lock.json")).packages as Record<
    string,
    { optionalDependencies?: Record<string, string>; dependencies?: Record<string, string> }
  >;
  const own = JSON.parse(read("package.json"));
  assert.deepEqual(lock[""]?.dependencies, own.dependencies);
  const lab = JSON.parse(read("jupyter/package.json"));
  assert.deepEqual(lock.jupyter?.dependencies, lab.dependencies);
  const wanted = Object.values(lock).flatMap((entry) =>
    Object.keys(entry.optionalDependencies ?? {}),
  );
  const locked = Object.keys(lock).map((path) => path.replace(/^.*node_modules\//, ""));
  // without them `npm ci` refuses the lock
  assert.deepEqual(
    wanted.filter((name) => !locked.includes(name)),
    [],
  );
});

test("a source has at most 400 lines, so that it stays one idea", () => {
  const long = sources.filter((file) => read(file).split("\n").length > 401);
  assert.deepEqual(long, []);
});
