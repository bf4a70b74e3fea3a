"""Branches of analysis/ that the tests run, in every process that they start: commands, warm parents, kernels.

python -m tests.trust.covered [--slow] [TESTS ...]
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

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
        options = ["-n", given.workers, "--dist", "loadfile", "-p", "no:cacheprovider", *slow]
        told = _coverage(settings, "run", "-m", "pytest", *options, *given.tests)
        _coverage(settings, "combine", "-q", folder)
        _coverage(settings, "json", "-q", "-o", f"{folder}/found.json")
        found = json.loads((Path(folder) / "found.json").read_text(encoding="utf-8"))
    failed = re.findall(r"^(?:FAILED|ERROR) \S+", told.stdout, re.M)
    print(report(found["files"], found["totals"]))
    print(f"tests that failed while they were measured: {len(failed)}", *failed, sep="\n  ")
    return int(bool(failed) or found["totals"]["percent_covered"] < LEAST)


def report(files: dict[str, dict], totals: dict) -> str:
    """The share in all, of each room and of what runs in kernels, then each file under LEAST with its missing lines."""
    rooms: dict[str, list[dict]] = {}
    for path, about in files.items():
        parts = Path(path).parts
        room = parts[parts.index("analysis") + 1]
        rooms.setdefault(room.removesuffix(".py"), []).append(about["summary"])
        if Path(path).stem in KERNELS:
            rooms.setdefault("run in kernels", []).append(about["summary"])
    lines = [f"lines and branches of analysis/: {_share([totals]):.1f} %", ""]
    lines += [f"{name:16} {_share(parts):5.1f} %" for name, parts in sorted(rooms.items()) if len(parts) > 1]
    lines += ["", f"files under {LEAST:g} %, with the lines that no test runs"]
    for path, about in sorted(files.items(), key=lambda item: item[1]["summary"]["percent_covered"]):
        share = about["summary"]["percent_covered"]
        if share < LEAST:
            name = path[path.index("analysis/") :]
            lines.append(f"{share:5.1f} % {name}: {_runs(about['missing_lines'])}")
    return "\n".join(lines)


def _share(parts: list[dict]) -> float:
    of = sum(part["num_statements"] + part["num_branches"] for part in parts)
    return 100 * sum(part["covered_lines"] + part["covered_branches"] for part in parts) / max(of, 1)


def _runs(lines: list[int]) -> str:
    """Numbers with neighbours joined: 3, 7-9."""
    runs: list[list[int]] = []
    for line in lines:
        if runs and line == runs[-1][-1] + 1:
            runs[-1][1:] = [line]
        else:
            runs.append([line])
    return ", ".join("-".join(map(str, run)) for run in runs) or "branches only"


def _coverage(settings: Path, command: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "coverage", command, f"--rcfile={settings}", *arguments]
    env = os.environ | {"COVERAGE_CORE": "ctrace"}
    return subprocess.run(
        line, cwd=ROOT, capture_output=True, text=True, check=command not in ("run", "combine"), env=env
    )


if __name__ == "__main__":
    sys.exit(main())
