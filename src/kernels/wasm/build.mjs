// @ts-check
// Compiles rows.as.ts to rows.wasm: `node src/kernels/wasm/build.mjs`. The result is committed, so
// that users need no compiler; a test holds it to its source.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { main } from "assemblyscript/asc";

const folder = dirname(fileURLToPath(import.meta.url));
const flags = [
  ...["-O3", "--runtime", "stub", "--enable", "simd,threads"],
  // Shared, so that growing keeps its views; 16384 pages are 1 GiB, reserved and not used until needed.
  ...["--importMemory", "--sharedMemory", "--initialMemory", "1", "--maximumMemory", "16384"],
];

/** The compiled bytes. Throws with the compiler's own lines when the source does not compile. */
export async function compile() {
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

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  writeFileSync(join(folder, "rows.wasm"), await compile());
}
