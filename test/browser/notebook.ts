// The notebook that the browser tests run, and how two runs of a notebook are compared.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Cell, joined } from "../../jupyter/notebook/format.mjs";
import { root } from "./machine";

export const notebookFile = join(root, "notebooks", "04_logistic_regression.ipynb");

/** What a cell printed. */
export function printedIn({ outputs = [] }: Cell): string {
  const printed = outputs.filter(({ name }) => name === "stdout");
  return printed.map(({ text }) => joined(text)).join("");
}

/** A notebook without its pictures: they depend on the machine's fonts when drawn anew. */
export function withoutPictures(file: string): unknown {
  return JSON.parse(readFileSync(file, "utf8"), (key, value) =>
    key === "image/png" || key === "picture" ? undefined : value,
  );
}
