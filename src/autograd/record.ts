// How an op enters the graph: `record` for values of their own, `recordView` for views.

import { alias, Tensor, type TensorParts } from "../tensor";
import { cutsOf, noteCut } from "./cut";
import { is_grad_enabled } from "./grad_mode";
import { type Backward, GradNode, nodeOf } from "./node";
import { TrackedView } from "./views";

/** Whether a gradient for x is wanted now. Ops save only what the wanted gradients need. */
export function wantsGrad(x: unknown): boolean {
  return is_grad_enabled() && x instanceof Tensor && x.requires_grad;
}

/**
 * Attach to `value` how it was computed, when gradients are on and an input wants one.
 *
 * A gradient formula never mentions broadcasting or dtypes: the engine sums each gradient to its
 * input's shape and casts it. Tensors that the formula needs are read only from `saved`, so that
 * changes in place are noticed and memory is freed after backward; null entries stand for those
 * that the wanted gradients don't need.
 * @example
 * const x = torch.tensor([3.5], { requires_grad: true });
 * const value = torch.no_grad(() => x.mul(x));
 * const y = record("SquareBackward", [x], value, (grad, [x]) => [grad.mul(x).mul(2)], [x]);
 * y   // tensor([12.2500], grad_fn=<SquareBackward>)
 * y.backward();
 * x.grad   // tensor([7.])
 */
export function record(
  name: string,
  inputs: readonly unknown[],
  value: Tensor,
  backward: Backward,
  saved: readonly (Tensor | null)[] = [],
): Tensor {
  if (!value.dtype.is_floating_point) return value;
  let wanted = false;
  let isCut = !is_grad_enabled();
  if (!isCut) {
    for (let i = 0; i < inputs.length; i++) {
      const x = inputs[i];
      if (!(x instanceof Tensor)) continue;
      if (x.requires_grad) wanted = true;
      else if (x.cut !== null) isCut = true;
    }
  }
  if (!wanted) {
    if (isCut) noteCut(name, inputs, value);
    return value;
  }
  const edges = inputs.map((x) => (x instanceof Tensor ? nodeOf(x) : null));
  value.gradNode = new GradNode(name, edges, value.dims, value.dtype, backward, saved, value);
  if (isCut) value.gradNode.cuts = cutsOf(inputs);
  return value;
}

/**
 * A view of the input with other sizes, strides or offset, entered into the graph; `output` is its
 * number when the op returns several.
 */
export function recordView(
  name: string,
  input: Tensor,
  parts: Partial<TensorParts>,
  backward: Backward,
  output: number | null = null,
): Tensor {
  const out = alias(input, parts);
  if (!input.dtype.is_floating_point) return out;
  out.origin = new TrackedView(
    input.origin?.base ?? input,
    out.version.value,
    is_grad_enabled(),
    output === null ? null : `Output ${output} of ${name.replace(/Backward\d+$/, "")}`,
  );
  // As in PyTorch: a view made under no_grad says that it requires grad, without a grad_fn.
  if (!is_grad_enabled()) out.leafRequiresGrad = input.requires_grad;
  return record(name, [input], out, backward);
}
