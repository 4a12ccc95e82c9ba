"""The other half of python.test.ts: writes random arrays with the real libraries, and reads ours.

    python roundtrip.py write FOLDER SEED      files and manifest.json
    python roundtrip.py read FOLDER            compares the files with manifest.json, bit by bit

A manifest lists arrays: file, name in the file, dtype, shape, and the elements' bytes row by row.
"""

import json
import os
import sys

import numpy as np
import safetensors.torch
import torch

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "fixtures"))
sys.dont_write_bytecode = True

import make  # noqa: E402

KINDS = "b1 i1 i2 i4 i8 u1 u2 u4 u8 f2 f4 f8".split()
TORCH = "float16 bfloat16 float32 float64 int8 int16 int32 int64 uint8 bool".split()


def random_array(rng, kind):
    """Random bits, also NaN payloads; eight-byte integers within 2^53."""
    shape = tuple(int(n) for n in rng.integers(0, 5, size=rng.integers(0, 5)))
    dtype = np.dtype(kind)
    count = int(np.prod(shape))
    if kind == "b1":
        x = rng.integers(0, 2, size=count).astype(dtype)
    elif kind in ("i8", "u8"):
        low = 0 if kind == "u8" else -(2**53) + 1
        x = rng.integers(low, 2**53, size=count).astype(dtype)
    else:
        x = np.frombuffer(rng.bytes(count * dtype.itemsize), dtype=dtype)
    if kind == "f2":
        # What widens a signalling NaN differs from CPU to CPU.
        x = np.where(np.isnan(x), np.float16(1), x)
    return x.reshape(shape)


def write(folder, seed):
    rng = np.random.default_rng(seed)
    described = []

    def note(file, name, x):
        described.append({"file": file, "name": name, **make.bits(x)})

    arrays = {}
    for i in range(60):
        kind = KINDS[i % len(KINDS)]
        x = random_array(rng, kind)
        if rng.integers(2):
            x = np.asfortranarray(x)
        if rng.integers(2):
            x = x.astype(x.dtype.newbyteorder(">"))
        if x.ndim and rng.integers(3) == 0:
            x = x[::2]
        arrays[f"a{i}"] = x
        np.save(os.path.join(folder, f"a{i}.npy"), x)
        note(f"a{i}.npy", "", x)
    for file, save in (("all.npz", np.savez), ("packed.npz", np.savez_compressed)):
        save(os.path.join(folder, file), **arrays)
        for name, x in arrays.items():
            note(file, name, x)

    tensors, views = {}, {}
    for i in range(40):
        kind = TORCH[i % len(TORCH)]
        if "float" in kind and kind not in ("float32", "float64"):
            x = np.asarray(np.abs(random_array(rng, "f4").clip(-9, 9)))
            t = torch.from_numpy(x).to(getattr(torch, kind))
            t = torch.nan_to_num(t)
        else:
            t = torch.from_numpy(random_array(rng, np.dtype(kind).str[1:])).clone()
        tensors[f"t{i}"] = t
        views[f"t{i}"] = t
        views[f"v{i}"] = t.transpose(0, -1) if t.dim() > 1 else t[1:] if t.dim() else t.expand(2)
    safetensors.torch.save_file(tensors, os.path.join(folder, "all.safetensors"))
    torch.save(views, os.path.join(folder, "all.pt"))
    for name, t in tensors.items():
        note("all.safetensors", name, t)
    for name, t in views.items():
        note("all.pt", name, t)
    with open(os.path.join(folder, "manifest.json"), "w") as f:
        json.dump(described, f)


def read(folder):
    with open(os.path.join(folder, "manifest.json")) as f:
        wanted = json.load(f)
    opened = {}
    for one in wanted:
        file = one["file"]
        path = os.path.join(folder, file)
        if file not in opened:
            is_safe = file.endswith(".safetensors")
            opened[file] = safetensors.torch.load_file(path) if is_safe else np.load(path)
        found = opened[file][one["name"]] if one["name"] else opened[file]
        expected = {key: one[key] for key in ("dtype", "shape", "hex")}
        if make.bits(found) != expected:
            sys.exit(f"{file} {one['name']}: {make.bits(found)}, not {expected}")
    print(f"{len(wanted)} arrays equal")


if __name__ == "__main__":
    if sys.argv[1] == "write":
        write(sys.argv[2], int(sys.argv[3]))
    else:
        read(sys.argv[2])
