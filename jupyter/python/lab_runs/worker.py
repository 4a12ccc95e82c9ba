"""What a worker's process does before its first run: Dask imports this module there while it starts."""

import signal
import threading

# papermill takes half a second
from . import task as task


def leave_interrupts_to_the_sweep() -> None:
    """A terminal sends Ctrl-C to the workers too. The sweep ends them, after it has kept what is
    finished; a worker that ended by itself would say so with a traceback.

    A handler, not `SIG_IGN`: kernels would inherit that and could not be interrupted.
    """
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, lambda *_: None)


leave_interrupts_to_the_sweep()
