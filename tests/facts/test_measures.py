"""Measures: defined, as sure as their weakest fact, null where a fact is missing, and equal to the reference table."""

from __future__ import annotations

import csv

import polars as pl
import pytest
from worlds import DEAL, deal, world

from analysis.errors import DataError
from analysis.facts.deals import deals_from
from analysis.facts.measures import CONSTANT, MEASURES, measures_from
from analysis.facts.resolve import resolve

BN = 1e9


def measured(*claims, dollars="2025-06", lang="en", **policy):
    """The measures of the made-up deal, by name."""
    facts = resolve(world(*claims), **policy)
    made = measures_from(deals_from(facts), facts, dollars, lang=lang)
    return {row["measure"]: row for row in made.filter(pl.col("deal_id") == DEAL).iter_rows(named=True)}


def of(subject, property, value, **fields):
    return {"subject": subject, "property": property, "value": value} | fields


def usd(property, bn, **fields):
    return deal(property, bn * BN, written_unit=0.1 * BN, **fields)


@pytest.mark.parametrize("name", MEASURES)
def test_a_measure_has_a_definition_with_its_unit(name):
    """The docstring says what it is, and in which unit."""
    assert "[" in MEASURES[name].__doc__
    assert len(MEASURES[name].__doc__) > 40


def test_the_implied_value_is_the_price_over_the_share():
    """14.3 for 49 % makes 29.18, and the range holds every rounding."""
    made = measured(usd("price", 14.3), deal("stake_acquired", 49))["implied_value"]

    assert made["value"] == pytest.approx(29.18367e9, rel=1e-6)
    assert made["lo"] == pytest.approx(14.25e9 / 0.495)
    assert made["hi"] == pytest.approx(14.35e9 / 0.485)
    assert made["unit"] == "USD"


def test_a_measure_is_as_sure_as_its_weakest_fact_and_names_all_claims():
    """A confirmed price over a reported stake is reported."""
    made = measured(
        usd("price", 14.3, id="p", status="confirmed", by=["corvid"]),
        deal("stake_acquired", 49, id="s", status="reported"),
    )["implied_value"]

    assert made["standing"] == "reported"
    assert made["claims"] == ["p", "s"]
    assert made["formula"] == "price / stake_acquired"


def test_an_unknown_fact_makes_the_measure_null_and_is_named():
    """Unknown is neither nought nor one."""
    english = measured(usd("price", 14.3))["step_up"]
    french = measured(usd("price", 14.3), lang="fr")["step_up"]

    assert (english["value"], english["lo"], english["hi"], english["standing"]) == (None,) * 4
    assert "previous valuation" in english["note"]
    assert french["note"].startswith("non connu")


def test_the_step_up_is_the_valuation_over_the_last_rounds():
    """29 over 13.8."""
    made = measured(usd("valuation", 29), usd("previous_valuation", 13.8))["step_up"]

    assert made["value"] == pytest.approx(29 / 13.8)
    assert made["unit"] == "multiple"


def test_an_open_end_stays_open():
    """« more than 29 » has a step-up of that or more."""
    made = measured(usd("valuation", 29, hedge="above"), usd("previous_valuation", 13.8))["step_up"]

    assert made["lo"] == pytest.approx(29 / 13.85)
    assert made["hi"] is None


def test_a_share_says_that_it_divides_by_another_year():
    """A deal of 2025 over the revenue of 2024 is not of one year."""
    claims = [usd("price", 14.3), deal("announced_on", "2025-06-12")]

    made = measured(*claims, of("org:corvid", "revenue", 164.5 * BN, period="2024"))["price_to_acquirer_revenue"]

    assert made["value"] == pytest.approx(8.693, abs=0.001)
    assert made["note"] == "deal of 2025, divided by 2024"
    assert made["period"] == "2024"


def test_a_share_of_the_same_year_needs_no_note():
    """Guidance for the deal's own year."""
    claims = [usd("price", 14.3), deal("announced_on", "2025-06-12")]

    made = measured(*claims, of("org:corvid", "capex_guidance", None, lo=64 * BN, hi=72 * BN, period="2025"))

    assert made["price_to_capex_guidance"]["note"] is None
    assert made["price_to_capex_guidance"]["lo"] == pytest.approx(100 * 14.25 / 72)


def test_constant_dollars_name_the_series_and_both_months():
    """$19bn of February 2014 is $26.10bn of June 2025."""
    made = measured(usd("price", 19), deal("announced_on", "2014-02-19"))["price_constant"]

    assert made["value"] == pytest.approx(26_103_726_451.46, abs=0.01)
    assert "CUUR0000SA0, 2014-02 to 2025-06" in made["note"]


def test_a_price_at_closing_is_deflated_from_the_closing():
    """A price counted in October is in October's dollars."""
    made = measured(
        usd("price", 21.8, basis="closing"), deal("announced_on", "2014-02-19"), deal("closed_on", "2014-10-06")
    )["price_constant"]

    assert made["value"] == pytest.approx(29_616_059_267, abs=1)


