"""Amounts, shares, multiples, counts, ages and dates that a person typed in a memo, held against today's data.

Each is supported, stale, contested or unsupported; an age or a date is never unsupported, and is passed over where no
claim speaks of it: a memo has dates of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

import msgspec

from analysis.articles import edtf, numerals, wording
from analysis.articles.quantities import Quantity, read
from analysis.errors import DataError
from analysis.facts.facts import Facts
from analysis.facts.interval import Interval, bounds
from analysis.reports.numbers import Number, Numbers

KINDS = ("money", "percent", "multiple", "count", "age", "date")
_OFTEN_OTHERS = ("age", "date")  # said of much that no claim speaks of: a letter has a date


class Move(msgspec.Struct, frozen=True):
    """An amount that a figure or number of the memo showed, and what it shows now, each as text with its value."""

    label: str
    unit: str | None
    old: float | str
    old_text: str
    new_text: str


class Typed(msgspec.Struct, frozen=True):
    """What became of a typed amount: `state` is supported, stale, contested or unsupported."""

    text: str
    state: str
    detail: str


def amounts(body: str, lang: str) -> list[Quantity]:
    """What a text says in numbers, of the kinds that facts have."""
    return [quantity for quantity in read(body, lang) if quantity.kind in KINDS and quantity.unit]


def span(quantity: Quantity) -> Interval:
    """What a written amount allows: by its hedge and its last written digit."""
    if quantity.lo is not None or quantity.hi is not None:
        return Interval(quantity.lo, quantity.hi)
    value = Decimal(str(quantity.value))
    step = numerals.written_unit(quantity.text, value) or numerals.press_unit(value)
    return bounds(value, quantity.hedge, step, unit=quantity.unit)


def fits(quantity: Quantity, value: float | str | None, unit: str | None) -> bool:
    """Whether a written amount says this value; a date, by EDTF, says each day that it holds."""
    if isinstance(value, str):
        return quantity.kind == "date" and unit == "date" and _holds(str(quantity.value), value)
    if value is None or unit != quantity.unit or (quantity.value is None and quantity.lo is None):
        return False
    return span(quantity).contains(Decimal(f"{value:.10g}"))


def _holds(written: str, day: str) -> bool:
    try:
        (first, last), (start, end) = edtf.bounds(written), edtf.bounds(day)
    except DataError:
        return False
    return first <= start and end <= last


def unfilled(quantities: Iterable[Quantity], filled: Iterable[Number]) -> list[Quantity]:
    """The amounts that no filled-in number accounts for; each number accounts for one."""
    left = list(quantities)
    for number in filled:
        ends = [end for end in (number.text, number.value, number.lo, number.hi) if end is not None]
        match = next((q for q in left if any(fits(q, end, number.unit) for end in ends)), None)
        if match:
            left.remove(match)
    return left


def moves_of(label: str, old: str, new: str, lang: str) -> Iterator[Move]:
    """The amounts that differ between two wordings of one row."""
    before, after = amounts(old, lang), amounts(new, lang)
    for was, now in zip(before, after, strict=False):
        if was.value is not None and was.value != now.value and was.unit == now.unit:
            written = str(was.value)
            yield Move(label, was.unit, written if was.kind == "date" else float(written), was.text, now.text)


def judged(quantity: Quantity, numbers: Numbers, moves: list[Move], cited: set[str]) -> Typed | None:
    """Hold one typed amount against the moves of the memo's own figures, then the facts, then their dissent.

    None for an age or a date of which no claim speaks.
    """
    text = quantity.text
    for move in moves:
        if fits(quantity, move.old, move.unit):
            return Typed(text, "stale", f"{move.label}: {move.old_text} → {move.new_text}")
    found = [n for n in numbers.all() if n.standing != "unresolved" and fits(quantity, n.text or n.value, n.unit)]
    if found:
        best = min(found, key=lambda n: (not cited & set(n.claims), n.path.startswith("finding:"), len(n.path), n.path))
        said = wording.word("status", best.standing or "", numbers.lang)
        return Typed(text, "supported", f"{best.label} ({best.path}; {said})")
    if against := _dissent(quantity, numbers.facts, numbers.lang):
        return Typed(text, "contested", against)
    return None if quantity.kind in _OFTEN_OTHERS else Typed(text, "unsupported", "no fact, measure or claim says so")


def _dissent(quantity: Quantity, facts: Facts, lang: str) -> str:
    """The claim that says so and did not win, with what is held true instead."""
    claims = {row["id"]: row for row in facts.corpus.claims.iter_rows(named=True)}
    for row in facts.frame.iter_rows(named=True):
        others = [d["claim"] for d in row["dissent"] or []]
        others += [c for other in row["alternatives"] or [] for c in other["claims"]]
        for claim in others:
            said = claims.get(claim, {})
            if said and fits(quantity, said["value_text"] or said["value"], said["unit"]):
                return f"{wording.sentence(claims[claim], facts.corpus, lang)} ({claim}); held true: {_held(row, lang)}"
    return ""


def _held(row: dict[str, Any], lang: str) -> str:
    if row["standing"] == "unresolved":
        return wording.word("status", "unresolved", lang)
    if row["value"] is None:
        return row["value_text"] or wording.interval(row["lo"], row["hi"], row["unit"], lang)
    return f"{wording.quantity(row['value'], row['unit'], lang)} ({row['id']})"
