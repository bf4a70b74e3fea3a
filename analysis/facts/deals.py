"""One row a deal: the fields of a professional deal record, each with its range, its standing and its claims."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple

import polars as pl

from analysis.articles import edtf
from analysis.facts.facts import Facts

STANDINGS = ("confirmed", "reported", "asserted", "estimated", "derived", "unresolved")
PRICE_BASES = ("headline", "unstated", "upfront", "closing", "accounts")
AT_CLOSING = ("closing", "accounts")
VALUATION_BASES = ("post_money", "unstated", "pre_money")
NEAR = timedelta(days=31)  # how long after the announcement a count of users or staff still describes the deal
STALE = timedelta(days=400)  # older balance sheets do not describe it any more
YEAR = range(360, 372)  # days that a year's revenue may cover


class Field(NamedTuple):
    """Where a field of the record comes from.

    `of` names the deal itself, its target or its acquirer; `pick` says which fact where several differ by time:
    only (no time), last_year, this_year (as told last before the deal), before (last balance sheet), near (nearest).
    """

    name: str
    property: str
    of: str = "deal"
    pick: str = "only"
    bases: tuple[str, ...] = ()


FIELDS = (
    Field("announced_on", "announced_on"),
    Field("closed_on", "closed_on"),
    Field("price", "price", bases=PRICE_BASES),
    *(Field(f"price_{basis}", "price", bases=(basis,)) for basis in ("headline", "upfront", "closing", "accounts")),
    Field("consideration_cash", "consideration_cash", bases=PRICE_BASES),
    Field("consideration_stock", "consideration_stock", bases=PRICE_BASES),
    Field("investment_total", "investment_total"),
    Field("stake_acquired", "stake_acquired"),
    Field("stake_after", "stake_after"),
    Field("voting_rights", "voting_rights"),
    Field("valuation", "valuation", bases=VALUATION_BASES),
    Field("break_fee", "break_fee"),
    Field("licence_fee", "licence_fee"),
    Field("hires", "hires"),
    Field("staff_moved", "staff_moved"),
    Field("revenue", "revenue", of="target", pick="last_year"),
    Field("revenue_forecast", "revenue_forecast", of="target", pick="this_year"),
    Field("users", "users", of="target", pick="near"),
    Field("employees", "employees", of="target", pick="near"),
    Field("acquirer_revenue", "revenue", of="acquirer", pick="last_year"),
    Field("acquirer_cash", "cash_and_securities", of="acquirer", pick="before"),
    Field("acquirer_market_value", "market_value", of="acquirer", pick="near"),
    Field("acquirer_capex", "capex", of="acquirer", pick="last_year"),
    Field("acquirer_capex_guidance", "capex_guidance", of="acquirer", pick="this_year"),
)
LIST = pl.List(pl.Utf8)
NAMES = (*(field.name for field in FIELDS), "previous_valuation")
DATES = ("announced_on", "closed_on")
_DAYS = (
    ("announced_on", "value_text"),
    *((name, "when") for name in ("price", "stake_acquired", "investment_total", "stake_after")),
    ("closed_on", "value_text"),
)
TEXTS = ("voting_rights",)


def deals_from(facts: Facts) -> pl.DataFrame:
    """One row a deal that is declared and of which something is known, by announcement, undated ones last.

    Returns:
        `deal_id label_en label_fr acquirer target structure nature stage… dated_on priced_on` and, for each of `NAMES`:
        `f` [base units; dates and words as text], `f_lo` and `f_hi` [base units; days since 1970 for dates],
        `f_unit`, `f_basis`, `f_period` [EDTF: the time the amount covers], `f_standing`, `f_stage`, `f_hedge`,
        `f_claims`; money also has `f_usd` [US$, nominal], null in another currency: no dated exchange rate is held.
        `dated_on` [EDTF] is the announcement, else the time that a claim on the price names, else the closing;
        `priced_on` is the closing for a price counted then, else `dated_on`. Null is unknown.
    """
    return facts.once("deals", lambda: _deals(facts))


def _deals(facts: Facts) -> pl.DataFrame:
    rows = [_row(facts, deal) for deal in facts.corpus.subjects.iter_rows(named=True) if deal["type"] == "deal"]
    known = [row for row in rows if any(row.get(f"{name}_standing") for name in NAMES)]
    known.sort(key=lambda row: (row["dated_on"] is None, row["dated_on"], row["deal_id"]))
    return _frame(known)


def _frame(rows: list[dict[str, Any]]) -> pl.DataFrame:
    """The rows as a frame, lists through one text each, because Polars builds three hundred columns of them one by one."""
    schema, height = _schema(), len(rows)
    lists = [name for name, kind in schema.items() if kind == LIST]
    cells = (row.get(name) for name in lists for row in rows)
    told = pl.Series([None if cell is None else "\x1f".join(cell) for cell in cells], dtype=pl.Utf8)
    told = told.str.extract_all(r"[^\x1f]+")
    made = {name: told.slice(at * height, height).alias(name) for at, name in enumerate(lists)}
    return pl.DataFrame(
        made[name] if name in made else pl.Series(name, [row.get(name) for row in rows], dtype=kind)
        for name, kind in schema.items()
    )


def weakest(standings: list[str | None]) -> str | None:
    """The least sure of some standings; null where one is not known at all."""
    return None if None in standings or not standings else max((s for s in standings if s), key=STANDINGS.index)


def _schema() -> dict[str, Any]:
    texts = ("deal_id", "label_en", "label_fr", "acquirer", "target", "structure", "nature", "stage",
             "dated_on", "priced_on")  # fmt: skip
    schema: dict[str, Any] = dict.fromkeys(texts, pl.Utf8)
    schema |= {"stage_standing": pl.Utf8, "stage_claims": LIST}
    for name in NAMES:
        schema[name] = pl.Utf8 if name in (*DATES, *TEXTS) else pl.Float64
        schema |= {f"{name}_lo": pl.Float64, f"{name}_hi": pl.Float64}
        schema |= {f"{name}_{part}": pl.Utf8 for part in ("unit", "basis", "period", "standing", "stage", "hedge")}
        schema |= {f"{name}_claims": LIST, f"{name}_usd": pl.Float64}
    return schema


def _row(facts: Facts, deal: dict[str, Any]) -> dict[str, Any]:
    subjects = {"deal": deal["id"], "target": deal["target"], "acquirer": deal["acquirer"]}
    row = {key: deal[key] for key in ("label_en", "label_fr", "acquirer", "target", "structure")}
    row |= {"deal_id": deal["id"], "nature": _words(facts, deal["id"], "deal_nature")}
    on = _dated_on(facts, deal["id"])
    day = edtf.bounds(on)[0] if on else None
    for field in FIELDS:
        row |= _cells(field.name, _picked(facts, field, subjects[field.of], day))
    row |= _cells("previous_valuation", _previous_valuation(facts, deal, day))
    if row.get("hires_standing") is None:
        row |= _cells("hires", _named_hires(facts, deal))
    priced = row.get("closed_on") if row.get("price_basis") in AT_CLOSING else None
    return row | {"dated_on": on, "priced_on": priced or on} | _stage(row)


def _cells(name: str, fact: dict[str, Any] | None) -> dict[str, Any]:
    if fact is None:
        return {f"{name}_claims": []}
    text = name in (*DATES, *TEXTS)
    value = fact["value_text"] if text else fact["value"]
    cells = {part: fact[part] for part in ("lo", "hi", "unit", "period", "standing", "stage", "hedge")}
    cells |= {"claims": fact["support"] or _claims_of(fact), "basis": fact["basis"]}
    cells["usd"] = value if fact["unit"] == "USD" and not text else None
    return {name: value} | {f"{name}_{part}": cell for part, cell in cells.items()}


def _claims_of(fact: dict[str, Any]) -> list[str]:
    """The claims between which an unresolved fact stands."""
    return [claim for other in fact["alternatives"] or [] for claim in other["claims"]]


def _picked(facts: Facts, field: Field, subject: str | None, day: date | None) -> dict[str, Any] | None:
    if not subject:
        return None
    found = facts.rows(subject, field.property)
    if field.bases:
        found = _of_best_basis(found, field.bases)
    if field.pick != "only":
        found = _in_time(found, field.pick, day)
    return min(found, key=_sureness) if found else None


def _sureness(fact: dict[str, Any]) -> tuple[int, int, str]:
    return (STANDINGS.index(fact["standing"]), -fact["origins"], fact["id"])


def _of_best_basis(found: list[dict[str, Any]], bases: tuple[str, ...]) -> list[dict[str, Any]]:
    for basis in bases:
        here = [fact for fact in found if (fact["basis"] or "unstated") == basis]
        if here:
            return here
    return []


def _in_time(found: list[dict[str, Any]], pick: str, day: date | None) -> list[dict[str, Any]]:
    """The facts whose time fits the deal's day; without a day none does."""
    timed = [(*span, fact) for fact in found if (span := _span(fact))]
    if day is None or not timed:
        return []
    if pick == "last_year":
        timed = [each for each in timed if each[1] < day and (each[1] - each[0]).days + 1 in YEAR]
        key = max((last for _, last, _ in timed), default=None)
        return [fact for _, last, fact in timed if last == key]
    if pick == "this_year":
        return _last_told([fact for first, last, fact in timed if first <= day <= last], day)
    limit = day if pick == "before" else day + NEAR
    timed = [each for each in timed if each[0] <= limit and day - each[1] <= STALE]
    least = min((_distance(first, last, day) for first, last, _ in timed), default=None)
    return [fact for first, last, fact in timed if _distance(first, last, day) == least]


