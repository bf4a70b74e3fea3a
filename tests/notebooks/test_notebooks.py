"""The notebooks: one question each, no definitions, no figures in prose, outputs stored and held to the data."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.reports.words import stale, translations

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
REPORTS = [path for path in NOTEBOOKS if path.stem != "evidence"]


def cells(path: Path, kind: str | None = None) -> list[dict]:
    """The cells of a notebook, with their source as one text."""
    found = json.loads(path.read_text(encoding="utf-8"))["cells"]
    for cell in found:
        cell["source"] = "".join(cell["source"])
    return [cell for cell in found if kind in (None, cell["cell_type"])]


def tagged(path: Path, tag: str) -> list[dict]:
    return [cell for cell in cells(path, "code") if tag in cell["metadata"].get("tags", [])]


def nbval(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run nbval in a process of its own; it compares no picture, so none is drawn."""
    return subprocess.run(
        [sys.executable, "-m", "pytest", "--nbval-lax", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *arguments],
        capture_output=True, text=True, cwd=ROOT, env=os.environ | {"DEALS_PICTURES": "0"} | environment, timeout=300,
    )  # fmt: skip


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_code_is_short_and_defines_nothing(path):
    """At most 30 code cells, median 3 lines, none over 15; no def, class or loop; every import in one cell."""
    code = [cell["source"] for cell in cells(path, "code")]
    lines = [len(source.splitlines()) for source in code]
    trees = [ast.parse(source) for source in code]
    importing = [tree for tree in trees if any(isinstance(n, ast.Import | ast.ImportFrom) for n in ast.walk(tree))]
    barred = (ast.FunctionDef, ast.ClassDef, ast.For, ast.While, ast.Lambda)

    assert len(code) <= 30
    assert statistics.median(lines) <= 3
    assert max(lines) <= 15
    assert len(importing) == 1
    assert not [n for tree in trees for n in ast.walk(tree) if isinstance(n, barred)]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_no_figure_is_typed_in_prose(path):
    """Prose says what to look at; how much, the code says."""
    typed = {cell["id"]: found for cell in cells(path, "markdown") if (found := re.findall(r"\d+", cell["source"]))}

    assert not typed


@pytest.mark.parametrize("path", REPORTS, ids=lambda p: p.stem)
def test_the_french_is_there_and_translates_this_english(path):
    """Each cell of prose has its French beside the notebook, and none is of an English that has changed."""
    assert stale(cells(path), translations(path)) == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_the_parameters_come_first(path):
    """The first code cell holds the parameters, each with a type, a default and help."""
    first = cells(path, "code")[0]

    assert "parameters" in first["metadata"]["tags"]
    for line in first["source"].splitlines():
        assert re.match(r"\w+: \w+ = .+  # .+", line), line


@pytest.mark.parametrize("path", REPORTS, ids=lambda p: p.stem)
def test_checked_cells_hold_output(path):
    """The findings cell is the last, is compared by nbval, and holds what it is compared with."""
    last = cells(path, "code")[-1]
    rows = last["outputs"][0]["data"]["application/json"]

    assert {"findings", "nbval-check-output"} <= set(last["metadata"]["tags"])
    assert len(rows) >= 3
    assert all(set(row) == {"id", "value", "lo", "hi", "unit", "standing", "claims"} for row in rows)


def test_findings_have_ids_of_their_own():
    """An id of a finding stands once over all notebooks, so that a memo can name it."""
    ids = [
        row["id"] for path in REPORTS for row in tagged(path, "findings")[0]["outputs"][0]["data"]["application/json"]
    ]

    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_stored_outputs_hold_no_path_time_or_error(path):
    """A stored notebook is the same on every machine: kernelspec python3, no folder, no hour, no error."""
    text = path.read_text(encoding="utf-8")
    notebook = json.loads(text)

    assert notebook["metadata"]["kernelspec"]["name"] == "python3"
    assert str(ROOT) not in text
    assert str(Path.home()) not in text
    assert "papermill" not in notebook["metadata"]
    assert not [o for c in notebook["cells"] for o in c.get("outputs", []) if o["output_type"] == "error"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_every_cell_runs_and_the_findings_are_the_stored_ones(path):
    """nbval runs every cell, and compares the findings with those stored."""
    done = nbval(str(path))

    assert done.returncode == 0, done.stdout[-3000:]


def test_a_changed_claim_fails_the_findings_that_depend_on_it(tmp_path):
    """Change one value of data/ and nbval fails on the findings cell of the notebook that shows it."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    claims = tmp_path / "data" / "reference" / "whatsapp.toml"
    text = claims.read_text(encoding="utf-8")
    changed = re.sub(
        r"(\bproperty = \"revenue\"(?:(?!\[\[).)*?value = )10_?200_?000", r"\g<1>10300000", text, count=1, flags=re.S
    )
    assert changed != text
    claims.write_text(changed, encoding="utf-8")

    done = nbval(str(ROOT / "notebooks" / "deal_comparison.ipynb"), DEALS_ROOT=str(tmp_path))

    assert done.returncode == 1
    assert "Cell outputs differ" in done.stdout
    assert "value_to_revenue_ratio" in done.stdout
