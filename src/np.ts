// The few functions of NumPy that the exercises use, on ndarrays.

import ndarray, { type NdArray } from "ndarray";
import { TypeError, ValueError } from "./errors";
import { isScalar, pythonTypeName, type Scalar, scalarKind, scalarValue } from "./scalar";
import { broadcastShapes, broadcastStrides, numelOf, type Shape } from "./shape";
import { Tensor } from "./tensor";

export {
  type LoadOptions,
  load,
  NpzFile,
  type Savable,
  save,
  savez,
  savez_compressed,
} from "./io/npz";
export { type SavetxtOptions, savetxt } from "./io/savetxt";
export {
  type GenfromtxtOptions,
  genfromtxt,
  type LoadtxtOptions,
  loadtxt,
  type TableOptions,
} from "./io/table";
export * as random from "./random/numpy";

/** What NumPy functions take here: ndarrays, tensors and numbers. */
export type ArrayLikeNd = NdArray | Tensor | Scalar;

interface Plain {
  readonly at: (i: number) => number;
  readonly dims: Shape;
  readonly strides: readonly number[];
  readonly offset: number;
  readonly whole: boolean;
}

function plain(x: ArrayLikeNd): Plain {
  if (isScalar(x)) {
    const value = scalarValue(x);
    return { at: () => value, dims: [], strides: [], offset: 0, whole: scalarKind(x) !== "float" };
  }
  if (x instanceof Tensor) {
    if (x.requires_grad) x.numpy(); // refuses, in the words of PyTorch
    const { array, dims, strides, offset, dtype } = x;
    return { at: (i) => array[i], dims, strides, offset, whole: !dtype.is_floating_point };
  }
  if (typeof x === "object" && x !== null && Array.isArray(x.shape)) {
    const data = x.data as ArrayLike<number>;
    const whole = !/^float/.test(x.dtype);
    return { at: (i) => data[i], dims: x.shape, strides: x.stride, offset: x.offset, whole };
  }
  throw new TypeError(
    `np.where takes arrays, tensors and numbers, not ${pythonTypeName(x)}`,
    "torch.tensor(…) or ndarray(…) make one",
  );
}

/**
 * Elements of x where the condition is true (not 0), of y elsewhere; the three broadcast.
 * Whole numbers give an int64 ndarray, others float64.
 * @example
 * const p = torch.tensor([0.2, 0.7]);
 * torch.tensor(np.where(p.gt(0.5), 1, 0), { dtype: torch.float32 })   // tensor([0., 1.])
 */
export function where(
  condition: ArrayLikeNd,
  x: ArrayLikeNd,
  y: ArrayLikeNd,
): NdArray<Float64Array> {
  const parts = [condition, x, y].map(plain);
  let shape: number[] = [];
  try {
    for (const part of parts) shape = broadcastShapes(shape, part.dims);
  } catch {
    const shapes = parts.map(
      (part) => `(${part.dims.join(",")}${part.dims.length === 1 ? "," : ""})`,
    );
    throw new ValueError(
      `operands could not be broadcast together with shapes ${shapes.join(" ")} `,
    );
  }
  const strides = parts.map((part) => broadcastStrides(part.dims, part.strides, shape));
  const out = new Float64Array(numelOf(shape));
  const counter = new Array<number>(shape.length).fill(0);
  const at = parts.map((part) => part.offset);
  for (let i = 0; i < out.length; i++) {
    const chosen = parts[0].at(at[0]) !== 0 ? 1 : 2;
    out[i] = parts[chosen].at(at[chosen]);
    for (let d = shape.length - 1; d >= 0; d--) {
      for (let k = 0; k < 3; k++) at[k] += strides[k][d];
      if (++counter[d] < shape[d]) break;
      for (let k = 0; k < 3; k++) at[k] -= strides[k][d] * shape[d];
      counter[d] = 0;
    }
  }
  const nd = ndarray(out, shape);
  const name = parts[1].whole && parts[2].whole ? "int64" : "float64";
  Object.defineProperty(nd, "dtype", { value: name });
  return nd;
}
