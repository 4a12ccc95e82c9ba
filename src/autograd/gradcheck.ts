// torch.autograd.gradcheck: holds gradients against difference quotients of the function itself.

import { allocate, float64 } from "../dtype";
import { RuntimeError, TypeError, ValueError, warn } from "../errors";
import { contiguousStrides, numelOf, sameShape } from "../shape";
import { fromArray, Tensor } from "../tensor";
import { grad } from "./backward";

/**
 * Raised when a gradient is not what the function's own differences say.
 * @example
 * try {
 *   torch.autograd.gradcheck((x) => x.detach().mul(x), [torch.ones(1, { dtype: torch.float64, requires_grad: true })]);
 * } catch (error) {
 *   console.log(error instanceof torch.autograd.GradcheckError);
 * }   // true
 */
export class GradcheckError extends RuntimeError {
  override readonly name = "GradcheckError";
}

/** A function of tensors that gives one tensor or several. */
export type CheckedFunction = (...inputs: Tensor[]) => Tensor | readonly Tensor[];

/** Options of `gradcheck`, as PyTorch names them. */
export interface GradcheckOptions {
  /** How far each element is moved, both ways (default 1e-6). */
  readonly eps?: number;
  /** Absolute and relative tolerance (default 1e-5 and 1e-3). */
  readonly atol?: number;
  readonly rtol?: number;
  /** Return false instead of raising when a gradient is wrong (default true: raise). */
  readonly raise_exception?: boolean;
  /** How much two runs of the same backward may differ (default 0). */
  readonly nondet_tol?: number;
  /** Also demand that a gradient has the dtype of its input (default false). */
  readonly check_grad_dtypes?: boolean;
}

/** Options of `gradgradcheck`. */
export interface GradgradcheckOptions extends GradcheckOptions {
  /** The gradients of the outputs to start from; random ones in [−1, 1) when left out. */
  readonly grad_outputs?: Tensor | readonly Tensor[] | null;
}

function asList(x: Tensor | readonly Tensor[]): readonly Tensor[] {
  return x instanceof Tensor ? [x] : x;
}

function outputsOf(fn: CheckedFunction, inputs: readonly Tensor[]): readonly Tensor[] {
  const outputs: readonly unknown[] = asList(fn(...inputs));
  if (!Array.isArray(outputs) || !outputs.every((o) => o instanceof Tensor)) {
    throw new TypeError(
      "gradcheck expects a function that returns a Tensor or an array of Tensors",
      "return the tensors that should be checked",
    );
  }
  return outputs;
}

function checkInputs(inputs: readonly Tensor[]): void {
  inputs.forEach((input, k) => {
    if (!(input instanceof Tensor) || !input.requires_grad) return;
    if (input.dtype !== float64) {
      warn(
        "UserWarning",
        `Input #${k} requires gradient and is not a double precision floating point or complex. This check will likely fail if all the inputs are not of double precision floating point or complex. `,
      );
    }
    if (input.dims.some((n, d) => n > 1 && input.strides[d] === 0)) {
      throw new RuntimeError(
        `The ${k}th input has a dimension with stride 0. gradcheck only supports inputs that are non-overlapping to be able to compute the numerical gradients correctly. You should call .contiguous on the input before passing it to gradcheck.`,
      );
    }
  });
  if (!inputs.some((input) => input instanceof Tensor && input.requires_grad)) {
    throw new ValueError(
      "gradcheck expects at least one input tensor to require gradient, but none of them have requires_grad=True.",
      "make them with { dtype: torch.float64, requires_grad: true }",
    );
  }
}

/** The place in storage of the k-th element in row-major order. */
function placeOf(t: Tensor, k: number): number {
  return contiguousStrides(t.dims).reduce(
    (place, step, d) => place + (Math.floor(k / step) % t.dims[d]) * t.strides[d],
    t.offset,
  );
}

function checkSame(a: Tensor, b: Tensor, k: number, eps: number): void {
  const got = sameShape(a.dims, b.dims)
    ? a.dtype === b.dtype
      ? null
      : ["dtype", `dtypes ${a.dtype} and ${b.dtype}`]
    : ["shape", `shapes ${a.shape} and ${b.shape}`];
  if (got === null) return;
  throw new RuntimeError(
    `Expected \`func\` to return outputs with the same ${got[0]} when inputs are perturbed on index ${k} by ${eps}, but got: ${got[1]}.`,
  );
}

