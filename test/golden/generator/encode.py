"""Bit patterns for JSON: numbers that must survive to the last bit are not written as decimals."""

from functools import reduce

import numpy as np
import torch

DTYPE_NAMES = {
    torch.float32: "float32",
    torch.float64: "float64",
    torch.int64: "int64",
    torch.int32: "int32",
    torch.int16: "int16",
    torch.int8: "int8",
    torch.uint8: "uint8",
    torch.bool: "bool",
}


def bits32(t):
    """float32 tensor -> its elements, row by row, as unsigned 32-bit patterns."""
    a = t.detach().contiguous().numpy().astype(np.float32, copy=False).ravel()
    return a.view(np.uint32).tolist()


def bits64(values):
    """float64 array -> its elements as patterns of 16 hexadecimal digits."""
    return ["%016x" % v for v in np.ascontiguousarray(values).view(np.uint64).ravel().tolist()]


def digest(words):
    """A long list in short: its length, sum mod 2^32, xor, and first 24 items."""
    return {
        "n": len(words),
        "sum": sum(words) % 2**32,
        "xor": reduce(lambda a, b: a ^ b, words, 0),
        "first": words[:24],
    }


def decimal_strings(t):
    """Integer tensor -> decimal strings, since a JSON number is safe only up to 2^53."""
    return [str(v) for v in t.tolist()]


def tensor(t):
    """Tensor -> {dtype, shape, data}; data row by row, in the encoding of its dtype."""
    a = t.detach().contiguous().numpy().ravel()
    if t.dtype == torch.float32:
        data = a.view(np.uint32).tolist()
    elif t.dtype == torch.float64:
        data = bits64(a)
    elif t.dtype == torch.bool:
        data = [int(v) for v in a]
    else:
        data = [int(v) if abs(int(v)) < 2**53 else str(int(v)) for v in a]
    return {"dtype": DTYPE_NAMES[t.dtype], "shape": list(t.shape), "data": data}


def grad_fn_name(t):
    """Class name of a tensor's grad_fn, or None."""
    return None if t.grad_fn is None else type(t.grad_fn).__name__
