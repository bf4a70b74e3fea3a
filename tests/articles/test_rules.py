"""What data/ may hold: each broken rule is refused with its file, line, claim and the way out."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from analysis.articles.corpus import load
from analysis.errors import DataError

HERE = Path(__file__).parent
INVALID, VALID = sorted((HERE / "invalid").glob("*.toml")), sorted((HERE / "valid").glob("*.toml"))


def placed(case: Path, folder: Path) -> Path:
    """A small world in a folder, with the case as one of its files: an article, or the one its first line names."""
    shutil.copytree(HERE / "world", folder, dirs_exist_ok=True)
    text = case.read_text(encoding="utf-8")
    named = re.match(r"# at (\S+)\n", text)
    file = folder / (named[1] if named else f"data/articles/{case.name}")
    file.parent.mkdir(parents=True, exist_ok=True)
    before = file.read_text(encoding="utf-8") + "\n" if file.exists() else ""
    file.write_text(before + text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("case", INVALID, ids=lambda path: path.stem)
def test_an_invalid_file_is_refused_with_its_message(case, tmp_path):
    """A broken rule is worded as `file:line: claim 'id': field …` with the nearest way out, exactly as beside the case."""
    root = placed(case, tmp_path)

    with pytest.raises(DataError) as refused:
        load(root)

    assert str(refused.value) == case.with_suffix(".txt").read_text(encoding="utf-8").rstrip("\n")


@pytest.mark.parametrize("case", VALID, ids=lambda path: path.stem)
def test_a_valid_file_is_read(case, tmp_path):
    """What the rules allow is read, every claim of it."""
    root = placed(case, tmp_path)

    claims = load(root).claims

    assert claims.height == case.read_text(encoding="utf-8").count("[[claim]]")


def test_every_invalid_case_has_its_message():
    """There are at least 25 kinds of broken file, each with one message file beside it."""
    assert len(INVALID) >= 25
    assert {path.with_suffix(".txt") for path in INVALID} == set((HERE / "invalid").glob("*.txt"))


def test_a_message_names_the_line_of_the_field():
    """The line in a message is the line of the field that is wrong, in the file as it is written."""
    message = (HERE / "invalid" / "status_wrong.txt").read_text(encoding="utf-8")
    line = int(re.search(r":(\d+):", message)[1])

    assert (
        (HERE / "invalid" / "status_wrong.toml").read_text(encoding="utf-8").splitlines()[line - 1].startswith("status")
    )


def test_all_problems_are_reported_at_once(tmp_path):
    """A file with four mistakes gives four lines, not the first alone."""
    root = placed(HERE / "invalid" / "several_problems.toml", tmp_path)

    with pytest.raises(DataError) as refused:
        load(root)

    assert len(refused.value.problems) == 4


def test_the_data_of_the_project_obeys_the_rules(corpus):
    """data/ as it stands is sound, and no article is quoted beyond its share."""
    assert corpus.claims.height > 300
    assert corpus.evidence["quote"].drop_nulls().str.split(" ").list.len().max() <= 8
