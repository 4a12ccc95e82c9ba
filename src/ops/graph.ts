// What a tensor does with its graph: backward, hooks, and keeping a non-leaf's gradient.

import { type BackwardOptions, backward as backwardAll } from "../autograd/backward";
import { type Hook, nodeOf } from "../autograd/node";
import { RuntimeError } from "../errors";
import type { Tensor } from "../tensor";
import { requireTensor } from "./operand";

/** Returned by `register_hook`: takes the hook away again. */
export interface HookHandle {
  remove(): void;
}

/**
 * Gradients of this tensor with respect to the leaves it was computed from, added to their
 * `grad`. A tensor of more than one element needs the gradient it starts from.
 * Raises RuntimeError without a graph, and on a second call unless the first kept the graph.
 * @example y.sum().backward()
 * @example y.backward(torch.ones(2), { retain_graph: true })
 */
export function backward(
  input: Tensor,
  gradient: Tensor | BackwardOptions | null = null,
  options: BackwardOptions = {},
): void {
  requireTensor(input, "backward");
  const isTensor = gradient !== null && "storage" in gradient;
  const chosen = isTensor || gradient === null ? options : gradient;
  backwardAll(input, isTensor ? gradient : null, chosen);
}

/**
 * Call `hook` with the gradient that reaches this tensor; what it returns (if anything) replaces
 * it. Raises RuntimeError for tensors that don't require grad.
 * @example const handle = y.register_hook((grad) => grad.mul(2));
 */
export function register_hook(input: Tensor, hook: Hook): HookHandle {
  requireTensor(input, "register_hook");
  const node = nodeOf(input);
  if (node === null) {
    throw new RuntimeError("cannot register a hook on a tensor that doesn't require gradient");
  }
  node.hooks ??= [];
  node.hooks.push(hook);
  return {
    remove: () => {
      node.hooks = (node.hooks ?? []).filter((other) => other !== hook);
    },
  };
}

/** Let a non-leaf keep the gradient that reaches it. Raises RuntimeError without a graph. */
export function retain_grad(input: Tensor): void {
  requireTensor(input, "retain_grad");
  if (!input.requires_grad) {
    throw new RuntimeError("can't retain_grad on Tensor that has requires_grad=False");
  }
  if (input.is_leaf || input.retainsGrad) return;
  input.retainsGrad = true;
  register_hook(input, (grad) => {
    const before = input.gradOrNull;
    input.grad = before === null ? grad.clone() : before.add(grad);
    return null;
  });
}
