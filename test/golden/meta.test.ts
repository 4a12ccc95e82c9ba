// The golden files are complete, and made with the versions that the generator pins.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { goldenFolder, readGolden } from "./fixtures";

const FILES = [
  "rng",
  "repr",
  "ops",
  "errors",
  "programs",
  "lab1",
  "lab2",
  "lab3",
  "lab4",
  "notebook",
  "lab5",
  "lab9",
];

for (const name of FILES) {
  test(`${name}.json is in the folder of golden files`, () => {
    assert.ok(readGolden<object>(name), goldenFolder);
  });
}

test("meta.json records the pinned versions", () => {
  const meta = readGolden<Record<string, string>>("meta");
  const pins = readFileSync(join(__dirname, "generator", "requirements.txt"), "utf8");
  for (const pin of pins.trim().split("\n")) {
    const [name, version] = pin.trim().split("==");
    // A local version label such as +cpu says where the wheel came from.
    assert.equal(meta[name]?.split("+")[0], version, name);
  }
});
