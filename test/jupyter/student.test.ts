// npm run student-version: questions and room for answers stay, solutions go, work is kept.
import assert from "node:assert/strict";
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { after, before, test } from "node:test";
import { jupyterEnv } from "../../jupyter/lab/env.mjs";
import { allNotebooks } from "../../jupyter/notebook/find.mjs";
import { type Cell, joined, type Notebook, readNotebook } from "../../jupyter/notebook/format.mjs";
import { studentVersion } from "../../jupyter/notebook/student.mjs";
import { venvPython } from "../../jupyter/setup/paths.mjs";
import { collect } from "../../jupyter/setup/step.mjs";
import { hasVenv, makeSandbox, type Sandbox } from "./sandbox";

const cell = (type: Cell["cell_type"], source: string, ...tags: string[]): Cell => ({
  cell_type: type,
  id: source.slice(0, 8).replace(/\W/g, "-"),
  source,
  metadata: { tags },
  ...(type === "code"
    ? { execution_count: 3, outputs: [{ output_type: "stream", name: "stdout", text: "42\n" }] }
    : {}),
});
const bookOf = (...cells: Cell[]): Notebook => ({
  cells,
  metadata: { title: "t" },
  nbformat: 4,
  nbformat_minor: 5,
});
const hasTag = (tag: string) => (c: Cell) => (c.metadata.tags ?? []).includes(tag);

const book = bookOf(
  cell("markdown", "1. 为什么？\n2. 多少？", "zh"),
  cell("markdown", "<details>\n\n1. 因为\n2. 42\n</details>", "zh", "solution"),
  cell("markdown", "<details>\n\n1. because\n2. 42\n</details>", "en", "solution"),
  cell("code", "mirrored()", "mirror"),
  cell("code", "guess()", "try"),
  cell("code", "solve()", "solution"),
  cell("markdown", "words", "zh", "solution"),
);

test("a solution in two languages leaves one answer cell with a line for each question", () => {
  const { cells, metadata } = studentVersion(book);
  assert.deepEqual(
    cells.map(({ cell_type, source }) => [cell_type, source]),
    [
      ["markdown", "1. 为什么？\n2. 多少？"],
      ["markdown", "**你的回答 · Your answer**\n\n1. \n2. \n"],
      ["code", "mirrored()"],
      ["code", "guess()"],
      ["code", ""],
      ["markdown", "**你的回答 · Your answer**\n\n\n"],
    ],
  );
  assert.deepEqual(metadata, book.metadata);
  const ids = cells.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
});

test("outputs that are to be guessed go, the others stay", () => {
  const [, , mirrored, guess, solve] = studentVersion(book).cells;
  assert.deepEqual(mirrored, book.cells[3]);
  assert.deepEqual([guess?.outputs, guess?.execution_count], [[], null]);
  assert.deepEqual([solve?.outputs, solve?.execution_count], [[], null]);
});

for (const file of allNotebooks()) {
  test(`${basename(file)}: every solution is gone, everything else is there`, () => {
    const whole = readNotebook(file);
    const { cells } = studentVersion(whole);
    assert.equal(cells.filter(hasTag("solution")).length, 0);
    assert.equal(cells.filter(hasTag("answer")).length, 2, "the questions and the cell to try");
    const kept = whole.cells.filter((c) => !hasTag("solution")(c));
    assert.deepEqual(
      cells.filter((c) => !hasTag("answer")(c)).map(({ id, source }) => [id, source]),
      kept.map(({ id, source }) => [id, source]),
    );
    const text = JSON.stringify(cells);
    const lines = whole.cells
      .filter(hasTag("solution"))
      .flatMap(({ source }) => joined(source).split("\n"))
      .filter((line) => line.length > 20);
    assert.notEqual(lines.length, 0);
    for (const line of lines) assert.ok(!text.includes(JSON.stringify(line).slice(1, -1)), line);
  });
}

let box: Sandbox;
const name = "03_no_grad.ipynb";
before(() => {
  box = makeSandbox();
  mkdirSync(box.inside("notebooks"), { recursive: true });
  const [source] = allNotebooks().filter((file) => basename(file) === name);
  cpSync(source ?? assert.fail(), box.inside("notebooks", name));
});
after(() => box.remove());

test("the command writes into student/, or where --out says", async () => {
  const first = await box.run("student");
  assert.equal(first.code, 0, first.output);
  assert.match(first.output, /✓ .*student.03_no_grad\.ipynb/);
  assert.ok(existsSync(box.inside("student", name)));
  const second = await box.run("student", ["03", "--out", box.inside("a class", "第一班")]);
  assert.equal(second.code, 0, second.output);
  assert.match(second.output, /must lie in a folder of/);
  assert.equal(
    readFileSync(box.inside("a class", "第一班", name), "utf8"),
    readFileSync(box.inside("student", name), "utf8"),
  );
});

test("the file is a notebook by Jupyter's own rules", {
  skip: !hasVenv && "no .venv",
}, async () => {
  const check = "import nbformat, sys; nbformat.validate(nbformat.read(sys.argv[1], 4))";
  const file = box.inside("student", name);
  const { code, output } = await collect(venvPython, ["-c", check, file], { env: jupyterEnv() });
  assert.equal(code, 0, output);
});

test("a student's work is not overwritten unasked", async () => {
  const file = box.inside("student", name);
  assert.match((await box.run("student")).output, /unchanged/);
  const written = readFileSync(file, "utf8");
  writeFileSync(file, written.replace("Your answer", "Your answer: 5"));
  const refused = await box.run("student");
  assert.equal(refused.code, 1);
  assert.match(refused.output, /03_no_grad\.ipynb is there already and would change/);
  assert.match(readFileSync(file, "utf8"), /Your answer: 5/);
  const forced = await box.run("student", ["--force"]);
  assert.equal(forced.code, 0, forced.output);
  assert.equal(readFileSync(file, "utf8"), written);
});

test("neither the sources nor unknown words are taken for something else", async () => {
  const own = await box.run("student", ["--out", box.inside("notebooks")]);
  assert.equal(own.code, 1);
  assert.match(own.output, /would be replaced by its own student's version/);
  const unknown = await box.run("student", ["99"]);
  assert.match(unknown.output, /No notebook matches "99"/);
  const flag = await box.run("student", ["--folder=x"]);
  assert.match(flag.output, /the command is: npm run student-version/);
});
