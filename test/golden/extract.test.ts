// The extractor on a small notebook: which cells run, with which seeds, and what is captured.

import assert from "node:assert/strict";
import { test } from "node:test";
import { mirroredCells, type Notebook, runCells, seedAll } from "./extract";
import { torch } from "./python/modules";

function cell(source: string, ...tags: string[]): Notebook["cells"][number] {
  return { cell_type: "code", source: source.split(/(?<=\n)/), metadata: { tags } };
}

const setup = cell(
  'import * as torch from "../src";\nimport { random, np } from "../src";\n' +
    "torch.manual_seed(0);\nrandom.seed(0);\nnp.random.seed(0);",
  "setup",
);

const small: Notebook = {
  cells: [
    { cell_type: "markdown", source: ["# Title"], metadata: { tags: ["mirror"] } },
    setup,
    cell("const a: number[] = [1, 2];\nconst t = torch.ones(2);", "mirror"),
    cell("console.log('an experiment', torch.rand(1));"),
    cell("function twice(x: number) {\n  return 2 * x;\n}", "mirror", "zh"),
    cell("console.log(t);\nconsole.log(a, 'b', twice(4));\nconsole.log(torch.rand(1));", "mirror"),
  ],
};

test("only setup and mirror cells are taken, without the seeds of setup", () => {
  const cells = mirroredCells(small);
  assert.equal(cells.length, 4);
  assert.equal(cells[0].split("\n").length, 2);
  assert.ok(!cells.join("\n").includes("seed("));
});

test("cells share one scope and print as in the kernel", async () => {
  seedAll(7);
  const expected = torch.rand(1).toString();
  seedAll(7);
  assert.equal(await runCells(small), `tensor([1., 1.])\n[ 1, 2 ] b 8\n${expected}\n`);
});

test("watched functions report what they return, and await works at top level", async () => {
  const seen: unknown[] = [];
  const notebook: Notebook = {
    cells: [...small.cells, cell("const late = await Promise.resolve(5);\ntwice(late);", "mirror")],
  };
  await runCells(notebook, { twice: (result) => seen.push(result) });
  assert.deepEqual(seen, [8, 10]);
});

test("a notebook without mirrored cells is refused", async () => {
  await assert.rejects(runCells({ cells: [cell("1 + 1")] }), /no cell tagged mirror/);
});
