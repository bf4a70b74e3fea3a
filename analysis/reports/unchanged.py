"""Whether a run has to be made again: a hash of all that its outputs depend on, and what the last time left."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from analysis.reports.folder import LEDGER
from analysis.reports.parameters import load_notebook
from analysis.reports.run import Job, Outcome

PACKAGE = Path(__file__).resolve().parents[1]
_DRAWS = ("altair-", "papermill-", "polars-", "vl-convert-", "nbconvert-", "great-tables-", "babel-")


def keyed(jobs: Sequence[Job]) -> list[Job]:
    """The jobs with the hash of all that their outputs depend on: notebook, parameters, library and data."""
    common = f"{library_hash()} {data_hash()} {os.environ.get('DEALS_TEXTS', '')}"
    notebooks = {name: _notebook_hash(Path(name)) for name in {job.notebook for job in jobs}}
    made = []
    for job in jobs:
        what = json.dumps([common, notebooks[job.notebook], job.parameters, sorted(job.formats)], sort_keys=True)
        made.append(replace(job, key=hashlib.sha256(what.encode()).hexdigest()[:32]))
    return made


def _notebook_hash(path: Path) -> str:
    """Of what a notebook says, not of the outputs stored in it; and of its French."""
    notebook = load_notebook(path)
    cells = [[cell["cell_type"], cell["metadata"].get("tags"), "".join(cell["source"])] for cell in notebook["cells"]]
    french = path.with_suffix(".fr.toml")
    text = json.dumps([cells, notebook["metadata"].get("kernelspec"), french.read_text() if french.exists() else ""])
    return hashlib.sha256(text.encode()).hexdigest()


def library_hash() -> str:
    """Of this package's files, this Python, and the versions of what computes and draws."""
    places = [place for place in sys.path if place.endswith("-packages") and os.path.isdir(place)]
    installed = {entry for place in places for entry in os.listdir(place) if entry.endswith(".dist-info")}
    drawn = sorted(entry for entry in installed if entry.replace("_", "-").lower().startswith(_DRAWS))
    return _folder_hash(PACKAGE, hashlib.sha256("\n".join([sys.version, *drawn]).encode()))


def data_hash() -> str:
    """Of the files in data/."""
    bases = [os.environ.get("DEALS_ROOT"), *map(str, [Path.cwd(), *Path.cwd().parents, PACKAGE.parent])]
    for base in filter(None, bases):
        if (Path(base) / "data/properties.toml").is_file():
            return _folder_hash(Path(base) / "data", hashlib.sha256())
    return ""


def _folder_hash(folder: Path, made: Any) -> str:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != LEDGER and "__pycache__" not in path.parts:  # what is published moves no run
            made.update(f"{path.relative_to(folder).as_posix()}\0".encode() + path.read_bytes() + b"\0")
    return made.hexdigest()


def kept(jobs: Sequence[Job], records: Sequence[Mapping[str, Any]], out: Path) -> dict[str, Outcome]:
    """The runs that need not be made again, by name: same hash, went well, all their files there."""
    last = {record.get("name"): record for record in records}
    found = {}
    for job in jobs:
        record = last.get(job.name)
        if not record or record.get("key") != job.key or record.get("status") == "failed":
            continue
        if record.get("files") and all((out / name).is_file() for name in record["files"]):
            found[job.name] = Outcome(**{**record, "status": "skipped", "notebook_path": job.notebook})
    return found
