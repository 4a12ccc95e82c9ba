// Reads a pickle without being able to run one: the stack machine knows numbers, strings and
// containers, and every other thing is a name that the caller may recognise or refuse.
// Opcodes: Python's pickletools, protocol 2, as torch.save writes it.

/** A Python dict, in the order of its keys. */
export class PickledDict {
  readonly entries: [PickleValue, PickleValue][] = [];
}
/** A Python list. */
export class PickledList {
  readonly items: PickleValue[] = [];
}
/** A Python tuple. */
export class PickledTuple {
  constructor(readonly items: readonly PickleValue[]) {}
}
/** A class or function, by its name only: `torch._utils._rebuild_tensor_v2`. */
export class PickledName {
  constructor(readonly name: string) {}
}

/** What stands on the machine's stack. `object` is what the caller made of a name. */
export type PickleValue = number | bigint | string | boolean | null | object;

/** How a caller makes things that are no plain data. */
export interface PickleHooks {
  /** Judges a name when it is met, before anything is done with it; throws to refuse it. */
  readonly name: (name: string) => void;
  /** The result of calling a name that passed. */
  readonly call: (name: string, args: readonly PickleValue[]) => PickleValue;
  /** Takes the state that a pickle sets on an object. */
  readonly state: (object: PickleValue, state: PickleValue) => void;
  /** What a persistent id stands for. */
  readonly persistent: (id: PickleValue) => PickleValue;
  /** The error of a malformed pickle. */
  readonly complain: (problem: string, found: string) => Error;
}

/** Containers of a plain checkpoint come in thousands; more would be a flood. */
const mostContainers = 200_000;
const mark: unique symbol = Symbol("mark");
type Slot = PickleValue | typeof mark;

/** The value that the pickle holds. */
export function unpickle(bytes: Uint8Array, hooks: PickleHooks): PickleValue {
  return new Machine(bytes, hooks).run();
}

class Machine {
  private readonly stack: Slot[] = [];
  private readonly memo = new Map<number, PickleValue>();
  private readonly view: DataView;
  private p = 0;
  private containers = 0;

  constructor(
    private readonly bytes: Uint8Array,
    private readonly hooks: PickleHooks,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  run(): PickleValue {
    for (;;) {
      const opcode = this.bytes[this.advance(1)];
      if (opcode === 0x2e) return this.finish(); // STOP
      const act = actions[opcode];
      if (act === undefined) throw this.fail(`Unsupported operand ${opcode}`, `opcode ${opcode}`);
      act(this);
    }
  }

  private finish(): PickleValue {
    const value = this.pop();
    if (this.stack.length > 0) throw this.fail("values are left over", `${this.stack.length}`);
    return value;
  }

  fail(problem: string, found: string): Error {
    return this.hooks.complain(problem, `${found} at byte ${this.p}`);
  }

  /** Step over `n` bytes that must be there; returns where they begin. */
  advance(n: number): number {
    const at = this.p;
    if (at + n > this.bytes.length) throw this.fail("pickle data was truncated", "the end");
    this.p += n;
    return at;
  }

  uint8 = (): number => this.bytes[this.advance(1)];
  uint16 = (): number => this.view.getUint16(this.advance(2), true);
  uint32 = (): number => this.view.getUint32(this.advance(4), true);
  int32 = (): number => this.view.getInt32(this.advance(4), true);
  float = (): number => this.view.getFloat64(this.advance(8));

  text(length: number): string {
    const at = this.advance(length);
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
        this.bytes.subarray(at, at + length),
      );
    } catch {
      throw this.fail("a string is not UTF-8", `${length} bytes`);
    }
  }

  line(): string {
    const end = this.bytes.indexOf(0x0a, this.p);
    if (end < 0 || end - this.p > 1000) throw this.fail("a name has no end", "none");
    const text = this.text(end - this.p);
    this.p++;
    return text;
  }

  /** A little-endian two's complement integer of `length` bytes. */
  long(length: number): number | bigint {
    const at = this.advance(length);
    let value = 0n;
    for (let i = length - 1; i >= 0; i--) value = (value << 8n) | BigInt(this.bytes[at + i]);
    const signed = BigInt.asIntN(8 * length, value);
    const number = Number(signed);
    return Number.isSafeInteger(number) ? number : signed;
  }

  push(value: PickleValue): void {
    this.stack.push(value);
  }
  pushMark(): void {
    this.stack.push(mark);
  }

  pop(): PickleValue {
    const value = this.stack.pop();
    if (value === undefined || value === mark) throw this.fail("pop from empty list", "no value");
    return value;
  }

  top(): PickleValue {
    const value = this.pop();
    this.stack.push(value);
    return value;
  }

  popToMark(): PickleValue[] {
    const at = this.stack.lastIndexOf(mark);
    if (at < 0) throw this.fail("could not find MARK", "none");
    const values = this.stack.splice(at) as PickleValue[];
    values.shift();
    return values;
  }

  container<T extends object>(value: T): T {
    if (++this.containers > mostContainers) {
      throw this.fail(`more than ${mostContainers} containers`, "another one");
    }
    return value;
  }

  pushTuple(items: readonly PickleValue[]): void {
    this.push(this.container(new PickledTuple(items)));
  }

  append(values: readonly PickleValue[]): void {
    const list = this.top();
    if (!(list instanceof PickledList)) throw this.fail("append to what is no list", kind(list));
    for (const value of values) list.items.push(value);
  }

  setItems(values: readonly PickleValue[]): void {
    const dict = this.top();
    if (!(dict instanceof PickledDict)) throw this.fail("set an item of no dict", kind(dict));
    if (values.length % 2 !== 0) throw this.fail("a key has no value", kind(values[0]));
    for (let i = 0; i < values.length; i += 2) dict.entries.push([values[i], values[i + 1]]);
  }

  name(): void {
    const module = this.line();
    const name = `${module}.${this.line()}`;
    this.hooks.name(name);
    this.push(new PickledName(name));
  }

  reduce(): void {
    const args = this.pop();
    const callee = this.pop();
    if (!(callee instanceof PickledName) || !(args instanceof PickledTuple)) {
      throw this.fail("a call of what is no name", `${kind(callee)} with ${kind(args)}`);
    }
    this.push(this.container(Object(this.hooks.call(callee.name, args.items)) as object));
  }

  build(): void {
    const state = this.pop();
    this.hooks.state(this.top(), state);
  }

  persistent(): void {
    this.push(this.hooks.persistent(this.pop()));
  }

  put(index: number): void {
    this.memo.set(index, this.top());
  }

  get(index: number): void {
    const value = this.memo.get(index);
    if (value === undefined) throw this.fail(`Memo value not found at index ${index}`, "none");
    this.push(value);
  }

  protocol(): void {
    const version = this.uint8();
    if (version !== 2) {
      throw this.fail(`pickle protocol ${version} is not read`, `protocol ${version}`);
    }
  }
}

