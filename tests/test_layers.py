"""The house: four rooms in a row, a light front door, nothing that runs on import."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOMS = ["articles", "facts", "figures", "reports"]
PACKAGE = Path(__file__).resolve().parents[1] / "analysis"
MODULES = sorted(PACKAGE.rglob("*.py"))


def imported(path: Path) -> set[str]:
    """Every module of the package that a file names in an import, wherever it stands."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path.name}: import by the full name, so that the direction can be read"
            names |= {node.module or ""} | {f"{node.module}.{alias.name}" for alias in node.names}
    return {name for name in names if name.startswith("analysis")}


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_room_imports_only_rooms_to_its_left(path):
    """Arrows run one way: articles -> facts -> figures -> reports -> cli; errors is open to all."""
    room = path.relative_to(PACKAGE).parts[0]
    if room not in ROOMS:
        return
    allowed = ROOMS[: ROOMS.index(room) + 1]

    wrong = {n for n in imported(path) if n.count(".") and n.split(".")[1] not in [*allowed, "errors"]}

    assert not wrong - {"analysis.DataError"}


def test_the_front_door_has_15_names_or_fewer():
    """The public names are few, all of them exist, and each has a docstring."""
    import analysis

    assert len(analysis.__all__) <= 15
    for name in analysis.__all__:
        assert getattr(analysis, name).__doc__


def test_importing_the_library_opens_no_room():
    """`import analysis` imports none of the heavy libraries, reads no file and asks no clock."""
    heavy = "{'polars','altair','papermill','nbconvert','msgspec','babel','vl_convert','great_tables','PIL'}"
    code = f"import sys, analysis; print(sorted({heavy} & set(sys.modules)))"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_nothing_runs_on_import(path):
    """A module's top level defines; it opens nothing, asks for no time and prints nothing."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    called = set()
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
            continue
        if isinstance(node, ast.If) and "__main__" in ast.unparse(node.test):
            continue
        called |= {ast.unparse(n.func) for n in ast.walk(node) if isinstance(n, ast.Call)}

    wrong = {
        c
        for c in called
        if c.split(".")[-1] in {"open", "print", "now", "today", "read_text", "read_bytes", "load", "run", "read_csv"}
    }

    assert not wrong
