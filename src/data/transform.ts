// What a transform is: a function of one example, which may also do many at once.

import type { Tensor } from "../tensor";
import type { Image } from "./image";

/** Equal-sized 8-bit pictures, one after the other, and the numbers of those that are wanted. */
export interface ImageRows {
  readonly source: Uint8Array;
  readonly rows: Int32Array;
  readonly width: number;
  readonly height: number;
}

/** A function from one example to the next form; some can do many pictures at once. */
export interface Transform<In = Image, Out = unknown> {
  (input: In): Out;
  /** The batch that the transform makes of stored pictures, without making each one. */
  readonly ofRows?: ((images: ImageRows) => Tensor) | undefined;
  /** What it makes of a whole batch of tensors, the same numbers as one by one. */
  readonly ofBatch?: ((batch: Tensor) => Tensor) | undefined;
}

/** A function that makes transforms, with and without `new`. */
export interface TransformClass<Args extends unknown[], T> {
  new (...args: Args): T;
  (...args: Args): T;
}

/** The transform with this repr. */
export function described<T extends object>(transform: T, text: string): T {
  const describe = () => text;
  return Object.assign(transform, {
    toString: describe,
    [Symbol.for("nodejs.util.inspect.custom")]: describe,
  });
}
