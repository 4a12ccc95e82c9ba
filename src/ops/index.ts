// The table of contents of the ops: each function here is torch.name(tensor, …) and, unless
// methods.ts leaves it out, tensor.name(…) as well.

export * from "./activation";
export * from "./arithmetic";
export * from "./compare";
export * from "./convert";
export * from "./extreme";
export * from "./fill";
export * from "./graph";
export * from "./indexing";
export * from "./loss";
export * from "./matrix";
export * from "./position";
export type { Dims, ReduceOptions, SpreadOptions } from "./reduce";
export { mean, std, sum, sum_to_size, var_ } from "./reduce";
export { gather, index_select, narrow, padInto, scatterInto, select } from "./select";
export * from "./shape";
