// @ts-check
// Single operations: elementwise ones and a sum on a million elements, and square products.
import { lab, nodePeer, pythonPeer } from "./programs.mjs";

/** @typedef {import("../contest.mjs").Row} Row */

/** @param {string} library @param {number} threads @param {string[]} details */
const python = (library, threads, details) =>
  pythonPeer(
    `${library === "torch" ? "PyTorch" : "NumPy"}, ${threads} thread${threads > 1 ? "s" : ""}`,
    ["operations.py", library, `${threads}`, ...details],
    { threads },
  );

/** @param {string} name @returns {Row} */
export function elementwise(name) {
  const details = [name, "1000000"];
  return {
    key: name,
    title: `${name} of 10⁶ float32`,
    unit: "ms",
    contestants: [
      lab(["operation", ...details]),
      python("torch", 1, details),
      python("torch", 2, details),
      python("numpy", 1, details),
    ],
    goals: [{ of: "lab", against: ["PyTorch, 1 thread"], goal: 2, landing: 6 }],
  };
}

/** @param {number} size @returns {Row} */
export function matmul(size) {
  const details = ["matmul", `${size}`];
  return {
    key: `matmul${size}`,
    title: `matmul, ${size} × ${size}`,
    unit: "ms",
    contestants: [
      lab(["operation", ...details]),
      nodePeer("tfjs-wasm", "@tensorflow/tfjs-backend-wasm", ["tfjs.mjs", ...details]),
      python("torch", 1, details),
      python("numpy", 1, details),
    ],
    goals: [{ of: "lab", against: ["tfjs-wasm"], goal: 0.7, landing: 1 }],
  };
}
