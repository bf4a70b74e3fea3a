"""What is computed of a deal: multiples, step-up, constant dollars, the weight on the acquirer.

Each measure is a function of a deal's row that gives its formula and unit; its docstring defines it and says whose
measure it is. A measure is as sure as the weakest fact it takes, and null where one of them is unknown.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, NamedTuple

import polars as pl

from analysis.errors import DataError
from analysis.facts import formula, prices
from analysis.facts.deals import FIELDS, deals_from, weakest
from analysis.facts.facts import Facts
from analysis.facts.interval import UNKNOWN, Interval, point

Deal = dict[str, Any]
PROPERTY = {field.name: (field.of, field.property) for field in FIELDS} | {
    "previous_valuation": ("deal", "previous_valuation")
}


class Plan(NamedTuple):
    """How a measure is computed: a formula over the fields of a deal's row, and its unit (empty: the price's)."""

    formula: str
    unit: str = ""


def price(deal: Deal) -> Plan:
    """Price: what the acquirer pays for what it acquires, on the basis of `price_basis` [its currency, nominal].

    As announced (headline) where several bases are known.
    """
    return Plan("price")


def valuation(deal: Deal) -> Plan:
    """Valuation: what the parties or the press say the whole target is worth in the deal [its currency, nominal]."""
    return Plan("valuation")


def stake_acquired(deal: Deal) -> Plan:
    """Stake acquired: share of the target's capital that the price buys [%], not the holding after it."""
    return Plan("stake_acquired", "percent")


def implied_value(deal: Deal) -> Plan:
    """Implied value of the whole: price over the share acquired [the price's currency].

    The arithmetic of the venture trade (an investment over its fraction of the fully diluted capital is the
    post-money value); it assumes that all of the price buys shares of one class. Equity value, not enterprise value.
    """
    return Plan("price / stake_acquired")


def step_up(deal: Deal) -> Plan:
    """Step-up: the deal's valuation over the last round's post-money valuation [x]; PitchBook's valuation step-up.

    A deal without a stated valuation is measured by its implied value. PitchBook divides the new round's pre-money
    valuation; where nobody says pre or post, as here, the result is that of the stated numbers.
    """
    return Plan(f"{_whole(deal)} / previous_valuation", "multiple")


def value_to_revenue(deal: Deal) -> Plan:
    """Value to revenue: value of the whole over the target's last full year of revenue before the deal [x].

    The trailing revenue multiple of valuation practice, on equity value: net debt is not known, so that it is no
    EV/revenue.
    """
    return Plan(f"{_whole(deal)} / revenue", "multiple")


def value_to_forecast(deal: Deal) -> Plan:
    """Value to forecast: value of the whole over the revenue that the target expected for the deal's year [x].

    The forward revenue multiple of valuation practice, on equity value.
    """
    return Plan(f"{_whole(deal)} / revenue_forecast", "multiple")


def price_to_acquirer_revenue(deal: Deal) -> Plan:
    """Price over the acquirer's revenue of the last full year before the deal [%]; a weight, not that year's cost."""
    return Plan("price / acquirer_revenue", "percent")


def price_to_acquirer_cash(deal: Deal) -> Plan:
    """Price over the acquirer's cash and marketable securities at its last balance sheet before the deal [%]."""
    return Plan("price / acquirer_cash", "percent")


def cash_part_to_acquirer_cash(deal: Deal) -> Plan:
    """The part of the price due in cash over the acquirer's cash and marketable securities before the deal [%]."""
    return Plan("consideration_cash / acquirer_cash", "percent")


def price_to_market_value(deal: Deal) -> Plan:
    """Price over the acquirer's market capitalisation nearest to the announcement [%]: relative size, as in studies
    of mergers (Moeller, Schlingemann and Stulz, 2004, divide by the acquirer's equity value before the deal)."""
    return Plan("price / acquirer_market_value", "percent")


def price_to_capex(deal: Deal) -> Plan:
    """Price over the acquirer's capital expenditure of the last full year before the deal [%]."""
    return Plan("price / acquirer_capex", "percent")


def price_to_capex_guidance(deal: Deal) -> Plan:
    """Price over the capital expenditure that the acquirer expected for the deal's own year [%]."""
    return Plan("price / acquirer_capex_guidance", "percent")


