"""An analyst's decisions: what a correction changes and what it leaves, and the guard that a pin needs."""

from __future__ import annotations

from datetime import date

import pytest
from worlds import DEAL, deal, world

from analysis.errors import DataError
from analysis.facts.decisions import corrected, guard_of, pinned

CLAIMS = [deal("price", 14.3e9, id="a"), deal("price", 14.8e9, id="b", said_on="2025-06-18")]
REDATED = {"article": "wire", "field": "published", "put": "2025-06-10/2025-06-11"}
WHY = {"reason": "x", "guard": "looked at twice"}
PIN = {"claim": "b", "subject": DEAL, "property": "price", "reason": "x"}


def made(*corrections):
    """The corpus with the corrections made, claims by id and articles by id."""
    corpus = corrected(world(*CLAIMS, deal("price", 5e9, id="c", article_id="page"), corrections=list(corrections)))
    return (
        {row["id"]: row for row in corpus.claims.iter_rows(named=True)},
        {row["id"]: row for row in corpus.articles.iter_rows(named=True)},
    )


def test_a_corrected_date_moves_the_claims_that_have_none_of_their_own():
    """The article's last day and its claims' with it; what was said on another day, and other articles, stay."""
    claims, articles = made(REDATED | WHY)

    assert articles["wire"]["published"] == "2025-06-10/2025-06-11"
    assert articles["wire"]["published_last"] == date(2025, 6, 11)
    assert articles["page"]["published_last"] == date(2025, 7, 1)
    days = {id: row["known_on"] for id, row in claims.items()}
    assert days == {"a": date(2025, 6, 11), "b": date(2025, 6, 18), "c": date(2025, 7, 1)}


def test_a_correction_changes_one_cell():
    """The one claim's one field; its article's day stays."""
    claims, articles = made({"claim": "a", "field": "value", "found": 14300000000, "put": 13000000000} | WHY)

    assert [claims[id]["value"] for id in "abc"] == [13e9, 14.8e9, 5e9]
    assert articles["wire"]["published_last"] == date(2025, 6, 13)


def test_a_correction_made_already_changes_nothing():
    """What reads as it should is left, whatever was found."""
    claims, _ = made({"claim": "a", "field": "value", "found": 1, "put": 14300000000} | WHY)

    assert claims["a"]["value"] == 14.3e9


@pytest.mark.parametrize(
    "correction, words",
    [
        ({"claim": "z", "field": "value", "put": 1}, "claim 'z' is not one of"),
        ({"article": "a", "field": "published", "put": "2025"}, "article 'a' is not one of"),
        ({"claim": "a", "field": "valu", "put": 1}, "claim 'a': field 'valu' is not one of .*Did you mean 'value'"),
        ({"claim": "a", "field": "value", "found": 1, "put": 2}, "made for '1' .looked at twice"),
    ],
)
def test_a_correction_of_what_is_not_there_is_refused(correction, words):
    """The message names the file, what was looked for, and what there is."""
    with pytest.raises(DataError, match=f"data/corrections.toml: .*{words}"):
        made(correction | WHY)


@pytest.mark.parametrize("guard", [["a", "b"], ["b", "a"], "a, b", "b a", guard_of(["b", "a"])])
def test_a_pin_holds_while_the_same_claims_compete(guard):
    """Named one by one, in words or by their short form, in any order."""
    assert pinned(world(*CLAIMS, pins=[PIN | {"guard": guard}]), lambda _: ["b", "a"]) == ["b"]


@pytest.mark.parametrize("guard", [["a"], ["a", "b", "c"], "a", "", guard_of(["a"])])
def test_a_pin_falls_with_its_guard(guard):
    """Fewer or more claims than now is another question; the message shows the guard that would fit."""
    with pytest.raises(DataError, match=r"now a, b\. .* guard = \['a', 'b'\]"):
        pinned(world(*CLAIMS, pins=[PIN | {"guard": guard}]), lambda _: ["b", "a"])


def test_a_pin_of_no_claim_is_refused():
    """The message names the claims that there are; without pins nothing is asked."""
    with pytest.raises(DataError, match="pin: claim 'z' is not one of"):
        pinned(world(*CLAIMS, pins=[PIN | {"claim": "z", "guard": []}]), lambda _: [])
    assert pinned(world(*CLAIMS), lambda _: pytest.fail("asked")) == []
