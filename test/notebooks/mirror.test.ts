// The exercises' own cells: every definition, constant and print in the exercise's order, the
// PyTorch twin above each, PyTorch's lines below each, and no random number drawn by other cells.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import ts from "typescript";
import { readGolden } from "../golden/fixtures";
import order from "./mirror.json";
import { agrees, calledIn, type Entry, missingInside, oneLine, outline } from "./outline";
import { type Book, books, isExercise, type Page, printedBy, tagged } from "./pages";

const seeds = ["torch.manual_seed(0);", "random.seed(0);", "np.random.seed(0);"];

test("there are nine notebooks, numbered 1 to 9", () => {
  assert.deepEqual(
    books.map(({ exercise }) => exercise),
    [1, 2, 3, 4, 5, 6, 7, 8, 9],
  );
});

/** Those whose outline is fixed; in the others the twin alone is the program. */
const isGiven = ({ exercise }: Book) => String(exercise) in order;

function wantedOf({ exercise }: Book): readonly Entry[] {
  const wanted = (order as unknown as Record<string, Entry[]>)[exercise];
  assert.ok(wanted, `mirror.json says nothing of exercise ${exercise}`);
  return wanted;
}

/** The blocks of the exercise's PyTorch program, each with its name. */
function blocksOf({ exercise }: Book): { name: string; code: string }[] {
  const file = join(__dirname, "..", "golden", "generator", "twins", `lab${exercise}.py`);
  const [, ...parts] = readFileSync(file, "utf8").split(/^# %% (.+)\n/m);
  return parts.flatMap((name, i) =>
    i % 2 === 0 ? [{ name, code: parts[i + 1].replace(/^\n+|\s+$/g, "") }] : [],
  );
}

/** The program in a folded block. */
function foldedCode({ id, text }: Page): string {
  const match =
    /^<details>\s*<summary>[\s\S]*?<\/summary>\s*```python\n([\s\S]*?)\n```\s*<\/details>$/.exec(
      text.trim(),
    );
  assert.ok(match, `cell ${id} folds no Python block`);
  return match[1];
}

/** Functions that draw from a random stream, by the last part of their names. */
const drawing = new Set(
  [
    "rand randn randint randperm normal bernoulli rand_like randn_like randint_like multinomial",
    "normal_ uniform_ bernoulli_ random_ shuffle sample choice uniform gauss random",
    "createdata data_iter load_data_fashion_mnist train_ch3 train_epoch_ch3 evaluate_accuracy",
    "synthetic_data train_epoch evaluate fit dropout dropout_layer Linear",
  ].flatMap((names) => names.split(" ")),
);
/** Going through a loader draws, too. */
const loaders = new Set(["train_iter", "test_iter", "logistic_iter", "part_iter"]);

/** Names of random draws in a cell that stand outside `fork_rng`. */
function drawsIn(program: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node) => {
    if (ts.isCallExpression(node)) {
      const { expression } = node;
      const called = ts.isPropertyAccessExpression(expression) ? expression.name : expression;
      const name = called.getText();
      if (name === "fork_rng") return;
      if (drawing.has(name)) found.push(name);
    }
    const isLoop = ts.isForOfStatement(node) || ts.isSpreadElement(node);
    if (isLoop && loaders.has(node.expression.getText())) found.push(node.expression.getText());
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("cell.ts", program, ts.ScriptTarget.ES2022, true));
  return found;
}

test("a draw is seen, unless it stands in fork_rng", () => {
  assert.deepEqual(drawsIn("const t = torch.randn(2); for (const [X] of train_iter) f(X);"), [
    "randn",
    "train_iter",
  ]);
  assert.deepEqual(drawsIn("torch.random.fork_rng(() => torch.randn(2)); torch.zeros(2);"), []);
});

for (const book of books) {
  const { pages, exercise } = book;
  const mirrored = pages.filter((page) => page.isCode && tagged(page, "mirror"));

  describe(`notebook ${book.name}`, () => {
    test("begins with imports and the three seeds", () => {
      const first = pages.find((page) => page.isCode);
      assert.ok(first && tagged(first, "setup"), "the first code cell is not tagged setup");
      assert.match(first.text, /^import \* as torch from "\.\.\/src";/);
      const lines = first.text.split("\n");
      for (const seed of seeds) assert.ok(lines.includes(seed), `${seed} is missing`);
      assert.equal(pages.filter((page) => tagged(page, "setup")).length, 1);
    });

    const given = { skip: !isGiven(book) && "its outline is not fixed, the twin is the program" };
    test("has every definition, constant and print of the exercise, in order", given, () => {
      const wanted = wantedOf(book);
      const calls = calledIn(wanted);
      const own = outline(mirrored.map(({ text }) => text).join("\n"));
      const found = own.filter(({ kind, name }) => kind !== "call" || calls.has(name));
      found.forEach((entry, i) => {
        const next = wanted[i];
        assert.ok(next, `the exercise has no ${oneLine(entry)} after its end`);
        assert.ok(agrees(next, entry), `${oneLine(next)} comes here, not ${oneLine(entry)}`);
        assert.deepEqual(missingInside(next.inside ?? [], entry.inside ?? []), [], oneLine(next));
      });
      assert.deepEqual(wanted.slice(found.length).map(oneLine), [], "missing at the end");
    });

    test("has the exercise's PyTorch program folded above its cells, block by block", () => {
      const blocks = blocksOf(book);
      const steps = pages.filter((page) => page.isCode || tagged(page, "twin"));
      const twins = steps.filter((page) => !page.isCode);
      assert.deepEqual(
        twins.map(foldedCode),
        blocks.map(({ code }) => code),
      );
      for (const page of steps.filter(isExercise)) {
        const above = steps[steps.indexOf(page) - 1];
        assert.ok(above && !above.isCode, `cell ${page.id} has no twin above it`);
      }
      for (const twin of twins) {
        const below = steps[steps.indexOf(twin) + 1];
        assert.ok(below && isExercise(below), `the exercise is not below the twin ${twin.id}`);
      }
    });

    test("draws no random number outside the exercise before its last line", () => {
      const end = pages.indexOf(mirrored[mirrored.length - 1]);
      const others = pages.slice(0, end).filter((page) => page.isCode && !isExercise(page));
      const drawn = others.flatMap(({ id, text }) => drawsIn(text).map((name) => `${id}: ${name}`));
      assert.deepEqual(drawn, []);
    });

    test("has PyTorch's lines below the exercise's cells", () => {
      const { runs } = readGolden<{ runs: { seed: number; stdout: string }[] }>(`lab${exercise}`);
      const expected = runs.find(({ seed }) => seed === 0)?.stdout;
      assert.equal(mirrored.map(printedBy).join(""), expected);
    });

    test("was executed in order, without an error, and opens without a question", () => {
      const code = pages.filter((page) => page.isCode);
      const counts = code.map(({ count }) => count);
      assert.deepEqual(
        counts,
        Array.from(code.keys(), (i) => i + 1),
      );
      for (const { id, outputs } of code) {
        const bad = outputs.filter((o) => o.output_type === "error" || o.name === "stderr");
        assert.deepEqual(bad, [], `cell ${id} shows an error or a warning`);
      }
      const { kernelspec, language_info } = book.notebook.metadata;
      assert.equal(kernelspec.name, "tslab");
      assert.equal(kernelspec.display_name, "TypeScript (deep-learning-lab)");
      assert.equal(kernelspec.language, "typescript");
      assert.equal(language_info.name, "typescript");
    });
  });
}
