// @ts-check
// The other of two threads that fetch into the same folder at once.
require("tsx/cjs");
const { parentPort, workerData } = require("node:worker_threads");
const { fetchFiles } = require("../../src/data/fetch.ts");

parentPort?.postMessage("starts");
fetchFiles(workerData.folder, [workerData.file], { idleMs: 5000 });
