// @ts-check
"use strict";
// Hears SIGINT while the main thread is busy, when Node's own handlers cannot run.

const { Worker } = require("node:worker_threads");

/**
 * Node has one listener for SIGINT that needs no event loop: the watchdog behind the `breakOnSigint`
 * of node:vm. A thread sleeps in a script under that watchdog and reports each time it is woken. Two
 * scripts are nested, so that while the inner one starts anew the outer one still listens: without any
 * watchdog the signal would end the process.
 */
const LISTENER = `
const { parentPort } = require("node:worker_threads");
globalThis.runInThisContext = require("node:vm").runInThisContext;
globalThis.bed = new Int32Array(new SharedArrayBuffer(4));
globalThis.heard = () => parentPort.postMessage("SIGINT");
const options = { breakOnSigint: true };
globalThis.sleep = () => {
  try { runInThisContext("Atomics.wait(bed, 0, 0)", options); } catch { heard(); }
};
for (;;) {
  try { runInThisContext("for (;;) sleep()", options); } catch { heard(); }
}`;

/**
 * Calls `onSignal` at each SIGINT. Windows has no such signal between processes: nothing is done there.
 * @param {() => void} onSignal
 */
function listenForSignal(onSignal) {
  if (process.platform === "win32") return;
  const listener = new Worker(LISTENER, {
    eval: true,
    resourceLimits: { maxOldGenerationSizeMb: 8 },
  });
  listener.on("message", onSignal);
  listener.unref();
}

module.exports = { listenForSignal };
