// Ops in place: the checks PyTorch makes, the write, and the new history of the tensor.

import { canCast } from "../dtype";
import { RuntimeError } from "../errors";
import { readDense, writeDense } from "../kernels/cast";
import { formatShape, sameShape } from "../shape";
import type { Tensor } from "../tensor";
import { is_grad_enabled } from "./grad_mode";
import { wantsGrad } from "./record";
import { copySlices, madeWithoutGrad, TrackedView } from "./views";

/** Refuse to change a leaf that collects gradients, or a view of one. */
function checkHistory(self: Tensor, op: string): void {
  const hint = `${op}: change parameters inside torch.no_grad(() => …) or through .data`;
  const origin = self.origin;
  if (origin instanceof TrackedView && !origin.madeWithGrad) {
    throw new RuntimeError(madeWithoutGrad("is being modified inplace"), hint);
  }
  if (origin instanceof TrackedView && origin.oneOfSeveral !== null) {
    throw new RuntimeError(
      `${origin.oneOfSeveral} is a view and is being modified inplace. This view is the output of a function that returns multiple views. Such functions do not allow the output views to be modified inplace. You should replace the inplace operation by an out-of-place one.`,
      hint,
    );
  }
  if (origin !== null && self.requires_grad && origin.base.is_leaf) {
    throw new RuntimeError(
      "a view of a leaf Variable that requires grad is being used in an in-place operation.",
      hint,
    );
  }
  if (self.is_leaf && self.leafRequiresGrad) {
    throw new RuntimeError(
      "a leaf Variable that requires grad is being used in an in-place operation.",
      hint,
    );
  }
}

function checkOverlap(self: Tensor): void {
  for (let d = 0; d < self.dims.length; d++) {
    if (self.strides[d] === 0 && self.dims[d] > 1) {
      throw new RuntimeError(
        "unsupported operation: more than one element of the written-to tensor refers to a single memory location. Please clone() the tensor before performing the operation.",
        "an expanded tensor repeats its elements; clone it before changing it",
      );
    }
  }
}

/**
 * Carry out `op` and write its result into `self`, whose grad_fn becomes that of the result.
 * Raises RuntimeError for leaves that require grad, for results of another shape or of a dtype
 * that self cannot hold, and for expanded tensors.
 */
export function inPlace(
  name: string,
  self: Tensor,
  args: readonly unknown[],
  op: () => Tensor,
): Tensor {
  const tracked = is_grad_enabled() && (self.requires_grad || args.some(wantsGrad));
  if (tracked) checkHistory(self, name);
  checkOverlap(self);
  const result = op();
  if (!sameShape(result.dims, self.dims)) {
    throw new RuntimeError(
      `output with shape ${formatShape(self.dims)} doesn't match the broadcast shape ${formatShape(result.dims)}`,
      `${name}_ keeps the shape of the tensor it changes; use ${name} for a new one`,
    );
  }
  if (!canCast(result.dtype, self.dtype)) {
    throw new RuntimeError(
      `result type ${result.dtype.scalarType} can't be cast to the desired output type ${self.dtype.scalarType}`,
      `${name}_ keeps the dtype of the tensor; use ${name} for a new one`,
    );
  }
  // An operand that is self as well stays as it is: its change is noticed, as in PyTorch.
  if (!args.includes(self)) result.gradNode?.keepValues(self);
  writeDense(self, readDense(result), result.dtype);
  return rebase(self, result);
}

/** Note the change of self and give it the history of `result`. */
function rebase(self: Tensor, result: Tensor): Tensor {
  self.version.value++;
  const node = result.gradNode;
  if (node === null) {
    if (self.gradNode === null && !self.leafRequiresGrad) self.cut = result.cut ?? self.cut;
    return self;
  }
  node.moveOutput(result, self);
  const origin = self.origin;
  if (origin === null) {
    self.gradNode = node;
    self.leafRequiresGrad = false;
  } else {
    origin.base.gradNode = copySlices(self, origin.base, node);
    origin.base.leafRequiresGrad = false;
  }
  return self;
}
