"""What the reader writes and shows: proposals as TOML, tables for a notebook, numbers in words, places of a quote."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal

import pytest

from analysis.articles import text as texts
from analysis.articles import wording
from analysis.articles.copies import texts_in
from analysis.articles.propose import propose
from analysis.articles.quantities import read
from analysis.articles.review import write_proposals
from analysis.articles.search import search
from analysis.articles.views import MOST, corpus_html, table

ARTICLE = """Marble Corp. agreed on Thursday to buy Heron Inc. for more than $2.5 billion, the companies said.

Heron was valued at $1.25 billion in 2023. Marble will take a 49% stake in Quarry Ltd. for $300 million, according to
people familiar with the matter. It may also buy Flint SA, founded in 2016, for about 12.5 million euros.
"""


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The proposals of an article, as a file in a folder that was not there."""
    target = tmp_path_factory.mktemp("written") / "new" / "folder" / "one.toml"
    draft = propose(ARTICLE, published="2025-06-13")
    write_proposals(draft, ARTICLE, target)
    return draft, target.read_text(encoding="utf-8")


def test_proposals_are_written_as_they_are(written):
    """Amounts to the last digit, a hedge only where there is one, what is not known nowhere; in reading order."""
    draft, text = written
    claims = tomllib.loads(text, parse_float=Decimal)["claim"]

    assert len(claims) == len(draft.proposals) >= 4
    for claim, p in zip(claims, sorted(draft.proposals, key=lambda p: p.start), strict=True):
        assert (claim["property"], claim["subject"], claim.get("value")) == (p.property, p.subject, p.value)
        assert claim.get("hedge") == (None if p.hedge == "exact" else p.hedge)
        assert (claim["status"], claim["stage"], claim["by"]) == (p.status, p.stage, list(p.by))
        assert claim["review"] == {"state": "proposed"}
        [span] = claim["evidence"]
        assert span["sha"] == texts.short_sha(texts.normalise(ARTICLE).text[span["start"] :][: span["len"]])
        assert ("basis" in claim) == (p.property in {"price", "valuation", "previous_valuation"})
    assert not re.search(r"= None|= nan|hedge = \"exact\"", text)
    assert "2_500_000_000" in text
    assert [c["evidence"][0]["start"] for c in claims] == sorted(c["evidence"][0]["start"] for c in claims)


def test_what_was_read_again_is_not_written_twice(written, tmp_path):
    """Writing the same proposals into the file that holds them changes no byte."""
    draft, text = written
    target = tmp_path / "one.toml"
    for _ in range(2):
        write_proposals(draft, ARTICLE, target)

    assert target.read_text(encoding="utf-8") == text


def test_a_notebook_shows_the_first_claims_of_each_article(corpus):
    """At most five an article and MOST in all, each with its id, in a table with a caption and four heads."""
    shown = corpus_html(corpus)
    ids = re.findall(r"<tr><td[^>]*>[^<]*</td><td[^>]*>([^<]*)</td>", shown)

    assert shown.startswith("<table><caption>")
    assert shown.count("<th ") == 4
    assert 0 < len(ids) == len(set(ids)) <= MOST
    assert set(ids) <= set(corpus.claims["id"])
    assert f"{corpus.claims.height} claims" in shown


def test_a_table_escapes_every_cell():
    """Caption, heads, cells and foot are text."""
    shown = table("<a>", ["<b>"], [("<c>", "&")], "<d>")

    assert "<caption>&lt;a&gt;</caption>" in shown
    assert not re.search(r"<[abcd]>", shown)
    assert shown.endswith("<p>&lt;d&gt;</p>")


