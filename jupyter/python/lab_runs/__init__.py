"""Runs of the lab's notebooks: papermill's parameters in TypeScript, and sweeps on Dask."""

# Papermill loads this package's engine while it is imported itself: it has to come first, or a
# module of this package would be asked for while it is half loaded.
import papermill  # noqa: F401

__version__ = "0.1.0"
