// What a finished step leaves behind: damaged, outdated or half-written stamps are seen, and two
// commands at once do not collide.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { alone } from "../../jupyter/setup/lock.mjs";
import { filesBelow, hashFiles, stampSays, writeStamp } from "../../jupyter/setup/stamp.mjs";
import { makeSandbox } from "./sandbox";

const scratch = mkdtempSync(join(tmpdir(), "lab-stamps-"));
after(() => rmSync(scratch, { recursive: true, force: true }));

test("a stamp is read back, and a damaged one says nothing", () => {
  const file = join(scratch, "stamp.json");
  assert.equal(stampSays(file, { a: 1 }), false);
  writeStamp(file, { a: 1, b: "two" });
  assert.equal(stampSays(file, { a: 1 }), true);
  assert.equal(stampSays(file, { a: 2 }), false);
  for (const damaged of ["", "{", "null", "[]", '"text"']) {
    writeFileSync(file, damaged);
    assert.equal(stampSays(file, { a: 1 }), false, damaged);
  }
});

test("the hash sees names and contents, but not the line ends of a system", () => {
  const folder = join(scratch, "hashed");
  mkdirSync(folder);
  const one = join(folder, "one.ts");
  writeFileSync(one, "a\nb\n");
  const before = hashFiles(folder, filesBelow(folder, /\.ts$/));
  writeFileSync(one, "a\r\nb\r\n");
  assert.equal(hashFiles(folder, [one]), before);
  writeFileSync(one, "a\nc\n");
  assert.notEqual(hashFiles(folder, [one]), before);
  const two = join(folder, "two.ts");
  writeFileSync(two, "a\nb\n");
  assert.notEqual(hashFiles(folder, [two]), before);
});

test("only one works at a time", async () => {
  const lock = join(scratch, "one.lock");
  const order: string[] = [];
  const work = (name: string) => async () => {
    order.push(`${name} in`);
    await new Promise((resolve) => setTimeout(resolve, 50));
    order.push(`${name} out`);
  };
  await Promise.all([alone(work("a"), lock), alone(work("b"), lock), alone(work("c"), lock)]);
  for (let i = 0; i < order.length; i += 2) {
    assert.equal(order[i]?.replace("in", "out"), order[i + 1]);
  }
  assert.equal(order.length, 6);
  assert.equal(existsSync(lock), false);
});

test("the lock of a process that is gone is taken over, and given back after an error", async () => {
  const lock = join(scratch, "stale.lock");
  writeFileSync(lock, "999999999");
  assert.equal(await alone(async () => readFileSync(lock, "utf8"), lock), String(process.pid));
  await assert.rejects(
    alone(async () => {
      throw new Error("on purpose");
    }, lock),
    /on purpose/,
  );
  assert.equal(existsSync(lock), false);
});

test("dist: compiled once, then again only after a change; leftovers go; errors are shown", async () => {
  const box = makeSandbox();
  try {
    const first = await box.run("build");
    assert.equal(first.code, 0, first.output);
    assert.match(first.output, /✓ compiling src to dist/);
    const second = await box.run("build");
    assert.doesNotMatch(second.output, /compiling/);

    writeFileSync(box.inside("dist", "lab.json"), "{ damaged");
    assert.match((await box.run("build")).output, /✓ compiling/);

    writeFileSync(box.inside("src", "two.ts"), "export const two = 2;\n");
    assert.match((await box.run("build")).output, /✓ compiling/);
    assert.ok(existsSync(box.inside("dist", "two.js")));
    rmSync(box.inside("src", "two.ts"));
    assert.match((await box.run("build")).output, /✓ compiling/);
    assert.equal(existsSync(box.inside("dist", "two.js")), false);

    writeFileSync(box.inside("src", "index.ts"), "export const one: string = 1;\n");
    const wrong = await box.run("build");
    assert.equal(wrong.code, 1);
    assert.match(wrong.output, /src\/index\.ts\(1,14\): error TS2322/);
    assert.match(wrong.output, /What to do: mend the lines named above/);
    // a build that failed is not taken for done
    assert.equal((await box.run("build")).code, 1);
  } finally {
    box.remove();
  }
});

test("a damaged package-lock.json and a damaged record of npm are told apart", async () => {
  const { packagesProblem } = await import("../../jupyter/setup/node.mjs");
  assert.equal(packagesProblem(true), null);
  const box = makeSandbox();
  try {
    writeFileSync(box.inside("package-lock.json"), "{");
    const { code, output } = await box.run("build");
    assert.equal(code, 1);
    assert.match(output, /package-lock\.json is missing or damaged/);
  } finally {
    box.remove();
  }
});
