// @ts-check
// The mirrored cells of a notebook, as the tests of the exercises take them, and their Python twins.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { inside } from "../jupyter/setup/paths.mjs";
import { kept } from "./places.mjs";

/** @param {number} exercise 1 to 5 */
function notebook(exercise) {
  const folder = inside("notebooks");
  const name = readdirSync(folder).find((file) => file.startsWith(`0${exercise}_`));
  return JSON.parse(readFileSync(join(folder, String(name)), "utf8"));
}

/** @param {number} exercise @param {(tags: string[]) => boolean} wanted @returns {string[]} */
function sources(exercise, wanted) {
  return notebook(exercise)
    .cells.filter((/** @type {any} */ cell) => wanted(cell.metadata.tags ?? []))
    .map((/** @type {any} */ cell) => [cell.source].flat().join(""));
}

/** The cells tagged `setup` or `mirror`. @param {number} exercise */
export const mirrored = (exercise) =>
  sources(exercise, (tags) => tags.includes("setup") || tags.includes("mirror"));

/** The blocks of Python folded above them. @param {number} exercise */
export const twins = (exercise) =>
  sources(exercise, (tags) => tags.includes("twin")).flatMap((text) =>
    [...text.matchAll(/```python\n([\s\S]*?)```/g)].map(([, code]) => code),
  );

/**
 * The cells before the first one that contains `part`, and that one.
 * @param {string[]} cells
 * @param {string} part
 */
export function before(cells, part) {
  const at = cells.findIndex((cell) => cell.includes(part));
  if (at < 0) throw new Error(`no cell with ${part}`);
  return { head: cells.slice(0, at), cell: cells[at] };
}

/** The scripts written so far, by name: several rows measure the same one. @type {Map<string, string>} */
const written = new Map();

/**
 * Writes cells as one script of plain JavaScript whose `answer` is what `result` says, and returns
 * its path. The compiler stays in this process: the one that is measured shall not carry it.
 * @param {string} name
 * @param {string[]} cells
 * @param {string} result
 */
export function compiled(name, cells, result) {
  const earlier = written.get(name);
  if (earlier !== undefined) return earlier;
  /** @type {typeof import("typescript")} */
  const ts = createRequire(import.meta.url)("typescript");
  const { outputText } = ts.transpileModule(
    [...cells, `export const answer = ${result};`].join("\n"),
    {
      compilerOptions: {
        module: ts.ModuleKind.CommonJS,
        target: ts.ScriptTarget.ES2022,
        esModuleInterop: true,
      },
    },
  );
  const path = join(kept, `${name}.js`);
  mkdirSync(kept, { recursive: true });
  writeFileSync(path, outputText);
  written.set(name, path);
  return path;
}

/** One epoch of exercise 5, as a script: what train_ch3 does between two of its lines. */
export function epochOfExercise5() {
  const { head } = before(mirrored(5), "train_ch3(net, train_iter");
  return compiled(
    "exercise5",
    head,
    `() => [...train_epoch_ch3(net, train_iter, cross_entropy, updater),
      evaluate_accuracy(net, test_iter)]`,
  );
}

/** The inner loop of exercise 4 as it stands, as a script: ten steps, each with its update. */
export function epochOfExercise4() {
  const { head, cell } = before(mirrored(4), "const train_all_loss");
  const loop = /^ {2}for \(const \[X, y\] of data_iter[\s\S]*?^ {2}\}$/m.exec(cell)?.[0];
  return compiled("exercise4", head, `() => {\n${loop}\n}`);
}
