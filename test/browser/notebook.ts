// The notebook that the browser tests run, and what its committed file says it prints and draws.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./machine";
import type { Figure } from "./marks";

export const notebookFile = join(root, "notebooks", "04_logistic_regression.ipynb");
const plotly = "application/vnd.plotly.v1+json";

interface Output {
  output_type: string;
  name?: string;
  text?: string | string[];
  data?: Record<string, unknown>;
}
interface Cell {
  cell_type: string;
  outputs?: Output[];
}

/** Read only what the tests compare. */
export interface Printed {
  /** Standard output of each code cell, in order. */
  stdout: string[];
  /** The figures of each code cell, in order. */
  figures: Figure[][];
}

/** What the code cells of a notebook print and draw. */
export function printedBy(notebook: { cells: Cell[] }): Printed {
  const outputs = notebook.cells
    .filter((cell) => cell.cell_type === "code")
    .map((cell) => cell.outputs ?? []);
  const text = (output: Output) =>
    Array.isArray(output.text) ? output.text.join("") : (output.text ?? "");
  return {
    stdout: outputs.map((list) =>
      list
        .filter((output) => output.name === "stdout")
        .map(text)
        .join(""),
    ),
    figures: outputs.map((list) =>
      list.flatMap((output) => (output.data?.[plotly] ? [output.data[plotly] as Figure] : [])),
    ),
  };
}

/** What the committed file holds. */
export function committed(): Printed {
  if (!existsSync(notebookFile)) throw new Error(`${notebookFile} is missing`);
  return printedBy(JSON.parse(readFileSync(notebookFile, "utf8")));
}
