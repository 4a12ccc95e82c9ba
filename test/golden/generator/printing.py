"""repr.json: what print() shows of tensors, of their grad_fn, and of Python's numbers."""

import math
import random
import struct

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

import encode
from printed_expressions import EXPRESSIONS, IN_PLACE, PRINTED

SEED = 0
RANDOM_TENSORS = 160
RANDOM_FLOATS = 300
INF, NAN = math.inf, math.nan

SCALARS = [
    *[0.0, -0.0, 1.0, -1.0, 1.5, 100.0, 1e4, 1e5, 123456.0, 1e7, 1e8, 1.1e8, 1e9, 1e-3, 1e-4],
    *[9.9e-5, 1e-5, 1e-10, 1e-40, 3.4e38, INF, -INF, NAN, 0.5, 0.03125, 0.00005, 0.00015, 2.675],
    *[1 / 3, 99999.5, 16777216.0],
]
# At the borders of the scientific notation, of the integer format, and with nan and inf.
VECTORS = [
    *[[1.0, 1000.0], [1.0, 1001.0], [1.0, 1000.5], [0.1, 100.0], [0.1, 100.1], [1e-4, 1e-2]],
    *[[9e-5, 1e-3], [1e8, 1e7], [1.0001e8, 1e7], [NAN, 1.0], [INF, 1.0], [-INF, 1.0]],
    *[[NAN, INF, -INF], [NAN, 1.5], [INF, 1.5, -2.25], [NAN, 1e-7, 1.0], [0.0, 0.0, 0.0]],
    *[[0.0, -0.0], [0.0, 1e-6], [1.0, 2.0, 3.0], [-1.0, 2.0, 3.0], [1.5, -2.5], [1.0, 2.5, 1e6]],
    *[[1.0, 2.0, 1e6], [1e5, 2e5], [12345678.0, 1.0], [12345678.0, 9876543.0], [0.99995, 1.0]],
    *[[9.99995, 1.0], [0.00005, 0.01], [1000000.5, 999999.5], [0.1, 0.2, 0.3], [1e-45, 1.0]],
    *[[3e38, 1.0], [1e10, 2e10], [1e10, 3.0]],
]
INTEGERS = [[0], [1, 2, 3], [-1, 10, 100], [2**62, -(2**63)], [[1, 2], [3, 4]]]
INTEGERS += [[[-10, 2], [3, 400]], 7, -7, [[[1]]]]
BOOLEANS = [True, [True], [True, False], [[True, False], [False, False]], [False] * 30]
EMPTY_SHAPES = [(0,), (0, 3), (3, 0), (2, 0, 4), (1, 0)]
SHAPES = [(1, 1), (2, 3), (3, 1), (1, 3), (2, 3, 4), (2, 1, 1, 2), (1, 1, 1, 1), (3, 30)]
SHAPES += [(2, 2, 2, 2, 2), (4, 12)]
# Around 1000 elements, where the printed form is cut, in one to four dimensions.
LARGE_SHAPES = [
    *[(1000,), (1001,), (5000,), (10, 100), (11, 100), (100, 11), (7, 143), (6, 167), (6, 200)],
    *[(1001, 1), (1, 1001), (2, 3, 200), (10, 10, 11), (20, 30, 7), (256, 1, 28, 28)],
    *[(7, 7, 7, 7), (500, 3), (3, 500), (60, 60)],
]
FLOATS = [
    *[0.0, -0.0, 1.0, -1.0, 0.1, 0.5, 1e16, 9999999999999998.0, 1e15, 123456789012345680.0],
    *[1e-4, 1e-5, 0.00001234, 5e-324, 1.7976931348623157e308, INF, -INF, NAN, 0.125, 0.0625],
    *[0.03125, 0.015625, 2.5, 3.5, 0.000005, 0.000015, 1.000005, 2.675, 1e22, 1e21, 0.8125],
    *[0.0005, 0.0015, 0.0025, 0.5 / 1024, 1 / 3],
]


def pattern(dtype, shape, mul, mod, off, div):
    """A tensor too large to list: element i, row by row, is ((i * mul) % mod + off) / div;
    integers and bools are not divided."""
    n = math.prod(shape)
    v = (torch.arange(n, dtype=torch.int64) * mul) % mod + off
    t = (v.double() / div).to(dtype) if dtype.is_floating_point else v.to(dtype)
    spec = {
        "dtype": encode.DTYPE_NAMES[dtype],
        "shape": list(shape),
        "pattern": {"mul": mul, "mod": mod, "off": off, "div": div},
    }
    return t.reshape(shape), spec