/** What a value is called in messages. */
export function kind(value: PickleValue | undefined): string {
  if (value === null) return "None";
  if (value instanceof PickledName) return value.name;
  const known = [PickledDict, PickledList, PickledTuple].findIndex((type) => value instanceof type);
  return known < 0 ? typeof value : ["dict", "list", "tuple"][known];
}

type Action = (m: Machine) => void;

const actions: Readonly<Record<number, Action>> = {
  128: (m) => m.protocol(), // PROTO
  40: (m) => m.pushMark(), // MARK
  78: (m) => m.push(null), // NONE
  136: (m) => m.push(true), // NEWTRUE
  137: (m) => m.push(false), // NEWFALSE
  75: (m) => m.push(m.uint8()), // BININT1
  77: (m) => m.push(m.uint16()), // BININT2
  74: (m) => m.push(m.int32()), // BININT
  138: (m) => m.push(m.long(m.uint8())), // LONG1
  71: (m) => m.push(m.float()), // BINFLOAT
  88: (m) => m.push(m.text(m.uint32())), // BINUNICODE
  41: (m) => m.pushTuple([]), // EMPTY_TUPLE
  133: (m) => m.pushTuple([m.pop()]), // TUPLE1
  134: (m) => m.pushTuple([m.pop(), m.pop()].reverse()), // TUPLE2
  135: (m) => m.pushTuple([m.pop(), m.pop(), m.pop()].reverse()), // TUPLE3
  116: (m) => m.pushTuple(m.popToMark()), // TUPLE
  93: (m) => m.push(m.container(new PickledList())), // EMPTY_LIST
  125: (m) => m.push(m.container(new PickledDict())), // EMPTY_DICT
  97: (m) => m.append([m.pop()]), // APPEND
  101: (m) => m.append(m.popToMark()), // APPENDS
  115: (m) => m.setItems([m.pop(), m.pop()].reverse()), // SETITEM
  117: (m) => m.setItems(m.popToMark()), // SETITEMS
  99: (m) => m.name(), // GLOBAL
  82: (m) => m.reduce(), // REDUCE
  98: (m) => m.build(), // BUILD
  81: (m) => m.persistent(), // BINPERSID
  113: (m) => m.put(m.uint8()), // BINPUT
  114: (m) => m.put(m.uint32()), // LONG_BINPUT
  104: (m) => m.get(m.uint8()), // BINGET
  106: (m) => m.get(m.uint32()), // LONG_BINGET
};
