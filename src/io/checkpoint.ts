// torch.load: tensors and state_dicts out of PyTorch's zip format, weights only. The pickle in it
// is read by pickle.ts, which executes nothing.

import type { DType, TypedArray } from "../dtype";
import { EOFError, RuntimeError, UnpicklingError, ValueError } from "../errors";
import { pythonTypeName } from "../scalar";
import { formatShape } from "../shape";
import { Storage, type Version } from "../storage";
import { Tensor } from "../tensor";
import { decode, dtypeOf, type ElementKind, itemsizeOf } from "./elements";
import {
  kind,
  PickledDict,
  PickledList,
  PickledName,
  PickledTuple,
  type PickleValue,
  unpickle,
} from "./pickle";
import { count, fileHint, type Source, withFile } from "./source";
import { ZipReader } from "./zip";

/** What a checkpoint may hold: tensors, and plain data around them. */
export type Loaded =
  | Tensor
  | number
  | bigint
  | string
  | boolean
  | null
  | Loaded[]
  | { [key: string]: Loaded };

const storageKinds: Readonly<Record<string, ElementKind>> = {
  "torch.FloatStorage": "f4",
  "torch.DoubleStorage": "f8",
  "torch.HalfStorage": "f2",
  "torch.BFloat16Storage": "bf2",
  "torch.LongStorage": "i8",
  "torch.IntStorage": "i4",
  "torch.ShortStorage": "i2",
  "torch.CharStorage": "i1",
  "torch.ByteStorage": "u1",
  "torch.BoolStorage": "b1",
};
const callable = new Set([
  "collections.OrderedDict",
  "torch.Size",
  "torch._utils._rebuild_parameter",
  "torch._utils._rebuild_tensor",
  "torch._utils._rebuild_tensor_v2",
]);

/** A state_dict's pickle has some hundred bytes a tensor. */
const largestPickle = 2 ** 23;
const deepest = 100;

/** A storage with what its tensors share. */
interface Shared {
  readonly storage: Storage;
  readonly dtype: DType;
  readonly version: Version;
  readonly numel: number;
}
class SharedStorage implements Shared {
  readonly version: Version = { value: 0 };
  constructor(
    readonly storage: Storage,
    readonly dtype: DType,
    readonly numel: number,
  ) {}
}

const corrupted =
  "This is an internal miniz error. If you are seeing this error, there is a high likelihood that your checkpoint file is corrupted. This can happen if the checkpoint was not saved properly, was transferred incorrectly, or the file was modified after saving.";
const seeDocumentation =
  "Check the documentation of torch.load to learn more about types accepted by default with weights_only https://pytorch.org/docs/stable/generated/torch.load.html.";

/** A file in PyTorch's zip format. */
class Checkpoint {
  private readonly archive: ZipReader;
  private readonly prefix: string;
  private readonly isBigEndian: boolean;
  private readonly storages = new Map<string, SharedStorage>();

  constructor(private readonly file: Source) {
    this.archive = new ZipReader(file, {
      complain: (reason, hint, entry) => {
        const what =
          entry === undefined
            ? "reading zip archive"
            : `locating file ${entry.replace(/^.*?\//, "")}`;
        return new RuntimeError(
          `PytorchStreamReader failed ${what}: ${reason}. ${corrupted}`,
          hint,
        );
      },
    });
    const { names } = this.archive;
    const first = names[0] ?? "";
    this.prefix = first.slice(0, first.indexOf("/") + 1);
    if (this.archive.has(`${this.prefix}constants.pkl`)) {
      throw new RuntimeError(
        "Cannot use ``weights_only=True`` with TorchScript archives passed to ``torch.load``.",
        fileHint(
          file.name,
          "tensors",
          "a TorchScript program; in Python: torch.save(m.state_dict(), f)",
        ),
      );
    }
    this.isBigEndian = this.byteOrder() === "big";
  }

  private byteOrder(): string {
    const name = `${this.prefix}byteorder`;
    if (!this.archive.has(name)) return "little";
    const order = new TextDecoder("latin1").decode(this.archive.read(name)).slice(0, 40);
    if (order === "little" || order === "big") return order;
    const hint = fileHint(this.file.name, "little or big", order);
    throw new ValueError(`Unknown endianness type: ${order}`, hint);
  }

  load(): Loaded {
    const name = `${this.prefix}data.pkl`;
    if (this.archive.has(name) && this.archive.sizeOf(name) > largestPickle) {
      const found = count(this.archive.sizeOf(name));
      throw this.complain("the pickle is too large", `${found} bytes`);
    }
    const value = unpickle(this.archive.read(name), {
      name: (global) => this.judge(global),
      call: (global, args) => this.call(global, args),
      state: (object, state) => this.setState(object, state),
      persistent: (id) => this.storage(id),
      complain: (problem, found) => this.complain(problem, found),
    });
    return this.plain(value, 0, new Map());
  }

