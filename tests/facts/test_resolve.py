"""From claims to a fact: the five steps, policies, days, pins, derivations."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl
import pytest
from making import corpus_of

from analysis.errors import DataError
from analysis.facts.resolve import resolve

PRICE = {"property": "price", "basis": "headline", "written_unit": 1e8}
STAKE = {"property": "stake_acquired", "unit": "percent"}
MINORITY = STAKE | {"id": "minority", "value": 50, "hedge": "below", "status": "confirmed", "by": ["buyer"]}
HALF = STAKE | {"id": "half", "value": 49, "status": "reported", "by": ["people", "agency"]}
STANCE = {"subject": "org:c", "property": "customer_stance", "object": "org:t", "unit": None}
STAYS = STANCE | {"id": "stays", "value_text": "staying", "said_on": "2025-06-13", "known_on": date(2025, 6, 13)}
LEAVES = STANCE | {"id": "leaves", "value_text": "leaving", "said_on": "2025-06-18", "known_on": date(2025, 6, 18)}


def fact(*claims, subject="deal:x", property="price", policy="balanced", **parts):
    return resolve(corpus_of(*claims, **parts), policy=policy).one(subject, property)


def test_opinions_and_withdrawn_claims_are_set_aside_with_the_reason():
    """Opinions, superseded, rejected and merely proposed claims do not count, and are listed with why."""
    facts = resolve(
        corpus_of(
            {"id": "a", "value": 29},
            {"id": "b", "value": 30, "status": "opinion"},
            {"id": "c", "value": 31, "superseded_by": "a"},
            {"id": "d", "value": 32, "review_state": "rejected"},
            {"id": "e", "value": 33, "review_state": "proposed"},
        )
    )

    assert facts.one("deal:x", "valuation").value == 29
    assert facts.set_aside.rows() == [("b", "opinion"), ("c", "superseded"), ("d", "rejected"), ("e", "proposed")]


def test_one_origin_is_one_voice():
    """A number in a headline, a lead and a body, or an agency's copy elsewhere, is one origin."""
    found = fact(
        PRICE | {"value": 14.3e9, "by": ["agency"]},
        PRICE | {"value": 14.3e9, "by": ["agency"], "article_id": "a2"},
        PRICE | {"value": 14.3e9, "by": ["agency", "site"], "article_id": "a2"},
    )

    assert found.origins == 1
    assert len(found.support) == 3


def test_a_repeated_number_does_not_outvote():
    """Three repeats of one origin do not beat two origins."""
    repeats = [PRICE | {"value": 14.3e9, "by": ["agency"]} for _ in range(3)]
    others = [PRICE | {"value": 14.8e9, "by": [who]} for who in ("site", "people")]

    found = fact(*repeats, *others)

    assert (found.value, found.step, len(found.dissent)) == (14.8e9, "origins", 3)
    assert {d["why"] for d in found.dissent} == {"fewer origins"}


def test_a_refinement_is_no_conflict():
    """A less sure claim narrows what a party confirmed; the standing is that of the claim needed to get there."""
    found = fact(MINORITY, HALF, property="stake_acquired")

    assert (found.value, found.lo, found.hi, found.standing) == (49, 48.5, 49.5, "reported")
    assert (set(found.support), found.step) == ({"minority", "half"}, "agreement")


def test_a_surer_claim_needs_no_help():
    """A wider claim in support does not lower the standing of a sharp one."""
    found = fact(
        PRICE | {"value": 14.3e9, "status": "confirmed", "by": ["buyer"]}, PRICE | {"value": 14e9, "hedge": "above"}
    )

    assert (found.standing, found.origins) == ("confirmed", 2)


@pytest.mark.parametrize(
    "surer, other",
    [
        ({"status": "confirmed", "by": ["buyer"]}, {"status": "reported", "by": ["paper"]}),
        ({"status": "reported", "by": ["paper"]}, {"status": "reported", "by": ["people"]}),
        ({"status": "reported", "by": ["agency", "site"]}, {"status": "asserted", "by": ["agency"]}),
        ({"status": "asserted"}, {"status": "estimated", "by": ["paper"]}),
        ({"status": "estimated"}, {"status": "derived"}),
    ],
)
def test_the_surer_claim_decides(surer, other):
    """Confirmed, named source, asserted or unnamed, estimated, derived: each beats the next."""
    found = fact(PRICE | {"value": 14.3e9} | surer, PRICE | {"id": "less", "value": 14.8e9} | other)

    assert (found.value, found.step) == (14.3e9, "standing")
    assert found.dissent == [{"claim": "less", "why": "less sure"}]


def test_dropping_the_source_gains_nothing():
    """What an outlet asserts ranks with what it reports of an unnamed source: equal ones stay unresolved."""
    found = fact(
        PRICE | {"id": "a", "value": 14.3e9, "status": "asserted", "by": ["site"]},
        PRICE | {"id": "b", "value": 14.8e9, "status": "reported", "by": ["people"]},
    )

    assert (found.standing, found.value, found.step) == ("unresolved", None, "tie")
    assert [(family["value"], family["claims"]) for family in found.alternatives] == [(14.3e9, ["a"]), (14.8e9, ["b"])]
    assert (found.lo, found.hi) == (14.25e9, 14.85e9)


