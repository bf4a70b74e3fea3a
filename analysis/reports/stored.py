"""The notebooks that are kept with their outputs: run again in place, and opened in JupyterLab."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from analysis.errors import DataError
from analysis.reports.executed import findings_of, without_traces, written
from analysis.reports.grid import notebook_paths
from analysis.reports.run import Outcome, failure, job_for, run

OFFLINE = (
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.news_url=None",
    "--LabApp.extension_manager=readonly",
)


def store(names: Sequence[str] = (), *, engine: str) -> tuple[list[str], list[Outcome]]:
    """Run notebooks with their defaults and store the outputs in them; a notebook that fails stays as it was.

    Returns:
        A line for each finding that moved, old → new, and the outcomes.
    """
    moved, outcomes = [], []
    with tempfile.TemporaryDirectory() as room:
        for path in notebook_paths(names, every=True):
            before = json.loads(path.read_bytes())
            outcome = run(job_for(path, room, engine=engine, pictures=True))
            outcomes.append(outcome)
            if outcome.status == "ok":
                made = json.loads((Path(room) / f"{path.stem}.ipynb").read_bytes())
                moved += [f"{path.stem}: {line}" for line in moves(findings_of(before), outcome.findings)]
                text = written(_as_stored(made, before))
                if text != path.read_text(encoding="utf-8"):
                    part = path.with_name(f".{path.name}.part")
                    part.write_text(text, encoding="utf-8")
                    os.replace(part, path)
    return moved, outcomes


def _as_stored(made: dict[str, Any], before: dict[str, Any]) -> dict[str, Any]:
    """The outputs in a notebook whose cells and metadata are otherwise those it had."""
    without_traces(made, parameters=False)
    made["metadata"] = before["metadata"]
    for cell, old in zip(made["cells"], before["cells"], strict=True):
        cell["metadata"] = old["metadata"]
    return made


def moves(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> list[str]:
    """What changed between two lists of findings, one line each.

    >>> moves([{"id": "price", "value": 1}], [{"id": "price", "value": 2}])
    ['price: 1 → 2']
    """
    old, new = ({row["id"]: _shown(row) for row in rows} for rows in (before, after))
    ids = list(dict.fromkeys([*old, *new]))
    return [f"{i}: {old.get(i, 'none')} → {new.get(i, 'none')}" for i in ids if old.get(i) != new.get(i)]


def _shown(row: dict[str, Any]) -> str:
    value, lo, hi = (row.get(key) for key in ("value", "lo", "hi"))
    spread = f" [{lo}, {hi}]" if lo is not None or hi is not None else ""
    rest = " ".join(str(row[key]) for key in ("unit", "standing") if row.get(key))
    return f"{'unknown' if value is None else value}{spread}{' ' + rest if rest else ''}"


def lab(folder: Path, arguments: Sequence[str] = ()) -> None:
    """Become JupyterLab on the notebooks; it asks nothing of a network."""
    if not folder.is_dir():
        raise DataError(f"{folder}: is not there. Run this in a folder that holds notebooks/.")
    command = [sys.executable, "-m", "jupyterlab", *OFFLINE, f"--notebook-dir={folder}", *arguments]
    os.execv(sys.executable, command)


def failures(outcomes: Sequence[Outcome]) -> list[str]:
    """The failed runs, a line each."""
    return [failure(outcome) for outcome in outcomes if outcome.status == "failed"]
