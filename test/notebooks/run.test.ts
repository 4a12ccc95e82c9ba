// The committed notebooks, executed through the kernel: the same outputs, byte for byte, and the
// exercise's own cells print the same with the extra experiments around them as without.
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { after, type TestContext, test } from "node:test";
import { executeNotebook } from "../../jupyter/notebook/execute.mjs";
import { allNotebooks } from "../../jupyter/notebook/find.mjs";
import {
  type Cell,
  joined,
  type Notebook,
  readNotebook,
  serialise,
} from "../../jupyter/notebook/format.mjs";
import { normalise } from "../../jupyter/notebook/normalise.mjs";
import { addStaticPictures } from "../../jupyter/static/pictures.mjs";

const scratch = mkdtempSync(join(tmpdir(), "lab-notebooks-"));
after(() => rmSync(scratch, { recursive: true, force: true }));

const names = ["train-images", "train-labels", "t10k-images", "t10k-labels"];
const dataFolder = process.env.FASHION_MNIST_DIR ?? join(__dirname, "../../data/FashionMNIST/raw");
const dataIsHere = names.every((name) =>
  existsSync(join(dataFolder, `${name}-idx${name.endsWith("images") ? 3 : 1}-ubyte.gz`)),
);

/** Notebooks that train on Fashion-MNIST print other numbers without it. */
const needsData = (notebook: Notebook) =>
  notebook.cells.some(
    (cell) => cell.cell_type === "code" && joined(cell.source).includes("FashionMNIST("),
  );

function skipsForData(t: TestContext, notebook: Notebook): boolean {
  if (dataIsHere || !needsData(notebook)) return false;
  t.skip("Fashion-MNIST is not here (see FASHION_MNIST_DIR in data/README.md)");
  return true;
}

const codeCells = (notebook: Notebook) =>
  notebook.cells.filter((cell) => cell.cell_type === "code");

const printedBy = (cell: Cell) =>
  (cell.outputs ?? [])
    .filter((output) => output.name === "stdout")
    .map((output) => joined(output.text))
    .join("");

/** A notebook of the exercise's own cells, run where the whole one runs. */
function mirrorOnly(file: string, notebook: Notebook): string {
  const own = codeCells(notebook).filter((cell) =>
    (cell.metadata.tags ?? []).some((tag: string) => tag === "setup" || tag === "mirror"),
  );
  const copy = join(scratch, basename(file));
  const cells = own.map((cell) => ({ ...cell, outputs: [], execution_count: null }));
  writeFileSync(copy, serialise({ ...notebook, cells }));
  return copy;
}

test("there are nine notebooks", () => {
  assert.equal(allNotebooks().length, 9);
});

for (const file of allNotebooks()) {
  const name = basename(file, ".ipynb");
  const committed = readNotebook(file);

  test(`${name}: executed again, no byte changes`, async (t) => {
    const fresh: Notebook = normalise(await executeNotebook(file));
    if (skipsForData(t, committed)) return;
    for (const [i, cell] of codeCells(fresh).entries()) {
      assert.equal(printedBy(cell), printedBy(codeCells(committed)[i]), `code cell ${i + 1}`);
    }
    await addStaticPictures(fresh, committed);
    assert.equal(serialise(fresh), readFileSync(file, "utf8"));
  });

  test(`${name}: the exercise alone prints the same`, async (t) => {
    if (skipsForData(t, committed)) return;
    const alone = await executeNotebook(mirrorOnly(file, committed), { folder: dirname(file) });
    const whole = new Map(codeCells(committed).map((cell) => [cell.id, printedBy(cell)]));
    const lines = codeCells(alone).map(printedBy);
    assert.notEqual(lines.join(""), "");
    for (const cell of codeCells(alone)) assert.equal(printedBy(cell), whole.get(cell.id), cell.id);
  });
}
