"""What holds of every fact that is told, exported or pinned, over the whole of data/ and in small made-up corpora."""

from __future__ import annotations

import hashlib
import re
import zipfile
from datetime import date, timedelta

import polars as pl
import pytest
from worlds import deal, world

from analysis.articles import wording
from analysis.errors import DataError
from analysis.facts.deals import deals_from
from analysis.facts.decisions import guard_of
from analysis.facts.explain import explain, overview, worded
from analysis.facts.export import csv_of, export, rows_of
from analysis.facts.measures import measures_from
from analysis.facts.prices import index
from analysis.facts.resolve import resolve
from analysis.facts.study import study
from analysis.facts.tensions import tensions

RAW = re.compile(
    r"\bNone\b|\bnull\b|\bnan\b|\b(?:org|person|deal|round|product|event):[a-z0-9]|\b[a-z]+_[a-z_]+\b|\{\}|  +\S.*  "
)


@pytest.fixture(scope="module")
def facts(corpus):
    return resolve(corpus)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_no_fact_is_told_in_the_machines_words(corpus, facts, lang):
    """No null, identifier or name with an underscore is left in what is told of any subject."""
    told = [overview(facts, id, lang) for id in corpus.subjects["id"]]
    bare = [re.sub(r"\[[^\]]*\]", "", text) for text in told]

    assert len(told) > 50
    assert [RAW.search(text)[0] for text in bare if RAW.search(text)] == []


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_every_explanation_names_each_claim_once(facts, lang):
    """What supports a fact that has one state is there with its id; every id there is a claim about the subject."""
    of = facts.frame.group_by("subject", "property").agg(pl.len(), pl.col("support").first()).filter(pl.col("len") == 1)
    ids = set(facts.corpus.claims["id"])

    assert of.height > 100
    for subject, property, _, support in of.sort("subject", "property").gather_every(3).iter_rows():
        text = explain(facts, subject, property, lang=lang)
        shown = re.findall(r"\[([a-z0-9][\w-]*)\]$|\[([a-z0-9][\w-]*)\] —", text, re.M)
        named = [a or b for a, b in shown]
        assert set(support or []) <= set(named) <= ids, text
        assert len(named) == len(set(named)), text


def test_a_guard_is_of_the_set_of_claims():
    """Whatever their order the same claims have one guard, 16 hex of a SHA-256; other claims have another."""
    known = hashlib.sha256(b"a\nb").hexdigest()

    assert guard_of(["b", "a"]) == guard_of(["a", "b"]) == known[:16]
    assert guard_of(["a"]) != known[:16]


def test_the_latest_state_has_begun_on_the_day(corpus):
    """A state that begins on the day is known on it, and not the day before; a plan only where nothing has begun."""
    frame = resolve(corpus).frame.filter(pl.col("since").is_not_null() & (pl.col("stage") == "done"))
    assert frame.height
    for subject, property, since in (
        frame.select("subject", "property", "since").unique().sort("subject", "property", "since").head(12).iter_rows()
    ):
        for as_of in (since, since - timedelta(days=1)):
            facts = resolve(corpus, as_of=as_of.isoformat())
            state = facts.latest(facts.history(subject, property))
            begun = facts.history(subject, property).filter(pl.col("since").fill_null(date.min) <= as_of)
            assert not begun.height or set(state["id"]) <= set(begun["id"])


def test_measures_of_given_deals_are_of_those(facts):
    """Measures are computed from the deals they are given, not from all that are known; the same deals are computed once."""
    deals = deals_from(facts)
    one = deals.head(1)

    assert set(measures_from(one, facts)["deal_id"]) == set(one["deal_id"])
    assert measures_from(deals, facts) is measures_from(deals, facts)
    assert measures_from(one, facts).height < measures_from(deals, facts).height


