// Matrix products and their relatives.

import { record, wantsGrad } from "../autograd/record";
import { allocate, bool, int64 } from "../dtype";
import { IndexError, NotImplementedError, RuntimeError } from "../errors";
import { multiply } from "../kernels/matmul";
import { rowsTimes, rowsTransposedTimes } from "../kernels/rows";
import { broadcastShapes, formatShape, numelOf } from "../shape";
import { fromArray, type Tensor } from "../tensor";
import { cNames, largestOf, requireTensor } from "./operand";

function requireSameDType(a: Tensor, b: Tensor, op: string): void {
  if (a.dtype !== b.dtype) {
    throw new RuntimeError(
      `expected m1 and m2 to have the same dtype, but got: ${cNames[a.dtype.name]} != ${cNames[b.dtype.name]}`,
      `${op}: convert one of them, for example with .to(torch.${a.dtype.name})`,
    );
  }
  if (a.dtype === bool) {
    throw new NotImplementedError(
      "\"addmm_impl_cpu_\" not implemented for 'Bool'",
      "use .float() first",
    );
  }
}

function times(dims: readonly number[]): string {
  return dims.join("x");
}

/** The product with a row gather on the left, read in place, or null for any other. */
function rowProduct(a: Tensor, b: Tensor): Float32Array | null {
  const gather = a.storage.rowGather;
  if (gather === null || a.offset !== 0) return null;
  const n = gather.rows.length;
  const { rowSize } = gather;
  const [as, bs] = a.strides;
  if (a.dims[0] === n && a.dims[1] === rowSize && as === rowSize && bs === 1) {
    return rowsTimes(gather, b);
  }
  if (a.dims[0] === rowSize && a.dims[1] === n && as === 1 && bs === rowSize) {
    return rowsTransposedTimes(gather, b);
  }
  return null;
}

/** The product of two checked matrices, without a graph. */
function product(a: Tensor, b: Tensor, op: string): Tensor {
  if (a.dtype === int64 && largestOf(a) * largestOf(b) * a.dims[1] > Number.MAX_SAFE_INTEGER) {
    // A partial sum might leave the exact range and come back into it.
    throw new RuntimeError(
      `${op}: an int64 result exceeds 2^53`,
      "int64 values are exact up to 2^53 here; use float64 for larger ones",
    );
  }
  const data = rowProduct(a, b) ?? multiply(a, b, a.dtype);
  return fromArray(data, [a.dims[0], b.dims[1]], a.dtype);
}

/**
 * Matrix product: (n, k) @ (k, m) → (n, m); both of the same dtype.
 * Raises RuntimeError for other shapes or dtypes.
 * @example
 * torch.mm(torch.ones(3, 2), torch.ones(2, 4))
 * // tensor([[2., 2., 2., 2.],
 * //         [2., 2., 2., 2.],
 * //         [2., 2., 2., 2.]])
 */
export function mm(input: Tensor, mat2: Tensor): Tensor {
  requireTensor(input, "mm");
  requireTensor(mat2, "mm", "mat2", 2);
  if (input.dims.length !== 2) {
    throw new RuntimeError("self must be a matrix", `mm got shape ${formatShape(input.dims)}`);
  }
  if (mat2.dims.length !== 2) {
    throw new RuntimeError("mat2 must be a matrix", `mm got shape ${formatShape(mat2.dims)}`);
  }
  if (input.dims[1] !== mat2.dims[0]) {
    throw new RuntimeError(
      `mat1 and mat2 shapes cannot be multiplied (${times(input.dims)} and ${times(mat2.dims)})`,
      "(n, k) @ (k, m): the inner sizes must agree; torch.t swaps the two of a matrix",
    );
  }
  requireSameDType(input, mat2, "mm");
  return record(
    "MmBackward0",
    [input, mat2],
    product(input, mat2, "mm"),
    (grad, [b, a], needs) => [needs[0] ? grad.mm(b.t()) : null, needs[1] ? a.t().mm(grad) : null],
    [wantsGrad(input) ? mat2 : null, wantsGrad(mat2) ? input : null],
  );
}

