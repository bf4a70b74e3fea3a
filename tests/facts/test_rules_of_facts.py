"""What holds of every fact that is told, exported or pinned, over the whole of data/ and in small made-up corpora."""

from __future__ import annotations

import hashlib
import re
import zipfile
from datetime import date, timedelta

import polars as pl
import pytest

from analysis.facts.deals import deals_from
from analysis.facts.decisions import guard_of
from analysis.facts.explain import explain, overview
from analysis.facts.export import export, rows_of
from analysis.facts.measures import measures_from
from analysis.facts.resolve import resolve

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
