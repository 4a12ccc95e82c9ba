// How tensors come into being: from values, filled, as sequences, and at random.

export * from "./constant";
export * from "./makers";
export type { RandomOptions, SizeArgs, TensorOptions } from "./options";
export * from "./random";
export * from "./sequence";
export {
  as_tensor,
  from_numpy,
  type NestedNumbers,
  rowGather,
  type TensorData,
  tensor,
} from "./values";
