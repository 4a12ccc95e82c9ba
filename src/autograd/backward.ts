// The engine: walks the graph from the outputs to the leaves, later ops first.

import { allocate } from "../dtype";
import { RuntimeError, TypeError } from "../errors";
import { pythonTypeName } from "../scalar";
import { formatShape, numelOf, sameShape } from "../shape";
import type { Storage } from "../storage";
import { fromArray, isDense, Tensor } from "../tensor";
import { unnoted } from "./cut";
import { withGradMode } from "./grad_mode";
import { type GradNode, LeafNode, nodeOf } from "./node";

/** Options of `backward`, as PyTorch names them. */
export interface BackwardOptions {
  /** Keep what the graph saved, so that backward can run again (default: create_graph). */
  readonly retain_graph?: boolean;
  /** Record the gradients' own computation, for second derivatives. */
  readonly create_graph?: boolean;
  /** Collect gradients only for these tensors. */
  readonly inputs?: Tensor | readonly Tensor[];
}

/** Options of `torch.autograd.grad`. */
export interface GradOptions extends BackwardOptions {
  readonly grad_outputs?: Tensor | readonly (Tensor | null)[] | null;
  /** Return null for inputs that the outputs don't depend on, instead of raising. */
  readonly allow_unused?: boolean;
}

interface Run {
  readonly createGraph: boolean;
  readonly retainGraph: boolean;
  /** When given, gradients are handed to it instead of the leaves. */
  readonly captured: Map<GradNode, Tensor | null> | null;
}

interface Root {
  readonly node: GradNode;
  readonly grad: Tensor;
}

/** All nodes under the roots, without recursion: 100,000 chained ops must not overflow. */
function reachable(roots: readonly Root[]): GradNode[] {
  const seen = new Set<GradNode>();
  const stack = roots.map((root) => root.node);
  while (stack.length > 0) {
    const node = stack.pop() as GradNode;
    if (seen.has(node)) continue;
    seen.add(node);
    for (const edge of node.edges) if (edge !== null && !seen.has(edge)) stack.push(edge);
  }
  return [...seen];
}

/** Nodes from which a captured one can be reached. */
function neededFor(
  captured: Map<GradNode, unknown>,
  ascending: readonly GradNode[],
): Set<GradNode> {
  const needed = new Set<GradNode>();
  for (const node of ascending) {
    if (captured.has(node) || node.edges.some((edge) => edge !== null && needed.has(edge))) {
      needed.add(node);
    }
  }
  return needed;
}

function fitted(grad: Tensor, node: GradNode): Tensor {
  let out = grad;
  if (!sameShape(out.dims, node.dims)) out = out.sum_to_size([...node.dims]);
  return out.dtype === node.dtype ? out : out.to(node.dtype);
}

/** Refuse a hook's result of another kind, in PyTorch's words. */
function checkHooked(result: Tensor, grad: Tensor, name: string): Tensor {
  if (result === grad) return grad;
  if (!(result instanceof Tensor)) {
    throw new TypeError(
      `expected Variable, but hook returned '${pythonTypeName(result)}'`,
      "a hook returns a tensor, or nothing",
    );
  }
  if (!sameShape(result.dims, grad.dims)) {
    throw new RuntimeError(
      `hook '${name}' has changed the size of value`,
      `it got ${formatShape(grad.dims)} and returned ${formatShape(result.dims)}`,
    );
  }
  if (result.dtype !== grad.dtype) {
    throw new RuntimeError(
      `hook '${name}' has changed the type of value (was ${grad.dtype.tensorType} got ${result.dtype.tensorType})`,
    );
  }
  return result;
}

/** Refuse what is no tensor among the outputs or inputs of a gradient. */
function requireTensors(list: readonly unknown[], what: string): void {
  for (const x of list) {
    if (x instanceof Tensor) continue;
    throw new TypeError(
      `all ${what} have to be Tensors, but got ${pythonTypeName(x)}`,
      `give a tensor or an array of tensors as ${what}`,
    );
  }
}

