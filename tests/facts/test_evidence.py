"""An article's words beside the facts they became; the text itself is shown live and stored nowhere."""

from __future__ import annotations

import html
import re
import urllib.error
import urllib.request
from dataclasses import replace

import polars as pl
import pytest
from worlds import DEAL, deal, world

import analysis
from analysis.articles import text as texts_of
from analysis.errors import DataError
from analysis.facts.evidence import became, beside, marked_text
from analysis.facts.resolve import resolve

ARTICLE = "afp-2025-06-12-meta-scale-ai"


@pytest.fixture(scope="module")
def facts():
    return analysis.study()


def test_every_claim_of_the_article_has_a_row_in_reading_order(facts):
    """Each claim stands once, with its sentence, and with its part in a fact where it has one."""
    rows = became(facts, ARTICLE)

    claims = facts.corpus.claims
    assert sorted(rows["claim"]) == sorted(claims.filter(claims["article_id"] == ARTICLE)["id"])
    assert {"support"} <= set(rows["part"])
    assert rows.filter(rows["part"] == "support")["fact"].null_count() == 0


@pytest.mark.parametrize("lang, price", [("en", "$14.3bn"), ("fr", "14,3 Md$")])
def test_a_claim_stands_beside_the_value_it_became(facts, lang, price):
    """The table has a row a claim: its words, what is said, and the value that the sources together come to."""
    shown = beside(facts, ARTICLE, lang=lang)

    rows = shown._repr_html_().replace("\xa0", " ").replace("\u202f", " ").split("<tr>")
    own = [row for row in rows if "un peu plus de 14 milliards" in row]
    assert len(rows) == shown.frame.height + 2
    assert len(own) == 1
    assert price in own[0]


def test_an_unknown_article_is_refused(facts):
    """An article that data/ does not hold is a DataError."""
    with pytest.raises(DataError, match="is not one of"):
        became(facts, "nothing")


def test_the_text_is_never_in_what_a_notebook_stores(facts, texts, monkeypatch):
    """What is stored is an address: the text comes from this process, to this machine, under a name that cannot be guessed."""
    monkeypatch.setenv("DEALS_TEXTS", str(texts))
    monkeypatch.setenv("JPY_SESSION_NAME", "a person's session")

    shown = marked_text(facts, ARTICLE)._repr_html_()

    address = shown.split('src="')[1].split('"')[0]
    page = urllib.request.urlopen(address).read().decode()
    assert "<mark" in page
    assert not [w for w in page.split() if len(w) > 12 and w in shown]
    assert address.startswith("http://127.0.0.1:")


def test_a_report_never_shows_the_text(facts, texts, monkeypatch):
    """Outside a person's own Jupyter session there is no page at all."""
    monkeypatch.setenv("DEALS_TEXTS", str(texts))
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)

    assert "iframe" not in marked_text(facts, ARTICLE)._repr_html_()


WORDS = "Corvid pays <b>$5bn</b> for Marble.\nCorvid said $5bn & no more, for 49% of Marble.\n"


def own_copy(folder, monkeypatch, *quotes, lang="en"):
    """The page of a made-up article of which a reader has a copy; quotes are (claim, words, start)."""
    claims = [
        deal("price", 5e9, id="p"),
        deal("price", 9e9, id="q", status="opinion"),
        deal("stake_acquired", 49, id="s"),
    ]
    made = world(*claims)
    evidence = [
        dict.fromkeys(made.evidence.columns) | {"claim_id": claim, "article_id": "wire", "quote": quote, "start": start}
        for claim, quote, start in quotes
    ]
    text_sha256 = pl.when(pl.col("id") == "wire").then(pl.lit(texts_of.sha256(texts_of.fold(WORDS))))
    made = replace(
        made, articles=made.articles.with_columns(text_sha256=text_sha256),
        evidence=pl.DataFrame(evidence, schema=made.evidence.schema),
    )  # fmt: skip
    (folder / "b.txt").write_text("something else", encoding="utf-8")
    (folder / "c.txt").write_text(WORDS, encoding="utf-8")
    monkeypatch.setenv("DEALS_TEXTS", str(folder))
    monkeypatch.setenv("JPY_SESSION_NAME", "a person's session")
    return marked_text(resolve(made), "wire", lang=lang)._repr_html_()


