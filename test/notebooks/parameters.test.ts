// The cell tagged `parameters`, which papermill writes behind: one number a line, the same as the
// exercise writes down itself, so that a run without parameters is the exercise.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { books, tagged } from "./pages";

const declaration = /^let (\w+) = (.+);$/;

for (const { name, pages } of books) {
  const cells = pages.filter((page) => tagged(page, "parameters"));
  if (cells.length === 0) continue;
  const defaults = cells[0].text.split("\n").map((line) => {
    const match = declaration.exec(line);
    assert.ok(match, `${name}: "${line}" is not \`let name = value;\``);
    return [match[1], match[2]] as const;
  });

  describe(`parameters of notebook ${name}`, () => {
    test("there is one cell of them, and one for the metrics behind it", () => {
      const metrics = pages.filter((page) => tagged(page, "metrics"));
      assert.deepEqual([cells.length, metrics.length], [1, 1]);
      assert.ok(pages.indexOf(metrics[0]) > pages.indexOf(cells[0]));
      assert.match(metrics[0].text, /\bwriteMetrics\(\{\n {2}parameters,/);
    });

    test("seeds all three generators", () => {
      const next = pages.filter(({ isCode }) => isCode)[
        1 + pages.filter((p) => p.isCode).indexOf(cells[0])
      ];
      for (const seed of ["torch.manual_seed", "random.seed", "np.random.seed"]) {
        assert.ok(next.text.split("\n").includes(`${seed}(seed);`), seed);
      }
      assert.ok(defaults.some(([variable, value]) => variable === "seed" && value === "0"));
    });

    test("has the exercise's own numbers, and takes the others right behind them", () => {
      for (const [variable, value] of defaults) {
        if (variable === "seed") continue;
        const line = `const ${variable} = ${value};`;
        const own = pages.findIndex(
          (page) => tagged(page, "mirror") && page.text.split("\n").includes(line),
        );
        assert.ok(own >= 0, `the exercise has no line ${line}`);
        const next = pages[own + 1].text;
        assert.match(next, /^const \{.*\} = parameters;$/, `no parameters behind ${line}`);
        assert.match(next, new RegExp(`[{ ,]${variable}[ ,}]`));
      }
    });
  });
}

test("the notebooks that train have parameters", () => {
  const having = books.filter(({ pages }) => pages.some((page) => tagged(page, "parameters")));
  const training = having.map(({ exercise }) => exercise);
  assert.deepEqual(training.slice(0, 2), [4, 5]);
});
