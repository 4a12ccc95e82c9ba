// The command `npm run papermill`: a notebook with parameters, through the kernel, with its metrics.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { joined, type Notebook } from "../../jupyter/notebook/format.mjs";
import { inside, root } from "../../jupyter/setup/paths.mjs";
import { smallNotebook } from "./small";

const folder = mkdtempSync(join(tmpdir(), "lab-papermill-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const command = (...args: string[]) =>
  spawnSync(process.execPath, [inside("jupyter", "papermill.mjs"), ...args], {
    cwd: root,
    encoding: "utf8",
  });

test("parameters arrive, and the metrics lie beside the output", () => {
  const input = join(folder, "in.ipynb");
  writeFileSync(input, smallNotebook());
  const output = join(folder, "out.ipynb");
  const run = command(
    ...[input, output, "--cwd", inside("notebooks"), "--metrics"],
    ...["-p", "seed", "7", "-p", "note", 'say "学"', "-y", "{options: {a: [1, .nan], b: true}}"],
  );
  assert.equal(run.status, 0, run.stderr);
  const notebook = JSON.parse(readFileSync(output, "utf8")) as Notebook;
  const injected = notebook.cells.find((cell) =>
    cell.metadata.tags?.includes("injected-parameters"),
  );
  assert.match(joined(injected?.source), /^seed = 7;$/m);
  assert.deepEqual(injected?.outputs, []);
  const { parameters } = JSON.parse(readFileSync(join(folder, "out.json"), "utf8"));
  assert.deepEqual(parameters, {
    ...{ seed: 7, note: 'say "学"', options: { a: [1, "nan"], b: true } },
    ...{ steps: 3, mood: "" },
  });
});

test("a parameter that the notebook does not have, or of another type, is refused by the compiler", () => {
  const input = join(folder, "in.ipynb");
  const output = join(folder, "refused.ipynb");
  const run = command(
    input,
    output,
    "--cwd",
    inside("notebooks"),
    "-p",
    "steps",
    "many",
    "-p",
    "lrr",
    "1",
  );
  assert.notEqual(run.status, 0);
  assert.match(run.stderr, /Passed unknown parameter: lrr/);
  assert.match(run.stderr, /Type 'string' is not assignable to type 'number'/);
  assert.match(run.stderr, /Cannot find name 'lrr'/);
  assert.ok(!existsSync(join(folder, "refused.json")));
});

test("--help-notebook lists the parameters of notebook 04", () => {
  const run = command("notebooks/04_logistic_regression.ipynb", "--help-notebook");
  assert.equal(run.status, 0, run.stderr);
  for (const line of [/seed: number \(default 0\)/, /lr: number \(default 0\.01\)/]) {
    assert.match(run.stdout, line);
  }
});
