"""What a sweep has to do: each run with its notebook, its key and its place in the output folder."""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from .grid import Parameters, UsageError, canonical
from .translator import NAME, TypeScriptTranslator

#: The project's folder: jupyter/python/lab_runs is three below it.
ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Run:
    """One notebook with one set of parameters."""

    parameters: Parameters
    #: the name of its files, made from the parameters
    name: str
    #: a hash of all that its numbers depend on: cells, parameters, library
    key: str


def tags(cell: NotebookNode) -> list[str]:
    return cell.metadata.get("tags", [])


def read_notebook(path: Path, *, whole: bool) -> NotebookNode:
    """The notebook as a sweep runs it: without outputs, and unless `whole`, up to the cell tagged
    `metrics`: what comes after explains the notebook's own numbers."""
    try:
        notebook = nbformat.read(path, as_version=4)
    except FileNotFoundError:
        raise UsageError(f"there is no notebook {path}") from None
    except Exception as error:
        raise UsageError(f"{path} cannot be read as a notebook: {error}") from None
    last = [i for i, cell in enumerate(notebook.cells) if "metrics" in tags(cell)]
    if last and not whole:
        notebook.cells = notebook.cells[: last[-1] + 1]
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return notebook


def check_parameters(notebook: NotebookNode, names: Iterable[str], path: Path) -> None:
    """Raises UsageError for a parameter that the notebook does not have, with those that it has."""
    cells = [cell for cell in notebook.cells if "parameters" in tags(cell)]
    known = [p.name for cell in cells[:1] for p in TypeScriptTranslator.inspect(cell)]
    unknown = [name for name in names if name not in known or not NAME.match(name)]
    if unknown:
        listed = f"it has {', '.join(known)}" if known else "it has no cell tagged parameters"
        raise UsageError(f"{path.name} has no parameter {', '.join(unknown)}", listed)


def library_version() -> str:
    """The hash of the library's sources, as the compiled one carries it."""
    stamp = ROOT / "dist" / "lab.json"
    try:
        return str(json.loads(stamp.read_text(encoding="utf-8"))["src"])
    except (OSError, ValueError, KeyError):
        raise UsageError(f"{stamp} is missing: the library is not compiled", "npm run build") from None


def plan(notebook: NotebookNode, every: Iterable[Parameters]) -> list[Run]:
    """The runs of a notebook, with a key each."""
    sources = [[cell.cell_type, cell.source] for cell in notebook.cells if cell.cell_type == "code"]
    base = canonical([sources, library_version()])
    runs = []
    taken: set[str] = set()
    for parameters in every:
        key = hashlib.sha256(f"{base}\n{canonical(parameters)}".encode()).hexdigest()
        name = name_of(parameters)
        # names that only differ in the case of letters are one file on some systems
        if name.lower() in taken:
            name = f"{name}-{key[:8]}"
        taken.add(name.lower())
        runs.append(Run(parameters, name, key))
    return runs


def name_of(parameters: Parameters) -> str:
    """A file name that tells the parameters; a hash is added where it cannot tell them exactly.

    >>> name_of({"seed": 3, "lr": 0.1})
    'seed=3,lr=0.1'
    """
    text = ",".join(f"{k}={v if isinstance(v, str) else canonical(v)}" for k, v in parameters.items())
    safe = re.sub(r"[^\w=,.+-]", "_", text, flags=re.ASCII)[:100].rstrip(".") or "default"
    if safe == text or not parameters:
        return safe
    return f"{safe}-{hashlib.sha256(canonical(parameters).encode()).hexdigest()[:8]}"


def notebook_text(notebook: NotebookNode) -> str:
    return nbformat.writes(notebook)


def needs_fashion_mnist(notebook: NotebookNode) -> bool:
    """Whether a notebook reads Fashion-MNIST."""
    return any("FashionMNIST" in cell.source for cell in notebook.cells if cell.cell_type == "code")


def as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
