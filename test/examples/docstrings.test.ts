// The examples in src's doc comments run, and print what their comments say.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { root } from "../house/sources";
import { examples, examplesIn, stepsOf } from "./docstrings";
import { ownNames, perform, scope } from "./perform";

const all = examples();
const files = [...new Set(all.map(({ file }) => file))];

// what an example writes without a path lands here
const folder = mkdtempSync(join(tmpdir(), "lab-docstrings-"));
const home = process.cwd();
before(() => process.chdir(folder));
after(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true, force: true });
});

test("an example's comments are the lines of its output", () => {
  const comment = [
    "/**",
    " * Words.",
    " * @example torch.ones(2)   // tensor([1., 1.])",
    " * @example",
    " * // Python: x[0]",
    " * const x = torch.zeros(2, 1);",
    " * x",
    " * // tensor([[0.],",
    " * //         [0.]])",
    " */",
  ].join("\n");
  const [first, second] = examplesIn(comment);
  assert.equal(first.line, 2);
  assert.deepEqual(stepsOf(first.code), [
    { code: "torch.ones(2)", isExpression: true, promised: ["tensor([1., 1.])"] },
  ]);
  assert.deepEqual(
    stepsOf(second.code).map(({ promised }) => promised),
    [[], ["tensor([[0.],", "        [0.]])"]],
  );
});

test("a wrong promise, an unkept one and a missing one are seen", async () => {
  const complaints = async (code: string) => (await perform(code, scope)).length;
  assert.equal(await complaints("torch.ones(2)   // tensor([1., 1.])"), 0);
  assert.equal(await complaints("torch.ones(2)"), 0);
  assert.equal(await complaints("torch.ones(2)   // tensor([1., 2.])"), 1);
  assert.equal(await complaints("console.log(torch.ones(2))"), 1);
  assert.equal(await complaints("torch.ones(2).foo()"), 1);
  const sentence = "ValueError: x and y must be the same size";
  assert.equal(await complaints(`plt.scatter([1], [1, 2])   // ${sentence}`), 0);
  assert.equal(await complaints(`plt.scatter([1], [1])   // ${sentence}`), 1);
});

for (const file of files) {
  test(`the examples of ${file}`, async () => {
    const names = { ...ownNames(await import(join(root, file))), ...scope };
    const wrong: string[] = [];
    for (const { place, code } of all.filter((example) => example.file === file)) {
      const found = await perform(code, names);
      wrong.push(...found.map((complaint) => `${place}\n${complaint}`));
    }
    assert.deepEqual(wrong, [], wrong.join("\n\n"));
  });
}
