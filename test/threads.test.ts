// torch.get_num_threads and torch.set_num_threads, and LAB_THREADS.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import * as torch from "../src/index";

const source = join(__dirname, "..", "src", "threads.ts").replaceAll("\\", "/");

/** What another process says of its number of threads, LAB_THREADS being set so. */
function said(asked: string | undefined): number {
  const env = { ...process.env, LAB_THREADS: asked };
  if (asked === undefined) delete env.LAB_THREADS;
  const program = `console.log(require(${JSON.stringify(source)}).get_num_threads())`;
  const run = spawnSync(process.execPath, ["--import", "tsx", "-e", program], { env });
  assert.equal(run.status, 0, String(run.stderr));
  return Number(String(run.stdout));
}

test("LAB_THREADS says how many; what is no such number leaves the usual two at most", () => {
  const usual = Math.min(2, availableParallelism());
  const asked = { "1": 1, "3": 3, "1000": 64, "0": usual, "-2": usual, "1.5": usual, many: usual };
  for (const [text, want] of Object.entries(asked)) assert.equal(said(text), want, text);
  assert.equal(said(undefined), usual);
});

test("set_num_threads counts from then on", () => {
  const before = torch.get_num_threads();
  for (const n of [1, 3, before]) {
    torch.set_num_threads(n);
    assert.equal(torch.get_num_threads(), n);
  }
});

test("set_num_threads refuses what is no positive int, in PyTorch's words", () => {
  const refused: readonly (readonly [unknown, string])[] = [
    [0, "set_num_threads expects a positive integer"],
    [-1, "set_num_threads expects a positive integer"],
    [1.5, "set_num_threads expects an int, but got float"],
    ["2", "set_num_threads expects an int, but got str"],
    [null, "set_num_threads expects an int, but got NoneType"],
    [true, "set_num_threads expects an int, but got bool"],
  ];
  for (const [n, message] of refused) {
    assert.throws(() => torch.set_num_threads(n as number), { name: "RuntimeError", message });
  }
});
