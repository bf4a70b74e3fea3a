"""`deals check`, `anchor`, `list` and `export`, as a user types them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import polars as pl
import pytest

from analysis.articles.corpus import load
from analysis.facts.export import csv_of, export
from analysis.facts.resolve import resolve

WORLD = Path(__file__).parent / "world"
KEYS = {"id", "claims", "quotes", "exact", "moved", "drifted", "lost", "quoted_share"}
DEALS = Path(sys.executable).parent / "deals"


def deals(*arguments: object, cwd: Path | None = None, root: Path | None = None) -> subprocess.CompletedProcess[str]:
    env = {k: v for k, v in os.environ.items() if k not in ("DEALS_ROOT", "DEALS_TEXTS")}
    env |= {"DEALS_ROOT": str(root)} if root else {}
    return subprocess.run(
        [str(DEALS), *map(str, arguments)], capture_output=True, text=True, cwd=cwd, env=env, timeout=120
    )


@pytest.fixture
def world(tmp_path) -> Path:
    """A small project with one sound article."""
    shutil.copytree(WORLD, tmp_path / "world")
    (tmp_path / "world" / "data" / "articles").mkdir()
    shutil.copy(Path(__file__).parent / "valid" / "numbers.toml", tmp_path / "world" / "data" / "articles")
    return tmp_path / "world"


def test_check_finds_every_quote(root, texts):
    """`deals check --texts` counts each article's spans, all exact, and lists the tensions; exit 0."""
    done = deals("check", "--texts", texts, "--json", "--data", root)
    told = json.loads(done.stdout)

    assert done.returncode == 0, done.stderr
    assert set(told) == {"articles", "tensions", "errors"}
    assert told["errors"] == []
    assert [set(article) for article in told["articles"]] == [KEYS, KEYS]
    for article in told["articles"]:
        assert article["exact"] == article["quotes"] > 60
        assert article["moved"] + article["drifted"] + article["lost"] == 0
    assert {"id", "kind", "claims", "detail", "verdict", "treatment"} == set(told["tensions"][0])


def test_a_changed_digit_fails_and_names_the_claim(root, texts, tmp_path):
    """One digit changed in a text: exit 1, and the claim is named in both forms of the output."""
    for path in texts.glob("*.txt"):
        changed = path.read_text(encoding="utf-8").replace("870", "880")
        (tmp_path / path.name).write_text(changed, encoding="utf-8")

    done = deals("check", "--texts", tmp_path, "--data", root)
    as_json = deals("check", "--texts", tmp_path, "--data", root, "--json")

    assert done.returncode == as_json.returncode == 1
    assert "claim 'site-revenue': its evidence is lost" in done.stdout
    assert any("site-revenue" in line for line in json.loads(as_json.stdout)["errors"])


def test_check_without_texts_holds_the_data_to_its_rules(root):
    """Without texts the rules, the counts and the tensions are checked, and tensions never fail it."""
    done = deals("check", "--data", root)

    assert done.returncode == 0
    assert "unidentified-meta-scale-ai: " in done.stdout
    assert "tensions: " in done.stdout


def test_a_broken_rule_is_printed_and_exits_2(world):
    """A file that breaks a rule: one line a problem on stderr, no traceback, exit 2; in JSON under `errors`."""
    path = world / "data" / "articles" / "numbers.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('"reported"', '"reportd"', 1), encoding="utf-8")

    done = deals("check", "--data", world)
    as_json = deals("check", "--data", world, "--json")

    assert done.returncode == as_json.returncode == 2
    assert done.stderr.startswith(
        "data/articles/numbers.toml:14: claim 'gazette-price': status 'reportd' is not one of"
    )
    assert "Did you mean 'reported'?" in done.stderr
    assert "Traceback" not in done.stderr
    assert len(json.loads(as_json.stdout)["errors"]) == 1


def test_a_folder_of_texts_that_is_not_there_is_refused(root, tmp_path):
    """A wrong folder is bad input, exit 2."""
    done = deals("check", "--texts", tmp_path / "none", "--data", root)

    assert done.returncode == 2
    assert "there is no such folder" in done.stderr


def test_bad_claims_stop_a_report_and_leave_the_one_before(root, tmp_path):
    """A report on data that break a rule is refused in one line a problem, and what was written before stays."""
    project = tmp_path / "project"
    project.mkdir()
    shutil.copytree(root / "data", project / "data")
    shutil.copytree(root / "notebooks", project / "notebooks")
    arguments = ("report", "deal_comparison", "--format", "ipynb")
    first = deals(*arguments, cwd=project, root=project)
    before = {path: path.read_bytes() for path in (project / "reports").rglob("*") if path.is_file()}
    file = next((project / "data" / "articles").glob("afp-*.toml"))
    file.write_text(file.read_text(encoding="utf-8").replace('"reported"', '"reportd"', 1), encoding="utf-8")

    done = deals(*arguments, cwd=project, root=project)
    after = {path: path.read_bytes() for path in (project / "reports").rglob("*") if path.is_file()}

    assert first.returncode == 0, first.stderr[-800:]
    assert done.returncode in (1, 2)
    assert "status 'reportd' is not one of" in done.stdout + done.stderr
    assert len(before) > 1
    assert after == before


