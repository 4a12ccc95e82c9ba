// @ts-check
// A thread that takes part in large products until the process ends.
const { workerData } = require("node:worker_threads");

const { module: compiled, memory, thread } = workerData;
const kernels = new WebAssembly.Instance(compiled, { env: { memory } }).exports;
const attend = /** @type {(thread: number, seen: number) => number} */ (kernels.attend);
for (let turn = 0; ; ) turn = attend(thread, turn);
