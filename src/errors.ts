// Errors carry Python's class names and PyTorch's exact sentences, so that a message can be
// searched for, and a hint of our own that says what to do.

const inspectSymbol: unique symbol = Symbol.for("nodejs.util.inspect.custom") as never;

/** What every error of this library carries beside its message. */
export interface Hinted {
  /** The op, the shapes and what to do; shown after the message, never part of it. */
  readonly hint?: string;
}

function withHint(error: Error & Hinted): string {
  const stack = error.stack ?? `${error.name}: ${error.message}`;
  return error.hint === undefined ? stack : `${stack}\n  hint: ${error.hint}`;
}

/** What the classes that are no kind of JavaScript error have in common: a sentence, and a hint. */
class PythonError extends Error implements Hinted {
  constructor(
    message: string,
    readonly hint?: string,
  ) {
    super(message);
  }
  [inspectSymbol](): string {
    return withHint(this);
  }
}

/**
 * Python's RuntimeError: an operation could not be carried out (shapes, graph state, dtypes).
 * @example
 * const a = torch.ones(2, 3);
 * torch.mm(a, a)   // RuntimeError: mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)
 */
export class RuntimeError extends PythonError {
  override readonly name: string = "RuntimeError";
}

/**
 * Python's NotImplementedError, a RuntimeError: the op exists, but not for these inputs.
 * @example
 * new nn.Module()(torch.ones(1))
 * // NotImplementedError: Module [Module] is missing the required "forward" function
 */
export class NotImplementedError extends RuntimeError {
  override readonly name = "NotImplementedError";
}

/**
 * Python's ValueError: the right kind of argument with a value that cannot be used.
 * @example
 * nn.Dropout(2)
 * // ValueError: dropout probability has to be between 0 and 1, but got 2.0
 */
export class ValueError extends PythonError {
  override readonly name = "ValueError";
}

/**
 * Python's IndexError: an index or dimension out of range. It is a RangeError too.
 * @example
 * torch.ones(2).sum(1)
 * // IndexError: Dimension out of range (expected to be in range of [-1, 0], but got 1)
 */
export class IndexError extends RangeError implements Hinted {
  override readonly name = "IndexError";
  constructor(
    message: string,
    readonly hint?: string,
  ) {
    super(message);
  }
  [inspectSymbol](): string {
    return withHint(this);
  }
}

/**
 * Python's TypeError, and JavaScript's: an argument of the wrong kind.
 * @example
 * torch.cat([1 as never])
 * // TypeError: expected Tensor as element 0 in argument 0, but got int
 */
export class TypeError extends globalThis.TypeError implements Hinted {
  override readonly name = "TypeError";
  constructor(
    message: string,
    readonly hint?: string,
  ) {
    super(message);
  }
  [inspectSymbol](): string {
    return withHint(this);
  }
}

/**
 * Python's AttributeError: the object has no such attribute.
 * @example
 * nn.utils.clip_grad_norm_([3 as never], 1)
 * // AttributeError: 'int' object has no attribute 'grad'
 */
export class AttributeError extends globalThis.TypeError implements Hinted {
  override readonly name = "AttributeError";
  constructor(
    message: string,
    readonly hint?: string,
  ) {
    super(message);
  }
  [inspectSymbol](): string {
    return withHint(this);
  }
}

/**
 * Python's AssertionError: what was claimed does not hold.
 * @example
 * const loss = nn.CrossEntropyLoss({ reduction: "none" });
 * const batches = [[torch.zeros(2, 2, { requires_grad: true }), torch.tensor([0, 1])]];
 * d2l.train_ch3((X) => X, batches, batches, loss, 1, () => {})
 * // AssertionError: 0.6931471824645996
 */
export class AssertionError extends PythonError {
  override readonly name = "AssertionError";
}

/**
 * Python's ZeroDivisionError: a mean of nothing, where JavaScript would give NaN.
 * @example d2l.Timer().avg()   // ZeroDivisionError: division by zero
 */
export class ZeroDivisionError extends PythonError {
  override readonly name = "ZeroDivisionError";
}

/**
 * Python's KeyError: no entry has this name.
 * @example
 * np.savez("one.npz", { x: [1, 2] });
 * np.load("one.npz").get("y")   // KeyError: y is not a file in the archive
 */
export class KeyError extends PythonError {
  override readonly name = "KeyError";
}

/**
 * Python's EOFError: a file ended before anything could be read.
 * @example
 * const ended = new torch.EOFError("No data left in file");
 * ended.name   // EOFError
 */
export class EOFError extends PythonError {
  override readonly name = "EOFError";
}

/**
 * Python's OSError: the system refused to read or write a file.
 * @example
 * try {
 *   torch.load("nothing.pt");
 * } catch (error) {
 *   console.log(error instanceof torch.OSError);
 * }   // true
 */
export class OSError extends PythonError {
  override readonly name: string = "OSError";
}

/**
 * Python's FileNotFoundError, an OSError.
 * @example
 * torch.load("nothing.pt")
 * // FileNotFoundError: [Errno 2] No such file or directory: 'nothing.pt'
 */
export class FileNotFoundError extends OSError {
  override readonly name = "FileNotFoundError";
}

/**
 * zipfile's BadZipFile: what should be a ZIP archive is none, or a damaged one.
 * @example
 * const damaged = new torch.BadZipFile("File is not a zip file");
 * damaged.name   // BadZipFile
 */
export class BadZipFile extends PythonError {
  override readonly name = "BadZipFile";
}

/**
 * pickle's UnpicklingError: a pickle holds something that is not read.
 * @example
 * const refused = new torch.UnpicklingError("Weights only load failed.");
 * refused.name   // UnpicklingError
 */
export class UnpicklingError extends PythonError {
  override readonly name = "UnpicklingError";
}

/**
 * The safetensors package's SafetensorError: the file breaks the format's rules.
 * @example
 * safetensors.save_file({ w: torch.ones(2) }, "w.safetensors");
 * safetensors.safe_open("w.safetensors").get_tensor("v")
 * // SafetensorError: File does not contain tensor v
 */
export class SafetensorError extends PythonError {
  override readonly name = "SafetensorError";
}

const warned = new Set<string>();

/**
 * Print a warning on stderr, once per sentence and process, as Python does.
 * @example warn("UserWarning", "Implicit dimension choice for softmax has been deprecated.")
 */
export function warn(category: string, message: string): void {
  const line = `${category}: ${message}`;
  if (warned.has(line)) return;
  warned.add(line);
  process.stderr.write(`${line}\n`);
}
