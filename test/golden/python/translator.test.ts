// The translator from Python to this library: numbers, statements, and whose mistake an error is.

import assert from "node:assert/strict";
import { test } from "node:test";
import { torch } from "./modules";
import { spellOutFloats } from "./parse";
import { preamble, Session } from "./run";
import { repr } from "./text";
import { PythonError, UnsupportedCode } from "./values";

const value = (code: string): string => repr(new Session(preamble).run(code));

test("ints, floats and large ints keep Python's kinds", () => {
  for (const [code, expected] of [
    ["7 // 2, -7 // 2, -7 % 3, 7.0 // 2", "(3, -4, 2, 3.0)"],
    ["1 / 2, 4 / 2, 2 ** 3, 2 ** -1, -2 ** 2", "(0.5, 2.0, 8, 0.5, -4)"],
    ["2 ** 64 - 1, -2 ** 63 - 1", "(18446744073709551615, -9223372036854775809)"],
    ["1., 1e5, .5, 1_000, 0x10", "(1.0, 100000.0, 0.5, 1000, 16)"],
    ["1 + True, 0.5 + 0.5", "(2, 1.0)"],
  ]) {
    assert.equal(value(code), expected, code);
  }
});

test("a float literal that ends in a point is spelled out, also next to strings", () => {
  assert.equal(spellOutFloats("f(1., [2.,3.]) + 1.e5"), "f(1.0, [2.0,3.0]) + 1.0e5");
  assert.equal(spellOutFloats("'1.' + x1.t() + a[0].b"), "'1.' + x1.t() + a[0].b");
});

test("lists, tuples, dictionaries, strings and f-strings", () => {
  for (const [code, expected] of [
    ["[1, (2,), 'a', None, True, {'k': 1.5}]", "[1, (2,), 'a', None, True, {'k': 1.5}]"],
    ["x = [1, 2, 3]; x[0], x[-1], x[1:]", "(1, 3, [2, 3])"],
    ["a, (b, c) = 1, (2, 3); b if a > 1 else c", "3"],
    ["'%d of %.2f' % (3, 0.125)", "'3 of 0.12'"],
    ["x = 0.8125; f'{x:.3f} {{x}} {x!r}'", "'0.812 {x} 0.8125'"],
    ["(not 0) and (1 or 2), 1 is None, 3 <= 3", "(1, False, True)"],
    ["t = 0\nfor i in [1, 2, 3]:\n    t += i\nt", "6"],
  ]) {
    assert.equal(value(code), expected, code);
  }
});

test("calls become calls: keywords go into one options object, tuples are arrays", () => {
  for (const [code, expected] of [
    ["torch.ones(2, 3).sum(1, keepdim=True)", "tensor([[3.],\n        [3.]])"],
    ["torch.zeros(*[2, 1]).shape", "torch.Size([2, 1])"],
    ["torch.tensor([1., 2.])", "tensor([1., 2.])"],
    ["torch.tensor([1, 2]).tolist(), torch.tensor(2.).item()", "([1, 2], 2.0)"],
    ["x = torch.ones(3); x += 1; x[0] = 5; x[-1] *= 2; x", "tensor([5., 2., 4.])"],
    ["x = torch.zeros(2, 3); x[:, 1:] = 1; x[0, ...]", "tensor([0., 1., 1.])"],
    ["2 > torch.ones(2)", "tensor([True, True])"],
    ["float(torch.ones(1)), int(torch.tensor(2)), len(torch.ones(4))", "(1.0, 2, 4)"],
  ]) {
    assert.equal(value(code), expected, code);
  }
});

test("with torch.no_grad(): runs its body without recording", () => {
  const session = new Session(preamble);
  session.run(
    "x = torch.ones(1, requires_grad=True)\nwith torch.no_grad():\n    y = x * 2\nz = x * 2",
  );
  const requires = (name: string) => (session.variables.get(name) as torch.Tensor).requires_grad;
  assert.deepEqual(["x", "y", "z"].map(requires), [true, false, true]);
});

test("Python's own mistakes are told from the library's", () => {
  assert.throws(() => value("None.x"), PythonError);
  assert.throws(() => value("[1][2]"), { name: "IndexError", message: "list index out of range" });
  assert.throws(() => value("2 * None"), PythonError);
  assert.throws(
    () => value("torch.no_such_function(1)"),
    (e: PythonError) => e.missing === "torch.no_such_function",
  );
  assert.throws(
    () => value("torch.ones(1).no_such_method()"),
    (e: PythonError) => e.missing === "torch.no_such_method",
  );
  assert.throws(() => value("torch.ones(2) + torch.ones(3)"), torch.RuntimeError);
});

test("code outside of the translator's Python is refused, never misread", () => {
  for (const code of [
    "lambda: 1",
    "[i for i in x]",
    "def f(): pass",
    "x: int = 1",
    "1 < 2 < 3",
    "1 in []",
  ]) {
    assert.throws(() => value(code), UnsupportedCode, code);
  }
});
