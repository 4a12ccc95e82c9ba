// @ts-check
"use strict";
// The few numbers that the kernel's threads share, so that an interrupt reaches a busy main thread.

/**
 * Slots of the control array (an Int32Array on a SharedArrayBuffer).
 * - PHASE: what the main thread is doing, one of the values of `phase`.
 * - ACK: the number of the last interrupt that the main thread has seen to its end.
 * - PENDING: characters of output that were handed to the front and not yet taken by it.
 * - CLOSED: 1 when the front has sent everything and closed its sockets.
 */
const slot = Object.freeze({ PHASE: 0, ACK: 1, PENDING: 2, CLOSED: 3, COUNT: 4 });

/** Only RUNNING code may be terminated: a compiler that is cut off would be left in pieces. */
const phase = Object.freeze({ IDLE: 0, COMPILING: 1, RUNNING: 2 });

/** Where the library finds the interrupt flag (an Int32Array whose element 0 becomes 1). */
const interruptSymbol = Symbol.for("deep-learning-lab.interrupt");

/** Where the library finds the function that shows a MIME bundle. */
const displaySymbol = Symbol.for("deep-learning-lab.display");

/** Where library code asks to be called when the running cell has ended, before its reply. */
const cellEndSymbol = Symbol.for("deep-learning-lab.cell-end");

/** Makes the zeroed arrays: `control` for the kernel, `interrupt` for everybody. */
function makeShared() {
  return {
    control: new Int32Array(new SharedArrayBuffer(4 * slot.COUNT)),
    interrupt: new Int32Array(new SharedArrayBuffer(4)),
  };
}

module.exports = { slot, phase, interruptSymbol, displaySymbol, cellEndSymbol, makeShared };
