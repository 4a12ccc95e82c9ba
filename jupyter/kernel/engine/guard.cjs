// @ts-check
"use strict";
// Stops what an interrupted cell has left behind: async functions that wait, and timers.

const { KeyboardInterrupt } = require("./errors.cjs");

/**
 * @typedef {((value?: unknown) => unknown) & { interrupted: boolean, hold: (value: unknown) => unknown }} Guard
 *   called with what was awaited; `hold` with what will be
 */

/**
 * Makes the guard of one cell. Compiled code calls it around each await (see transform.cjs).
 * @returns {Guard}
 */
function makeGuard() {
  const guard = Object.assign(
    (/** @type {unknown} */ value) => {
      if (guard.interrupted) throw new KeyboardInterrupt();
      return value;
    },
    {
      interrupted: false,
      hold: (/** @type {unknown} */ value) => (guard.interrupted ? new Promise(() => {}) : value),
    },
  );
  return guard;
}

/** Makes the global timers belong to the cell that sets them: those of an interrupted cell stay silent. */
function guardTimers() {
  for (const name of /** @type {const} */ (["setTimeout", "setInterval", "setImmediate"])) {
    const original = /** @type {Function} */ (globalThis[name]);
    /** @param {unknown} callback @param {unknown[]} rest */
    const guarded = (callback, ...rest) => {
      if (typeof callback !== "function") return original(callback, ...rest);
      const { guard } = globalThis.__tslab__;
      const timer = original(
        (/** @type {unknown[]} */ ...args) => {
          if (guard.interrupted) {
            clearInterval(timer);
            return;
          }
          // What the callback starts belongs to the same cell.
          const running = globalThis.__tslab__.guard;
          globalThis.__tslab__.guard = guard;
          try {
            callback.apply(timer, args);
          } finally {
            globalThis.__tslab__.guard = running;
          }
        },
        ...rest,
      );
      return timer;
    };
    // Among others the form that util.promisify takes.
    Object.defineProperties(guarded, Object.getOwnPropertyDescriptors(original));
    globalThis[name] = /** @type {any} */ (guarded);
  }
}

module.exports = { makeGuard, guardTimers };
