// Which build of a compiled kernel runs here: with fused multiply-adds, without, or none at all.
//
// LAB_KERNELS=js asks for plain JavaScript, LAB_KERNELS=simd for the build without fused
// multiply-adds. Fused ones round once where the others round twice, so the last bits of large
// products differ between the two; small products never come here.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";

/** The file lies beside its source; this path holds from src/ and from dist/. */
function bytesOf(name: string) {
  return readFileSync(join(__dirname, "..", "..", "src", "kernels", "wasm", `${name}.wasm`));
}

/**
 * The build with relaxed SIMD. V8 11 (Node 20 and 21) knows these instructions in their final form
 * but hides them behind a flag. It is set for the compilation alone: V8 keeps with a module what
 * was enabled when it was compiled, and later code is not to notice.
 */
function fusedModule(name: string): WebAssembly.Module | null {
  const bytes = bytesOf(`${name}.fma`);
  if (WebAssembly.validate(bytes)) return new WebAssembly.Module(bytes);
  if (!process.versions.v8?.startsWith("11.")) return null;
  setFlagsFromString("--experimental-wasm-relaxed-simd");
  try {
    return WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : null;
  } finally {
    setFlagsFromString("--no-experimental-wasm-relaxed-simd");
  }
}

/** A compiled kernel, and the build it comes from. */
export interface Compiled {
  readonly module: WebAssembly.Module;
  readonly exports: unknown;
}

/**
 * A compiled kernel on `memory`, or null where it cannot run (no WebAssembly, no SIMD) or is not to
 * (LAB_KERNELS=js): the plain kernels do the same.
 */
export function compiledKernels(name: string, memory: WebAssembly.Memory): Compiled | null {
  const asked = process.env.LAB_KERNELS;
  if (asked === "js") return null;
  try {
    const fused = asked === "simd" ? null : fusedModule(name);
    const module = fused ?? new WebAssembly.Module(bytesOf(name));
    return { module, exports: new WebAssembly.Instance(module, { env: { memory } }).exports };
  } catch {
    return null;
  }
}
