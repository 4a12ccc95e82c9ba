"""The runs that a command line asks for: `-p seed=0..39 -p lr=0.01,0.1` is eighty of them."""

import json
import math
import re
from collections.abc import Iterable, Iterator
from itertools import product
from typing import Any

#: More runs than this in one sweep are taken for a slip of the keyboard.
MOST = 100_000

RANGE = re.compile(r"(-?\d+)\.\.(-?\d+)(?:\.\.(-?\d+))?\Z")
INTEGER = re.compile(r"[-+]?\d+\Z")
FLOAT = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?\Z")
WORDS = {"true": True, "false": False, "null": None, "none": None}
NUMBERS = {"nan": math.nan, "inf": math.inf, "+inf": math.inf, "-inf": -math.inf}

Parameters = dict[str, Any]


class UsageError(Exception):
    """What was asked for cannot be done; the message says what is wrong, `hint` what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


def pieces(text: str) -> Iterator[str]:
    """A text cut at its commas, but not inside brackets, braces or quotes.

    >>> list(pieces('1,[2,3],"a,b"'))
    ['1', '[2,3]', '"a,b"']
    """
    depth, quote, piece = 0, "", ""
    for at, character in enumerate(text):
        if quote:
            if character == quote and text[at - 1] != "\\":
                quote = ""
        elif character in "\"'":
            quote = character
        elif character in "[{":
            depth += 1
        elif character in "]}":
            depth -= 1
        elif character == "," and depth == 0:
            yield piece
            piece = ""
            continue
        piece += character
    yield piece


def values(piece: str) -> Iterable[Any]:
    """The values that one piece stands for.

    >>> list(values("0..6..3")), list(values("0.1")), list(values("sgd")), list(values("[1, 2]"))
    ([0, 3, 6], [0.1], ['sgd'], [[1, 2]])
    """
    text = piece.strip()
    match = RANGE.match(text)
    if match:
        first, last = int(match[1]), int(match[2])
        step = int(match[3]) if match[3] else 1 if last >= first else -1
        if step == 0 or (last - first) * step < 0:
            raise UsageError(f'the range "{text}" never ends', "write first..last or first..last..step")
        if abs((last - first) // step) >= MOST:
            raise UsageError(f'the range "{text}" holds more than {MOST:,} values')
        return range(first, last + (1 if step > 0 else -1), step)
    if INTEGER.match(text):
        return [int(text)]
    if FLOAT.match(text):
        return [float(text)]
    if text.lower() in WORDS:
        return [WORDS[text.lower()]]
    if text.lower() in NUMBERS:
        return [NUMBERS[text.lower()]]
    if len(text) > 1 and text[0] == text[-1] == "'":
        return [text[1:-1]]
    if text[:1] in ('"', "[", "{"):
        try:
            return [json.loads(text)]
        except ValueError as error:
            raise UsageError(f"{text} is not valid JSON: {error}") from None
    return [text]


def axes(words: Iterable[str]) -> dict[str, list[Any]]:
    """The values of each parameter, from words like `lr=0.01,0.1`. Repeated values count once.

    Raises UsageError for a word without `=`, a name that comes twice, an empty value.
    """
    found: dict[str, list[Any]] = {}
    for word in words:
        name, sign, text = word.partition("=")
        name = name.strip()
        if not sign or not name:
            raise UsageError(f'"-p {word}" gives no value', "for example -p seed=0..39 -p lr=0.01,0.1")
        if name in found:
            raise UsageError(f'"{name}" is given twice', f"write its values in one: -p {name}=1,2,3")
        if not text.strip():
            raise UsageError(f'"-p {word}" gives no value', f"an empty text is -p {name}=''")
        every = [value for piece in pieces(text) for value in values(piece)]
        found[name] = list({canonical(value): value for value in every}.values())
    return found


def combinations(grid: dict[str, list[Any]]) -> list[Parameters]:
    """Every combination of the values; the last parameter changes fastest."""
    count = math.prod(len(every) for every in grid.values())
    if count > MOST:
        raise UsageError(f"{count:,} runs are more than {MOST:,}", "give fewer values")
    return [dict(zip(grid, chosen)) for chosen in product(*grid.values())]


def canonical(value: Any) -> str:
    """A value as one text, the same for the same value whatever the order of keys."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False)
