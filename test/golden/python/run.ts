// Runs a few statements of Python on this library: the translator's front door.

import { PyFloat } from "../../../src/scalar";
import type { Argument, Expression, Statement, Target } from "./ast";
import { builtins, iterate, truth } from "./builtins";
import { importModule, moduleMember, PythonModule, torch, torchFunction } from "./modules";
import { binary, IN_PLACE, unary } from "./operators";
import { parse } from "./parse";
import { field } from "./text";
import { ELLIPSIS, float, PythonError, Slice, Tuple, typeName, UnsupportedCode } from "./values";

type Callable = (...args: unknown[]) => unknown;

/** A value as the library takes it: tuples are arrays, dictionaries plain objects. */
export function toLibrary(value: unknown): unknown {
  if (value instanceof PythonModule) return value.target;
  if (value instanceof Map) {
    return Object.fromEntries([...value].map(([k, v]) => [k, toLibrary(v)]));
  }
  const isPlain = Array.isArray(value) && Object.getPrototypeOf(value) === Array.prototype;
  return value instanceof Tuple || isPlain ? Array.from(value as unknown[], toLibrary) : value;
}

/** Items of a float tensor are Python floats, also where JavaScript sees a whole number. */
function asFloats(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asFloats);
  return typeof value === "number" ? float(value) : value;
}

/** Whether an object has its items as properties: param_groups, state_dict, d2l's Accumulator. */
function isKeyed(object: unknown, key: unknown): object is Record<string, unknown> {
  if (typeof object !== "object" || object === null || Array.isArray(object)) return false;
  return Object.hasOwn(object, String(key));
}

/** The names that golden code may use without importing them. */
export const preamble: Readonly<Record<string, unknown>> = {
  torch: importModule("torch"),
  np: importModule("numpy"),
  nn: importModule("torch.nn"),
  F: importModule("torch.nn.functional"),
};

/** One Python session: its variables, what it printed, what its own conversions warned of. */
export class Session {
  readonly variables = new Map<string, unknown>();
  readonly printed: string[] = [];
  readonly warnings: string[] = [];
  private readonly builtins = builtins(
    (line) => this.printed.push(line),
    (sentence) => this.warnings.push(sentence),
  );

  constructor(variables: Readonly<Record<string, unknown>> = {}) {
    for (const [name, value] of Object.entries(variables)) this.variables.set(name, value);
  }

  /** Run statements and return the value of the last one, if it is an expression. */
  run(code: string): unknown {
    return this.block(parse(code));
  }

  private block(statements: readonly Statement[]): unknown {
    let last: unknown = null;
    for (const statement of statements) last = this.statement(statement);
    return last;
  }

  private statement(s: Statement): unknown {
    switch (s.kind) {
      case "expression":
        return this.evaluate(s.value);
      case "assign": {
        const value = this.evaluate(s.value);
        for (const target of s.targets) this.assign(target, value);
        return null;
      }
      case "update":
        return this.update(s.target, s.op, this.evaluate.bind(this, s.value));
      case "with":
        return this.with(s.context, s.body);
      case "for":
        for (const item of iterate(this.evaluate(s.iterable))) {
          this.assign(s.target, item);
          this.block(s.body);
        }
        return null;
      case "import":
        this.variables.set(s.binding, importModule(s.path));
        return null;
      case "from": {
        const module = importModule(s.path);
        for (const { name, binding } of s.names) {
          this.variables.set(binding, moduleMember(module, name));
        }
        return null;
      }
      case "pass":
        return null;
    }
  }

  /** `with f(args):` is f(args, body) here: contexts are functions that take the body. */
  private with(context: Expression, body: readonly Statement[]): unknown {
    if (context.kind !== "call") throw new UnsupportedCode("with needs a call");
    const [callee, self] = this.callee(context.callee);
    Reflect.apply(callee, self, [...this.args(context.args), () => void this.block(body)]);
    return null;
  }

  private assign(target: Target, value: unknown): void {
    switch (target.kind) {
      case "name":
        this.variables.set(target.id, value);
        return;
      case "attribute":
        this.setAttribute(this.evaluate(target.object), target.name, value);
        return;
      case "subscript":
        this.setItem(this.evaluate(target.object), this.evaluate(target.key), value);
        return;
      default: {
        const items = Array.from(iterate(value));
        if (items.length !== target.items.length) {
          throw new PythonError("ValueError", `expected ${target.items.length} values to unpack`);
        }
        target.items.forEach((item, k) => {
          this.assign(item as Target, items[k]);
        });
      }
    }
  }

