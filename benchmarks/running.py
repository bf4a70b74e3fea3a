"""Reports a minute: papermill's command against `deals report`, the cells' own compute, many in a row, a cluster.

    python -m benchmarks.running                   a quick look: 30 reports, 6 of them plain
    python -m benchmarks.running --full            as in docs/performance.md: 100 reports (30 plain), 1,000 in a row
    python -m benchmarks.running --only start      of: start, plain, rendered, growth, scaling, spread
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
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.document import ROOT, put

NOTEBOOKS = [path for path in sorted((ROOT / "notebooks").glob("*.ipynb")) if '"findings"' in path.read_text()]
PARTS = ("start", "plain", "rendered", "growth", "scaling", "spread")
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
    many, few = (100, 30) if full else (30, 6)
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
    """Whether cost grows in proportion, and what many runs in a row leave behind."""
    deals(room, 3, 2)
    before = parent()
    for runs in (10, 100, 1000) if full else (10, 50):
        seconds, made = deals(room, runs, 2)
        yield f"{made} reports, two at a time", f"{seconds:.1f} s, {1000 * seconds / made:.0f} ms each"
    after = parent()
    same = "the same" if after[0] == before[0] else "another"
    yield (
        "the warm parent before and after all these",
        f"{before[1]:.0f} MB, {after[1]:.0f} MB ({same} process); {after[2]} children left, no run failed",
    )


def parent() -> tuple[int, float, int]:
    """The warm parent: its process id, its memory [MB], and how many children it has besides the one that says so."""
    from analysis.reports import warm

    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # as for the commands: each setting has a parent of its own
    pid = warm.call("analysis.reports.warm:who_and_where", name="HOME", cwd=str(ROOT))[3]
    resident = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return pid, int(resident[1]) / 1024 if resident else 0.0, len(children)


def scaling(room: Path, full: bool) -> Iterator[tuple[str, str]]:
    """Whether the reading of data and the drawing of a chart grow in proportion."""
    for articles in (2, 20, 200):
        home = world(room, articles=articles - 2)
        facts, seconds = least(lambda home=home: study(home))
        claims = facts.corpus.claims.height
        yield f"{articles} articles ({claims} claims), read and resolved", f"{1000 * seconds:.0f} ms of processor time"
    for many in (1, 10, 100):
        facts = study(world(room, deals=many))
        _, seconds = least(lambda facts=facts: drawn(facts))
        yield f"deals in a chart, drawn as SVG: {many}", f"{1000 * seconds:.0f} ms of processor time"


def study(home: Path) -> Any:
    """The facts of a folder's data."""
    from analysis.articles import corpus
    from analysis.facts.study import study as facts_of

    corpus.held_corpus.cache_clear()
    return facts_of(root=home)


def drawn(facts: Any) -> Any:
    """The chart of what the made-up acquirer paid, with its picture."""
    from analysis.figures import FIGURES
    from analysis.figures.figure import static_svg

    os.environ["DEALS_CACHE"] = "off"
    figure = FIGURES["constant-prices"][0](facts, deal="deal:bench-0-2020")
    static_svg(figure.spec)
    return figure


def least(make: Callable[[], Any], times: int = 5) -> tuple[Any, float]:
    """What `make` gives, and the least processor time [s] that it took."""
    made, spent = None, []
    for _ in range(times):
        begun = time.process_time()
        made = make()
        spent.append(time.process_time() - begun)
    return made, min(spent)


def world(room: Path, *, articles: int = 0, deals: int = 0) -> Path:
    """A copy of the data with so many more articles of 20 claims, or so many deals of an acquirer of its own."""
    home = room / f"world-{articles}-{deals}"
    shutil.copytree(ROOT / "data", home / "data")
    made = [f"deal:bench-{n}-2020" for n in range(max(deals, articles))]
    ids = [("org:bench", "org"), *((f"org:bench-{n}", "org") for n in range(len(made))), *((id, "deal") for id in made)]
    subjects = [
        f'[[subject]]\nid = "{id}"\ntype = "{kind}"\nlabel = {{ en = "{id[4:]}", fr = "{id[4:]}" }}\n'
        + (f'acquirer = "org:bench"\ntarget = "org:{id[5:-5]}"\nstructure = "acquisition"\n' if kind == "deal" else "")
        for id, kind in ids
    ]
    with (home / "data" / "subjects.toml").open("a") as file:
        file.write("\n" + "\n".join(subjects))
    pages = [_page(number, made, claims=20 if articles else 2) for number in range(len(made))]
    (home / "data" / "reference" / "made-up.toml").write_text("\n".join(pages))
    return home


def _page(number: int, deals: list[str], *, claims: int) -> str:
    """One article: prices and days of deals, each said of a deal by turns."""
    head = f'[[article]]\nid = "bench-{number}"\npublisher = "Bench"\ntitle = "Made up"\nlang = "en"\n'
    lines = [head + 'published = "2020-05-12"\naddress = "https://example.org/"\n']
    for place in range(claims):
        deal = deals[(number + place // 2) % len(deals)]
        what = f'property = "price"\nbasis = "unstated"\nvalue = {100 + number % 50}_000_000\nunit = "USD"'
        if place % 2:
            what = 'property = "announced_on"\nvalue = "2020-05-12"'
        lines.append(
            f'[[claim]]\nid = "bench-{number}-{place}"\narticle = "bench-{number}"\nsubject = "{deal}"\n{what}\n'
            'hedge = "exact"\nstatus = "reported"\nstage = "done"\nby = ["afp"]\n'
        )
    return "\n".join(lines)


@contextlib.contextmanager
def cluster(room: Path) -> Iterator[tuple[str, list[subprocess.Popen]]]:
    """A scheduler and two workers of one thread on this machine: the address, and the processes."""
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
        yield address, processes
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
    with cluster(room) as (address, _):
        deals(room, 6, 2, "--scheduler", address)
        there, _ = deals(room, runs, 2, "--scheduler", address)
    yield (
        f"{made} reports on two Dask workers",
        f"{there:.1f} s; {here:.1f} s without, {100 * here / there:.0f} % of the rate",
    )
    with cluster(room) as (address, workers):
        seconds, same = killed(room, runs, address, workers[-1])
    yield (
        f"the same with one of the two killed half-way: {same} of {made} notebooks are the same bytes",
        f"{seconds:.1f} s",
    )


def killed(room: Path, runs: int, address: str, worker: subprocess.Popen) -> tuple[float, int]:
    """Seconds of a grid on a cluster that loses a worker half-way, and how many notebooks are those of a run without."""
    before = max(room.glob(f"out-{runs}-2-0-*"))
    out = room / "out-killed"
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(0.05):
            if len(list(out.glob("*.ipynb"))) >= runs // 2:
                worker.kill()
                return

    watcher = threading.Thread(target=watch)
    watcher.start()
    command = [str(BIN / "deals"), "report", "--grid", str(grid(room, runs)), "--out", str(out), "--format", "ipynb"]
    try:
        seconds = took([*command, "--scheduler", address])
    finally:
        ended.set()
        watcher.join()
    if worker.poll() is None:
        raise SystemExit("the worker was not killed: nothing was shown")
    pairs = [(path, out / path.name) for path in before.glob("*.ipynb")]
    return seconds, sum(other.is_file() and other.read_bytes() == path.read_bytes() for path, other in pairs)


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
        put("running", table(rows))


if __name__ == "__main__":
    main()
