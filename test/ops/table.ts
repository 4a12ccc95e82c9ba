// One row for each op: how to call it on drawn inputs. The type demands a row, or a reason why
// there is none, so that a new op does not compile without one.

import fc from "fast-check";
import * as torch from "../../src/index";
import type * as ops from "../../src/ops";
import { PyFloat } from "../../src/scalar";
import type { Tensor } from "../../src/tensor";
import {
  alike,
  broadcasting,
  type Draw,
  dimOf,
  fixed,
  one,
  oneWith,
  type Reduced,
  reduction,
  shapes,
  sized,
} from "./draw";

export type OpName = keyof typeof ops;

/** Ops without a row, with the reason. */
export const exempt = {
  Extremum: "a class",
  Ordered: "a class",
  requireStd: "a check",
  reduceLoss: "a step of the losses, which have rows",
  toDType: "names a dtype",
  toSizes: "reads sizes",
  backward: "the engine, see test/autograd",
  register_hook: "the engine, see test/autograd",
  retain_grad: "the engine, see test/autograd",
  detach: "cuts the graph, see test/autograd",
  detach_: "cuts the graph, see test/autograd",
  requires_grad_: "a switch, see test/autograd",
  copy_: "in place, see test/autograd/inplace.test.ts",
  fill_: "in place, see test/autograd/inplace.test.ts",
  zero_: "in place, see test/autograd/inplace.test.ts",
  index_put_: "in place, see test/autograd/inplace.test.ts",
  bernoulli: "draws; its gradient is 0",
  bernoulli_: "draws; its gradient is 0",
  normal_: "draws; its gradient is 0",
  random_: "draws; its gradient is 0",
  uniform_: "draws; its gradient is 0",
  bool: "a cast to a dtype without gradients",
  int: "a cast to a dtype without gradients",
  long: "a cast to a dtype without gradients",
  float: "a cast that rounds away what a difference quotient needs",
  type: "a cast, or the name of one",
  type_as: "a cast",
  to: "a cast",
  data_ptr: "says where a tensor lies",
  dim: "says how a tensor lies",
  is_contiguous: "says how a tensor lies",
  is_floating_point: "names a property of the dtype",
  numel: "counts",
  size: "says how a tensor lies",
  storage_offset: "says how a tensor lies",
  stride: "says how a tensor lies",
  item: "leaves the library",
  numpy: "leaves the library",
  tolist: "leaves the library",
  toTypedArray: "leaves the library",
  allclose: "gives a boolean",
  equal: "gives a boolean",
  bincount: "counts whole numbers",
  one_hot: "writes whole numbers",
} as const satisfies Partial<Record<OpName, string>>;

/** How an op is called. */
export interface Row {
  readonly draw: Draw<unknown>;
  /** The arguments of the function, from the drawn inputs. */
  readonly args: (inputs: Tensor[], rest: never) => readonly unknown[];
  /** Where the inputs' elements lie. */
  readonly domain: readonly [number, number];
  /** What of the result is compared and differentiated. */
  readonly pick: (result: never) => Tensor | readonly Tensor[];
  /** "value": no gradient; "first": no second derivative to speak of. */
  readonly order: "value" | "first" | "second";
  /** Whether inputs of different shapes meet as if expanded. */
  readonly broadcasts: boolean;
}

type Options = Partial<Pick<Row, "domain" | "order" | "broadcasts">>;

// Values are never 0, whole or half: no kink lies between two of a difference quotient.
const anywhere = [-1.93, 2.11] as const;
const positive = [0.21, 2.11] as const;
const probability = [0.07, 0.94] as const;

function row<Rest, Result = Tensor>(
  draw: Draw<Rest>,
  args: (inputs: Tensor[], rest: Rest) => readonly unknown[],
  options: Options & { readonly pick?: (result: Result) => Tensor | readonly Tensor[] } = {},
): Row {
  const { domain = anywhere, order = "second", broadcasts = false } = options;
  const pick = options.pick ?? ((result: Result) => result as unknown as Tensor);
  return { draw, args, domain, order, broadcasts, pick } as Row;
}

const unary = (options: Options = {}): Row => row(one, (x) => x, options);
const binary = (options: Options = {}): Row =>
  row(broadcasting(2), (x) => x, { broadcasts: true, ...options });
/** An op of one tensor and one dimension. */
const along = (options: Options & { size?: number } = {}): Row =>
  row(oneWith(shapes({ rank: 1, size: options.size }), dimOf), ([x], dim) => [x, dim], options);
/** A reduction with its forms: all elements, one dimension, several, kept or not. */
const reduced = (options: Options & { rank?: number; size?: number } = {}): Row =>
  row(reduction(options), ([x], { dim, keepdim }) => [x, dim, { keepdim }], options);
/** A reduction over one dimension or all. */
const reducedOnce = (options: Options & { size?: number } = {}): Row =>
  row(reduction(options), ([x], r) => [x, single(r), { keepdim: r.keepdim }], options);

function single({ dim }: Reduced): number | undefined {
  return typeof dim === "number" ? dim : undefined;
}

