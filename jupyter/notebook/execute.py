"""Executes one notebook through its kernel and tells the progress, one JSON object a line.

usage: python execute.py IN.ipynb OUT.ipynb FOLDER [--allow-errors]

FOLDER is where the kernel runs. OUT is written also when a cell failed: it then holds the outputs up
to there, and the program ends with 3.
"""

import json
import sys
import time

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError


def tell(**message):
    print(json.dumps(message), flush=True)


def main(source, target, folder, allow_errors):
    for attempt in range(3):
        notebook = nbformat.read(source, as_version=4)
        try:
            code = execute(notebook, folder, allow_errors)
            break
        except RuntimeError as error:
            # Jupyter chooses the kernel's ports before the kernel opens them: another program may
            # have taken one in between. No cell has run yet.
            if "before replying to kernel_info" not in str(error) or attempt == 2:
                raise
            time.sleep(1 + attempt)
    nbformat.write(notebook, target)
    return code


def execute(notebook, folder, allow_errors):
    """Fills in the outputs; 3 when a cell failed, else 0."""
    client = NotebookClient(
        notebook,
        kernel_name="tslab",
        timeout=None,
        # a kernel that compiles its first cell on a busy machine takes longer than usual
        startup_timeout=180,
        allow_errors=allow_errors,
        record_timing=False,
        store_widget_state=False,
        resources={"metadata": {"path": folder}},
    )
    cells = sum(cell.cell_type == "code" for cell in notebook.cells)
    started = 0

    def on_cell_start(cell, cell_index):
        nonlocal started
        if cell.cell_type == "code":
            started += 1
            tell(cell=started, of=cells, index=cell_index)

    client.on_cell_start = on_cell_start
    try:
        client.execute()
    except CellExecutionError as error:
        tell(failed=started, ename=error.ename, evalue=error.evalue, text=str(error))
        return 3
    except DeadKernelError:
        death = "the kernel died"
        tell(failed=started, ename="DeadKernelError", evalue=death, text=death)
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4], "--allow-errors" in sys.argv[4:]))
