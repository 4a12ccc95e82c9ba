// @ts-check
// Exercises 4 and 5: the notebooks' own cells beside the same work elsewhere.
import { before, epochOfExercise4, epochOfExercise5, mirrored } from "../cells.mjs";
import { inKernel, lab, needsData, nodePeer, pythonPeer } from "./programs.mjs";

/** @typedef {import("../contest.mjs").Row} Row */

const inTheKernel = "lab in the kernel";
const memory = ["PyTorch in memory, 1 thread", "PyTorch in memory, 2 threads"];
const byHand = ["NumPy by hand, 1 thread", "NumPy by hand, 2 threads"];
const program = "PyTorch with its DataLoader";

const inNode = () => needsData(lab(["exercise5", epochOfExercise5()]));

/** The cells of notebook 05, and one more that runs an epoch and prints how long it took. */
function labKernel() {
  const { head } = before(mirrored(5), "train_ch3(net, train_iter");
  const epoch = `{
  const began = performance.now();
  const [loss] = train_epoch_ch3(net, train_iter, cross_entropy, updater);
  const accuracy = evaluate_accuracy(net, test_iter);
  console.log(format("value %.4f epoch 1: loss %.5f, test accuracy %.4f",
    performance.now() - began, loss, accuracy));
}`;
  return needsData(inKernel(inTheKernel, "lab", "again", [[...head, epoch]]));
}

/** @param {string} title @param {string[]} against @param {number} goal @param {number} landing */
const bothWays = (title, against, goal, landing) =>
  ["lab", inTheKernel].map((of) => ({ of, against, title, goal, landing }));

/** @returns {Row} */
export const exercise5 = () => ({
  key: "exercise5",
  title: "exercise 5, one epoch",
  unit: "ms",
  warmUp: 3,
  contestants: [
    inNode(),
    labKernel(),
    ...[1, 2].map((threads) =>
      needsData(
        pythonPeer(memory[threads - 1], ["exercise5_torch.py", "memory", `${threads}`], {
          threads,
        }),
      ),
    ),
    ...[1, 2].map((threads) =>
      needsData(pythonPeer(byHand[threads - 1], ["exercise5_numpy.py"], { threads })),
    ),
  ],
  goals: [
    ...bothWays("PyTorch in memory", memory, 0.5, 0.8),
    ...bothWays("NumPy by hand, 2 threads", [byHand[1]], 0.9, 1.5),
  ],
});

/** @returns {Row} */
export const exercise5Program = () => ({
  key: "exercise5-program",
  title: "exercise 5, one epoch",
  unit: "ms",
  warmUp: 2,
  contestants: [
    inNode(),
    labKernel(),
    needsData(pythonPeer(program, ["exercise5_torch.py", "program", "2"])),
  ],
  goals: bothWays("the exercise's own program", [program], 1 / 40, 1 / 25),
});

/** @returns {Row} */
export const exercise5Node = () => ({
  key: "exercise5-node",
  title: "exercise 5, one epoch",
  unit: "ms",
  warmUp: 2,
  contestants: [
    inNode(),
    labKernel(),
    needsData(nodePeer("tfjs-wasm", "@tensorflow/tfjs-backend-wasm", ["tfjs.mjs", "exercise5"])),
    needsData(nodePeer("jax-js", "@jax-js/jax", ["jax.mjs"])),
    needsData(nodePeer("numpy-ts", "numpy-ts", ["numpy-ts.mjs"])),
  ],
  goals: ["tfjs-wasm", "jax-js", "numpy-ts"].flatMap((peer) =>
    bothWays(peer, [peer], 1 / 15, 1 / 10),
  ),
});

/** @returns {Row} */
export const exercise4 = () => ({
  key: "exercise4",
  title: "exercise 4, one training step",
  unit: "µs",
  warmUp: 2,
  contestants: [
    lab(["exercise4", epochOfExercise4()]),
    ...[1, 2].map((threads) =>
      pythonPeer(`PyTorch, ${threads} thread${threads > 1 ? "s" : ""}`, [
        "exercise4_torch.py",
        `${threads}`,
      ]),
    ),
  ],
  goals: [
    {
      of: "lab",
      against: ["PyTorch, 1 thread", "PyTorch, 2 threads"],
      title: "PyTorch",
      goal: 1 / 4,
      landing: 1 / 2,
    },
  ],
});
