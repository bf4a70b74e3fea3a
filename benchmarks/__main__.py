"""`make bench`: every benchmark, one after another, each in a process of its own."""

from __future__ import annotations

import subprocess
import sys

PARTS = (["reading", "--held-out"], ["reading", "--articles"], ["claims"], ["drawing"], ["running"])


def main() -> int:
    """Run them all; the exit code of the last that failed, else 0."""
    failed = 0
    for name, *arguments in PARTS:
        print(f"\n# benchmarks.{name} {' '.join(arguments)}", flush=True)
        failed = subprocess.run([sys.executable, "-m", f"benchmarks.{name}", *arguments]).returncode or failed
    return failed


if __name__ == "__main__":
    sys.exit(main())
