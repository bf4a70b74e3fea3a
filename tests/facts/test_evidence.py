"""An article's words beside the facts they became; the text itself is shown live and stored nowhere."""

from __future__ import annotations

import urllib.request

import pytest

import analysis
from analysis.errors import DataError
from analysis.facts.evidence import became, beside, marked_text

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
