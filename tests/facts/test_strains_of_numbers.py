"""Products, step-ups, ages, hedges and ranks: with which claims, by what arithmetic, in the words that a reader sees."""

from __future__ import annotations

import pytest
from worlds import DEAL, OLD, deal, world

from analysis.facts.tensions import tensions

BN = 1e9
ROUND = {"subject": "round:marble-b-2024", "property": "valuation", "written_unit": 1e8, "when": "2024-05"}
ADA = {"subject": "person:ada", "property": "age", "written_unit": 1.0}
OTHER = {"subject": OLD, "property": "price", "value": 19 * BN, "written_unit": BN, "id": "o"}


def found(kind, *claims, lang="en"):
    """The tensions of a kind."""
    return [tension for tension in tensions(world(*claims), lang) if tension.kind == kind]


def usd(property, bn, **fields):
    """An amount in billions written with one decimal."""
    return deal(property, bn * BN, written_unit=0.1 * BN, **fields)


PRODUCT = [usd("price", 4.9, id="p"), deal("stake_acquired", 49, id="s"), usd("valuation", 10, id="v")]
STEP = deal("step_up", 2, hedge="above", article_id="blog", id="s")


def test_a_product_is_told_with_its_arithmetic():
    """The stated number and its range, what it is held against and whose, and what that makes."""
    [tension] = found("product", *PRODUCT, PRODUCT[0] | {"id": "p2"})

    assert tension.claims == ["p", "p2", "s", "v"]
    assert tension.detail == (
        f"{DEAL}, price: agency: $4.9bn [$4.85bn to $4.95bn]; "
        "49% (agency) × $10bn (agency) = [$4.82bn to $4.98bn]: the ranges meet"
    )


@pytest.mark.parametrize(
    "changed, to",
    [
        (0, {"basis": "closing"}),
        (0, {"basis": "accounts"}),
        (0, {"unit": "EUR"}),
        (1, {"subject": OLD}),
        (2, {"value": None, "lo": 9e9, "hi": 11e9, "hedge": "range"}),
        (2, {"hedge": "below"}),
    ],
)
def test_what_makes_no_product_is_not_compared(changed, to):
    """A price counted at another time, in other money, another deal's stake, a valuation that nobody puts a number to."""
    claims = [claim | (to if at == changed else {}) for at, claim in enumerate(PRODUCT)]

    assert not found("product", *claims)


def test_a_product_takes_what_stands_nearest():
    """Its own article's numbers before others', the exact before the hedged."""
    others = [usd("valuation", 12, id="a", article_id="blog"), deal("stake_acquired", 30, hedge="approx", id="b")]

    assert [t.claims for t in found("product", *PRODUCT, *others)] == [["p", "s", "v"]]


def test_a_step_up_is_held_against_its_own_articles_valuation():
    """Where its own article gives one, that alone; else each article's, the exact one first."""
    before = ROUND | {"value": 4.8 * BN, "id": "r"}
    own, wire = usd("valuation", 10, id="v", article_id="blog"), usd("valuation", 8, id="w")
    hedged = usd("valuation", 9, id="a", hedge="approx")

    assert [t.claims for t in found("step_up", STEP, own, wire, before)] == [["r", "s", "v"]]
    page, wired = found("step_up", STEP, own | {"article_id": "page"}, wire, hedged, before)
    assert [page.claims, wired.claims] == [["r", "s", "v"], ["r", "s", "w"]]
    assert page.detail.endswith("$10bn (agency) / $4.8bn (agency) = [2.05× to 2.12×]: the ranges meet")
    assert [page.verdict, wired.verdict] == ["consistent", "conflict"]


@pytest.mark.parametrize(
    "when, counted",
    [("2023-05", False), ("2024-02-20", False), ("2024-02-21", False), ("2024-02-22", True), ("2024-05-31", True)],
)
def test_a_step_up_counts_from_the_last_round(when, counted):
    """A valuation a hundred days before the last one is of an earlier round."""
    rounds = [
        ROUND | {"value": 4.8 * BN, "id": "r"},
        ROUND | {"value": 4e9, "id": "t", "when": when, "article_id": "page"},
    ]

    made = found("step_up", STEP, usd("valuation", 10, id="v"), *rounds)

    assert sorted(t.claims for t in made) == [["r", "s", "v"], *([["s", "t", "v"]] if counted else [])]


