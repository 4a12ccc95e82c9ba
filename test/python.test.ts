// Python's helpers: range, classes called without new, numbers that are floats, errors.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { callable } from "../src/callable";
import * as torch from "../src/index";
import { range } from "../src/index";
import { isScalar, pythonTypeName, requireInteger, scalarKind, scalarValue } from "../src/scalar";

test("range counts as Python's", () => {
  assert.deepEqual(range(3), [0, 1, 2]);
  assert.deepEqual(range(1, 4), [1, 2, 3]);
  assert.deepEqual(range(5, 0, -2), [5, 3, 1]);
  assert.deepEqual(range(0), []);
  assert.deepEqual(range(3, 1), []);
  assert.deepEqual(range(0, 5, 2), [0, 2, 4]);
  assert.throws(() => range(1, 2, 0), {
    name: "ValueError",
    message: "range() arg 3 must not be zero",
  });
  for (const bad of [0.5, Number.NaN, "3", null]) {
    assert.throws(() => range(bad as number), {
      name: "TypeError",
      message: /object cannot be interpreted as an integer$/,
    });
  }
});

test("a callable class constructs with and without new", () => {
  class Point {
    constructor(
      readonly x: number,
      readonly y = 0,
    ) {}
    sum(): number {
      return this.x + this.y;
    }
    static origin = "O";
  }
  const Callable = callable(Point);
  assert.equal(Callable(1, 2).sum(), 3);
  assert.equal(new Callable(1).sum(), 1);
  assert.ok(Callable(1) instanceof Callable);
  assert.ok(Callable(1) instanceof Point);
  assert.equal(Callable.origin, "O");
  assert.equal(Callable.name, "Point");
  class Far extends Callable {
    override sum(): number {
      return super.sum() * 10;
    }
  }
  assert.equal(new Far(1, 2).sum(), 30);
  assert.ok(new Far(1) instanceof Callable);
});

test("numbers are told apart as Python tells them", () => {
  const kinds: [unknown, string][] = [
    [1, "int"],
    [1.5, "float"],
    [Number.NaN, "float"],
    [true, "bool"],
    [1n, "int"],
    [new torch.PyFloat(1), "float"],
  ];
  for (const [x, kind] of kinds) {
    assert.ok(isScalar(x));
    assert.equal(scalarKind(x as number), kind);
    assert.equal(pythonTypeName(x), kind);
  }
  for (const x of ["1", null, undefined, [], {}, () => 1]) assert.ok(!isScalar(x));
  assert.deepEqual(["1", null, undefined, [], {}, () => 1].map(pythonTypeName), [
    "str",
    "NoneType",
    "NoneType",
    "list",
    "dict",
    "function",
  ]);
  assert.equal(scalarValue(new torch.PyFloat(2)), 2);
  assert.equal(scalarValue(true), 1);
  assert.equal(Number(new torch.PyFloat(2)), 2);
  assert.equal(requireInteger(3n, "op", "n", 1), 3);
  assert.throws(() => requireInteger(new torch.PyFloat(3), "op", "n", 1), {
    message: "op(): argument 'n' (position 1) must be int, not float",
  });
});

test("errors have Python's names and JavaScript's classes, and show their hints", () => {
  const index = new torch.IndexError("out", "look");
  assert.ok(index instanceof RangeError);
  assert.ok(new torch.TypeError("kind") instanceof TypeError);
  assert.ok(new torch.AttributeError("none") instanceof TypeError);
  assert.ok(new torch.NotImplementedError("later") instanceof torch.RuntimeError);
  assert.ok(new torch.ValueError("value") instanceof Error);
  assert.equal(index.name, "IndexError");
  assert.equal(index.message, "out", "the hint is no part of the message");
  assert.equal(index.hint, "look");
  assert.match(inspect(index), /IndexError: out[\s\S]*hint: look/);
  assert.ok(!/hint/.test(inspect(new torch.RuntimeError("plain"))));
});
