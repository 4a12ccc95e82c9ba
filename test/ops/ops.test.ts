// Every op of the table: gradients against difference quotients, and what must not matter.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import * as torch from "../../src/index";
import * as ops from "../../src/ops";
import { broadcastShapes } from "../../src/shape";
import { Tensor } from "../../src/tensor";
import { inputs, type Layout, laidOut, layouts } from "./draw";
import type { Row } from "./row";
import { exempt, type OpName, table } from "./table";

interface Case {
  readonly shapes: readonly (readonly number[])[];
  readonly rest: unknown;
  readonly seed: number;
  readonly layout: Layout;
}

function casesOf(row: Row): fc.Arbitrary<Case> {
  return fc
    .tuple(row.draw, fc.nat(1e6), fc.constantFrom(...layouts))
    .map(([{ shapes, rest }, seed, layout]) => ({ shapes, rest, seed, layout }));
}

/** A seed of its own for each op, the same in every run. */
const seedOf = (name: string) => [...name].reduce((h, c) => (h * 31 + c.charCodeAt(0)) | 0, 7);

function check(name: string, row: Row, numRuns: number, property: (c: Case) => void): void {
  fc.assert(fc.property(casesOf(row), property), { seed: seedOf(name), numRuns });
}

type AnyOp = (...args: readonly unknown[]) => unknown;

function call(name: string, row: Row, x: Tensor[], rest: unknown): Tensor[] {
  const op = (ops as unknown as Record<string, AnyOp>)[name];
  const result = row.pick(op(...row.args(x, rest as never)) as never);
  return result instanceof Tensor ? [result] : [...result];
}

/** The drawn inputs in a layout, as leaves with gradients. */
function leaves(row: Row, c: Case, layout = c.layout): Tensor[] {
  return inputs(c.shapes, row.domain, c.seed).map((t) => laidOut(t, layout).requires_grad_());
}

function close(a: Tensor | null, b: Tensor | null, tolerance: number, what: string): void {
  if (a === null || b === null) {
    assert.equal(a, b, what);
    return;
  }
  assert.deepEqual([...a.dims], [...b.dims], `${what}: shape`);
  const [x, y] = [a.toTypedArray(), b.toTypedArray()];
  x.forEach((value, i) => {
    const right =
      Object.is(value, y[i]) || Math.abs(value - y[i]) <= tolerance * (1 + Math.abs(y[i]));
    assert.ok(right, `${what}: element ${i} is ${value}, not ${y[i]}`);
  });
}

function allClose(a: (Tensor | null)[], b: (Tensor | null)[], tolerance: number, what: string) {
  assert.equal(a.length, b.length, what);
  for (const [i, t] of a.entries()) close(t, b[i], tolerance, `${what} ${i}`);
}

/** Random starting gradients for the outputs, the same for the same salt. */
function starts(outputs: Tensor[], salt: number): Tensor[] {
  return inputs(
    outputs.map((o) => o.dims),
    [-1, 1],
    salt,
  ).map((t, i) => t.to(outputs[i].dtype));
}

function gradients(outputs: Tensor[], x: Tensor[], start: Tensor[]): (Tensor | null)[] {
  return torch.autograd.grad(outputs, x, {
    grad_outputs: start,
    allow_unused: true,
    retain_graph: true,
  });
}

/** The op as a function for gradcheck; every input takes part, so that it has a gradient. */
function differentiable(name: string, row: Row, rest: unknown) {
  return (...x: Tensor[]) => call(name, row, x, rest);
}

const inPlaceTwin = (name: string): AnyOp | undefined =>
  (Tensor.prototype as unknown as Record<string, AnyOp>)[`${name}_`];

for (const [name, row] of Object.entries(table)) {
  const dtypeChanges = row.order === "value";

  if (row.order !== "value") {
    test(`${name}: gradient against difference quotients`, () => {
      check(name, row, 25, (c) => {
        assert.ok(torch.autograd.gradcheck(differentiable(name, row, c.rest), leaves(row, c)));
      });
    });

    test(`${name}: gradients add up in the gradient they start from`, () => {
      check(name, row, 8, (c) => {
        const x = leaves(row, c);
        const y = call(name, row, x, c.rest);
        const [a, b] = [starts(y, 1), starts(y, 2)];
        const mixed = a.map((g, i) => g.mul(2).sub(b[i].mul(3)));
        const [left, right] = [gradients(y, x, a), gradients(y, x, b)];
        const sum = left.map((g, i) => g?.mul(2).sub((right[i] as Tensor).mul(3)) ?? null);
        allClose(gradients(y, x, mixed), sum, 1e-9, "gradient");
      });
    });
  }

  if (row.order === "second") {
    test(`${name}: second derivative against difference quotients`, () => {
      check(name, row, 10, (c) => {
        assert.ok(torch.autograd.gradgradcheck(differentiable(name, row, c.rest), leaves(row, c)));
      });
    });
  }

  test(`${name}: a view gives what its copy gives`, () => {
    check(name, row, 12, (c) => {
      const [x, copies] = [leaves(row, c), leaves(row, c, "dense")];
      const [y, expected] = [call(name, row, x, c.rest), call(name, row, copies, c.rest)];
      allClose(y, expected, 1e-12, "value");
      if (row.order === "value") return;
      const start = starts(y, 3);
      allClose(gradients(y, x, start), gradients(expected, copies, start), 1e-12, "gradient");
    });
  });

  if (row.broadcasts) {
    test(`${name}: broadcasting is expanding`, () => {
      check(name, row, 12, (c) => {
        const shape = c.shapes.reduce<number[]>((s, t) => broadcastShapes(s, t), []);
        const x = leaves(row, c);
        const wide = x.map((t) => t.expand(shape));
        const [y, expected] = [call(name, row, x, c.rest), call(name, row, wide, c.rest)];
        allClose(y, expected, 0, "value");
        if (row.order === "value") return;
        const start = starts(y, 4);
        allClose(gradients(y, x, start), gradients(expected, x, start), 1e-12, "gradient");
      });
    });
  }

  if (!dtypeChanges) {
    test(`${name}: float32 gives nearly what float64 gives`, () => {
      check(name, row, 8, (c) => {
        const x = leaves(row, c).map((t) => t.detach());
        const y = call(name, row, x, c.rest);
        const single = call(
          name,
          row,
          x.map((t) => t.float()),
          c.rest,
        );
        allClose(
          single.map((t) => t.double()),
          y,
          2e-4,
          "value",
        );
      });
    });
  }

  const twin = inPlaceTwin(name);
  if (twin !== undefined) {
    test(`${name}_ does in place what ${name} does`, () => {
      check(name, row, 12, (c) => {
        const x = leaves(row, c);
        const [expected] = call(name, row, x, c.rest);
        const copies = leaves(row, c);
        const [self, ...rest] = row.args(copies, c.rest as never) as [Tensor, ...unknown[]];
        if (expected.dims.length !== self.dims.length || expected.numel() !== self.numel()) return;
        if (expected.dtype !== self.dtype) return;
        const changed = self.clone();
        assert.equal(twin.call(changed, ...rest), changed);
        close(changed, expected, 0, "value");
        if (row.order === "value") return;
        const start = starts([expected], 5);
        const found = gradients([changed], copies, start);
        allClose(found, gradients([expected], x, start), 0, "gradient");
      });
    });
  }
}

test("every op has a row or a reason", () => {
  const named = [...Object.keys(table), ...Object.keys(exempt)] as OpName[];
  assert.deepEqual(named.sort(), (Object.keys(ops) as OpName[]).sort());
});
