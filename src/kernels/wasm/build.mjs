// @ts-check
// Compiles rows.as.ts to rows.wasm: `node src/kernels/wasm/build.mjs`. The result is committed, so
// that users need no compiler; with --check nothing is written, and code 1 says that they differ.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { main } from "assemblyscript/asc";

const folder = dirname(fileURLToPath(import.meta.url));
const flags = [
  ...["-O3", "--runtime", "stub", "--enable", "simd,threads"],
  // Shared, so that growing keeps its views; 16384 pages are 1 GiB, reserved and not used until needed.
  ...["--importMemory", "--sharedMemory", "--initialMemory", "1", "--maximumMemory", "16384"],
];

/** The compiled bytes. Throws with the compiler's own lines when the source does not compile. */
async function compile() {
  /** @type {Uint8Array | undefined} */
  let bytes;
  const { error, stderr } = await main(["rows.as.ts", "--outFile", "rows.wasm", ...flags], {
    readFile: (name) => {
      try {
        return readFileSync(join(folder, name), "utf8");
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

const bytes = await compile();
const file = join(folder, "rows.wasm");
if (!process.argv.includes("--check")) writeFileSync(file, bytes);
else if (Buffer.compare(bytes, readFileSync(file)) !== 0) process.exitCode = 1;
