"""Deals: one row a deal, each field with its standing; what nobody said stays null."""

from __future__ import annotations

import polars as pl
import pytest
from worlds import DEAL, OLD, deal, world

from analysis.facts.deals import NAMES, deals_from, weakest
from analysis.facts.resolve import resolve

BN = 1e9


def row(*claims, id=DEAL, **policy):
    """The record of a deal."""
    return deals_from(resolve(world(*claims), **policy)).filter(pl.col("deal_id") == id).row(0, named=True)


def of(subject, property, value, **fields):
    return {"subject": subject, "property": property, "value": value} | fields


def test_a_field_has_its_value_range_standing_and_claims():
    """Who vouches is told for each field, not for the deal."""
    made = row(
        deal("price", 14.3 * BN, written_unit=0.1 * BN, status="reported", by=["paper"], id="p", basis="headline"),
        deal("stake_acquired", 49, status="confirmed", by=["corvid"], id="s"),
    )

    assert (made["price"], made["price_lo"], made["price_hi"]) == (14.3 * BN, 14.25 * BN, 14.35 * BN)
    assert (made["price_standing"], made["stake_acquired_standing"]) == ("reported", "confirmed")
    assert (made["price_claims"], made["price_basis"]) == (["p"], "headline")


def test_what_nobody_said_is_null():
    """Unknown is never nought."""
    made = row(deal("price", 5 * BN))

    assert made["stake_acquired"] is None
    assert made["valuation_standing"] is None
    assert made["valuation_claims"] == []


def test_a_deal_of_which_nothing_is_known_has_no_row():
    """Being declared is not being known."""
    assert deals_from(resolve(world(deal("price", 5 * BN))))["deal_id"].to_list() == [DEAL]
    assert deals_from(resolve(world())).height == 0


def test_the_headline_price_goes_first_and_each_basis_is_kept():
    """Four bases are four numbers; none stands for another."""
    claims = [
        deal("price", value * BN, basis=basis)
        for basis, value in (("closing", 21.8), ("upfront", 16), ("headline", 19))
    ]

    made = row(*claims)

    assert (made["price"], made["price_basis"], made["price_closing"]) == (19 * BN, "headline", 21.8 * BN)
    assert (made["price_upfront"], made["price_headline"]) == (16 * BN, 19 * BN)


def test_revenue_is_that_of_the_last_full_year_before_the_deal():
    """Neither a half-year nor a later year stands for it."""
    periods = [("2023", 1), ("2024", 2), ("2025-01/2025-06", 3), ("2025", 4)]

    made = row(deal("announced_on", "2025-06-12"), *(of("org:marble", "revenue", n * BN, period=p) for p, n in periods))

    assert (made["revenue"], made["revenue_period"]) == (2 * BN, "2024")


def test_a_forecast_is_that_of_the_deals_own_year():
    """A forecast of another year is not taken."""
    claims = [of("org:marble", "revenue_forecast", n * BN, period=p) for p, n in (("2025", 2), ("2026", 4))]

    assert row(deal("announced_on", "2025-06-12"), *claims)["revenue_forecast"] == 2 * BN
    assert row(deal("announced_on", "2024-06-12"), *claims)["revenue_forecast"] is None


def test_cash_is_that_of_the_last_balance_sheet_before_the_deal():
    """What was left after paying is not what was there to pay."""
    claims = [
        of("org:corvid", "cash_and_securities", n * BN, period=p) for p, n in (("2025-03-31", 70), ("2025-06-30", 47))
    ]

    assert row(deal("announced_on", "2025-06-12"), *claims)["acquirer_cash"] == 70 * BN
    assert row(deal("announced_on", "2027-06-12"), *claims)["acquirer_cash"] is None


def test_market_value_is_the_nearest_in_time():
    """Some days after the deal is nearer than a quarter before."""
    claims = [
        of("org:corvid", "market_value", n * BN, period=p) for p, n in (("2025-03-31", 1500), ("2025-06-22", 1720))
    ]

    assert row(deal("announced_on", "2025-06-12"), *claims)["acquirer_market_value"] == 1720 * BN


def test_the_previous_valuation_comes_from_the_last_round():
    """The round before the deal, not one before that, nor one after."""
    rounds = [of("round:marble-b-2024", "valuation", n * BN, when=w) for w, n in (("2024-05", 13.8),)]

    made = row(deal("announced_on", "2025-06-12"), *rounds)

    assert made["previous_valuation"] == 13.8 * BN
    assert row(deal("announced_on", "2023-06-12"), *rounds)["previous_valuation"] is None


