// Pure arithmetic on shapes, strides and dimensions; no tensors and no data.

import { IndexError, RuntimeError } from "./errors";
import { requireInteger } from "./scalar";

/** Sizes of the dimensions, outermost first. */
export type Shape = readonly number[];

/**
 * A tensor's shape: a read-only array of numbers that prints as PyTorch's torch.Size.
 * @example torch.zeros(2, 3).shape   // torch.Size([2, 3])
 */
export class Size extends Array<number> {
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }
  /** The Size with these sizes (never the length-n trap of `new Array(n)`). */
  static fromShape(shape: Shape): Size {
    const size = new Size();
    for (let i = 0; i < shape.length; i++) size.push(shape[i]);
    return Object.freeze(size) as Size;
  }
  /**
   * The number of elements of a tensor of this shape.
   * @example torch.ones(2, 3).shape.numel()   // 6
   */
  numel(): number {
    return numelOf(this);
  }
  override toString(): string {
    return `torch.Size([${this.join(", ")}])`;
  }
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

/**
 * `torch.Size([2, 3])`, with or without `new`; every shape is an instance of it.
 * @example torch.zeros(2, 3).shape instanceof torch.Size   // true
 */
export const TorchSize: { (sizes: Shape): Size; new (sizes: Shape): Size } = new Proxy(Size, {
  apply: (_target, _self, [sizes]) => Size.fromShape(sizes),
  construct: (_target, [sizes]) => Size.fromShape(sizes),
}) as never;

/** The number of elements: the product of the sizes, 1 for a 0-d shape. */
export function numelOf(shape: Shape): number {
  let n = 1;
  for (let i = 0; i < shape.length; i++) n *= shape[i];
  return n;
}

/** Row-major strides in elements; size-0 dimensions count as 1, as in PyTorch. */
export function contiguousStrides(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let step = 1;
  for (let i = shape.length - 1; i >= 0; i--) {
    strides[i] = step;
    step *= Math.max(shape[i], 1);
  }
  return strides;
}

/** Whether elements lie row-major without gaps (size-1 dimensions may have any stride). */
export function isContiguous(shape: Shape, strides: readonly number[]): boolean {
  let step = 1;
  for (let i = shape.length - 1; i >= 0; i--) {
    if (shape[i] === 0) return true;
    if (shape[i] !== 1) {
      if (strides[i] !== step) return false;
      step *= shape[i];
    }
  }
  return true;
}

/** Whether two shapes are the same. */
export function sameShape(a: Shape, b: Shape): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** A shape as PyTorch's messages print it: `[2, 3]`. */
export function formatShape(shape: Shape): string {
  return `[${shape.join(", ")}]`;
}

/**
 * The shape that both broadcast to: aligned at the right, each pair equal or one of them 1.
 * Raises RuntimeError naming the last dimension that differs.
 * @example broadcastShapes([1, 3], [2, 1])   // [ 2, 3 ]
 */
export function broadcastShapes(a: Shape, b: Shape, op = "broadcasting"): number[] {
  const rank = Math.max(a.length, b.length);
  const out = new Array<number>(rank);
  for (let i = rank - 1; i >= 0; i--) {
    const ia = i - (rank - a.length);
    const ib = i - (rank - b.length);
    const m = ia < 0 ? 1 : a[ia];
    const n = ib < 0 ? 1 : b[ib];
    if (m !== n && m !== 1 && n !== 1) {
      throw new RuntimeError(
        `The size of tensor a (${m}) must match the size of tensor b (${n}) at non-singleton dimension ${i}`,
        `${op} got shapes ${formatShape(a)} and ${formatShape(b)}: aligned at the right, sizes must be equal or 1`,
      );
    }
    out[i] = m === 1 ? n : m;
  }
  return out;
}

/** Strides that let a tensor of `shape` be read as `target`: 0 where it repeats. */
export function broadcastStrides(
  shape: Shape,
  strides: readonly number[],
  target: Shape,
): number[] {
  const shift = target.length - shape.length;
  const out = new Array<number>(target.length);
  for (let i = 0; i < target.length; i++) {
    const j = i - shift;
    out[i] = j < 0 || (shape[j] === 1 && target[i] !== 1) ? 0 : strides[j];
  }
  return out;
}

