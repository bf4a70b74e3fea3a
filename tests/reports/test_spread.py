"""A grid on a Dask cluster gives the same files, and loses nothing when a worker is killed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from analysis.errors import DataError
from analysis.reports.report import report
from analysis.reports.spread import cluster

distributed = pytest.importorskip("distributed", reason="needs Dask: pip install 'deal-analysis[distributed]'")


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory) -> Iterator[tuple[str, list[subprocess.Popen]]]:
    """A scheduler and two workers of one thread, as processes of this machine."""
    folder = tmp_path_factory.mktemp("dask")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    quiet = {"cwd": folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    dask = [sys.executable, "-m", "dask"]
    port = address.rpartition(":")[2]
    started = [subprocess.Popen([*dask, "scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard"], **quiet)]
    for _ in range(2):
        worker = [*dask, "worker", address, "--nthreads", "1", "--no-dashboard", "--no-nanny"]
        started.append(subprocess.Popen(worker, **quiet))
    with distributed.Client(address, timeout="30s", set_as_default=False) as client:
        client.wait_for_workers(2, timeout=30)
    yield address, started
    for process in started:
        process.kill()
        process.wait()


def files(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.rglob("*.ipynb")}


@pytest.mark.parametrize("runs", [12, pytest.param(200, marks=pytest.mark.slow)])
def test_a_cluster_gives_the_same_files(scheduler, notebook, tmp_path, runs):
    """Where the runs are made changes nothing in what they write."""
    path = notebook("print(n)")
    (tmp_path / "g.toml").write_text(f"n = {list(range(runs))}")
    options = {"grid": tmp_path / "g.toml", "formats": ["ipynb"]}
    here = report([str(path)], out=tmp_path / "here", **options)
    there = report([str(path)], out=tmp_path / "there", scheduler=scheduler[0], **options)

    assert [(run.name, run.status) for run in there] == [(run.name, run.status) for run in here]
    assert files(tmp_path / "there") == files(tmp_path / "here")


@pytest.mark.parametrize("runs", [12, pytest.param(200, marks=pytest.mark.slow)])
def test_a_worker_that_is_killed_loses_no_run(scheduler, notebook, tmp_path, runs):
    """The runs of a dead worker are made by another, with the same files."""
    address, processes = scheduler
    path = notebook("import time\ntime.sleep(0.2)\nprint(n)")
    (tmp_path / "g.toml").write_text(f"n = {list(range(runs))}")
    victim = next(process for process in processes[1:] if process.poll() is None)

    def kill() -> None:
        while len(list((tmp_path / "out").glob("tiny*.ipynb"))) < runs // 2:
            time.sleep(0.05)
        os.kill(victim.pid, signal.SIGKILL)

    killer = threading.Thread(target=kill, daemon=True)
    killer.start()
    options = {"grid": tmp_path / "g.toml", "formats": ["ipynb"]}
    outcomes = report([str(path)], out=tmp_path / "out", scheduler=address, **options)
    killer.join()
    worker = [sys.executable, "-m", "dask", "worker", address, "--nthreads", "1", "--no-dashboard", "--no-nanny"]
    processes.append(subprocess.Popen(worker, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))

    assert victim.wait(timeout=60) == -signal.SIGKILL
    assert {outcome.status for outcome in outcomes} == {"ok"}
    report([str(path)], out=tmp_path / "here", jobs=8, **options)
    assert files(tmp_path / "out") == files(tmp_path / "here")


def test_an_address_where_nothing_answers_is_refused(monkeypatch):
    """The message says how to start a scheduler."""
    monkeypatch.setattr("analysis.reports.spread.TIMEOUT", "1s")
    with pytest.raises(DataError, match="nothing answers"), cluster("tcp://127.0.0.1:1"):
        pass
