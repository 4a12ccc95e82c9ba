// The keys of basic indexing: slices as text or objects, parsed and resolved to a size.

import { TypeError, ValueError } from "../errors";

/**
 * Python's slice(start, stop, step); null stands for Python's None.
 * @example torch.slice(1, null, 2) instanceof torch.Slice   // true
 */
export class Slice {
  constructor(
    readonly start: number | null,
    readonly stop: number | null,
    readonly step: number,
  ) {
    for (const n of [start, stop, step]) {
      if (n !== null && !Number.isInteger(n)) {
        throw new TypeError(
          "slice indices must be integers or None or have an __index__ method",
          `got slice(${start}, ${stop}, ${step})`,
        );
      }
    }
    if (step === 0) throw new ValueError("slice step cannot be zero");
    if (step < 0) throw new ValueError("step must be greater than zero");
  }
}

/**
 * A slice for `index`, with computed bounds; null leaves a bound open.
 * Raises ValueError unless step > 0.
 * @example
 * const i = 2;
 * // Python: torch.arange(9)[i:i + 3]
 * torch.arange(9).index(torch.slice(i, i + 3))   // tensor([2, 3, 4])
 */
export function slice(start: number | null, stop: number | null = null, step = 1): Slice {
  return new Slice(start, stop, step);
}

/** A slice written as text: ":", "1:3", "::2", "-2:". Raises TypeError for other text. */
export function parseSlice(text: string): Slice {
  const parts = text.split(":").map((part) => part.trim());
  const valid =
    parts.length >= 2 && parts.length <= 3 && parts.every((p) => /^([-+]?\d+)?$/.test(p));
  if (!valid) {
    throw new TypeError(
      `"${text}" is no slice`,
      'slices are written like Python\'s: ":", "1:3", "::2"; "..." skips dimensions',
    );
  }
  const [start, stop, step] = parts.map((part) => (part === "" ? null : Number(part)));
  return new Slice(start, stop ?? null, step ?? 1);
}

/** First position, number of positions and step of a slice on a dimension of size n. */
export function resolveSlice(s: Slice, n: number): { start: number; size: number; step: number } {
  const bound = (x: number | null, open: number) =>
    x === null ? open : Math.min(Math.max(x < 0 ? x + n : x, 0), n);
  const start = bound(s.start, 0);
  const stop = bound(s.stop, n);
  return { start, size: Math.max(0, Math.ceil((stop - start) / s.step)), step: s.step };
}