function run(roots: readonly Root[], options: Run): void {
  const nodes = reachable(roots);
  // Leaves first: they have no edges. Among ops, an op's inputs were recorded before it.
  const rank = (node: GradNode) => (node instanceof LeafNode ? -1 : node.sequence);
  nodes.sort((a, b) => rank(a) - rank(b));
  const needed = options.captured === null ? null : neededFor(options.captured, nodes);
  const pending = new Map<GradNode, Tensor>();
  const taken = new Set<Storage>();
  const deliver = (node: GradNode, grad: Tensor): void => {
    const before = pending.get(node);
    const arriving = fitted(grad, node);
    pending.set(node, before === undefined ? arriving : before.add(arriving));
  };
  for (const { node, grad } of roots) {
    taken.add(grad.storage);
    deliver(node, grad);
  }
  for (let i = nodes.length - 1; i >= 0; i--) {
    const node = nodes[i];
    let grad = pending.get(node);
    if (grad === undefined || (needed !== null && !needed.has(node))) continue;
    pending.delete(node);
    for (const hook of node.hooks ?? []) {
      // A hook may keep what it sees, or return what somebody else holds.
      taken.add(grad.storage);
      grad = checkHooked(hook(grad) ?? grad, grad, hook.name);
      taken.add(grad.storage);
    }
    if (options.captured?.has(node)) options.captured.set(node, grad);
    if (node instanceof LeafNode) {
      if (options.captured === null) accumulate(node.leaf, grad, options.createGraph, taken);
      continue;
    }
    const needs = node.edges.map((e) => e !== null && (needed === null || needed.has(e)));
    if (!needs.includes(true)) continue;
    const grads = node.apply(grad, needs);
    for (let k = 0; k < needs.length; k++) {
      const edge = node.edges[k];
      const part = grads[k];
      if (needs[k] && edge !== null && part !== null && part !== undefined) deliver(edge, part);
    }
    if (!options.retainGraph) node.release();
  }
}

/** Add to a leaf's gradient; a fresh one is kept as it is when nobody else can see its storage. */
function accumulate(leaf: Tensor, grad: Tensor, createGraph: boolean, taken: Set<Storage>): void {
  const before = leaf.gradOrNull;
  if (before !== null) {
    if (createGraph) leaf.grad = before.add(grad);
    else before.add_(grad);
    return;
  }
  const own =
    isDense(grad) &&
    grad.offset === 0 &&
    grad.array.length === numelOf(grad.dims) &&
    !taken.has(grad.storage);
  taken.add(grad.storage);
  if (createGraph) leaf.grad = own ? grad : grad.clone();
  else leaf.grad = own ? grad.detach() : grad.detach().clone().contiguous();
}

function rootOf(output: Tensor, gradient: Tensor | null, index: number): Root {
  requireTensors([output], "outputs");
  if (gradient !== null && !sameShape(gradient.dims, output.dims)) {
    throw new RuntimeError(
      `Mismatch in shape: grad_output[${index}] has a shape of ${gradient.shape} and output[${index}] has a shape of ${output.shape}.`,
      "backward's gradient must have the shape of the tensor it starts from",
    );
  }
  const node = nodeOf(output);
  if (node === null) {
    throw new RuntimeError(
      `element ${index} of tensors does not require grad and does not have a grad_fn`,
      "nothing this tensor was computed from has requires_grad, or it was computed under no_grad",
    );
  }
  if (gradient !== null) return { node, grad: gradient };
  if (numelOf(output.dims) !== 1) {
    throw new RuntimeError(
      "grad can be implicitly created only for scalar outputs",
      `this tensor has shape ${formatShape(output.dims)}: call .sum() or .mean() first, or pass a gradient of that shape`,
    );
  }
  const ones = allocate(output.dtype, 1);
  ones[0] = 1;
  return { node, grad: fromArray(ones, output.dims, output.dtype) };
}

