// format against Python's % operator.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { floatRepr, formatFixed } from "../src/format";
import { format, PyFloat, tensor } from "../src/index";
import { doubleFromHex } from "./bits";

type Value = number | boolean | string | { readonly float: string };
type Case = [
  template: string,
  values: Value[],
  text: string | null,
  name?: string,
  message?: string,
];

const cases = JSON.parse(readFileSync(join(__dirname, "format.json"), "utf8")) as Case[];

/** A Python float: whole ones are marked, others are JavaScript's own. */
function decoded(value: Value): number | boolean | string | PyFloat {
  if (typeof value !== "object") return value;
  const x = doubleFromHex(value.float);
  return Number.isInteger(x) ? new PyFloat(x) : x;
}

/** What a value of the wrong kind or number of values is said to be, word by word. */
const ownWords = /^%c requires/;

test(`${cases.length} templates as Python fills them`, () => {
  for (const [template, values, text, name, message] of cases) {
    const label = `${JSON.stringify(template)} % ${JSON.stringify(values)}`;
    const fill = () => format(template, ...(values.map(decoded) as number[]));
    // There is one class here for Python's ValueError and OverflowError.
    const raised = name === "OverflowError" ? "ValueError" : name;
    if (text !== null) assert.equal(fill(), text, label);
    else if (ownWords.test(message ?? "")) assert.throws(fill, { name: raised }, label);
    else assert.throws(fill, { name: raised, message }, label);
  }
});

test("one-element tensors count as their item", () => {
  assert.equal(format("%.3f %d %s", tensor(0.8125), tensor([7]), tensor(true)), "0.812 7 True");
  assert.throws(() => format("%d", tensor([1, 2])), { name: "RuntimeError" });
});

test("a value that is none is refused", () => {
  for (const bad of [null, undefined, {}, [1]]) {
    assert.throws(() => format("%d", bad as never), { name: "TypeError" }, String(bad));
    assert.throws(() => format("%.2f", bad as never), { name: "TypeError" }, String(bad));
  }
});

test("floatRepr reads back to the same double", () => {
  for (const x of [0.1, 1e16, 123456.789, 5e-324, -1e-5, 1e22]) {
    assert.equal(Number(floatRepr(x)), x);
  }
  assert.equal(floatRepr(1e16), "1e+16");
  assert.equal(formatFixed(0.8125, 3), "0.812");
});