/**
 * Inner product of two vectors of the same length: (n) · (n) → ().
 * Raises RuntimeError for other shapes.
 * @example torch.dot(torch.tensor([1, 2]), torch.tensor([3, 4]))   // tensor(11)
 */
export function dot(input: Tensor, tensor: Tensor): Tensor {
  requireTensor(input, "dot");
  requireTensor(tensor, "dot", "tensor", 2);
  if (input.dims.length !== 1 || tensor.dims.length !== 1) {
    throw new RuntimeError(
      `1D tensors expected, but got ${input.dims.length}D and ${tensor.dims.length}D tensors`,
    );
  }
  const [n, m] = [input.dims[0], tensor.dims[0]];
  if (n !== m) {
    throw new RuntimeError(
      `inconsistent tensor size, expected tensor [${n}] and src [${m}] to have the same number of elements, but got ${n} and ${m} elements respectively`,
    );
  }
  if (input.dtype !== tensor.dtype) {
    throw new RuntimeError(
      `dot : expected both vectors to have same dtype, but found ${input.dtype.scalarType} and ${tensor.dtype.scalarType}`,
    );
  }
  const value = product(input.detach().unsqueeze(0), tensor.detach().unsqueeze(1), "dot");
  return record(
    "DotBackward0",
    [input, tensor],
    value.reshape([]),
    (grad, [b, a], needs) => [needs[0] ? grad.mul(b) : null, needs[1] ? grad.mul(a) : null],
    [wantsGrad(input) ? tensor : null, wantsGrad(tensor) ? input : null],
  );
}

/**
 * Matrix times vector: (n, k) @ (k) → (n). Raises RuntimeError for other shapes.
 * @example torch.mv(torch.ones(2, 3), torch.ones(3))   // tensor([3., 3.])
 */
export function mv(input: Tensor, vec: Tensor): Tensor {
  requireTensor(input, "mv");
  requireTensor(vec, "mv", "vec", 2);
  if (input.dims.length === 0) {
    throw new IndexError("Dimension specified as 0 but tensor has no dimensions");
  }
  if (input.dims.length !== 2 || vec.dims.length !== 1) {
    throw new RuntimeError(
      `vector + matrix @ vector expected, got 1, ${input.dims.length}, ${vec.dims.length}`,
    );
  }
  if (input.dims[1] !== vec.dims[0]) {
    throw new RuntimeError(
      `size mismatch, got input (${input.dims[0]}), mat (${times(input.dims)}), vec (${vec.dims[0]})`,
      "(n, k) @ (k): the matrix needs as many columns as the vector has elements",
    );
  }
  requireSameDType(input, vec, "mv");
  const value = product(input.detach(), vec.detach().unsqueeze(1), "mv").reshape(-1);
  return record(
    "MvBackward0",
    [input, vec],
    value,
    (grad, [v, a], needs) => [
      needs[0] ? grad.unsqueeze(1).mul(v) : null,
      needs[1] ? a.t().mv(grad) : null,
    ],
    [wantsGrad(input) ? vec : null, wantsGrad(vec) ? input : null],
  );
}

/**
 * Products of two equally long batches of matrices: (b, n, k) @ (b, k, m) → (b, n, m).
 * Raises RuntimeError for other shapes or dtypes.
 * @example torch.bmm(torch.ones(2, 3, 4), torch.ones(2, 4, 5)).shape   // torch.Size([2, 3, 5])
 */
