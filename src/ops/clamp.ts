// Limits: elements cut to a range.

import { record } from "../autograd/record";
import { promote, scalarDType } from "../dtype";
import { RuntimeError } from "../errors";
import { unaryLoop } from "../kernels/elementwise";
import { isScalar, type Scalar, scalarValue } from "../scalar";
import type { Tensor } from "../tensor";
import { commonDType, mapSame, requireTensor } from "./operand";

/** Limits by name. */
export interface ClampOptions {
  readonly min?: Scalar | null;
  readonly max?: Scalar | null;
}

/**
 * Elements below `min` become min, above `max` become max; NaN stays. The gradient is 0 outside
 * of the limits. Raises RuntimeError when neither limit is given.
 * @example torch.tensor([-1.5, 0.5, 2.5]).clamp(0, 1)   // tensor([0.0000, 0.5000, 1.0000])
 * @example torch.tensor([-1.5, 0.5, 2.5]).clamp({ min: 0 })   // tensor([0.0000, 0.5000, 2.5000])
 */
export function clamp(
  input: Tensor,
  min?: Scalar | ClampOptions | null,
  max?: Scalar | null,
): Tensor {
  requireTensor(input, "clamp");
  const named = isScalar(min) || min == null ? { min, max } : min;
  const [low, high] = [named.min ?? null, named.max ?? null];
  if (low === null && high === null) {
    throw new RuntimeError("torch.clamp: At least one of 'min' or 'max' must not be None");
  }
  const from = low === null ? Number.NEGATIVE_INFINITY : scalarValue(low);
  const to = high === null ? Number.POSITIVE_INFINITY : scalarValue(high);
  const dtype = [low, high].reduce(
    (found, limit) => (limit === null ? found : commonDType(input, limit)),
    input.dtype,
  );
  const x = dtype === input.dtype ? input : input.to(promote(dtype, scalarDType(false)));
  const loop = unaryLoop((v) => (Number.isNaN(v) ? v : Math.min(Math.max(v, from), to)));
  return record(
    "ClampBackward1",
    [x],
    mapSame(loop, x),
    (grad, [v]) => [grad.masked_fill(v.lt(from), 0).masked_fill(v.gt(to), 0)],
    [x],
  );
}

/**
 * Another name of `clamp`.
 * @example torch.tensor([-1.5, 0.5, 2.5]).clip(0, 1)   // tensor([0.0000, 0.5000, 1.0000])
 */
export function clip(
  input: Tensor,
  min?: Scalar | ClampOptions | null,
  max?: Scalar | null,
): Tensor {
  return clamp(input, min, max);
}
