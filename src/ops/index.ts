// The table of contents of the ops: each function here is torch.name(tensor, …) and, unless
// methods.ts leaves it out, tensor.name(…) as well.

export * from "./activation";
export * from "./arithmetic";
export * from "./compare";
export * from "./convert";
export * from "./fill";
export * from "./graph";
export * from "./indexing";
export * from "./loss";
export * from "./matrix";
export * from "./position";
export * from "./reduce";
export * from "./shape";