  private complain(problem: string, found: string): UnpicklingError {
    return new UnpicklingError(
      `Weights only load failed. WeightsUnpickler error: ${problem}\n\n${seeDocumentation}`,
      fileHint(this.file.name, "tensors or a state_dict, as torch.save writes them", found),
    );
  }

  /** Everything but the few names that tensors are made of is refused before it is used. */
  private judge(name: string): void {
    if (callable.has(name) || Object.hasOwn(storageKinds, name)) return;
    const problem = `Unsupported global: GLOBAL ${name} was not an allowed global by default.`;
    throw this.complain(
      problem,
      `${name}, which is not executed; in Python, save only tensors: torch.save(net.state_dict(), f)`,
    );
  }

  private call(name: string, args: readonly PickleValue[]): PickleValue {
    switch (name) {
      case "collections.OrderedDict":
        if (args.length === 0) return new PickledDict();
        break;
      case "torch.Size":
        if (args.length === 1 && args[0] instanceof PickledTuple) return args[0];
        break;
      case "torch._utils._rebuild_parameter": {
        const [data, requiresGrad] = args;
        if (!(data instanceof Tensor)) break;
        if (requiresGrad === true && data.dtype.is_floating_point) data.leafRequiresGrad = true;
        return data;
      }
      case "torch._utils._rebuild_tensor":
      case "torch._utils._rebuild_tensor_v2":
        return this.tensor(args);
    }
    throw this.complain(
      `${name} cannot be called so`,
      `${name}(${args.slice(0, 8).map(kind).join(", ")})`,
    );
  }

  private setState(object: PickleValue, state: PickleValue): void {
    // A state_dict carries `_metadata`: the version of each module's layout.
    if (object instanceof PickledDict && state instanceof PickledDict) return;
    throw this.complain("Can only build a dict", `a state for ${kind(object)}`);
  }

  /** ("storage", type, key, device, number of elements) */
  private storage(id: PickleValue): SharedStorage {
    const [tag, type, key, , numel] = id instanceof PickledTuple ? id.items : [];
    const isOne =
      tag === "storage" &&
      type instanceof PickledName &&
      Object.hasOwn(storageKinds, type.name) &&
      typeof key === "string" &&
      typeof numel === "number" &&
      Number.isSafeInteger(numel) &&
      numel >= 0;
    if (!isOne) throw this.complain("persistent_load: no storage", kind(id));
    const elements = storageKinds[type.name];
    const known = this.storages.get(key);
    if (known !== undefined) {
      if (known.numel === numel && known.dtype === dtypeOf[elements]) return known;
      throw this.complain("a storage has two types", `storage ${key} as ${type.name} [${numel}]`);
    }
    const made = new SharedStorage(
      new Storage(this.elements(key, elements, numel)),
      dtypeOf[elements],
      numel,
    );
    this.storages.set(key, made);
    return made;
  }

  private elements(key: string, elements: ElementKind, numel: number): TypedArray {
    const name = `${this.prefix}data/${key}`;
    const expected = numel * itemsizeOf(elements);
    if (this.archive.has(name) && this.archive.sizeOf(name) !== expected) {
      const found = this.archive.sizeOf(name);
      throw new RuntimeError(
        `record size (${found} bytes) does not match expected size (${expected} bytes = ${expected} elements * 1 bytes/element) for dtype Byte`,
        fileHint(this.file.name, `${count(expected)} bytes in data/${key}`, count(found)),
      );
    }
    return decode(this.archive.read(name), elements, {
      name: `storage ${key} of ${this.file.name}`,
      isBigEndian: this.isBigEndian,
    });
  }

  /** (storage, offset, sizes, strides, requires_grad, hooks) */
  private tensor([shared, offset, sizes, strides, requiresGrad]: readonly PickleValue[]): Tensor {
    const dims = wholeNumbers(sizes);
    const steps = wholeNumbers(strides);
    const [start] = wholeNumbers(new PickledTuple([offset])) ?? [];
    const isOne =
      shared instanceof SharedStorage &&
      start !== undefined &&
      dims !== null &&
      steps !== null &&
      dims.length === steps.length;
    if (!isOne) throw this.complain("a tensor has no storage, sizes and strides", kind(shared));
    const last = dims.reduce((at, size, i) => at + (size - 1) * steps[i], start);
    if (!dims.includes(0) && !(last < shared.numel)) {
      const { itemsize } = shared.dtype;
      throw new RuntimeError(
        `setStorage: sizes ${formatShape(dims)}, strides ${formatShape(steps)}, storage offset ${start}, and itemsize ${itemsize} requiring a storage size of ${(last + 1) * itemsize} are out of bounds for storage of size ${shared.numel * itemsize}`,
        fileHint(this.file.name, `${count(shared.numel)} elements at most`, count(last + 1)),
      );
    }
    const { storage, dtype, version } = shared;
    const t = new Tensor({ storage, dtype, dims, strides: steps, offset: start, version });
    if (requiresGrad === true && dtype.is_floating_point) t.leafRequiresGrad = true;
    return t;
  }