def test_a_reading_as_data_says_only_what_is_so():
    """`inherited` and `note` are there where they hold, and nowhere else; numbers are numbers."""
    weekday, plain = read("Friday, June 12, 2025", "en")[0].to_json(), read("12 %", "fr")[0].to_json()
    inherited = read("Elle paie 12 milliards en actions et 3 milliards de dollars.", "fr")[0].to_json()

    assert weekday["note"] == "the text says friday, the day was thursday"
    assert {"note", "inherited"}.isdisjoint(plain)
    assert (plain["value"], plain["lo"], plain["unit"], plain["hedge"]) == (12, None, "percent", "exact")
    assert (inherited["inherited"], inherited["unit"]) == (True, "USD")


@pytest.mark.parametrize(
    "published, value",
    [("2025-06", "2025-05"), ("2025-06-13", "2025-05"), ("2025-06-01/2025-06-13", "2025-05"), ("2025", None)],
)
def test_last_month_is_known_where_the_month_of_publication_is(published, value):
    """An article dated to a month tells which month is the last; one dated to a year does not."""
    assert [q.value for q in read("It was sold last month.", "en", published)] == [value]


@pytest.mark.parametrize(
    "value, unit, french",
    [(1_900_000, "users", "1,9 million d’utilisateurs"), (2_000_000, "users", "2 millions d’utilisateurs")],
)
def test_french_has_a_plural_from_two_on(value, unit, french):
    """« 1,9 million », « 2 millions »."""
    assert wording.quantity(value, unit, "fr").replace(wording.NBSP, " ").replace(wording.NNBSP, " ") == french


@pytest.mark.parametrize(
    "period, english, french",
    [
        ("2024/..", "since 2024", "depuis 2024"),
        ("../2024", "before 2024", "avant 2024"),
        ("2024/", "since 2024", "depuis 2024"),
        ("2024-06-01", "1 June 2024", "1er juin 2024"),
        ("2024-06", "June 2024", "juin 2024"),
    ],
)
def test_a_time_with_one_end_says_which(period, english, french):
    """An open end is since or before, in each language."""
    assert (wording.day(period, "en"), wording.day(period, "fr")) == (english, french)


def spans(text, *given):
    """The states of spans (start, length, text that was hashed, quote)."""
    rows = [
        {"claim_id": f"c{n}", "start": start, "len": size, "sha": said and texts.short_sha(said), "quote": quote}
        for n, (start, size, said, quote) in enumerate(given)
    ]
    return [(span.state, span.start) for span in search(rows, text)]


def test_a_span_is_found_where_it_stands_now():
    """In place, moved as a whole, by its quote where it never had a place, and lost where its words are gone."""
    text = "One deal was struck for 14,3 billion. Another was not."
    before = "Prologue. " + text

    assert spans(text, (0, 8, "One deal", "One deal"), (24, 4, "14,3", None)) == [("exact", 0), ("exact", 24)]
    assert spans(before, (0, 8, "One deal", "One deal"), (24, 4, "14,3", None)) == [("moved", 10), ("moved", 34)]
    assert spans(text, (None, None, None, "Another")) == [("moved", 38)]
    assert spans(text, (3, 5, "wharf", "wharf by night"))[0][0] == "lost"


def test_a_number_inside_another_is_not_it():
    """« 4,3 » is not found within « 14,3 », at either end."""
    assert spans("It cost 14,3 in all.", (9, 3, "4,3", None))[0][0] == "lost"
    assert spans("It cost 4,31 in all.", (8, 3, "4,3", None))[0][0] == "lost"


def test_only_texts_that_show_are_read(tmp_path):
    """Folders and hidden files are no articles, whatever their names; a file that is no text counts as empty."""
    (tmp_path / "one.txt").write_text("One deal.", encoding="utf-8")
    (tmp_path / ".two.txt").write_text("Hidden.", encoding="utf-8")
    (tmp_path / "three.txt").mkdir()

    assert texts_in(tmp_path) == {"one.txt": "One deal."}


def test_who_is_not_named_is_named_in_the_readers_language():
    """An article without a publisher is called so in words of the language asked for."""
    french, english = wording.unnamed("fr"), wording.unnamed("en")

    assert french.isascii() is False
    assert english.isascii() is True
