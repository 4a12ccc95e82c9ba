"""Executes one notebook through its kernel and tells the progress, one JSON object a line.

usage: python execute.py IN.ipynb OUT.ipynb FOLDER [--allow-errors]

FOLDER is where the kernel runs. OUT is written also when a cell failed: it then holds the outputs up
to there, and the program ends with 3.
"""

import json
import sys

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError


def tell(**message):
    print(json.dumps(message), flush=True)


def main(source, target, folder, allow_errors):
    notebook = nbformat.read(source, as_version=4)
    cells = sum(cell.cell_type == "code" for cell in notebook.cells)
    client = NotebookClient(
        notebook,
        kernel_name="tslab",
        timeout=None,
        allow_errors=allow_errors,
        record_timing=False,
        store_widget_state=False,
        resources={"metadata": {"path": folder}},
    )
    started = 0

    def on_cell_start(cell, cell_index):
        nonlocal started
        if cell.cell_type == "code":
            started += 1
            tell(cell=started, of=cells, index=cell_index)

    client.on_cell_start = on_cell_start
    code = 0
    try:
        client.execute()
    except CellExecutionError as error:
        tell(failed=started, ename=error.ename, evalue=error.evalue, text=str(error))
        code = 3
    except DeadKernelError:
        tell(failed=started, ename="DeadKernelError", evalue="the kernel died", text="the kernel died")
        code = 3
    nbformat.write(notebook, target)
    return code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4], "--allow-errors" in sys.argv[4:]))
