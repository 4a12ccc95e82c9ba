// Indexing: Python's x[…] as `index`, its assignment as `index_put_`, and selection by a mask.

import { inPlace } from "../autograd/inplace";
import { recordView } from "../autograd/record";
import { allocate, bool } from "../dtype";
import { RuntimeError, TypeError } from "../errors";
import { isScalar, pythonTypeName } from "../scalar";
import { broadcastShapes, formatShape, type Shape } from "../shape";
import { fromArray, Tensor } from "../tensor";
import { advancedPositions, applyKeys, type IndexKey, isOneMask, maskIndices } from "./keys";
import { type Operand, requireTensor } from "./operand";

/**
 * Python's `x[key, key, …]`. Numbers, slices, "..." and null give a view; lists and tensors of
 * positions, and masks, give a copy.
 * Raises IndexError for positions out of range, too many keys, and masks of another shape.
 * @example
 * const y_hat = torch.tensor([[0.1, 0.3, 0.6], [0.3, 0.2, 0.5]]);
 * // Python: y_hat[range(2), y]
 * y_hat.index(range(2), torch.tensor([0, 2]))   // tensor([0.1000, 0.5000])
 * // Python: y_hat[:, 0]
 * y_hat.index(":", 0)   // tensor([0.1000, 0.3000])
 * // Python: y_hat[y_hat > 0.4]
 * y_hat.index(y_hat.gt(0.4))   // tensor([0.6000, 0.5000])
 */
export function index(input: Tensor, ...keys: IndexKey[]): Tensor {
  requireTensor(input, "index");
  const { view, advanced } = applyKeys(input, keys);
  if (advanced.length === 0) return view === input ? aliasOf(input) : view;
  return view.takePositions(advancedPositions(view, advanced), "IndexBackward0");
}

function aliasOf(input: Tensor): Tensor {
  return recordView("AliasBackward0", input, {}, (grad) => [grad]);
}

/** Options of `index_put_`. */
export interface IndexPutOptions {
  /** Add instead of replacing; repeated positions add up. */
  readonly accumulate?: boolean;
}

function asTensor(value: Operand, like: Tensor): Tensor {
  if (value instanceof Tensor) return value;
  if (isScalar(value)) {
    return fromArray(allocate(like.dtype, 1), [], like.dtype).fill_(value);
  }
  throw new TypeError(
    `can't assign a ${pythonTypeName(value)} to a ${like.dtype.tensorType}`,
    "assign a number or a tensor",
  );
}

/** An assigned value may have more dimensions than its place, if these have size 1. */
function withoutLeadingOnes(value: Tensor): Tensor {
  const first = value.dims.findIndex((n) => n !== 1);
  const skipped = first < 0 ? value.dims.length : first;
  return skipped === 0 ? value : value.reshape(value.dims.slice(skipped));
}

function requireFitting(value: Shape, place: Shape): void {
  const extra = place.length - value.length;
  if (extra >= 0 && value.every((n, d) => n === 1 || n === place[d + extra])) return;
  throw new RuntimeError(
    `shape mismatch: value tensor of shape ${formatShape(value)} cannot be broadcast to indexing result of shape ${formatShape(place)}`,
    "aligned at the right, the value's sizes must be 1 or those of the place",
  );
}

/**
 * Python's `x[keys] = value`, or `+=` with accumulate; returns the tensor.
 * Raises as `index`, and RuntimeError when the value's shape doesn't fit.
 * @example
 * const x = torch.zeros(3);
 * x.index_put_([0], 5);   // Python: x[0] = 5
 * x   // tensor([5., 0., 0.])
 */
export function index_put_(
  input: Tensor,
  keys: readonly IndexKey[],
  value: Operand,
  options: IndexPutOptions = {},
): Tensor {
  requireTensor(input, "index_put_");
  const { view, advanced } = applyKeys(input, keys);
  const accumulate = options.accumulate ?? false;
  if (advanced.length === 0) {
    if (accumulate) view.add_(value);
    else if (value instanceof Tensor) view.copy_(withoutLeadingOnes(value).expand([...view.dims]));
    else view.fill_(value);
    return input;
  }
  let source = withoutLeadingOnes(asTensor(value, input));
  // One value under one mask is converted, as masked_fill does.
  if (isOneMask(keys) && source.numel() === 1) source = source.to(input.dtype);
  if (source.dtype !== input.dtype) {
    throw new RuntimeError(
      `Index put requires the source and destination dtypes match, got ${input.dtype.scalarType} for the destination and ${source.dtype.scalarType} for the source.`,
      "convert the value first, for example with .to(x.dtype)",
    );
  }
  const p = advancedPositions(view, advanced);
  requireFitting(source.dims, p.dims);
  const mode = accumulate ? "add" : "replace";
  inPlace("index_put", view, [source], () =>
    view.putPositions(p, source, mode, "IndexPutBackward0"),
  );
  return input;
}

/**
 * The elements where the mask is true, as a vector; the mask broadcasts.
 * @example
 * const x = torch.tensor([1, 2, 3]);
 * x.masked_select(x.gt(1))   // tensor([2, 3])
 */
export function masked_select(input: Tensor, mask: Tensor): Tensor {
  requireTensor(input, "masked_select");
  requireTensor(mask, "masked_select", "mask", 1);
  if (mask.dtype !== bool) {
    throw new RuntimeError("masked_select: expected BoolTensor for mask");
  }
  const shape = broadcastShapes(mask.dims, input.dims, "masked_select");
  const view = input.expand(shape);
  if (shape.length === 0) {
    const at = new Int32Array(mask.item() ? 1 : 0);
    return view.takePositions({ at, dims: [at.length] }, "MaskedSelectBackward0");
  }
  const parts = maskIndices(mask.expand(shape), view, 0);
  return view.takePositions(advancedPositions(view, parts), "MaskedSelectBackward0");
}
