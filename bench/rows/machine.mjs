// @ts-check
// What a program costs besides its work: start, reading the data, memory.
import { epochOfExercise5 } from "../cells.mjs";
import { lab, needsData, pythonPeer } from "./programs.mjs";

/** @typedef {import("../contest.mjs").Row} Row */

const once = { once: true };

/** @returns {Row} */
export const start = () => ({
  key: "start",
  title: "start of the program, import and first operation",
  unit: "ms",
  warmUp: 2,
  contestants: [
    lab(["start"], once),
    pythonPeer("NumPy", ["-c", "import numpy; numpy.ones((2, 3)) + 1"], once),
    pythonPeer("PyTorch", ["-c", "import torch; torch.ones(2, 3) + 1"], once),
  ],
  goals: [{ of: "lab", against: ["NumPy"], title: "import numpy", goal: 1.2, landing: 1.6 }],
});

/** @returns {Row} */
export const loading = () => ({
  key: "loading",
  title: "loading Fashion-MNIST from the four gz files",
  unit: "ms",
  contestants: [
    needsData(lab(["loading"], once)),
    needsData(pythonPeer("gzip and NumPy", ["loading.py"], once)),
  ],
  goals: [{ of: "lab", against: ["gzip and NumPy"], goal: 0.8, landing: 1 }],
});

/** @returns {Row} */
export const memory = () => ({
  key: "memory",
  title: "peak memory of exercise 5, five epochs",
  unit: "MiB",
  warmUp: 0,
  contestants: [
    needsData(lab(["memory", epochOfExercise5(), "5"], once)),
    needsData(
      pythonPeer("PyTorch in memory", ["exercise5_torch.py", "memory", "1", "epochs", "5"], once),
    ),
  ],
  goals: [{ of: "lab", against: ["PyTorch in memory"], goal: 0.36, landing: 0.45 }],
});

/** @returns {Row} */
export const memoryOfEpochs = () => ({
  key: "memory100",
  title: "peak memory of a hundred epochs in one go",
  unit: "MiB",
  warmUp: 0,
  contestants: [
    needsData(lab(["memory", epochOfExercise5(), "100"], { ...once, name: "lab, 100 epochs" })),
    needsData(lab(["memory", epochOfExercise5(), "5"], { ...once, name: "lab, 5 epochs" })),
  ],
  goals: [
    {
      of: "lab, 100 epochs",
      against: ["lab, 5 epochs"],
      title: "five epochs",
      goal: 1.2,
      landing: 1.2,
    },
  ],
});
