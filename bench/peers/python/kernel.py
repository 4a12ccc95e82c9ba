"""Drives a Jupyter kernel: all cells of some notebooks once, or one cell again and again.

Arguments: `all` or `again`, the folder of kernelspecs, the kernel's name, its working folder, and a
file with the notebooks: [[source, …], …]. Of `again`, the last cell is repeated; it prints its value.
"""

import json
import re
import sys
import time

import serve
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager


class Kernel:
    """A kernel and its client, from start to end."""

    def __init__(self, specs, name, folder):
        self.manager = KernelManager(kernel_name=name)
        self.manager.kernel_spec_manager = KernelSpecManager(kernel_dirs=[specs])
        self.manager.start_kernel(cwd=folder)
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=120)

    def run(self, source):
        """Execute a cell and return what it printed; an error of the cell ends everything."""
        printed = []

        def collect(message):
            content = message["content"]
            if message["msg_type"] == "stream":
                printed.append(content["text"])
            elif message["msg_type"] == "error":
                raise SystemExit("\n".join(content["traceback"]))

        self.client.execute_interactive(source, timeout=600, output_hook=collect, allow_stdin=False)
        return "".join(printed)

    def close(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


def main(what, specs, name, folder, file):
    with open(file, encoding="utf-8") as f:
        notebooks = json.load(f)
    if what == "all":
        began = time.perf_counter()
        for cells in notebooks:
            kernel = Kernel(specs, name, folder)
            for cell in cells:
                kernel.run(cell)
            kernel.close()
        print(json.dumps({"value": time.perf_counter() - began}))
        return
    ((*cells, repeated),) = notebooks
    kernel = Kernel(specs, name, folder)
    for cell in cells:
        kernel.run(cell)

    def measure():
        value, note = re.search(r"value ([\d.]+) (.*)", kernel.run(repeated)).groups()
        return {"value": float(value), "note": note}

    serve.serve(measure)
    kernel.close()


main(*sys.argv[1:])
