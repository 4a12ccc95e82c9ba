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
  AssertionError,
  AttributeError,
  BadZipFile,
  EOFError,
  FileNotFoundError,
  IndexError,
  KeyError,
  NotImplementedError,
  OSError,
  RuntimeError,
  SafetensorError,
  TypeError,
  UnpicklingError,
  ValueError,
  ZeroDivisionError,
} from "./errors";
export { expr } from "./expr";
export { format } from "./format";
export { type Loaded, load, type TorchLoadOptions } from "./io/checkpoint";
export * as safetensors from "./io/safetensors";
export * as linalg from "./linalg";
export { type Metric, writeMetrics } from "./metrics";
export * as nn from "./nn";
export * as np from "./np";
export {
  abs,
  add,
  addcdiv,
  addcmul,
  addmm,
  all,
  allclose,
  amax,
  amin,
  any,
  argmax,
  argmin,
  argsort,
  as_strided,
  atleast_2d,
  bernoulli,
  bincount,
  bitwise_and,
  bitwise_not,
  bitwise_or,
  bitwise_xor,
  bmm,
  broadcast_to,
  cat,
  ceil,
  chunk,
  clamp,
  clip,
  clone,
  cos,
  cumsum,
  detach,
  diag,
  diagonal,
  div,
  dot,
  dropout,
  einsum,
  eq,
  equal,
  exp,
  expm1,
  flatten,
  flip,
  floor,
  floor_divide,
  gather,
  ge,
  gt,
  hstack,
  index_select,
  is_floating_point,
  isclose,
  isfinite,
  isinf,
  isnan,
  le,
  lerp,
  log,
  log_softmax,
  log1p,
  log2,
  log10,
  logical_and,
  logical_not,
  logical_or,
  logical_xor,
  logsumexp,
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
  movedim,
  mul,
  mv,
  narrow,
  ne,
  neg,
  nonzero,
  norm,
  numel,
  outer,
  permute,
  pow,
  prod,
  reciprocal,
  relu,
  remainder,
  reshape,
  roll,
  round,
  rsqrt,
  rsub,
  select,
  sigmoid,
  sign,
  sin,
  softmax,
  sort,
  split,
  sqrt,
  square,
  squeeze,
  stack,
  std,
  sub,
  sum,
  swapaxes,
  t,
  take,
  tanh,
  tile,
  topk,
  transpose,
  tril,
  triu,
  trunc,
  unbind,
  unsqueeze,
  var_ as var,
  vstack,
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
export { get_num_threads, set_num_threads } from "./threads";
