// Comparisons (bool results, no gradients), element-wise extremes and choices by a condition.

import { record } from "../autograd/record";
import { bool } from "../dtype";
import { RuntimeError, TypeError } from "../errors";
import { storeScalar } from "../kernels/cast";
import { type BinaryLoop, binaryLoop, runSelect } from "../kernels/elementwise";
import { isScalar, pythonTypeName } from "../scalar";
import { broadcastShapes, sameShape } from "../shape";
import { fromArray, Tensor } from "../tensor";
import {
  cNames,
  commonDType,
  dimsOf,
  elementwise,
  type Operand,
  requireOperand,
  requireTensor,
  viewAs,
} from "./operand";

function compare(op: string, loop: BinaryLoop, a: Tensor, b: Operand): Tensor {
  requireTensor(a, op);
  requireOperand(b, op, "other", 2);
  return elementwise(op, loop, a, b, commonDType(a, b), bool);
}

const eqLoop = binaryLoop((x, y) => (x === y ? 1 : 0));
const neLoop = binaryLoop((x, y) => (x !== y ? 1 : 0));
const ltLoop = binaryLoop((x, y) => (x < y ? 1 : 0));
const leLoop = binaryLoop((x, y) => (x <= y ? 1 : 0));
const gtLoop = binaryLoop((x, y) => (x > y ? 1 : 0));
const geLoop = binaryLoop((x, y) => (x >= y ? 1 : 0));

/**
 * `input == other`, element by element, as a bool tensor; shapes broadcast.
 * @example torch.tensor([1, 2, 3]).eq(2)   // tensor([False,  True, False])
 */
export function eq(input: Tensor, other: Operand): Tensor {
  return compare("eq", eqLoop, input, other);
}
/**
 * `input != other`, element by element, as a bool tensor; shapes broadcast.
 * @example torch.tensor([1, 2, 3]).ne(2)   // tensor([ True, False,  True])
 */
export function ne(input: Tensor, other: Operand): Tensor {
  return compare("ne", neLoop, input, other);
}
/**
 * `input < other`, element by element, as a bool tensor; shapes broadcast.
 * @example torch.tensor([1, 2, 3]).lt(2)   // tensor([ True, False, False])
 */
export function lt(input: Tensor, other: Operand): Tensor {
  return compare("lt", ltLoop, input, other);
}
/**
 * `input <= other`, element by element, as a bool tensor; shapes broadcast.
 * @example torch.tensor([1, 2, 3]).le(2)   // tensor([ True,  True, False])
 */
export function le(input: Tensor, other: Operand): Tensor {
  return compare("le", leLoop, input, other);
}
/**
 * `input > other`, element by element, as a bool tensor; shapes broadcast.
 * @example torch.tensor([1, 2, 3]).gt(2)   // tensor([False, False,  True])
 */
export function gt(input: Tensor, other: Operand): Tensor {
  return compare("gt", gtLoop, input, other);
}
/**
 * `input >= other`, element by element, as a bool tensor; shapes broadcast.
 * @example torch.tensor([1, 2, 3]).ge(2)   // tensor([False,  True,  True])
 */
export function ge(input: Tensor, other: Operand): Tensor {
  return compare("ge", geLoop, input, other);
}

/**
 * Whether two tensors have the same shape and the same elements (NaN equals nothing).
 * @example torch.equal(torch.ones(2), torch.ones(2))   // true
 */
export function equal(input: Tensor, other: Tensor): boolean {
  requireTensor(input, "equal");
  requireTensor(other, "equal", "other", 2);
  return sameShape(input.dims, other.dims) && ne(input, other).sum().item() === 0;
}

const maximumLoop = binaryLoop((x, y) => (Number.isNaN(x) || x >= y ? x : y));
const minimumLoop = binaryLoop((x, y) => (Number.isNaN(x) || x <= y ? x : y));

/** The gradient of the chosen operand: half each where both are equal, whole beside a NaN. */
function chosen(grad: Tensor, mine: Tensor, other: Tensor, loses: Tensor): Tensor {
  return where(mine.eq(other), grad.div(2), grad).masked_fill(loses, 0);
}

function extremeOf(op: "Maximum" | "Minimum", loop: BinaryLoop, a: Tensor, b: Tensor): Tensor {
  const value = elementwise(op.toLowerCase(), loop, a, b, commonDType(a, b));
  const loses = (x: Tensor, y: Tensor) => (op === "Maximum" ? x.lt(y) : x.gt(y));
  return record(
    `${op}Backward0`,
    [a, b],
    value,
    (grad, [x, y], needs) => [
      needs[0] ? chosen(grad, x, y, loses(x, y)) : null,
      needs[1] ? chosen(grad, y, x, loses(y, x)) : null,
    ],
    [a, b],
  );
}

