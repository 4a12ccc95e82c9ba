// The figures of docs/parity.md are those of the golden tests.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { parityDoc, parityTables, withTables } from "./parity-table";

test("docs/parity.md counts what the golden tests count", () => {
  const document = readFileSync(parityDoc, "utf8").replaceAll("\r\n", "\n");
  assert.equal(
    document,
    withTables(document, parityTables()),
    "write it anew: node --import tsx test/examples/parity-table.ts",
  );
});
