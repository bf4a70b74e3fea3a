"""Tiny notebooks for the runner's tests, and a warm parent of their own that ends with them."""

from __future__ import annotations

import os
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from analysis.figures.light import without_grammar

with without_grammar():
    import nbformat
    import papermill  # noqa: F401

KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
FINDINGS = """class Findings(list):
    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"application/json": list(self), "text/plain": str(list(self))}

Findings([{"id": "answer", "value": n * 2, "lo": None, "hi": n * 3, "unit": "USD", "standing": None, "claims": []}])"""
PARAMETERS = 'n: int = 3  # how many\nword: str = "a"  # which word [a|b]\nlang: str = "en"  # language [en|fr]'


@pytest.fixture(scope="session", autouse=True)
def own_parent() -> Iterator[None]:
    """The tests' own run-time folder, so that no other parent is used, and none is left."""
    with tempfile.TemporaryDirectory(prefix="deals-tests-") as folder:
        before = {name: os.environ.get(name) for name in ("XDG_RUNTIME_DIR", "DEALS_WARM_IDLE")}
        os.environ.update(XDG_RUNTIME_DIR=folder, DEALS_WARM_IDLE="60")
        yield
        for place in Path(folder).glob("deals/warm-*"):
            if place.is_socket():
                place.unlink()
        for name, value in before.items():
            os.environ.pop(name, None) if value is None else os.environ.update({name: value})
        for pid in parents(folder):
            os.kill(pid, signal.SIGTERM)


def parents(folder: str) -> list[int]:
    """The processes whose run-time folder this is and that serve calls."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if (
                b"analysis.reports.parent" in (process / "cmdline").read_bytes()
                and f"={folder}\0".encode() in (process / "environ").read_bytes()
            ):
                found.append(int(process.name))
        except OSError:
            continue
    return found


@pytest.fixture
def notebook(tmp_path: Path) -> Callable[..., Path]:
    """Write a notebook: its first cell has the parameters, its last the findings."""

    def write(*cells: str, name: str = "tiny", parameters: str = PARAMETERS, findings: str = FINDINGS) -> Path:
        made = [nbformat.v4.new_code_cell(parameters, metadata={"tags": ["parameters"]})] if parameters else []
        for cell in cells:
            source, _, tag = cell.partition("  ## ")
            made.append(nbformat.v4.new_code_cell(source, metadata={"tags": [tag]} if tag else {}))
        if findings:
            made.append(nbformat.v4.new_code_cell(findings, metadata={"tags": ["findings"]}))
        for place, cell in enumerate(made):
            cell.id = f"cell-{place}"
        path = tmp_path / f"{name}.ipynb"
        nbformat.write(nbformat.v4.new_notebook(cells=made, metadata={"kernelspec": KERNEL}), path)
        return path

    return write


@pytest.fixture
def eventually() -> Callable[[Callable[[], bool]], bool]:
    """Whether something becomes true within five seconds."""

    def ask(question: Callable[[], bool]) -> bool:
        end = time.monotonic() + 5
        while time.monotonic() < end:
            if question():
                return True
            time.sleep(0.02)
        return False

    return ask
