// @ts-check
"use strict";
// Ends a kernel whose Jupyter has died: nobody could stop it any more, and it holds much memory.

const EVERY = 1000;

/** @param {number} pid */
function lives(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code !== "ESRCH";
  }
}

/**
 * Calls `onGone` when the process that started this one is no more.
 *
 * A kernel that is started by process 1 itself (a container's only program) is left alone, unless
 * Jupyter named another parent: then that one was gone before we could look.
 * @param {() => void} onGone
 */
function watchParent(onGone) {
  const parent = process.ppid;
  const named = Number(process.env.JPY_PARENT_PID ?? 0);
  if (parent <= 1 && (named <= 1 || process.platform === "win32")) return;
  setInterval(() => {
    if (parent <= 1 || process.ppid !== parent || !lives(parent)) onGone();
  }, EVERY);
}

module.exports = { watchParent };
