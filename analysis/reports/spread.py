"""A grid on a cluster: a Dask scheduler's address in, an executor out.

A worker has threads and is never forked: its runs call the warm parent of its own node, which the first of
them starts. The output folder, the notebooks and the data have the same paths on all nodes.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from typing import Any

from analysis.errors import DataError, MissingTool

TIMEOUT = "10s"
TRIES = 5  # workers that may die under a run before it counts as failed


class Spread(Executor):
    """Runs on the workers of a cluster; a run whose worker died is given to another."""

    def __init__(self, client: Any) -> None:
        self.client = client

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **options: Any) -> Future[Any]:
        """A future of `concurrent.futures` that follows the cluster's."""
        made: Future[Any] = Future()
        made.set_running_or_notify_cancel()
        there = self.client.submit(function, *arguments, pure=False, retries=TRIES, **options)
        there.add_done_callback(lambda done: _follow(done, made))
        return made

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the cluster; what it was still to run is dropped."""
        self.client.close()


def _follow(done: Any, made: Future[Any]) -> None:
    try:
        made.set_result(done.result())
    except BaseException as error:
        made.set_exception(error if isinstance(error, Exception) else RuntimeError(f"cancelled: {error}"))


@contextlib.contextmanager
def cluster(address: str) -> Iterator[tuple[Executor, int]]:
    """Connect to a scheduler.

    Args:
        address: such as `tcp://10.0.0.5:8786`, or the file that `dask scheduler --scheduler-file` writes.

    Returns:
        An executor, and how many runs it takes at a time: one a thread of its workers.

    Raises:
        MissingTool: `distributed` is not installed.
        DataError: nothing answers at the address, or it has no workers.
    """
    try:
        from distributed import Client
    except ImportError:
        raise MissingTool(
            "--scheduler: needs Dask. Install it with pip install 'deal-analysis[distributed]'."
        ) from None
    where = {"scheduler_file": address} if address.endswith(".json") else {"address": address}
    try:
        client = Client(**where, timeout=TIMEOUT, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise DataError(f"--scheduler {address}: nothing answers ({error}). Start one with dask scheduler.") from None
    with client:
        threads = sum(client.nthreads().values())
        if not threads:
            raise DataError(f"--scheduler {address}: has no workers. Start some with dask worker {address}.")
        yield Spread(client), threads
