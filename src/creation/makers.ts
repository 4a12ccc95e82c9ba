// torch.FloatTensor and its like: makers of tensors of one dtype, which also name that dtype.

import { bool, type DType, float32, float64, int32, int64, type TypedArray, uint8 } from "../dtype";
import type { Tensor } from "../tensor";
import { type NestedNumbers, tensor } from "./values";

/** A maker of tensors of one dtype, such as `torch.LongTensor`; also names that dtype. */
export interface TensorMaker {
  (data: NestedNumbers | TypedArray): Tensor;
  new (data: NestedNumbers | TypedArray): Tensor;
  readonly dtype: DType;
}

function maker(dtype: DType): TensorMaker {
  const make = (data: NestedNumbers | TypedArray) => tensor(data, { dtype });
  const callable = function tensorOfType(data: NestedNumbers | TypedArray) {
    return make(data);
  };
  Object.defineProperty(callable, "name", { value: dtype.tensorType.replace("torch.", "") });
  return Object.assign(callable, { dtype }) as unknown as TensorMaker;
}

/**
 * Makes float32 tensors; `t.type(torch.FloatTensor)` converts to them.
 * @example torch.FloatTensor([1, 2])   // tensor([1., 2.])
 */
export const FloatTensor: TensorMaker = maker(float32);
/**
 * Makes float64 tensors.
 * @example torch.DoubleTensor([1, 2])   // tensor([1., 2.], dtype=torch.float64)
 */
export const DoubleTensor: TensorMaker = maker(float64);
/**
 * Makes int64 tensors; fractions are cut off.
 * @example torch.LongTensor([1, 2])   // tensor([1, 2])
 */
export const LongTensor: TensorMaker = maker(int64);
/**
 * Makes int32 tensors; fractions are cut off.
 * @example torch.IntTensor([1, 2])   // tensor([1, 2], dtype=torch.int32)
 */
export const IntTensor: TensorMaker = maker(int32);
/**
 * Makes uint8 tensors.
 * @example torch.ByteTensor([1, 2])   // tensor([1, 2], dtype=torch.uint8)
 */
export const ByteTensor: TensorMaker = maker(uint8);
/**
 * Makes bool tensors.
 * @example torch.BoolTensor([1, 0])   // tensor([ True, False])
 */
export const BoolTensor: TensorMaker = maker(bool);