def price_per_user(deal: Deal) -> Plan:
    """Price for each monthly active user of the target at the time [currency], as the trade press counted in 2014."""
    return Plan("price / users")


def price_per_employee(deal: Deal) -> Plan:
    """Price for each employee of the target at the time [currency]."""
    return Plan("price / employees")


def price_per_hire(deal: Deal) -> Plan:
    """Price for each key person known to have moved to the acquirer [currency].

    The reading of a licence-and-hire deal as the cost of a team: it ascribes the whole price to them, so that it is
    a ceiling where anything else was bought.
    """
    return Plan("price / hires")


def price_per_staff_moved(deal: Deal) -> Plan:
    """Price for each member of staff said to have moved to the acquirer [currency]; see `price_per_hire`."""
    return Plan("price / staff_moved")


MEASURES: dict[str, Callable[[Deal], Plan]] = {
    each.__name__: each
    for each in (
        price, valuation, stake_acquired, implied_value, step_up, value_to_revenue, value_to_forecast,
        price_to_acquirer_revenue, price_to_acquirer_cash, cash_part_to_acquirer_cash, price_to_market_value,
        price_to_capex, price_to_capex_guidance, price_per_user, price_per_employee, price_per_hire,
        price_per_staff_moved,
    )
}  # fmt: skip
CONSTANT = {"price_constant": "price", "implied_value_constant": "price / stake_acquired"}
SCHEMA: dict[str, Any] = {
    "deal_id": pl.Utf8, "measure": pl.Utf8, "value": pl.Float64, "lo": pl.Float64, "hi": pl.Float64, "unit": pl.Utf8,
    "standing": pl.Utf8, "claims": pl.List(pl.Utf8), "formula": pl.Utf8, "period": pl.Utf8, "note": pl.Utf8,
}  # fmt: skip


def measures_from(deals: pl.DataFrame, facts: Facts, dollars: str = "2025-06", *, lang: str = "en") -> pl.DataFrame:
    """One row a deal and measure: `deal_id measure value lo hi unit standing claims formula period note`.

    Args:
        deals: of `deals_from`.
        facts: the facts they come from.
        dollars: the month (or year) whose prices `price_constant` and `implied_value_constant` are in [US$]; `nominal`
            leaves them as they were. All other amounts are nominal.
        lang: of the notes.

    Returns:
        Percentages 0 to 100, amounts in base units. `period` is the time of what is divided by; `note` says which
        fact is unknown, that two years differ, or which month's prices were used. A null value is unknown.

    Raises:
        DataError: there is no price index for `dollars`.
    """
    prices.check_dollars(dollars, root=facts.corpus.root)
    if deals is deals_from(facts):
        return facts.once(f"measures {dollars} {lang}", lambda: _measures(deals, facts, dollars, lang))
    return _measures(deals, facts, dollars, lang)


def _measures(deals: pl.DataFrame, facts: Facts, dollars: str, lang: str) -> pl.DataFrame:
    rows = []
    for deal in deals.iter_rows(named=True):
        rows += [_measure(deal, name, plan(deal), facts, lang) for name, plan in MEASURES.items()]
        rows += [_constant(deal, name, text, facts, dollars, lang) for name, text in CONSTANT.items()]
    return pl.DataFrame(rows, schema=SCHEMA)


def _whole(deal: Deal) -> str:
    """The field or formula for the whole target's value: as said, else as implied by price and stake."""
    return "valuation" if deal["valuation_standing"] else "(price / stake_acquired)"


def _measure(deal: Deal, name: str, plan: Plan, facts: Facts, lang: str) -> dict[str, Any]:
    parsed = formula.parse(plan.formula)
    names = parsed.names
    row: dict[str, Any] = {"deal_id": deal["deal_id"], "measure": name, "formula": plan.formula}
    row |= {"unit": plan.unit or deal[f"{names[0]}_unit"], "standing": None, "note": None}
    row["claims"] = sorted({claim for each in names for claim in deal[f"{each}_claims"] or []})
    row["period"] = deal[f"{names[-1]}_period"]
    unknown = [each for each in names if not deal[f"{each}_standing"]]
    currencies = {deal[f"{each}_unit"] for each in names} - {"percent", "users", "people", "shares", None}
    if unknown or len(currencies) > 1:
        return row | {"note": _unknown(unknown, deal, facts, lang) if unknown else _mixed(currencies, lang)}
    ends = {
        each: formula.as_share(Interval(deal[f"{each}_lo"], deal[f"{each}_hi"]), deal[f"{each}_unit"]) for each in names
    }
    points = {
        each: formula.as_share(point(deal[each]), deal[f"{each}_unit"]) for each in names if deal[each] is not None
    }
    value = parsed.evaluate(points).lo if len(points) == len(names) else None
    row |= _number(value, parsed.evaluate(ends), row["unit"])
    row["standing"] = weakest([deal[f"{each}_standing"] for each in names])
    return row | {"note": _years(deal, names, lang)}


