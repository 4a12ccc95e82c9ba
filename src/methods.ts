// Every op becomes a method: op(self, …rest) is also self.op(…rest), by one mapped type and one
// loop, so that an op is written in one place only.

import { inPlace } from "./autograd/inplace";
import * as ops from "./ops";
import type { DTypeLike } from "./ops/convert";
import type { Extremum, ExtremumOptions } from "./ops/extreme";
import type { TensorShowOptions, TensorView } from "./plot/tensor";
import type { Size } from "./shape";
import { Tensor } from "./tensor";

type Ops = typeof ops;

/** Functions of several tensors, or whose first argument is no tensor. */
type FreeName =
  | "cat"
  | "stack"
  | "where"
  | "toDType"
  | "toSizes"
  | "requireStd"
  | "reduceLoss"
  | "Extremum"
  | "Ordered"
  | "vstack"
  | "hstack"
  | "einsum";

/** A mapped type keeps only the last overload, so these are written out below. */
type OverloadedName = "max" | "min" | "type" | "size" | "stride" | "item" | "var_";

// The one place for `any`: a function type whose first parameter may be anything.
// biome-ignore lint/suspicious/noExplicitAny: only `any` lets `infer` drop the first parameter
type Method<F> = F extends (self: any, ...rest: infer R) => infer T ? (...rest: R) => T : never;

/** The ops as methods. */
export type OpMethods = { [K in Exclude<keyof Ops, FreeName | OverloadedName>]: Method<Ops[K]> };

const inPlaceNames = [
  "abs",
  "add",
  "addcdiv",
  "addcmul",
  "bitwise_and",
  "bitwise_not",
  "bitwise_or",
  "bitwise_xor",
  "ceil",
  "clamp",
  "clip",
  "cos",
  "cumsum",
  "div",
  "elu",
  "exp",
  "expm1",
  "floor",
  "floor_divide",
  "leaky_relu",
  "lerp",
  "log",
  "log10",
  "log1p",
  "log2",
  "logical_and",
  "logical_not",
  "logical_or",
  "logical_xor",
  "masked_fill",
  "mul",
  "neg",
  "pow",
  "reciprocal",
  "relu",
  "remainder",
  "round",
  "rsqrt",
  "sigmoid",
  "sign",
  "sin",
  "sqrt",
  "square",
  "sub",
  "tanh",
  "tril",
  "triu",
  "trunc",
] as const;

type InPlaceName = (typeof inPlaceNames)[number];

/** The same with an underscore: they change the tensor and return it. */
export type InPlaceMethods = { [K in InPlaceName as `${K}_`]: Method<Ops[K]> };

/** Methods with several forms. */
export interface OverloadedMethods {
  /** The largest element; along a dim with positions; or of pairs. See `torch.max`. */
  max(): Tensor;
  max(other: Tensor): Tensor;
  max(dim: number | ExtremumOptions, options?: ExtremumOptions): Extremum;
  /** The smallest element; along a dim with positions; or of pairs. See `torch.min`. */
  min(): Tensor;
  min(other: Tensor): Tensor;
  min(dim: number | ExtremumOptions, options?: ExtremumOptions): Extremum;
  /** The one element as a number, so that one can count on with it; a bool tensor's is a boolean. */
  item(): number;
  /** The tensor type's name, or the tensor in another type. */
  type(): string;
  type(dtype: DTypeLike): Tensor;
  /** The sizes, or one of them. */
  size(): Size;
  size(dim: number): number;
  /** The strides in elements, or one of them. */
  stride(): number[];
  stride(dim: number): number;
  /** The variance over all elements or `dim`. See `torch.var`. */
  var: Method<Ops["var_"]>;
  /**
   * Show the tensor in the running cell as a coloured table with its shape, dtype and strides;
   * outside Jupyter the view comes back.
   */
  show(options?: TensorShowOptions): TensorView | undefined;
}

const free: readonly string[] = [
  "cat",
  "stack",
  "where",
  "toDType",
  "toSizes",
  "requireStd",
  "reduceLoss",
  "Extremum",
  "Ordered",
  "vstack",
  "hstack",
  "einsum",
  "var_",
] satisfies (FreeName | "var_")[];

type AnyOp = (...args: unknown[]) => unknown;

function bind(name: string, value: unknown): void {
  Object.defineProperty(Tensor.prototype, name, { value, writable: true, configurable: true });
}

/** Put every op on the prototype of Tensor; called once, when the library loads. */
export function bindMethods(): void {
  const table = { ...ops } as unknown as Record<string, AnyOp>;
  for (const [name, op] of Object.entries(table)) {
    if (free.includes(name)) continue;
    bind(name, function method(this: Tensor, ...rest: unknown[]) {
      return op(this, ...rest);
    });
  }
  bind("var", function method(this: Tensor, ...rest: unknown[]) {
    return table.var_(this, ...rest);
  });
  bind("show", function method(this: Tensor, options?: TensorShowOptions) {
    // The charts are loaded when the first one is wanted.
    const { showTensor } = require("./plot/tensor") as typeof import("./plot/tensor");
    return showTensor(this, options);
  });
  for (const name of inPlaceNames) {
    const op = table[name];
    bind(`${name}_`, function method(this: Tensor, ...rest: unknown[]) {
      return inPlace(name, this, rest, () => op(this, ...rest) as Tensor);
    });
  }
}

bindMethods();
