// Memory that WebAssembly can read: where data sets live, and scratch space for one product at a
// time. Results are copied out, so that memory stays the garbage collector's business.

import { compiledKernels } from "./compiled";
import { threadsFor } from "./threads";

/** The products compiled from wasm/rows.as.ts; every address is one in the memory, in bytes. */
export interface RowKernels {
  prepare(): void;
  allFinite(values: number, n: number): number;
  pack(w: number, K: number, columns: number, scale: number, packed: number): void;
  /** Bytes of the workspace that each thread needs, to be rounded up to 64. */
  workspaceBytes(K: number, columns: number): number;
  forward(...product: Product): void;
  backward(...product: [...Product, scale: number]): void;
}

type Product = [
  x: number,
  rows: number,
  m: number,
  K: number,
  matrix: number,
  columns: number,
  out: number,
  dense: number,
  workspaces: number,
  threads: number,
];

const pageSize = 65536;
const maximumPages = 16384; // 1 GiB, reserved but not used until needed
// Behind what rows.as.ts and crew.as.ts keep for themselves.
const firstFree = 4096;

interface Machine {
  readonly memory: WebAssembly.Memory;
  readonly module: WebAssembly.Module;
  readonly kernels: RowKernels;
}

let machine: Machine | null | undefined;
let top = firstFree;
let scratchAt = 0;
let scratchSize = 0;
// Growing gives the same memory a new buffer object; the earlier ones stay valid.
const buffers = new WeakSet<object>();

function start(): Machine | null {
  try {
    // Shared memory keeps its views when it grows.
    const memory = new WebAssembly.Memory({ initial: 1, maximum: maximumPages, shared: true });
    const compiled = compiledKernels("rows", memory);
    if (compiled === null) return null;
    const kernels = compiled.exports as RowKernels;
    kernels.prepare();
    return { memory, module: compiled.module, kernels };
  } catch {
    // No address space: the plain kernels give the same results.
    return null;
  }
}

/** The compiled kernels, or null where only plain JavaScript runs (LAB_KERNELS=js asks for it). */
export function rowKernels(): RowKernels | null {
  if (machine === undefined) machine = start();
  return machine?.kernels ?? null;
}

/** How many threads may share a product: the others are started when they are first wanted. */
export function rowThreads(): number {
  const { module, memory } = machine as Machine;
  return threadsFor(module, memory);
}

function reserve(bytes: number): number | null {
  const { memory } = machine as Machine;
  const at = (top + 63) & ~63;
  const missing = Math.ceil((at + bytes - memory.buffer.byteLength) / pageSize);
  if (missing > 0) {
    try {
      memory.grow(missing);
    } catch {
      return null;
    }
  }
  top = at + bytes;
  return at;
}

// Bytes after the last row that the kernels may read.
const spareBytes = 64;

/**
 * A byte array for a data set that stays for the life of the process, where the compiled products
 * can read it in place; an ordinary one where they cannot run.
 */
export function residentBytes(n: number): Uint8Array {
  if (rowKernels() === null || machine == null)
    return new Uint8Array(n + spareBytes).subarray(0, n);
  const at = reserve(n + spareBytes);
  if (at === null) return new Uint8Array(n + spareBytes).subarray(0, n);
  const buffer = machine.memory.buffer as unknown as ArrayBuffer;
  buffers.add(buffer);
  return new Uint8Array(buffer, at, n);
}

/** The address of a resident array, or null for one that lies elsewhere. */
export function residentAddress(bytes: Uint8Array): number | null {
  return buffers.has(bytes.buffer) ? bytes.byteOffset : null;
}

/** Scratch space of at least `bytes`, valid until the next call; null when memory is used up. */
export function scratch(bytes: number): number | null {
  if (bytes > scratchSize) {
    const at = reserve(bytes);
    if (at === null) return null;
    scratchAt = at;
    scratchSize = bytes;
  }
  return scratchAt;
}

/** A float view of the memory. */
export function floatsAt(at: number, n: number): Float32Array {
  return new Float32Array((machine as Machine).memory.buffer as unknown as ArrayBuffer, at, n);
}

/** An integer view of the memory. */
export function integersAt(at: number, n: number): Int32Array {
  return new Int32Array((machine as Machine).memory.buffer as unknown as ArrayBuffer, at, n);
}
