// expr: Python's precedences on tensors, and an error for everything else.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import * as torch from "../src/index";
import { expr, PyFloat, tensor } from "../src/index";

const [a, b] = [tensor([1.5, -2]), tensor([0.5, 4])];
const [A, B, I] = [
  tensor([
    [1, 2],
    [3, 4],
  ]),
  tensor([
    [1, 0],
    [0, 2],
  ]),
  tensor([3, 5]),
];
const [va, vb] = [
  [1.5, -2],
  [0.5, 4],
];

/** The same formula in plain JavaScript, element by element. */
const each = (f: (x: number, y: number) => number) => va.map((x, i) => f(x, vb[i]));

const precedences: [string, () => torch.Tensor, number[]][] = [
  ["a - b", () => expr`${a} - ${b}`, each((x, y) => x - y)],
  ["a - b - a", () => expr`${a} - ${b} - ${a}`, each((x, y) => x - y - x)],
  ["a + b * a", () => expr`${a} + ${b} * ${a}`, each((x, y) => x + y * x)],
  ["(a + b) * a", () => expr`(${a} + ${b}) * ${a}`, each((x, y) => (x + y) * x)],
  ["a / b / a", () => expr`${a} / ${b} / ${a}`, each((x, y) => x / y / x)],
  ["-a ** 2", () => expr`-${a} ** 2`, each((x) => -(x ** 2))],
  ["(-a) ** 2", () => expr`(-${a}) ** 2`, each((x) => x ** 2)],
  ["a ** 2 ** 3", () => expr`${a} ** 2 ** 3`, each((x) => x ** 8)],
  ["2 ** -b", () => expr`2 ** -${b}`, each((_x, y) => 2 ** -y)],
  ["--a", () => expr`--${a}`, va],
  ["+-+a", () => expr`+-+${a}`, each((x) => -x)],
  ["a - -b", () => expr`${a} - -${b}`, each((x, y) => x + y)],
  ["a * -b", () => expr`${a} * -${b}`, each((x, y) => -(x * y))],
  ["-1 * a + b", () => expr`-1 * ${a} + ${b}`, each((x, y) => -x + y)],
  ["1 - a", () => expr`1 - ${a}`, each((x) => 1 - x)],
  ["3 / a", () => expr`3 / ${a}`, each((x) => 3 / x)],
  ["2 * (3 + a)", () => expr`2 * (3 + ${a})`, each((x) => 2 * (3 + x))],
  ["(2 - 3) / 4 * a", () => expr`(2 - 3) / 4 * ${a}`, each((x) => -0.25 * x)],
  ["((a))", () => expr`((${a}))`, va],
];

for (const [name, run, expected] of precedences) {
  test(`${name}, as in Python`, () => {
    const found = run().tolist() as number[];
    found.forEach((x, i) => {
      assert.ok(Math.abs(x - expected[i]) <= 1e-6 * Math.abs(expected[i]), `${found}`);
    });
  });
}

test("@ binds like *, to the left", () => {
  assert.deepEqual(expr`${A} @ ${B} + ${A}`.tolist(), [
    [2, 6],
    [6, 12],
  ]);
  assert.deepEqual(expr`${A} @ ${B} @ ${I}`.tolist(), [23, 49]);
  assert.deepEqual(expr`2 * ${A} @ ${B}`.tolist(), [
    [2, 8],
    [6, 16],
  ]);
  assert.deepEqual(expr`-${A} @ ${B}`.tolist(), [
    [-1, -4],
    [-3, -8],
  ]);
});

