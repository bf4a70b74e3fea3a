"""What nobody says: which claims leave it open, in which words, and what closes it."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest
from worlds import DEAL, OLD, deal, world

from analysis.facts.tensions import tensions

WORTH = deal("valuation", 9e9, written_unit=1e8, id="v")
STAKE = deal("stake_acquired", 49, id="s")
HELD = {"subject": "round:marble-b-2024", "property": "investor", "object": "org:corvid", "id": "i"}
PRICE = deal("price", 5e9, written_unit=1e8, id="p", basis="headline")


def unsaid(*claims, lang="en"):
    """What is left unsaid: its id, its claims, its words after what it is about."""
    found = [tension for tension in tensions(world(*claims), lang) if tension.kind == "unsaid"]
    assert {tension.verdict for tension in found} <= {"unsaid"}
    return [(tension.id[7:], tension.claims, tension.detail.split(": ", 1)[-1]) for tension in found]


def test_one_word_on_the_money_settles_a_valuation():
    """Any article's « pre-money » does, of this deal; another deal's does not."""
    again, other = WORTH | {"id": "w", "article_id": "page"}, WORTH | {"id": "x", "subject": OLD, "basis": "pre_money"}

    told = (f"{DEAL}/valuation", ["v", "w"], "agency: $9bn: nobody says whether before or after the new money")
    assert unsaid(WORTH, again, other) == [told]
    assert unsaid(WORTH, again | {"basis": "pre_money"}) == unsaid(WORTH | {"basis": "post_money"}) == []


@pytest.mark.parametrize("holder, told", [("round:marble-b-2024", "round:marble-b-2024"), ("org:marble", "org:marble")])
def test_a_stake_beside_an_earlier_one_may_be_either(holder, told):
    """The acquirer had invested in the target or in one of its rounds: is the stake the sum or the addition?"""
    words = f"agency: 49%: nobody says whether it adds to or includes what org:corvid held already ({told})"

    assert unsaid(STAKE, HELD | {"subject": holder}) == [(f"{DEAL}/stake_acquired", ["i", "s"], words)]


@pytest.mark.parametrize(
    "stake, held",
    [
        ({}, {"object": "org:wren"}),
        ({}, {"subject": "org:quill"}),
        ({"subject": OLD}, {}),
        ({"basis": "increment"}, {}),
        ({"basis": "total_holding"}, {}),
    ],
)
def test_another_investor_or_target_leaves_nothing_open(stake, held):
    """Nor does a stake of which it is said."""
    assert unsaid(STAKE | stake, HELD | held) == []


@pytest.mark.parametrize("basis", [None, "unstated"])
def test_a_price_without_a_basis_is_open_until_one_claim_names_it(basis):
    """One basis anywhere settles it."""
    bare = PRICE | {"basis": basis}

    words = "agency: $5bn: nobody says at which date or with which parts the price is counted"
    assert unsaid(bare) == [(f"{DEAL}/price", ["p"], words)]
    assert unsaid(bare, PRICE | {"id": "q"}) == []


def test_a_minority_may_be_of_new_or_old_shares():
    """Open where the price does not say; what is said of the proceeds elsewhere is a hint; not for the whole, nor another deal."""
    spent = {"property": "use_of_proceeds", "value_text": "growth", "by": ["paper", "agency"]}

    [(name, claims, words)] = unsaid(PRICE, STAKE)
    assert (name, claims) == (f"{DEAL}/shares", ["p"])
    assert words == "agency: $5bn: nobody says how much goes to new shares and how much to holders"
    hint = [spent | {"subject": DEAL, "id": "u"}, spent | {"subject": DEAL, "id": "w", "article_id": "page"}]
    [(_, claims, words)] = unsaid(PRICE, STAKE, *hint, spent | {"subject": OLD, "id": "z"})
    assert claims == ["p", "u", "w"]
    assert words.endswith("the shares’ origin is not said with the price, but elsewhere: agency, citing paper")
    assert unsaid(PRICE, STAKE, spent | {"subject": OLD})[0][2].endswith("how much to holders")
    assert unsaid(PRICE, STAKE | {"value": 100.0}) == unsaid(PRICE | {"basis": "primary"}, STAKE) == []
    assert unsaid(PRICE | {"basis": "secondary"}, STAKE) == unsaid(PRICE, STAKE | {"subject": OLD}) == []


@pytest.mark.parametrize("lang, note", [("en", "the currency is named before"), ("fr", "Devise de la phrase d'avant")])
def test_a_borrowed_currency_is_told_of_money_alone(lang, note):
    """A share has no currency, whatever its note says."""
    share = STAKE | {"note": note, "value": 100.0}

    assert [name for name, *_ in unsaid(PRICE | {"note": note}, share, lang=lang)] == ["p/currency"]
    assert unsaid(PRICE | {"note": "another matter"}) == []


def test_an_article_lacks_a_publisher_or_a_day_only_where_it_says_something():
    """A text from which we derived only ends says nothing itself; what follows from a missing day is told."""
    made = tensions(world(PRICE | {"article_id": "blog"}))
    derived = deal("valuation", None, lo=4e9, basis="post_money", article_id="blog", status="derived")

    told = {t.id: (t.claims, t.detail, t.treatment) for t in made if t.kind == "unsaid"}
    who = "unidentified site, undated"
    assert told["unsaid/blog/published"] == (
        [], f"{who}: the text has no date", "stays null; its claims count only where no day is asked for",
    )  # fmt: skip
    assert told["unsaid/blog/publisher"] == (
        [], f"{who}: the publisher is not named", "kept as not said; nothing is assumed",
    )  # fmt: skip
    assert unsaid(derived) == []
    assert len(unsaid(derived, PRICE | {"article_id": "blog"})) == len(unsaid(derived | {"value": 4e9})) == 2


def test_names_stand_for_ids():
    """A party that has a name is told by it, an article by its title."""
    made = world(HELD | {"quotes": ["a", "b"]}, PRICE | {"article_id": "blog"})
    made = replace(
        made, subjects=made.subjects.with_columns(label_en=pl.lit("The ") + pl.col("id").str.slice(4)),
        articles=made.articles.with_columns(title=pl.lit("A title")),
    )  # fmt: skip

    told = {tension.id: tension.detail for tension in tensions(made)}

    assert told["repeated/round:marble-b-2024/investor/org:corvid/wire"].endswith("says it 2 times: The corvid")
    assert told["unsaid/blog/published"].startswith("A title: ")
