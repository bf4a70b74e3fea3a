"""The `deals` command as its users start it: by itself, in a folder of its own, with processes that can be told apart."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
PARAMETERS = 'n: int = 3  # how many\nlang: str = "en"  # language [en|fr]'


def write_notebook(path: Path, *cells: str, parameters: str = PARAMETERS) -> Path:
    """A notebook of a parameters cell and code cells."""
    sources = [(parameters, ["parameters"]), *((cell, []) for cell in cells)]
    made = [
        {
            "cell_type": "code", "id": f"cell-{place}", "execution_count": None, "outputs": [], "source": source,
            "metadata": {"tags": tags} if tags else {},
        }
        for place, (source, tags) in enumerate(sources)
    ]  # fmt: skip
    about = {"nbformat": 4, "nbformat_minor": 5, "metadata": {"kernelspec": KERNEL}, "cells": made}
    path.write_text(json.dumps(about))
    return path


def digest(folder: Path) -> dict[str, str]:
    """Every file of a folder, and the hash of what is in it."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def eventually(question: Callable[[], bool], seconds: float = 10) -> bool:
    """Whether something becomes true in that time."""
    end = time.monotonic() + seconds
    while not (answer := question()) and time.monotonic() < end:
        time.sleep(0.02)
    return answer


class Desk:
    """Starts commands, and knows every process that came of them by their run-time folder."""

    def __init__(self, runtime: Path) -> None:
        self.runtime = runtime
        self.environment = {**os.environ, "XDG_RUNTIME_DIR": str(runtime), "DEALS_WARM_IDLE": "120"}

    def start(self, *arguments: object, cwd: Path, **options) -> subprocess.Popen[str]:
        """The command, not waited for, in a group of its own as a terminal would give it."""
        command = [sys.executable, "-m", "analysis.cli", *map(str, arguments)]
        options.setdefault("env", self.environment)
        return subprocess.Popen(
            command, cwd=cwd, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, process_group=0, **options
        )

    def run(self, *arguments: object, cwd: Path, timeout: float = 60, **options) -> tuple[int, str]:
        """The command's exit code, and all that it said."""
        process = self.start(*arguments, cwd=cwd, **options)
        out, err = process.communicate(timeout=timeout)
        return process.returncode, out + err

    def processes(self) -> dict[int, str]:
        """What runs now of all that was started, by id: its command line."""
        found = {}
        for process in Path("/proc").glob("[0-9]*"):
            try:
                if f"XDG_RUNTIME_DIR={self.runtime}\0".encode() in (process / "environ").read_bytes():
                    found[int(process.name)] = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue
        return found

    def parents(self) -> list[int]:
        """The warm parents: they stay until idle. Their children are no parents."""
        found = self.processes()
        ours = {pid for pid, line in found.items() if "analysis.reports.parent" in line}
        return [pid for pid in ours if _parent_of(pid) not in ours]

    def at_work(self) -> dict[int, str]:
        """Processes beside the warm parents."""
        found = self.processes()
        parents = self.parents()
        return {pid: line for pid, line in found.items() if pid not in parents and line}

    def close(self) -> None:
        """End what was started here."""
        for place in (self.runtime / "deals").glob("warm-*"):
            if place.is_socket():
                place.unlink()
        for pid in self.processes():
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue


@contextmanager
def desk() -> Iterator[Desk]:
    """A desk whose processes end with the block."""
    with tempfile.TemporaryDirectory(prefix="deals-trust-") as folder:
        made = Desk(Path(folder))
        try:
            yield made
        finally:
            made.close()


def _parent_of(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])
    except OSError:
        return 0