def test_the_later_one_decides_between_equals():
    """As sure and as many: the later family wins."""
    early = PRICE | {"id": "early", "value": 14.3e9, "known_on": date(2025, 6, 12)}
    late = PRICE | {"value": 14.8e9, "by": ["people"], "status": "reported", "known_on": date(2025, 6, 14)}

    found = fact(early, late)

    assert (found.value, found.step) == (14.8e9, "later")
    assert found.dissent == [{"claim": "early", "why": "earlier"}]


def test_what_has_no_date_is_neither_earlier_nor_later():
    """An undated claim ties with the latest of those that are as sure and as many; an earlier one stays in dissent."""
    early = PRICE | {"id": "early", "value": 14.3e9, "known_on": date(2025, 6, 12)}
    late = PRICE | {"value": 14.8e9, "by": ["people"], "status": "reported", "known_on": date(2025, 6, 14)}

    found = fact(early, late, PRICE | {"value": 15.5e9, "by": ["agency"]})

    assert (found.standing, [family["value"] for family in found.alternatives]) == ("unresolved", [14.8e9, 15.5e9])
    assert found.dissent == [{"claim": "early", "why": "outweighed"}]


def test_a_less_sure_claim_does_not_settle_a_tie():
    """Nor choose between families that a surer claim separates."""
    found = fact(
        PRICE | {"value": 14.3e9},
        PRICE | {"value": 14.8e9, "by": ["agency"]},
        PRICE | {"value": 14.8e9, "status": "derived", "by": ["paper"]},
    )

    assert found.standing == "unresolved"


def test_neighbours_as_written_conflict():
    """14.3 and 14.4 touch at 14.35, and do not agree."""
    assert fact(PRICE | {"value": 14.3e9}, PRICE | {"value": 14.4e9, "by": ["agency"]}).standing == "unresolved"


def test_a_price_is_of_its_basis():
    """Prices on different bases are different facts and never compete."""
    facts = resolve(corpus_of(PRICE | {"value": 19e9}, PRICE | {"value": 21.8e9, "basis": "closing"}))

    assert facts.one("deal:x", "price", basis="closing").value == 21.8e9
    with pytest.raises(DataError, match="2 facts fit"):
        facts.one("deal:x", "price")


def test_currencies_do_not_compete():
    """An amount in euros is another fact than one in dollars: no rate, no comparison."""
    facts = resolve(corpus_of(PRICE | {"value": 1.7e9, "unit": "EUR"}, PRICE | {"value": 2e9}))

    assert facts.frame["id"].to_list() == ["deal:x/price/headline", "deal:x/price/headline/EUR"]


@pytest.mark.parametrize(
    "words, value",
    [(("ceo", "interim_ceo"), "interim_ceo"), (("founder", "cofounder"), "cofounder"), (("ceo", "founder"), None)],
)
def test_a_narrower_word_refines(words, value):
    """An interim CEO is a CEO, a co-founder a founder; a CEO is not a founder."""
    role = {"subject": "person:p", "property": "person_role", "object": "org:t", "unit": None}

    found = fact(
        *(role | {"value_text": word, "by": [who]} for word, who in zip(words, ("site", "agency"), strict=True)),
        subject="person:p", property="person_role",
    )  # fmt: skip

    assert (found.value_text, found.standing) == (value, "asserted" if value else "unresolved")


def test_roles_are_held_side_by_side():
    """Over time a founder may be a CEO too; only kin compete, and an interim CEO to come refines nothing he was."""
    role = {"subject": "person:p", "property": "person_role", "object": "org:t", "unit": None}
    properties = corpus_of().properties.with_columns(
        cardinality=pl.when(pl.col("id") == "person_role").then(pl.lit("over_time")).otherwise("cardinality")
    )
    words = ("ceo", "founder", "cofounder")
    corpus = corpus_of(*(role | {"id": word, "value_text": word} for word in words))

    facts = resolve(replace(corpus, properties=properties))

    assert sorted(facts.frame["value_text"].to_list()) == ["ceo", "cofounder"]
    assert set(facts.frame["standing"]) == {"asserted"}


def test_dates_are_intervals_of_days():
    """A day inside a two-day dateline refines it."""
    days = {"property": "closed_on", "unit": None}

    found = fact(
        days | {"value_text": "2025-06-12/2025-06-13", "lo": 20251.0, "hi": 20252.0},
        days | {"value_text": "2025-06-13", "lo": 20252.0, "hi": 20252.0, "by": ["agency"]},
        property="closed_on",
    )

    assert (found.value_text, found.lo, found.hi, found.origins) == ("2025-06-13", 20252, 20252, 2)


@pytest.mark.parametrize("day, stance", [("2025-06-13", "staying"), ("2025-06-20", "leaving"), (None, "leaving")])
def test_a_state_is_the_latest_on_the_day(day, stance):
    """What changes over time has one fact a time; the one shown is the latest that was public."""
    facts = resolve(corpus_of(STAYS, LEAVES), as_of=day)

    assert facts.one("org:c", "customer_stance").value_text == stance
    assert "staying" in facts.history("org:c", "customer_stance")["value_text"].to_list()


