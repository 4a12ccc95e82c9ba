// @ts-check
// The rows of the table: who runs, against whom the lab is judged, and what is to be reached.

import { exercise4, exercise5, exercise5Node, exercise5Program } from "./exercises.mjs";
import { loading, memory, memoryOfEpochs, start } from "./machine.mjs";
import { notebookRows } from "./notebooks.mjs";
import { elementwise, matmul } from "./operations.mjs";

/** @returns {import("../contest.mjs").Row[]} */
export const rows = () => [
  exercise5(),
  exercise5Program(),
  exercise5Node(),
  exercise4(),
  ...["add", "mul", "exp", "log", "sum"].map(elementwise),
  matmul(256),
  matmul(512),
  start(),
  loading(),
  memory(),
  memoryOfEpochs(),
  ...notebookRows(),
];