  /** `target op= value`: in place for tensors, whose result is then assigned back. */
  private update(target: Target, op: string, value: () => unknown): null {
    const place = this.place(target);
    const old = place.get();
    const right = value();
    if (!(old instanceof torch.Tensor) || !(op in IN_PLACE)) {
      place.set(binary(op, old, right));
      return null;
    }
    const method = this.attribute(old, IN_PLACE[op]) as Callable;
    place.set(method(toLibrary(right)));
    return null;
  }

  /** Getter and setter of a target whose parts are evaluated once. */
  private place(target: Target): { get: () => unknown; set: (value: unknown) => void } {
    if (target.kind === "name") {
      return { get: () => this.evaluate(target), set: (v) => this.assign(target, v) };
    }
    if (target.kind === "attribute") {
      const object = this.evaluate(target.object);
      return {
        get: () => this.attribute(object, target.name),
        set: (v) => this.setAttribute(object, target.name, v),
      };
    }
    if (target.kind !== "subscript") throw new UnsupportedCode(`update of a ${target.kind}`);
    const [object, key] = [this.evaluate(target.object), this.evaluate(target.key)];
    return { get: () => this.item(object, key), set: (v) => this.setItem(object, key, v) };
  }

  private evaluate(e: Expression): unknown {
    switch (e.kind) {
      case "literal":
        return e.value;
      case "name":
        return this.lookUp(e.id);
      case "attribute":
        return this.attribute(this.evaluate(e.object), e.name);
      case "subscript":
        return this.item(this.evaluate(e.object), this.evaluate(e.key));
      case "slice": {
        const [start, stop, step] = [e.start, e.stop, e.step].map((b) => b && this.evaluate(b));
        return new Slice(start, stop, step);
      }
      case "call": {
        const [callee, self] = this.callee(e.callee);
        return this.call(callee, self, e);
      }
      case "unary":
        if (e.op === "not") return !truth(this.evaluate(e.operand));
        return unary(e.op, this.evaluate(e.operand));
      case "binary": {
        const left = this.evaluate(e.left);
        if (e.op === "and") return truth(left) ? this.evaluate(e.right) : left;
        if (e.op === "or") return truth(left) ? left : this.evaluate(e.right);
        return binary(e.op, left, this.evaluate(e.right));
      }
      case "conditional":
        return this.evaluate(truth(this.evaluate(e.test)) ? e.yes : e.no);
      case "tuple":
        return Tuple.from(this.items(e.items));
      case "list":
        return this.items(e.items);
      case "starred":
        throw new UnsupportedCode("* outside of a call or list");
      case "dictionary":
        return new Map(e.entries.map(([k, v]) => [this.evaluate(k), this.evaluate(v)]));
      case "format":
        return e.parts
          .map((p) =>
            typeof p === "string" ? p : field(this.evaluate(p.value), p.conversion, p.spec),
          )
          .join("");
    }
  }

  private items(items: readonly Expression[]): unknown[] {
    return items.flatMap((item) =>
      item.kind === "starred"
        ? Array.from(iterate(this.evaluate(item.value)))
        : [this.evaluate(item)],
    );
  }

  private lookUp(name: string): unknown {
    if (this.variables.has(name)) return this.variables.get(name);
    if (Object.hasOwn(this.builtins, name)) return this.builtins[name];
    throw new PythonError("NameError", `name '${name}' is not defined`);
  }

  /** The function that a call names, and the object it is a method of. */
  private callee(e: Expression): [Callable, unknown] {
    const isMethod = e.kind === "attribute";
    const object = isMethod ? this.evaluate(e.object) : null;
    const callee = isMethod ? this.member(object, e.name) : this.evaluate(e);
    if (typeof callee !== "function") {
      throw new PythonError("TypeError", `'${typeName(callee)}' object is not callable`);
    }
    const self = object instanceof PythonModule ? object.target : object;
    return [callee as Callable, self];
  }

