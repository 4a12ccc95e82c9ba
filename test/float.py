"""float.json: C's pow, and logarithms rounded from 60 digits.

    python3 test/float.py
"""

import ctypes
import decimal
import json
import os
import random
import struct

libm = ctypes.CDLL("libm.so.6")
libm.pow.restype = ctypes.c_double
libm.pow.argtypes = [ctypes.c_double, ctypes.c_double]
decimal.getcontext().prec = 60
random.seed(2)

INF, NAN = float("inf"), float("nan")
SPECIAL = [0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 2.0, -2.0, 3.0, -3.0, 2.5, -2.5, INF, -INF, NAN, 5e-324, -5e-324,
           2.0**53, 2.0**53 + 2, -(2.0**53) - 2, 1.7976931348623157e308, 1e-300, 0.1, 64.0, 65.0, -64.0, 1 + 2**-52]


def bits(x):
    return struct.pack(">d", x).hex()


powers = [(x, y) for x in SPECIAL for y in SPECIAL]
powers += [(random.uniform(0, 10), random.uniform(-20, 20)) for _ in range(400)]
powers += [(random.uniform(-5, 5), float(random.randint(-70, 70))) for _ in range(300)]
powers += [(10.0 ** random.uniform(-300, 300), random.uniform(-1, 1)) for _ in range(200)]
powers += [(1 + random.uniform(-1e-6, 1e-6), random.uniform(-1e6, 1e6)) for _ in range(100)]
logs = [random.uniform(0, 2) for _ in range(500)] + [10.0 ** random.uniform(-300, 300) for _ in range(300)]
logs += [1 + random.uniform(-1e-8, 1e-8) for _ in range(200)]

here = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(here, "float.json"), "w", encoding="utf-8", newline="\n") as file:
    json.dump(
        {
            "pow": [[bits(x), bits(y), bits(libm.pow(x, y))] for x, y in powers],
            "log": [[bits(x), bits(float(decimal.Decimal(x).ln()))] for x in logs],
        },
        file,
        separators=(",", ":"),
    )
    file.write("\n")
