// Memory that holds anything: its size, and how often the system is asked for new pages.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { anyBytes } from "../src/heap";

test("a block has the size that was asked for and can be written to its end", () => {
  for (const bytes of [1, 65536, (1 << 20) - 1, 1 << 20, 5_000_000]) {
    const block = new Uint8Array(anyBytes(bytes));
    assert.equal(block.length, bytes);
    block[bytes - 1] = 7;
    assert.equal(block[bytes - 1], 7);
  }
});

// musl has other thresholds; macOS and Windows other ways.
const { header } = process.report.getReport() as unknown as {
  header: { glibcVersionRuntime?: string };
};
const isSkipped = header.glibcVersionRuntime === undefined && "the C library is not glibc";

test("large results come in pages that earlier ones left", { skip: isSkipped }, () => {
  const program = `
    const { anyBytes } = require(${JSON.stringify(join(__dirname, "..", "src", "heap.ts"))});
    const some = (n) => { for (let i = 0; i < n; i++) new Uint8Array(anyBytes(4e6)).fill(1); };
    const faults = () => process.resourceUsage().minorPageFault;
    void (async () => {
      some(100);
      const worst = [];
      for (const blocks of [4, 8, 16, 32]) {
        const before = faults();
        for (let k = 0; k < 20; k++) {
          some(blocks);
          // In pauses the garbage collector gives back what it found.
          await new Promise((done) => setTimeout(done, 5));
        }
        worst.push((faults() - before) / 20 / blocks);
      }
      console.log(Math.max(...worst));
    })();
  `;
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ["--require", "tsx/cjs", "--eval", program],
    { encoding: "utf8", cwd: join(__dirname, "..") },
  );
  // A block of 4 MB has 977 pages, of which 200 to 700 would be new ones otherwise.
  assert.ok(Number.parseFloat(stdout) < 150, `${stdout}${stderr}`);
});
