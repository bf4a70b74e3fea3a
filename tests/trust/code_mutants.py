"""Mutation of the code: 300 small wrongs in analysis/articles and analysis/facts, each against its room's fast tests.

    python -m tests.trust.code_mutants [--count N] [--seed N] [--workers N]

The wrongs are drawn by a fixed seed from all that operators.py can make. Each runs in a process forked from one that has
imported what the tests need, not the package: the changed module is compiled in memory and no file is written. Tests that
are known to run its line come first, and the first failure ends the run. Tests that compare a whole output with a stored
one come last: a wrong that only they notice is counted apart, for they know no rule. Tests that start other processes are
left out (they would run the unchanged code), as are those marked slow.
"""

from __future__ import annotations

import argparse
import importlib.abc
import importlib.machinery
import importlib.util
import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import CodeType
from typing import Any

from tests.trust.operators import Change, changed, changes_of

ROOT = Path(__file__).resolve().parents[2]
SEED, COUNT = 20250612, 300
ROOMS = ("articles", "facts")
MOST_SECONDS = 90  # of processor for one mutant: one that runs on is noticed by anybody
MOST_WAITING = 1200.0  # by the clock, for one that waits for ever
BY_PROCESS = ("test_cli_check.py",)
# compare a whole output with a stored one
AS_STORED = ("test_readings_are_as_stored", "test_what_is_written_stays", "test_proposals_are_as_stored")
BY_STORED = 77  # exit code of a mutant that only they noticed
KILLED = ("killed", "too slow", "as stored")
STATES = (*KILLED, "survived")


def main() -> int:
    """Run the sample and print its figures; 1 where fewer than 85 in 100 are killed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--workers", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--serve", metavar="ROOM", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.serve:
        return _serve(json.loads(given.serve))
    start = time.monotonic()
    every = [c for path, module in modules() for c in changes_of(path, module)]
    sample = random.Random(given.seed).sample(every, min(given.count, len(every)))
    ran = {room: known_tests(room) for room in ROOMS}
    with ThreadPoolExecutor(given.workers) as pool:
        ways = [pool.submit(_work, sample[i :: given.workers], ran) for i in range(given.workers)]
        results = [found for way in ways for found in way.result()]
    print(report(results, every=len(every), seed=given.seed, seconds=time.monotonic() - start))
    return 0 if sum(state in KILLED for _, state, _ in results) >= 0.85 * len(results) else 1


def modules() -> list[tuple[Path, str]]:
    """The files of the two rooms, with their modules' names."""
    paths = [path for room in ROOMS for path in sorted((ROOT / "analysis" / room).glob("*.py"))]
    return [(path, f"analysis.{path.parent.name}.{path.stem}") for path in paths if path.stem != "__init__"]


def tests_of(room: str) -> list[str]:
    """A room's test files, but those that start processes."""
    return [str(path) for path in sorted((ROOT / "tests" / room).glob("test_*.py")) if path.name not in BY_PROCESS]


Ran = dict[str, dict[str, Any]]  # "seconds": test -> seconds; "lines": "module:line" -> tests


def known_tests(room: str) -> Ran:
    """Run a room's tests once, unchanged and measured: how long each takes, and which lines it runs."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "ran.json"
        job = json.dumps({"measure": room, "out": str(out)})
        command = [sys.executable, "-m", "tests.trust.code_mutants", "--serve", job]
        done = subprocess.run(command, cwd=ROOT, stdout=sys.stderr, check=False)
        if done.returncode or not out.exists():
            raise SystemExit(f"tests/{room}: fail on the unchanged code. Mend them first.")
        return json.loads(out.read_text())


def _work(changes: list[Change], ran: dict[str, Ran]) -> list[tuple[Change, str, float]]:
    """Hand changes to one server and gather what became of them."""
    command = [sys.executable, "-m", "tests.trust.code_mutants", "--serve", json.dumps({"ran": "stdin"})]
    server = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert server.stdin
    assert server.stdout
    results = []
    for change in changes:
        room = change.module.split(".")[1]
        known, line = ran[room], f"{change.module}:{change.line}"
        first = sorted(known["lines"].get(line, []), key=lambda test: known["seconds"].get(test, 0.0))
        server.stdin.write(json.dumps({"change": vars(change), "first": first}) + "\n")
        server.stdin.flush()
        state, seconds = json.loads(server.stdout.readline())
        results.append((change, state, seconds))
        print(f"{state:9} {seconds:6.1f} s  {line}  {change.what}", file=sys.stderr, flush=True)
    server.stdin.close()
    server.wait()
    return results


def _serve(job: dict[str, Any]) -> int:
    """Be the process that is forked from: everything imported but the package."""
    os.environ |= {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "POLARS_MAX_THREADS": "1", "DEALS_CACHE": "off"}
    if "measure" in job:
        return _measure(job["measure"], Path(job["out"]))
    for name in ("pytest", "hypothesis", "polars", "msgspec", "babel", "babel.numbers", "babel.dates"):
        importlib.import_module(name)
    for line in sys.stdin:
        task = json.loads(line)
        begin = time.monotonic()
        child = os.fork()
        if child == 0:
            os.setsid()
            _try(Change(**task["change"]), task["first"])
        state = _outcome(child)
        sys.stdout.write(json.dumps([state, round(time.monotonic() - begin, 2)]) + "\n")
        sys.stdout.flush()
    return 0


def _outcome(child: int) -> str:
    end = time.monotonic() + MOST_WAITING
    while time.monotonic() < end:
        pid, status = os.waitpid(child, os.WNOHANG)
        if pid:
            code = os.waitstatus_to_exitcode(status)
            states = {0: "survived", BY_STORED: "as stored", -signal.SIGXCPU: "too slow", -signal.SIGKILL: "too slow"}
            return states.get(code, "killed")
        time.sleep(0.02)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return "too slow"


def _try(change: Change, first: list[str]) -> None:
    """In the forked process: run the room's tests on the changed module, and leave with their exit code."""
    quiet = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(quiet, stream)
    code = 3
    plan = _Plan(first)
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS + 5))
    try:
        import pytest

        path = ROOT.joinpath(*change.module.split(".")).with_suffix(".py")
        sys.meta_path.insert(0, _Finder(change.module, path, compile(changed(path, change), str(path), "exec")))
        _calm()
        code = int(pytest.main([*_options(), "-x", *tests_of(change.module.split(".")[1])], plugins=[plan]))
        code = BY_STORED if code and plan.failed and set(plan.failed) <= set(AS_STORED) else code
    finally:
        os._exit(code)


