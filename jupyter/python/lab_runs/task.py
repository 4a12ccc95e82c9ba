"""One run, as a Dask worker does it: a notebook in, its outputs and metrics back.

Nothing is written where others look: the result travels to the one who asked, so that no disk has to
be shared and a worker that dies leaves nothing behind.
"""

import json
import os
import platform
import re
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import papermill
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError

from .data import check_once, folder_of
from .grid import Parameters, UsageError
from .limits import LimitExceeded, Limits
from .plan import ROOT, library_version

COLOURS = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class Job:
    """All that a worker has to know."""

    notebook: str
    parameters: Parameters
    library: str
    limits: Limits
    #: None when the notebook reads no data; else the folder asked for, or "" for the worker's own
    data: str | None = None


def run(job: Job) -> dict[str, Any]:
    """Runs a notebook in a kernel of its own.

    Gives `text` (the executed notebook), `metrics`, `seconds`, `host`; and `failure` when a cell threw
    or a limit was passed: running it again would end the same way. Everything else that goes wrong is
    an exception, and Dask tries again.
    """
    check_library(job.library)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="lab-run-") as scratch:
        metrics = Path(scratch, "metrics.json")
        output = Path(scratch, "run.ipynb")
        executed: NotebookNode | None = None
        failure: dict[str, Any] | None = None
        try:
            executed = papermill.execute_notebook(
                nbformat.reads(job.notebook, as_version=4),
                str(output),
                parameters=job.parameters,
                engine_name="lab",
                # what is not finished is not kept: no need to write after each cell
                request_save_on_cell_execute=False,
                autosave_cell_every=0,
                progress_bar=False,
                folder=str(ROOT / "notebooks"),
                env=environment(job, metrics),
                limits=job.limits,
            )
        except PapermillExecutionError as error:
            failure = {"kind": error.ename, "message": COLOURS.sub("", error.evalue)}
        except LimitExceeded as error:
            failure = {"kind": "LimitExceeded", "message": str(error)}
        result: dict[str, Any] = {"host": platform.node(), "seconds": round(time.monotonic() - began, 3)}
        if failure is not None and output.exists():
            executed = nbformat.read(output, as_version=4)
            failure |= place_of_error(executed)
        if executed is not None:
            result["text"] = nbformat.writes(without_traces(executed))
        if metrics.exists():
            result["metrics"] = json.loads(metrics.read_text(encoding="utf-8"))
        if failure is not None:
            result["failure"] = failure
        return result


def check_library(expected: str) -> None:
    """Raises UsageError when this worker's library is not the one that the sweep was planned with."""
    found = library_version()
    if found != expected:
        raise UsageError(
            f"the worker on {platform.node()} has another version of the library in {ROOT}",
            "bring all machines to the same commit and run `npm run build` on each",
        )


def environment(job: Job, metrics: Path) -> dict[str, str]:
    """The kernel's environment: one thread, the metrics' file, the data of this machine."""
    env = {**os.environ, "LAB_THREADS": "1", "LAB_METRICS": str(metrics)}
    if job.data is not None:
        # with a folder named, the library reads there or fails: no run ever downloads
        env["FASHION_MNIST_DIR"] = str(check_once(folder_of(job.data or None)))
    return env


def place_of_error(notebook: NotebookNode) -> dict[str, Any]:
    """Which cell threw: its number among the code cells as the notebook has them, and its id."""
    number = 0
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        injected = "injected-parameters" in cell.metadata.get("tags", [])
        number += not injected
        for output in cell.outputs:
            if output.output_type == "error":
                name = "the injected parameters" if injected else cell.get("id", "")
                return {"cell": number, "id": name, "traceback": COLOURS.sub("", "\n".join(output.traceback))}
    return {}


def without_traces(notebook: NotebookNode) -> NotebookNode:
    """Without papermill's times and paths, and what was printed in one piece: the same run gives the
    same file."""
    notebook.metadata.pop("papermill", None)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = in_one_piece(cell.outputs)
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell.id = "injected-parameters"
        if "papermill-error-cell-tag" in cell.metadata.get("tags", []):
            cell.id = "error-anchor" if "papermill-error-cell" in cell.source[:40] else "error-note"
    return notebook


def in_one_piece(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """Outputs with neighbouring prints joined: how a kernel's lines are cut into messages is chance.

    >>> [o["text"] for o in in_one_piece([{"output_type": "stream", "name": "stdout", "text": t} for t in "ab"])]
    ['ab']
    """
    joined: list[NotebookNode] = []
    for output in outputs:
        last = joined[-1] if joined else None
        if last and output["output_type"] == last["output_type"] == "stream" and output["name"] == last["name"]:
            last["text"] += output["text"]
        else:
            joined.append(output)
    return joined
