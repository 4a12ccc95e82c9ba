// The notebooks as their tests read them: cells with their tags, texts and outputs.

import { basename } from "node:path";
import { allNotebooks } from "../../jupyter/notebook/find.mjs";
import {
  joined,
  type Notebook,
  type Output,
  readNotebook,
} from "../../jupyter/notebook/format.mjs";

/** One cell of a notebook. */
export interface Page {
  readonly id: string;
  readonly isCode: boolean;
  readonly tags: readonly string[];
  readonly text: string;
  readonly outputs: readonly Output[];
  readonly count: number | null;
}

/** A notebook with the number of its exercise. */
export interface Book {
  readonly name: string;
  readonly exercise: number;
  readonly notebook: Notebook;
  readonly pages: readonly Page[];
}

/** The notebooks, in order. */
export const books: readonly Book[] = allNotebooks().map((file) => {
  const notebook = readNotebook(file);
  return {
    name: basename(file, ".ipynb"),
    exercise: Number(basename(file).slice(0, 2)),
    notebook,
    pages: notebook.cells.map((cell) => ({
      id: cell.id ?? "",
      isCode: cell.cell_type === "code",
      tags: cell.metadata.tags ?? [],
      text: joined(cell.source),
      outputs: cell.outputs ?? [],
      count: cell.execution_count ?? null,
    })),
  };
});

/** Whether a cell carries one of the tags. */
export const tagged = (page: Page, ...tags: string[]) =>
  tags.some((tag) => page.tags.includes(tag));

/** Whether a cell is part of the exercise itself. */
export const isExercise = (page: Page) => page.isCode && tagged(page, "setup", "mirror");

/** What a cell printed on stdout. */
export function printedBy(page: Page): string {
  const streams = page.outputs.filter(({ name }) => name === "stdout");
  return streams.map(({ text }) => joined(text)).join("");
}
