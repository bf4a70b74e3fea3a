"""Which of several facts a deal's record takes: by time, by basis, by who vouches; to the day."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from worlds import DEAL, OLD, deal, world

from analysis.facts.deals import deals_from
from analysis.facts.resolve import resolve

TOLD = deal("announced_on", "2025-06-12", id="t")
REVENUE = {"subject": "org:marble", "property": "revenue", "value": 5e9}
USERS = {"subject": "org:marble", "property": "users", "value": 5e6}
CASH = {"subject": "org:corvid", "property": "cash_and_securities", "value": 5e9}
ROUND = {"subject": "round:marble-b-2024", "property": "valuation", "written_unit": 1e8}
ADA = {"subject": "person:ada"}


def row(*claims, id=DEAL, **policy):
    """The record of a deal."""
    return deals_from(resolve(world(*claims), **policy)).filter(pl.col("deal_id") == id).row(0, named=True)


@pytest.mark.parametrize(
    "period, taken",
    [
        ("2024", True),
        ("2024-01-01/2024-12-25", True),
        ("2024-01-01/2024-12-24", False),
        ("2024-01-01/2025-01-05", True),
        ("2024-01-01/2025-01-06", False),
        ("2024-06-12/2025-06-11", True),
        ("2024-06-13/2025-06-12", False),
        ("2025", False),
    ],
)
def test_a_year_has_360_to_371_days_and_ends_before_the_deal(period, taken):
    """A business year may be of 52 or 53 weeks; one that ends on the deal's day is not over."""
    assert row(TOLD, REVENUE | {"period": period})["revenue"] == (5e9 if taken else None)


@pytest.mark.parametrize(
    "day, users, cash",
    [
        ("2024-05-07", False, False),
        ("2024-05-08", True, True),
        ("2025-06-12", True, True),
        ("2025-06-13", True, False),
        ("2025-07-13", True, False),
        ("2025-07-14", False, False),
    ],
)
def test_a_count_is_near_within_a_month_and_a_balance_sheet_is_never_later(day, users, cash):
    """Nothing older than 400 days describes the deal; users up to 31 days after it do, cash after it does not."""
    assert (row(TOLD, USERS | {"period": day})["users"] is not None) == users
    assert (row(TOLD, CASH | {"period": day})["acquirer_cash"] is not None) == cash


def test_the_nearest_count_is_taken_on_either_side():
    """By days from the deal; a period that holds the deal's day is nearest of all."""
    before, after = USERS | {"period": "2025-06-01"}, USERS | {"period": "2025-06-22", "value": 6e6}

    assert row(TOLD, before, after)["users"] == 6e6
    assert row(TOLD, before | {"period": "2025-06-03"}, after)["users"] == 5e6
    assert row(TOLD, before, after, USERS | {"period": "2025-06", "value": 7e6})["users"] == 7e6


def test_what_has_no_period_counts_when_it_was_said():
    """The day of the article stands for it; an undated text gives no time, and no deal's day gives no fit."""
    assert row(TOLD, USERS | {"said_on": "2025-06-01"})["users"] == 5e6
    assert row(TOLD, USERS)["users"] == 5e6
    assert row(TOLD, USERS | {"article_id": "blog"})["users"] is None
    assert row(deal("price", 5e9), USERS)["users"] is None


@pytest.mark.parametrize(("first", "taken"), [("2025-06-12", 60e9), ("2025-06-13", 60e9)])
def test_guidance_is_that_of_the_deals_day_or_the_first_after(first, taken):
    """What is public on the day itself counts; where none was public the surest of what came after does."""
    guidance = {"subject": "org:corvid", "property": "capex_guidance", "period": "2025"}
    claims = [
        guidance | {"value": 60e9, "object": "event:a", "said_on": first},
        guidance | {"value": 64e9, "object": "event:b", "said_on": "2025-06-14"},
    ]

    assert row(TOLD, *claims)["acquirer_capex_guidance"] == taken


def test_of_several_facts_the_surest_is_taken():
    """By standing, then by how many voices; guidance of two events of one day."""
    guidance = {"subject": "org:corvid", "property": "capex_guidance", "period": "2025", "said_on": "2025-06-01"}
    weak = guidance | {"value": 60e9, "object": "event:a"}
    strong = guidance | {"value": 64e9, "object": "event:b"}

    assert row(TOLD, weak, strong | {"status": "confirmed", "by": ["corvid"]})["acquirer_capex_guidance"] == 64e9
    two = [strong, strong | {"by": ["site"]}]
    assert row(TOLD, weak, *two)["acquirer_capex_guidance"] == 64e9
    assert row(TOLD, weak, strong)["acquirer_capex_guidance"] == 60e9


def test_the_valuation_before_is_said_or_a_rounds_or_the_targets_own():
    """What is said of the deal first, then the last round before it, then what the target itself was worth."""
    own = {"subject": "org:marble", "property": "valuation", "value": 1e9, "when": "2025-01"}
    first = ROUND | {"value": 2e9, "when": "2024-05"}
    said = deal("previous_valuation", 4e9)

    assert row(TOLD, own)["previous_valuation"] == 1e9
    assert row(TOLD, own, first)["previous_valuation"] == 2e9
    assert row(TOLD, own, first, said)["previous_valuation"] == 4e9
    assert row(TOLD, own | {"when": "2025-06-12"})["previous_valuation"] is None
    assert row(TOLD, own | {"when": "2025-06-11"})["previous_valuation"] == 1e9
    assert row(deal("price", 5e9), own)["previous_valuation"] == 1e9
    assert row(TOLD, own | {"subject": "org:quill"})["previous_valuation"] is None


