// The nodes of the graph: what was computed, from what, and how its gradient goes back.

import type { DType } from "../dtype";
import { RuntimeError } from "../errors";
import { formatShape, type Shape } from "../shape";
import type { Tensor } from "../tensor";
import type { Cut, CutFrom } from "./cut";

/**
 * The gradients of an op's inputs, given that of its output. `saved` are the tensors named to
 * `record`; `needs` tells which inputs want one (null may stand for the others).
 */
export type Backward = (
  grad: Tensor,
  saved: Tensor[],
  needs: readonly boolean[],
) => readonly (Tensor | null)[];

/** Sees a gradient on its way and may replace it. */
export type Hook = (grad: Tensor) => Tensor | null | undefined;

/** A tensor kept for backward, with the version it had then. */
interface Saved {
  tensor: Tensor;
  version: number;
  readonly isOutput: boolean;
}

let created = 0;

/** One recorded op; prints as PyTorch's `<SubBackward0>`. */
export class GradNode {
  /** Later nodes have larger numbers; backward goes from large to small. */
  readonly sequence: number = created++;
  /** Hooks of the tensor this node made. */
  hooks: Hook[] | null = null;
  /** For pictures of the graph: how inputs that are constants here were computed, see cut.ts. */
  cuts: readonly (Cut | null)[] | null = null;
  private saved: (Saved | null)[] | null;
  private mark: CutFrom | null = null;

  constructor(
    /** PyTorch's name: `SubBackward0`. */
    readonly name: string,
    /** The nodes of the inputs; null where no gradient is wanted. */
    readonly edges: readonly (GradNode | null)[],
    /** Shape and dtype of the output, which its gradient must have. */
    readonly dims: Shape,
    readonly dtype: DType,
    private readonly backward: Backward,
    saved: readonly (Tensor | null)[],
    output: Tensor | null,
  ) {
    this.saved = saved.map((tensor) =>
      tensor === null
        ? null
        : { tensor, version: tensor.version.value, isOutput: tensor === output },
    );
  }

  /** What notes of cut branches hold of this node. */
  get cutFrom(): CutFrom {
    this.mark ??= { sequence: this.sequence, name: this.name, dims: this.dims };
    return this.mark;
  }

  /** PyTorch's list of [node, 0] pairs, one an input. */
  get next_functions(): readonly (readonly [GradNode | null, number])[] {
    return this.edges.map((edge) => [edge, 0] as const);
  }

  /** The op's name without PyTorch's suffix, as its messages print it: `Sub`. */
  get opName(): string {
    if (this.name === "CopySlices") return "torch::autograd::CopySlices";
    return this.name.replace(/Backward\d*(_copy)?$/, "");
  }

  /** The gradients of the inputs. Raises RuntimeError for freed or changed saved tensors. */
  apply(grad: Tensor, needs: readonly boolean[]): readonly (Tensor | null)[] {
    return this.backward(grad, this.unpack(), needs);
  }

  /** Let go of the saved tensors; a second backward through them is then refused. */
  release(): void {
    if (this.saved?.some((s) => s !== null)) this.saved = null;
  }

  /** Before an in-place op overwrites `input`: keep the values that the gradient needs. */
  keepValues(input: Tensor): void {
    for (const s of this.saved ?? []) {
      if (s !== null && s.tensor === input) {
        s.tensor = input.clone();
        s.version = s.tensor.version.value;
      }
    }
  }

  /** After an in-place op: the output now lives in `target`. */
  moveOutput(from: Tensor, target: Tensor): void {
    for (const s of this.saved ?? []) {
      if (s !== null && s.tensor === from) {
        s.tensor = target;
        s.version = target.version.value;
      }
    }
  }

  toString(): string {
    return `<${this.name} object>`;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  private unpack(): Tensor[] {
    if (this.saved === null) {
      throw new RuntimeError(
        "Trying to backward through the graph a second time (or directly access saved tensors after they have already been freed). Saved intermediate values of the graph are freed when you call .backward() or autograd.grad(). Specify retain_graph=True if you need to backward through the graph a second time or if you need to access saved tensors after calling backward.",
        `${this.opName}: call backward(null, { retain_graph: true }) the first time`,
      );
    }
    // Unneeded tensors are null; the op that left them out does not read them.
    return this.saved.map((s) => (s === null ? null : checked(s, this))) as Tensor[];
  }
}

function checked(s: Saved, node: GradNode): Tensor {
  const { tensor, version } = s;
  if (tensor.version.value !== version) {
    const maker = s.isOutput ? node : tensor.grad_fn;
    const origin = maker === null ? "" : `, which is output 0 of ${maker.opName},`;
    throw new RuntimeError(
      `one of the variables needed for gradient computation has been modified by an inplace operation: [${tensor.dtype.tensorType} ${formatShape(tensor.dims)}]${origin} is at version ${tensor.version.value}; expected version ${version} instead. Hint: enable anomaly detection to find the operation that failed to compute its gradient, with torch.autograd.set_detect_anomaly(True, check_nan=False).`,
      `the gradient of ${node.opName} needs the old values: use the op without the underscore, or clone first`,
    );
  }
  return tensor;
}

/** The end of a path: adds what arrives to a leaf's `grad`. */
export class LeafNode extends GradNode {
  constructor(readonly leaf: Tensor) {
    super("AccumulateGrad", [], leaf.dims, leaf.dtype, () => [], [], null);
  }
}

/** The node that a gradient for t goes to: its op's, or its own if it is a leaf. */
export function nodeOf(t: Tensor): GradNode | null {
  return t.grad_fn ?? leafNodeOf(t);
}

/** The node that collects a leaf's gradient; null where none is wanted. */
export function leafNodeOf(t: Tensor): GradNode | null {
  if (!t.leafRequiresGrad) return null;
  t.leafNode ??= new LeafNode(t);
  return t.leafNode;
}
