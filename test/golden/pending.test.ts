// The list of missing names empties itself: a name that the library has must leave it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { OUTSIDE, PENDING } from "./pending";
import { isOffered } from "./python/modules";

test("no pending name exists in the library", () => {
  assert.deepEqual(Object.keys(PENDING).filter(isOffered), []);
});

test("no name that is said to be outside exists in the library", () => {
  assert.deepEqual(Object.keys(OUTSIDE).filter(isOffered), []);
});
