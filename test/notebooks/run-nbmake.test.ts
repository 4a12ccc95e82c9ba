// nbmake, the pytest plugin by which people test notebooks, sees whether a cell threw.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { jupyterEnv } from "../../jupyter/lab/env.mjs";
import { serialise } from "../../jupyter/notebook/format.mjs";
import { normalise } from "../../jupyter/notebook/normalise.mjs";
import { venvPython } from "../../jupyter/setup/paths.mjs";
import { collect } from "../../jupyter/setup/step.mjs";

const scratch = mkdtempSync(join(tmpdir(), "lab-nbmake-"));
after(() => rmSync(scratch, { recursive: true, force: true }));

async function nbmake(name: string, source: string): Promise<{ code: unknown; output: string }> {
  const file = join(scratch, `${name}.ipynb`);
  const cell = { cell_type: "code" as const, id: "one", source, metadata: {}, outputs: [] };
  const cells = [{ ...cell, execution_count: null }];
  const empty = { cells, metadata: {}, nbformat: 4, nbformat_minor: 5 };
  writeFileSync(file, serialise(normalise(empty)));
  const args = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "--nbmake", file];
  return collect(venvPython, args, { cwd: scratch, env: jupyterEnv() });
}

test("nbmake passes a notebook whose cells run", async () => {
  const { code, output } = await nbmake("good", 'console.log("fine");');
  assert.equal(code, 0, output);
  assert.match(output, /1 passed/);
});

test("nbmake fails a notebook with a throwing cell and names the error", async () => {
  const { code, output } = await nbmake("bad", 'throw new RangeError("on purpose");');
  assert.equal(code, 1, output);
  assert.match(output, /1 failed/);
  assert.match(output, /RangeError: on purpose/);
});