function asList<T>(x: T | readonly T[]): readonly T[] {
  return Array.isArray(x) ? x : [x as T];
}

/**
 * Gradients of one or more tensors, added to the `grad` of the leaves they were computed from.
 * Raises RuntimeError when a tensor has no graph, when a non-scalar comes without a gradient,
 * and when the graph was freed by an earlier backward.
 * @example
 * const w = torch.tensor([1.5, 2.5], { requires_grad: true });
 * torch.autograd.backward(w.square().sum());
 * w.grad   // tensor([3., 5.])
 */
export function backward(
  tensors: Tensor | readonly Tensor[],
  grad_tensors: Tensor | readonly (Tensor | null)[] | null = null,
  options: BackwardOptions = {},
): void {
  const outputs = asList(tensors);
  const given = grad_tensors === null ? [] : asList<Tensor | null>(grad_tensors);
  const roots = outputs.map((t, i) => rootOf(t, given[i] ?? null, i));
  const createGraph = options.create_graph ?? false;
  const retainGraph = options.retain_graph ?? createGraph;
  withGradMode(createGraph, "backward", () => {
    if (options.inputs === undefined) {
      unnoted(() => run(roots, { createGraph, retainGraph, captured: null }));
      return;
    }
    const inputs = asList(options.inputs);
    if (inputs.length === 0) {
      throw new RuntimeError("`inputs` argument to `backward()` cannot be empty.");
    }
    const captured = capture(inputs);
    unnoted(() => run(roots, { createGraph, retainGraph, captured }));
    const taken = new Set<Storage>(roots.map((root) => root.grad.storage));
    for (const input of inputs) {
      const grad = captured.get(nodeOf(input) as GradNode);
      if (grad) accumulate(input, grad, createGraph, taken);
    }
  });
}

function capture(inputs: readonly Tensor[]): Map<GradNode, Tensor | null> {
  const captured = new Map<GradNode, Tensor | null>();
  requireTensors(inputs, "inputs");
  for (const input of inputs) {
    const node = nodeOf(input);
    if (node === null) {
      throw new RuntimeError(
        "One of the differentiated Tensors does not require grad",
        "give it requires_grad before it is used",
      );
    }
    captured.set(node, null);
  }
  return captured;
}

/**
 * Gradients of outputs with respect to inputs, returned instead of collected in `grad`.
 * Raises RuntimeError for inputs that don't require grad, or that the outputs don't depend on
 * unless `allow_unused`.
 * @example
 * const x = torch.tensor([3.5], { requires_grad: true });
 * const y = x.pow(3).sum();
 * torch.autograd.grad(y, x, { create_graph: true })   // [ tensor([36.7500], grad_fn=<MulBackward0>) ]
 */
export function grad(
  outputs: Tensor | readonly Tensor[],
  inputs: Tensor | readonly Tensor[],
  options: GradOptions = {},
): (Tensor | null)[] {
  const given = options.grad_outputs == null ? [] : asList<Tensor | null>(options.grad_outputs);
  const roots = asList(outputs).map((t, i) => rootOf(t, given[i] ?? null, i));
  const createGraph = options.create_graph ?? false;
  const captured = capture(asList(inputs));
  withGradMode(createGraph, "grad", () =>
    unnoted(() =>
      run(roots, { createGraph, retainGraph: options.retain_graph ?? createGraph, captured }),
    ),
  );
  return asList(inputs).map((input, index) => {
    const found = captured.get(nodeOf(input) as GradNode) ?? null;
    if (found === null && options.allow_unused !== true) {
      throw new RuntimeError(
        `The differentiated Tensor at index ${index} appears to not have been used in the graph. Set allow_unused=True if this is the desired behavior.`,
        "the outputs don't depend on one of the inputs",
      );
    }
    return found;
  });
}