def test_a_year_only_date_widens_the_range_to_its_months():
    """« in 2014 »: the year's average, and any month within the range."""
    made = measured(usd("price", 19, when="2014"))["price_constant"]

    assert made["value"] == pytest.approx(19e9 * 322.561 / 236.736)
    assert made["lo"] < 18.95e9 * 322.561 / 236.736 < made["value"] < made["hi"]
    assert "any of its months" in made["note"]


def test_nominal_leaves_prices_as_they_were():
    """`nominal` is the price itself."""
    made = measured(usd("price", 19, when="2014"), dollars="nominal")

    assert made["price_constant"]["value"] == made["price"]["value"] == 19e9


def test_a_price_in_euros_has_no_constant_dollars():
    """No dated exchange rate is held, and the note says so."""
    made = measured(deal("price", BN, unit="EUR", when="2025-06"))["price_constant"]

    assert (made["value"], made["unit"]) == (None, "EUR")
    assert "exchange rate" in made["note"]


def test_two_currencies_are_not_divided():
    """Euros over dollars is not a ratio."""
    made = measured(
        deal("price", BN, unit="EUR"),
        deal("announced_on", "2025-06-12"),
        of("org:corvid", "revenue", BN, period="2024"),
    )

    assert made["price_to_acquirer_revenue"]["value"] is None
    assert "EUR, USD" in made["price_to_acquirer_revenue"]["note"]


def test_dollars_of_a_month_without_an_index_are_refused():
    """October 2025 was never published."""
    with pytest.raises(DataError, match="2025-10"):
        measured(usd("price", 19), dollars="2025-10")


def test_nothing_known_gives_an_empty_table_with_its_columns():
    """Zero claims are no error."""
    facts = resolve(world())

    assert measures_from(deals_from(facts), facts).height == 0


def test_under_official_an_open_stake_gives_a_one_sided_value():
    """A price over « a minority » is more than twice the price."""
    made = measured(
        usd("price", 5, status="confirmed", by=["corvid"]),
        deal("stake_acquired", None, lo=0.0, hi=50.0, hedge="vague", status="confirmed", by=["corvid"]),
        policy="official",
    )["implied_value"]

    assert (made["value"], made["hi"]) == (None, None)
    assert made["lo"] == pytest.approx(2 * 4.95e9)


WHATSAPP, SCALE = "deal:facebook-whatsapp-2014", "deal:meta-scale-ai-2025"
# entity and row of the table -> deal and measure of ours, with the decimals that the table gives
TABLE = {
    ("Facebook-WhatsApp deal", "price_per_user_headline"): (WHATSAPP, "price_per_user", 2),
    ("Facebook-WhatsApp deal", "price_to_revenue_2013"): (WHATSAPP, "value_to_revenue", 0),
    ("Facebook-WhatsApp deal", "step_up_on_last_round"): (WHATSAPP, "step_up", 1),
    ("Facebook-WhatsApp deal", "cash_part_share_of_cash_2013"): (WHATSAPP, "cash_part_to_acquirer_cash", 1),
    ("Facebook-WhatsApp deal", "price_share_of_market_cap"): (WHATSAPP, "price_to_market_value", 1),
    ("Facebook-WhatsApp deal", "price_headline_in_2025-06_dollars"): (WHATSAPP, "price_constant", 0),
    ("Meta-Scale AI deal", "price_share_of_cash_q1_2025"): (SCALE, "price_to_acquirer_cash", 1),
    ("Meta-Scale AI deal", "implied_valuation"): (SCALE, "implied_value", 0),
    ("Meta-Scale AI deal", "price_to_revenue_2024"): (SCALE, "value_to_revenue", 1),
    ("Meta-Scale AI deal", "step_up_on_last_round"): (SCALE, "step_up", 1),
    ("Meta-Scale AI deal", "price_share_of_market_cap"): (SCALE, "price_to_market_value", 2),
}  # fmt: skip


@pytest.fixture(scope="module")
def measures(corpus):
    """The measures of all that is held."""
    facts = resolve(corpus)
    return measures_from(deals_from(facts), facts)


@pytest.mark.parametrize("row", TABLE, ids="/".join)
def test_a_measure_equals_the_tables_computed_row(row, measures, root):
    """From the resolved facts, to the decimals that the table prints."""
    path = root.parent / "shared" / "reference" / "facts.csv"
    if not path.is_file():
        pytest.skip("the reference table is not here (../shared/reference/facts.csv)")
    with path.open(encoding="utf-8") as lines:
        expected = next(float(r["value"]) for r in csv.DictReader(lines) if (r["entity"], r["property"]) == row)
    deal_id, measure, decimals = TABLE[row]

    made = measures.filter(pl.col("deal_id") == deal_id, pl.col("measure") == measure).row(0, named=True)

    assert round(made["value"], decimals) == expected


def test_every_measure_of_every_deal_has_a_row(measures):
    """A measure that cannot be computed is shown as unknown, not left out."""
    rows = measures.group_by("deal_id").len()

    assert set(rows["len"]) == {len(MEASURES) + len(CONSTANT)}
