// Worker threads behind synchronous calls: this thread waits, and still hears the interrupt key.

import { extname, join } from "node:path";
import { type TransferListItem, Worker } from "node:worker_threads";

/** How often a waiting thread should look at the interrupt flag. */
export const lookEveryMs = 100;
const interruptSymbol = Symbol.for("deep-learning-lab.interrupt");

/** Whether the kernel was asked to stop what runs. */
export function interrupted(): boolean {
  const flag = (globalThis as { [key: symbol]: unknown })[interruptSymbol];
  return flag instanceof Int32Array && Atomics.load(flag, 0) !== 0;
}

/** The error that ends what was interrupted, named as in Python. */
export function keyboardInterrupt(message: string): Error {
  const error = new Error(message);
  error.name = "KeyboardInterrupt";
  return error;
}

/**
 * Start the program `name` that lies beside the file `caller`, which gives its `__filename`. It
 * does not keep the process alive.
 */
export function startWorker(
  caller: string,
  name: string,
  workerData: unknown,
  transferList: TransferListItem[],
): Worker {
  // Where the program is not compiled, as in tests, it needs a loader of its own.
  const extension = extname(caller);
  const worker = new Worker(join(caller, "..", `${name}${extension}`), {
    execArgv: extension === ".ts" ? ["--require", require.resolve("tsx/cjs")] : [],
    workerData,
    transferList,
    stdout: true,
    stderr: true,
  });
  worker.unref();
  return worker;
}
