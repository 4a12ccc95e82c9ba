// np.load and np.save: NumPy's own files bit by bit, and ours byte by byte as NumPy writes them.

import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import fc from "fast-check";
import ndarray from "ndarray";
import * as torch from "../../src/index";
import { content, described, expected, fixtures } from "./arrays";

const { np } = torch;
const folder = mkdtempSync(join(tmpdir(), "lab-numpy-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);

test("NumPy's .npy files are read bit by bit", () => {
  const files = expected.filter(({ file }) => file.endsWith(".npy"));
  assert.equal(files.length, 9);
  for (const one of files) {
    assert.deepEqual(described(np.load(join(fixtures, one.file))), content(one), one.file);
  }
});

test("NumPy's .npz archives are read bit by bit: every dtype, order and NaN", () => {
  for (const file of ["numpy.npz", "numpy-compressed.npz"] as const) {
    const wanted = expected.filter((one) => one.file === file);
    const archive = np.load(`${fixtures}/${file}`);
    assert.deepEqual(
      archive.files,
      // named arrays come before those without a name, as NumPy writes them
      wanted
        .map(({ name }) => name)
        .sort((a, b) => Number(/^arr_/.test(a)) - Number(/^arr_/.test(b))),
    );
    for (const one of wanted) {
      assert.deepEqual(described(archive.get(one.name)), content(one), `${file} ${one.name}`);
    }
  }
});

test("column order stays column order, and is written as such", () => {
  const nd = np.load(join(fixtures, "fortran.npy"));
  assert.deepEqual(nd.stride, [1, 2, 6]);
  assert.equal(torch.from_numpy(nd).is_contiguous(), false);
  np.save(at("fortran.npy"), torch.from_numpy(nd));
  assert.deepEqual(readFileSync(at("fortran.npy")), readFileSync(join(fixtures, "fortran.npy")));
});

test("np.save writes the bytes that NumPy writes", () => {
  for (const name of ["f4", "i8", "b1", "fortran", "scalar", "empty"]) {
    np.save(at(name), np.load(join(fixtures, `${name}.npy`)));
    assert.deepEqual(
      readFileSync(at(`${name}.npy`)),
      readFileSync(join(fixtures, `${name}.npy`)),
      name,
    );
  }
});

const dtypes = [torch.float32, torch.float64, torch.int64, torch.int32, torch.uint8, torch.bool];

test("what is saved comes back, in every dtype and shape, from any view", () => {
  const shape = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 });
  fc.assert(
    fc.property(
      shape,
      fc.constantFrom(...dtypes),
      fc.boolean(),
      fc.nat(1000),
      (dims, dtype, turn, seed) => {
        torch.manual_seed(seed);
        const whole = torch.randn(dims).mul(100).to(dtype);
        const x = turn && dims.length > 1 ? whole.transpose(0, dims.length - 1) : whole;
        np.save(at("x.npy"), x);
        assert.deepEqual(described(np.load(at("x.npy"))), described(x));
        np.savez(at("x.npz"), x, { y: x });
        const archive = np.load(at("x.npz") as `${string}.npz`);
        assert.deepEqual(archive.files, ["y", "arr_0"]);
        for (const name of archive.files)
          assert.deepEqual(described(archive.get(name)), described(x));
      },
    ),
    { numRuns: 100 },
  );
});

test("NaN payloads survive strides and both directions", () => {
  const bits = Uint32Array.of(0x7f800001, 1, 0xffc12345, 2, 0x7fbfffff, 3);
  const x = torch.from_numpy(ndarray(new Float32Array(bits.buffer), [3, 2]));
  for (const view of [x, x.t(), x.index(":", 0)]) {
    np.save(at("nan.npy"), view);
    assert.deepEqual(described(np.load(at("nan.npy"))), described(view));
  }
});

test("numbers and nested arrays have NumPy's dtypes", () => {
  const saved = (x: Parameters<typeof np.save>[1]) => {
    np.save(at("plain"), x);
    const nd = np.load(at("plain.npy"));
    return [String(nd.dtype), nd.shape];
  };
  assert.deepEqual(saved([[1, 2.5]]), ["float64", [1, 2]]);
  assert.deepEqual(saved([1, 2]), ["int64", [2]]);
  assert.deepEqual(saved(1.5), ["float64", []]);
  assert.deepEqual(saved([true]), ["bool", [1]]);
  assert.deepEqual(saved(Float32Array.of(1)), ["float32", [1]]);
  assert.deepEqual(saved(ndarray(Int16Array.of(1, 2), [2])), ["int32", [2]]);
  assert.deepEqual(saved(ndarray([1, 2], [2])), ["float64", [2]]);
});

