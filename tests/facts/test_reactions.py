"""Reactions: who stays and who leaves, what each spends, how much revenue is at risk under which assumption."""

from __future__ import annotations

import re

import pytest
from worlds import world

from analysis.errors import DataError
from analysis.facts.reactions import ASSUMPTIONS, ENTAILED, Assumption, exposures, revenue_at_risk, stances
from analysis.facts.resolve import resolve

M = 1e6
SUPPLIER = "org:marble"


def stance(customer, value, on="2025-06-14", **fields):
    return {
        "subject": f"org:{customer}", "property": "customer_stance", "object": SUPPLIER, "value_text": value,
        "said_on": on, "status": "reported",
    } | fields  # fmt: skip


def spend(customer, millions, period="2025", **fields):
    return {
        "subject": f"org:{customer}", "property": "customer_spend", "object": SUPPLIER, "value": millions * M,
        "written_unit": M, "period": period, "status": "reported",
    } | fields  # fmt: skip


def revenue(millions, period="2024", **fields):
    return {
        "subject": SUPPLIER,
        "property": "revenue",
        "value": millions * M,
        "written_unit": M,
        "period": period,
    } | fields


def facts(*claims, **policy):
    return resolve(world(*claims), **policy)


def risk(scenario, *claims, **fields):
    return revenue_at_risk(facts(*claims), scenario, SUPPLIER, **fields).row(0, named=True)


CHANGED = [stance("heron", "staying", "2025-06-13"), stance("heron", "leaving", "2025-06-18")]


def test_a_stance_is_the_latest_state_with_its_history():
    """Both states have a row, and one of them is the latest."""
    made = stances(facts(*CHANGED), SUPPLIER)

    assert made.select("stance", "is_latest").rows() == [("staying", False), ("leaving", True)]


def test_as_of_shows_what_was_known_then():
    """On 13 June the customer stays."""
    made = stances(facts(*CHANGED, as_of="2025-06-13"), SUPPLIER)

    assert made.select("stance", "is_latest").rows() == [("staying", True)]


def test_a_stance_says_who_says_so():
    """The chain of sources, origin first."""
    made = stances(facts(stance("heron", "staying", by=["heron", "agency"], status="confirmed")), SUPPLIER)

    assert made["by"].to_list() == [["heron", "agency"]]
    assert made["standing"].to_list() == ["confirmed"]


def test_a_past_and_a_planned_spend_are_two_rows():
    """150 in 2024 and 200 planned for 2025 are never a range."""
    made = exposures(facts(spend("heron", 150, "2024"), spend("heron", 200, "2025", stage="planned")), SUPPLIER)

    assert made.select("period", "amount").rows() == [("2024", 150 * M), ("2025", 200 * M)]


def test_a_customer_whose_amount_is_not_published_has_a_row_of_nulls():
    """Unknown is shown, not left out."""
    made = exposures(facts(stance("wren", "reducing"), spend("heron", 200)), SUPPLIER)

    assert made.select("customer", "amount").rows() == [("org:heron", 200 * M), ("org:wren", None)]


def test_a_share_divides_by_the_revenue_of_the_same_period():
    """A spend of 2024 over the revenue of 2024, or nothing."""
    made = exposures(facts(spend("heron", 150, "2024"), spend("heron", 200, "2025"), revenue(870)), SUPPLIER)

    assert made["share"].to_list() == [pytest.approx(150 / 870), None]
    assert made["share_of"].to_list() == ["revenue", None]


def test_a_confirmed_loss_without_an_amount_is_unknown():
    """Who leaves is known, how much is not: null, and the customer is named."""
    made = risk("confirmed", stance("wren", "leaving", status="confirmed", by=["corvid"]), spend("heron", 200))

    assert (made["value"], made["lo"], made["hi"]) == (None, None, None)
    assert made["unpublished"] == ["org:wren"]


def test_a_reported_loss_beside_an_unpublished_one_is_open_above():
    """What is published is the least that can be lost."""
    made = risk("reported", stance("heron", "leaving"), spend("heron", 200), stance("wren", "leaving"), revenue(870))

    assert (made["value"], made["lo"], made["hi"]) == (200 * M, 199.5 * M, None)
    assert made["customers"] == ["org:heron", "org:wren"]
    assert made["share"] == pytest.approx(200 / 870)
    assert (made["period"], made["share_period"]) == ("2025", "2024")


