// @ts-check
"use strict";
// Stops the engine's running code: asks first, and cuts a thread that does not answer.

const { Session } = require("node:inspector");
const { slot, phase } = require("../shared.cjs");

/** Milliseconds that running code gets to see the flag and end by itself. */
const PATIENCE = 200;

/**
 * Makes the function that interrupts. It resolves when the engine has acknowledged; more calls
 * meanwhile join the first.
 *
 * The flag is for code that waits in one long call. The message reaches an engine whose event loop
 * turns. Where neither helps, the code is busy: V8 is told to end it (`Runtime.terminateExecution`
 * works between any two instructions, also in a blocked Atomics.wait, and leaves the globals alone).
 * An end that comes late can hit the handler of the very message, so it is sent until it is answered.
 * @param {{ control: Int32Array, interrupt: Int32Array }} shared
 * @param {(message: object) => void} toEngine
 */
function makeInterrupter({ control, interrupt }, toEngine) {
  let number = 0;
  /** @type {Promise<void> | null} */
  let underWay = null;
  /** @type {Session | null} */
  let session = null;

  function terminate() {
    if (!session) {
      session = new Session();
      session.connectToMainThread();
    }
    session.post("Runtime.terminateExecution");
  }

  async function run() {
    number += 1;
    Atomics.store(interrupt, 0, 1);
    Atomics.notify(interrupt, 0);
    while (Atomics.load(control, slot.ACK) !== number) {
      toEngine({ op: "interrupt", number });
      for (let waited = 0; waited < PATIENCE; waited += 5) {
        await new Promise((resolve) => setTimeout(resolve, 5));
        if (Atomics.load(control, slot.ACK) === number) return;
      }
      if (Atomics.load(control, slot.PHASE) === phase.RUNNING) terminate();
    }
  }

  return () => {
    underWay ??= run().finally(() => {
      underWay = null;
      // An open session would keep the process from ending.
      session?.disconnect();
      session = null;
    });
    return underWay;
  };
}

module.exports = { makeInterrupter };
