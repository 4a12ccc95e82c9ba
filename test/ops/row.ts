// How a row of the table of ops is made: what is drawn, and how the op is called on it.

import fc from "fast-check";
import * as torch from "../../src/index";
import type { Tensor } from "../../src/tensor";
import {
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

export type Options = Partial<Pick<Row, "domain" | "order" | "broadcasts">>;

// Values are never 0, whole or half: no kink lies between two of a difference quotient.
export const anywhere = [-1.93, 2.11] as const;
export const positive = [0.21, 2.11] as const;
export const probability = [0.07, 0.94] as const;

export function row<Rest, Result = Tensor>(
  draw: Draw<Rest>,
  args: (inputs: Tensor[], rest: Rest) => readonly unknown[],
  options: Options & { readonly pick?: (result: Result) => Tensor | readonly Tensor[] } = {},
): Row {
  const { domain = anywhere, order = "second", broadcasts = false } = options;
  const pick = options.pick ?? ((result: Result) => result as unknown as Tensor);
  return { draw, args, domain, order, broadcasts, pick } as Row;
}

export const unary = (options: Options = {}): Row => row(one, (x) => x, options);
export const binary = (options: Options = {}): Row =>
  row(broadcasting(2), (x) => x, { broadcasts: true, ...options });
/** An op of one tensor and one dimension. */
export const along = (options: Options & { size?: number } = {}): Row =>
  row(oneWith(shapes({ rank: 1, size: options.size }), dimOf), ([x], dim) => [x, dim], options);
/** A reduction with its forms: all elements, one dimension, several, kept or not. */
export const reduced = (options: Options & { rank?: number; size?: number } = {}): Row =>
  row(reduction(options), ([x], { dim, keepdim }) => [x, dim, { keepdim }], options);
/** A reduction over one dimension or all. */
export const reducedOnce = (options: Options & { size?: number } = {}): Row =>
  row(reduction(options), ([x], r) => [x, single(r), { keepdim: r.keepdim }], options);

export function single({ dim }: Reduced): number | undefined {
  return typeof dim === "number" ? dim : undefined;
}

export const matrices = (patterns: string[]) => sized(patterns, () => null);
export const truth = (t: Tensor): Tensor => t.detach().gt(0);
export const whole = (values: number[]): Tensor => torch.tensor(values, { dtype: torch.int64 });

/** Positions drawn from 0 … n−1, repeated ones among them. */
export const places = (n: number, count = 4) =>
  fc.array(fc.integer({ min: 0, max: Math.max(n - 1, 0) }), { maxLength: n === 0 ? 0 : count });

/** The layout of a part of a (2, 3) base: its last two columns, swapped. */
export const inside = {
  baseDims: [2, 3],
  baseStrides: [3, 1],
  dims: [2, 2],
  strides: [1, 3],
  offset: 1,
};
export const base = fixed([{ shapes: [[2, 3]], rest: null }]);
export const part = fixed([{ shapes: [[2, 2]], rest: null }]);

export const fourPlaces = { at: Int32Array.of(5, 0, 0, 2), dims: [2, 2] };

export const classes = fc
  .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 4 }))
  .chain(([n, c]) =>
    fc
      .array(fc.integer({ min: 0, max: c - 1 }), { minLength: n, maxLength: n })
      .map((target) => ({ shapes: [[n, c]], rest: target })),
  );

export const reductions = fc.constantFrom("mean", "sum", "none");

/** Two tensors of one shape and how their losses are reduced. */
export const pairsReduced = fc
  .tuple(shapes({ size: 1 }), reductions)
  .map(([shape, how]) => ({ shapes: [shape, shape], rest: { reduction: how } }));
