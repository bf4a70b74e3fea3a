"""Rules that hold for any claims, against the policy in plain Python."""

from __future__ import annotations

from datetime import date

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from making import corpus_of
from oracle import region, tier

from analysis.facts.resolve import resolve

RANKED = ("confirmed", "reported", "asserted", "estimated", "derived")
CLAIM = st.fixed_dictionaries(
    {
        "value": st.integers(1, 12),
        "written_unit": st.sampled_from([1.0, 2.0, 4.0, 0.5]),
        "hedge": st.sampled_from(["exact", "exact", "exact", "above", "at_least", "below", "at_most"]),
        "status": st.sampled_from(RANKED),
        "by": st.sampled_from([["paper"], ["people"], ["agency"], ["agency", "site"], ["buyer"]]),
        "known_on": st.sampled_from([None, date(2025, 6, 12), date(2025, 6, 13), date(2025, 6, 20)]),
    }
)
SETS = st.lists(CLAIM, min_size=1, max_size=9)
MANY = st.lists(SETS, min_size=1, max_size=12)  # each set about a deal of its own: one run holds many to the rule
KEPT = settings(max_examples=30, deadline=None)


def about_deals(groups: list[list[dict]]) -> dict[str, list[dict]]:
    """Each set of claims under the deal it is about, ids unique over all."""
    return {
        f"deal:{n:02}": [{"id": f"c{n:02}-{m}", "subject": f"deal:{n:02}"} | row for m, row in enumerate(rows)]
        for n, rows in enumerate(groups)
    }


def known(facts) -> pl.DataFrame:
    return facts.frame.drop("when")


def within(inner: float | None, outer: float | None, *, above: bool) -> bool:
    """Whether an end lies inside another; an open outer end takes any."""
    if outer is None:
        return True
    return inner is not None and (inner >= outer if above else inner <= outer)


@KEPT
@given(MANY)
def test_the_range_and_the_step_are_those_of_the_policy(groups):
    """A fact's range and the deciding step are what the policy says, claim by claim; every claim is accounted for."""
    deals = about_deals(groups)

    facts = resolve(corpus_of(*(c for claims in deals.values() for c in claims))).frame

    for fact in facts.iter_rows(named=True):
        claims = deals[fact["subject"]]
        low, high, step = region(claims)
        assert fact["step"] == step
        assert abs(float(low) - (fact["lo"] if fact["lo"] is not None else -1e30)) < 1e-6
        assert abs(float(high) - (fact["hi"] if fact["hi"] is not None else 1e30)) < 1e-6
        if step != "tie":
            assert set(fact["support"]) | {d["claim"] for d in fact["dissent"]} == {c["id"] for c in claims}


@KEPT
@given(MANY, st.randoms(use_true_random=False))
def test_order_and_repeats_change_nothing(groups, random):
    """Neither the order of the claims nor a claim given twice changes a fact, with many facts at once."""
    claims = [c for these in about_deals(groups).values() for c in these]
    shuffled = claims + claims[:2]
    random.shuffle(shuffled)

    assert known(resolve(corpus_of(*shuffled))).equals(known(resolve(corpus_of(*claims))))


@KEPT
@given(MANY, CLAIM)
def test_a_less_sure_claim_never_moves_a_fact(groups, extra):
    """A claim less sure than all others may narrow the fact, never move it outside, nor settle a tie."""
    deals = about_deals(groups)
    claims = [c for these in deals.values() for c in these]
    added = [
        {"id": f"{deal}-extra", "subject": deal} | extra
        for deal, these in deals.items()
        if tier(extra) > max(tier(c) for c in these)
    ]
    before = {row["id"]: row for row in resolve(corpus_of(*claims)).frame.iter_rows(named=True)}

    for after in resolve(corpus_of(*claims, *added)).frame.iter_rows(named=True):
        assert within(after["lo"], before[after["id"]]["lo"], above=True)
        assert within(after["hi"], before[after["id"]]["hi"], above=False)
        assert (after["standing"] == "unresolved") == (before[after["id"]]["standing"] == "unresolved")


@KEPT
@given(MANY, st.sampled_from(["balanced", "latest", "official"]))
def test_the_value_lies_in_the_range(groups, policy):
    """The value shown lies between lo and hi, whatever the policy."""
    claims = [c for these in about_deals(groups).values() for c in these]

    for fact in resolve(corpus_of(*claims), policy=policy).frame.iter_rows(named=True):
        if fact["value"] is not None:
            assert within(fact["value"], fact["lo"], above=True)
            assert within(fact["value"], fact["hi"], above=False)
