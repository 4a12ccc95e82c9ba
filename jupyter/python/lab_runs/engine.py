"""Papermill's door to this package: it loads its engines by their entry points, and with this one the
TypeScript translator is registered.

The engine itself runs a notebook as papermill's own does, with what a sweep needs besides: an
environment of its own for the kernel, and an end when it takes too long or too much memory.
"""

import math
from typing import Any

from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine

from .limits import Limits
from .translator import register

register()


class LabEngine(NBClientEngine):
    """`papermill --engine lab`: papermill's engine with limits. Adds to its options:

    Numbers that JSON has no word for become texts in what papermill notes of the parameters, so that
    every reader of notebooks can open the output.

    * `folder`: where the kernel runs (papermill's `cwd` changes it for all threads of the process)
    * `env`: the kernel's environment
    * `limits`: a `Limits`, whose time and memory the kernel may use
    """

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,
        kernel_name: str,
        *,
        folder: str | None = None,
        env: dict[str, str] | None = None,
        limits: Limits | None = None,
        start_timeout: int = 180,
        execution_timeout: int | None = None,
        log_output: bool = False,
        stdout_file: Any = None,
        stderr_file: Any = None,
        **_: Any,
    ) -> None:
        noted = nb_man.nb.metadata.get("papermill", {})
        if "parameters" in noted:
            noted["parameters"] = readable(noted["parameters"])
        client = PapermillNotebookClient(
            nb_man,
            kernel_name=kernel_name,
            timeout=execution_timeout,
            startup_timeout=start_timeout,
            log_output=log_output,
            stdout_file=stdout_file,
            stderr_file=stderr_file,
            record_timing=False,
            store_widget_state=False,
            **({"resources": {"metadata": {"path": folder}}} if folder else {}),
        )
        with (limits or Limits()).watch(client):
            client.execute(**({"env": env} if env is not None else {}))


def readable(value: Any) -> Any:
    """A value with `nan` and infinities as texts, in lists and dicts too.

    >>> readable({"lr": [0.1, float("nan")]})
    {'lr': [0.1, 'nan']}
    """
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, dict):
        return {key: readable(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [readable(entry) for entry in value]
    return value
