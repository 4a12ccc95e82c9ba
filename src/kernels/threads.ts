// The threads that share large products: the one that asks and, once they are wanted, workers that
// wait for work in the same memory (wasm/crew.as.ts). What each number is computed from does not
// depend on who computes it, so the results are the same for any number of threads.

import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";

const most = 64;
// Two share a product well; what more of them bring was not measured.
const usual = 2;
// A worker holds nothing of its own beyond Node's own start.
const limits = { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 1, stackSizeMb: 1 };

let wanted: number | null = null;
let started = 1;

/** LAB_THREADS, or as many as the machine has, two at most. */
function given(): number {
  const asked = Number(process.env.LAB_THREADS);
  if (Number.isInteger(asked) && asked >= 1) return Math.min(asked, most);
  return Math.min(availableParallelism(), usual);
}

/** How many threads large products use. */
export function threadCount(): number {
  wanted ??= given();
  return wanted;
}

/** Set how many threads large products use, from the next one on. */
export function setThreadCount(n: number): void {
  wanted = Math.min(n, most);
}

function startWorker(module: WebAssembly.Module, memory: WebAssembly.Memory): void {
  const worker = new Worker(join(__dirname, "..", "..", "src", "kernels", "wasm", "worker.cjs"), {
    workerData: { module, memory, thread: started },
    resourceLimits: limits,
    // Neither what loads TypeScript here nor the environment is for the worker.
    execArgv: [],
    env: {},
  });
  // It must not keep a finished program alive; and one that fails is not missed.
  worker.unref();
  worker.on("error", () => {});
}

/** The number of threads for a product in `memory`, those that are missing started. */
export function threadsFor(module: WebAssembly.Module, memory: WebAssembly.Memory): number {
  const count = threadCount();
  for (; started < count; started++) {
    try {
      startWorker(module, memory);
    } catch {
      // No more threads to be had: the ones there are do all the work.
      started = most;
    }
  }
  return count;
}
