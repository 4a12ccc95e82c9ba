// The test runner itself: what it counts, and that nothing passes by not running.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { runScript } from "../jupyter/sandbox";
import { Tally } from "./tally.mjs";

const scratch = mkdtempSync(join(tmpdir(), "lab-runner-"));
after(() => rmSync(scratch, { recursive: true, force: true }));

const files = {
  "mixed.test.ts": `
import { describe, test } from "node:test";
describe("suite", () => {
  test("good", () => {});
  test("bad", () => { throw new Error("on purpose"); });
  test("data", { skip: "Fashion-MNIST is not here" }, () => {});
});
test("parent", async (t) => { await t.test("child", () => {}); });
test("other", (t) => t.skip("not today"));`,
  "empty.test.ts": "console.log('no test here');",
  "broken.test.ts": "throw new Error('at once');",
};

/** Runs the files in a process of its own, as the stages do, and gives the summary. */
async function summary(names: (keyof typeof files)[]): Promise<string[]> {
  const paths = names.map((name) => join(scratch, name));
  for (const [i, name] of names.entries()) writeFileSync(paths[i] ?? "", files[name]);
  const script = join(scratch, "run.mjs");
  const here = JSON.stringify(`${new URL(`file://${__dirname}/`).href}`);
  writeFileSync(
    script,
    `const { Tally } = await import(${here} + "tally.mjs");
const { runNodeTests } = await import(${here} + "node-tests.mjs");
const tally = new Tally({ requireData: process.env.LAB_REQUIRE_DATA === "1" });
tally.stage = "trial";
await runNodeTests(tally, ${JSON.stringify(paths)});
console.log("SUMMARY" + tally.summary());`,
  );
  const { output } = await runScript(script, []);
  return (output.split("SUMMARY")[1] ?? output).trim().split("\n");
}

test("passed, failed and skipped tests are counted, each once", async () => {
  const lines = await summary(["mixed.test.ts"]);
  assert.equal(lines.at(-1), "3 passed, 1 failed, 2 skipped");
  const text = lines.join("\n");
  assert.match(text, /Skipped:\n.*suite › data: Fashion-MNIST is not here\n.*other: not today/);
  assert.match(text, /Failed:\n.*suite › bad: on purpose/);
});

test("a file without a test fails, and so does one that breaks down", async () => {
  const lines = await summary(["empty.test.ts", "broken.test.ts"]);
  assert.equal(lines.at(-1), "0 passed, 2 failed, 0 skipped");
  assert.match(lines.join("\n"), /empty\.test\.ts: there is no test in the file/);
});

test("no file at all fails", async () => {
  assert.equal((await summary([])).at(-1), "0 passed, 1 failed, 0 skipped");
});

test("with LAB_REQUIRE_DATA=1 a skip for want of the data is a failure", () => {
  const tally = new Tally({ requireData: true });
  tally.stage = "trial";
  tally.add("skipped", "a", { reason: "Fashion-MNIST is not here" });
  tally.add("skipped", "b", { reason: "no such program" });
  assert.equal(tally.summary().split("\n").at(-1), "0 passed, 1 failed, 1 skipped");
});

test("a later command goes on with the count of an earlier one", () => {
  const file = join(scratch, "deep", "tally.json");
  const first = new Tally({ requireData: false });
  first.stage = "one";
  first.add("passed", "a");
  first.carryTo(file);
  const second = new Tally({ requireData: false });
  second.carryFrom(file);
  second.stage = "two";
  second.add("passed", "b");
  assert.equal(second.summary().split("\n").at(-1), "2 passed, 0 failed, 0 skipped");
});
