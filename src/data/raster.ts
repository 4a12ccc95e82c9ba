// Fills polygons on a small grey picture, with soft edges.

/** Points x0, y0, x1, y1 … of a closed outline; x runs right, y down, in pixels. */
export type Outline = readonly number[];

/** Each row of pixels is cut by this many lines. */
const linesPerRow = 3;

/** No outline is crossed by one line more often than this. */
const mostCrossings = 32;

/** A grey picture of size × size being painted, values 0 … 1. */
export class Raster {
  readonly pixels: Float32Array;
  private readonly cover: Float32Array;
  private readonly edges = new Float64Array(mostCrossings);

  constructor(readonly size: number) {
    this.pixels = new Float32Array(size * size);
    this.cover = new Float32Array(size);
  }

  /** Make it black again. */
  clear(): void {
    this.pixels.fill(0);
  }

  /** Paint over what is there, by how much of each pixel lies inside (even-odd rule). */
  fill(outline: Outline, shade: number): void {
    const { size, cover, pixels } = this;
    let top = size;
    let bottom = 0;
    for (let i = 1; i < outline.length; i += 2) {
      if (outline[i] < top) top = outline[i];
      if (outline[i] > bottom) bottom = outline[i];
    }
    const to = Math.min(size - 1, Math.floor(bottom));
    for (let row = Math.max(0, Math.floor(top)); row <= to; row++) {
      cover.fill(0);
      for (let line = 0; line < linesPerRow; line++) {
        this.cross(outline, row + (line + 0.5) / linesPerRow);
      }
      for (let x = 0, at = row * size; x < size; x++, at++) {
        if (cover[x] > 0) pixels[at] += (shade - pixels[at]) * Math.min(1, cover[x] / linesPerRow);
      }
    }
  }

  /** Add to `cover` what each pixel has of the level line at y inside the outline. */
  private cross(outline: Outline, y: number): void {
    const { edges } = this;
    const n = outline.length;
    let count = 0;
    let x0 = outline[n - 2];
    let y0 = outline[n - 1];
    for (let i = 0; i < n; i += 2) {
      const x1 = outline[i];
      const y1 = outline[i + 1];
      if (y0 > y !== y1 > y) {
        const x = x0 + ((y - y0) / (y1 - y0)) * (x1 - x0);
        let k = count++;
        for (; k > 0 && edges[k - 1] > x; k--) edges[k] = edges[k - 1];
        edges[k] = x;
      }
      x0 = x1;
      y0 = y1;
    }
    for (let k = 0; k + 1 < count; k += 2) this.addSpan(edges[k], edges[k + 1]);
  }

  private addSpan(from: number, to: number): void {
    const { cover, size } = this;
    const left = Math.max(0, from);
    const right = Math.min(size, to);
    for (let x = Math.floor(left); x < right; x++) {
      cover[x] += Math.min(right, x + 1) - Math.max(left, x);
    }
  }
}
