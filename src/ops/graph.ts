// What a tensor does with its graph: backward, hooks, and keeping a non-leaf's gradient.

import { type BackwardOptions, backward as backwardAll } from "../autograd/backward";
import { type Hook, nodeOf } from "../autograd/node";
import { RuntimeError, TypeError } from "../errors";
import { pythonTypeName } from "../scalar";
import { Tensor } from "../tensor";
import { requireTensor } from "./operand";

/** Returned by `register_hook`: takes the hook away again. */
export interface HookHandle {
  remove(): void;
}

/**
 * Gradients of this tensor with respect to the leaves it was computed from, added to their
 * `grad`. A tensor of more than one element needs the gradient it starts from.
 * Raises RuntimeError without a graph, and on a second call unless the first kept the graph.
 * @example
 * const x = torch.tensor([1.5, 2], { requires_grad: true });
 * x.square().sum().backward();
 * x.grad   // tensor([3., 4.])
 * @example
 * const x = torch.tensor([1.5, 2], { requires_grad: true });
 * x.square().backward(torch.tensor([1, 10]).float(), { retain_graph: true });
 * x.grad   // tensor([ 3., 40.])
 */
export function backward(
  input: Tensor,
  gradient: Tensor | BackwardOptions | null = null,
  options: BackwardOptions = {},
): void {
  requireTensor(input, "backward");
  if (gradient === null || gradient instanceof Tensor) {
    backwardAll(input, gradient, options);
    return;
  }
  if (typeof gradient !== "object") {
    throw new TypeError(
      `gradients can be either Tensors or None, but got ${pythonTypeName(gradient)}`,
      "give a tensor of this tensor's shape, or only options",
    );
  }
  backwardAll(input, null, gradient);
}

/**
 * Call `hook` with the gradient that reaches this tensor; what it returns (if anything) replaces
 * it. Raises RuntimeError for tensors that don't require grad.
 * @example
 * const x = torch.ones(2, { requires_grad: true });
 * const y = x.mul(3);
 * const handle = y.register_hook((grad) => grad.mul(2));
 * y.sum().backward();
 * x.grad   // tensor([6., 6.])
 * handle.remove();
 */
export function register_hook(input: Tensor, hook: Hook): HookHandle {
  requireTensor(input, "register_hook");
  const node = nodeOf(input);
  if (node === null) {
    throw new RuntimeError("cannot register a hook on a tensor that doesn't require gradient");
  }
  if (typeof hook !== "function") {
    throw new TypeError(`'${pythonTypeName(hook)}' object is not callable`, "a hook is a function");
  }
  // Of its own, so that each registration of the same function can be taken away alone.
  const own: Hook = (grad) => hook(grad);
  Object.defineProperty(own, "name", { value: hook.name === "" ? "<lambda>" : hook.name });
  node.hooks = [...(node.hooks ?? []), own];
  return {
    remove: () => {
      node.hooks = (node.hooks ?? []).filter((other) => other !== own);
    },
  };
}

/**
 * Let a non-leaf keep the gradient that reaches it. Raises RuntimeError without a graph.
 * @example
 * const x = torch.ones(1, { requires_grad: true });
 * const y = x.mul(2);
 * y.retain_grad();
 * y.mul(3).backward();
 * y.grad   // tensor([3.])
 */
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
