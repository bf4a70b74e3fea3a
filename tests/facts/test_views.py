"""What a notebook shows of facts and a corpus."""

from __future__ import annotations

import pytest

from analysis.articles.views import corpus_html
from analysis.facts.resolve import resolve


@pytest.fixture(scope="module")
def facts(corpus):
    return resolve(corpus)


def test_facts_show_dissent_first(facts):
    """The view of facts begins with those that some claim speaks against, and names the claims."""
    shown = facts._repr_html_()
    most = max(facts.frame.to_dicts(), key=lambda row: len(row["dissent"]))

    assert shown.startswith("<table><caption>")
    assert most["dissent"][0]["claim"] in shown


def test_a_fact_is_one_line(facts):
    """A fact prints as one line with its value, range and standing."""
    fact = facts.one("deal:meta-scale-ai-2025", "stake_acquired")

    assert repr(fact).startswith("deal:meta-scale-ai-2025/stake_acquired: 49 [48.5, 49.5] percent (")


def test_claims_show_their_words(corpus):
    """The view of a corpus shows claims with the words of their article, escaped."""
    shown = corpus_html(corpus)

    assert "afp-" in shown
    assert "<script" not in shown
