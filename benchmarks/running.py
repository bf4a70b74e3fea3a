"""Reports a minute: papermill's command against `deals report`, the cells' own compute, many in a row, a cluster.

    python -m benchmarks.running                   a quick look: 30 reports, 6 of them plain
    python -m benchmarks.running --full            as in docs/performance.md: 100 both ways, 1,000 in a row
    python -m benchmarks.running --only start      of: start, plain, rendered, growth, spread
    python -m benchmarks.running --full --write    and put them there

Everything is measured in one run on the same notebooks with compiled bytecode; what is compared runs in turn.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime
import json
import os
import platform
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
DOCUMENT = ROOT / "docs" / "performance.md"
PARTS = ("start", "plain", "rendered", "growth", "spread")
BIN = Path(sys.executable).parent
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def took(command: list[str], **environment: str) -> float:
    """Seconds that a command takes; it has to end well."""
    started = time.monotonic()
    made = subprocess.run(command, cwd=ROOT, env=ENVIRONMENT | environment, capture_output=True, text=True)
    if made.returncode:
        raise SystemExit(f"{' '.join(command)}\n{made.stdout}{made.stderr}")
    return time.monotonic() - started


def best(command: list[str], times: int = 7) -> float:
    """The shortest of some runs, for what takes milliseconds."""
    return min(took(command) for _ in range(times))


def grid(room: Path, runs: int) -> Path:
    """A grid of at least so many runs over the three notebooks: days and languages."""
    days = -(-runs // (2 * len(NOTEBOOKS)))
    first = datetime.date(2025, 6, 13)
    listed = [str(first + datetime.timedelta(days=number)) for number in range(days)]
    path = room / f"grid-{runs}.json"
    path.write_text(json.dumps({"as_of": listed, "lang": ["en", "fr"]}))
    return path


def deals(room: Path, runs: int, jobs: int, *more: str) -> tuple[float, int]:
    """Seconds of one `deals report` and how many reports it made."""
    out = room / f"out-{runs}-{jobs}-{len(more)}-{time.monotonic_ns()}"
    command = [str(BIN / "deals"), "report", "--grid", str(grid(room, runs)), "--out", str(out), "--jobs", str(jobs)]
    seconds = took([*command, "--format", "ipynb", *more])
    return seconds, len((out / "manifest.jsonl").read_text().splitlines())


def compute() -> float:
    """Seconds a report that the cells themselves take, mean of the notebooks, first runs left out."""
    from analysis.reports import warm

    means = []
    os.environ["DEALS_PICTURES"] = "0"
    for path in NOTEBOOKS:
        totals = []
        for _ in range(4):
            spent: list[float] = []

            def add(message: dict, spent: list[float] = spent) -> None:
                ran = message.get("execution") or {}
                if "shell.execute_reply" in ran:
                    ends = (ran["iopub.execute_input"], ran["shell.execute_reply"])
                    begun, ended = (datetime.datetime.fromisoformat(end) for end in ends)
                    spent.append((ended - begun).total_seconds())

            notebook = json.loads(path.read_text())
            for cell in notebook["cells"]:
                cell["source"] = "".join(cell["source"])
                cell["outputs"] = [] if cell["cell_type"] == "code" else cell.pop("outputs", None)
                if cell["outputs"] is None:
                    del cell["outputs"]
            target = "analysis.reports.shell:run_notebook"
            warm.call(target, notebook=notebook, cwd=str(path.parent), on_message=add)
            totals.append(sum(spent))
        means.append(statistics.mean(totals[1:]))
    return statistics.mean(means)


def start(room: Path, full: bool) -> Iterator[tuple[str, str]]:
    """How long it takes to begin."""
    yield "`deals --help`", f"{best([str(BIN / 'deals'), '--help']):.2f} s"
    alone = best([sys.executable, "-c", "import polars"])
    ours = best([sys.executable, "-c", "import analysis"])
    yield "`import analysis`, beside `import polars`", f"{ours:.2f} s, {alone:.2f} s"


def plain(room: Path, full: bool) -> Iterator[tuple[str, str]]:
    """Reports a minute, without rendering."""
    many, few = (100, 100) if full else (30, 6)
    deals(room, 6, 1)  # so that everything is compiled and the parent is warm
    spent = 0.0
    for number in range(few):
        path = NOTEBOOKS[number % len(NOTEBOOKS)]
        command = [str(BIN / "papermill"), str(path), str(room / "plain.ipynb"), "--cwd", str(path.parent)]
        spent += took([*command, "-p", "as_of", "2025-06-20", "--no-progress-bar"], DEALS_PICTURES="0")
    yield (
        f"papermill's command, one after another ({few})",
        f"{spent / few:.2f} s a report, {60 * few / spent:.0f} a minute",
    )
    one, made = deals(room, many, 1)
    yield (
        f"`deals report --jobs 1` ({made}, own start included)",
        f"{one / made:.3f} s a report, {60 * made / one:.0f} a minute, {spent / few / (one / made):.0f} × papermill",
    )
    two, made = deals(room, many, 2)
    both = f"{two / made:.3f} s a report, {60 * made / two:.0f} a minute"
    yield f"`deals report --jobs 2` ({made})", f"{both}, {one / two:.2f} × one at a time"
    own = compute()
    yield "the cells' own compute", f"{own:.3f} s a report; a report takes {one / made / own:.1f} × that"


def rendered(room: Path, full: bool) -> Iterator[tuple[str, str]]:
    """`make report`: three notebooks as pages, with all figures."""
    command = [str(BIN / "deals"), "report", "--out", str(room / "report")]
    apart = {"XDG_RUNTIME_DIR": str(room / "run"), "XDG_CACHE_HOME": str(room / "cache"), "DEALS_WARM_IDLE": "30"}
    (room / "run").mkdir(mode=0o700)
    yield "the report, cold: no parent, nothing drawn before", f"{took(command, **apart):.1f} s"
    took(command, **apart)
    yield "the report, warm", f"{min(took(command, **apart) for _ in range(3)):.1f} s"
    for place in (room / "run" / "deals").glob("warm-*"):
        if place.is_socket():
            place.unlink()


def growth(room: Path, full: bool) -> Iterator[tuple[str, str]]:
    """Whether cost grows in proportion."""
    for runs in (10, 100, 1000) if full else (10, 50):
        seconds, made = deals(room, runs, 2)
        yield f"{made} reports, two at a time", f"{seconds:.1f} s, {1000 * seconds / made:.0f} ms each"


@contextlib.contextmanager
def cluster(room: Path) -> Iterator[str]:
    """A scheduler and two workers of one thread on this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    address = f"tcp://127.0.0.1:{port}"
    dask, quiet = [sys.executable, "-m", "dask"], {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    commands = [[*dask, "scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard"]]
    commands += [[*dask, "worker", address, "--nthreads", "1", "--no-dashboard", "--no-nanny"]] * 2
    processes = [subprocess.Popen(command, cwd=room, env=ENVIRONMENT, **quiet) for command in commands]
    try:
        from distributed import Client

        with Client(address, timeout="30s", set_as_default=False) as client:
            client.wait_for_workers(2, timeout=30)
        yield address
    finally:
        for process in reversed(processes):
            process.send_signal(signal.SIGKILL)
            process.wait()


def spread(room: Path, full: bool) -> Iterator[tuple[str, str]]:
    """What a Dask cluster costs: two workers of this machine against two threads."""
    runs = 200 if full else 30
    try:
        import distributed  # noqa: F401
    except ImportError:
        yield "on a Dask cluster", "not run: pip install 'deal-analysis[distributed]'"
        return
    here, made = deals(room, runs, 2)
    with cluster(room) as address:
        deals(room, 6, 2, "--scheduler", address)
        there, _ = deals(room, runs, 2, "--scheduler", address)
    yield (
        f"{made} reports on two Dask workers",
        f"{there:.1f} s; {here:.1f} s without, {100 * here / there:.0f} % of the rate",
    )


def table(rows: list[tuple[str, str]]) -> str:
    """The figures with the day, the machine and the versions."""
    names = ("papermill", "nbclient", "ipykernel", "polars", "altair", "vl-convert-python")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    head = (
        f"{datetime.date.today()}, Python {platform.python_version()}, {cores} cores, {platform.system()}; {versions}."
    )
    lines = [f"| {name} | {value} |" for name, value in rows]
    return "\n".join([head, "", "| what | measured |", "|---|---|", *lines])


def main() -> None:
    """Measure, print, and with --write keep."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--full", action="store_true", help="100 reports both ways, 1,000 in a row")
    parser.add_argument("--only", choices=PARTS, action="append", help="one part; may be given again")
    parser.add_argument("--write", action="store_true", help="put the table into docs/performance.md")
    asked = parser.parse_args()
    rows: list[tuple[str, str]] = []
    with tempfile.TemporaryDirectory() as room:
        for name in asked.only or PARTS:
            for row in globals()[name](Path(room), asked.full):
                print(f"{row[0]}: {row[1]}", flush=True)
                rows.append(row)
    print("\n" + table(rows))
    if asked.write:
        begun, ended = "<!-- running: begin -->", "<!-- running: end -->"
        text = DOCUMENT.read_text(encoding="utf-8")
        made = re.sub(f"{begun}.*{ended}", lambda _: f"{begun}\n{table(rows)}\n{ended}", text, flags=re.S)
        DOCUMENT.write_text(made, encoding="utf-8")


if __name__ == "__main__":
    main()
