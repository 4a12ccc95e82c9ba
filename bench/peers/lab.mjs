// @ts-check
// The lab in plain Node: the notebooks' own cells, and single operations. Arguments: the task, and
// what it asks for; exercises come as a script that was compiled beforehand.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { inside } from "../../jupyter/setup/paths.mjs";
import { epochNote, repeated, serve, timed } from "./serve.mjs";

const require = createRequire(import.meta.url);
const [task, ...details] = process.argv.slice(2);

/** The library as a notebook gets it. @returns {typeof import("../../src/index.js")} */
const library = () => require(inside("dist", "index.js"));

/**
 * Runs a script made of a notebook's cells and returns its `answer`; only its imports lead elsewhere.
 * @param {string} path
 */
function answerOf(path) {
  process.chdir(inside("notebooks"));
  const exports = /** @type {any} */ ({});
  const find = (/** @type {string} */ name) => (name === "../src" ? library() : require(name));
  const silent = { ...console, log: () => {} };
  const run = new Function("require", "exports", "console", readFileSync(path, "utf8"));
  run(find, exports, silent);
  return exports.answer;
}

/** @param {string} name @param {number} size */
function operation(name, size) {
  const torch = library();
  torch.manual_seed(0);
  const one = () => (name === "matmul" ? torch.rand(size, size) : torch.rand(size).add(0.5));
  const [a, b] = [one(), one()];
  /** @type {Record<string, () => unknown>} */
  const works = {
    add: () => torch.add(a, b),
    mul: () => torch.mul(a, b),
    exp: () => torch.exp(a),
    log: () => torch.log(a),
    sum: () => torch.sum(a),
    matmul: () => torch.matmul(a, b),
  };
  return works[name];
}

const tasks = {
  exercise5() {
    const epoch = answerOf(details[0]);
    return serve(async () => {
      const { ms, result } = await timed(epoch);
      return { value: ms, note: epochNote(result[0], result[2]) };
    });
  },
  /** Peak memory of some epochs in one synchronous go, in MiB. */
  memory() {
    const epoch = answerOf(details[0]);
    let result = [];
    for (let k = 0; k < Number(details[1]); k++) result = epoch();
    const note = `loss ${result[0].toFixed(5)}, test accuracy ${result[2].toFixed(4)}`;
    console.log(JSON.stringify({ value: process.resourceUsage().maxRSS / 1024, note }));
  },
  exercise4() {
    const epoch = answerOf(details[0]);
    return serve(async () => {
      const { ms } = await timed(() => {
        for (let k = 0; k < 20; k++) epoch();
      });
      return (ms * 1e3) / 200;
    });
  },
  operation() {
    return serve(repeated(operation(details[0], Number(details[1]))));
  },
  async loading() {
    const torch = library();
    const { ms, result } = await timed(() =>
      [true, false].map((train) =>
        torch.torchvision.datasets.FashionMNIST({ root: inside("data"), train }),
      ),
    );
    const note = result.map(({ data }) => `(${data.shape.join(", ")})`).join(", ");
    console.log(JSON.stringify({ value: ms, note }));
  },
  start() {
    library().ones(2, 3).add(1);
  },
};

await tasks[/** @type {keyof typeof tasks} */ (task)]();
