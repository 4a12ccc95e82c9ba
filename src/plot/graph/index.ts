// The picture of a tensor's autograd graph, for a cell and for a file.

import type { Tensor } from "../../tensor";
import { fontFamily, type MimeBundle } from "../chart";
import { display } from "../display";
import { describe, type Names } from "./describe";
import type { Direction } from "./layout";
import { drawGraph } from "./svg";
import { altOfGraph, treeOf } from "./words";

/** What may be said about the picture of a graph. */
export interface GraphOptions {
  /** The variables by their names: `{ x, y }`. Others are shown by their ops. */
  readonly names?: Names;
  /** "right" puts the result on the right, "down" at the bottom; by default what fits a page. */
  readonly direction?: Direction;
  /** At most so many steps and leaves, the nearest to the result; 60 by default. */
  readonly limit?: number;
  readonly alt?: string;
}

/**
 * A drawn graph. As a cell's last expression it shows itself.
 * @example
 * const x = torch.ones(1, { requires_grad: true });
 * plt.graph(x.mul(2)) instanceof plt.GraphPicture   // true
 */
export class GraphPicture {
  constructor(
    /** An SVG document of its own: no ids, no references. */
    readonly svg: string,
    /** The same as a tree of text. */
    readonly text: string,
    /** What the picture shows, in words. */
    readonly alt: string,
  ) {}

  /**
   * Show it in the middle of a cell; outside Jupyter it comes back.
   * @example
   * const x = torch.ones(1, { requires_grad: true });
   * plt.graph(x.mul(2));
   */
  show(): GraphPicture | undefined {
    return display(this.bundle()) ? undefined : this;
  }

  toString(): string {
    return this.text;
  }

  [Symbol.for("Jupyter.display")](): MimeBundle {
    return this.bundle();
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.text;
  }

  private bundle(): MimeBundle {
    return { "image/svg+xml": this.svg, "text/plain": this.text };
  }
}

/**
 * Draw the autograd graph that t was computed by: each recorded step with the name of its grad_fn
 * and its shape, each leaf with its gradient, and dashed what `no_grad` or `detach` cut off.
 * Constants are not part of the graph. Raises RuntimeError for a tensor without a history.
 * @example
 * const x = torch.tensor([1.5], { requires_grad: true });
 * const y = x.pow(2);
 * plt.graph(y, { names: { x, y } });
 */
export function graph(t: Tensor, options: GraphOptions = {}): GraphPicture {
  const description = describe(t, options.names ?? {}, options.limit ?? 60);
  const alt = options.alt ?? altOfGraph(description);
  const svg = drawGraph(description, { alt, family: fontFamily, direction: options.direction });
  return new GraphPicture(svg, treeOf(description), alt);
}
