// The examples run with Node alone and print what PyTorch prints for the same program.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

const folder = join(__dirname, "..", "..", "examples");
const elsewhere = mkdtempSync(join(tmpdir(), "lab-examples-"));
after(() => rmSync(elsewhere, { recursive: true, force: true }));

/** Example → what PyTorch 2.13 prints for the Python program of the same lines. */
const printed: Readonly<Record<string, string>> = {
  "logistic.cjs": "tensor([[2.7839],\n        [2.8696]], requires_grad=True)\n",
};

before(async () => {
  const { ensure } = await import("../../jupyter/setup.mjs");
  await ensure({ node: true, dev: true, build: true });
});

test("each example has its output here", () => {
  assert.deepEqual(readdirSync(folder).sort(), Object.keys(printed).sort());
});

for (const [name, expected] of Object.entries(printed)) {
  test(`examples/${name} prints PyTorch's lines, from any folder`, () => {
    const run = spawnSync(process.execPath, [join(folder, name)], {
      cwd: elsewhere,
      encoding: "utf8",
    });
    assert.equal(run.stderr, "");
    assert.equal(run.stdout, expected);
    assert.equal(run.status, 0);
  });
}
