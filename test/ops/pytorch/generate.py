"""What PyTorch says to the lines of cases.py: the repr of the last expression, or the exception.

    python3.11 -m venv /tmp/golden && /tmp/golden/bin/pip install -r test/golden/generator/requirements.txt
    /tmp/golden/bin/python test/ops/pytorch/generate.py
"""

import ast
import json
import os
import re
import warnings

import torch
import torch.nn as nn
import torch.nn.functional as F

from cases import TOPICS

HERE = os.path.dirname(os.path.abspath(__file__))
WHERE_BUILT = re.compile(r" \(Triggered internally at [^)]*\)")


def run(code):
    """[code, repr], or [code, null, class, message]."""
    names = {"torch": torch, "nn": nn, "F": F}
    torch.set_printoptions(profile="default", sci_mode=None)
    torch.manual_seed(0)
    tree = ast.parse(code)
    last = tree.body.pop()
    try:
        exec(compile(tree, "case", "exec"), names)
        value = eval(compile(ast.Expression(last.value), "case", "eval"), names)
        return [code, repr(value)]
    except Exception as error:
        return [code, None, type(error).__name__, WHERE_BUILT.sub("", str(error))]


def main():
    warnings.simplefilter("ignore")
    for topic, codes in TOPICS.items():
        rows = [run(code) for code in dict.fromkeys(codes)]
        lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
        path = os.path.join(HERE, f"{topic}.json")
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            file.write(f'{{"torch": "{torch.__version__}", "cases": [\n{lines}\n]}}\n')
        print(topic, len(rows))


main()
