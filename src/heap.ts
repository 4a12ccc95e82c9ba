// Memory that holds anything, and what keeps the system from taking freed memory back at once.

// From here on a block that the system hands out anew costs more than what is computed in it.
const largeBlock = 1 << 20; // bytes

// glibc asks the system for each block above a threshold, and returns freed memory above another;
// both grow, to 32 and 64 MiB at most, when a block is freed that was asked for (mallopt(3),
// M_MMAP_THRESHOLD). Without that each large result comes in new pages: exp of 10⁶ float32 took 2 to
// 5 ms instead of 1.5 to 2.
const largestThreshold = (32 << 20) - (64 << 10);
let isThresholdRaised = process.platform !== "linux";

function allocateAny(bytes: number): ArrayBuffer {
  return Buffer.allocUnsafeSlow(bytes).buffer as ArrayBuffer;
}

/** Memory that holds anything: not zero-filled, which costs more than most loops that write it. */
export function anyBytes(bytes: number): ArrayBuffer {
  if (bytes >= largeBlock && !isThresholdRaised) {
    isThresholdRaised = true;
    // Never touched, so it takes no memory; the next garbage collection frees it.
    allocateAny(largestThreshold);
  }
  return allocateAny(bytes);
}