/** (f(x + eps) − f(x − eps)) / 2 eps for each element of x: one [inputs, outputs] a result. */
function numericalJacobians(
  fn: CheckedFunction,
  inputs: readonly Tensor[],
  input: Tensor,
  outputs: readonly Tensor[],
  eps: number,
): Tensor[] {
  const rows = numelOf(input.dims);
  const data = outputs.map((o) => allocate(float64, rows * numelOf(o.dims)));
  const values = () => outputsOf(fn, inputs).map((o) => o.detach().clone());
  for (let k = 0; k < rows; k++) {
    const place = placeOf(input, k);
    const value = input.array[place];
    let below: Tensor[];
    let above: Tensor[];
    try {
      input.array[place] = value - eps;
      below = values();
      input.array[place] = value + eps;
      above = values();
    } finally {
      input.array[place] = value;
    }
    above.forEach((high, o) => {
      const low = below[o];
      checkSame(low, high, k, eps);
      const n = numelOf(high.dims);
      for (let j = 0; j < n; j++) data[o][k * n + j] = (high.array[j] - low.array[j]) / (2 * eps);
    });
  }
  return data.map((d, o) => {
    const { dims, dtype } = outputs[o];
    const jacobian = fromArray(d, [rows, numelOf(dims)], float64);
    return dtype.is_floating_point ? jacobian.to(dtype) : jacobian;
  });
}

interface Analytical {
  readonly jacobians: Tensor[];
  readonly sameSize: boolean;
  readonly sameDType: boolean;
}

/** One backward for each element of the output: the rows of its Jacobians, kept as columns. */
function analyticalJacobians(output: Tensor, wanted: readonly Tensor[]): Analytical {
  const columns = numelOf(output.dims);
  const data = wanted.map((x) => allocate(x.dtype, numelOf(x.dims) * columns));
  let [sameSize, sameDType] = [true, true];
  const root = output.clone();
  for (let j = 0; j < columns; j++) {
    const start = allocate(output.dtype, columns);
    start[j] = 1;
    const grad_outputs = fromArray(start, output.dims, output.dtype);
    const grads = grad(root, wanted, { grad_outputs, retain_graph: true, allow_unused: true });
    grads.forEach((g, i) => {
      if (g === null) return;
      if (!sameShape(g.dims, wanted[i].dims)) sameSize = false;
      else if (g.dtype !== wanted[i].dtype) sameDType = false;
      g.toTypedArray().forEach((x, k) => {
        data[i][k * columns + j] = x;
      });
    });
  }
  const jacobians = data.map((d, i) =>
    fromArray(d, [numelOf(wanted[i].dims), columns], wanted[i].dtype),
  );
  return { jacobians, sameSize, sameDType };
}

function within(a: Tensor, b: Tensor, atol: number, rtol: number): boolean {
  const [x, y] = [a.toTypedArray(), b.toTypedArray()];
  return x.every((value, i) => {
    if (value === y[i]) return true;
    return Math.abs(value - y[i]) <= atol + rtol * Math.abs(y[i]);
  });
}

function checkedAnalytical(
  output: Tensor,
  wanted: readonly Tensor[],
  options: GradcheckOptions,
): Tensor[] {
  const { nondet_tol = 0, check_grad_dtypes = false } = options;
  const first = analyticalJacobians(output, wanted);
  const second = analyticalJacobians(output, wanted);
  if (check_grad_dtypes && !first.sameDType)
    throw new GradcheckError("Gradient has dtype mismatch");
  if (!first.sameSize) throw new GradcheckError("Analytical gradient has incorrect size");
  if (!first.jacobians.every((j, i) => within(j, second.jacobians[i], nondet_tol, 0))) {
    throw new GradcheckError(
      `Backward is not reentrant, i.e., running backward with same input and grad_output multiple times gives different values, although analytical gradient matches numerical gradient.The tolerance for nondeterminism was ${nondet_tol}.`,
      "two backward runs over the same graph differ: a gradient formula keeps a state or draws",
    );
  }
  return first.jacobians;
}

