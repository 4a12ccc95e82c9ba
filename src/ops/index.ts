// The table of contents of the ops: each function here is torch.name(tensor, …) and, unless
// methods.ts leaves it out, tensor.name(…) as well.

export * from "./activation";
export * from "./arithmetic";
export * from "./clamp";
export * from "./classloss";
export * from "./compare";
export * from "./convert";
export * from "./division";
export * from "./elementary";
export * from "./extreme";
export * from "./fill";
export * from "./fused";
export * from "./graph";
export * from "./indexing";
export * from "./join";
export * from "./layers";
export {
  all,
  allclose,
  any,
  bitwise_and,
  bitwise_not,
  bitwise_or,
  bitwise_xor,
  isclose,
  logical_and,
  logical_not,
  logical_or,
  logical_xor,
} from "./logical";
export * from "./loss";
export * from "./matrix";
export * from "./pieces";
export * from "./position";
export * from "./products";
export * from "./rearrange";
export {
  elu,
  gelu,
  leaky_relu,
  logsigmoid,
  normalCumulative,
  normalDensity,
  softplus,
} from "./rectify";
export type { Dims, ReduceOptions, SpreadOptions } from "./reduce";
export { mean, std, sum, sum_to_size, var_ } from "./reduce";
export * from "./scan";
export * from "./scatter";
export { gather, index_select, narrow, padInto, scatterInto, select } from "./select";
export * from "./shape";
export * from "./softmax";
export * from "./sort";
