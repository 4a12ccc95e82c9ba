// The Tensor: a strided view of a storage, with what autograd needs to know about it. Its
// methods are the ops (bound in methods.ts); this file holds only what a tensor is.

import ndarray, { type NdArray } from "ndarray";
import type { Cut } from "./autograd/cut";
import type { GradNode, Hook } from "./autograd/node";
import { type DType, float32, type TypedArray } from "./dtype";
import { RuntimeError, TypeError, ValueError, warn } from "./errors";
import { toDense } from "./kernels/cast";
import type { InPlaceMethods, OpMethods, OverloadedMethods } from "./methods";
import { itemText, tensorRepr } from "./print";
import { pythonTypeName } from "./scalar";
import {
  contiguousStrides,
  formatShape,
  isContiguous,
  numelOf,
  type Shape,
  Size,
  sameShape,
} from "./shape";
import { type RowGather, Storage, type Version } from "./storage";

/** The parts a tensor is made of. */
export interface TensorParts {
  readonly storage: Storage;
  readonly dtype: DType;
  readonly dims: Shape;
  readonly strides: readonly number[];
  readonly offset: number;
  /** Shared by all views of one storage; `.data` starts its own. */
  readonly version: Version;
}

/** What a view knows of the tensor it looks into; see autograd/views.ts. */
export interface ViewOrigin {
  /** The tensor whose storage this is, itself no view. */
  readonly base: Tensor;
  /** The view's grad_fn, brought up to date when the base was changed in place. */
  gradNode(view: Tensor): GradNode | null;
}

// The one look upwards: the methods' types come from the ops, which are bound in methods.ts.
export interface Tensor extends OpMethods, InPlaceMethods, OverloadedMethods {}

/**
 * A multi-dimensional array of one dtype that can record how it was computed.
 * Made by `torch.tensor`, `torch.zeros` … ; prints as PyTorch prints it.
 * @example torch.ones(2, 3).add(1).sum().item()   // 12
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: see the interface above
export class Tensor {
  readonly storage: Storage;
  /** The element type, one of `torch.float32` … */
  readonly dtype: DType;
  /** Sizes as a plain array; `shape` is the same as a torch.Size. */
  readonly dims: Shape;
  readonly strides: readonly number[];
  /** The position of the first element in the storage. */
  readonly offset: number;
  readonly version: Version;
  /** The node of the graph that made this tensor, or null for leaves. Read `grad_fn`. */
  gradNode: GradNode | null = null;
  /** Whether a leaf collects a gradient. Read `requires_grad`. */
  leafRequiresGrad = false;
  /** The node that collects a leaf's gradient, once there is one; see autograd/node.ts. */
  leafNode: GradNode | null = null;
  /** Which tensor this one is a view of, when it is one. */
  origin: ViewOrigin | null = null;
  /** For pictures of the graph: how this tensor was computed unrecorded, see autograd/cut.ts. */
  cut: Cut | null = null;
  /** Called with the gradient that reaches this tensor. */
  hooks: Hook[] | null = null;
  /** Whether a non-leaf keeps its gradient. */
  retainsGrad = false;
  private gradient: Tensor | null = null;
  private size_: Size | null = null;
  private array_: NdArray<TypedArray> | null = null;

  constructor(parts: TensorParts) {
    this.storage = parts.storage;
    this.dtype = parts.dtype;
    this.dims = parts.dims;
    this.strides = parts.strides;
    this.offset = parts.offset;
    this.version = parts.version;
  }

  /** The storage's typed array. */
  get array(): TypedArray {
    return this.storage.data;
  }

  /** The sizes, outermost first; prints as `torch.Size([2, 3])`. */
  get shape(): Size {
    this.size_ ??= Size.fromShape(this.dims);
    return this.size_;
  }

  /** The number of dimensions. */
  get ndim(): number {
    return this.dims.length;
  }

  /** Whether gradients flow to or through this tensor. */
  get requires_grad(): boolean {
    return this.leafRequiresGrad || this.grad_fn !== null;
  }

  /** Whether the tensor was made by the user rather than by a recorded op. */
  get is_leaf(): boolean {
    return this.grad_fn === null;
  }

  /** The graph node that made this tensor, or null. */
  get grad_fn(): GradNode | null {
    return this.origin === null ? this.gradNode : this.origin.gradNode(this);
  }

  /** The gradient collected by `backward`, or null before the first. */
  get grad(): Tensor | null {
    if (this.gradient === null && !this.is_leaf && !this.retainsGrad) {
      warn(
        "UserWarning",
        "The .grad attribute of a Tensor that is not a leaf Tensor is being accessed. Its .grad attribute won't be populated during autograd.backward(). If you indeed want the .grad field to be populated for a non-leaf Tensor, use .retain_grad() on the non-leaf Tensor. If you access the non-leaf Tensor by mistake, make sure you access the leaf Tensor instead. See github.com/pytorch/pytorch/pull/30531 for more information.",
      );
    }
    return this.gradient;
  }

  set grad(value: Tensor | null) {
    if (value !== null) checkGradient(this, value);
    this.gradient = value;
  }

  /** The same elements outside the graph, with a version counter of their own. */
  get data(): Tensor {
    return alias(this, { version: { value: this.version.value } });
  }

  /** All dimensions in reverse order, as a view. */
  get T(): Tensor {
    return this.reverseDims();
  }

  /** The last two dimensions swapped, as a view. */
  get mT(): Tensor {
    return this.matrixTranspose();
  }

  /** The gradient without the warning for non-leaves. */
  get gradOrNull(): Tensor | null {
    return this.gradient;
  }

  /** The elements as an ndarray on the same storage, made on first use. */
  get ndarray(): NdArray<TypedArray> {
    if (this.array_ === null) {
      this.array_ = ndarray(this.array, [...this.dims], [...this.strides], this.offset);
      // An ndarray names the kind of its typed array; ours also tells int64 and bool apart.
      Object.defineProperty(this.array_, "dtype", { value: this.dtype.name });
    }
    return this.array_;
  }

  /**
   * Operators on tensors do not exist in JavaScript: `a - b` raises this TypeError instead of
   * giving NaN. A template literal prints like Python's f-string.
   */
  [Symbol.toPrimitive](hint: "string" | "number" | "default"): string {
    if (hint === "string") {
      return this.dims.length === 0 ? itemText(this) : this.toString();
    }
    throw new TypeError(
      "operators do not work on tensors in JavaScript",
      "write a.sub(b), torch.sub(a, b) or expr`${" + "a} - ${" + "b}`",
    );
  }

  /** PyTorch's repr. */
  toString(): string {
    return tensorRepr(this);
  }

  /** PyTorch's repr, for console.log and a cell's last expression. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  /** Iterate over the first dimension, as Python does. Raises TypeError for a 0-d tensor. */
  *[Symbol.iterator](): IterableIterator<Tensor> {
    if (this.dims.length === 0) throw new TypeError("iteration over a 0-d tensor");
    yield* this.unbind(0);
  }

  /**
   * What JSON.stringify writes: the nested values.
   * @example JSON.stringify(torch.ones(2))   // [1,1]
   */
  toJSON(): unknown {
    return this.tolist();
  }
}

