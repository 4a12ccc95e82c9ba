// Exercises 1 to 4 print the same lines on other versions of Node: nothing printed depends on the
// last bits of an engine's own functions.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";
import type { Count } from "../golden/report";

/** One of each line that is maintained, and the newest; the one that runs this has its own stage. */
const majors = [20, 22, 24, 26].filter((major) => !process.version.startsWith(`v${major}.`));

const root = join(__dirname, "..", "..");
const tsx = pathToFileURL(join(root, "node_modules", "tsx", "dist", "loader.mjs")).href;
const scratch = mkdtempSync(join(tmpdir(), "lab-nodes-"));
after(() => rmSync(scratch, { recursive: true, force: true }));

/** Run the golden tests of exercises 1 to 4; returns the counts they leave, file by file. */
function runLabs(program: string, counts: string): { output: string; files: string[] } {
  const patterns = ["exercises? [1-4]", "^seed"].map((name) => `--test-name-pattern=${name}`);
  const labs = join(root, "test", "golden", "labs.test.ts");
  // a test that runs under another test's runner would report into that one
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const run = spawnSync(program, ["--import", tsx, "--test", ...patterns, labs], {
    cwd: root,
    env: { ...env, GOLDEN_COUNTS: counts },
    encoding: "utf8",
    maxBuffer: 64e6,
  });
  const output = `${run.stdout}\n${run.stderr}`;
  assert.equal(run.status, 0, output);
  return { output, files: readdirSync(counts).sort() };
}

for (const major of majors) {
  test(`exercises 1 to 4 on Node ${major}`, async (t) => {
    const { fetchNode } = await import("./fetch.mjs");
    const node = await fetchNode(major, (line) => process.stderr.write(`${line}\n`));
    if ("unreachable" in node) {
      t.skip(`Node ${major} could not be fetched: no way to npm's registry (${node.unreachable})`);
      return;
    }
    const counts = join(scratch, String(major));
    const { output, files } = runLabs(node.program, counts);
    const expected = ["lab1.json", "lab2.json", "lab3.json", "lab4.json", "notebook.json"];
    assert.deepEqual(files, expected, output);
    for (const file of files) {
      const { runs } = JSON.parse(readFileSync(join(counts, file), "utf8")) as { runs: Count };
      assert.ok(runs.total > 0, file);
      assert.equal(runs.matched, runs.total, `${file} on Node ${node.version}`);
    }
  });
}
