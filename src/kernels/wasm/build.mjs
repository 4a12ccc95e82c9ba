// @ts-check
// Compiles the kernels, each source twice: `node src/kernels/wasm/build.mjs`. NAME.wasm runs
// everywhere; NAME.fma.wasm has fused multiply-adds (relaxed SIMD). The results are committed, so
// that users need no compiler; with --check nothing is written, and code 1 says that they differ.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { main } from "assemblyscript/asc";

const folder = dirname(fileURLToPath(import.meta.url));
const common = ["-O3", "--runtime", "stub", "--importMemory", "--noAssert"];
// Shared, so that growing keeps its views; 16384 pages are 1 GiB, reserved and not used until needed.
const shared = ["--sharedMemory", "--initialMemory", "1", "--maximumMemory", "16384"];
const sources = {
  rows: { features: "simd,threads", memory: shared },
  // Constants begin at 64: dense.ts uses what lies from 1024 on.
  dense: { features: "simd", memory: ["--initialMemory", "1", "--memoryBase", "64"] },
};

/**
 * The compiled bytes. Throws with the compiler's own lines when the source does not compile.
 * @param {keyof typeof sources} name
 * @param {boolean} fused
 */
async function compile(name, fused) {
  const { features, memory } = sources[name];
  const enabled = fused ? `${features},relaxed-simd` : features;
  const flags = [...common, ...memory, "--enable", enabled];
  /** @type {Uint8Array | undefined} */
  let bytes;
  const { error, stderr } = await main([`${name}.as.ts`, "--outFile", "out.wasm", ...flags], {
    readFile: (file) => {
      try {
        return readFileSync(join(folder, file), "utf8");
      } catch {
        return null;
      }
    },
    writeFile: (_name, contents) => {
      if (typeof contents !== "string") bytes = contents;
    },
    listFiles: () => [],
  });
  if (error || bytes === undefined) throw new Error(`${error?.message}\n${stderr.toString()}`);
  return bytes;
}

for (const name of /** @type {(keyof typeof sources)[]} */ (Object.keys(sources))) {
  for (const fused of [false, true]) {
    const bytes = await compile(name, fused);
    const file = join(folder, `${name}${fused ? ".fma" : ""}.wasm`);
    if (!process.argv.includes("--check")) writeFileSync(file, bytes);
    else if (Buffer.compare(bytes, readFileSync(file)) !== 0) process.exitCode = 1;
  }
}
