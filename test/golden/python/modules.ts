// Which object of the library stands behind each Python module, and how names are looked up.

import * as torch from "../../../src/index";
import { PythonError, UnsupportedCode } from "./values";

const library = torch as unknown as Readonly<Record<string, unknown>>;

/** A Python module: its dotted path, the short name it goes by, and the object behind it. */
export class PythonModule {
  constructor(
    readonly path: string,
    readonly alias: string,
    readonly target: object,
  ) {}
}

function part(path: string): object {
  let found: unknown = library;
  for (const name of path.split(".")) {
    found = (found as Record<string, unknown> | undefined)?.[name];
  }
  return (found as object | undefined) ?? {};
}

/** Every module that golden code imports; a module without counterpart here has no members. */
const MODULES: Readonly<Record<string, PythonModule>> = Object.fromEntries(
  (
    [
      ["torch", "torch", library],
      ["torch.nn", "nn", part("nn")],
      ["torch.nn.functional", "F", part("nn.functional")],
      ["torch.optim", "optim", part("optim")],
      ["torch.autograd", "torch.autograd", part("autograd")],
      ["torch.random", "torch.random", part("random")],
      ["torch.linalg", "torch.linalg", part("linalg")],
      ["torch.utils", "torch.utils", {}],
      ["torch.utils.data", "data", part("data")],
      ["numpy", "np", part("np")],
      ["numpy.random", "np.random", part("np.random")],
      ["random", "random", part("random")],
      ["copy", "copy", {}],
      ["d2l", "d2l", {}],
      ["d2l.torch", "d2l", part("d2l")],
    ] as const
  ).map(([path, alias, target]) => [path, new PythonModule(path, alias, target)]),
);

/** The module at a dotted path; code that imports another one is not supported. */
export function importModule(path: string): PythonModule {
  const found = MODULES[path];
  if (!found) throw new UnsupportedCode(`import ${path}`);
  return found;
}

/** `module.name`. Raises AttributeError with the name that is missing, as `F.gelu`. */
export function moduleMember(module: PythonModule, name: string): unknown {
  const inner = MODULES[`${module.path}.${name}`];
  if (inner) return inner;
  const member = Reflect.get(module.target, name) as unknown;
  if (member !== undefined) return member;
  throw new PythonError(
    "AttributeError",
    `module '${module.path}' has no attribute '${name}'`,
    `${module.alias}.${name}`,
  );
}

/** `torch.name` of the library itself, for the operators. */
export function torchFunction(name: string): (...args: unknown[]) => unknown {
  return moduleMember(MODULES.torch, name) as (...args: unknown[]) => unknown;
}

/** Whether the library has what a dotted name such as `nn.Linear` or `torch.clamp_` says. */
export function isOffered(dotted: string): boolean {
  const cut = dotted.lastIndexOf(".");
  const name = dotted.slice(cut + 1);
  const module = Object.values(MODULES).find((m) => m.alias === dotted.slice(0, cut));
  if (!module) throw new UnsupportedCode(`module of ${dotted}`);
  if (Reflect.get(module.target, name) !== undefined) return true;
  return module.alias === "torch" && name in (torch.Tensor.prototype as object);
}

export { torch };