/**
 * A dimension number in 0 … rank−1; negative ones count from the end.
 * Raises IndexError in PyTorch's words, TypeError for what is no whole number; a 0-d tensor takes
 * dims −1 and 0. The op, and name and place of its argument, are for the message.
 */
export function normalizeDim(
  dim: number,
  rank: number,
  op: string,
  argument = "dim",
  position = 1,
): number {
  const range = Math.max(rank, 1);
  const whole = requireInteger(dim, op, argument, position);
  if (whole < -range || whole >= range) {
    throw new IndexError(
      `Dimension out of range (expected to be in range of [${-range}, ${range - 1}], but got ${whole})`,
      `${op} got a tensor of ${rank} dimension${rank === 1 ? "" : "s"}`,
    );
  }
  return whole < 0 ? whole + range : whole;
}

/** Several dimensions, each once. Raises RuntimeError for one named twice. */
export function normalizeDims(dims: readonly number[], rank: number, op: string): number[] {
  const out: number[] = [];
  for (const dim of dims) {
    const d = normalizeDim(dim, rank, op);
    if (out.includes(d)) {
      throw new RuntimeError(`dim ${d} appears multiple times in the list of dims`);
    }
    out.push(d);
  }
  return out;
}

/**
 * Replace the one −1 in a requested shape by what is left of n elements.
 * Raises RuntimeError when the sizes cannot hold n elements.
 */
export function inferSize(shape: Shape, n: number): number[] {
  let known = 1;
  let unknown = -1;
  for (let i = 0; i < shape.length; i++) {
    if (shape[i] === -1) {
      if (unknown >= 0) throw new RuntimeError("only one dimension can be inferred");
      unknown = i;
    } else if (shape[i] < 0) {
      throw new RuntimeError(
        `invalid shape dimension ${shape[i]} at index ${i} of shape ${formatShape(shape)}`,
      );
    } else {
      known *= shape[i];
    }
  }
  if (known === n || (unknown >= 0 && known > 0 && n % known === 0)) {
    if (unknown < 0) return [...shape];
    if (known === 0) {
      throw new RuntimeError(
        `cannot reshape tensor of 0 elements into shape ${formatShape(shape)} because the unspecified dimension size -1 can be any value and is ambiguous`,
      );
    }
    const out = [...shape];
    out[unknown] = n / known;
    return out;
  }
  throw new RuntimeError(
    `shape '${formatShape(shape)}' is invalid for input of size ${n}`,
    `the sizes of the new shape must multiply to ${n}`,
  );
}

/**
 * Strides under which the same data has a new shape without copying, or null when some new
 * dimension would span two old ones that do not lie one behind the other.
 */
export function viewStrides(
  shape: Shape,
  strides: readonly number[],
  target: Shape,
): number[] | null {
  if (numelOf(shape) === 0) {
    return sameShape(shape, target) ? [...strides] : contiguousStrides(target);
  }
  const out = new Array<number>(target.length);
  let view = target.length - 1;
  let chunkBase = shape.length > 0 ? strides[shape.length - 1] : 1;
  let oldSize = 1;
  let newSize = 1;
  if (shape.length === 0) return target.map(() => 1);
  for (let d = shape.length - 1; d >= 0; d--) {
    oldSize *= shape[d];
    const ends = d === 0 || (shape[d - 1] !== 1 && strides[d - 1] !== oldSize * chunkBase);
    if (!ends) continue;
    while (view >= 0 && (newSize < oldSize || target[view] === 1)) {
      out[view] = newSize * chunkBase;
      newSize *= target[view];
      view--;
    }
    if (newSize !== oldSize) return null;
    if (d > 0) {
      chunkBase = strides[d - 1];
      oldSize = 1;
      newSize = 1;
    }
  }
  return view === -1 ? out : null;
}