def _number(value: Decimal | None, ends: Interval, unit: str | None) -> dict[str, float | None]:
    exact = point(value) if value is not None else UNKNOWN
    wide, narrow = formula.as_unit(ends, unit), formula.as_unit(exact, unit)
    return {
        name: None if end is None else float(end)
        for name, end in (("value", narrow.lo), ("lo", wide.lo), ("hi", wide.hi))
    }


def _constant(deal: Deal, name: str, text: str, facts: Facts, dollars: str, lang: str) -> dict[str, Any]:
    """An amount in constant dollars; null in another currency, or where the year is not known."""
    row = _measure(deal, name, Plan(text), facts, lang)
    if not row["standing"] or dollars == "nominal":
        return row
    on, empty = deal["priced_on"], dict.fromkeys(("value", "lo", "hi", "standing"))
    if row["unit"] != "USD":
        return row | empty | {"note": _SAY["currency", lang].format(unit=row["unit"])}
    if not on:
        return row | empty | {"note": _SAY["undated", lang]}
    root = facts.corpus.root
    try:
        ends = prices.constant_interval(Interval(row["lo"], row["hi"]), on, dollars, root=root)
        value = None if row["value"] is None else prices.constant_dollars(row["value"], on, dollars, root=root)
    except DataError as error:
        return row | empty | {"note": str(error)}
    note = _SAY["year" if len(on) == 4 else "month", lang].format(series=prices.SERIES, on=on[:7], to=dollars)
    return row | _number(value, ends, "USD") | {"formula": f"{text} * cpi({dollars}) / cpi({on[:7]})", "note": note}


def _unknown(fields: list[str], deal: Deal, facts: Facts, lang: str) -> str:
    words = []
    for field in fields:
        of, property = PROPERTY[field]
        who = "" if of == "deal" else f" ({facts.corpus.label(deal[of] or '', lang)})"
        words.append(f"{facts.corpus.label(property, lang)}{who}")
    return f"{_SAY['unknown', lang]}{', '.join(words)}"


def _mixed(units: set[Any], lang: str) -> str:
    return _SAY["mixed", lang].format(units=", ".join(sorted(units)))


def _years(deal: Deal, names: list[str], lang: str) -> str | None:
    """Where the price and what it is divided by are of different years, that they are."""
    on, period = deal["dated_on"], deal[f"{names[-1]}_period"]
    if not on or not period or len(names) == 1 or on[:4] in {part[:4] for part in period.split("/")}:
        return None
    return _SAY["years", lang].format(on=on[:4], period=period)


_SAY = {
    ("unknown", "en"): "not known: ",
    ("unknown", "fr"): "non connu : ",
    ("mixed", "en"): "amounts in {units}, and no dated exchange rate is held",
    ("mixed", "fr"): "montants en {units}, sans taux de change daté",
    ("currency", "en"): "in {unit}, and no dated exchange rate is held",
    ("currency", "fr"): "en {unit}, sans taux de change daté",
    ("undated", "en"): "the deal's date is not known",
    ("undated", "fr"): "la date de l'opération n'est pas connue",
    ("month", "en"): "CPI-U, {series}, {on} to {to}",
    ("month", "fr"): "CPI-U, {series}, de {on} à {to}",
    ("year", "en"): "CPI-U, {series}, average of {on} to {to}; the range takes any of its months",
    ("year", "fr"): "CPI-U, {series}, moyenne de {on} à {to} ; l'intervalle admet chacun de ses mois",
    ("years", "en"): "deal of {on}, divided by {period}",
    ("years", "fr"): "opération de {on}, rapportée à {period}",
}
