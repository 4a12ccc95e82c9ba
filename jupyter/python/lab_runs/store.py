"""A sweep's folder: which runs are finished, and how a run gets there whole.

A run is two files, `runs/<name>.ipynb` and, written last, `runs/<name>.json`. It counts as finished
when the second has the run's key and the checksum of the first; anything else is done again.
"""

import hashlib
import json
import os
from pathlib import Path
from typing import Any

from .plan import Run, as_json

Result = dict[str, Any]


def write_whole(path: Path, text: str) -> None:
    """Writes a file so that it is there whole or not at all."""
    half = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    half.write_text(text, encoding="utf-8", newline="\n")
    os.replace(half, path)


def checksum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


class Store:
    """The folder of one sweep."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.runs = folder / "runs"

    def prepare(self) -> None:
        self.runs.mkdir(parents=True, exist_ok=True)
        for half in self.runs.glob("*.tmp"):
            half.unlink(missing_ok=True)

    def finished(self, run: Run) -> Result | None:
        """The record of a finished run, or None when it has to be done (again)."""
        try:
            record = json.loads((self.runs / f"{run.name}.json").read_text(encoding="utf-8"))
            notebook = (self.runs / f"{run.name}.ipynb").read_bytes()
            good = record["key"] == run.key and record["notebook"] == checksum(notebook)
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return record if good else None

    def keep(self, run: Run, result: Result) -> Result:
        """Writes a run's files, a failed one's under other names; gives the record."""
        text = result.pop("text", None)
        record = {"key": run.key, "parameters": run.parameters, **result}
        failed = "failure" in record
        for kind in ("ipynb", "json"):
            (self.runs / f"{run.name}.failed.{kind}").unlink(missing_ok=True)
        name = f"{run.name}.failed" if failed else run.name
        if text is not None:
            record["notebook"] = checksum(text.encode())
            write_whole(self.runs / f"{name}.ipynb", text)
        write_whole(self.runs / f"{name}.json", as_json(record))
        return record
