// Evenly spaced numbers.

import { allocate, float32, int64 } from "../dtype";
import { RuntimeError, TypeError, ValueError } from "../errors";
import { formatGeneral } from "../format";
import { castValue, storeScalar } from "../kernels/cast";
import {
  isScalar,
  pythonTypeName,
  requireInteger,
  type Scalar,
  scalarKind,
  scalarValue,
} from "../scalar";
import { fromArray, type Tensor } from "../tensor";
import { checkSizes, finish, isOptions, type TensorOptions } from "./options";

/**
 * Numbers from start up to, not including, end: `arange(end)` or `arange(start, end, step)`.
 * Whole arguments make int64, others float32.
 * Raises RuntimeError for a step of 0 or one that leads away from end.
 * @example torch.arange(5)   // tensor([0, 1, 2, 3, 4])
 */
export function arange(...args: readonly (Scalar | TensorOptions)[]): Tensor {
  const last = args[args.length - 1];
  const options = isOptions(last) ? last : {};
  const bounds = (isOptions(last) ? args.slice(0, -1) : args) as Scalar[];
  checkBounds(bounds);
  const [start, end, step] =
    bounds.length === 1 ? [0, bounds[0], 1] : [bounds[0], bounds[1], bounds[2] ?? 1];
  const whole = [start, end, step].every((x) => scalarKind(x) !== "float");
  const dtype = options.dtype ?? (whole ? int64 : float32);
  // Whole dtypes count in whole steps.
  const cut = dtype.is_floating_point ? (x: number) => x : Math.trunc;
  const [from, to, by] = [start, end, step].map(scalarValue).map(cut);
  if (by === 0 && scalarValue(step) !== 0) throw new ValueError("step must be nonzero");
  if (by === 0 || Number.isNaN(by)) throw new RuntimeError("step must be nonzero");
  if (!Number.isFinite(from) || !Number.isFinite(to)) {
    throw new RuntimeError(
      `unsupported range: ${formatGeneral(from, 6)} -> ${formatGeneral(to, 6)}`,
      "arange needs finite bounds",
    );
  }
  if (by > 0 ? to < from : to > from) {
    throw new RuntimeError(
      "upper bound and lower bound inconsistent with step sign",
      `arange(${from}, ${to}, ${by}) would never end`,
    );
  }
  if (dtype === int64) for (const bound of [from, to]) storeScalar(bound, int64);
  const n = Math.ceil((to - from) / by);
  const data = allocate(dtype, n);
  for (let i = 0; i < n; i++) data[i] = castValue(from + i * by, dtype);
  return finish(fromArray(data, [n], dtype), options);
}

function checkBounds(bounds: readonly unknown[]): void {
  if (bounds.length === 0 || bounds.length > 3) {
    throw new TypeError(
      `arange() received an invalid combination of arguments - got (${bounds.map(pythonTypeName).join(", ")})`,
      "arange(end), arange(start, end) or arange(start, end, step)",
    );
  }
  bounds.forEach((x, i) => {
    if (isScalar(x)) return;
    const name = bounds.length === 1 ? "end" : ["start", "end", "step"][i];
    throw new TypeError(
      `arange(): argument '${name}' (position ${i + 1}) must be Number, not ${pythonTypeName(x)}`,
      "arange takes numbers",
    );
  });
}

/**
 * `steps` numbers from start to end, both included.
 * @example torch.linspace(0, 1, 5)
 */
export function linspace(
  start: Scalar,
  end: Scalar,
  steps: number,
  options: TensorOptions = {},
): Tensor {
  for (const [i, x] of [start, end].entries()) {
    if (isScalar(x)) continue;
    throw new TypeError(
      `linspace(): argument '${i === 0 ? "start" : "end"}' (position ${i + 1}) must be Number, not ${pythonTypeName(x)}`,
      "linspace takes numbers",
    );
  }
  const [from, to] = [start, end].map(scalarValue);
  const [n] = checkSizes([requireInteger(steps, "linspace", "steps", 3)], "linspace");
  const dtype = options.dtype ?? float32;
  const round = dtype === float32 ? Math.fround : (x: number) => x;
  const step = n > 1 ? round((round(to) - round(from)) / (n - 1)) : 0;
  const data = allocate(dtype, n);
  // From both ends, so that the last value is exactly `end`.
  for (let i = 0; i < n; i++) {
    const x = i < n / 2 ? round(from) + step * i : round(to) - step * (n - 1 - i);
    data[i] = castValue(x, dtype);
  }
  return finish(fromArray(data, [n], dtype), options);
}
