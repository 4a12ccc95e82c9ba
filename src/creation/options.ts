// What the makers of tensors share: their options, sizes and requires_grad.

import type { DType } from "../dtype";
import { RuntimeError, TypeError } from "../errors";
import type { Generator } from "../random/torch";
import { PyFloat, requireSizes } from "../scalar";
import type { Shape } from "../shape";
import { Tensor } from "../tensor";

/** Options of everything that makes a tensor. */
export interface TensorOptions {
  readonly dtype?: DType;
  readonly requires_grad?: boolean;
}

/** Options of random tensors. */
export interface RandomOptions extends TensorOptions {
  readonly generator?: Generator | null;
  /** The shape, by name. */
  readonly size?: Shape | number;
}

/** Whether the last argument is an options object. */
export function isOptions(x: unknown): x is RandomOptions {
  return (
    typeof x === "object" &&
    x !== null &&
    !Array.isArray(x) &&
    !(x instanceof Tensor) &&
    !(x instanceof PyFloat)
  );
}

/** Apply dtype checks and `requires_grad` to a new tensor. */
export function finish(t: Tensor, options: TensorOptions): Tensor {
  if (options.requires_grad !== true) return t;
  if (!t.dtype.is_floating_point) {
    throw new RuntimeError(
      "Only Tensors of floating point and complex dtype can require gradients",
      `this one would be ${t.dtype}; give { dtype: torch.float32 }`,
    );
  }
  t.leafRequiresGrad = true;
  return t;
}

/** Sizes and options, told apart. */
export interface Sized {
  readonly dims: number[];
  readonly options: RandomOptions;
}

/** Sizes as separate numbers, one array or `size`, with an options object at the end. */
export function sized(
  args: readonly (number | Shape | RandomOptions | undefined)[],
  op: string,
): Sized {
  const given = args.filter((x) => x !== undefined);
  const last = given[given.length - 1];
  const options = isOptions(last) ? last : {};
  const sizes = (isOptions(last) ? given.slice(0, -1) : given) as (number | Shape)[];
  const named = options.size === undefined ? [] : [options.size];
  const all: readonly unknown[] = [...sizes, ...named];
  if (all.length === 0) {
    throw new TypeError(
      `${op}() missing 1 required positional arguments: "size"`,
      `for one number without dimensions write torch.${op}([])`,
    );
  }
  return { dims: checkSizes(all, op), options };
}

// Three functions have sentences of their own for a negative size.
const negativeSize: Record<string, (n: number, at: number) => string> = {
  zeros: () => "zeros: Dimension size must be non-negative.",
  eye: (n, at) => `${at === 0 ? "n" : "m"} must be greater or equal to 0, got ${n}`,
  linspace: () => "number of steps must be non-negative",
};

/**
 * Sizes, one by one or in a list, checked to be whole and not negative; `position` is that of the
 * argument. Raises TypeError or RuntimeError.
 */
export function checkSizes(sizes: readonly unknown[], op: string, position = 1): number[] {
  const dims = requireSizes(sizes, op, "size", position);
  const negative = dims.find((n) => n < 0);
  if (negative !== undefined) {
    const sentence = negativeSize[op]?.(negative, dims.indexOf(negative));
    throw new RuntimeError(
      sentence ??
        `Trying to create tensor with negative dimension ${negative}: [${dims.join(", ")}]`,
      `${op} got the sizes [${dims.join(", ")}]`,
    );
  }
  return dims;
}

/** Sizes given one by one or as one array, and options at the end. */
export type SizeArgs<O> = readonly (number | Shape | O)[];

/** Options of the `_like` forms: the dtype is that of the tensor unless given. */
export function like(input: Tensor, options: TensorOptions): TensorOptions {
  return { dtype: options.dtype ?? input.dtype, requires_grad: options.requires_grad };
}
