// Views and changes in place: a view's grad_fn is made anew after its base was changed, and a
// change through a view becomes a change of the base.

import { RuntimeError } from "../errors";
import type { Shape } from "../shape";
import type { Tensor, ViewOrigin } from "../tensor";
import { GradNode, nodeOf } from "./node";

/** A part of a tensor: the tensor's layout, and sizes, strides and offset of the part in it. */
export interface Inside {
  readonly baseDims: Shape;
  readonly baseStrides: readonly number[];
  readonly dims: Shape;
  readonly strides: readonly number[];
  /** From the base's first element to the part's. */
  readonly offset: number;
}

/** Where `view` lies within `base`. */
export function insideOf(view: Tensor, base: Tensor): Inside {
  return {
    baseDims: base.dims,
    baseStrides: base.strides,
    dims: view.dims,
    strides: view.strides,
    offset: view.offset - base.offset,
  };
}

/** PyTorch's sentence about views made under no_grad. */
export function madeWithoutGrad(what: string): string {
  return `A view was created in no_grad mode and ${what} with grad mode enabled. Given that this use case is ambiguous and error-prone, it is forbidden. You can clarify your code by moving both the view and the inplace either both inside the no_grad block (if you don't want the inplace to be tracked) or both outside (if you want the inplace to be tracked).`;
}

/** A view's tie to its base. */
export class TrackedView implements ViewOrigin {
  constructor(
    readonly base: Tensor,
    /** The version at which the view's grad_fn was last right. */
    private stamp: number,
    /** Views made under no_grad must not be changed in place with gradients on. */
    readonly madeWithGrad: boolean,
    /** Which of an op's several views this is; such a one must not be changed in place either. */
    readonly oneOfSeveral: string | null,
  ) {}

  gradNode(view: Tensor): GradNode | null {
    if (view.version.value !== this.stamp) {
      const base = nodeOf(this.base);
      if (base !== null && !this.madeWithGrad) {
        throw new RuntimeError(
          madeWithoutGrad("its base or another view of its base has been modified inplace"),
          "make the view again, or outside of no_grad",
        );
      }
      this.stamp = view.version.value;
      if (base !== null) view.gradNode = asStridedNode(view, this.base, base);
    }
    return view.gradNode;
  }
}

function asStridedNode(view: Tensor, base: Tensor, edge: GradNode): GradNode {
  const inside = insideOf(view, base);
  return new GradNode(
    "AsStridedBackward0",
    [edge],
    view.dims,
    view.dtype,
    (grad) => [grad.stridedScatter(inside)],
    [],
    null,
  );
}

/** The node of a base that was changed through a view; frees what the change itself saved. */
class CopySlicesNode extends GradNode {
  constructor(
    private readonly change: GradNode,
    ...rest: ConstructorParameters<typeof GradNode>
  ) {
    super(...rest);
  }
  override release(): void {
    this.change.release();
  }
}

/** The base's new node after `node` changed a part of it in place. */
export function copySlices(view: Tensor, base: Tensor, node: GradNode): GradNode {
  const inside = insideOf(view, base);
  return new CopySlicesNode(
    node,
    "CopySlices",
    [nodeOf(base), ...node.edges.slice(1)],
    base.dims,
    base.dtype,
    (grad, _saved, needs) => {
      const grads = node.apply(grad.stridedSlice(inside), needs);
      // What the base held elsewhere goes on; where it was overwritten, the op decides.
      const before = needs[0] ? grad.stridedReplace(inside, grads[0]) : null;
      return [before, ...grads.slice(1)];
    },
    [],
    null,
  );
}
