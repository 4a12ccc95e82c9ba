// Rows of the table of ops: positions, losses and layers.

import fc from "fast-check";
import * as torch from "../../../src/index";
import { PyFloat } from "../../../src/scalar";
import { dimOf, fixed, one, oneWith, shapes } from "../draw";
import {
  base,
  classes,
  fourPlaces,
  inside,
  pairsReduced,
  part,
  places,
  probability,
  type Row,
  row,
  truth,
  whole,
} from "../row";
import type { OpName } from "../table";

export const placesRows = {
  // positions
  index: row(
    fixed(
      [
        [0],
        [-1, ":"],
        ["::2", 1],
        ["...", null, 1],
        [[2, 0, 0]],
        [
          [2, 0],
          [1, 1],
        ],
        [":", [1, 0, 1]],
        [
          null,
          [
            [0, 1],
            [2, 2],
          ],
          "1:",
        ],
        [torch.tensor([true, false, true])],
      ].map((keys) => ({ shapes: [[3, 2]], rest: keys })),
    ),
    ([x], keys) => [x, ...keys],
  ),
  select: row(oneWith(shapes({ rank: 1, size: 1 }), dimOf), ([x], dim) => [x, dim, -1]),
  narrow: row(oneWith(shapes({ rank: 1, size: 1 }), dimOf), ([x], dim) => [x, dim, 0, 1]),
  index_select: row(
    oneWith(shapes({ rank: 1 }), (s) =>
      dimOf(s).chain((dim) => fc.tuple(fc.constant(dim), places(s[(dim + s.length) % s.length]))),
    ),
    ([x], [dim, at]) => [x, dim, whole(at)],
  ),
  gather: row(fixed([{ shapes: [[2, 3]], rest: [[0, 2, 2, 1]] }]), ([x], at) => [
    x,
    1,
    torch.tensor([...at, ...at]),
  ]),
  take: row(fixed([{ shapes: [[2, 3]], rest: [5, 0, 0, 2] }]), ([x], at) => [x, whole(at)]),
  masked_select: row(one, ([x]) => [x, truth(x)], { order: "second" }),
  scatter_: row(
    fixed([
      {
        shapes: [
          [2, 3],
          [2, 1],
        ],
        rest: null,
      },
    ]),
    ([x, y]) => [x.clone(), 1, torch.tensor([[2], [0]]), y],
  ),
  scatter_add_: row(
    fixed([
      {
        shapes: [
          [2, 3],
          [2, 2],
        ],
        rest: null,
      },
    ]),
    ([x, y]) => [
      x.clone(),
      1,
      torch.tensor([
        [2, 2],
        [0, 1],
      ]),
      y,
    ],
  ),
  index_add_: row(
    fixed([
      {
        shapes: [
          [2, 3],
          [3, 3],
        ],
        rest: null,
      },
    ]),
    ([x, y]) => [x.clone(), 0, whole([1, 0, 1]), y, { alpha: 2 }],
  ),
  padInto: row(part, ([x]) => [x, 1, 1, 2, [2, 5]]),
  scatterInto: row(part, ([x]) => [
    x,
    1,
    torch.tensor([
      [0, 2],
      [1, 1],
    ]),
    [2, 3],
  ]),
  takePositions: row(base, ([x]) => [x, fourPlaces, "TakeBackward0"]),
  addAtPositions: row(part, ([x]) => [x, fourPlaces, [2, 3]]),
  putPositions: row(
    fixed([
      {
        shapes: [
          [2, 3],
          [2, 2],
        ],
        rest: "add",
      },
      {
        shapes: [
          [2, 3],
          [2, 2],
        ],
        rest: "replace",
      },
    ]),
    ([x, y], mode) => [x, { at: Int32Array.of(5, 0, 1, 2), dims: [2, 2] }, y, mode, "PutBackward0"],
  ),
  as_strided: row(base, ([x]) => [x.clone(), [2, 2], [1, 2], 1]),
  stridedSlice: row(base, ([x]) => [x, inside]),
  stridedScatter: row(part, ([x]) => [x, inside]),
  stridedReplace: row(
    fixed([
      {
        shapes: [
          [2, 3],
          [2, 2],
        ],
        rest: null,
      },
    ]),
    ([x, y]) => [x, inside, y],
  ),

  // losses and layers
  binary_cross_entropy: row(pairsReduced, ([p, y], options) => [p, y, options], {
    domain: probability,
  }),
  binary_cross_entropy_with_logits: row(pairsReduced, ([x, y], options) => [
    x,
    y,
    { ...options, pos_weight: torch.tensor(new PyFloat(2)).double() },
  ]),
  mse_loss: row(pairsReduced, ([x, y], options) => [x, y, options]),
  l1_loss: row(pairsReduced, ([x, y], options) => [x, y, options]),
  huber_loss: row(pairsReduced, ([x, y], options) => [x, y, options]),
  nll_loss: row(classes, ([x], target) => [x.log_softmax(1), whole(target)]),
  cross_entropy: row(classes, ([x], target) => [x, whole(target), { label_smoothing: 0.1 }]),
  dropout: row(one, ([x]) => {
    torch.manual_seed(0); // the same elements each time
    return [x, 0.5, true];
  }),
} satisfies Partial<Record<OpName, Row>>;