const matrices = (patterns: string[]) => sized(patterns, () => null);
const truth = (t: Tensor): Tensor => t.detach().gt(0);
const whole = (values: number[]): Tensor => torch.tensor(values, { dtype: torch.int64 });

/** Positions drawn from 0 … n−1, repeated ones among them. */
const places = (n: number, count = 4) =>
  fc.array(fc.integer({ min: 0, max: Math.max(n - 1, 0) }), { maxLength: n === 0 ? 0 : count });

/** The layout of a part of a (2, 3) base: its last two columns, swapped. */
const inside = {
  baseDims: [2, 3],
  baseStrides: [3, 1],
  dims: [2, 2],
  strides: [1, 3],
  offset: 1,
};
const base = fixed([{ shapes: [[2, 3]], rest: null }]);
const part = fixed([{ shapes: [[2, 2]], rest: null }]);

const fourPlaces = { at: Int32Array.of(5, 0, 0, 2), dims: [2, 2] };

const classes = fc
  .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 4 }))
  .chain(([n, c]) =>
    fc
      .array(fc.integer({ min: 0, max: c - 1 }), { minLength: n, maxLength: n })
      .map((target) => ({ shapes: [[n, c]], rest: target })),
  );

const reductions = fc.constantFrom("mean", "sum", "none");

/** Two tensors of one shape and how their losses are reduced. */
const pairsReduced = fc
  .tuple(shapes({ size: 1 }), reductions)
  .map(([shape, how]) => ({ shapes: [shape, shape], rest: { reduction: how } }));

/** The rows. */
export const table: { readonly [Name in Exclude<OpName, keyof typeof exempt>]: Row } = {
  // functions of one element
  abs: unary(),
  ceil: unary(),
  cos: unary(),
  elu: unary(),
  exp: unary(),
  expm1: unary(),
  floor: unary(),
  gelu: unary(),
  leaky_relu: row(one, ([x]) => [x, 0.3]),
  log: unary({ domain: positive }),
  log10: unary({ domain: positive }),
  log1p: unary({ domain: probability }),
  log2: unary({ domain: positive }),
  logsigmoid: unary(),
  neg: unary(),
  normalCumulative: unary(),
  normalDensity: unary(),
  oneMinusSquare: unary(),
  reciprocal: unary(),
  relu: unary(),
  round: unary(),
  rsqrt: unary({ domain: positive }),
  sigmoid: unary(),
  sign: unary(),
  sin: unary(),
  softplus: unary(),
  sqrt: unary({ domain: positive }),
  square: unary(),
  tanh: unary(),
  trunc: unary(),
  bernoulliVariance: unary({ domain: probability }),
  clamp: row(one, ([x]) => [x, -0.7321, 0.9123]),
  clip: row(one, ([x]) => [x, null, 0.9123]),

  // two elements, or three
  add: row(broadcasting(2), ([x, y]) => [x, y, { alpha: 1.5 }], { broadcasts: true }),
  sub: row(broadcasting(2), ([x, y]) => [x, y, { alpha: -2 }], { broadcasts: true }),
  rsub: row(broadcasting(2), ([x, y]) => [x, y, { alpha: 3 }], { broadcasts: true }),
  mul: binary(),
  div: binary(),
  pow: binary({ domain: positive }),
  rpow: binary({ domain: positive }),
  maximum: binary(),
  minimum: binary(),
  remainder: binary({ domain: positive }),
  lerp: row(broadcasting(2), ([x, y]) => [x, y, 0.3], { broadcasts: true }),
  addcmul: row(broadcasting(3), ([x, y, z]) => [x, y, z, { value: 1.5 }], { broadcasts: true }),
  addcdiv: row(broadcasting(3), ([x, y, z]) => [x, y, z, { value: 1.5 }], { broadcasts: true }),
  where: row(broadcasting(3), ([c, x, y]) => [truth(c), x, y], { broadcasts: true }),
  masked_fill: row(
    broadcasting(2).map(({ shapes: [x, m] }) => ({ shapes: [x, m, []], rest: null })),
    ([x, m, v]) => [x, truth(m), v],
  ),

  // comparisons and logic: values only
  eq: binary({ order: "value" }),
  ne: binary({ order: "value" }),
  ge: binary({ order: "value" }),
  gt: binary({ order: "value" }),
  le: binary({ order: "value" }),
  lt: binary({ order: "value" }),
  isclose: binary({ order: "value" }),
  floor_divide: binary({ order: "value" }),
  isfinite: unary({ order: "value" }),
  isinf: unary({ order: "value" }),
  isnan: unary({ order: "value" }),
  logical_not: unary({ order: "value" }),
  logical_and: binary({ order: "value" }),
  logical_or: binary({ order: "value" }),
  logical_xor: binary({ order: "value" }),
  bitwise_not: row(one, ([x]) => [truth(x)], { order: "value" }),
  bitwise_and: row(broadcasting(2), (x) => x.map(truth), { order: "value", broadcasts: true }),
  bitwise_or: row(broadcasting(2), (x) => x.map(truth), { order: "value", broadcasts: true }),
  bitwise_xor: row(broadcasting(2), (x) => x.map(truth), { order: "value", broadcasts: true }),

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
};
