// What fast-check draws for the ops: shapes, values far from each other, and memory layouts.

import fc from "fast-check";
import * as torch from "../../src/index";
import type { Tensor } from "../../src/tensor";

/** Shapes of an op's inputs, and whatever else the call needs. */
export interface Drawn<Rest> {
  readonly shapes: readonly (readonly number[])[];
  readonly rest: Rest;
}

export type Draw<Rest> = fc.Arbitrary<Drawn<Rest>>;

const numel = (shape: readonly number[]): number => shape.reduce((n, m) => n * m, 1);

/** Shapes of 0 to 3 dimensions with at most 12 elements; 0-d and empty ones among them. */
export function shapes(least: { rank?: number; size?: number } = {}): fc.Arbitrary<number[]> {
  const size = fc.integer({ min: least.size ?? 0, max: 3 });
  return fc
    .array(size, { minLength: least.rank ?? 0, maxLength: 3 })
    .filter((shape) => numel(shape) <= 12);
}

/** One input of any shape. */
export const one: Draw<null> = shapes().map((shape) => ({ shapes: [shape], rest: null }));

/** One input with something to choose for its shape. */
export function oneWith<Rest>(
  shape: fc.Arbitrary<number[]>,
  rest: (shape: number[]) => fc.Arbitrary<Rest>,
): Draw<Rest> {
  return shape.chain((s) => rest(s).map((r) => ({ shapes: [s], rest: r })));
}

/** `count` shapes that broadcast together: dimensions dropped at the front or set to 1. */
export function broadcasting(count: number): Draw<null> {
  const change = fc.tuple(fc.nat(3), fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }));
  return fc
    .tuple(shapes(), fc.array(change, { minLength: count, maxLength: count }))
    .map(([shape, changes]) => ({
      shapes: changes.map(([drop, ones]) =>
        shape.map((n, d) => (ones[d] ? 1 : n)).slice(Math.min(drop, shape.length)),
      ),
      rest: null,
    }));
}

/** `count` inputs of the same shape. */
export function alike(count: number): Draw<null> {
  return shapes().map((shape) => ({
    shapes: Array.from({ length: count }, () => shape),
    rest: null,
  }));
}

/** A dimension of the shape, counted from the front or the back. */
export function dimOf(shape: readonly number[]): fc.Arbitrary<number> {
  const rank = Math.max(shape.length, 1);
  return fc.integer({ min: -rank, max: rank - 1 });
}

/** Which dimensions a reduction runs over, and whether it keeps them. */
export interface Reduced {
  readonly dim: number | number[] | null;
  readonly keepdim: boolean;
}

export function reduction(least: { rank?: number; size?: number } = {}): Draw<Reduced> {
  return oneWith(shapes(least), (shape) =>
    fc.record({
      dim: fc.oneof(fc.constant(null), dimOf(shape), fc.subarray(shape.map((_, d) => d))),
      keepdim: fc.boolean(),
    }),
  );
}

/** Sizes from a list, to be looked up by their letters: shape("nk") with n and k drawn. */
export function sized<Rest = null>(
  patterns: readonly string[],
  rest: (size: (letter: string) => number) => Rest,
): Draw<Rest> {
  const letters = [...new Set(patterns.join(""))];
  return fc.tuple(...letters.map(() => fc.integer({ min: 0, max: 3 }))).map((sizes) => {
    const size = (letter: string) => sizes[letters.indexOf(letter)];
    return { shapes: patterns.map((p) => [...p].map(size)), rest: rest(size) };
  });
}

/** The same shapes and rest each time. */
export function fixed<Rest>(all: readonly Drawn<Rest>[]): Draw<Rest> {
  return fc.constantFrom(...all);
}

/** A stream of numbers in [0, 1) from a seed, for values that must not depend on torch's own. */
function noise(seed: number): () => number {
  let state = (seed * 2654435761 + 12345) >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** How an input lies in memory. */
export type Layout = "dense" | "transposed" | "sliced";

export const layouts: readonly Layout[] = ["dense", "transposed", "sliced"];

/** The tensor with the same values in another layout, outside the graph. */
export function laidOut(t: Tensor, layout: Layout): Tensor {
  const plain = t.detach();
  if (layout === "transposed") {
    const back = plain.dims.map((_, d) => plain.dims.length - 1 - d);
    return plain.permute(back).clone().permute(back).detach();
  }
  if (layout === "sliced") {
    const wide = torch.zeros(
      plain.dims.map((n) => 2 * n + 1),
      { dtype: plain.dtype },
    );
    const inside = wide.index(...plain.dims.map(() => torch.slice(1, null, 2)));
    inside.copy_(plain);
    return inside.detach();
  }
  return plain.clone();
}

/**
 * Float64 inputs of the shapes whose elements are all different, by far more than a difference
 * quotient moves them, so that no kink or tie lies in between.
 */
export function inputs(
  shapes: readonly (readonly number[])[],
  domain: readonly [number, number],
  seed: number,
): Tensor[] {
  const random = noise(seed);
  const total = shapes.reduce((n, shape) => n + numel(shape), 0);
  const places = Array.from({ length: total }, (_, k) => k);
  for (let k = total - 1; k > 0; k--) {
    const other = Math.floor(random() * (k + 1));
    [places[k], places[other]] = [places[other], places[k]];
  }
  const [low, high] = domain;
  let at = 0;
  return shapes.map((shape) => {
    const values = Float64Array.from({ length: numel(shape) }, () => {
      return low + ((high - low) * (places[at++] + 0.25 + 0.5 * random())) / total;
    });
    return torch.tensor(values, { dtype: torch.float64 }).reshape([...shape]);
  });
}
