"""errors.json: Python code and what PyTorch says to it: exception, exact sentence, warnings."""

import json
import os
import re
import warnings

import numpy as np  # noqa: F401  the code of the cases uses np
import torch  # noqa: F401

HERE = os.path.dirname(os.path.abspath(__file__))
PREAMBLE = """\
import torch, numpy as np
import torch.nn as nn
import torch.nn.functional as F
"""
# C++ warnings end with the place in the build tree where they were raised.
BUILD_PATH = re.compile(r" \(Triggered internally at [^)]*\)")


def run(tag, code):
    """Run one mistake and record the exception, if any, and the warnings before it."""
    record = {"tag": tag, "code": code}
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        try:
            exec(PREAMBLE + code, {"__name__": "__main__"})
            record["raises"] = None
        except BaseException as e:
            record["raises"] = type(e).__name__
            record["mro"] = [c.__name__ for c in type(e).__mro__[1:-2]]
            record["message"] = str(e)
            record["last_line"] = f"{type(e).__name__}: {e}"
    if seen:
        record["warnings"] = [
            {"category": w.category.__name__, "message": BUILD_PATH.sub("", str(w.message))}
            for w in seen
        ]
    return record


def build():
    """Content of errors.json; the cases stand in mistakes.json, {tag: [code, ...]}."""
    with open(os.path.join(HERE, "mistakes.json"), encoding="utf-8") as f:
        cases = json.load(f)
    return {
        "preamble": PREAMBLE,
        "cases": [run(tag, code) for tag, codes in cases.items() for code in codes],
    }