test("compressed archives are small, and the same bytes each time", () => {
  np.savez_compressed(at("zeros.npz"), { zeros: torch.zeros(10000) });
  const first = readFileSync(at("zeros.npz"));
  assert.ok(first.length < 1000);
  np.savez_compressed(at("zeros.npz"), { zeros: torch.zeros(10000) });
  assert.deepEqual(readFileSync(at("zeros.npz")), first);
  const { files } = np.load(at("zeros.npz") as `${string}.npz`);
  assert.deepEqual(files, ["zeros"]);
});

test("an archive says what is in it", () => {
  np.savez(at("pair.npz"), { x: 1, y: [2, 3] });
  const pair = np.load(at("pair.npz") as `${string}.npz`);
  assert.match(String(pair), /^NpzFile '.*pair\.npz' with keys: x, y$/);
  assert.deepEqual(pair.keys(), ["x", "y"]);
  assert.deepEqual(
    pair.items().map(([name, nd]) => [name, nd.shape]),
    [
      ["x", []],
      ["y", [2]],
    ],
  );
  assert.throws(() => pair.get("q"), {
    name: "KeyError",
    message: "q is not a file in the archive",
  });
});

const mistakes: [string, () => unknown, string, RegExp][] = [
  [
    "a missing file",
    () => np.load(at("no.npy")),
    "FileNotFoundError",
    /^\[Errno 2\] No such file or directory: '.*no\.npy'$/,
  ],
  ["a folder", () => np.load(folder), "OSError", /^\[Errno 21\] Is a directory: /],
  [
    "no path",
    () => np.load(3 as never),
    "TypeError",
    /^expected str, bytes or os\.PathLike object, not int$/,
  ],
  ["a NUL in the name", () => np.load("a\0b"), "ValueError", /^embedded null byte$/],
  [
    "pickles on request",
    () => np.load("a.npy", { allow_pickle: true as never }),
    "ValueError",
    /^allow_pickle must be False/,
  ],
  [
    "a missing folder",
    () => np.save(at("no/x.npy"), [1]),
    "FileNotFoundError",
    /^\[Errno 2\] No such file or directory: '.*x\.npy'$/,
  ],
  [
    "a tensor in the graph",
    () => np.save(at("g"), torch.ones(1, { requires_grad: true })),
    "RuntimeError",
    /^Can't call numpy\(\) on Tensor that requires grad/,
  ],
  [
    "a name twice",
    () => np.savez(at("q"), [1], { arr_0: [1] }),
    "ValueError",
    /^Cannot use un-named variables and keyword arr_0$/,
  ],
  [
    "names not last",
    () => np.savez(at("q"), { a: 1 }, 2),
    "TypeError",
    /^an array was expected, not dict$/,
  ],
  ["no numbers", () => np.save(at("q"), "text" as never), "TypeError", /./],
];

for (const [what, action, name, message] of mistakes) {
  test(`${what} is refused`, () => assert.throws(action, { name, message }));
}

test("a file is whole or as it was: a failed write leaves no trace", () => {
  np.save(at("kept.npy"), [1, 2]);
  const before = readFileSync(at("kept.npy"));
  const names = readdirSync(folder).sort();
  const broken = ndarray(new Float64Array(2), [2]);
  Object.defineProperty(broken, "dtype", { value: "int64" });
  broken.data[1] = 0.5; // no whole number: the elements cannot be encoded
  assert.throws(() => np.save(at("kept.npy"), broken));
  assert.throws(() => np.savez(at("kept.npz"), [1], broken));
  assert.deepEqual(readFileSync(at("kept.npy")), before);
  assert.deepEqual(readdirSync(folder).sort(), names);
  assert.ok(!existsSync(at("kept.npz")));
});

test("a write that cannot begin or end leaves nothing either", () => {
  const names = readdirSync(folder).sort();
  writeFileSync(at("plain-file"), "");
  assert.throws(() => np.save(at("plain-file/x"), [1]), {
    name: "OSError",
    message: /Not a directory/,
  });
  rmSync(at("plain-file"));
  assert.deepEqual(readdirSync(folder).sort(), names);
});