def test_an_unresolved_field_shows_no_value_and_names_its_claims():
    """Two equal families are both shown."""
    made = row(
        deal("price", 14.3 * BN, written_unit=0.1 * BN, id="a", by=["site"]),
        deal("price", 14.8 * BN, written_unit=0.1 * BN, id="b", by=["agency"]),
    )

    assert made["price"] is None
    assert made["price_standing"] == "unresolved"
    assert sorted(made["price_claims"]) == ["a", "b"]


def test_an_amount_keeps_its_currency_and_has_no_dollars_without_a_rate():
    """A `_usd` column is null where no dated exchange rate is held."""
    made = row(deal("price", 1.3 * BN, unit="EUR"))

    assert (made["price"], made["price_unit"], made["price_usd"]) == (1.3 * BN, "EUR", None)
    assert row(deal("price", 1.3 * BN))["price_usd"] == 1.3 * BN


def test_named_hires_are_counted_as_at_least_so_many():
    """Names are a lower bound."""
    made = row(deal("price", BN), *(deal("key_hire", None, object=f"person:{name}") for name in ("ada", "bob")))

    assert (made["hires"], made["hires_lo"], made["hires_hi"]) == (2, 2, None)


def test_the_deals_day_falls_back_on_what_the_price_says():
    """« in 2014 » dates the deal to a year where no announcement is known."""
    assert row(deal("price", 19 * BN, when="2014"))["dated_on"] == "2014"
    assert row(deal("price", 19 * BN, when="2014"), deal("announced_on", "2014-02-19"))["dated_on"] == "2014-02-19"


def test_under_official_a_minority_is_a_range_without_a_value():
    """The party says « a minority »: below a half, no number."""
    made = row(
        deal("stake_acquired", None, lo=0.0, hi=50.0, hedge="vague", status="confirmed", by=["corvid"]),
        deal("stake_acquired", 49, status="reported"), deal("price", 5 * BN, status="reported"), policy="official",
    )  # fmt: skip

    assert (made["stake_acquired"], made["stake_acquired_hi"]) == (None, 50)
    assert made["price_standing"] is None


def test_deals_come_in_the_order_of_their_days_and_always_with_the_same_columns():
    """An empty table has the columns too."""
    made = deals_from(resolve(world(deal("announced_on", "2025-06-12"), of(OLD, "price", BN, when="2014"))))

    assert made["deal_id"].to_list() == [OLD, DEAL]
    assert deals_from(resolve(world())).schema == made.schema
    assert {f"{name}_standing" for name in NAMES} <= set(made.columns)


@pytest.mark.parametrize(
    ("standings", "weak"),
    [
        (["confirmed", "reported"], "reported"),
        (["derived", "estimated"], "derived"),
        (["confirmed", None], None),
        ([], None),
    ],
)
def test_a_chain_is_as_sure_as_its_weakest_link(standings, weak):
    """What is unknown makes the whole unknown."""
    assert weakest(standings) == weak


def test_of_two_forecasts_of_a_year_the_last_before_the_deal_counts():
    """Guidance raised after the deal was not known at the time."""
    told = [("2025-01-29", 60, "a"), ("2025-04-30", 64, "b"), ("2025-07-30", 66, "c")]
    claims = [
        of("org:corvid", "capex_guidance", n * BN, period="2025", object=f"event:{o}", said_on=on) for on, n, o in told
    ]

    made = row(deal("announced_on", "2025-06-12"), *claims)

    assert made["acquirer_capex_guidance"] == 64 * BN


def test_a_deal_is_done_once_its_closing_is_known():
    """Announced before, as told where neither day is known; the stage has its own standing."""
    price, told = deal("price", BN, stage="conditional"), deal("announced_on", "2025-06-12", status="reported", id="a")

    closed = row(price, told, deal("closed_on", "2025-07-01"))
    announced = row(price, told)

    assert (closed["stage"], announced["stage"], row(price)["stage"]) == ("done", "announced", "conditional")
    assert (announced["stage_standing"], announced["stage_claims"]) == ("reported", ["a"])


def test_staff_of_the_target_that_moves_to_the_acquirer_is_counted():
    """A role at the target and a move to the acquirer make a hire."""
    ada = {"subject": "person:ada"}

    made = row(
        deal("price", BN),
        ada | {"property": "person_role", "object": "org:marble", "value_text": "founder"},
        ada | {"property": "person_moves", "object": "org:corvid"},
    )

    assert (made["hires"], made["hires_unit"]) == (1, "people")
