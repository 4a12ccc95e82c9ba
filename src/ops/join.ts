// Several tensors joined into one.

import { record } from "../autograd/record";
import { allocate, type DType, promote } from "../dtype";
import { RuntimeError, TypeError, ValueError } from "../errors";
import { toDense, writeDense } from "../kernels/cast";
import { pythonTypeName } from "../scalar";
import { formatShape, normalizeDim, numelOf, sameShape } from "../shape";
import { fromArray, Tensor } from "../tensor";
import { requireTensor, viewAs } from "./operand";

function requireTensors(tensors: unknown, op: string): readonly Tensor[] {
  if (!Array.isArray(tensors)) {
    throw new TypeError(
      `${op}(): argument 'tensors' (position 1) must be tuple of Tensors, not ${pythonTypeName(tensors)}`,
      `${op} takes an array of tensors`,
    );
  }
  tensors.forEach((x, i) => {
    if (!(x instanceof Tensor)) {
      throw new TypeError(
        `expected Tensor as element ${i} in argument 0, but got ${pythonTypeName(x)}`,
      );
    }
  });
  return tensors;
}

function catDType(tensors: readonly Tensor[]): DType {
  return tensors.map((x) => x.dtype).reduce(promote);
}

/** An empty 1-d tensor is skipped whatever the others' shapes, as PyTorch does. */
function isLegacyEmpty(x: Tensor): boolean {
  return x.dims.length === 1 && x.dims[0] === 0;
}

function checkCat(tensors: readonly Tensor[], first: Tensor, dim: number): void {
  tensors.forEach((x, k) => {
    if (isLegacyEmpty(x)) return;
    if (x.dims.length !== first.dims.length) {
      throw new RuntimeError(
        `Tensors must have same number of dimensions: got ${first.dims.length} and ${x.dims.length}`,
      );
    }
    for (let d = 0; d < first.dims.length; d++) {
      if (d !== dim && x.dims[d] !== first.dims[d]) {
        throw new RuntimeError(
          `Sizes of tensors must match except in dimension ${dim}. Expected size ${first.dims[d]} but got size ${x.dims[d]} for tensor number ${k} in the list.`,
          `cat got shapes ${tensors.map((y) => formatShape(y.dims)).join(", ")}`,
        );
      }
    }
  });
}

/** Options of `cat` and `stack`. */
export interface JoinOptions {
  readonly dim?: number;
  readonly axis?: number;
}

function joinDim(dim: number | JoinOptions | undefined): number {
  return typeof dim === "object" ? (dim.dim ?? dim.axis ?? 0) : (dim ?? 0);
}

/**
 * Tensors joined along an existing dimension: (n, k), (m, k) → (n + m, k).
 * Raises RuntimeError when other sizes differ, ValueError for an empty list.
 * @example
 * torch.cat([torch.zeros(1, 2), torch.ones(2, 2)], 0)
 * // tensor([[0., 0.],
 * //         [1., 1.],
 * //         [1., 1.]])
 */
export function cat(tensors: readonly Tensor[], dim?: number | JoinOptions): Tensor {
  const list = requireTensors(tensors, "cat");
  if (list.length === 0) {
    throw new ValueError("torch.cat(): expected a non-empty list of Tensors");
  }
  list.forEach((x, k) => {
    if (x.dims.length === 0) {
      throw new RuntimeError(`zero-dimensional tensor (at position ${k}) cannot be concatenated`);
    }
  });
  const first = list.find((x) => !isLegacyEmpty(x)) ?? list[0];
  const d = normalizeDim(joinDim(dim), first.dims.length, "cat", "dim", 2);
  checkCat(list, first, d);
  const dtype = catDType(list);
  const used = list.filter((x) => x === first || !isLegacyEmpty(x));
  const dims = [...first.dims];
  dims[d] = used.reduce((n, x) => n + x.dims[d], 0);
  const out = fromArray(allocate(dtype, numelOf(dims)), dims, dtype);
  let start = 0;
  for (const x of used) {
    const part = {
      array: out.array,
      dims: x.dims,
      strides: out.strides,
      offset: start * out.strides[d],
      dtype,
    };
    writeDense(part, toDense(viewAs(x, dtype)), dtype);
    start += x.dims[d];
  }
  return record("CatBackward0", list, out, (grad, _saved, needs) => {
    let at = 0;
    return list.map((x, k) => {
      if (!used.includes(x)) return needs[k] ? x.detach().mul(0) : null;
      const from = at;
      at += x.dims[d];
      return needs[k] ? grad.narrow(d, from, x.dims[d]) : null;
    });
  });
}

/**
 * Tensors of one shape stacked along a new dimension: k times (n, m) → (k, n, m).
 * Raises RuntimeError when shapes differ or the list is empty.
 * @example
 * torch.stack([torch.tensor([1, 2]), torch.tensor([3, 4])])
 * // tensor([[1, 2],
 * //         [3, 4]])
 */
export function stack(tensors: readonly Tensor[], dim?: number | JoinOptions): Tensor {
  const list = requireTensors(tensors, "stack");
  if (list.length === 0) throw new RuntimeError("stack expects a non-empty TensorList");
  const [first] = list;
  list.forEach((x, k) => {
    if (!sameShape(x.dims, first.dims)) {
      throw new RuntimeError(
        `stack expects each tensor to be equal size, but got ${formatShape(first.dims)} at entry 0 and ${formatShape(x.dims)} at entry ${k}`,
      );
    }
  });
  const d = normalizeDim(joinDim(dim), first.dims.length + 1, "stack", "dim", 2);
  const joined = cat(
    list.map((x) => x.detach().unsqueeze(d)),
    d,
  );
  return record("StackBackward0", list, joined, (grad) => list.map((_, k) => grad.select(d, k)));
}

/**
 * The tensor with at least two dimensions: (n) → (1, n), () → (1, 1); a view.
 * @example torch.atleast_2d(torch.tensor([1, 2]))   // tensor([[1, 2]])
 */
export function atleast_2d(input: Tensor): Tensor {
  requireTensor(input, "atleast_2d");
  if (input.dims.length === 0) return input.reshape(1, 1);
  return input.dims.length === 1 ? input.unsqueeze(0) : input;
}

/**
 * Tensors stacked as rows.
 * @example
 * torch.vstack([torch.tensor([1, 2]), torch.tensor([3, 4])])
 * // tensor([[1, 2],
 * //         [3, 4]])
 */
export function vstack(tensors: readonly Tensor[]): Tensor {
  if (tensors.length === 0) throw new RuntimeError("vstack expects a non-empty TensorList");
  return cat(tensors.map(atleast_2d), 0);
}

/**
 * Tensors side by side: joined along the last of one, the second of several dimensions.
 * @example torch.hstack([torch.tensor([1, 2]), torch.tensor([3, 4])])   // tensor([1, 2, 3, 4])
 */
export function hstack(tensors: readonly Tensor[]): Tensor {
  const list = tensors.map((t) => (t.dims.length === 0 ? t.reshape(1) : t));
  return cat(list, (list[0]?.dims.length ?? 1) === 1 ? 0 : 1);
}
