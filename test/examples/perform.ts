// Runs an example as a reader would: everything that src exports is at hand, unseeded, outside
// Jupyter; what it prints is compared with what its comments promise.

import { format as inspectAll } from "node:util";
import ts from "typescript";
import * as torch from "../../src/index";
import { stepsOf } from "./docstrings";

type Scope = Readonly<Record<string, unknown>>;

/** What stands beside `torch` in an import: the namespaces, and the words that are our own. */
const beside = ["expr", "range", "format", "show"] as const;

// a module's namespace, compiled to ESM or to CommonJS
const isNamespace = (value: unknown) =>
  typeof value === "object" &&
  value !== null &&
  [null, Object.prototype].includes(Object.getPrototypeOf(value));

/** The names that every example may use. */
export const scope: Scope = {
  torch,
  ...Object.fromEntries(
    Object.entries(torch).filter(
      ([name, value]) => isNamespace(value) || (beside as readonly string[]).includes(name),
    ),
  ),
};

/** All values that a reader can reach from src/index.ts by names. */
function reachable(values: object, found = new Set<unknown>()): Set<unknown> {
  for (const value of Object.values(values)) {
    if (found.has(value)) continue;
    found.add(value);
    if (isNamespace(value)) reachable(value as object, found);
  }
  return found;
}
const isPublic = reachable(torch);

/** What a file exports that cannot be reached from src/index.ts: its own examples may use it. */
export function ownNames(exports: Scope): Scope {
  const own = Object.entries(exports).filter(
    ([name, value]) => name !== "default" && !(name in scope) && !isPublic.has(value),
  );
  return Object.fromEntries(own);
}

/** An example's code as the body of a function that reports on each statement. */
function bodyOf(code: string): string {
  const steps = stepsOf(code).map(({ code: text, isExpression }, i) =>
    isExpression
      ? `$.begin(${i}); try { $.value(${text.replace(/;$/, "")}\n); } catch (e) { $.error(e); }`
      : `$.begin(${i}); ${text}`,
  );
  const { outputText } = ts.transpileModule(`async () => {\n${steps.join("\n")}\n}`, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  });
  return `"use strict"; return (${outputText.trim().replace(/;$/, "")})();`;
}

function sentence(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

/**
 * Performs an example.
 * @returns what differs between its comments and what it printed; empty if nothing
 */
export async function perform(code: string, names: Scope): Promise<string[]> {
  const printed: string[][] = [];
  const values: (string | undefined)[] = [];
  const errors: unknown[] = [];
  const $ = {
    begin: () => printed.push([]),
    value: (value: unknown) => {
      values[printed.length - 1] = value === undefined ? undefined : inspectAll("%O", value);
      if (typeof value === "string") values[printed.length - 1] = value;
    },
    error: (error: unknown) => {
      errors[printed.length - 1] = error;
      const isPromised = stepsOf(code)[printed.length - 1].promised.length > 0;
      if (!isPromised) throw error;
    },
  };
  const log = console.log;
  console.log = (...args: unknown[]) => printed.at(-1)?.push(...inspectAll(...args).split("\n"));
  try {
    const run = new Function("$", ...Object.keys(names), bodyOf(code));
    await run($, ...Object.values(names));
  } catch (error) {
    return [`it raised ${sentence(error)}`];
  } finally {
    console.log = log;
    torch.set_printoptions({ profile: "default" });
  }
  return stepsOf(code).flatMap(({ code: text, promised }, i) => {
    const raised = errors[i] === undefined ? undefined : sentence(errors[i]);
    const shown = [...printed[i], ...(raised ?? values[i] ?? "").split("\n")].filter(
      (line, k, all) => line !== "" || k < all.length - 1,
    );
    if (promised.length === 0 && printed[i].length === 0) return [];
    if (promised.join("\n") === shown.join("\n")) return [];
    return [`${text}\n  promises\n${indented(promised)}\n  and gives\n${indented(shown)}`];
  });
}

const indented = (lines: readonly string[]) => lines.map((line) => `    ${line}`).join("\n");
