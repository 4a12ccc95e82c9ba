"""programs.json: short programs of the next chapters, and what they print from seed 0."""

import contextlib
import glob
import io
import os
import re

import torch

import book

HERE = os.path.dirname(os.path.abspath(__file__))
PREAMBLE = """\
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import optim
from torch.utils import data
from d2l import torch as d2l
torch.manual_seed(0)
"""


def blocks():
    """Every program with its tag: the file's name, and the line that begins it."""
    for path in sorted(glob.glob(os.path.join(HERE, "programs", "*.py"))):
        with open(path, encoding="utf-8") as f:
            parts = re.split(r"^# %% (.*)\n", f.read(), flags=re.M)
        tag = os.path.basename(path)[: -len(".py")]
        for name, code in zip(parts[1::2], parts[2::2]):
            yield tag, name, code.strip() + "\n"


def run(tag, name, code):
    """One program and its output."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(PREAMBLE + code, {"__name__": "__main__"})
    return {"tag": tag, "name": name, "code": code, "stdout": out.getvalue()}


def build():
    """Content of programs.json."""
    book.install()
    torch.manual_seed(0)
    return {"preamble": PREAMBLE, "cases": [run(*block) for block in blocks()]}
