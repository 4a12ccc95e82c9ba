"""Single operations. Arguments: torch or numpy, threads (of torch), the operation, its size."""

import sys

import serve

library, threads, name, size = sys.argv[1], int(sys.argv[2]), sys.argv[3], int(sys.argv[4])
if library == "torch":
    import torch

    torch.set_num_threads(threads)
    torch.manual_seed(0)
    if name == "matmul":
        a, b = torch.rand(size, size), torch.rand(size, size)
    else:
        a, b = torch.rand(size) + 0.5, torch.rand(size) + 0.5
    binary = {"add": torch.add, "mul": torch.mul, "matmul": torch.matmul}
    unary = {"exp": torch.exp, "log": torch.log, "sum": torch.sum}
else:
    import numpy as np

    random = np.random.default_rng(0)
    if name == "matmul":
        a, b = (random.random((size, size), np.float32) for _ in range(2))
    else:
        a, b = (random.random(size, np.float32) + np.float32(0.5) for _ in range(2))
    binary = {"add": np.add, "mul": np.multiply, "matmul": np.matmul}
    unary = {"exp": np.exp, "log": np.log, "sum": np.sum}


def work():
    """The operation once; its result is dropped."""
    if name in binary:
        binary[name](a, b)
    else:
        unary[name](a)


serve.serve(serve.repeated(work))