/**
 * The larger of each pair of elements; NaN wins. Shapes broadcast.
 * @example torch.maximum(torch.tensor([1, 5]), torch.tensor([3, 2]))   // tensor([3, 5])
 */
export function maximum(input: Tensor, other: Tensor): Tensor {
  requireTensor(input, "maximum");
  return extremeOf("Maximum", maximumLoop, input, requireTensor(other, "maximum", "other", 2));
}

/**
 * The smaller of each pair of elements; NaN wins. Shapes broadcast.
 * @example torch.minimum(torch.tensor([1, 5]), torch.tensor([3, 2]))   // tensor([1, 2])
 */
export function minimum(input: Tensor, other: Tensor): Tensor {
  requireTensor(input, "minimum");
  return extremeOf("Minimum", minimumLoop, input, requireTensor(other, "minimum", "other", 2));
}

function requireMask(mask: unknown, op: string, argument: string, position: number): Tensor {
  const t = requireTensor(mask, op, argument, position);
  if (t.dtype !== bool) {
    throw new RuntimeError(
      `${op}_ only supports boolean masks, but got mask with dtype ${cNames[t.dtype.name]}`,
      "compare with 0 to make a mask: mask.ne(0)",
    );
  }
  return t;
}

/**
 * Elements of `input` where the condition holds, of `other` elsewhere; all three broadcast.
 * @example
 * const x = torch.tensor([-1, 2]);
 * torch.where(x.gt(0), x, 0)   // tensor([0, 2])
 */
export function where(condition: Tensor, input: Operand, other: Operand): Tensor {
  requireTensor(condition, "where", "condition", 1);
  if (condition.dtype !== bool && condition.dtype.name !== "uint8") {
    throw new RuntimeError(
      `where expected condition to be a boolean tensor, but got a tensor with dtype ${condition.dtype.scalarType}`,
    );
  }
  requireOperand(input, "where", "input", 2);
  requireOperand(other, "where", "other", 3);
  const dtype = commonDType(input, other);
  for (const x of [input, other]) if (isScalar(x)) storeScalar(x, dtype);
  const first = broadcastShapes(condition.dims, dimsOf(input), "where");
  const shape = broadcastShapes(first, dimsOf(other), "where");
  const out = runSelect(condition, viewAs(input, dtype), viewAs(other, dtype), shape, dtype);
  return record(
    "WhereBackward0",
    [condition, input, other],
    fromArray(out, shape, dtype),
    (grad, [c], needs) => [
      null,
      needs[1] ? where(c, grad, 0) : null,
      needs[2] ? where(c, 0, grad) : null,
    ],
    [condition],
  );
}

/**
 * The input with `value` (a number or a 0-d tensor) where the mask is true; the mask broadcasts.
 * Raises RuntimeError for masks that are not bool.
 * @example
 * const x = torch.tensor([-1, 2]);
 * x.masked_fill(x.lt(0), 0)   // tensor([0, 2])
 */
export function masked_fill(input: Tensor, mask: Tensor, value: Operand): Tensor {
  requireTensor(input, "masked_fill");
  requireMask(mask, "masked_fill", "mask", 1);
  if (!isScalar(value) && !(value instanceof Tensor)) {
    throw new TypeError(
      `masked_fill(): argument 'value' (position 2) must be Number, not ${pythonTypeName(value)}`,
    );
  }
  if (value instanceof Tensor && value.dims.length > 0) {
    throw new RuntimeError(
      `masked_fill_ only supports a 0-dimensional value tensor, but got tensor with ${value.dims.length} dimension(s).`,
    );
  }
  if (isScalar(value)) storeScalar(value, input.dtype); // refuses what the dtype cannot hold
  const shape = broadcastShapes(mask.dims, input.dims, "masked_fill");
  const { dtype } = input;
  const out = runSelect(mask, viewAs(value, dtype), viewAs(input, dtype), shape, dtype);
  return record(
    "MaskedFillBackward0",
    [input, value],
    fromArray(out, shape, dtype),
    (grad, [m], needs) => [
      needs[0] ? grad.masked_fill(m, 0) : null,
      needs[1] ? where(m, grad, 0).sum() : null,
    ],
    [mask],
  );
}