test("random sums and products agree with JavaScript's own precedences", () => {
  const operator = fc.constantFrom("+", "-", "*", "/");
  const chain = fc.array(operator, { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(chain, (operators) => {
      const x = torch.tensor(3, { dtype: torch.float64 });
      const strings = ["", ...operators.map((op) => ` ${op} `), ""];
      const template = Object.assign([...strings], { raw: strings }) as unknown;
      const holes = strings.slice(1).map((_, i) => (i === 0 ? x : i + 1));
      const found = expr(template as TemplateStringsArray, ...holes.slice(0, operators.length + 1));
      const text = operators.reduce((s, op, i) => `${s} ${op} ${i + 2}`, "3");
      assert.equal(found.item(), Number(new Function(`return ${text}`)()));
    }),
    { seed: 1, numRuns: 300 },
  );
});

test("numbers: ints and floats as Python tells them apart", () => {
  const i = tensor([1, 2]);
  assert.equal(String(expr`${i} * 2`), "tensor([2, 4])");
  assert.equal(String(expr`${i} * 2.0`), "tensor([2., 4.])");
  assert.equal(String(expr`${i} * 2.`), "tensor([2., 4.])");
  assert.equal(String(expr`${i} + 1e0`), "tensor([2., 3.])");
  assert.equal(String(expr`${i} + .5`), "tensor([1.5000, 2.5000])");
  assert.equal(String(expr`${i} * ${new PyFloat(2)}`), "tensor([2., 4.])");
  assert.equal(String(expr`${i} * (4 / 2)`), "tensor([2., 4.])");
  assert.equal(String(expr`${i} * 2 ** 3`), "tensor([ 8, 16])");
  assert.equal(String(expr`${i} * 2 ** -1`), "tensor([0.5000, 1.0000])");
  assert.equal(expr`${a} * 1e-7`.tolist()?.toString(), a.mul(1e-7).tolist()?.toString());
  assert.equal(String(expr`${i} + ${true}`), "tensor([2, 3])");
  assert.equal(String(expr`${i} + ${3n}`), "tensor([4, 5])");
});

test("graphs are those of the ops", () => {
  const x = torch.ones(2, { requires_grad: true });
  const names = [
    [expr`${x} - 1`, "SubBackward0"],
    [expr`1 - ${x}`, "RsubBackward1"],
    [expr`1 / ${x}`, "MulBackward0"],
    [expr`2 ** ${x}`, "PowBackward2"],
    [expr`${x} ** 2`, "PowBackward0"],
    [expr`-${x} ** 2`, "NegBackward0"],
    [expr`${x} @ ${x}`, "DotBackward0"],
    [expr`+${x}`, undefined],
  ] as const;
  for (const [y, name] of names) assert.equal(y.grad_fn?.name, name);
});

test("an expression in a loop takes each round's values", () => {
  const results = [1, 2, 3].map((k) => expr`${tensor([k])} * ${k} + 1`.item());
  assert.deepEqual(results, [2, 5, 10]);
});

const wrong: [string, () => unknown, RegExp | string][] = [
  ["two values side by side", () => expr`${a} ${b}`, "expr: did not expect a value"],
  ["a value before a parenthesis", () => expr`${a}(${b})`, "expr: did not expect ("],
  ["nothing after an operator", () => expr`${a} +`, "expr: did not expect the end"],
  ["nothing before an operator", () => expr`* ${a}`, "expr: did not expect *"],
  ["an open parenthesis", () => expr`(${a}`, "expr: did not expect the end"],
  ["a closed one too many", () => expr`${a})`, "expr: did not expect )"],
  ["empty parentheses", () => expr`() + ${a}`, "expr: did not expect )"],
  ["two operators", () => expr`${a} * / ${b}`, "expr: did not expect /"],
  ["a name", () => expr`${a} + x`, 'expr: unexpected "x"'],
  ["a comparison", () => expr`${a} > 1`, 'expr: unexpected ">"'],
  ["a modulo", () => expr`${a} % 2`, 'expr: unexpected "%"'],
  [
    "a list",
    () => expr`${[1, 2] as never} + ${a}`,
    /number 1 is a list, not a tensor or a number$/,
  ],
  ["a string", () => expr`${a} + ${"1" as never}`, /number 2 is a str, not a tensor or a number$/],
  ["null", () => expr`${a} + ${null as never}`, /number 2 is a NoneType/],
  ["undefined", () => expr`${a} + ${undefined as never}`, /number 2 is a NoneType/],
  ["no tensor", () => expr`${1} + ${2}`, "expr needs at least one tensor"],
  ["nothing at all", () => expr`1 + 2`, "expr needs at least one tensor"],
  [
    "@ with a number",
    () => expr`${a} @ 2`,
    "unsupported operand type(s) for @: 'Tensor' and 'int'",
  ],
  ["a number @", () => expr`2.5 @ ${a}`, "unsupported operand type(s) for @: 'float' and 'Tensor'"],
];

for (const [name, run, message] of wrong) {
  test(`refused: ${name}`, () => {
    assert.throws(run, { name: "TypeError", message });
    // The second time it must not be taken for parsed.
    assert.throws(run, { name: "TypeError", message });
  });
}

test("errors of the ops come through", () => {
  assert.throws(() => expr`${torch.ones(2)} + ${torch.ones(3)}`, {
    name: "RuntimeError",
    message: /^The size of tensor a \(2\) must match the size of tensor b \(3\)/,
  });
});
