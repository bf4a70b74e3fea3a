"""Fuzzing led by coverage: atheris looks for input that reaches new branches of a reader and breaks it.

    python -m tests.trust.guided [READER ...] [--seconds N]

The good inputs of bad_input.py are where it begins. atheris is no dependency: where it is not installed, nothing is run and
the words say so.
"""

from __future__ import annotations

import argparse
import contextlib
import re
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from analysis.errors import DataError
from tests.trust import bad_input


def main() -> int:
    """Print a line a reader, with what broke it; 1 where something did."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("readers", nargs="*", default=[])
    parser.add_argument("--seconds", type=int, default=30, help="for each reader")
    parser.add_argument("--within", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if not find_spec("atheris"):
        print("not run: atheris is not installed (pip install atheris)")
        return 0
    if given.within:
        _fuzz(given.readers[0], given.seconds, given.within)
    broken = 0
    for reader in given.readers or bad_input.READERS:
        with tempfile.TemporaryDirectory() as folder:
            for place, data in enumerate(bad_input.READERS[reader][1]()):
                (Path(folder) / f"good-{place}").write_bytes(data[: bad_input.MOST])
            command = [sys.executable, "-m", "tests.trust.guided", reader, "--seconds", str(given.seconds)]
            done = subprocess.run(
                [*command, "--within", folder], cwd=bad_input.ROOT, capture_output=True, text=True, errors="replace"
            )
            broken += done.returncode != 0
            print(_line(reader, done), flush=True)
    return int(bool(broken))


def _fuzz(reader: str, seconds: int, folder: Path) -> None:
    """In a process of its own: never returns."""
    import atheris

    read, good = bad_input.READERS[reader]
    with atheris.instrument_imports(include=["analysis"]):
        for data in good():  # imports what it needs; no alarm of ours, libFuzzer has its own
            with contextlib.suppress(DataError):
                read(data)

    def one(data: bytes) -> None:
        with contextlib.suppress(DataError):
            read(data)

    limits = [
        f"-max_total_time={seconds}",
        f"-timeout={bad_input.TOO_LONG}",
        f"-max_len={bad_input.MOST}",
        "-rss_limit_mb=2000",
    ]
    atheris.Setup(
        [sys.argv[0], *limits, f"-artifact_prefix={folder}/broken-", "-print_final_stats=1", str(folder)], one
    )
    atheris.Fuzz()


def _line(reader: str, done: subprocess.CompletedProcess[str]) -> str:
    """How many inputs, how far it got, and what broke."""
    runs = re.search(r"number_of_executed_units: (\d+)", done.stderr)
    reached = re.findall(r"cov: (\d+)", done.stderr)
    memory = re.search(r"peak_rss_mb: +(\d+)", done.stderr)
    line = (
        f"{reader:<10} {runs[1] if runs else '?':>7} inputs  places reached: {reached[0] if reached else '?':>5} at first, "
        f"{reached[-1] if reached else '?':>5} at the end  peak {memory[1] if memory else '?':>4} MB"
    )
    if done.returncode:
        told = [
            row for row in done.stderr.splitlines() if re.match(r"\w*(?:Error|Exception|Late)\b|==\d+== ?ERROR", row)
        ]
        line += f"\n  exit code {done.returncode}: {'; '.join(told[-2:]) or done.stderr[-300:]}"
    return line


if __name__ == "__main__":
    sys.exit(main())
