"""Lines and branches of analysis/ that the tests run, in every process that they start: commands, warm parents, kernels.

    python -m tests.trust.covered [--slow] [--workers N] [TESTS ...]

A process that is killed by SIGKILL, as tests of crashes do, takes what it measured along. A child that the warm parent
keeps is always ended so, and saves after each call instead: this module is what the parent imports for that.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
LEAST = 95.0  # per cent of lines and branches
SETTINGS = """
[tool.coverage.run]
branch = true
parallel = true
source = ["{root}/analysis"]
data_file = "{folder}/data"
patch = ["subprocess", "fork", "_exit"]
concurrency = ["thread", "multiprocessing"]
sigterm = true
disable_warnings = ["no-data-collected", "module-not-imported"]
[tool.coverage.report]
exclude_also = ["if TYPE_CHECKING:", "@overload", "^ *\\\\.\\\\.\\\\.$"]
"""
KERNELS = (
    "child",
    "engine",
    "parent",
    "shell",
    "preload",
)  # of analysis/reports: what runs inside a notebook's process


def main() -> int:
    """Run the tests and print the share; 1 where it is under LEAST, or tests fail."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--slow", action="store_true", help="with the tests marked slow")
    parser.add_argument("--workers", default="2")
    parser.add_argument("tests", nargs="*", default=["tests"])
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = Path(folder) / "settings.toml"
        settings.write_text(SETTINGS.format(root=ROOT, folder=folder), encoding="utf-8")
        slow = ["--run-slow"] if given.slow else []
        options = ["-n", given.workers, "--dist", "loadfile", "--no-loadscope-reorder", "-p", "no:cacheprovider", *slow]
        told = _coverage(settings, "run", "-m", "pytest", *options, *given.tests)
        _end_the_last(folder)
        _coverage(settings, "combine", "-q", folder)
        _coverage(settings, "json", "-q", "-o", f"{folder}/found.json")
        found = json.loads((Path(folder) / "found.json").read_text(encoding="utf-8"))
    failed = re.findall(r"^(?:FAILED|ERROR) \S+", told.stdout, re.M)
    print(report(found["files"], found["totals"]))
    print(f"tests that failed while they were measured: {len(failed)}", *failed, sep="\n  ")
    if told.returncode and not failed:
        print(told.stdout[-2000:], told.stderr[-2000:], sep="\n")
    return int(bool(told.returncode) or found["totals"]["percent_covered"] < LEAST)


def report(files: dict[str, dict], totals: dict) -> str:
    """The share in all, of each room and of what runs in kernels, then each file under LEAST with what is missing."""
    rooms: dict[str, list[dict]] = {}
    for path, about in files.items():
        parts = Path(path).parts
        room = parts[parts.index("analysis") + 1]
        rooms.setdefault(room.removesuffix(".py"), []).append(about["summary"])
        if Path(path).stem in KERNELS:
            rooms.setdefault("run in kernels", []).append(about["summary"])
    lines = [f"lines and branches of analysis/: {_share([totals]):.1f} %", ""]
    lines += [f"{name:16} {_share(parts):5.1f} %" for name, parts in sorted(rooms.items())]
    lines += ["", f"files under {LEAST:g} %, with the lines and the branches that no test runs"]
    for path, about in sorted(files.items(), key=lambda item: item[1]["summary"]["percent_covered"]):
        share = about["summary"]["percent_covered"]
        if share < LEAST:
            lines.append(f"{share:5.1f} % {path[path.index('analysis/') :]}: {_missing(about)}")
    return "\n".join(lines)


def _missing(about: dict[str, Any]) -> str:
    """Lines, with neighbours joined, then branches between lines that are run: 3, 7-9, 12->14, 20->end."""
    runs: list[list[int]] = []
    for line in about["missing_lines"]:
        if runs and line == runs[-1][-1] + 1:
            runs[-1][1:] = [line]
        else:
            runs.append([line])
    branches = [pair for pair in about["missing_branches"] if not {*pair} & {*about["missing_lines"]}]
    jumps = [f"{here}->{there if there > 0 else 'end'}" for here, there in branches]
    return ", ".join(["-".join(map(str, run)) for run in runs] + jumps)


def _share(parts: list[dict]) -> float:
    of = sum(part["num_statements"] + part["num_branches"] for part in parts)
    return 100 * sum(part["covered_lines"] + part["covered_branches"] for part in parts) / max(of, 1)


def _end_the_last(folder: str, seconds: float = 20) -> None:
    """Ask warm parents, which outlive the tests that started them, to write what they measured and to end."""
    for pid in _measured(folder):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
    end = time.monotonic() + seconds
    while _measured(folder) and time.monotonic() < end:
        time.sleep(0.1)


def _measured(folder: str) -> list[int]:
    """The processes that were told to measure into this folder, and still run."""
    found = []
    for place in Path("/proc").glob("[0-9]*/environ"):
        with suppress(OSError):
            if folder.encode() in place.read_bytes():
                found.append(int(place.parent.name))
    return found


def _save_after_each_call() -> None:
    """In a warm parent: its children save what they measured whenever they have answered a call."""
    import coverage

    from analysis.reports import child

    answer = child._answer

    def saving(request: dict[str, Any]) -> dict[str, Any]:
        told = answer(request)
        if request.get("keep") and (measuring := coverage.Coverage.current()):
            measuring.save()
        return told

    child._answer = saving


def _coverage(settings: Path, command: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "coverage", command, f"--rcfile={settings}", *arguments]
    own = {
        "COVERAGE_CORE": "ctrace",
        "DEALS_WARM_IMPORT": "tests.trust.covered",
        "XDG_RUNTIME_DIR": str(settings.parent),
    }
    return subprocess.run(
        line, cwd=ROOT, capture_output=True, text=True, check=command not in ("run", "combine"), env=os.environ | own
    )


if os.environ.get("DEALS_WARM_IMPORT") == __name__:
    _save_after_each_call()
if __name__ == "__main__":
    sys.exit(main())