def _last_told(found: list[dict[str, Any]], day: date) -> list[dict[str, Any]]:
    """Of several forecasts of one year the last that was public on the day; what came after it where none was."""
    before = [fact["known_on"] for fact in found if fact["known_on"] and fact["known_on"] <= day]
    return [fact for fact in found if fact["known_on"] == max(before)] if before else found


def _distance(first: date, last: date, day: date) -> timedelta:
    return max(first - day, day - last, timedelta(0))


def _span(fact: dict[str, Any]) -> tuple[date, date] | None:
    """The time that a fact speaks of: its period, else when it held, else when it became known."""
    told = fact["period"] or fact["when"]
    if told:
        return edtf.bounds(told)
    known = fact["on"] or fact["known_on"]
    return (known, known) if known else None


def _dated_on(facts: Facts, deal: str) -> str | None:
    """The announcement; else the time that a claim on the price or the stake names; else the closing."""
    for name, column in _DAYS:
        told = [fact[column] for fact in facts.rows(deal, name) if fact[column] is not None]
        if told:
            return str(told[0])
    return None


def _previous_valuation(facts: Facts, deal: dict[str, Any], day: date | None) -> dict[str, Any] | None:
    """What the target was worth before: said of the deal, else its last round's valuation, else its own last one."""
    said = _picked(facts, Field("", "previous_valuation"), deal["id"], day)
    if said or not deal["target"]:
        return said
    rounds = facts.once("rounds", lambda: facts.corpus.subjects.filter(pl.col("type") == "round").rows(named=True))
    rounds = [row["id"] for row in rounds if row["org"] == deal["target"]]
    for subjects in (rounds, [deal["target"]]):
        found = [fact for subject in subjects for fact in facts.rows(subject, "valuation")]
        dated = [(_round_day(facts, fact), fact) for fact in found]
        before = [(on, fact) for on, fact in dated if on and (day is None or on < day)]
        if before:
            last = max(on for on, _ in before)
            rest = _of_best_basis([fact for on, fact in before if on == last], VALUATION_BASES)
            return min(rest, key=_sureness) if rest else None
    return None


