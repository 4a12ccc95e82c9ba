// Views and changes in place: a view's grad_fn is made anew after its base was changed, and a
// change through a view becomes a change of the base.

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

/** A view's tie to its base. */
export class TrackedView implements ViewOrigin {
  constructor(
    readonly base: Tensor,
    /** The version at which the view's grad_fn was last right. */
    private stamp: number,
    /** Views made under no_grad must not be changed in place with gradients on. */
    readonly madeWithGrad: boolean,
  ) {}

  gradNode(view: Tensor): GradNode | null {
    if (view.version.value !== this.stamp) {
      this.stamp = view.version.value;
      const base = nodeOf(this.base);
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

/** The base's new node after `node` changed a part of it in place. */
export function copySlices(view: Tensor, base: Tensor, node: GradNode): GradNode {
  const inside = insideOf(view, base);
  return new GradNode(
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