def test_anchor_is_a_command(tmp_path):
    """`deals anchor FILE --texts FOLDER` fills a file in place and says from which text."""
    (tmp_path / "piece.txt").write_text("Alpha pays 14.3 billion dollars.", encoding="utf-8")
    file = tmp_path / "piece.toml"
    file.write_text(
        '[article]\nid = "piece"\n\n[[claim]]\nid = "p"\nsubject = "org:beta"\nproperty = "price"\nvalue = 14_300_000_000\n'
        'status = "asserted"\nby = ["gazette"]\nevidence = [{ quote = "14.3 billion" }]\n',
        encoding="utf-8",
    )

    done = deals("anchor", file, "--texts", tmp_path)

    assert done.returncode == 0, done.stderr
    assert "piece.txt" in done.stdout
    assert "start = 11, len = 12" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "kind, known",
    [("articles", "afp-2025-06-12-meta-scale-ai"), ("subjects", "org:meta"), ("sources", "sarah-friar"),
     ("properties", "stake_acquired"), ("notebooks", "deal_comparison"), ("figures", "deal-ratios"), ("proposed", "")],
)  # fmt: skip
def test_list_shows_what_there_is(root, kind, known):
    """`deals list KIND` prints one line an item."""
    done = deals("list", kind, root=root)

    assert done.returncode == 0, done.stderr
    assert known in done.stdout


def test_a_wrong_kind_is_refused(root):
    """`deals list` and `deals export` of something else name what there is; exit 2."""
    for arguments in (("list", "article"), ("export", "claim"), ("export", "claims", "-o", "claims.ods")):
        done = deals(*arguments, root=root)

        assert done.returncode == 2
        assert "is not one of" in done.stderr
        assert "Did you mean" in done.stderr or ".csv, .parquet, .xlsx" in done.stderr


@pytest.mark.parametrize("what", ["claims", "facts", "deals"])
def test_export_keeps_the_rows(corpus, tmp_path, what):
    """Parquet gives the frame back, CSV has a line a row, and nothing else is left in the folder."""
    facts = resolve(corpus)

    _, rows = export(facts, what, tmp_path / "out.parquet")
    export(facts, what, tmp_path / "out.csv")

    assert pl.read_parquet(tmp_path / "out.parquet").height == rows > 0
    assert pl.read_csv(tmp_path / "out.csv", infer_schema=False).height == rows
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.csv", "out.parquet"]


@pytest.mark.parametrize("risky", ["=1+1", "+33", "-2", "@SUM(A1)", "\t=1"])
def test_a_cell_cannot_be_run_by_a_spreadsheet(risky):
    """Text that a spreadsheet would take for a formula is defused in CSV; numbers stay numbers."""
    made = csv_of(pl.DataFrame({"note": [risky], "value": [-2.5]}))

    assert f"'{risky}" in made
    assert "-2.5" in made
    assert "'-2.5" not in made


def test_a_workbook_has_typed_cells_and_three_sheets(corpus, tmp_path):
    """Excel gets numbers as numbers and text as text, on sheets for the facts, the dissent and the sources."""
    pytest.importorskip("xlsxwriter")
    import zipfile

    export(resolve(corpus), "facts", tmp_path / "facts.xlsx")
    with zipfile.ZipFile(tmp_path / "facts.xlsx") as book:
        names = book.read("xl/workbook.xml").decode()
        sheet = book.read("xl/worksheets/sheet1.xml").decode()

    assert [f'name="{name}"' in names for name in ("facts", "dissent", "sources")] == [True] * 3
    assert "<v>14300000000</v></c>" in sheet
    assert "<f>" not in sheet


def test_a_workbook_is_the_same_bytes_each_time(corpus, tmp_path):
    """The same facts give the same file, whatever the clock says."""
    pytest.importorskip("xlsxwriter")
    facts = resolve(corpus)

    export(facts, "deals", tmp_path / "one.xlsx")
    export(facts, "deals", tmp_path / "two.xlsx")

    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.xlsx") as book:
        assert b">2000-01-01T00:00:00Z<" in book.read("docProps/core.xml")


def test_proposed_claims_are_listed_and_wait(world):
    """A proposal is listed with its file and line, and is not among the facts."""
    shutil.copy(Path(__file__).parent / "valid" / "reviewed.toml", world / "data" / "articles" / "numbers.toml")

    done = deals("list", "proposed", "--data", world)
    corpus = load(world)

    assert "gazette-price  data/articles/numbers.toml:8" in done.stdout
    assert resolve(corpus).frame.filter(pl.col("support").list.contains("gazette-price")).is_empty()
