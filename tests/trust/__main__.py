"""The sweeps, each by one command, and what they printed.

    python -m tests.trust [SWEEP ...] [--write] [-- OPTION ...]

Without a name, all of them, one after another. What follows -- goes to the sweep, as its own options. --write puts what a sweep printed into docs/trust.md, between its two marks,
with the day, the versions and how long it took; a sweep that was never run says so there.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "trust.md"
LIBRARIES = ("polars", "altair", "papermill", "nbval", "msgspec", "hypothesis")
TESTS = ("pytest", "-p", "no:cacheprovider", "--no-header", "--run-slow", "-rsfEP")
SWEEPS: dict[str, tuple[str, ...]] = {
    "data": ("tests.trust.data",),
    "code": ("tests.trust.code_mutants",),
    "faults": (*TESTS, "tests/trust/test_faults.py"),
    "input": ("tests.trust.bad_input", "--minutes", "20"),
    "guided": ("tests.trust.guided",),
    "private": (*TESTS, "tests/trust/test_private.py"),
    "pages": (*TESTS, "tests/reports/test_pages.py", "tests/notebooks/test_jupyterlab.py"),
    "versions": ("tests.trust.versions",),
    "coverage": ("tests.trust.covered",),
}
NOT_RUN = "Not run."


def main() -> int:
    """Run the sweeps that were named, print, and with --write keep; the exit code of the last that failed, else 0."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sweeps", nargs="*", metavar="SWEEP", help=", ".join(SWEEPS))
    parser.add_argument("--write", action="store_true", help="put what is printed into docs/trust.md")
    own, more = sys.argv[1:], []
    if "--" in own:
        own, more = own[: own.index("--")], own[own.index("--") + 1 :]
    given = parser.parse_args(own)
    if unknown := [name for name in given.sweeps if name not in SWEEPS]:
        parser.error(f"{unknown[0]}: is none of {', '.join(SWEEPS)}")
    failed = 0
    for name in given.sweeps or SWEEPS:
        print(f"\n# {name}", flush=True)
        start = time.monotonic()
        code, printed = ran((*SWEEPS[name], *more))
        failed = code or failed
        if given.write:
            document = DOCUMENT.read_text(encoding="utf-8")
            DOCUMENT.write_text(kept(document, name, printed, code, time.monotonic() - start, more), encoding="utf-8")
    return failed


def ran(command: tuple[str, ...]) -> tuple[int, str]:
    """Run a module, pass on what it prints, and gather it: its exit code, and its standard output."""
    process = subprocess.Popen([sys.executable, "-m", *command], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    lines = []
    for line in process.stdout or ():
        print(line, end="", flush=True)
        lines.append(line)
    return process.wait(), "".join(lines)


def kept(document: str, name: str, printed: str, code: int, seconds: float, more: Sequence[str] = ()) -> str:
    """The document with what a sweep printed between its two marks."""
    libraries = ", ".join(f"{library} {version(library)}" for library in LIBRARIES)
    about = (
        f"`{' '.join(['python -m tests.trust', name, *(['--', *more] if more else [])])}` on {date.today()}: exit code {code}, {seconds / 60:.1f} minutes; "
        f"Python {platform.python_version()}, {libraries}; {platform.system()}, {os.cpu_count()} processors."
    )
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True)
    about += f" At {commit.stdout.strip()}." if commit.returncode == 0 else ""
    text = printed.replace(str(ROOT), ".").strip("\n")
    return between(document, name, f"{about}\n\n```\n{text}\n```")


def between(document: str, name: str, text: str) -> str:
    """The document with a text between the marks of that name."""
    begin, end = marks(name)
    if document.count(begin) != 1 or document.count(end) != 1:
        raise SystemExit(f"docs/trust.md: has not once each of {begin} and {end}")
    return re.sub(f"{begin}.*?{end}", lambda _: f"{begin}\n{text}\n{end}", document, flags=re.S)


def marks(name: str) -> tuple[str, str]:
    """What stands before and after a sweep's own words."""
    return f"<!-- {name}: begin -->", f"<!-- {name}: end -->"


if __name__ == "__main__":
    sys.exit(main())
