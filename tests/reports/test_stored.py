"""Stored notebooks are run again in place, say which finding moved, and change only where an output did."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from analysis.reports import stored
from analysis.reports.stored import moves, store


def test_a_notebook_is_stored_with_its_outputs_and_nothing_of_this_machine(notebook, tmp_path):
    """Outputs and counts are new; ids, tags and metadata are those it had; a second time changes no byte."""
    path = notebook("import os\nprint(n, os.getcwd() != '')")
    before = json.loads(path.read_text())
    moved, outcomes = store([str(path)], engine="warm")
    text = path.read_text()
    after = json.loads(text)

    assert moved == ["tiny: answer: none → 6 [None, 9] USD"]
    assert outcomes[0].status == "ok"
    assert after["metadata"] == before["metadata"]
    assert [cell["metadata"] for cell in after["cells"]] == [cell["metadata"] for cell in before["cells"]]
    assert [cell["execution_count"] for cell in after["cells"]] == [1, 2, 3]
    assert str(tmp_path) not in text
    assert store([str(path)], engine="warm")[0] == []
    assert path.read_text() == text


def test_both_engines_store_the_same_bytes(notebook):
    """Whoever stores a notebook, its bytes are the same."""
    path = notebook("import polars as pl\npl.DataFrame({'a': [n]})")
    texts = [(store([str(path)], engine=engine), path.read_bytes())[1] for engine in ("papermill", "warm")]

    assert texts[0] == texts[1]


def test_a_notebook_that_fails_stays_as_it_was(notebook, tmp_path):
    """A stored notebook is never replaced by a broken one; the command ends with 1."""
    path = notebook("1 / 0")
    before = path.read_bytes()
    command = [sys.executable, "-m", "analysis.cli", "notebooks", str(path), "--engine", "warm"]
    made = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)

    assert made.returncode == 1
    assert "failed, left as it was: tiny: cell 2, line 1: ZeroDivisionError" in made.stderr
    assert path.read_bytes() == before


def test_each_finding_that_moved_is_a_line():
    """Old → new, with range, unit and standing; what is new or gone says so."""
    before = [
        {"id": "a", "value": 1, "lo": 0.5, "hi": 2, "unit": "USD", "standing": "reported"},
        {"id": "b", "value": None},
    ]
    after = [
        {"id": "a", "value": 1, "lo": 0.5, "hi": 2, "unit": "USD", "standing": "confirmed"},
        {"id": "c", "value": "x"},
    ]

    assert moves(before, after) == [
        "a: 1 [0.5, 2] USD reported → 1 [0.5, 2] USD confirmed",
        "b: unknown → none",
        "c: none → x",
    ]


def test_the_lab_asks_nothing_of_a_network(monkeypatch, tmp_path):
    """JupyterLab is opened without its look for news and updates, on the notebooks; options go through."""
    seen: list[list[str]] = []
    monkeypatch.setattr(os, "execv", lambda program, command: seen.append(command))
    stored.lab(tmp_path, ["--no-browser"])

    assert f"--notebook-dir={tmp_path}" in seen[0]
    assert "--LabApp.news_url=None" in seen[0]
    assert seen[0][-1] == "--no-browser"


def test_without_notebooks_the_lab_says_so(tmp_path):
    """A folder that is not there is no traceback."""
    from analysis.errors import DataError

    with pytest.raises(DataError, match="Run this in a folder that holds notebooks/"):
        stored.lab(tmp_path / "none")