def test_a_step_up_takes_what_was_said_of_this_deal_alone():
    """The valuation before as the deal's own articles give it, in the same money; not another deal's."""
    said, other = deal("previous_valuation", 4.8 * BN, id="o"), {"subject": OLD, "value": BN}
    claims = [STEP, usd("valuation", 10, id="v"), said]

    others = [other | {"property": "previous_valuation"}, other | {"property": "valuation"}]
    assert [t.claims for t in found("step_up", *claims, *others)] == [["o", "s", "v"]]
    assert not found("step_up", STEP, usd("valuation", 10, unit="EUR"), said)


def test_ages_are_told_with_the_years_of_birth():
    """Somebody of 19 at any time of 2016 was born from 1996 to 1997; both ages together narrow it or clash."""
    young = ADA | {"value": 19, "when": "2016", "id": "a"}

    [tension] = found("age", young, ADA | {"value": 28, "article_id": "page", "id": "b"})
    assert tension.detail == (
        "person:ada, age: agency: 19 in 2016, so born 1996 to 1997; "
        "agency: 28 in 2025-07-01, so born 1996 to 1997; all agree on a birth in 1996–1997"
    )
    [tension] = found("age", young, ADA | {"value": 31, "article_id": "page"}, lang="fr")
    assert tension.detail.endswith("aucune naissance ne convient à tous")


@pytest.mark.parametrize(
    "age, other, verdict",
    [
        (28, "2025-12-31", "consistent"),
        (28, "2026-01-01", "conflict"),
        (29, "2025-01-02", "consistent"),
        (29, "2026-12-31", "consistent"),
        (29, "2027-01-01", "conflict"),
    ],
)
def test_an_age_lasts_a_year(age, other, verdict):
    """Who is 28 on the first of a year is so to its last day at most, and 29 for at most two years from that day on."""
    claims = [ADA | {"value": 28, "when": "2025-01-01"}, ADA | {"value": age, "when": other}]

    assert [t.verdict for t in found("age", *claims)] == [verdict]


def test_one_age_alone_is_told_only_with_its_time():
    """An age in an article says nothing more; one whose time is told gives a year of birth; a span of ages none."""
    assert not found("age", ADA | {"value": 28})
    assert len(found("age", ADA | {"value": 28, "when": "2025"})) == 1
    assert not found("age", ADA | {"lo": 28.0, "hi": 30.0, "hedge": "range", "when": "2025"})


def test_an_age_in_an_undated_text_counts_from_the_announcement():
    """Where the data hold no announcement of the deal it tells of, the age gives no birth."""
    ages = [ADA | {"value": 28, "article_id": "blog", "id": "a"}, ADA | {"value": 27, "when": "2025-01", "id": "b"}]

    [told] = found("age", *ages, deal("announced_on", "2025-06-12"))
    [alone] = found("age", *ages)

    assert "28 in 2025-06-12, so born 1996 to 1997" in told.detail
    assert "28" not in alone.detail


def test_hedged_numbers_are_told_with_what_all_allow():
    """Each with its range, and the narrowest that suits all; a range once, as it was said."""
    [hedged] = found(
        "hedge", usd("price", 14.3, id="a", article_id="blog"),
        deal("price", 14 * BN, hedge="slightly_above", written_unit=BN, id="b"),
    )  # fmt: skip
    [ranged] = found("hedge", deal("price", lo=4e9, hi=5e9, hedge="range", id="a"), usd("price", 4.5, id="b"))

    assert hedged.detail == (
        f"{DEAL}, price: agency: $14.3bn [$14.25bn to $14.35bn]; agency: a little more than $14bn [$14bn to $15bn]; "
        "what all allow: [$14.25bn to $14.35bn]"
    )
    assert ranged.detail == (
        f"{DEAL}, price: agency: $4bn to $5bn; agency: $4.5bn [$4.45bn to $4.55bn]; what all allow: [$4.45bn to $4.55bn]"
    )


