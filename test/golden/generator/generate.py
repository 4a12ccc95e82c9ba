#!/usr/bin/env python
"""Write the golden files from a real PyTorch: python generate.py [--out FOLDER] [part ...]

Parts: rng repr ops errors lab1 lab2 lab3 lab4 notebook lab5 lab6 lab7small lab7 lab8 lab9
(default: all); each becomes FOLDER/<part>.json, and meta.json records what they were made with.
lab5, lab7 and lab8 need the four Fashion-MNIST files in the folder that FASHION_MNIST_DIR names
and take some minutes.
"""

import argparse
import json
import os
import platform
import sys
import warnings

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
sys.dont_write_bytecode = True

import numpy as np  # noqa: E402
import safetensors  # noqa: E402
import torch  # noqa: E402

import exercises  # noqa: E402
import mistakes  # noqa: E402
import operations  # noqa: E402
import printing  # noqa: E402
import programs  # noqa: E402
import streams  # noqa: E402

BUILDERS = {
    "rng": streams.build,
    "repr": printing.build,
    "ops": operations.build,
    "errors": mistakes.build,
    "programs": programs.build,
}
LABS = ["lab1", "lab2", "lab3", "lab4", "notebook", "lab5"]
LABS += ["lab6", "lab7small", "lab7", "lab8", "lab9"]
# Two threads: a sum of more than 32768 elements is cut where the second thread starts.
THREADS = 2


def write(path, content, **layout):
    """Write one JSON file whole or not at all."""
    with open(path + ".part", "w", encoding="utf-8", newline="\n") as f:
        json.dump(content, f, ensure_ascii=False, **layout)
        f.write("\n")
    os.replace(path + ".part", path)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", default=os.path.dirname(HERE))
    parser.add_argument("parts", nargs="*", choices=[*BUILDERS, *LABS, []], metavar="part")
    args = parser.parse_args()
    os.makedirs(args.out, exist_ok=True)
    torch.set_num_threads(THREADS)
    warnings.simplefilter("ignore")
    for part in args.parts or [*BUILDERS, *LABS]:
        content = BUILDERS[part]() if part in BUILDERS else exercises.build(part)
        # The mistakes are read by people too: one field a line.
        layout = {"indent": 1} if part == "errors" else {"separators": (",", ":")}
        write(os.path.join(args.out, part + ".json"), content, **layout)
        print("wrote", part + ".json", flush=True)
    meta = {
        "torch": torch.__version__,
        "numpy": np.__version__,
        "safetensors": safetensors.__version__,
        "python": platform.python_version(),
        "libc": platform.libc_ver(),
        "cpu_capability": torch.backends.cpu.get_cpu_capability(),
        "threads": torch.get_num_threads(),
    }
    write(os.path.join(args.out, "meta.json"), meta, indent=1)


if __name__ == "__main__":
    main()
