// @ts-check
// From a notebook to the one a student gets: the questions and room for answers, no solutions.
import { joined } from "./format.mjs";

/**
 * @typedef {import("./format.mjs").Notebook} Notebook
 * @typedef {import("./format.mjs").Cell} Cell
 */

/** @param {Cell} cell @param {string} tag */
const hasTag = (cell, tag) => (cell.metadata.tags ?? []).includes(tag);

/**
 * The notebook without the cells tagged `solution`. Neighbouring ones (the same solution in two
 * languages) leave one empty answer cell behind, with a line for each numbered answer; a solution
 * in code leaves an empty code cell. The outputs of cells to try are cleared: they show what is to
 * be guessed first.
 * @param {Notebook} notebook
 * @returns {Notebook}
 */
export function studentVersion(notebook) {
  /** @type {Cell[]} */
  const cells = [];
  let answers = 0;
  notebook.cells.forEach((cell, at) => {
    if (!hasTag(cell, "solution")) {
      cells.push(hasTag(cell, "try") ? cleared(cell) : cell);
      return;
    }
    const before = notebook.cells[at - 1];
    const isSame = before?.cell_type === cell.cell_type && hasTag(before, "solution");
    if (!isSame) cells.push(answerCell(cell, ++answers));
  });
  return { ...notebook, cells };
}

/** @param {Cell} cell @returns {Cell} */
function cleared(cell) {
  return cell.cell_type === "code" ? { ...cell, outputs: [], execution_count: null } : cell;
}

/** @param {Cell} solution @param {number} number @returns {Cell} */
function answerCell(solution, number) {
  const id = `answer-${number}`;
  const metadata = { tags: ["answer"] };
  if (solution.cell_type === "code") {
    return { cell_type: "code", id, source: "", metadata, outputs: [], execution_count: null };
  }
  const numbers = [...joined(solution.source).matchAll(/^(\d+\.) /gm)].map(([, digits]) => digits);
  const room = numbers.length > 0 ? numbers.map((digits) => `${digits} \n`).join("") : "\n";
  return { cell_type: "markdown", id, source: `**你的回答 · Your answer**\n\n${room}`, metadata };
}