def test_a_cut_costs_between_nothing_and_all():
    """Without an assumption a cut entails no share."""
    made = risk("reported", stance("heron", "reducing"), spend("heron", 200))

    assert (made["lo"], made["hi"]) == (0, 200.5 * M)


def test_who_stays_is_not_counted():
    """Only customers who go, cut or may go."""
    assert risk("reported", stance("heron", "staying"), spend("heron", 200))["customers"] == []
    assert risk("reported", *CHANGED, spend("heron", 200))["customers"] == ["org:heron"]


def test_an_assumed_loss_names_its_assumptions():
    """Each share that no source gives is told in words, in both languages."""
    claims = [stance("heron", "reducing"), spend("heron", 200), stance("wren", "leaving")]

    english, french = risk("assumed", *claims), risk("assumed", *claims, lang="fr")

    assert (english["value"], english["standing"]) == (100 * M + 100 * M, "derived")
    assert english["hi"] == pytest.approx(0.75 * 200.5 * M + 200.5 * M)
    assert any("half of the largest" in words for words in english["assumptions"])
    assert len(french["assumptions"]) == len(english["assumptions"]) == 3


def test_an_assumption_can_be_replaced():
    """The shares are a parameter."""
    none = Assumption(0.0, 0.0, 0.0, "a cut costs nothing", "une réduction ne coûte rien")

    made = risk("assumed", stance("heron", "reducing"), spend("heron", 200), assumptions={"reducing": none})

    assert (made["value"], made["hi"]) == (0, 0)
    assert made["assumptions"] == ["a cut costs nothing"]


def test_the_scenarios_count_no_less_from_one_to_the_next():
    """Confirmed, plus reported, plus assumed."""
    claims = [
        stance("heron", "leaving", status="confirmed", by=["heron"]),
        spend("heron", 100, status="confirmed", by=["heron"]),
        stance("wren", "leaving"), spend("wren", 50),
    ]  # fmt: skip

    made = revenue_at_risk(facts(*claims), supplier=SUPPLIER)

    assert made["scenario"].to_list() == ["confirmed", "reported", "assumed"]
    assert made["value"].to_list() == [100 * M, 150 * M, 150 * M]


def test_the_latest_periods_spend_counts_once():
    """A customer's years are not added up."""
    made = risk("reported", stance("heron", "leaving"), spend("heron", 150, "2024"), spend("heron", 200, "2025"))

    assert made["value"] == 200 * M


def test_nothing_known_gives_rows_without_amounts():
    """Zero claims are no error."""
    made = revenue_at_risk(facts(), supplier=SUPPLIER)

    assert made["value"].null_count() == 3
    assert stances(facts(), SUPPLIER).height == exposures(facts(), SUPPLIER).height == 0


def test_an_unknown_scenario_is_refused():
    """The message names the three."""
    with pytest.raises(DataError, match="confirmed, reported, assumed"):
        revenue_at_risk(facts(), "worst", SUPPLIER)


SHARES = {"nothing": 0.0, "a quarter": 0.25, "half": 0.5, "three quarters": 0.75, "all": 1.0, "as much": 1.0}
PARTS = {"rien": 0.0, "quart": 0.25, "moitié": 0.5, "trois quarts": 0.75, "tout": 1.0, "autant": 1.0}


@pytest.mark.parametrize("stance_", [name for name in ASSUMPTIONS if name != "leaving"])
def test_an_assumption_says_its_own_numbers(stance_):
    """What a reader is told of a range and its middle, in either language, is what is reckoned with."""
    assumed = ASSUMPTIONS[stance_]
    middle, lo, hi = re.fullmatch(r".*?\b(half|a quarter)\b.* \((.+) to (.+)\)", assumed.en).groups()
    milieu, bas, haut = re.fullmatch(
        r".*?(moitié|quart)\b.* \((?:de |d'un )(.+) (?:à|au|aux) (.+)\)", assumed.fr
    ).groups()

    assert (assumed.lo, assumed.value, assumed.hi) == (SHARES[lo], SHARES[middle], SHARES[hi])
    assert (assumed.lo, assumed.value, assumed.hi) == (PARTS[bas], PARTS[milieu], PARTS[haut])


def test_who_leaves_spends_nothing_whatever_is_assumed():
    """With assumptions or without; any other stance entails anything from nothing to all."""
    assert ASSUMPTIONS["leaving"][:3] == (1.0, 1.0, 1.0)
    assert ENTAILED["leaving"] == (1.0, 1.0)
    assert {ends for name, ends in ENTAILED.items() if name != "leaving"} == {(0.0, 1.0)}
