"""What customers did: stances over time, what they spend, and how much revenue is at risk under a named scenario."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

import polars as pl

from analysis.articles import edtf
from analysis.errors import DataError, one_of
from analysis.facts.deals import weakest
from analysis.facts.facts import Facts
from analysis.facts.interval import Interval

SUPPLIER = "org:scale-ai"
SCENARIOS = ("confirmed", "reported", "assumed")
CONFIRMED = ("confirmed",)


class Assumption(NamedTuple):
    """A share [0 to 1] that no source gives, as a range and a middle, with what it means in words."""

    lo: float
    value: float
    hi: float
    en: str
    fr: str


# What each stance costs of a customer's spend in the scenarios without assumptions: only what its words entail.
ENTAILED = {"leaving": (1.0, 1.0), "pausing": (0.0, 1.0), "reducing": (0.0, 1.0), "may_leave": (0.0, 1.0)}
ASSUMPTIONS = {
    "leaving": Assumption(1.0, 1.0, 1.0, "who leaves stops spending altogether", "qui part ne dépense plus rien"),
    "pausing": Assumption(
        0.25, 0.5, 1.0,
        "a pause costs half of the spend (a quarter to all)",
        "une pause coûte la moitié de la dépense (d'un quart au tout)",
    ),
    "reducing": Assumption(
        0.25, 0.5, 0.75,
        "a cut costs half of the spend (a quarter to three quarters)",
        "une réduction coûte la moitié de la dépense (d'un quart aux trois quarts)",
    ),
    "may_leave": Assumption(
        0.0, 0.25, 1.0,
        "who may leave counts for a quarter of the spend (nothing to all)",
        "qui pourrait partir compte pour un quart de la dépense (de rien au tout)",
    ),
    "unpublished": Assumption(
        0.0, 0.5, 1.0,
        "a customer whose amount is not published spends half of the largest published one (nothing to as much)",
        "un client dont le montant n'est pas publié dépense la moitié du plus gros montant publié (de rien à autant)",
    ),
}  # fmt: skip


def stances(facts: Facts, supplier: str = SUPPLIER) -> pl.DataFrame:
    """One row a customer and state: `customer stance since on known_on by standing stage claims is_latest`.

    `since` and `on` are the first and last day the words speak of; `by` the chain of sources of the first claim in
    support, origin first; `stance` is null where claims tie. The latest state is the last one begun on `as_of`.
    """
    return facts.once(f"stances {supplier}", lambda: pl.DataFrame(_stances(facts, supplier), schema=STANCE))


STANCE: dict[str, Any] = {
    "customer": pl.Utf8, "stance": pl.Utf8, "since": pl.Date, "on": pl.Date, "known_on": pl.Date,
    "by": pl.List(pl.Utf8), "standing": pl.Utf8, "stage": pl.Utf8, "claims": pl.List(pl.Utf8), "is_latest": pl.Boolean,
}  # fmt: skip


def _stances(facts: Facts, supplier: str) -> list[dict[str, Any]]:
    speakers = dict(facts.corpus.claims.select("id", "by").iter_rows())
    today = edtf.bounds(facts.as_of)[1] if facts.as_of else date.max
    rows, latest = list[dict[str, Any]](), dict[str, int]()
    told = [fact for fact in facts.rows(None, "customer_stance") if fact["object"] == supplier]
    for fact in sorted(told, key=_in_time):
        row = {name: fact[name] for name in ("since", "on", "known_on", "standing", "stage")}
        row |= {"customer": fact["subject"], "stance": fact["value_text"], "claims": fact["support"]}
        if (fact["since"] or date.min) <= today:
            latest[fact["subject"]] = len(rows)
        rows.append(row | {"by": (speakers.get(fact["support"][0]) or []) if fact["support"] else []})
    last = {row["customer"]: number for number, row in enumerate(rows)} | latest
    return [row | {"is_latest": last[row["customer"]] == number} for number, row in enumerate(rows)]


def _in_time(fact: dict[str, Any]) -> tuple[Any, ...]:
    return fact["subject"], fact["on"] or date.min, fact["known_on"] or date.min, fact["id"]


def exposures(facts: Facts, supplier: str = SUPPLIER) -> pl.DataFrame:
    """One row a customer and period: `customer amount lo hi unit period hedge stage standing claims share …`.

    A past amount and a planned one are two rows, never a range. A customer who has taken a stance and whose amount
    nobody published has one row with null amounts. `share` [0 to 1] is the amount over the supplier's revenue of
    the same period, a forecast included, with `share_lo`, `share_hi` and `share_of` (revenue or revenue_forecast);
    null where that revenue is unknown.
    """
    return facts.once(f"exposures {supplier}", lambda: pl.DataFrame(_exposures(facts, supplier), schema=EXPOSURE))


def _exposures(facts: Facts, supplier: str) -> list[dict[str, Any]]:
    spent = [fact for fact in facts.rows(None, "customer_spend") if fact["object"] == supplier]
    rows = [_exposure(facts, fact, supplier) for fact in spent]
    silent = sorted(set(stances(facts, supplier)["customer"]) - {row["customer"] for row in rows})
    return rows + [{"customer": customer, "claims": []} for customer in silent]


EXPOSURE: dict[str, Any] = {
    "customer": pl.Utf8, "amount": pl.Float64, "lo": pl.Float64, "hi": pl.Float64, "unit": pl.Utf8,
    "period": pl.Utf8, "hedge": pl.Utf8, "stage": pl.Utf8, "standing": pl.Utf8, "claims": pl.List(pl.Utf8),
    "share": pl.Float64, "share_lo": pl.Float64, "share_hi": pl.Float64, "share_of": pl.Utf8,
}  # fmt: skip


def _exposure(facts: Facts, fact: dict[str, Any], supplier: str) -> dict[str, Any]:
    row = {key: fact[key] for key in ("lo", "hi", "unit", "period", "hedge", "stage", "standing")}
    row |= {"customer": fact["subject"], "amount": fact["value"], "claims": fact["support"]}
    for name in ("revenue", "revenue_forecast"):
        whole = _revenue(facts, supplier, name, fact["period"])
        if whole and whole["unit"] == fact["unit"]:
            share = Interval(fact["lo"], fact["hi"]) / Interval(whole["lo"], whole["hi"])
            point = fact["value"] / whole["value"] if fact["value"] and whole["value"] else None
            return row | {"share": point, **_ends("share_", share), "share_of": name}
    return row


def _revenue(facts: Facts, supplier: str, name: str, period: str | None) -> dict[str, Any] | None:
    found = [fact for fact in facts.rows(supplier, name) if fact["period"] == period]
    return found[0] if period and len(found) == 1 else None


def _ends(prefix: str, interval: Interval) -> dict[str, float | None]:
    ends = {"lo": interval.lo, "hi": interval.hi}
    return {f"{prefix}{side}": None if end is None else float(end) for side, end in ends.items()}


RISK: dict[str, Any] = {
    "scenario": pl.Utf8, "value": pl.Float64, "lo": pl.Float64, "hi": pl.Float64, "unit": pl.Utf8, "period": pl.Utf8,
    "standing": pl.Utf8, "claims": pl.List(pl.Utf8), "customers": pl.List(pl.Utf8), "unpublished": pl.List(pl.Utf8),
    "share": pl.Float64, "share_lo": pl.Float64, "share_hi": pl.Float64, "share_period": pl.Utf8,
    "assumptions": pl.List(pl.Utf8),
}  # fmt: skip


def revenue_at_risk(
    facts: Facts,
    scenario: str = "",
    supplier: str = SUPPLIER,
    *,
    assumptions: Mapping[str, Assumption] | None = None,
    lang: str = "en",
) -> pl.DataFrame:
    """One row a scenario: how much of what customers pay a year the supplier may lose.

    confirmed: only stances and amounts that a party vouches for. reported: those of the press too. In both, a
    customer who leaves takes all of its spend, one who cuts, pauses or may leave between nothing and all, and an
    amount that nobody published leaves the upper end open. assumed: as reported, with shares that no source gives.

    Args:
        scenario: confirmed, reported or assumed; empty for all three.
        supplier: whose customers.
        assumptions: shares by stance, and `unpublished`; they take the place of those in `ASSUMPTIONS`.
        lang: of the assumptions' words.

    Returns:
        `value lo hi` [unit a year; null where no amount is known; an open `hi` means that much or more], `period`,
        `customers` counted, `unpublished` (those of them without an amount), `share…` [0 to 1, of the supplier's last
        known full year's revenue; `share_period`, another year than `period` where they differ], `standing` of the
        weakest input, derived where shares are assumed.
    """
    if scenario and scenario not in SCENARIOS:
        raise DataError(f"scenario {one_of(scenario, SCENARIOS)}")
    named = {**ASSUMPTIONS, **(assumptions or {})}
    rows = [_risk(facts, name, supplier, named, lang) for name in ([scenario] if scenario else SCENARIOS)]
    return pl.DataFrame(rows, schema=RISK)


def _risk(
    facts: Facts, scenario: str, supplier: str, assumptions: Mapping[str, Assumption], lang: str
) -> dict[str, Any]:
    going = _going(facts, scenario, supplier)
    spend = _spend_now(facts, scenario, supplier)
    published = [row for row in spend.values() if row["amount"] is not None]
    largest = max(published, key=lambda row: row["amount"], default=None)
    parts, used = [], dict[str, None]()
    for row in going:
        share = assumptions[row["stance"]] if scenario == "assumed" else ENTAILED[row["stance"]]
        amount = spend.get(row["customer"])
        used |= {row["stance"]: None}
        if amount is None and scenario == "assumed" and largest:
            used |= {"unpublished": None}
            parts.append(_lost(_guess(largest, assumptions["unpublished"]), share))
        else:
            parts.append(_lost(amount, share))
    silent = [row["customer"] for row in going if row["customer"] not in spend]
    inputs = [*going, *(spend[row["customer"]] for row in going if row["customer"] in spend)]
    counted = any(known for _, _, known in parts)
    low = sum((part.ends[0] for part, _, known in parts if known), start=Interval(0, 0).ends[0])
    open_end = any(part.hi is None for part, _, _ in parts)
    total = Interval(low, None if open_end else sum(part.ends[1] for part, _, _ in parts)) if counted else Interval()
    middle = sum(value for _, value, _ in parts if value is not None) if counted else None
    row = {"scenario": scenario, "value": middle, **_ends("", total), "customers": [r["customer"] for r in going]}
    row |= {"unit": largest["unit"] if largest and counted else None, "unpublished": silent}
    row |= {"period": "/".join(sorted({s["period"] for s in published if s["period"]})) or None if counted else None}
    row |= {"claims": sorted({claim for each in inputs for claim in each["claims"]})}
    guessed = scenario == "assumed" and bool(used)
    row |= {"standing": "derived" if guessed else weakest([each["standing"] for each in inputs])}
    told = [getattr(assumptions[name], lang) for name in used] if scenario == "assumed" else []
    return row | {"assumptions": told, **_share(facts, supplier, total, middle, row["unit"])}


def _going(facts: Facts, scenario: str, supplier: str) -> list[dict[str, Any]]:
    """The latest stance of each customer whose spend is not safe, as far as the scenario believes it."""
    states = sorted(stances(facts, supplier).iter_rows(named=True), key=lambda row: row["customer"])
    return [row for row in states if row["is_latest"] and row["stance"] in ENTAILED and _believed(row, scenario)]


def _spend_now(facts: Facts, scenario: str, supplier: str) -> dict[str, dict[str, Any]]:
    """Each customer's spend in its last period with an amount; periods are never mixed for one customer."""
    rows = exposures(facts, supplier).iter_rows(named=True)
    told = sorted(rows, key=lambda row: (row["customer"], row["period"] is not None, row["period"]))
    known = [row for row in told if (row["lo"], row["hi"]) != (None, None) and _believed(row, scenario)]
    return {row["customer"]: row for row in known}


def _believed(row: dict[str, Any], scenario: str) -> bool:
    return scenario != "confirmed" or row["standing"] in CONFIRMED


def _guess(largest: dict[str, Any], share: Assumption) -> dict[str, Any]:
    top = largest["hi"] or largest["amount"]
    return {"lo": share.lo * largest["amount"], "amount": share.value * largest["amount"], "hi": share.hi * top}


def _lost(amount: dict[str, Any] | None, share: tuple) -> tuple[Interval, float | None, bool]:
    """What a customer's stance costs: range, middle where one is meant, and whether an amount is known."""
    lo, hi, middle = share[0], share[2] if isinstance(share, Assumption) else share[1], None
    if isinstance(share, Assumption):
        middle = share.value
    elif lo == hi:
        middle = lo
    if amount is None:
        return Interval(0, None), None, False
    value = None if middle is None or amount["amount"] is None else middle * amount["amount"]
    return Interval(amount["lo"], amount["hi"]) * Interval(lo, hi), value, True


def _share(facts: Facts, supplier: str, total: Interval, middle: float | None, unit: str | None) -> dict[str, Any]:
    """The loss over the supplier's last full year's revenue."""
    years = [
        fact for fact in facts.rows(supplier, "revenue") if len(fact["period"] or "") == 4 and fact["unit"] == unit
    ]
    if unit is None or not years:
        return {}
    year = max(years, key=lambda fact: fact["period"])
    share = total / Interval(year["lo"], year["hi"])
    point = middle / year["value"] if middle is not None and year["value"] else None
    return {"share": point, **_ends("share_", share), "share_period": year["period"]}