  private call(callee: Callable, self: unknown, e: Expression & { kind: "call" }): unknown {
    const result = Reflect.apply(callee, self, this.args(e.args));
    const name = e.callee.kind === "attribute" ? e.callee.name : "";
    if (name === "item" || name === "tolist") {
      const isFloating = self instanceof torch.Tensor && self.dtype.is_floating_point;
      return isFloating ? asFloats(result) : result;
    }
    return result ?? null;
  }

  /** Positional arguments, then one options object with the keywords, if there are any. */
  private args(args: readonly Argument[]): unknown[] {
    const positional: unknown[] = [];
    const options: Record<string, unknown> = {};
    for (const { keyword, starred, value } of args) {
      const given = this.evaluate(value);
      if (keyword !== null) options[keyword] = toLibrary(given);
      else if (starred && given instanceof Map) Object.assign(options, toLibrary(given));
      else if (starred) positional.push(...Array.from(iterate(given), toLibrary));
      else positional.push(toLibrary(given));
    }
    return Object.keys(options).length > 0 ? [...positional, options] : positional;
  }

  /** `object.name`; methods come bound to their object. */
  private attribute(object: unknown, name: string): unknown {
    const member = this.member(object, name);
    const isMethod = typeof member === "function" && object instanceof torch.Tensor;
    return isMethod ? (member as Callable).bind(object) : member;
  }

  private member(object: unknown, name: string): unknown {
    if (object instanceof PythonModule) return moduleMember(object, name);
    const isObject =
      object !== null && (typeof object === "object" || typeof object === "function");
    const isBuiltin = object instanceof PyFloat || object instanceof Map || object instanceof Slice;
    const isPlain = Array.isArray(object) && Object.getPrototypeOf(object) === Array.prototype;
    if (isObject && !isBuiltin && !isPlain && !(object instanceof Tuple)) {
      const member = Reflect.get(object as object, name) as unknown;
      if (member !== undefined) return member;
    }
    const missing = object instanceof torch.Tensor ? `torch.${name}` : null;
    const type = missing ? "Tensor" : typeName(object);
    throw new PythonError("AttributeError", `'${type}' object has no attribute '${name}'`, missing);
  }

  private setAttribute(object: unknown, name: string, value: unknown): void {
    if (object === null) {
      throw new PythonError("AttributeError", `'NoneType' object has no attribute '${name}'`);
    }
    // `w.data -= g` assigns the tensor back to where it came from: the storage already has it.
    const isData = object instanceof torch.Tensor && name === "data";
    if (isData && value instanceof torch.Tensor && value.storage === object.storage) return;
    Reflect.set(object as object, name, toLibrary(value));
  }

  /** Keys as `index` takes them: slices by torch.slice, `...` as a string. */
  private keys(key: unknown): unknown[] {
    const keys = key instanceof Tuple ? [...key] : [key];
    return keys.map((k) => {
      if (k === ELLIPSIS) return "...";
      return k instanceof Slice
        ? torchFunction("slice")(k.start, k.stop, k.step ?? 1)
        : toLibrary(k);
    });
  }

  private item(object: unknown, key: unknown): unknown {
    if (object instanceof torch.Tensor) {
      return (this.attribute(object, "index") as Callable)(...this.keys(key));
    }
    if (object instanceof Map) return object.get(key);
    if (isKeyed(object, key)) return object[String(key)];
    const list = Array.isArray(object) ? object : Array.from(iterate(object));
    if (key instanceof Slice) {
      if (key.step !== null) throw new UnsupportedCode("step in a slice of a list");
      return list.slice((key.start as number) ?? 0, (key.stop as number) ?? list.length);
    }
    const position = Number(key) < 0 ? list.length + Number(key) : Number(key);
    if (!(position in list)) {
      const kind = object instanceof Tuple ? "tuple" : "list";
      throw new PythonError("IndexError", `${kind} index out of range`);
    }
    return list[position];
  }

  private setItem(object: unknown, key: unknown, value: unknown): void {
    if (object instanceof torch.Tensor) {
      (this.attribute(object, "index_put_") as Callable)(this.keys(key), toLibrary(value));
    } else if (object instanceof Map) {
      object.set(key, value);
    } else {
      (object as unknown[])[Number(key)] = value;
    }
  }
}
