// @ts-check
/// <reference path="../globals.d.ts" />
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

/** Is it code of an interrupted cell that runs right now? Then what it prints is not shown. */
function isSilenced() {
  return globalThis.__tslab__.guard.interrupted;
}

/** @type {{ name: "setTimeout" | "setInterval" | "setImmediate", clear: (timer: any) => void }[]} */
const timers = [
  { name: "setTimeout", clear: clearTimeout },
  { name: "setInterval", clear: clearInterval },
  { name: "setImmediate", clear: clearImmediate },
];

/**
 * Makes the global timers belong to the cell that sets them. In an interrupted cell an interval stops and
 * no new timer starts. A timer that was set before still fires once, because an async function may wait
 * for it and have something to clean up.
 */
function guardTimers() {
  for (const { name, clear } of timers) {
    const original = /** @type {Function} */ (globalThis[name]);
    /** @param {unknown} callback @param {unknown[]} rest */
    const guarded = (callback, ...rest) => {
      if (typeof callback !== "function") return original(callback, ...rest);
      const { guard } = globalThis.__tslab__;
      const timer = original(
        (/** @type {unknown[]} */ ...args) => {
          if (guard.interrupted) clear(timer);
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
      if (guard.interrupted) clear(timer);
      return timer;
    };
    // Among others the form that util.promisify takes.
    Object.defineProperties(guarded, Object.getOwnPropertyDescriptors(original));
    globalThis[name] = /** @type {any} */ (guarded);
  }
}

module.exports = { makeGuard, guardTimers, isSilenced };
