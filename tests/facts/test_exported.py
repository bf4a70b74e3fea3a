"""Claims, facts and deals as files: what a colleague finds who opens them in another tool."""

from __future__ import annotations

import re
import sys
import zipfile
from datetime import date

import polars as pl
import pytest
from worlds import DEAL, deal, world

from analysis.errors import DataError, MissingTool
from analysis.facts.export import dissent_of, export, flat, rows_of
from analysis.facts.resolve import resolve

PRICE = {"written_unit": 1e8, "basis": "headline"}
STANCE = {"subject": "org:heron", "property": "customer_stance", "object": "org:marble", "value_text": "staying"}
CLAIMS = [
    deal("price", 14.3e9, id="p1", status="reported", by=["paper", "agency"], **PRICE),
    deal("price", 14.8e9, id="p2", **PRICE),
    deal("price", 15.1e9, id="p3", **PRICE),
    deal("valuation", 30e9, id="v1", written_unit=1e8),
    deal("valuation", 29e9, id="v2", written_unit=1e8, by=["site"]),
    STANCE | {"id": "t", "said_on": "2025-06-18", "article_id": "page"},
]


@pytest.fixture(scope="module")
def facts():
    return resolve(world(*CLAIMS))


def sheets_of(path):
    """Each sheet's cells as the file holds them: (column, line) -> (about, value); text by its index."""
    with zipfile.ZipFile(path) as book:
        names = re.findall(r'<sheet name="([^"]+)"', book.read("xl/workbook.xml").decode())
        shared = re.findall(r"<si><t[^>]*>([^<]*)</t></si>", book.read("xl/sharedStrings.xml").decode())
        found = {}
        for number, name in enumerate(names, 1):
            xml = book.read(f"xl/worksheets/sheet{number}.xml").decode()
            cells = re.findall(r'<c r="([A-Z]+)(\d+)"([^>]*)><v>([^<]*)</v>', xml)
            found[name] = {
                (column, int(line)): (about, shared[int(value)] if 't="s"' in about else value)
                for column, line, about, value in cells
            }
        return found


def test_a_workbook_holds_rows_dissent_and_sources_each_with_its_types(facts, tmp_path):
    """The heads stand in the first line, values under them; numbers, truths and days are no text."""
    pytest.importorskip("xlsxwriter")

    file, rows = export(facts, "facts", tmp_path / "facts.xlsx")
    sheets = sheets_of(file)
    heads = {told: column for (column, line), (_, told) in sheets["facts"].items() if line == 1}
    lines = {told: line for (column, line), (_, told) in sheets["facts"].items() if column == "A"}
    stance = lines["org:heron/customer_stance/org:marble/2025-06-18"]
    price = lines[f"{DEAL}/price/headline"]

    assert (file, rows) == (tmp_path / "facts.xlsx", facts.frame.height)
    assert list(sheets) == ["facts", "dissent", "sources"]
    assert list(heads) == facts.frame.columns
    assert sheets["facts"][heads["over_time"], stance] == (' t="b"', "1")
    assert sheets["facts"][heads["over_time"], price] == (' t="b"', "0")
    assert sheets["facts"][heads["since"], stance] == (' s="2"', str((date(2025, 6, 18) - date(1899, 12, 30)).days))
    assert sheets["facts"][heads["value"], price] == ("", "14300000000")
    assert (heads["since"], price) not in sheets["facts"]
    assert sorted(told for (column, line), (_, told) in sheets["dissent"].items() if column == "B" and line > 1) == [
        "p2",
        "p3",
    ]
    assert ("A", facts.corpus.sources.height + 1) in sheets["sources"]


