// Both ways with the real libraries: random dtypes, shapes, orders, byte orders and bits.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import type { NdArray } from "ndarray";
import * as torch from "../../src/index";
import { content, type Described, described } from "./arrays";
import { pythonWithTorch } from "./python";

const { np, safetensors } = torch;
const python = pythonWithTorch();
const skip =
  python === null && "no Python with torch, numpy and safetensors (LAB_PYTHON names one)";
const folder = mkdtempSync(join(tmpdir(), "lab-python-"));
after(() => rmSync(folder, { recursive: true, force: true }));

function run(...args: string[]): string {
  const script = join(__dirname, "roundtrip.py");
  const { status, stdout, stderr } = spawnSync(
    python as string,
    ["-W", "ignore", script, ...args],
    {
      encoding: "utf8",
    },
  );
  assert.equal(status, 0, stderr);
  return stdout.trim();
}

/** Every array of a file, by name. */
function readAll(file: string): (name: string) => torch.Tensor | NdArray {
  const path = join(folder, file);
  if (file.endsWith(".npy")) return () => np.load(path);
  if (file.endsWith(".npz")) {
    const archive = np.load(path as `${string}.npz`);
    return (name) => archive.get(name);
  }
  const tensors = file.endsWith(".pt") ? torch.load(path) : safetensors.load_file(path);
  return (name) => tensors[name];
}

/** Elements with all kinds of bits, NaN payloads among them. */
function randomTensor(seed: number): torch.Tensor {
  torch.manual_seed(seed);
  const dtypes = [torch.float32, torch.float64, torch.int64, torch.int32, torch.uint8, torch.bool];
  const dtype = dtypes[seed % dtypes.length];
  const dims = Array.from({ length: seed % 5 }, () => torch.randint(0, 5, [1]).item() as number);
  if (!dtype.is_floating_point) return torch.randint(-(2 ** 31), 2 ** 31, dims).to(dtype);
  const words = torch.randint(-(2 ** 31), 2 ** 31, [2 * dims.reduce((n, m) => n * m, 1)]).int();
  const { buffer } = (words.array as Int32Array).slice();
  const values = dtype === torch.float32 ? new Float32Array(buffer) : new Float64Array(buffer);
  return torch
    .from_numpy(torch.tensor(values).numpy())
    .as_strided(dims, torch.zeros(dims).stride());
}

describe("files of the real libraries", { skip }, () => {
  test("theirs are read bit by bit", () => {
    const seed = String(Date.now() % 2 ** 31);
    run("write", folder, seed);
    const wanted: Described[] = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));
    assert.equal(wanted.length, 60 + 60 + 60 + 40 + 80);
    const opened = new Map<string, ReturnType<typeof readAll>>();
    for (const one of wanted) {
      const read = opened.get(one.file) ?? readAll(one.file);
      opened.set(one.file, read);
      assert.deepEqual(
        described(read(one.name)),
        content(one),
        `seed ${seed}: ${one.file} ${one.name}`,
      );
    }
  });

  test("ours are read bit by bit there", () => {
    const manifest: Described[] = [];
    const note = (file: string, name: string, x: torch.Tensor) =>
      manifest.push({ file, name, ...described(x) });
    const tensors: Record<string, torch.Tensor> = {};
    for (let seed = 0; seed < 60; seed++) {
      const t = randomTensor(seed);
      tensors[`ours${seed}`] = t;
      const x = t.dim() > 1 ? t.transpose(0, t.dim() - 1) : t;
      np.save(join(folder, `ours${seed}`), x);
      note(`ours${seed}.npy`, "", x);
    }
    np.savez(join(folder, "ours"), tensors);
    np.savez_compressed(join(folder, "ours-packed"), tensors);
    safetensors.save_file(tensors, join(folder, "ours.safetensors"), { metadata: { by: "é" } });
    for (const file of ["ours.npz", "ours-packed.npz", "ours.safetensors"]) {
      for (const [name, t] of Object.entries(tensors)) note(file, name, t);
    }
    writeFileSync(join(folder, "manifest.json"), JSON.stringify(manifest));
    assert.equal(run("read", folder), "240 arrays equal");
  });

  test("PyTorch says to the weights of notebook 09 what is kept beside them", () => {
    const data = join(__dirname, "..", "..", "data", "from-python");
    const answer = join(folder, "answer.npy");
    const weights = join(data, "ours.safetensors");
    const args = ["-B", join(data, "predict.py"), weights, answer];
    const { status, stderr } = spawnSync(python as string, args, { encoding: "utf8" });
    assert.equal(status, 0, stderr);
    assert.deepEqual(readFileSync(answer), readFileSync(join(data, "ours-logits.npy")));
  });
});
