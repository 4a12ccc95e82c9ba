// Hostile files are refused with a clear error, in a process that may take 256 MB and no more.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import fc from "fast-check";
import * as torch from "../../src/index";
import { fixtures } from "./arrays";
import { hostile } from "./hostile";
import type { Outcome } from "./openall";

const { np, safetensors } = torch;
const limit = 256;
const folder = mkdtempSync(join(tmpdir(), "lab-hostile-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Opens files in a process with little memory. */
function openAll(list: readonly { reader: string; file: string }[]): {
  before: number;
  outcomes: Outcome[];
} {
  const plan = join(folder, "plan.json");
  writeFileSync(plan, JSON.stringify(list));
  const flags = [
    "--max-old-space-size=128",
    "--import",
    pathToFileURL(require.resolve("tsx")).href,
  ];
  const child = spawnSync(process.execPath, [...flags, join(__dirname, "openall.ts"), plan], {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  });
  assert.equal(child.status, 0, child.stderr.slice(-2000));
  return JSON.parse(child.stdout);
}

describe("hostile files", () => {
  const files = hostile.map(({ bytes }, i) => {
    const file = join(folder, `hostile${i}`);
    writeFileSync(file, bytes());
    return file;
  });
  const { before, outcomes } = openAll(
    hostile.map(({ reader }, i) => ({ reader, file: files[i] })),
  );

  hostile.forEach(({ what, reader, error, message }, i) => {
    test(`${reader} refuses ${what}`, () => {
      const found = outcomes[i].error;
      assert.ok(found !== null, "it was read");
      assert.equal(found.name, error, found.message);
      assert.match(found.message, message);
      assert.match(found.hint ?? "", new RegExp(`hostile${i}\\b.*expected .+, found .+`, "s"));
      assert.ok(outcomes[i].ms < 20_000, `${outcomes[i].ms} ms`);
    });
  });

  test(`${hostile.length} of them together take less than ${limit} MB`, () => {
    assert.ok(hostile.length >= 30);
    const peak = Math.max(...outcomes.map((outcome) => outcome.peak));
    const worst = outcomes.findIndex((outcome) => outcome.peak === peak);
    assert.ok(peak < limit, `${peak} MB (${before} MB before), at ${hostile[worst].what}`);
    console.log(
      `peak ${Math.round(peak)} MB, ${Math.round(before)} MB of it before the first file`,
    );
  });

  test("nothing in them was executed", () => {
    assert.ok(!existsSync(join(folder, "pwned")));
  });
});

test("the measure sees memory that is taken, and a file that is read", () => {
  const file = join(folder, "large.npy");
  np.save(file, new Float64Array(2 ** 25));
  const { outcomes } = openAll([{ reader: "np.load", file }]);
  assert.equal(outcomes[0].error, null);
  assert.ok(outcomes[0].peak > limit);
});

const readers = {
  "f4.npy": np.load,
  "numpy-compressed.npz": (file: string) => np.load(file as `${string}.npz`).items(),
  "net.safetensors": safetensors.load_file,
  "net.pt": torch.load,
  "checkpoint.pt": torch.load,
};
const refusals = new Set(
  "ValueError EOFError BadZipFile RuntimeError UnpicklingError SafetensorError NotImplementedError".split(
    " ",
  ),
);

/** Whether the file was read; what is thrown otherwise must be one of the library's errors. */
function isRead(read: (file: string) => unknown, file: string, what: string): boolean {
  try {
    read(file);
    return true;
  } catch (e) {
    const { name, message, hint } = e as Error & { hint?: string };
    assert.ok(refusals.has(name) && hint, `${what}: ${name}: ${message}`);
    return false;
  }
}

for (const [name, read] of Object.entries(readers)) {
  const whole = readFileSync(join(fixtures, name));
  const file = join(folder, `cut-${name}`);

  test(`${name} cut short anywhere is refused`, () => {
    const step = Math.ceil(whole.length / 700);
    for (let length = 0; length < whole.length; length += step) {
      writeFileSync(file, whole.subarray(0, length));
      assert.ok(
        !isRead(read, file, `${length} bytes`),
        `${length} of ${whole.length} bytes were read`,
      );
    }
    writeFileSync(file, whole);
    assert.ok(isRead(read, file, "all"));
  });

  test(`${name} with changed bytes is read or refused, nothing else`, () => {
    const change = fc.tuple(fc.nat(whole.length - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const bytes = Buffer.from(whole);
        for (const [at, value] of changes) bytes[at] = value;
        writeFileSync(file, bytes);
        isRead(read, file, JSON.stringify(changes));
      }),
      { numRuns: 500 },
    );
  });
}
