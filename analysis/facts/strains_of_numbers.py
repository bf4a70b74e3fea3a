"""Strains of numbers: products, step-ups, ages, hedges, ranks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations

from analysis.articles import edtf
from analysis.articles.schema import NUMERIC_KINDS
from analysis.facts import formula
from analysis.facts.interval import Interval
from analysis.facts.strain_words import amount, amount_and_span, span
from analysis.facts.strains import Ground, Row, Strain, about, fact_key, interval_of
from analysis.facts.strains_of_times import event_day

RANKS = ("rank", "customer_rank")


def products(ground: Ground) -> Iterator[Strain]:
    """Price = stake × valuation, within rounding: in each article, else with what stands nearest elsewhere."""
    rows = ground.named("price", "stake_acquired", "valuation")
    prices = [row for row in rows if row["property"] == "price" and row["basis"] not in ("accounts", "closing")]
    for (deal, article, *_), same in ground.grouped(prices, _stated).items():
        own = [row for row in rows if row["subject"] == deal]
        stake, whole = (_beside(same[0], own, name) for name in ("stake_acquired", "valuation"))
        if stake and whole and _same_currency(same[0], whole):
            result = formula.as_share(interval_of(stake), "percent") * interval_of(whole)
            yield _compared(ground, "product", f"{deal}/{article}", same, [stake, whole], result, "times")


def step_ups(ground: Ground) -> Iterator[Strain]:
    """A stated step-up against the valuation over the previous one, as its own article and as others give them."""
    for same in ground.grouped(ground.named("step_up"), _stated).values():
        claim = same[0]
        deal = ground.subjects.get(claim["subject"], {})
        rows = [row for row in ground.named("valuation") if row["subject"] == claim["subject"]]
        before = [row for row in ground.named("previous_valuation") if row["subject"] == claim["subject"]]
        rounds = ground.rounds(deal.get("target"))
        before += [row for row in ground.named("valuation") if row["subject"] in rounds]
        pairs = [(new, old) for new in _per_article(rows, claim) for old in _per_article(_last(before), claim)]
        for new, old in pairs:
            if _same_currency(new, old):
                result = interval_of(new) / interval_of(old)
                name = f"{claim['subject']}/{claim['article_id']}/{old['article_id']}"
                yield _compared(ground, "step_up", name, same, [new, old], result, "over")


def ages(ground: Ground) -> Iterator[Strain]:
    """Ages against the years at which they were reached: all must allow one and the same time of birth."""
    for person, rows in ground.grouped(ground.named("age"), lambda r: r["subject"]).items():
        births = [(row, birth) for row in rows if (birth := _birth(ground, row))]
        if not births:
            continue
        shared = _shared([birth for _, birth in births])
        told = ground.say("and").join(_said_age(ground, row, birth) for row, birth in births)
        said, verdict = ("ages agree", "consistent") if shared else ("ages clash", "conflict")
        if len(births) > 1 or any(row["when"] for row in rows):
            span_ = "–".join(map(str, _years(shared))) if shared else ""
            yield ground.strain("age", person, rows, said, verdict, told=told, span=span_)


def numbers(ground: Ground) -> Iterator[Strain]:
    """One fact with several numbers or hedges: what overlaps narrows it, what does not is a conflict."""
    for rows in ground.grouped((r for r in ground.rows if _is_number(r)), fact_key).values():
        different = {(str(interval_of(row)), row["hedge"]) for row in rows}
        if len(different) < 2:
            continue
        told = ground.each(rows, lambda row: amount_and_span(row, interval_of(row), ground.lang))
        shared = _shared([interval_of(row) for row in rows])
        if shared:
            left = span(shared, rows[0]["unit"], ground.lang)
            yield ground.strain("hedge", about(rows[0]), rows, "numbers overlap", "refinement", told=told, left=left)
        elif len({row["origin"] for row in rows}) == 1 < len({row["known_on"] for row in rows}):
            way = ground.say("treat latest")
            yield ground.strain("change", about(rows[0]), rows, "changed", "refinement", told=told, treatment=way)
        else:
            yield ground.strain("value", about(rows[0]), rows, "numbers clash", "conflict", told=told)


def superlatives(ground: Ground) -> Iterator[Strain]:
    """A rank rests on a list that nobody gives: it is held against what the corpus knows of the same kind."""
    for claim in (row for row in ground.rows if row["property"] in RANKS and _place(row)):
        place = _place(claim)
        others = list(_peers(ground, claim))
        own = next((row for row in others if row["subject"] == claim["subject"]), None)
        larger = sorted(
            {row["subject"] for row in others if own and _above(interval_of(row), interval_of(own))}
            - {claim["subject"]}
        )
        known = len({row["subject"] for row in others})
        agree = own is not None and known > 1 and len(larger) + 1 == place
        too_many = own is not None and len(larger) >= place
        verdict = "conflict" if too_many else "consistent" if agree else "unsaid"
        said = {"conflict": "rank beaten", "consistent": "rank holds", "unsaid": "rank alone"}[verdict]
        names = ", ".join(ground.label(subject) for subject in larger) or ground.say("none")
        rows = [claim, *([own] if own else []), *(row for row in others if row["subject"] in larger)]
        yield ground.strain(
            "superlative", about(claim), rows, said, verdict, rank=place, known=known,
            names=names, who=ground.who(claim), treatment=ground.say("treat rank"),
        )  # fmt: skip


def _place(claim: Row) -> int:
    """The rank that is claimed: the largest is the first; 0 where none is."""
    return 1 if claim["value_text"] == "largest" else int(claim["value"] or 0)


def _peers(ground: Ground, claim: Row) -> Iterator[Row]:
    """The claims that the ranked subject is ranked by: prices of its acquirer's deals, or spends of one supplier."""
    deal = ground.subjects.get(claim["subject"], {})
    if deal.get("acquirer"):
        for row in ground.named("price"):
            other = ground.subjects.get(row["subject"], {})
            if (
                other.get("acquirer") == deal["acquirer"]
                and row["unit"] == "USD"
                and row["basis"] not in ("accounts", "closing")
            ):
                yield row
    elif claim["object"]:
        yield from (row for row in ground.named("customer_spend") if row["object"] == claim["object"])


