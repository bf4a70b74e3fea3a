"""What a long run tells its reader: the whole, each run, the time left; plain lines where there is no terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TextIO

from analysis.reports.run import Outcome, failure

MOST_LINES = 50


class Silent:
    """Says nothing."""

    def begin(self, names: Sequence[str], *, done: int = 0) -> None:
        """Runs are about to start; so many need not run."""

    def cell(self, name: str, message: dict[str, Any]) -> None:
        """A cell of a run begins."""

    def ended(self, outcome: Outcome) -> None:
        """A run is over."""

    def close(self) -> None:
        """All is over."""


class Lines(Silent):
    """A line for each run, for one in fifty where they are many, and for each failure."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self.stream = stream or sys.stderr

    def begin(self, names: Sequence[str], *, done: int = 0) -> None:
        self.total, self.done, self.started, self.skipped = len(names), done, time.monotonic(), done
        if done:
            print(f"{done} of {self.total} unchanged, not run again", file=self.stream)

    def ended(self, outcome: Outcome) -> None:
        self.done += 1
        if outcome.status == "failed":
            print(f"[{self.done}/{self.total}] {outcome.name}: failed", file=self.stream, flush=True)
        elif self.total <= MOST_LINES or self.done % (self.total // MOST_LINES) == 0:
            print(f"[{self.done}/{self.total}] {outcome.name}{self._left()}", file=self.stream, flush=True)

    def _left(self) -> str:
        ran, left = self.done - self.skipped, self.total - self.done
        seconds = (time.monotonic() - self.started) / max(ran, 1) * left
        return f", {seconds:.0f} s left" if seconds >= 5 else ""


class Bars(Silent):
    """A bar for the whole with the time left, and one for each run at work."""

    def begin(self, names: Sequence[str], *, done: int = 0) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self.bars = Progress(*columns, console=Console(stderr=True), transient=True)
        self.bars.start()
        self.whole = self.bars.add_task("reports", total=len(names), completed=done)
        self.at_work: dict[str, Any] = {}

    def cell(self, name: str, message: dict[str, Any]) -> None:
        if "of" in message:
            if name not in self.at_work:
                self.at_work[name] = self.bars.add_task(f"  {name}", total=message["of"])
            self.bars.update(self.at_work[name], completed=message["cell"])

    def ended(self, outcome: Outcome) -> None:
        if outcome.name in self.at_work:
            self.bars.remove_task(self.at_work.pop(outcome.name))
        self.bars.advance(self.whole)

    def close(self) -> None:
        if hasattr(self, "bars"):
            self.bars.stop()


def progress_for(stream: TextIO) -> Silent:
    """Bars on a terminal, lines elsewhere."""
    return Bars() if stream.isatty() else Lines(stream)


def summary(outcomes: Sequence[Outcome], folder: Path, seconds: float, *, grid: bool = False) -> str:
    """What was written, what failed and where, and how long it took; without a grid one failed run leaves all as it was."""
    count = {status: sum(o.status == status for o in outcomes) for status in ("ok", "skipped", "failed")}
    said = [f"{count['ok']} run"] + [f"{count[word]} {word}" for word in ("skipped", "failed") if count[word]]
    files = sum(len(outcome.files) for outcome in outcomes if outcome.status == "ok")
    lines = [f"failed  {failure(outcome)}" for outcome in outcomes if outcome.status == "failed"]
    if count["failed"] and not grid:
        lines.append(f"{folder}: left as it was, it is replaced only when no run fails")
    elif count["ok"] or not count["failed"]:
        index = folder / "index.html"
        lines.append(f"{index if index.exists() else folder}: {files} files")
    return "\n".join([*lines, f"{len(outcomes)} reports ({', '.join(said)}) in {seconds:.1f} s"])
