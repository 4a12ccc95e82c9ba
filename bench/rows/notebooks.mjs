// @ts-check
// The notebooks' exercise cells from the start of a kernel to the last answer, beside their Python
// twins in ipykernel.
import { mirrored, twins } from "../cells.mjs";
import { inKernel, needsData } from "./programs.mjs";

/** @typedef {import("../contest.mjs").Row} Row */

/** @param {number[]} exercises @param {string} key @param {number} goal @param {number} landing */
function row(exercises, key, goal, landing) {
  const names = [`lab kernel ${key}`, `ipykernel ${key}`];
  const contestants = [
    inKernel(names[0], "lab", "all", exercises.map(mirrored), { once: true }),
    inKernel(names[1], "python", "all", exercises.map(twins), { once: true }),
  ];
  return /** @type {Row} */ ({
    key: `notebooks-${key}`,
    title: `exercise ${key}, run all from the kernel's start`,
    unit: "s",
    warmUp: 1,
    contestants: exercises.includes(5) ? contestants.map(needsData) : contestants,
    goals: [{ of: names[0], against: [names[1]], title: "ipykernel with torch", goal, landing }],
  });
}

export const notebookRows = () => [
  row([1, 2, 3], "01–03", 1, 1.5),
  row([4], "04", 1, 1.5),
  row([5], "05", 1, 1 / 4),
];
