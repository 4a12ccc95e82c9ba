// Rows of the table of ops: reductions, what runs along a dimension, and products.

import fc from "fast-check";
import type { Tensor } from "../../../src/tensor";
import { broadcasting, dimOf, fixed, one, oneWith, reduction, shapes, sized } from "../draw";
import { along, matrices, type Row, reduced, reducedOnce, row, single } from "../row";
import type { OpName } from "../table";

export const reductionsRows = {
  // reductions
  sum: reduced(),
  mean: reduced({ size: 1 }),
  std: reduced({ rank: 1, size: 2 }),
  var_: reduced({ rank: 1, size: 2 }),
  amax: reduced({ size: 1 }),
  amin: reduced({ size: 1 }),
  logsumexp: row(
    oneWith(shapes({ rank: 1, size: 1 }), (shape) =>
      fc.record({ dim: dimOf(shape), keepdim: fc.boolean() }),
    ),
    ([x], { dim, keepdim }) => [x, dim, { keepdim }],
  ),
  norm: row(
    oneWith(shapes({ size: 1 }), () => fc.constantFrom(1, 2, 3)),
    ([x], p) => [x, p],
  ),
  prod: reducedOnce({ size: 1 }),
  all: reducedOnce({ order: "value" }),
  any: reducedOnce({ order: "value" }),
  max: row(reduction({ size: 1 }), ([x], r) => [x, single(r), { keepdim: r.keepdim }], {
    pick: (result: Tensor | { values: Tensor }) => ("values" in result ? result.values : result),
  }),
  min: row(reduction({ size: 1 }), ([x], r) => [x, single(r), { keepdim: r.keepdim }], {
    pick: (result: Tensor | { values: Tensor }) => ("values" in result ? result.values : result),
  }),
  argmax: reducedOnce({ order: "value", size: 1 }),
  argmin: reducedOnce({ order: "value", size: 1 }),
  sum_to_size: row(
    broadcasting(1).chain(({ shapes: [small] }) =>
      fc.integer({ min: 0, max: 2 }).map((n) => ({
        shapes: [[n, ...small.map((m) => (m === 1 ? 2 : m))]],
        rest: small,
      })),
    ),
    ([x], size) => [x, size],
  ),

  // along a dimension
  cumsum: along(),
  softmax: along({ size: 1 }),
  log_softmax: along({ size: 1 }),
  softmaxSlope: row(
    oneWith(shapes({ rank: 1, size: 1 }), dimOf).map(({ shapes: [s], rest }) => ({
      shapes: [s, s],
      rest: rest < 0 ? rest + s.length : rest,
    })),
    ([x, y], dim) => [x, y, dim],
  ),
  sort: row(oneWith(shapes({ rank: 1 }), dimOf), ([x], dim) => [x, dim, { descending: true }], {
    pick: ({ values }: { values: Tensor }) => values,
  }),
  topk: row(oneWith(shapes({ rank: 1, size: 1 }), dimOf), ([x], dim) => [x, 1, dim], {
    pick: ({ values }: { values: Tensor }) => values,
  }),
  argsort: along({ order: "value" }),
  nonzero: row(one, ([x]) => [x.relu()], { order: "value" }),

  // products
  mm: row(matrices(["nk", "km"]), (x) => x),
  bmm: row(matrices(["bnk", "bkm"]), (x) => x),
  mv: row(matrices(["nk", "k"]), (x) => x),
  dot: row(matrices(["k", "k"]), (x) => x),
  outer: row(matrices(["n", "m"]), (x) => x),
  matmul: row(
    fc.oneof(
      ...[
        ["k", "k"],
        ["nk", "k"],
        ["k", "km"],
        ["bnk", "km"],
        ["bnk", "k"],
        ["k", "bkm"],
      ].map(matrices),
      matrices(["nk", "bkm"]),
      sized(["bnk", "km"], () => null).map(({ shapes: [a, b] }) => ({
        shapes: [a, [1, ...b]],
        rest: null,
      })),
    ),
    (x) => x,
  ),
  addmm: row(matrices(["m", "nk", "km"]), ([c, a, b]) => [c, a, b, { beta: 2, alpha: 0.5 }]),
  linear: row(matrices(["nk", "mk", "m"]), (x) => x),
  einsum: row(
    fixed([
      {
        shapes: [
          [2, 3],
          [3, 2],
        ],
        rest: "ij,jk->ik",
      },
      { shapes: [[3], [3]], rest: "i,i->" },
      {
        shapes: [
          [2, 2, 3],
          [2, 3, 1],
        ],
        rest: "bij,bjk->bik",
      },
      { shapes: [[2, 3]], rest: "ij->ji" },
      { shapes: [[3, 3]], rest: "ii->i" },
      {
        shapes: [
          [2, 3],
          [2, 3],
        ],
        rest: "ij,ij->i",
      },
    ]),
    (x, equation) => [equation, ...x],
  ),
} satisfies Partial<Record<OpName, Row>>;