def page_of(shown):
    """The page behind an address, its headers, and what any other address of the same server answers."""
    address = shown.split('src="')[1].split('"')[0]
    with urllib.request.urlopen(address) as answer:
        page, headers = answer.read().decode(), answer.headers
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(address.rsplit("/", 1)[0] + "/other")
    return page, headers, refused.value


def test_each_quote_is_marked_once_where_it_stands(tmp_path, monkeypatch):
    """From the place that is held on; two claims of one quote share a mark; what overlaps an earlier mark is left out."""
    quotes = [("p", "$5bn", 30), ("q", "$5bn", 30), ("s", "$5bn & no", 30), ("s", "Corvid", 0), ("s", "nowhere", 0)]

    page, headers, refused = page_of(own_copy(tmp_path, monkeypatch, *quotes))

    marks = re.findall(r'<mark title="([^"]*)">([^<]*)</mark>', page)
    assert [words for _, words in marks] == ["Corvid", "$5bn"]
    assert marks[1][0].splitlines() == [
        f"agency: {DEAL}, price: $5.000bn; asserted (support)",
        f"agency: {DEAL}, price: $9.000bn; opinion (opinion)",
    ]
    text = html.unescape(re.sub(r"<[^>]+>", "", page.split('44em">')[1]))
    assert text == texts_of.fold(WORDS)
    assert "&lt;b&gt;$5bn" in page
    assert headers["Cache-Control"] == "no-store"
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert (refused.code, refused.read()) == (404, b"")


def test_a_text_that_is_not_the_articles_is_not_shown(tmp_path, monkeypatch):
    """A copy is known by its hash: another text of the folder is none, and without a folder there is none."""
    assert "iframe" in own_copy(tmp_path, monkeypatch)

    (tmp_path / "c.txt").write_text(WORDS + "more", encoding="utf-8")
    facts = resolve(world(deal("price", 5e9)))
    assert "iframe" not in marked_text(facts, "wire")._repr_html_()
    monkeypatch.delenv("DEALS_TEXTS")
    shown = marked_text(facts, "wire")
    assert "set DEALS_TEXTS" in shown._repr_html_()
    assert repr(shown) == "an article's text, shown live only"


def test_each_claim_has_its_part():
    """Support with its fact, dissent with the fact that it speaks against, else why it was set aside; in reading order."""
    price = {"written_unit": 1e8, "basis": "headline"}
    claims = [
        deal("price", 14.8e9, id="d", quotes=["b"], **price),
        deal("price", 14.3e9, id="s", status="reported", by=["paper", "agency"], quotes=["a"], **price),
        deal("price", 20e9, id="o", status="opinion", **price),
        deal("valuation", formula="price / users", status="derived", id="f"),
    ]
    made = world(*claims)
    starts = pl.when(pl.col("claim_id") == "s").then(3).otherwise(7).cast(made.evidence.schema["start"])
    facts = resolve(replace(made, evidence=made.evidence.with_columns(start=starts)))

    rows = {row["claim"]: (row["part"], row["fact"], row["standing"]) for row in became(facts, "wire").to_dicts()}
    shown = beside(facts, "wire")

    fact = f"{DEAL}/price/headline"
    assert rows["s"] == ("support", fact, "reported")
    assert rows["d"] == ("dissent", fact, "reported")
    assert rows["o"] == ("opinion", None, None)
    assert rows["f"] == ("an input is unknown", None, None)
    assert list(rows)[:2] == ["s", "d"]
    assert became(facts, "blog").is_empty()
    assert repr(shown) == "4 claims, in the order of the text"
    assert repr(beside(facts, "wire", lang="fr")).startswith("4 affirmations")
    cells = [re.findall(r"<td[^>]*>(.*?)</td>", line) for line in shown._repr_html_().split("<tr>")]
    assert ["$14.3bn", "reported", "dissent"] in [row[-3:] for row in cells]
    assert ["", "", "opinion"] in [row[-3:] for row in cells]


@pytest.mark.parametrize("lang, head", [("en", "What is held true"), ("fr", "Ce qui est tenu pour vrai")])
def test_the_heads_are_in_the_readers_language(facts, lang, head):
    """One language throughout."""
    heads = beside(facts, ARTICLE, lang=lang)._repr_html_().split("</thead>")[0]

    assert head in heads
    assert ("Who vouches" in heads) == (lang == "en")