def _options() -> list[str]:
    return ["-q", "-p", "no:cacheprovider", "--rootdir", str(ROOT), "-W", "ignore"]


def _calm() -> None:
    """Hypothesis draws the same examples each time and does not shrink what fails."""
    from hypothesis import HealthCheck, Phase, settings

    settings.register_profile(
        "mutants", derandomize=True, database=None, deadline=None, phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    settings.load_profile("mutants")


class _Plan:
    """Runs the tests that are known to reach the changed line first, the quickest of them first; notes what failed."""

    def __init__(self, first: list[str]) -> None:
        self.order = {test: place for place, test in enumerate(first)}
        self.failed: list[str] = []

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        items.sort(
            key=lambda item: (item.name.partition("[")[0] in AS_STORED, self.order.get(item.nodeid, len(self.order)))
        )

    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.failed:
            self.failed.append(report.nodeid.split("::")[-1].partition("[")[0])


class _Finder(importlib.abc.MetaPathFinder):
    """Gives the changed module where the unchanged one is asked for."""

    def __init__(self, name: str, path: Path, code: CodeType) -> None:
        self.name, self.path, self.code = name, path, code

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> importlib.machinery.ModuleSpec | None:
        if fullname != self.name:
            return None
        loader = _Loader(fullname, str(self.path))
        loader.code = self.code
        return importlib.util.spec_from_file_location(fullname, self.path, loader=loader)


class _Loader(importlib.machinery.SourceFileLoader):
    code: CodeType

    def get_code(self, fullname: str) -> CodeType:
        return self.code


def _measure(room: str, out: Path) -> int:
    """Run the room's tests once under coverage, each test its own context."""
    import coverage
    import pytest

    _calm()
    with tempfile.TemporaryDirectory() as folder:
        cover = coverage.Coverage(data_file=f"{folder}/data", source=[str(ROOT / "analysis")], config_file=False)
        cover.start()
        meter = _Meter(cover)
        code = pytest.main([*_options(), *tests_of(room)], plugins=[meter])
        cover.stop()
        cover.save()
        data, lines = cover.get_data(), {}
        for path, module in modules():
            for line, tests in data.contexts_by_lineno(str(path)).items():
                lines[f"{module}:{line}"] = [test for test in tests if test]
    out.write_text(json.dumps({"seconds": meter.seconds, "lines": lines}))
    return int(code)


class _Meter:
    """Names each test to coverage, and times it."""

    def __init__(self, cover: Any) -> None:
        self.cover, self.seconds = cover, {}

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        self.cover.switch_context(nodeid)

    def pytest_runtest_logreport(self, report: Any) -> None:
        self.seconds[report.nodeid] = self.seconds.get(report.nodeid, 0.0) + report.duration


def _processor() -> float:
    """Seconds of processor that the tests took, over all processes."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def report(results: list[tuple[Change, str, float]], *, every: int, seed: int, seconds: float) -> str:
    """The count by module, and each survivor by line."""
    counts = Counter(state for _, state, _ in results)
    killed = sum(counts[state] for state in KILLED)
    by_rules = killed - counts["as stored"]
    lines = [
        f"mutation of the code: {len(results)} of {every} mutants, seed {seed}, in {seconds / 60:.1f} minutes, "
        f"{_processor() / 60:.1f} minutes of processor in all",
        "",
        f"{'module':42} {'mutants':>8} " + " ".join(f"{state:>9}" for state in STATES),
    ]
    for module in sorted({change.module for change, _, _ in results}):
        states = Counter(state for change, state, _ in results if change.module == module)
        lines.append(f"{module:42} {states.total():>8} " + " ".join(f"{states[state]:>9}" for state in STATES))
    lines += [
        "",
        f"killed: {killed} of {len(results)} ({killed / len(results):.1%})",
        f"killed without the tests of what is stored: {by_rules} of {len(results)} ({by_rules / len(results):.1%})",
        "",
        "survivors",
    ]
    for change, state, _ in sorted(results, key=lambda result: (result[0].module, result[0].line)):
        if state == "survived":
            lines.append(f"  {change.module}:{change.line}: {change.what}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