class Tensors:
    """Collects tensors and their reprs; g and r are the streams behind the random ones."""

    def __init__(self, seed):
        self.g = torch.Generator().manual_seed(9000 + seed)
        self.r = random.Random(9000 + seed)
        self.cases = []

    def add(self, t, tag, spec=None, grad=False):
        if grad:
            t = t.clone().requires_grad_(True)
        case = {
            "tag": tag,
            **(spec or encode.tensor(t)),
            "requires_grad": grad,
            "repr": repr(t),
        }
        assert str(t) == case["repr"]
        self.cases.append(case)

    def chosen(self):
        """Tensors picked by hand."""
        for v in SCALARS:
            self.add(torch.tensor(v), "scalar")
            self.add(torch.tensor([v]), "one")
            self.add(torch.tensor([v, 1.0]), "pair1")
            self.add(torch.tensor([v, 0.25]), "pairq")
        for xs in VECTORS:
            self.add(torch.tensor(xs), "vec")
            self.add(torch.tensor(xs, dtype=torch.float64), "vec64")
            self.add(torch.tensor(xs), "vecgrad", grad=True)
        for shape in EMPTY_SHAPES:
            for dtype in (torch.float32, torch.float64, torch.int64, torch.bool, torch.int32):
                self.add(torch.empty(shape, dtype=dtype), "empty")
            self.add(torch.empty(shape), "emptygrad", grad=True)
        for xs in INTEGERS:
            self.add(torch.tensor(xs, dtype=torch.int64), "int")
            if xs != [2**62, -(2**63)]:
                self.add(torch.tensor(xs, dtype=torch.int32), "int")
        self.add(torch.tensor([1, 200], dtype=torch.uint8), "u8")
        self.add(torch.tensor([-128, 5], dtype=torch.int8), "i8")
        self.add(torch.tensor([-300, 5], dtype=torch.int16), "i16")
        for xs in BOOLEANS:
            self.add(torch.tensor(xs), "bool")
        for n in (5, 8, 9, 10, 11, 20, 40, 100):
            self.add(torch.arange(n), "arange")
            self.add(torch.arange(n) / 8, "arangef")
            self.add(torch.arange(n).float(), "arangeff")
            self.add(torch.arange(n) % 2 == 0, "arangeb")
        for shape in SHAPES:
            self.add(torch.randn(shape, generator=self.g), "nd")
            self.add(torch.randn(shape, generator=self.g), "ndgrad", grad=True)
            self.add(torch.randint(-50, 50, shape, generator=self.g), "ndint")
            self.add(torch.randn(shape, generator=self.g).double(), "nd64")
            self.add(torch.randn(shape, generator=self.g) > 0, "ndbool")

    def large(self):
        """Tensors given by a formula."""
        for shape in LARGE_SHAPES:
            for tag, *recipe in [
                ("big", torch.float32, 7919, 1009, -500, 64),
                ("bigint", torch.int64, 7919, 1009, -500, 1),
                ("bigsci", torch.float32, 7919, 10007, 1, 1000),
                ("bigbool", torch.bool, 3, 2, 0, 1),
                ("bigpix", torch.float32, 5, 1000, 0, 255),
            ]:
                t, spec = pattern(recipe[0], shape, *recipe[1:])
                self.add(t, tag, spec, grad=tag == "bigpix")

    def drawn(self, count):
        """Random shapes with random magnitudes, ties, non-finite values, ints and bools."""
        r = self.r
        for _ in range(count):
            dims = r.choice([0, 1, 1, 1, 2, 2, 2, 3, 4])
            shape = [r.choice([1, 2, 3, 4, 5, 7, 10]) for _ in range(dims)]
            if math.prod(shape) > 150:
                shape = shape[:2]
            kind = r.randrange(9)
            t = self.values(kind, torch.randn(shape, generator=self.g), shape)
            grad = t.dtype.is_floating_point and r.random() < 0.25
            self.add(t, "random", grad=grad)

    def values(self, kind, t, shape):
        """Turn normal draws into one of nine kinds of content."""
        r = self.r
        if kind == 1:
            return t * 10 ** r.uniform(-6, 9)
        if kind == 2:
            return (t * 10 ** r.uniform(0, 6)).round()
        if kind == 3:
            return t.double() * 10 ** r.uniform(-8, 10)
        if kind == 4:
            low, high = -(10 ** r.randint(1, 12)), 10 ** r.randint(1, 12)
            return torch.randint(low, high, shape, generator=self.g)
        if kind == 5:
            return t > 0.3
        if kind == 6:
            return torch.exp(t * r.uniform(0, 8))
        if kind == 7 and t.numel():
            t = t.clone()
            flat = t.view(-1)
            flat[r.randrange(len(flat))] = r.choice([NAN, INF, -INF, 0.0, -0.0, 1e-5])
            return t
        if kind == 8:  # exact ties of the decimal rounding
            return (t * 64).round() / 32768 * r.choice([1, 16, 1024])
        return t

    def drawn_large(self, count):
        """Random large shapes, by formula."""
        r = self.r
        for _ in range(count):
            shape = r.choice(
                [
                    (r.randint(1001, 3000),),
                    (r.randint(8, 60), r.randint(130, 300)),
                    (r.randint(130, 300), r.randint(8, 60)),
                    (r.randint(3, 9), r.randint(4, 30), r.randint(40, 90)),
                ]
            )
            dtype = r.choice([torch.float32, torch.float64, torch.int64])
            mul, mod = r.choice([7919, 104729, 13]), r.choice([1009, 10007, 251])
            off, div = r.choice([0, -100, 1]), r.choice([1, 8, 64, 1000, 255])
            t, spec = pattern(dtype, shape, mul, mod, off, div)
            self.add(t, "bigrandom", spec)