def test_a_workbook_holds_what_the_frame_holds(facts, tmp_path):
    """Numbers are numbers, text is text, what is unknown is an empty cell; no cell is a formula."""
    pytest.importorskip("xlsxwriter")
    rows = rows_of(facts, "deals")

    export(facts, "deals", tmp_path / "deals.xlsx")
    with zipfile.ZipFile(tmp_path / "deals.xlsx") as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    numbers = [name for name, kind in rows.schema.items() if kind.is_numeric()]
    cells = re.findall(r'<c r="([A-Z]+)(\d+)"([^>]*)>(.*?)</c>', sheet)
    assert "<f>" not in sheet
    assert {int(row) for _, row, _, _ in cells} == set(range(1, rows.height + 2))
    filled = sum(rows[name].drop_nulls().len() for name in rows.columns)
    assert abs(len(cells) - len(rows.columns) - filled) == 0
    assert sum('t="s"' not in about for _, row, about, _ in cells if row != "1") >= sum(
        rows[n].drop_nulls().len() for n in numbers
    )


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_what_is_told_of_a_fact_is_its_value(corpus, facts, lang):
    """A name for a subject, a day for a date, a number for a number, both sides of a tie; each as the language writes it."""
    for row in facts.frame.iter_rows(named=True):
        told = worded(corpus, row, lang)
        assert told
        if row["alternatives"]:
            assert len(told.split(f" {'or' if lang == 'en' else 'ou'} ")) >= 2
        elif row["kind"] == "date" and row["value_text"]:
            assert told == wording.day(row["value_text"], lang)
        elif row["value_text"] in set(corpus.subjects["id"]):
            assert told == corpus.label(row["value_text"], lang)
        elif row["value"] is not None and row["hedge"] in (None, "exact"):
            assert told == wording.quantity(row["value"], row["unit"], lang)


@pytest.mark.parametrize(
    "words, when, verdict",
    [
        ("twice what it was a year ago", "2024-02", "conflict"),
        ("twice what it was last year", "2024-02", "consistent"),
        ("twice what it was last year", "2023-12", "conflict"),
        ("twice what it was a year ago", "2024-09", "consistent"),
    ],
)
def test_last_year_is_a_calendar_year_and_a_year_ago_is_not(words, when, verdict):
    """For an article of June 2025 February 2024 was last year, but sixteen months ago."""
    claims = [
        deal("step_up", 2, unit="multiple", hedge="above", quote=words),
        {"subject": "round:marble-b-2024", "property": "valuation", "value": 4e9, "when": when},
    ]

    assert [t.verdict for t in tensions(world(*claims)) if t.kind == "date_relative"] == [verdict]


@pytest.mark.parametrize(
    "name, value", [("deal", "deal:nobody"), ("supplier", "org:nobody"), ("scenario", "worst"), ("dollars", "1850-01")]
)
def test_a_notebooks_own_parameter_is_held_to_what_there_is(name, value):
    """An id that is no subject's, a scenario that nobody defined and a month without prices are refused."""
    with pytest.raises(DataError, match=name if name != "dollars" else "1850"):
        study(**{name: value})


def test_prices_end_with_a_month():
    """The message names the first and the last month there are, and no thirteenth."""
    with pytest.raises(DataError, match=r"from \d{4}-(?:0[1-9]|1[0-2]) to \d{4}-(?:0[1-9]|1[0-2])\b"):
        index("1850-01")


def test_a_table_for_a_spreadsheet_runs_nothing_and_hides_nothing(facts):
    """Every first sign that a spreadsheet would run is quoted, and the other cells are as they were."""
    rows = pl.DataFrame({"told": ["=1+1", "+1", "-1", "@x", "plain", "a=b", None], "n": [1.5, -2.0, 0, 3, 4, 5, None]})

    lines = csv_of(rows).splitlines()
    assert lines[0] == "told,n"
    assert [line.split(",")[0] for line in lines[1:]] == ["'=1+1", "'+1", "'-1", "'@x", "plain", "a=b", ""]
    assert [line.split(",")[1] for line in lines[1:]] == ["1.5", "-2.0", "0.0", "3.0", "4.0", "5.0", ""]


def test_a_deal_has_one_row_and_no_empty_word(corpus):
    """The deals' frame has a row a deal, a stage where one is known, and no empty words."""
    deals = deals_from(resolve(corpus))

    assert deals["deal_id"].is_unique().all()
    assert not [name for name, kind in deals.schema.items() if kind == pl.String and (deals[name] == "").any()]
    assert deals.filter(pl.col("stage").is_null() & pl.col("stage_standing").is_not_null()).is_empty()
    assert deals["nature"].drop_nulls().len() > 0
