// Runs the mirrored cells of a notebook outside Jupyter: the golden tests have no second copy of
// an exercise, they run the very cells that a reader sees.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { formatWithOptions } from "node:util";
import ts from "typescript";
import { torch } from "./python/modules";

interface Cell {
  cell_type: string;
  source: string | string[];
  metadata: { tags?: string[] };
}

/** A notebook as far as it matters here. */
export interface Notebook {
  cells: Cell[];
}

/** The folder of the notebooks, and the working directory of their kernels. */
export const notebookFolder = join(__dirname, "..", "..", "notebooks");

/** Read the notebook of an exercise, 1 to 8. Raises an error that names what is missing. */
export function readNotebook(exercise: number): Notebook {
  const files = existsSync(notebookFolder) ? readdirSync(notebookFolder) : [];
  const name = files.find((file) => file.startsWith(`0${exercise}_`) && file.endsWith(".ipynb"));
  if (!name) throw new Error(`notebook missing: no notebooks/0${exercise}_*.ipynb`);
  return JSON.parse(readFileSync(join(notebookFolder, name), "utf8")) as Notebook;
}

const seedLine = /^\s*(torch\.manual_seed|random\.seed|np\.random\.seed)\(.*\);?\s*$/;

/** Sources of the cells tagged `setup` (without their seeds) and `mirror`, in order. */
export function mirroredCells(notebook: Notebook): string[] {
  const found: string[] = [];
  for (const { cell_type, source, metadata } of notebook.cells) {
    const tags = metadata.tags ?? [];
    if (cell_type !== "code" || !(tags.includes("setup") || tags.includes("mirror"))) continue;
    const text = Array.isArray(source) ? source.join("") : source;
    const lines = text.split("\n");
    found.push(tags.includes("setup") ? lines.filter((l) => !seedLine.test(l)).join("\n") : text);
  }
  return found;
}

/** The notebook up to the first of its cells whose source has this text. */
export function upTo(notebook: Notebook, text: string): Notebook {
  const at = notebook.cells.findIndex(
    ({ cell_type, source }) => cell_type === "code" && [source].flat().join("").includes(text),
  );
  if (at < 0) throw new Error(`no cell has ${text}`);
  return { cells: notebook.cells.slice(0, at) };
}

/** Sees each call of a watched function. */
export type Watcher = (result: unknown) => void;

/** One script: every watched function is wrapped behind the cell that declares it. */
function asScript(cells: readonly string[], watched: readonly string[]): string {
  return cells
    .map((cell) => {
      const declared = watched.filter((name) => cell.includes(`function ${name}(`));
      return [cell, ...declared.map((name) => `${name} = watch("${name}", ${name});`)].join("\n");
    })
    .join("\n");
}

/** `require` as a cell sees it: the door to the library leads to its sources. */
function requireForCells(name: string): unknown {
  return name === "../src" ? torch : require(name);
}

/** Seed the three generators with one number, as the golden runs were. */
export function seedAll(seed: number): void {
  torch.manual_seed(seed);
  torch.random.seed(seed);
  torch.np.random.seed(seed % 2 ** 32);
}

/**
 * Run the mirrored cells as one script and return what they print, as tslab prints it. The
 * generators go on from where they are: call `seedAll` first.
 * @example seedAll(0); await runCells(readNotebook(1))   // "tensor([[ 1.5410, …"
 */
export async function runCells(
  notebook: Notebook,
  watchers: Readonly<Record<string, Watcher>> = {},
): Promise<string> {
  const cells = mirroredCells(notebook);
  if (cells.length === 0) throw new Error("the notebook has no cell tagged mirror");
  const script = ts.transpileModule(asScript(cells, Object.keys(watchers)), {
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
      esModuleInterop: true,
    },
  }).outputText;
  const printed: string[] = [];
  const log = (...values: unknown[]) => {
    printed.push(formatWithOptions({ colors: false }, ...values), "\n");
  };
  const watch = (name: string, f: (...args: unknown[]) => unknown) => {
    return (...args: unknown[]) => {
      const result = f(...args);
      watchers[name](result);
      return result;
    };
  };
  const AsyncFunction = (async () => {}).constructor as FunctionConstructor;
  const run = new AsyncFunction("require", "exports", "console", "watch", script);
  const folder = process.cwd();
  if (existsSync(notebookFolder)) process.chdir(notebookFolder);
  try {
    await run(requireForCells, {}, { ...console, log }, watch);
  } finally {
    process.chdir(folder);
  }
  return printed.join("");
}
