// How many threads large products use.

import { RuntimeError } from "./errors";
import { setThreadCount, threadCount } from "./kernels/threads";
import { pythonTypeName } from "./scalar";

/**
 * How many threads large products use: what `set_num_threads` said, else LAB_THREADS, else as many
 * as the machine has, two at most.
 * @example torch.set_num_threads(1); torch.get_num_threads()   // 1
 */
export function get_num_threads(): number {
  return threadCount();
}

/**
 * Set how many threads large products use; 64 at most. The results do not depend on it.
 * Raises RuntimeError for anything but a positive whole number.
 * @example torch.set_num_threads(2); torch.get_num_threads()   // 2
 */
export function set_num_threads(n: number): void {
  if (typeof n !== "number" || !Number.isInteger(n)) {
    throw new RuntimeError(
      `set_num_threads expects an int, but got ${pythonTypeName(n)}`,
      "1 leaves everything to the thread that asks",
    );
  }
  if (n < 1) {
    throw new RuntimeError(
      "set_num_threads expects a positive integer",
      "1 leaves everything to the thread that asks",
    );
  }
  setThreadCount(n);
}