def _named_hires(facts: Facts, deal: dict[str, Any]) -> dict[str, Any] | None:
    """How many people are named as moving to the acquirer: at least so many, as sure as the least sure of them."""
    staff = {fact["subject"] for fact in facts.rows(None, "person_role") if fact["object"] == deal["target"]}
    moves = [fact for fact in facts.rows(None, "person_moves") if fact["subject"] in staff]
    found = [fact for fact in moves if fact["object"] == deal["acquirer"]] + facts.rows(deal["id"], "key_hire")
    people = {
        fact["subject"] if fact["property"] == "person_moves" else fact["object"] or fact["value_text"]
        for fact in found
    }
    if not people:
        return None
    sure = max(found, key=_sureness)
    number = float(len(people))
    return (
        sure
        | {"value": number, "lo": number, "hi": None, "unit": "people", "period": None, "basis": None}
        | {"support": sorted({claim for fact in found for claim in fact["support"]})}
    )


def _round_day(facts: Facts, fact: dict[str, Any]) -> date | None:
    """When a round took place, else the time that the claim on its valuation names."""
    if told := fact["when"] or fact["period"]:
        return edtf.bounds(told)[1]
    dates = [each["value_text"] for name in DATES for each in facts.rows(fact["subject"], name)]
    told = next((text for text in dates if text), None)
    return edtf.bounds(told)[1] if told else None


def _stage(row: dict[str, Any]) -> dict[str, Any]:
    """How far the deal is: done once its closing is known, announced before; else as the stake or the price is told."""
    steps: list[tuple[str, str | None]] = [("closed_on", "done"), ("announced_on", "announced")]
    steps += [(name, row.get(f"{name}_stage")) for name in ("stake_acquired", "price", "investment_total")]
    name, stage = next(((name, stage) for name, stage in steps if stage and row.get(f"{name}_standing")), ("", None))
    return {
        "stage": stage, "stage_standing": row.get(f"{name}_standing"), "stage_claims": row.get(f"{name}_claims", []),
    }  # fmt: skip


def _words(facts: Facts, deal: str, property: str) -> str | None:
    found = {fact["value_text"] for fact in facts.rows(deal, property)} - {None}
    return ", ".join(sorted(found)) or None
