"""How long a notebook's kernel may run and how much memory it may hold; beyond, it is ended."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import psutil

#: Seconds between two looks at a kernel.
EVERY = 0.25


class LimitExceeded(Exception):
    """A kernel was ended because it took too long or too much memory; the message says which."""


@dataclass(frozen=True)
class Limits:
    """`seconds` for the whole notebook with the kernel's start; `memory` in bytes, resident, of the
    kernel and what it has started. None is no limit."""

    seconds: float | None = None
    memory: int | None = None

    @contextmanager
    def watch(self, client: Any) -> Iterator[None]:
        """Looks after the kernel of an nbclient while the block runs.

        Raises LimitExceeded in place of the error that the kernel's end causes.
        """
        if self.seconds is None and self.memory is None:
            yield
            return
        done = threading.Event()
        verdict: list[str] = []
        watcher = threading.Thread(target=self._look, args=(client, done, verdict), daemon=True)
        watcher.start()
        try:
            yield
        except Exception as error:
            if verdict:
                raise LimitExceeded(verdict[0]) from error
            raise
        finally:
            done.set()
            watcher.join()

    def _look(self, client: Any, done: threading.Event, verdict: list[str]) -> None:
        began = time.monotonic()
        while not done.wait(EVERY):
            kernel = process_of(client)
            if kernel is None:
                continue
            memory = memory_of(kernel)
            if self.memory is not None and memory > self.memory:
                verdict.append(f"it took {memory / 1e6:.0f} MB of memory, {self.memory / 1e6:.0f} MB are allowed")
            elif self.seconds is not None and time.monotonic() - began > self.seconds:
                verdict.append(f"it took longer than {self.seconds:g} s")
            else:
                continue
            end(kernel)
            return


def process_of(client: Any) -> psutil.Process | None:
    """The process of a client's kernel, while there is one."""
    provisioner = getattr(getattr(client, "km", None), "provisioner", None)
    popen = getattr(provisioner, "process", None)
    if popen is None:
        return None
    with suppress(psutil.Error):
        return psutil.Process(popen.pid)
    return None


def tree(kernel: psutil.Process) -> list[psutil.Process]:
    """A process and all that it has started."""
    with suppress(psutil.Error):
        return [kernel, *kernel.children(recursive=True)]
    return []


def memory_of(kernel: psutil.Process) -> int:
    """Resident bytes of a process and all that it has started."""
    total = 0
    for process in tree(kernel):
        with suppress(psutil.Error):
            total += process.memory_info().rss
    return total


def end(kernel: psutil.Process) -> None:
    """Ends a process and all that it has started, at once."""
    for process in reversed(tree(kernel)):
        with suppress(psutil.Error):
            process.kill()
