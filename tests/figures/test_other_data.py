"""The charts hold with other data than the repository's."""

from __future__ import annotations

import pytest
from made import claim, deal_claims, facts_of

from analysis.figures import FIGURES
from analysis.figures.lint import lint

LONG = "An Undertaking With a Name of More Than Forty Characters, Ltd"


def deals(n: int, **prices: float | None) -> tuple[list[dict], dict[str, str]]:
    names = {f"deal:d{i}": LONG if i == 1 else f"Target {i}" for i in range(n)}
    return [
        c for i, d in enumerate(names) for c in deal_claims(d, price=prices.get(d[5:], (i + 1) * 1e9), year=2013 + i)
    ], names


def priced(facts, lang):
    return [
        FIGURES["constant-prices"][0](facts, deal="deal:d0", lang=lang),
        FIGURES["deal-ratios"][0](facts, deal="deal:d0", baseline="deal:d1", lang=lang),
        FIGURES["acquirer-share"][0](facts, deal="deal:d0", baseline="deal:d1", lang=lang),
        FIGURES["strategy-timeline"][0](facts, company="org:buyer", first=2013, lang=lang),
        FIGURES["actors"][0](facts, deal="deal:d0", lang=lang),
    ]


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("n", [2, 10])
def test_many_deals_and_long_names(root, n, lang):
    """Two deals or ten, one with a name of over forty characters: nothing touches or is cut."""
    claims, names = deals(n)
    facts = facts_of(claims, deals=names, orgs={}, root=root)

    assert [fault for figure in priced(facts, lang) for fault in lint(figure)] == []


def test_one_deal(root):
    """A single deal is no rank: the title says that it is the only one."""
    claims, names = deals(1)
    facts = facts_of(claims, deals=names | {"deal:d1": "None"}, orgs={}, root=root)
    figure = FIGURES["constant-prices"][0](facts, deal="deal:d0")

    assert figure.title == "Target 0 is the only deal of Buyer with a known price in dollars"


def test_no_known_price(root):
    """Deals without a price are listed and named, and none is drawn."""
    claims, names = deals(2, d0=None, d1=None)
    figure = FIGURES["constant-prices"][0](facts_of(claims, deals=names, orgs={}, root=root), deal="deal:d0")

    assert figure.scene.points == []
    assert any("No published price: Target 0" in note for note in figure.notes)


def test_another_currency_is_off_the_axis(root):
    """A price in euros is written out and said to be off the dollar axis."""
    claims, names = deals(2)
    claims += deal_claims("deal:d2", price=3e9, year=2019, unit="EUR")
    facts = facts_of(claims, deals=names | {"deal:d2": "Euro"}, orgs={}, root=root)
    figure = FIGURES["constant-prices"][0](facts, deal="deal:d0")

    assert len(figure.scene.points) == 2
    assert any("Off the axis" in note and "Euro" in note for note in figure.notes)


def test_tied_sources_are_both_shown(root):
    """Where sources tie there is no value: a cross stands at both ends and the title gives the range."""
    claims, names = deals(2)
    claims.append(claim("deal:d0", "price", 1.2e9, basis="headline", by=["another"]))
    figure = FIGURES["deal-ratios"][0](
        facts_of(claims, deals=names, orgs={}, root=root), deal="deal:d0", baseline="deal:d1"
    )

    assert figure.title.startswith("In constant dollars, Target 0 cost between")
    assert {p["shape"] for p in figure.scene.points} == {"cross"}


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_customers_without_dates(root, lang):
    """A stance without a day is listed as undated; no axis is drawn for it."""
    claims = [claim("org:a", "customer_stance", "leaving", object="org:s", known_on=None, article_id="undated")]
    facts = facts_of(claims, deals={}, orgs={"org:a": LONG, "org:s": "Supplier"}, root=root)
    figures = [
        FIGURES[id][0](facts, supplier="org:s", lang=lang)
        for id in ("customer-stances", "customer-exposure", "revenue-at-risk")
    ]

    assert figures[0].scene.points == []
    assert [fault for figure in figures for fault in lint(figure)] == []


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_disputed_reason(root, lang):
    """A reason that a source denies is a cross and a word in its cell, and the alt text names it."""
    claims = [claim("org:buyer", "driver", "talent"), claim("org:buyer", "driver_disputed", "talent", by=["rival"])]
    figure = FIGURES["driver-evidence"][0](facts_of(claims, deals={}, orgs={"rival": "Rival"}, root=root), lang=lang)

    assert {"disputes", "conteste"} & {text["text"] for text in figure.scene.texts}
    assert "cross" in {mark["shape"] for mark in figure.scene.marks}
    assert {"en": "Disputed:", "fr": "Contestée\u00a0:"}[lang] in figure.alt
    assert lint(figure) == []


@pytest.mark.parametrize(
    "lang, words", [("en", {"compete with", "bought by"}), ("fr", {"concurrencent", "rachetés par"})]
)
def test_actors_with_the_same_ties_share_a_row(root, lang, words):
    """Each tie of a side is in a cell, read from the actor's end; actors whose ties read the same stand together."""
    claims, names = deals(3)
    claims += [
        claim("org:buyer", "competitor", "org:r1", object="org:r1"),
        claim("org:r2", "competitor", None, object="org:buyer"),
    ]
    facts = facts_of(claims, deals=names, orgs={"org:r1": "Rival 1", "org:r2": "Rival 2"}, root=root)
    figure = FIGURES["actors"][0](facts, deal="deal:d0", lang=lang)
    texts = {text["text"] for text in figure.scene.texts}

    assert words <= texts
    assert "Rival 1, Rival 2" in texts
    assert lint(figure) == []


def test_no_axis_where_nothing_stands_on_it(root):
    """Where no amount is known, nothing is drawn on a scale that means nothing."""
    claims = [claim("org:a", "customer_stance", "staying", object="org:s")]
    facts = facts_of(claims, deals={}, orgs={"org:a": "Customer", "org:s": "Supplier"}, root=root)

    for id in ("customer-exposure", "revenue-at-risk"):
        texts = {text["text"] for text in FIGURES[id][0](facts, supplier="org:s").scene.texts}
        assert not {text for text in texts if text.startswith("$")}
