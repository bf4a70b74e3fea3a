"""The sweeps themselves: what they change, and a small draw of it; the whole runs as `python -m tests.trust.data`."""

from __future__ import annotations

import ast
import random
import re
import subprocess
import sys

import pytest

from tests.trust import __main__ as sweeps
from tests.trust.operators import _nodes, _wrongs, changed, changes_of


@pytest.fixture(scope="module")
def world(texts):
    """data/, the texts and the tables."""
    from tests.trust.world import read_world

    return read_world()


def test_every_kind_of_thing_is_changed(world):
    """The sweep reaches each kind, and no change leaves the thing as it was."""
    from tests.trust.mutants import KINDS, mutants_of

    mutants = mutants_of(world)

    assert {mutant.kind for mutant in mutants} == set(KINDS)
    assert all(mutant.old != mutant.new for mutant in mutants)
    assert len({(m.record, m.name, m.path, str(m.new)) for m in mutants}) == len(mutants)


def test_the_unchanged_data_pass_what_catches_a_change(world):
    """The checks that a catch is counted from find nothing in the data as they are, but for what is known to differ."""
    from tests.trust import checks

    case = checks.Case(world)

    assert list(checks.validation(case)) == []
    assert list(checks.anchoring(case)) == []
    assert list(checks.recomputed(case)) == []
    assert list(checks.findings(case)) == []
    for name, value in world.defaults["deal_comparison"].items():
        assert checks.parameter_caught(world, "deal_comparison", name, value, set()) is None


def test_few_of_a_draw_survive(world):
    """Of thirty changed values, units, positions, quotes and dates, those that survive have their reason."""
    from tests.trust import data
    from tests.trust.mutants import STRICT, mutants_of

    drawn = random.Random(data.SEED).sample([m for m in mutants_of(world) if m.kind in STRICT], 30)

    survivors = [m for m, check in data.sweep(drawn) if check is None]

    assert [str(m) for m in survivors if data._reason(m, world) == data.UNEXPLAINED] == []
    assert len(survivors) <= 1


@pytest.mark.parametrize(
    ("code", "wrong"),
    [
        ("a < b", ["a <= b", "a > b"]),
        ("a and b", ["a or b"]),
        ("not a", ["a"]),
        ("f(1)", ["None", "f(2)"]),
        ("a - 0.5", ["a + 0.5", "a - 1.0"]),
        ("x = True", ["x = False"]),
        ("x = 'a' + b", []),
        ("def f(a: int = 3) -> 'int':\n    return a", ["def f(a: int=4) -> 'int':\n    return a", "def f(a: int=3) -> 'int':\n    return None"]),
    ],
)  # fmt: skip
def test_what_an_operator_makes_of_code(code, wrong, tmp_path):
    """Each wrong is one change of the code, and no text, docstring or annotation is touched."""
    path = tmp_path / "module.py"
    path.write_text(code)

    made = [ast.unparse(changed(path, change)) for change in changes_of(path, "module")]

    assert sorted(made) == sorted(wrong)
    assert sum(len(_wrongs(node)) for node in _nodes(ast.parse(code))) == len(wrong)


def test_the_document_holds_what_each_sweep_printed(root):
    """docs/trust.md has a place for every sweep, with the day and the versions of its run, or says that it was not run."""
    document = (root / "docs" / "trust.md").read_text(encoding="utf-8")

    for name in sweeps.SWEEPS:
        begin, end = sweeps.marks(name)
        assert document.count(begin) == document.count(end) == 1
        held = document.split(begin)[1].split(end)[0].strip()
        told = rf"`python -m tests\.trust {name}[^`]*` on \d{{4}}-\d\d-\d\d: exit code \d+, .*Python 3\.\d+.*\n\n```\n.+\n```"
        assert held == sweeps.NOT_RUN or re.fullmatch(told, held, re.S)


def test_what_is_kept_is_what_was_printed():
    """--write replaces one sweep's words, to the letter, and leaves the rest of the document."""
    document = "a\n<!-- data: begin -->\nNot run.\n<!-- data: end -->\nb\n"

    kept = sweeps.kept(document, "data", "1 \\1 of 2\n", 0, 90)

    assert kept.startswith("a\n<!-- data: begin -->\n`python -m tests.trust data` on ")
    assert kept.endswith("\n\n```\n1 \\1 of 2\n```\n<!-- data: end -->\nb\n")
    assert "exit code 0, 1.5 minutes" in kept


@pytest.mark.slow
@pytest.mark.parametrize("sweep", ["data", "code_mutants"])
def test_the_whole_sweep_keeps_its_promise(sweep, root, texts):
    """Fewer than 1 in 100 changes of the data survive, each with its reason; 85 in 100 of the code's are killed."""
    done = subprocess.run([sys.executable, "-m", f"tests.trust.{sweep}"], cwd=root, capture_output=True, text=True)

    assert done.returncode == 0, done.stdout
