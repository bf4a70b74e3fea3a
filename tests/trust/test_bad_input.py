"""Nothing that a stranger may hand in breaks a reader: it is read as data, or refused in words."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.errors import DataError
from tests.trust import bad_input

QUICK = {"toml": 200, "articles": 150, "proposals": 12, "notebooks": 400, "values": 300, "memos": 15}
TRACED = {"png": 40, "jpg": 40, "svg": 40, "pdf": 25, "docx": 25}


def swept(reader: str, number: int) -> None:
    made = bad_input.sweep(reader, number)
    print(made)

    assert not made.broken, made.broken[0]
    assert made.grown < 100


@pytest.mark.parametrize("reader, number", (QUICK | TRACED).items())
def test_mutants_of_good_files(reader, number):
    """Each is read or refused by a DataError, within ten seconds of the processor, and the process does not grow."""
    swept(reader, number)


@pytest.mark.slow
def test_very_many_mutants():
    """The same for a hundred thousand texts and tables, ten thousand pictures and documents, or what 20 minutes allow."""
    command = [sys.executable, "-m", "tests.trust.bad_input", "--minutes", "20"]
    done = subprocess.run(command, cwd=bad_input.ROOT, capture_output=True, text=True)

    assert done.returncode == 0, done.stdout + done.stderr


quick = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), database=None)


@quick
@given(data=st.one_of(st.binary(max_size=300), st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace"))))
@pytest.mark.parametrize("reader", ["toml", "articles", "notebooks", "values", "svg"])
def test_any_bytes(reader, data):
    """hypothesis: bytes and texts of no form at all."""
    made = bad_input.Sweep(reader)
    bad_input.one(bad_input.READERS[reader][0], data, made)

    assert not made.broken


@pytest.mark.parametrize(
    "text, words",
    [
        ("article = 3", "article is no table"),
        ('claim = ["a"]', "claim is no table"),
        ("a = " + "[" * 5000, "maximum recursion depth"),
        ("a = " + "9" * 5000, "Exceeds the limit"),
        ("[article]\ntext_chars = 1e999999999", "is beyond all numbers"),
        ("[article]\ntext_chars = 0.1e99999999999999999999", "is beyond all numbers"),
        ('[article]\nid = "../../etc/passwd"\npublisher = "P"', "id"),
    ],
)
def test_a_table_that_no_reader_can_take(text, words):
    """Depths, lengths and sizes beyond all bounds are refused, with the file's name."""
    with pytest.raises(DataError, match=r"given\.toml") as refused:
        bad_input.read_toml(text.encode())

    assert words in str(refused.value)


def test_a_currency_is_no_party():
    """« CHF 350 million » once broke the proposals of its article: CHF was taken for a company."""
    draft = bad_input.read_proposals(
        b"Alpha Corp agreed on Monday to buy Beta Inc for CHF 350 million, the companies said."
    )

    assert any(str(proposal.value) == "350000000" for proposal in draft.proposals)


def test_a_letter_with_endless_marks():
    """Composing it takes the square of its length: refused within a second, where it once took over nine minutes."""
    started = time.monotonic()
    with pytest.raises(DataError, match="100000 marks on one letter"):
        bad_input.read_article(("The sale of a" + "\u0301" * 100_000 + " to the group.").encode())

    assert time.monotonic() - started < 1


@pytest.mark.slow
@pytest.mark.parametrize("more, most", [("", 12), (" \u200b", 16)], ids=["letters", "invisible marks"])
def test_memory_grows_with_the_input(more, most):
    """Two megabytes with a quantity every sixty letters, all of them kept, cost a bounded multiple of themselves."""
    size, grown, found = bad_input.memory(more)

    assert found > size / 100
    assert grown < most * size


def test_links_of_the_system_lead_nowhere(tmp_path):
    """A symbolic link in place of a folder of reports, or of its lock, is not followed into what it names."""
    from analysis.reports.report import report
    from tests.trust.commands import write_notebook

    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "kept.txt").write_text("kept")
    (tmp_path / "out").symlink_to(secret)
    with pytest.raises(DataError, match="holds files that no report wrote"):
        report([str(write_notebook(tmp_path / "one.ipynb", "1"))], out=tmp_path / "out", formats=["ipynb"])

    assert [path.name for path in secret.iterdir()] == ["kept.txt"]


def test_a_formula_in_a_table_is_text(corpus):
    """What a spreadsheet would run begins with an apostrophe in an exported CSV."""
    import polars as pl

    from analysis.facts.export import csv_of

    signs = ["=cmd|' /C calc'!A0", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1"]
    lines = csv_of(pl.DataFrame({"quote": signs}))

    cells = [cell for cell in lines.replace('"', "").split("\n")[1:] if cell]
    assert not [cell for cell in cells if cell[0] in "=+-@\t\r"]