def _above(one: Interval, other: Interval) -> bool:
    return one.lo is not None and other.hi is not None and one.lo > other.hi


def _compared(
    ground: Ground, kind: str, name: str, same: list[Row], inputs: list[Row], result: Interval, sign: str
) -> Strain:
    """A stated number against what two others give."""
    lang, claim = ground.lang, same[0]
    unit, own = claim["unit"], interval_of(claim)
    fields = {
        "who": ground.who(claim), "said": amount(claim, lang), "own": span(own, unit, lang),
        "result": span(result, unit, lang),
        "inputs": ground.say(f"sign {sign}").join(f"{amount(row, lang)} ({ground.who(row)})" for row in inputs),
    }  # fmt: skip
    holds = result.known and own.intersect(result) is not None
    said, verdict = ("sum holds", "consistent") if holds else ("sum fails", "conflict")
    return ground.strain(kind, name, [*same, *inputs], said, verdict, **fields)


def _stated(row: Row) -> tuple[str, str, str | None, float | None, str | None]:
    """One number said once or often in one article."""
    return (row["subject"], row["article_id"], row["basis"], row["value"], row["hedge"])


def _beside(claim: Row, rows: list[Row], name: str) -> Row | None:
    """The claim of another property that stands nearest: in the same article, else anywhere, the sharpest first."""
    found = [
        row for row in rows if row["property"] == name and interval_of(row).lo is not None and row["value"] is not None
    ]
    return min(
        found, key=lambda r: (r["article_id"] != claim["article_id"], r["hedge"] != "exact", r["id"]), default=None
    )


def _per_article(rows: list[Row], claim: Row) -> list[Row]:
    """One claim an article, that of the claim's own first; if its own article gives one, that alone."""
    first = {
        row["article_id"]: row for row in sorted(rows, key=lambda r: (r["hedge"] != "exact", r["id"]), reverse=True)
    }
    own = first.get(claim["article_id"])
    return [own] if own else [first[article] for article in sorted(first, key=str)]


def _last(rows: list[Row]) -> list[Row]:
    """Of valuations at several times, those of the last."""
    times = [(edtf.bounds(told)[1], row) for row in rows if (told := row["when"] or row["period"])]
    if not times:
        return rows
    last = max(day for day, _ in times)
    return [row for day, row in times if (last - day).days < 100]


def _same_currency(one: Row, other: Row) -> bool:
    return bool(one["unit"] == other["unit"])


def _is_number(row: Row) -> bool:
    return row["kind"] in NUMERIC_KINDS and row["property"] not in ("age", "rank")


def _shared(intervals: list[Interval]) -> Interval | None:
    """What all allow; None where two of them share no more than an end."""
    if any(not one.overlaps(other) for one, other in combinations(intervals, 2)):
        return None
    return Interval(max(each.ends[0] for each in intervals), min(each.ends[1] for each in intervals))


def _birth(ground: Ground, row: Row) -> Interval | None:
    """When somebody of that age at that time was born [years, a fraction for the day]."""
    when = _when(ground, row)
    if not when or row["value"] is None:
        return None
    first, last = edtf.bounds(when)
    age = int(row["value"])
    return Interval(_fraction(first) - age - 1, _fraction(last) - age)


def _fraction(day: date) -> float:
    return day.year + (day.timetuple().tm_yday - 1) / 366


def _years(birth: Interval) -> list[int]:
    return [int(end) for end in birth.ends]


def _said_age(ground: Ground, row: Row, birth: Interval) -> str:
    lo, hi = _years(birth)
    return ground.say("age", who=ground.who(row), age=int(row["value"]), when=_when(ground, row), lo=lo, hi=hi)


def _when(ground: Ground, row: Row) -> str | None:
    """When somebody was of that age: as the claim says, else its article's day, else the announcement it tells of."""
    return row["when"] or row["period"] or ground.published.get(row["article_id"]) or event_day(ground, row)