  /** The value in JavaScript's own arrays and objects; each container once, none in itself. */
  private plain(value: PickleValue, depth: number, done: Map<object, Loaded>): Loaded {
    if (typeof value !== "object" || value === null) return value;
    if (value instanceof Tensor) return value;
    const known = done.get(value);
    if (known !== undefined) return known;
    if (depth > deepest) throw this.complain(`nested deeper than ${deepest}`, "a container");
    const inner = (item: PickleValue) => this.plain(item, depth + 1, done);
    let made: Loaded;
    if (value instanceof PickledDict) made = this.plainDict(value, inner);
    else if (value instanceof PickledList || value instanceof PickledTuple) {
      made = value.items.map(inner);
    } else throw this.complain("a name or storage stands alone", kind(value));
    done.set(value, made);
    return made;
  }

  private plainDict(dict: PickledDict, inner: (item: PickleValue) => Loaded): Loaded {
    const made = new Map<string, Loaded>();
    for (const [key, item] of dict.entries) {
      const isKey = typeof key === "string" || (typeof key === "number" && Number.isInteger(key));
      if (!isKey) throw this.complain("keys are strings or whole numbers", kind(key));
      if (made.has(String(key))) throw this.complain("a key comes twice", String(key));
      made.set(String(key), inner(item));
    }
    return Object.fromEntries(made);
  }
}

/** The whole numbers from 0 on in a tuple (or torch.Size), or null. */
function wholeNumbers(value: PickleValue | undefined): number[] | null {
  if (!(value instanceof PickledTuple) || value.items.length > 64) return null;
  const isFine = (x: PickleValue): x is number =>
    typeof x === "number" && Number.isSafeInteger(x) && x >= 0;
  return value.items.every(isFine) ? (value.items as number[]) : null;
}

/** How files before PyTorch 1.6 begin: the pickle of a magic number. */
const oldMagic = "80028a0a6cfc9c46f9206aa850";

/** What a file is that is no zip archive, by its first bytes. */
function otherFormat(file: Source): Error {
  const first = Buffer.from(file.take(0, Math.min(16, file.size)));
  if (first.subarray(0, 13).toString("hex") === oldMagic) {
    return new RuntimeError(
      "torch.load reads the zip format of PyTorch 1.6 and later; this file is in the format before",
      fileHint(
        file.name,
        "a zip archive",
        "the old format; torch.save(torch.load(f), f) converts it",
      ),
    );
  }
  return new RuntimeError(
    `PytorchStreamReader failed reading zip archive: not a ZIP archive. ${corrupted}`,
    fileHint(
      file.name,
      "what torch.save wrote",
      `${count(file.size)} bytes that begin with ${first.subarray(0, 8).toString("hex")}`,
    ),
  );
}

/** What `torch.load` may be told, as in Python. */
export interface TorchLoadOptions {
  /** Tensors come into the memory of the CPU, wherever they were. */
  readonly map_location?: "cpu";
  /** Only true: nothing is ever executed. */
  readonly weights_only?: true;
}

/**
 * Tensors saved by PyTorch's `torch.save`: a state_dict, one tensor, or dicts and lists of
 * tensors, numbers and strings. Shapes, strides and shared storages are as they were saved;
 * float32, float64 and the integers keep every bit, float16 and bfloat16 are widened to float32,
 * int8 and int16 to int32. Nothing of the file is executed: what is neither tensor nor plain data
 * is refused by name. A state_dict's type is assumed; say `torch.load<torch.Tensor>(f)` otherwise.
 * Raises FileNotFoundError, EOFError (an empty file), RuntimeError for a damaged archive or
 * integers beyond 2^53, UnpicklingError for anything that is no tensor, ValueError for
 * `weights_only: false`.
 * @example
 * // Python: torch.save(net.state_dict(), "net.pt")
 * const net = nn.Linear(2, 1);
 * const restore = () => net.load_state_dict(torch.load("net.pt"));
 * restore()   // FileNotFoundError: [Errno 2] No such file or directory: 'net.pt'
 */
export function load<T = Record<string, Tensor>>(f: string, options: TorchLoadOptions = {}): T {
  if (options.weights_only !== undefined && options.weights_only !== true) {
    throw new ValueError(
      "torch.load reads weights only",
      "a pickle is a program; save net.state_dict() in Python and load that",
    );
  }
  if (options.map_location !== undefined && options.map_location !== "cpu") {
    throw new RuntimeError(
      `don't know how to restore data location of torch.storage.UntypedStorage (tagged with ${pythonTypeName(options.map_location)})`,
      'map_location is "cpu"',
    );
  }
  return withFile(f, (file) => {
    if (file.size === 0) throw new EOFError("", fileHint(file.name, "a checkpoint", "0 bytes"));
    const isZip =
      file.size >= 4 && Buffer.from(file.take(0, 4)).toString("latin1") === "PK\x03\x04";
    if (!isZip) throw otherFormat(file);
    return new Checkpoint(file).load() as T;
  });
}
