// np.load and np.save: arrays in .npy files, one each, and in .npz archives, several by name.

import type { NdArray } from "ndarray";
import { dtypeOfNd, isNd, isTypedArray, type NestedNumbers, tensor } from "../creation/values";
import { float32, float64, type TypedArray } from "../dtype";
import { BadZipFile, EOFError, KeyError, TypeError, ValueError } from "../errors";
import type { View } from "../kernels/view";
import { pythonTypeName, type Scalar } from "../scalar";
import { Tensor } from "../tensor";
import { writeAtomically } from "./atomic";
import { npyBytes, npyMagic, readNpy } from "./npy";
import { checkPath, count, fileHint, memorySource, type Source, withFile } from "./source";
import { ZipReader } from "./zip";
import { type ZipContent, zipBytes } from "./zipwrite";

/** What can be saved as an array: ndarrays, tensors, numbers, nested arrays of numbers. */
export type Savable = NdArray | Tensor | Scalar | NestedNumbers | TypedArray;

/** What `np.load` may be told. */
export interface LoadOptions {
  /** Only false: an array of Python objects is a program, and is refused. */
  readonly allow_pickle?: false;
  /**
   * How many bytes the packed arrays of an archive may unpack to, all together; by default 64 MB
   * or twenty times the file, whichever is more.
   */
  readonly maxBytes?: number;
}

/**
 * The arrays of a .npz archive by name, each read when it is asked for.
 * @example
 * np.savez("pair.npz", { x: [1, 2], y: 3 });
 * const pair = np.load("pair.npz");
 * pair.files   // [ 'x', 'y' ]
 * torch.tensor(pair.get("x"))   // tensor([1, 2])
 * pair.get("z")   // KeyError: z is not a file in the archive
 */
export class NpzFile {
  constructor(
    private readonly path: string,
    private readonly options: LoadOptions,
    /** The names of the arrays, in the order of the archive. */
    readonly files: readonly string[],
  ) {}

  /**
   * The array of this name. Raises KeyError for an unknown name, ValueError or BadZipFile for a
   * damaged entry.
   * @example
   * np.savez("pair.npz", { x: [1, 2], y: 3 });
   * torch.tensor(np.load("pair.npz").get("x"))   // tensor([1, 2])
   */
  get(name: string): NdArray<TypedArray> {
    return withFile(this.path, (file) => {
      const archive = openArchive(file, this.options);
      const entry = archive.has(`${name}.npy`) ? `${name}.npy` : name;
      if (!archive.has(entry)) {
        const hint = `${file.name} has ${this.files.join(", ") || "no array"}`;
        throw new KeyError(`${name} is not a file in the archive`, hint);
      }
      const bytes = archive.read(entry);
      const content = memorySource(`${entry} in ${file.name}`, bytes);
      if (!startsWith(content, npyMagic)) throw noArray(content);
      return readNpy(content);
    });
  }

  /**
   * The names of the arrays.
   * @example
   * np.savez("pair.npz", { x: [1, 2], y: 3 });
   * np.load("pair.npz").keys()   // [ 'x', 'y' ]
   */
  keys(): readonly string[] {
    return this.files;
  }

  /**
   * The names, each with its array.
   * @example
   * np.savez("pair.npz", { x: [1, 2], y: 3 });
   * np.load("pair.npz").items().length   // 2
   */
  items(): [string, NdArray<TypedArray>][] {
    return this.files.map((name) => [name, this.get(name)]);
  }

