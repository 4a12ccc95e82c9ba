"""`npm run sweep`: one notebook, many parameters, on the workers of a Dask cluster."""

import argparse
import signal
import sys
import time
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from distributed import Client, Future, as_completed
from distributed.scheduler import KilledWorker

from . import cluster, tables
from .data import DataError, check_once, folder_of
from .grid import UsageError, axes, combinations
from .limits import Limits
from .plan import (
    Run,
    as_json,
    check_parameters,
    library_version,
    needs_fashion_mnist,
    notebook_text,
    plan,
    read_notebook,
)
from .progress import Progress
from .security import Access, make_certificates
from .store import Store, write_whole
from .task import Job, run

#: How a sweep ends: well; with a failed run; interrupted.
GOOD, FAILED, INTERRUPTED = 0, 1, 130


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="npm run sweep --",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        description="Runs a notebook once for every combination of parameters.",
        epilog="Other forms: certificates <folder> · scheduler [--host …] [--port …] · worker <address>",
    )
    made.add_argument("notebook", type=Path)
    made.add_argument("-p", dest="words", metavar="name=values", action="append", default=[],
                      help="0..39, 0..100..10, 0.01,0.1, adam,sgd, [1, 2]; as often as wanted")
    made.add_argument("--out", type=Path, help="the sweep's folder (sweeps/<notebook>)")
    made.add_argument("--workers", type=int, default=2, help="processes on this machine (2)")
    made.add_argument("--scheduler", metavar="address", help="a cluster that runs already: tls://host:8786")
    made.add_argument("--tls", type=Path, metavar="folder", help="its certificates")
    made.add_argument("--insecure", action="store_true", help="plain TCP beyond this machine")
    made.add_argument("--time-limit", type=float, default=3600, metavar="s", help="for each notebook (3600)")
    made.add_argument("--memory-limit", type=float, default=2048, metavar="MB", help="for each kernel (2048)")
    made.add_argument("--retries", type=int, default=2, help="after a lost worker or kernel (2)")
    made.add_argument("--data", help="the folder of Fashion-MNIST on the workers' machines")
    made.add_argument("--whole", action="store_true", help="go on behind the cell tagged metrics")
    return made


def main(args: list[str]) -> int:
    """The command. Gives the exit code; what is wrong with the command line goes to stderr."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        match args:
            case ["certificates", folder]:
                make_certificates(Path(folder))
                print(f"✓ {folder}: copy it to every machine of the class, and nowhere else")
                return GOOD
            case ["scheduler" | "worker", *_]:
                return serve(args)
        return sweep(parser().parse_args(args))
    except (UsageError, DataError) as error:
        print(f"\n✗ {error}", file=sys.stderr)
        if getattr(error, "hint", ""):
            print(f"  What to do: {error.hint}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED


def serve(args: list[str]) -> int:
    made = argparse.ArgumentParser(prog=f"npm run sweep -- {args[0]}")
    if args[0] == "worker":
        made.add_argument("address")
        made.add_argument("--threads", type=int, default=1, help="kernels at once (1)")
    else:
        made.add_argument("--host", default="127.0.0.1")
        made.add_argument("--port", type=int, default=8786)
    made.add_argument("--tls", type=Path, metavar="folder")
    made.add_argument("--insecure", action="store_true")
    asked = made.parse_args(args[1:])
    if args[0] == "worker":
        cluster.serve_worker(Access(asked.address, asked.tls, asked.insecure), asked.threads)
    else:
        cluster.serve_scheduler(Access("", asked.tls, asked.insecure), asked.host, asked.port)
    return GOOD


def sweep(asked: argparse.Namespace) -> int:
    """Plans, skips what is there, runs the rest, writes the tables."""
    if asked.workers < 1 or asked.retries < 0 or asked.time_limit <= 0 or asked.memory_limit <= 0:
        raise UsageError("--workers, --time-limit and --memory-limit must be above 0, --retries not below")
    grid = axes(asked.words)
    notebook = read_notebook(asked.notebook, whole=asked.whole)
    check_parameters(notebook, grid, asked.notebook)
    runs = plan(notebook, combinations(grid))
    workers = cluster_for(asked)
    data = (asked.data or "") if needs_fashion_mnist(notebook) else None
    if data is not None and asked.scheduler is None:
        check_once(folder_of(data or None))
    store = Store(asked.out or Path("sweeps", asked.notebook.stem))
    store.prepare()
    records = {run.key: record for run in runs if (record := store.finished(run)) is not None}
    todo = [run for run in runs if run.key not in records]
    print(f"{len(runs)} runs of {asked.notebook.name}, {len(runs) - len(todo)} there already", flush=True)

    limits = Limits(asked.time_limit, int(asked.memory_limit * 1e6))
    text, library = notebook_text(notebook), library_version()
    jobs = {run.key: Job(text, run.parameters, library, limits, data) for run in todo}
    code = GOOD
    if todo:
        progress = Progress(len(todo), len(runs) - len(todo))
        try:
            with workers as client:
                work(client, todo, jobs, asked.retries, store, records, progress)
        except KeyboardInterrupt:
            progress.say("interrupted: what is finished is kept, and the next sweep goes on from there")
            code = INTERRUPTED
        progress.close(interrupted=code == INTERRUPTED)
        code = code or (FAILED if progress.failed else GOOD)
    finish(store, asked, grid, [records[run.key] for run in runs if run.key in records])
    return code


def cluster_for(asked: argparse.Namespace) -> AbstractContextManager[Client]:
    if asked.scheduler is None:
        return cluster.local(asked.workers)
    access = Access(asked.scheduler, asked.tls, asked.insecure)
    access.security()
    return cluster.remote(access)


def work(
    client: Client,
    todo: list[Run],
    jobs: dict[str, Job],
    retries: int,
    store: Store,
    records: dict[str, Any],
    progress: Progress,
) -> None:
    """Sends every run to the cluster and keeps each as it comes back."""
    by_key = {f"{run_.name}-{run_.key[:12]}-{time.time_ns()}": run_ for run_ in todo}
    futures = {
        client.submit(run, jobs[run_.key], key=key, retries=retries, pure=False): run_
        for key, run_ in by_key.items()
    }
    progress.show(now=True)
    try:
        for future in as_completed(futures):
            run_ = futures.pop(future)
            result = result_of(future)
            record = store.keep(run_, result)
            records[run_.key] = record
            progress.ended(run_, record.get("failure"))
            # the cluster may forget it now
            future.release()
    except KeyboardInterrupt:
        client.cancel(list(futures), force=True)
        raise


def result_of(future: Future) -> dict[str, Any]:
    """A run's result; what went wrong around it counts as its failure, and the rest goes on."""
    error = future.exception()
    if error is None:
        return future.result()
    if isinstance(error, KilledWorker):
        message = "the workers that ran it died, one after the other"
    else:
        message = str(error).strip() or type(error).__name__
    return {"failure": {"kind": type(error).__name__, "message": message}}


def finish(store: Store, asked: argparse.Namespace, grid: dict[str, Any], records: list[Any]) -> None:
    """The tables, and what the page is made from."""
    if not records:
        return
    tables.write(store.folder, records)
    shown = [{**record, "parameters": tables.parameters_of(record)} for record in records]
    for record in shown:
        record.pop("notebook", None)
    sweep_ = {"notebook": asked.notebook.stem, "grid": grid, "runs": shown}
    write_whole(store.folder / "sweep.json", as_json(sweep_))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