def test_a_round_is_dated_by_its_announcement_or_its_closing():
    """Where the valuation itself names no time."""
    closed = {"subject": "round:marble-b-2024", "property": "closed_on", "value_text": "2024-05-20"}

    assert row(TOLD, ROUND | {"value": 2e9}, closed)["previous_valuation"] == 2e9
    assert row(TOLD, ROUND | {"value": 2e9}, closed | {"value_text": "2025-07"})["previous_valuation"] is None
    assert row(TOLD, ROUND | {"value": 2e9})["previous_valuation"] is None


def test_a_price_at_closing_is_dated_by_the_closing():
    """Any other price by the deal's day; without a closing that one too."""
    closed = deal("closed_on", "2025-09-30")

    assert row(TOLD, closed, deal("price", 5e9, basis="closing"))["priced_on"] is not None
    only = row(TOLD, closed, deal("price", 5e9, basis="headline"))
    assert (only["dated_on"], only["priced_on"], only["closed_on"]) == ("2025-06-12", "2025-06-12", "2025-09-30")
    counted = row(TOLD, closed, deal("price", 5e9, basis="accounts"))
    assert (counted["dated_on"], counted["priced_on"]) == ("2025-06-12", "2025-09-30")
    assert row(TOLD, deal("price", 5e9, basis="accounts"))["priced_on"] == "2025-06-12"


@pytest.mark.parametrize("property", ["price", "stake_acquired"])
def test_a_deal_is_dated_by_what_was_paid_before_its_closing(property):
    """The announcement first, then the time of the price or stake, then the closing."""
    told, closed = deal(property, 49.0, when="2025-05"), deal("closed_on", "2025-09-30")

    assert row(told, closed, TOLD)["dated_on"] == "2025-06-12"
    assert row(told, closed)["dated_on"] == "2025-05"
    assert row(closed)["dated_on"] == "2025-09-30"


def test_a_named_hire_is_as_sure_as_the_least_sure_name():
    """Each person once, with the claims on all of them; a stated number of hires goes before the names."""
    named = [
        ADA | {"property": "person_role", "object": "org:marble", "value_text": "founder", "id": "r"},
        ADA | {"property": "person_moves", "object": "org:corvid", "id": "m", "status": "confirmed", "by": ["corvid"]},
        deal("key_hire", object="person:ada", id="k", status="reported", by=["paper", "agency"]),
        deal("key_hire", object="person:bob", id="l", status="estimated"),
    ]

    made = row(deal("price", 5e9), *named)
    assert (made["hires"], made["hires_claims"], made["hires_standing"]) == (2.0, ["k", "l", "m"], "estimated")
    assert row(deal("price", 5e9), deal("hires", 12), *named)["hires"] == 12
    assert row(deal("price", 5e9))["hires"] is None


def test_who_goes_elsewhere_or_comes_from_elsewhere_is_no_hire():
    """Only from the target to the acquirer."""
    staff = ADA | {"property": "person_role", "object": "org:marble", "value_text": "founder"}
    moves = ADA | {"property": "person_moves", "object": "org:corvid"}

    assert row(deal("price", 5e9), staff, moves)["hires"] == 1
    assert row(deal("price", 5e9), staff | {"object": "org:wren"}, moves)["hires"] is None
    assert row(deal("price", 5e9), staff, moves | {"object": "org:wren"})["hires"] is None


def test_every_nature_of_a_deal_is_named():
    """In the order of the alphabet; null where nobody calls it anything."""
    claims = [deal("deal_nature", "partnership"), deal("deal_nature", "acquisition", article_id="blog")]

    assert row(TOLD, *claims)["nature"] == "acquisition, partnership"
    assert row(TOLD)["nature"] is None


def test_the_stage_is_the_stakes_before_the_prices():
    """As told of the stake, else of the price; with who vouches and by which claims; a deal of no stage has none."""
    stake, price = deal("stake_acquired", 49, stage="signed", id="s"), deal("price", 5e9, stage="planned", id="p")

    both = row(stake, price)
    assert (both["stage"], both["stage_standing"], both["stage_claims"]) == ("signed", "asserted", ["s"])
    assert row(price)["stage"] == "planned"
    bare = row(deal("valuation", 9e9))
    assert (bare["stage"], bare["stage_standing"], bare["stage_claims"]) == (None, None, [])


def test_deals_stand_by_their_days_then_by_their_ids_undated_last():
    """A deal without a day comes after those with one; money in words has no dollars."""
    undated = {"subject": OLD, "property": "valuation", "value": 1e9}

    assert deals_from(resolve(world(undated, TOLD)))["deal_id"].to_list() == [DEAL, OLD]
    frame = deals_from(resolve(world(undated, deal("valuation", 2e9))))
    assert frame["deal_id"].to_list() == [DEAL, OLD]
    assert frame["valuation_usd"].to_list() == [2e9, 1e9]
    assert deals_from(resolve(world(TOLD)))["announced_on_usd"].to_list() == [None]


def test_ends_of_a_date_are_days():
    """A month runs from its first day to its last, counted from 1970."""
    made = row(deal("closed_on", "2025-06"))

    days = [(end - date(1970, 1, 1)).days for end in (date(2025, 6, 1), date(2025, 6, 30))]
    assert [made["closed_on_lo"], made["closed_on_hi"]] == days