  toString(): string {
    return `NpzFile '${this.path}' with keys: ${this.files.join(", ")}`;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

function openArchive(file: Source, options: LoadOptions): ZipReader {
  const complain = (reason: string, hint: string) => {
    const isNone = reason === "failed finding central directory";
    return new BadZipFile(isNone ? "File is not a zip file" : `Bad zip file: ${reason}`, hint);
  };
  return new ZipReader(file, { complain, maxBytes: options.maxBytes });
}

function startsWith(file: Source, magic: Uint8Array): boolean {
  if (file.size < magic.length) return false;
  return Buffer.from(file.take(0, magic.length)).equals(magic);
}

function noArray(file: Source): ValueError {
  const first = Buffer.from(file.take(0, Math.min(8, file.size))).toString("hex");
  return new ValueError(
    "This file contains pickled (object) data. If you trust the file you can load it unsafely using the `allow_pickle=` keyword argument or `pickle.load()`.",
    fileHint(
      file.name,
      "a .npy or .npz file; pickles are not read here",
      `${count(file.size)} bytes that begin with ${first}`,
    ),
  );
}

const zipMagics = [
  [0x50, 0x4b, 3, 4],
  [0x50, 0x4b, 5, 6],
].map((bytes) => Uint8Array.from(bytes));

/**
 * The array of a .npy file as an ndarray, or the arrays of a .npz archive. Elements keep every
 * bit, in row or column order as written; float16 is widened to float32, int8, int16 and uint16 to
 * int32, uint32 to int64. Raises FileNotFoundError, EOFError (an empty file), BadZipFile,
 * ValueError in NumPy's words for a damaged file or one of Python objects, RuntimeError for
 * integers beyond 2^53, NotImplementedError for strings, complex numbers, dates and records.
 * @example
 * np.save("X.npy", torch.tensor([[1.5, 2], [3, 4]]));
 * torch.from_numpy(np.load("X.npy"))
 * // tensor([[1.5000, 2.0000],
 * //         [3.0000, 4.0000]])
 * np.load("nothing.npy")   // FileNotFoundError: [Errno 2] No such file or directory: 'nothing.npy'
 */
export function load(file: `${string}.npz`, options?: LoadOptions): NpzFile;
export function load(file: string, options?: LoadOptions): NdArray<TypedArray>;
export function load(file: string, options: LoadOptions = {}): NdArray<TypedArray> | NpzFile {
  if ((options.allow_pickle as unknown) === true) {
    throw new ValueError(
      "allow_pickle must be False: pickled arrays are not read here",
      "a pickle is a program; save the numbers with np.save in Python",
    );
  }
  return withFile(file, (source) => {
    if (source.size === 0) {
      throw new EOFError("No data left in file", fileHint(source.name, "an array", "0 bytes"));
    }
    if (startsWith(source, npyMagic)) return readNpy(source);
    if (!zipMagics.some((magic) => startsWith(source, magic))) throw noArray(source);
    const { names } = openArchive(source, options);
    const files = names.map((name) => name.replace(/\.npy$/, ""));
    return new NpzFile(file, options, files);
  });
}

/** What is saved, as a view: its dtype is NumPy's, floats of nested arrays are float64. */
export function viewOf(x: Savable): View {
  if (x instanceof Tensor) {
    if (x.requires_grad) x.numpy(); // refuses, in the words of PyTorch
    const { array, dims, strides, offset, dtype } = x;
    return { array, dims, strides, offset, dtype };
  }
  if (isNd(x) && isTypedArray(x.data)) {
    const { data: array, shape: dims, stride: strides, offset } = x;
    return { array, dims, strides, offset, dtype: dtypeOfNd(x) };
  }
  const t = tensor(x);
  const isFloat = t.dtype === float32 && !ArrayBuffer.isView(x) && !isNd(x);
  return viewOf(isFloat ? tensor(x, { dtype: float64 }) : t);
}

const withEnding = (file: string, ending: string) =>
  checkPath(file).endsWith(ending) ? file : `${file}${ending}`;

/**
 * Write one array as a .npy file, byte for byte as NumPy does; `.npy` is added to a name without
 * it. The file is whole or not there. Raises FileNotFoundError for a missing folder, OSError when
 * the disk refuses, RuntimeError for a tensor that requires a gradient.
 * @example
 * np.save("row", torch.arange(3));
 * np.load("row.npy").dtype   // int64
 */
export function save(file: string, arr: Savable): void {
  const view = viewOf(arr);
  writeAtomically(withEnding(file, ".npy"), npyBytes(view));
}

type Named = Readonly<Record<string, Savable>>;

function isNamed(x: unknown): x is Named {
  return (
    typeof x === "object" &&
    x !== null &&
    [Object.prototype, null].includes(Object.getPrototypeOf(x)) &&
    !isNd(x)
  );
}

function contentsOf(args: readonly (Savable | Named)[]): Map<string, View> {
  const last = args[args.length - 1];
  const named = isNamed(last) ? last : {};
  const unnamed = (isNamed(last) ? args.slice(0, -1) : args) as readonly Savable[];
  const contents = new Map(Object.entries(named).map(([name, x]) => [name, viewOf(x)]));
  unnamed.forEach((x, i) => {
    const name = `arr_${i}`;
    if (contents.has(name)) {
      throw new ValueError(`Cannot use un-named variables and keyword ${name}`);
    }
    if (isNamed(x)) {
      throw new TypeError(
        `an array was expected, not ${pythonTypeName(x)}`,
        "names stand in one last object: np.savez(file, a, { b })",
      );
    }
    contents.set(name, viewOf(x));
  });
  return contents;
}

function* filesOf(contents: Map<string, View>): Generator<ZipContent> {
  for (const [name, view] of contents) {
    yield { name: `${name}.npy`, bytes: Buffer.concat(npyBytes(view)) };
  }
}

/**
 * Write several arrays into one .npz archive: unnamed ones as arr_0, arr_1 …, named ones in one
 * last object. The file is whole or not there. Raises ValueError for a name used twice, else what
 * `np.save` raises.
 * @example
 * np.savez("data.npz", { X: torch.ones(2, 3), y: torch.tensor([0, 1]) });
 * torch.tensor(np.load("data.npz").get("y"))   // tensor([0, 1])
 */
export function savez(file: string, ...arrays: (Savable | Named)[]): void {
  writeAtomically(withEnding(file, ".npz"), zipBytes(filesOf(contentsOf(arrays))));
}

/**
 * As `savez`, each array deflated.
 * @example
 * np.savez_compressed("zeros.npz", { zeros: torch.zeros(1000) });
 * np.load("zeros.npz").get("zeros").shape   // [ 1000 ]
 */
export function savez_compressed(file: string, ...arrays: (Savable | Named)[]): void {
  const contents = filesOf(contentsOf(arrays));
  writeAtomically(withEnding(file, ".npz"), zipBytes(contents, { deflate: true }));
}