def test_numbers_clash_where_any_two_do():
    """A third that suits both does not reconcile them; the same number twice is none at all."""
    claims = [usd("price", 14.3), usd("price", 14.4, by=["site"]), deal("price", 14 * BN, hedge="approx")]

    assert [t.verdict for t in found("value", *claims)] == ["conflict"]
    assert not found("hedge", *claims)
    assert not found("hedge", claims[0], claims[0])


def test_one_voice_that_says_another_number_later_has_changed_it():
    """On another day it is a change; on the same day, or from another voice, a conflict."""
    first = usd("price", 14.3, id="a")

    assert [t.verdict for t in found("change", first, usd("price", 14.8, article_id="page"))] == ["refinement"]
    assert found("value", first, usd("price", 14.8))
    assert found("value", first, usd("price", 14.8, article_id="page", by=["site"]))
    assert not found("value", deal("rank", 1), deal("rank", 2, article_id="page", by=["site"]))


@pytest.mark.parametrize(
    "rank, other, verdict, told",
    [
        (1, {}, "conflict", f"the rank 1 and no list; yet of the 2 that the data hold, larger: {OLD}"),
        (2, {}, "consistent", f"the rank 2 and no list; of the 2 that the data hold, larger: {OLD}"),
        (3, {}, "unsaid", f"the rank 3 and no list; the data hold 2 to compare ({OLD} larger): it cannot be checked"),
        ("largest", {"value": BN}, "consistent", "the rank 1 and no list; of the 2 that the data hold, larger: none"),
        (2, {"value": 5e9}, "unsaid", "the data hold 2 to compare (none larger): it cannot be checked"),
        (2, {"unit": "EUR"}, "unsaid", "the data hold 1 to compare (none larger): it cannot be checked"),
        (2, {"basis": "closing"}, "unsaid", "the data hold 1 to compare (none larger): it cannot be checked"),
        (2, {"basis": "accounts"}, "unsaid", "the data hold 1 to compare (none larger): it cannot be checked"),
        (1, {"unit": "EUR"}, "unsaid", "the data hold 1 to compare (none larger): it cannot be checked"),
    ],
)
def test_a_rank_is_told_with_what_is_larger(rank, other, verdict, told):
    """How many deals of the acquirer the data hold in dollars, counted alike, and which are larger beyond doubt."""
    [tension] = found("superlative", deal("rank", rank, id="r"), usd("price", 5, id="p"), OTHER | other)

    assert tension.verdict == verdict
    assert tension.detail.endswith(told)
    assert tension.claims == (["o", "p", "r"] if other == {} else ["p", "r"])


def test_what_may_be_as_large_is_not_larger():
    """A deal whose least is the other's most is larger than it beyond no doubt."""
    mine = usd("price", 5, id="p") | {"lo": 4 * BN, "hi": 5 * BN, "value": None}
    [touching] = found(
        "superlative", deal("rank", 1, id="r"), mine, OTHER | {"lo": 5 * BN, "hi": 9 * BN, "value": None}
    )
    [above] = found("superlative", deal("rank", 1, id="r"), mine, OTHER | {"lo": 5.1 * BN, "hi": 9 * BN, "value": None})

    assert (touching.verdict, above.verdict) == ("consistent", "conflict")


def test_a_rank_without_its_own_number_cannot_be_checked():
    """Nothing is larger than what has no number, and a word that is no rank is none."""
    [tension] = found("superlative", deal("rank", 2, id="r"), OTHER)

    assert (tension.claims, tension.verdict) == (["r"], "unsaid")
    assert not found("superlative", deal("rank", "small"), OTHER)


def test_customers_are_ranked_by_what_they_spend_with_one_supplier():
    """Other suppliers' customers do not count."""
    spend = {"property": "customer_spend", "object": "org:marble", "period": "2024"}
    claims = [
        {"subject": "org:heron", "object": "org:marble", "property": "rank", "value": 1, "id": "r"},
        spend | {"subject": "org:heron", "value": 2e8, "id": "s", "written_unit": 1e8},
        spend | {"subject": "org:wren", "value": 1e8, "id": "t", "written_unit": 1e7},
        spend | {"subject": "org:wren", "object": "org:quill", "value": 9e8, "id": "u"},
    ]

    [tension] = found("superlative", *claims)

    assert (tension.claims, tension.verdict) == (["r", "s"], "consistent")
    assert "of the 2 that the data hold" in tension.detail
