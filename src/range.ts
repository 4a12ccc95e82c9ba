// Python's range as an array, for loops and indices.

import { TypeError, ValueError } from "./errors";

/**
 * Python's `range`: `range(stop)`, `range(start, stop)`, `range(start, stop, step)`, as an array.
 * Raises TypeError for fractions, ValueError for a step of 0.
 * @example
 * for (const epoch of range(2)) console.log(epoch);
 * // 0
 * // 1
 * range(10, 0, -4)   // [ 10, 6, 2 ]
 */
export function range(start: number, stop?: number, step = 1): number[] {
  const [from, to] = stop === undefined ? [0, start] : [start, stop];
  for (const n of [from, to, step]) {
    if (!Number.isInteger(n)) {
      throw new TypeError(
        `'${typeof n === "number" ? "float" : typeof n}' object cannot be interpreted as an integer`,
      );
    }
  }
  if (step === 0) throw new ValueError("range() arg 3 must not be zero");
  const n = Math.max(0, Math.ceil((to - from) / step));
  const numbers: number[] = [];
  for (let i = 0; i < n; i++) numbers.push(from + i * step);
  return numbers;
}
