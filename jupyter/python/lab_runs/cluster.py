"""The workers of a sweep: a local Dask cluster, or one that runs already; and the two programs of
which such a cluster consists."""

import asyncio
import logging
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import dask
from distributed import Client, LocalCluster, Nanny, Scheduler
from distributed.security import Security

from .grid import UsageError
from .security import Access, is_loopback

#: How long a scheduler has to answer, in seconds.
PATIENCE = 20

SETTINGS = {
    # a worker that dies takes no other run's chances with it: a run is tried on three workers
    "distributed.scheduler.allowed-failures": 3,
    # runs are seconds or minutes long: the scheduler need not look after them every moment
    "distributed.worker.profile.enabled": False,
    # what a worker imports while it starts, all at once, not in each one's first run
    "distributed.worker.preload": ["lab_runs.worker"],
    # Dask looks at its own clocks fifty times a second in every process, which takes a tenth of a core
    # from the kernels
    "distributed.admin.tick.interval": "1s",
    "distributed.admin.system-monitor.interval": "5s",
    "distributed.admin.large-graph-warning-threshold": "1GB",
    # a run that was lost is taken up at once; a run that is slow is not started a second time
    "distributed.scheduler.work-stealing": True,
    # one run at a time waits at a worker, not a queue of them
    "distributed.scheduler.worker-saturation": 1.0,
}


@contextmanager
def local(workers: int) -> Iterator[Client]:
    """A cluster on this machine, on the loopback and with certificates that live in memory only: no
    other user of the machine can send work to it."""
    quiet()
    with dask.config.set(SETTINGS):
        with undisturbed():
            cluster = LocalCluster(
                n_workers=workers,
                # papermill and the kernel's client are one thread's work; the kernel computes
                threads_per_worker=1,
                processes=True,
                host="127.0.0.1",
                dashboard_address=None,
                # memory is the kernels', which are watched one by one
                memory_limit=0,
                security=Security.temporary(),
                silence_logs=logging.CRITICAL,
            )
        with cluster, Client(cluster, timeout=PATIENCE) as client:
            yield client


@contextmanager
def undisturbed() -> Iterator[None]:
    """An interrupt waits for the end of the block: a cluster that is half made cannot be closed."""
    came: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: came.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if came:
        raise KeyboardInterrupt


@contextmanager
def remote(access: Access) -> Iterator[Client]:
    """A cluster that runs already. Raises UsageError when it cannot be reached or has no worker."""
    quiet()
    security = access.security()
    with dask.config.set(SETTINGS):
        try:
            client = Client(access.address, security=security, timeout=PATIENCE)
        except (OSError, TimeoutError, ValueError) as error:
            raise UsageError(
                f"the scheduler {access.address} does not answer: {error}",
                "is it running, and are the certificates those of its class?",
            ) from None
        with client:
            if not client.scheduler_info(n_workers=-1)["workers"]:
                raise UsageError(
                    f"the scheduler {access.address} has no worker",
                    f"on each machine: npm run sweep -- worker {access.address}",
                )
            yield client


def quiet() -> None:
    """Dask tells of lost workers and closed connections in its own words; the sweep has its own."""
    for name in ("distributed", "distributed.nanny", "distributed.worker", "distributed.scheduler", "bokeh"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


def serve_scheduler(access: Access, host: str, port: int) -> None:
    """Runs a scheduler until Ctrl-C. It listens beyond this machine only with TLS or `insecure`."""
    if access.tls is None and not access.insecure and (not host or not is_loopback(host)):
        # the same sentence as for those who would connect to it
        Access(f"tcp://{host or '0.0.0.0'}:{port}").security()
    scheme = "tls" if access.tls else "tcp"
    security = Access(f"{scheme}://{host or '127.0.0.1'}:{port}", access.tls, True).security()

    async def main() -> None:
        async with Scheduler(host=host, port=port, protocol=scheme, dashboard=False, security=security) as scheduler:
            print(f"The scheduler is running at {scheduler.address}. Ctrl-C ends it.", flush=True)
            await scheduler.finished()

    until_interrupted(main)


def serve_worker(access: Access, threads: int) -> None:
    """Runs a worker with one kernel a thread until Ctrl-C, or until its scheduler is gone."""
    security = access.security()

    async def main() -> None:
        async with Nanny(access.address, nthreads=threads, memory_limit=0, security=security) as nanny:
            print(f"A worker with {threads} thread(s) is at work for {access.address}. Ctrl-C ends it.", flush=True)
            await nanny.finished()

    until_interrupted(main)


def until_interrupted(main) -> None:
    with dask.config.set(SETTINGS):
        try:
            asyncio.run(main())
        except KeyboardInterrupt:
            print("ended.")
