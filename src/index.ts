// The table of contents: what a notebook may write after `torch.`, and the other namespaces.

import "./methods";

export * as autograd from "./autograd";
export { enable_grad, is_grad_enabled, no_grad, set_grad_enabled } from "./autograd/grad_mode";
export * from "./creation";
export * as d2l from "./d2l";
export * as data from "./data";
export * as torchvision from "./data/torchvision";
export { bool, DType, float32, float64, int32, int64, uint8 } from "./dtype";
export {
  AttributeError,
  IndexError,
  NotImplementedError,
  RuntimeError,
  TypeError,
  ValueError,
} from "./errors";
export { expr } from "./expr";
export { format } from "./format";
export * as nn from "./nn";
export * as np from "./np";
export {
  abs,
  add,
  argmax,
  argmin,
  as_strided,
  bernoulli,
  bmm,
  broadcast_to,
  cat,
  clone,
  detach,
  div,
  dot,
  eq,
  equal,
  exp,
  flatten,
  gather,
  ge,
  gt,
  index_select,
  is_floating_point,
  le,
  log,
  lt,
  masked_fill,
  masked_select,
  matmul,
  max,
  maximum,
  mean,
  min,
  minimum,
  mm,
  mul,
  mv,
  narrow,
  ne,
  neg,
  numel,
  permute,
  pow,
  reciprocal,
  relu,
  reshape,
  rsub,
  select,
  sigmoid,
  sign,
  sqrt,
  square,
  squeeze,
  stack,
  std,
  sub,
  sum,
  t,
  tanh,
  transpose,
  unsqueeze,
  var_ as var,
  where,
} from "./ops";
export { Slice, slice } from "./ops/slice";
export * as optim from "./optim";
export * as plt from "./plot";
export { show } from "./plot/display";
export { progress } from "./plot/progress";
export { set_printoptions } from "./print";
export * as random from "./random";
export { Generator, initial_seed, manual_seed, seed } from "./random/torch";
export { range } from "./range";
export { PyFloat } from "./scalar";
export { TorchSize as Size } from "./shape";
export { Tensor } from "./tensor";
