// Tensors of one value: zeros, ones, full, and the same in another tensor's shape.

import { allocate, float32, scalarDType } from "../dtype";
import { TypeError } from "../errors";
import { storeScalar } from "../kernels/cast";
import { isScalar, pythonTypeName, requireInteger, type Scalar } from "../scalar";
import { numelOf, type Shape } from "../shape";
import { fromArray, type Tensor } from "../tensor";
import {
  checkSizes,
  finish,
  like,
  type RandomOptions,
  type SizeArgs,
  sized,
  type TensorOptions,
} from "./options";

function constant(dims: Shape, value: Scalar, options: TensorOptions): Tensor {
  const dtype = options.dtype ?? float32;
  const data = allocate(dtype, numelOf(dims));
  if (value !== 0 || Object.is(value, -0)) data.fill(storeScalar(value, dtype));
  return finish(fromArray(data, dims, dtype), options);
}

/**
 * A tensor of zeros.
 * @example torch.zeros(2, 3)
 * @example torch.zeros([2, 3], { requires_grad: true })
 */
export function zeros(...args: SizeArgs<RandomOptions>): Tensor {
  const { dims, options } = sized(args, "zeros");
  return constant(dims, 0, options);
}

/**
 * A tensor of ones.
 * @example torch.ones(1, 1, { requires_grad: true })
 */
export function ones(...args: SizeArgs<RandomOptions>): Tensor {
  const { dims, options } = sized(args, "ones");
  return constant(dims, 1, options);
}

/**
 * A tensor whose values don't matter yet (zeros here).
 * @example torch.empty(2, 3).shape   // torch.Size([2, 3])
 */
export function empty(...args: SizeArgs<RandomOptions>): Tensor {
  const { dims, options } = sized(args, "empty");
  return constant(dims, 0, options);
}

/**
 * A tensor filled with one value, whose kind chooses the dtype.
 * @example torch.full([2, 3], 0.5)
 */
export function full(
  size: Shape | number,
  fill_value: Scalar,
  options: TensorOptions = {},
): Tensor {
  const dims = checkSizes([size], "full");
  if (!isScalar(fill_value)) {
    throw new TypeError(
      `full(): argument 'fill_value' (position 2) must be Number, not ${pythonTypeName(fill_value)}`,
      "torch.full([2, 3], 0.5)",
    );
  }
  const dtype = options.dtype ?? scalarDType(fill_value);
  return constant(dims, fill_value, { ...options, dtype });
}

/**
 * The identity matrix, or n × m with ones on the diagonal.
 * @example
 * torch.eye(2)
 * // tensor([[1., 0.],
 * //         [0., 1.]])
 */
export function eye(n: number, m?: number | TensorOptions, options: TensorOptions = {}): Tensor {
  const chosen = typeof m === "object" ? m : options;
  const height = requireInteger(n, "eye", "n", 1);
  const columns =
    m === undefined || typeof m === "object" ? height : requireInteger(m, "eye", "m", 2);
  const [rows, width] = checkSizes([height, columns], "eye");
  const out = constant([rows, width], 0, { dtype: chosen.dtype });
  for (let i = 0; i < Math.min(rows, width); i++) out.array[i * width + i] = 1;
  return finish(out, chosen);
}

/**
 * Zeros in the shape and dtype of another tensor.
 * @example torch.zeros_like(torch.tensor([1, 2]))   // tensor([0, 0])
 */
export function zeros_like(input: Tensor, options: TensorOptions = {}): Tensor {
  return constant(input.dims, 0, like(input, options));
}
/**
 * Ones in the shape and dtype of another tensor.
 * @example torch.ones_like(torch.tensor([1, 2]))   // tensor([1, 1])
 */
export function ones_like(input: Tensor, options: TensorOptions = {}): Tensor {
  return constant(input.dims, 1, like(input, options));
}
/**
 * One value in the shape and dtype of another tensor.
 * @example torch.full_like(torch.tensor([1.5, 2]), 7)   // tensor([7., 7.])
 */
export function full_like(input: Tensor, fill_value: Scalar, options: TensorOptions = {}): Tensor {
  return constant(input.dims, fill_value, like(input, options));
}
/**
 * A tensor whose values don't matter, in the shape and dtype of another.
 * @example torch.empty_like(torch.ones(2, 3)).shape   // torch.Size([2, 3])
 */
export function empty_like(input: Tensor, options: TensorOptions = {}): Tensor {
  return constant(input.dims, 0, like(input, options));
}