export function bmm(input: Tensor, mat2: Tensor): Tensor {
  requireTensor(input, "bmm");
  requireTensor(mat2, "bmm", "mat2", 2);
  if (input.dims.length !== 3) throw new RuntimeError("batch1 must be a 3D tensor");
  if (mat2.dims.length !== 3) throw new RuntimeError("batch2 must be a 3D tensor");
  const [batch, n, k] = input.dims;
  const m = mat2.dims[2];
  if (mat2.dims[0] !== batch || mat2.dims[1] !== k) {
    throw new RuntimeError(
      `Expected size for first two dimensions of batch2 tensor to be: [${batch}, ${k}] but got: [${mat2.dims[0]}, ${mat2.dims[1]}].`,
    );
  }
  requireSameDType(input, mat2, "bmm");
  const data = allocate(input.dtype, batch * n * m);
  for (let i = 0; i < batch; i++) {
    const one = product(input.detach().select(0, i), mat2.detach().select(0, i), "bmm");
    data.set(one.array, i * n * m);
  }
  return record(
    "BmmBackward0",
    [input, mat2],
    fromArray(data, [batch, n, m], input.dtype),
    (grad, [b, a], needs) => [
      needs[0] ? grad.bmm(b.transpose(1, 2)) : null,
      needs[1] ? a.transpose(1, 2).bmm(grad) : null,
    ],
    [wantsGrad(input) ? mat2 : null, wantsGrad(mat2) ? input : null],
  );
}

/** (…, n, k) @ (…, k, m) with the batch dimensions broadcast, as one bmm. */
function batched(a: Tensor, b: Tensor): Tensor {
  const batch = broadcastShapes(a.dims.slice(0, -2), b.dims.slice(0, -2), "matmul");
  const flat = (t: Tensor) => {
    const matrix = t.dims.slice(-2);
    return t.expand([...batch, ...matrix]).reshape([numelOf(batch), ...matrix]);
  };
  if (a.dims[a.dims.length - 1] !== b.dims[b.dims.length - 2]) {
    const count = batch.reduce((n, m) => n * m, 1);
    throw new RuntimeError(
      `Expected size for first two dimensions of batch2 tensor to be: [${count}, ${a.dims[a.dims.length - 1]}] but got: [${count}, ${b.dims[b.dims.length - 2]}].`,
    );
  }
  const rows = a.dims[a.dims.length - 2];
  const columns = b.dims[b.dims.length - 1];
  return flat(a)
    .bmm(flat(b))
    .unsafeView([...batch, rows, columns]);
}

/** A batch of matrices times one matrix (or vector): all rows in one product. */
function folded(a: Tensor, b: Tensor): Tensor {
  const inner = a.dims[a.dims.length - 1];
  const lead = a.dims.slice(0, -1);
  const rows = a.reshape([numelOf(lead), inner]);
  if (b.dims.length === 1) return rows.mv(b).unsafeView([...lead]);
  return rows.mm(b).unsafeView([...lead, b.dims[1]]);
}

/**
 * The product that `@` stands for: vectors, matrices and batches of matrices, by the number of
 * dimensions: (k)·(k) → (), (n, k)·(k) → (n), (n, k)·(k, m) → (n, m), (…, n, k)·(…, k, m).
 * Raises RuntimeError for 0-d tensors and inner sizes that differ.
 * @example
 * torch.matmul(torch.ones(256, 784), torch.ones(784, 10)).shape   // torch.Size([256, 10])
 * torch.matmul(torch.tensor([1.5, 2]), torch.tensor([2.0, 0.5]))   // tensor(4.)
 */
export function matmul(input: Tensor, other: Tensor): Tensor {
  requireTensor(input, "matmul");
  requireTensor(other, "matmul", "other", 2);
  const [n, m] = [input.dims.length, other.dims.length];
  if (n === 0 || m === 0) {
    throw new RuntimeError(
      `both arguments to matmul need to be at least 1D, but they are ${n}D and ${m}D`,
      "use * for a product with a number",
    );
  }
  if (n === 1 && m === 1) return input.dot(other);
  if (n === 2 && m === 1) return input.mv(other);
  if (n === 1 && m === 2) return input.unsqueeze(0).mm(other).squeezeProduct(0);
  if (n === 2 && m === 2) return input.mm(other);
  if (n >= 3 && m <= 2) return folded(input, other);
  if (n === 1) return batched(input.unsqueeze(0), other).squeezeProduct(-2);
  // A matrix that wants a gradient is not repeated for the batch: the transposed product is
  // taken, as PyTorch does.
  if (n === 2 && input.requires_grad) return folded(other.mT, input.t()).mT.contiguous();
  return batched(input, other);
}
