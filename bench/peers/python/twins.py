"""The Python twins folded in the notebooks, as programs."""

import json
import os
import re

NOTEBOOKS = os.path.join(os.path.dirname(__file__), "..", "..", "..", "notebooks")


def blocks(exercise):
    """The twin blocks of an exercise, 1 to 5, in order."""
    (name,) = [n for n in os.listdir(NOTEBOOKS) if n.startswith(f"0{exercise}_") and n.endswith(".ipynb")]
    with open(os.path.join(NOTEBOOKS, name), encoding="utf-8") as f:
        cells = json.load(f)["cells"]
    twins = ["".join(c["source"]) for c in cells if "twin" in c["metadata"].get("tags", [])]
    return [code for twin in twins for code in re.findall(r"```python\n(.*?)```", twin, flags=re.S)]


def before(found, part):
    """The blocks before the first one that holds `part`."""
    (first, *_) = [i for i, code in enumerate(found) if part in code]
    return found[:first], found[first]
