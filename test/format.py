"""format.json: what Python's % operator makes of numbers and texts.

    python3 test/format.py
"""

import json
import os
import random
import struct

random.seed(1)
FLOATS = [0.0, -0.0, 1.0, -1.0, 0.5, 1.5, 2.5, 0.125, 0.8125, 0.0005, 2.675, 1e15, 1e16, 123456789.0, 1e22, 1e23,
          1e-4, 9.9999e-5, 0.1, 1 / 3, 2 / 3, 5e-324, 1.7976931348623157e308, 999999.5, 9.5, 99.95, 1e100,
          float("inf"), -float("inf"), float("nan")]
FLOATS += [struct.unpack("<d", struct.pack("<Q", random.getrandbits(64)))[0] for _ in range(60)]
FLOATS += [round(random.uniform(-1000, 1000), random.randint(0, 6)) for _ in range(60)]
INTS = [0, 1, -1, 7, -42, 255, 10**6, 2**53 - 1, -(2**53) + 1]
FLOAT_FORMATS = ["%f", "%.0f", "%.1f", "%.3f", "%.5f", "%10.2f", "%-10.2f|", "%+.2f", "% .2f", "%08.3f", "%+08.1f",
                 "%e", "%.0e", "%.3e", "%12.2e", "%E", "%g", "%.3g", "%.0g", "%10g", "%G", "%s", "%r", "%.3s"]
INT_FORMATS = ["%d", "%i", "%5d", "%-5d|", "%05d", "%+d", "% d", "%x", "%o", "%X", "%s", "%.2f", "%3s|"]
TEXT_FORMATS = ["%s", "%10s|", "%-10s|", "%.2s", "%r", "%%|%s"]


def cases():
    for template in FLOAT_FORMATS:
        for x in FLOATS:
            yield template, [x]
    for template in ["%d", "%5d", "%x", "%o"]:
        for x in [2.0, -2.9, 2.5, 1e20] if template in ("%d", "%5d") else []:
            yield template, [x]
    for template in INT_FORMATS:
        for x in INTS:
            yield template, [x]
    for template in TEXT_FORMATS:
        for x in ["", "abc", "小明", "it's"]:
            yield template, [x]
    for x in [True, False]:
        for template in ["%s", "%d", "%.1f", "%r"]:
            yield template, [x]
    yield "epoch: %d loss:%.5f acc: %.3f", [1, 0.711311, 0.8125]
    yield "%d%%", [5]
    yield "%5.1f%%|", [12.345]
    yield "no values", []
    yield "100%%", []
    for template, values in [("%d", []), ("%d %d", [1]), ("%d", [1, 2]), ("", [1]), ("%d", ["a"]), ("%f", ["a"]),
                             ("%q", [1]), ("%", [1]), ("%5", [1]), ("%d", [float("nan")]), ("%d", [float("inf")]),
                             ("%x", [1.5]), ("%x", ["a"]), ("%c", [65]), ("%c", ["a"]), ("%c", ["ab"])]:
        yield template, values


def encode(x):
    if isinstance(x, float):
        return {"float": struct.pack(">d", x).hex()}
    return x


def run(template, values):
    row = [template, [encode(x) for x in values]]
    try:
        return row + [template % tuple(values)]
    except Exception as error:
        return row + [None, type(error).__name__, str(error)]


here = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(here, "format.json"), "w", encoding="utf-8", newline="\n") as file:
    lines = ",\n".join(json.dumps(run(*case), ensure_ascii=False) for case in cases())
    file.write(f"[\n{lines}\n]\n")