def tensor_reprs():
    """The list `tensors` of repr.json."""
    tensors = Tensors(SEED)
    tensors.chosen()
    tensors.large()
    tensors.drawn(RANDOM_TENSORS)
    tensors.drawn_large(RANDOM_TENSORS // 8)
    return tensors.cases


def grad_fn_reprs():
    """The entry `grad_fn`: results of expressions over a few small leaves."""
    torch.manual_seed(0)  # nn.Linear draws its weights from the default generator
    g = torch.Generator().manual_seed(77 + SEED)
    a, b, m, v = (
        torch.randn(shape, generator=g).requires_grad_() for shape in [(2, 3), (2, 3), (3, 2), (3,)]
    )
    i, y = torch.tensor([1, 0]), torch.tensor([2, 0])
    inputs = {"a": a, "b": b, "m": m, "v": v, "i": i, "y": y}
    names = {**inputs, "torch": torch, "nn": nn, "F": F}
    cases = []
    for expression in EXPRESSIONS:
        t = eval(expression, dict(names))
        cases.append(
            {
                "expr": expression,
                "result": encode.tensor(t),
                "grad_fn": encode.grad_fn_name(t),
                "requires_grad": t.requires_grad,
                "is_leaf": t.is_leaf,
                "repr": repr(t),
            }
        )
    for code in IN_PLACE:
        ns = dict(names)
        exec(code, ns)
        c = ns["c"]
        cases.append(
            {
                "code": code,
                "result": encode.tensor(c),
                "grad_fn": encode.grad_fn_name(c),
                "repr": repr(c),
            }
        )
    return {"inputs": {k: encode.tensor(t) for k, t in inputs.items()}, "cases": cases}


def float_formats():
    """The list `python.floats`: one float in each of Python's notations that the labs use."""
    r = random.Random(555 + SEED)
    values = list(FLOATS)
    for _ in range(RANDOM_FLOATS):
        kind = r.randrange(5)
        if kind == 0:  # any bit pattern
            v = struct.unpack("<d", struct.pack("<Q", r.getrandbits(64)))[0]
        elif kind == 1:
            v = r.gauss(0, 1) * 10 ** r.randint(-8, 8)
        elif kind == 2:  # what .item() of a float32 tensor gives
            v = float(np.float32(r.gauss(0, 1)))
        elif kind == 3:  # exact ties of the decimal rounding
            v = r.randint(-2000, 2000) / 2 ** r.randint(0, 14)
        else:
            v = round(r.uniform(-100, 100), r.randint(0, 6))
        values.append(v)
    return [
        {
            "bits": encode.bits64(np.array([v]))[0],
            "repr": repr(v),
            "%.5f": "%.5f" % v,
            "%.3f": "%.3f" % v,
            ".0f": f"{v:.0f}",
            ".4e": f"{v:.4e}",
            ".2f": f"{v:.2f}",
            "%d": ("%d" % v) if math.isfinite(v) and abs(v) < 2**53 else None,
            "g": f"{v:g}",
        }
        for v in values
    ]


def build():
    """Content of repr.json."""
    printed = [
        {"code": code, "print": str(eval(code, {"torch": torch, "np": np}))} for code in PRINTED
    ]
    return {
        "tensors": tensor_reprs(),
        "grad_fn": grad_fn_reprs(),
        "python": {"floats": float_formats(), "print": printed},
    }
