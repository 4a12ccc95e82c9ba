// safetensors: the Python package's files bit by bit, and ours byte by byte as the package writes.

import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import fc from "fast-check";
import * as torch from "../../src/index";
import type { SafeOpen } from "../../src/io/safetensors";
import { content, described, expected, fixtures } from "./arrays";

const { nn, safetensors } = torch;
const { load_file, safe_open, save_file } = safetensors;
const folder = mkdtempSync(join(tmpdir(), "lab-safetensors-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);

for (const file of ["all.safetensors", "own.safetensors", "net.safetensors"]) {
  test(`${file}: every tensor of the package's file, bit by bit`, () => {
    const tensors = load_file(join(fixtures, file));
    const wanted = expected.filter((one) => one.file === file);
    assert.deepEqual(Object.keys(tensors).sort(), wanted.map(({ name }) => name).sort());
    for (const one of wanted)
      assert.deepEqual(described(tensors[one.name]), content(one), one.name);
  });
}

test("save_file writes the bytes that the package writes", () => {
  for (const file of ["own.safetensors", "net.safetensors"]) {
    save_file(load_file(join(fixtures, file)), at(file));
    assert.deepEqual(readFileSync(at(file)), readFileSync(join(fixtures, file)), file);
  }
});

test("each tensor has memory of its own", () => {
  const { "0.bias": bias, "0.weight": weight } = load_file(join(fixtures, "net.safetensors"));
  const before = weight.tolist();
  bias.fill_(7);
  assert.deepEqual(weight.tolist(), before);
});

test("a network takes the state_dict", () => {
  const net = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1));
  const state = load_file(join(fixtures, "net.safetensors"));
  net.load_state_dict(state);
  for (const [name, parameter] of net.named_parameters()) {
    assert.ok(torch.equal(parameter.detach(), state[name]), name);
  }
});

const dtypes = [torch.float32, torch.float64, torch.int64, torch.int32, torch.uint8, torch.bool];

test("what is saved comes back: names, dtypes, shapes, bits", () => {
  const shape = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 });
  const entry = fc.tuple(fc.string({ unit: "grapheme" }), shape, fc.constantFrom(...dtypes));
  fc.assert(
    fc.property(fc.uniqueArray(entry, { selector: ([name]) => name, maxLength: 5 }), (entries) => {
      fc.pre(entries.every(([name]) => name !== "__metadata__"));
      const tensors = Object.fromEntries(
        entries.map(([name, dims, dtype]) => [name, torch.randn(dims).mul(50).to(dtype)]),
      );
      save_file(tensors, at("x.safetensors"));
      const back = load_file(at("x.safetensors"));
      assert.deepEqual(Object.keys(back).sort(), Object.keys(tensors).sort());
      for (const name of Object.keys(tensors)) {
        assert.deepEqual(described(back[name]), described(tensors[name]), name);
      }
    }),
    { numRuns: 100 },
  );
});

test("safe_open tells names and metadata, and reads one tensor", () => {
  const file: SafeOpen = safe_open(join(fixtures, "all.safetensors"));
  assert.deepEqual(file.metadata(), { format: "pt", é: "1" });
  assert.ok(file.keys().includes("bfloat16"));
  assert.equal(file.get_tensor("scalar").item(), 3.25);
  assert.equal(safe_open(join(fixtures, "own.safetensors")).metadata(), null);
  assert.throws(() => file.get_tensor("q"), {
    name: "SafetensorError",
    message: "File does not contain tensor q",
  });
});

test("metadata stand in the file", () => {
  save_file({ w: torch.ones(1) }, at("m.safetensors"), { metadata: { epoch: "3" } });
  assert.deepEqual(safe_open(at("m.safetensors")).metadata(), { epoch: "3" });
});

const w = torch.ones(2);
const mistakes: [string, () => unknown, string, RegExp][] = [
  [
    "a missing file",
    () => load_file(at("no")),
    "FileNotFoundError",
    /^No such file or directory: .*no$/,
  ],
  [
    "no tensor",
    () => save_file({ a: [1] as never }, at("q")),
    "ValueError",
    /^Key `a` is invalid, expected torch\.Tensor but received list$/,
  ],
  [
    "one tensor alone",
    () => save_file(w as never, at("q")),
    "ValueError",
    /^Expected a dict of \[str, torch\.Tensor\] but received Tensor$/,
  ],
  [
    "memory shared",
    () => save_file({ a: w, b: w.view(2, 1) }, at("q")),
    "RuntimeError",
    /Some tensors share memory.*\[\{'a', 'b'\}\]/,
  ],
  [
    "a view that is not dense",
    () => save_file({ a: torch.ones(2, 3).t() }, at("q")),
    "ValueError",
    /^You are trying to save a non contiguous tensor: `a` which is not allowed\./,
  ],
  [
    "metadata of numbers",
    () => save_file({ w }, at("q"), { metadata: { a: 1 as never } }),
    "TypeError",
    /^argument 'metadata': 'int' object is not an instance of 'str'$/,
  ],
  [
    "the reserved name",
    () => save_file({ __metadata__: w }, at("q")),
    "ValueError",
    /^Key `__metadata__` is invalid/,
  ],
  [
    "a missing folder",
    () => save_file({ w }, at("no/q")),
    "SafetensorError",
    /^Error while serializing: I\/O error: .*No such file or directory/,
  ],
];

for (const [what, action, name, message] of mistakes) {
  test(`${what} is refused, and nothing is written`, () => {
    const names = readdirSync(folder);
    assert.throws(action, { name, message });
    assert.deepEqual(readdirSync(folder), names);
  });
}
