// Rows of the table of ops: other shapes.

import fc from "fast-check";
import * as torch from "../../../src/index";
import type { Tensor } from "../../../src/tensor";
import { alike, dimOf, one, oneWith, shapes } from "../draw";
import { matrices, type Row, row, unary } from "../row";
import type { OpName } from "../table";

export const shapesRows = {
  // shapes
  clone: unary(),
  contiguous: unary(),
  double: unary(),
  t: row(
    oneWith(
      shapes().filter((s) => s.length <= 2),
      () => fc.constant(null),
    ),
    ([x]) => [x],
  ),
  transpose: row(
    oneWith(shapes({ rank: 1 }), (s) => fc.tuple(dimOf(s), dimOf(s))),
    ([x], dims) => [x, ...dims],
  ),
  swapaxes: row(
    oneWith(shapes({ rank: 1 }), (s) => fc.tuple(dimOf(s), dimOf(s))),
    ([x], dims) => [x, ...dims],
  ),
  movedim: row(
    oneWith(shapes({ rank: 1 }), (s) => fc.tuple(dimOf(s), dimOf(s))),
    ([x], dims) => [x, ...dims],
  ),
  permute: row(
    oneWith(shapes(), (s) =>
      fc.shuffledSubarray(
        s.map((_, d) => d),
        { minLength: s.length },
      ),
    ),
    ([x], order) => [x, order],
  ),
  reverseDims: unary(),
  matrixTranspose: row(
    oneWith(shapes({ rank: 2 }), () => fc.constant(null)),
    ([x]) => [x],
  ),
  view: row(one, ([x]) => [x.contiguous(), [x.numel()]]),
  reshape: row(one, ([x]) => [x, [1, x.numel(), 1]]),
  unsafeView: row(one, ([x]) => [x.clone(), [x.numel(), 1]]),
  flatten: row(oneWith(shapes({ rank: 1 }), dimOf), ([x], dim) => [x, dim]),
  squeeze: unary(),
  squeezeProduct: row(one, ([x]) => [x.unsqueeze(0).clone(), 0]),
  unsqueeze: row(oneWith(shapes(), dimOf), ([x], dim) => [x, dim]),
  expand: row(one, ([x]) => [x.unsqueeze(0), [2, ...x.dims]]),
  expand_as: row(alike(2), ([x, y]) => [x, torch.stack([y.detach(), y.detach()])]),
  broadcast_to: row(one, ([x]) => [x, [3, ...x.dims]]),
  atleast_2d: unary(),
  repeat: row(one, ([x]) => [x, [2, ...x.dims.map((_, d) => d + 1)]]),
  tile: row(one, ([x]) => [x, [2]]),
  flip: row(oneWith(shapes({ rank: 1 }), dimOf), ([x], dim) => [x, [dim]]),
  roll: row(
    oneWith(shapes({ rank: 1 }), (s) => fc.tuple(fc.integer({ min: -4, max: 4 }), dimOf(s))),
    ([x], [shift, dim]) => [x, shift, dim],
  ),
  tril: row(
    oneWith(shapes({ rank: 2 }), () => fc.integer({ min: -2, max: 2 })),
    ([x], d) => [x, d],
  ),
  triu: row(
    oneWith(shapes({ rank: 2 }), () => fc.integer({ min: -2, max: 2 })),
    ([x], d) => [x, d],
  ),
  diagonal: row(
    oneWith(shapes({ rank: 2, size: 1 }), () => fc.integer({ min: -1, max: 1 })),
    ([x], offset) => [x, offset],
  ),
  diag: row(
    oneWith(
      shapes({ rank: 1, size: 1 }).filter((s) => s.length <= 2),
      () => fc.integer({ min: -1, max: 1 }),
    ),
    ([x], offset) => [x, offset],
  ),
  split: row(oneWith(shapes({ rank: 1, size: 1 }), dimOf), ([x], dim) => [x, 2, dim], {
    pick: (parts: Tensor[]) => parts,
  }),
  chunk: row(oneWith(shapes({ rank: 1, size: 1 }), dimOf), ([x], dim) => [x, 2, dim], {
    pick: (parts: Tensor[]) => parts,
  }),
  unbind: row(oneWith(shapes({ rank: 1, size: 1 }), dimOf), ([x], dim) => [x, dim], {
    pick: (parts: Tensor[]) => parts,
  }),
  cat: row(
    oneWith(shapes({ rank: 1 }), dimOf).map(({ shapes: [s], rest }) => ({
      shapes: [s, s.map((n, d) => (d === (rest + s.length) % s.length ? 2 : n)), s],
      rest,
    })),
    (x, dim) => [x, dim],
  ),
  stack: row(alike(3), (x) => [x, -1]),
  vstack: row(matrices(["nk", "mk"]), (x) => [x]),
  hstack: row(matrices(["nk", "nm"]), (x) => [x]),
} satisfies Partial<Record<OpName, Row>>;
