// One row for each op: how to call it on drawn inputs. The type demands a row, or a reason why
// there is none, so that a new op does not compile without one.

import type * as ops from "../../src/ops";
import type { Row } from "./row";
import { elementsRows } from "./rows/elements";
import { placesRows } from "./rows/places";
import { reductionsRows } from "./rows/reductions";
import { shapesRows } from "./rows/shapes";

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

/** The rows. */
export const table: { readonly [Name in Exclude<OpName, keyof typeof exempt>]: Row } = {
  ...elementsRows,
  ...reductionsRows,
  ...shapesRows,
  ...placesRows,
};