def test_a_workbook_is_easy_to_read_and_says_nothing_of_its_making(facts, tmp_path, monkeypatch):
    """Heads are bold and stay in sight with the ids, no column is wider than 300 pixels; no clock, no temporary folder."""
    pytest.importorskip("xlsxwriter")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))

    file, _ = export(facts, "facts", tmp_path / "facts.xlsx")
    with zipfile.ZipFile(file) as book:
        sheet, core = book.read("xl/worksheets/sheet1.xml").decode(), book.read("docProps/core.xml").decode()
        styles = book.read("xl/styles.xml").decode()

    assert '<pane xSplit="1" ySplit="1" topLeftCell="B2"' in sheet
    assert 20 < max(map(float, re.findall(r' width="([\d.]+)"', sheet))) < 42.9
    assert '<c r="A1" s="1"' in sheet
    assert "<b/>" in styles
    assert 'formatCode="yyyy-mm-dd"' in styles
    assert core.count("2000-01-01T00:00:00Z") == 2


def test_a_workbook_without_its_tool_says_how_to_get_it(facts, tmp_path, monkeypatch):
    """The message names what to install; nothing is left in the folder."""
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)

    with pytest.raises(MissingTool, match="pip install"):
        export(facts, "facts", tmp_path / "facts.xlsx")
    assert not list(tmp_path.iterdir())


def test_a_file_that_cannot_be_written_is_refused(facts, tmp_path):
    """The message names the file; what stood there before stays."""
    (tmp_path / "facts.csv").mkdir()

    for path in (tmp_path / "no" / "facts.csv", tmp_path / "facts.csv"):
        with pytest.raises(DataError, match="cannot be written"):
            export(facts, "facts", path)
    assert [path.name for path in tmp_path.iterdir()] == ["facts.csv"]


@pytest.mark.parametrize("what, name, way", [("claim", "a.csv", "claims"), ("facts", "a.txt", ".csv")])
def test_only_what_there_is_can_be_written(facts, tmp_path, what, name, way):
    """Another name or another kind of file is refused with those that there are."""
    with pytest.raises(DataError, match=way):
        export(facts, what, tmp_path / name)


def test_lists_are_text_in_a_flat_file(facts):
    """Claims joined by spaces, dissent as claim and why, both sides of a tie with their claims; nothing is nothing."""
    rows = flat(facts.frame)
    price = rows.filter(rows["id"] == f"{DEAL}/price/headline").row(0, named=True)
    tied = rows.filter(rows["id"] == f"{DEAL}/valuation").row(0, named=True)

    assert (price["support"], price["dissent"]) == ("p1", "p2: less sure; p3: less sure")
    assert (price["alternatives"], tied["dissent"]) == (None, None)
    assert sorted(tied["alternatives"].split("; ")) == [
        "29000000000.0: 28950000000.0: 29050000000.0: v2",
        "30000000000.0: 29950000000.0: 30050000000.0: v1",
    ]
    assert rows["origins"].dtype == pl.Int64
    assert rows["since"].dtype == pl.Date


def test_dissent_has_a_row_a_claim(facts):
    """The fact, the claim that disagrees with it, and why; no row where all agree."""
    assert dissent_of(facts).rows() == [(f"{DEAL}/price/headline", claim, "less sure") for claim in ("p2", "p3")]
    assert dissent_of(resolve(world())).columns == ["fact", "claim", "why"]
    assert dissent_of(resolve(world(*CLAIMS[:1]))).height == 0


def test_the_rows_are_those_of_the_study():
    """Claims of the articles in scope alone; facts and deals as they were resolved."""
    corpus = world(*CLAIMS)
    seed, page = resolve(corpus, scope="seed"), resolve(corpus, articles=["page"])

    assert rows_of(resolve(corpus), "claims").height == len(CLAIMS)
    assert set(rows_of(seed, "claims")["article_id"]) == {"wire"}
    assert set(rows_of(page, "claims")["article_id"]) == {"page"}
    assert rows_of(page, "facts") is page.frame
    assert rows_of(seed, "deals")["deal_id"].to_list() == [DEAL]


def test_a_flat_file_says_what_it_holds(facts, tmp_path):
    """CSV has a line a row under its heads; the file and the count of rows are given back."""
    file, rows = export(facts, "deals", tmp_path / "deals.csv")

    assert (file, rows) == (tmp_path / "deals.csv", 1)
    assert file.read_bytes().count(b"\n") == 2
    assert b"\r" not in file.read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["deals.csv"]