/** A gradient that does not vanish with the outputs' gradient is no gradient. */
function checkScalesWithGradOutput(outputs: readonly Tensor[], wanted: readonly Tensor[]): void {
  const grad_outputs = outputs.map((o) => o.detach().clone().zero_());
  const grads = grad(outputs, wanted, { grad_outputs, retain_graph: true, allow_unused: true });
  for (const g of grads) {
    if (g?.toTypedArray().some((x) => x !== 0)) {
      throw new GradcheckError("backward not multiplied by grad_output");
    }
  }
}

function check(fn: CheckedFunction, inputs: readonly Tensor[], options: GradcheckOptions): void {
  const { eps = 1e-6, atol = 1e-5, rtol = 1e-3 } = options;
  checkInputs(inputs);
  const wanted = inputs.filter((x) => x instanceof Tensor && x.requires_grad);
  const all = outputsOf(fn, inputs);
  const numerical = wanted.map((x) => numericalJacobians(fn, inputs, x, all, eps));
  const outputs = all.filter((o) => o.requires_grad);
  if (outputs.length === 0) {
    if (numerical.flat().some((jacobian) => jacobian.toTypedArray().some((x) => x !== 0))) {
      throw new GradcheckError("Numerical gradient for function expected to be zero");
    }
    return;
  }
  outputs.forEach((output, o) => {
    checkedAnalytical(output, wanted, options).forEach((analytical, i) => {
      const quotients = numerical[i][all.indexOf(output)];
      if (within(analytical, quotients, atol, rtol)) return;
      throw new GradcheckError(
        `Jacobian mismatch for output ${o} with respect to input ${i},\nnumerical:${quotients}\nanalytical:${analytical}\n`,
        "rows: elements of the input, columns: elements of the output",
      );
    });
  });
  checkScalesWithGradOutput(outputs, wanted);
}

/**
 * Compare a function's gradients with difference quotients, for every input that requires grad;
 * returns true. Use float64: the quotients of float32 are too coarse.
 * Raises GradcheckError for a wrong gradient (or returns false without `raise_exception`),
 * ValueError when no input requires grad, RuntimeError for inputs that repeat elements.
 * Source of the quotient: (f(x + eps) − f(x − eps)) / (2 eps).
 * @example
 * const x = torch.tensor([0.5, 2], { dtype: torch.float64, requires_grad: true });
 * torch.autograd.gradcheck((x) => x.pow(3), [x])   // true
 */
export function gradcheck(
  fn: CheckedFunction,
  inputs: Tensor | readonly Tensor[],
  options: GradcheckOptions = {},
): boolean {
  try {
    check(fn, asList(inputs), options);
    return true;
  } catch (error) {
    if (options.raise_exception === false && error instanceof GradcheckError) return false;
    throw error;
  }
}

/**
 * The same for second derivatives: checks the gradients of the gradients, taken with
 * `create_graph`. Errors as `gradcheck`.
 * @example
 * const x = torch.tensor([0.5, 2], { dtype: torch.float64, requires_grad: true });
 * torch.autograd.gradgradcheck((x) => x.exp(), [x])   // true
 */
export function gradgradcheck(
  fn: CheckedFunction,
  inputs: Tensor | readonly Tensor[],
  options: GradgradcheckOptions = {},
): boolean {
  const first = asList(inputs);
  const differentiable = (of: readonly Tensor[]) =>
    outputsOf(fn, of).filter((o) => o.requires_grad);
  const starts =
    options.grad_outputs == null
      ? differentiable(first).map((o) => o.detach().clone().uniform_(-1, 1).requires_grad_(true))
      : asList(options.grad_outputs);
  const gradients = (...args: Tensor[]) => {
    const given = args.slice(0, first.length);
    const wanted = given.filter((x) => x instanceof Tensor && x.requires_grad);
    const grads = grad(differentiable(given), wanted, {
      grad_outputs: args.slice(first.length),
      create_graph: true,
      allow_unused: true,
    });
    return grads.filter((g): g is Tensor => g !== null);
  };
  return gradcheck(gradients, [...first, ...starts], options);
}