def test_as_of_leaves_out_the_undated_and_says_how_many():
    """A claim without a date counts only when no day is asked for."""
    corpus = corpus_of(STAYS, PRICE | {"id": "undated", "value": 14.3e9})

    assert resolve(corpus, as_of="2025-06-13").n_undated == 1
    assert resolve(corpus, as_of="2025-06-13").one("deal:x", "price") is None
    assert resolve(corpus).n_undated == 0


def test_official_holds_only_what_a_party_confirmed():
    """Under `official` the stake is below a half and the price is unknown."""
    facts = resolve(corpus_of(MINORITY, HALF, PRICE | {"value": 14.3e9}), policy="official")

    assert (facts.one("deal:x", "stake_acquired").lo, facts.one("deal:x", "stake_acquired").hi) == (0, 50)
    assert facts.one("deal:x", "price") is None
    assert facts.set_aside["reason"].unique().to_list() == ["not confirmed"]


def test_latest_takes_the_last_said():
    """Under `latest` a later claim beats a surer one."""
    sure = PRICE | {"value": 14.3e9, "status": "confirmed", "by": ["buyer"], "known_on": date(2025, 6, 12)}
    late = PRICE | {"value": 14.8e9, "known_on": date(2025, 6, 20)}

    assert fact(sure, late, policy="latest").value == 14.8e9
    assert fact(sure, late).value == 14.3e9


def test_an_unknown_policy_is_named():
    """A misspelt policy is refused with the nearest."""
    with pytest.raises(DataError, match="Did you mean 'official'"):
        resolve(corpus_of({"value": 1}), policy="oficial")


def pin(guard):
    return {"claim": "b", "subject": "deal:x", "property": "price", "reason": "read the filing", "guard": guard}


def test_a_pin_decides_while_the_same_claims_compete():
    """An analyst's pin beats a surer claim, and the step says so."""
    claims = [
        PRICE | {"id": "a", "value": 14.3e9, "status": "confirmed", "by": ["buyer"]},
        PRICE | {"id": "b", "value": 14.8e9},
    ]

    found = fact(*claims, pins=[pin(["a", "b"])])

    assert (found.value, found.step, found.dissent) == (14.8e9, "pinned", [{"claim": "a", "why": "not pinned"}])


def test_a_pin_fails_when_other_claims_compete():
    """A new claim about the same fact makes the pin fail, with the guard that would fit now."""
    with pytest.raises(DataError, match=r"other claims compete for deal:x price .* now a, b, c"):
        fact(*(PRICE | {"id": id, "value": 14.3e9} for id in "abc"), pins=[pin(["a", "b"])])


def correction(found):
    return {
        "claim": "a",
        "field": "value",
        "found": found,
        "put": 14.3e9,
        "reason": "a slip",
        "guard": "until it is mended",
    }


def test_a_correction_puts_an_error_right_and_fails_when_it_is_gone():
    """A correction replaces what it was made for, and fails where the text reads otherwise by now."""
    claims = [PRICE | {"id": "a", "value": 13.4e9}]

    assert fact(*claims, corrections=[correction(13.4e9)]).value == 14.3e9
    with pytest.raises(DataError, match="the correction was made for '15"):
        fact(*claims, corrections=[correction(15e9)])


def test_our_own_sum_is_as_sure_as_its_weakest_input():
    """A derivation is reckoned from facts, a percentage as a share, and is no voice of its own."""
    ours = {
        "id": "ours",
        "property": "price",
        "basis": "headline",
        "status": "derived",
        "by": ["us"],
        "formula": "stake_acquired * valuation",
    }
    whole = {"value": 29e9, "written_unit": 1e9, "status": "confirmed", "by": ["buyer"]}

    found = fact(HALF, whole, ours)

    assert (found.value, found.lo, found.hi) == (14.21e9, 13.8225e9, 14.6025e9)
    assert (found.standing, found.origins) == ("reported", 1)


def test_our_own_sum_never_beats_a_source():
    """A derivation may narrow what is said, never choose another number."""
    ours = {"property": "valuation", "status": "derived", "by": ["us"], "formula": "price / stake_acquired"}

    found = fact(PRICE | {"value": 14.3e9}, HALF, {"value": 40e9, "written_unit": 1e9}, ours, property="valuation")

    assert (found.value, len(found.dissent)) == (40e9, 1)


def test_a_derivation_without_its_inputs_is_set_aside():
    """A missing or circular input leaves the fact unknown, and says why."""
    facts = resolve(
        corpus_of(
            {"id": "a", "property": "price", "formula": "stake_acquired * valuation", "status": "derived"},
            {"id": "b", "property": "employees", "formula": "employees + 1", "status": "derived"},
        )
    )

    assert facts.frame.is_empty()
    assert facts.set_aside.rows() == [("a", "an input is unknown"), ("b", "circular formula")]


def test_nothing_is_known_of_an_empty_corpus():
    """No claims, no facts, no fault."""
    assert resolve(corpus_of()).frame.is_empty()