const gradientNames = { float32: "float", float64: "double", int64: "long int" } as const;

/** A gradient has the size and dtype of its tensor. */
function checkGradient(t: Tensor, value: unknown): void {
  if (!(value instanceof Tensor)) {
    throw new TypeError(
      `assigned grad expected to be a Tensor or None but got grad of type ${pythonTypeName(value)}`,
    );
  }
  if (!sameShape(value.dims, t.dims)) {
    throw new RuntimeError(
      `attempting to assign a gradient of size '${formatShape(value.dims)}' to a tensor of size '${formatShape(t.dims)}'. Please ensure that the gradient and the tensor are the same size`,
    );
  }
  if (value.dtype !== t.dtype) {
    const name = gradientNames[value.dtype.name as keyof typeof gradientNames] ?? value.dtype.name;
    throw new RuntimeError(
      `attempting to assign a gradient with dtype '${name}' to a tensor with grad_dtype '${t.dtype.scalarType}'. The gradient must match the tensor's grad_dtype (defaults to the tensor's dtype). You can set the tensor's grad_dtype attribute with a specific dtype, or None to allow any dtype. Set grad_dtype with caution. Diverging the dtypes of a tensor and its gradient may break downstream systems that assume they match.`,
    );
  }
}

/** A new tensor of its own on a dense row-major array. */
export function fromArray(data: TypedArray, dims: Shape, dtype: DType = float32): Tensor {
  if (data.length !== numelOf(dims)) {
    throw new ValueError(`${data.length} values do not fill the shape [${dims.join(", ")}]`);
  }
  return new Tensor({
    storage: new Storage(data),
    dtype,
    dims,
    strides: contiguousStrides(dims),
    offset: 0,
    version: { value: 0 },
  });
}

/** A float32 tensor of the gathered rows, [rows, …rowShape], read from the source when needed. */
export function fromRows(gather: RowGather, rowShape: Shape): Tensor {
  const dims = [gather.rows.length, ...rowShape];
  return new Tensor({
    storage: new Storage(gather),
    dtype: float32,
    dims,
    strides: contiguousStrides(dims),
    offset: 0,
    version: { value: 0 },
  });
}

/** Another tensor on the same storage, outside the graph. */
export function alias(t: Tensor, parts: Partial<TensorParts> = {}): Tensor {
  return new Tensor({
    storage: t.storage,
    dtype: t.dtype,
    dims: parts.dims ?? t.dims,
    strides: parts.strides ?? t.strides,
    offset: parts.offset ?? t.offset,
    version: parts.version ?? t.version,
  });
}

/** Whether the elements lie row-major without gaps. */
export function isDense(t: Tensor): boolean {
  return isContiguous(t.dims, t.strides);
}

/** The elements in row-major order as a new typed array. */
export function toFlatArray(t: Tensor): TypedArray {
  return toDense(t);
}
