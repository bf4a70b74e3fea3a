"""What the articles' own words and the table's own cells say of a claim, and where a claim says otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Any

from analysis.articles import edtf
from analysis.articles.frames import is_number
from analysis.articles.propose import Proposal, propose
from analysis.articles.quantities import Quantity, read
from analysis.articles.schema import Claim
from analysis.errors import DataError
from tests.trust.world import World

# What a vague word means at least (and at most): a plural is two, tens are twenty, a minority is under half.
VAGUE = {
    r"plusieurs dizaines|dozens": (20, 99), r"dizaines|tens of": (20, None), r"milliards|billions": (2 * 10**9, None),
    r"minorit": (0, 50), r"about a third": (30, 37), r"plusieurs|d'autres|des\b|several|others": (2, None),
    r"certain|some": (1, None),
}  # fmt: skip
# How a cell of the table hedges its number, in the property's name or in the value.
HEDGES = {
    r"fewer than|under|less than|below": "below", r"more than|more_than|over|above": "above", r"about|around": "approx",
    r"at least": "at_least",
}  # fmt: skip


def against_words(world: World) -> Iterator[str]:
    """One line a field that disagrees with what the reader finds in the claim's evidence; it names claim and field."""
    published = {r.item.id: (r.item.lang, r.item.published) for r in world.contents.of("article")}
    properties = {r.item.id: r.item for r in world.contents.of("property")}
    for record in world.contents.of("claim"):
        claim: Claim = record.item
        text = world.texts.get(claim.article or "")
        if text is None or not claim.evidence:
            continue
        lang, when = published[claim.article or ""]
        spans = [(s.start or 0, (s.start or 0) + (s.len or 0)) for s in claim.evidence]
        near = [q for q in _read(text, lang, when) if any(a <= q.start < b for a, b in spans)]
        prop = properties[claim.property]
        unit = claim.unit or prop.unit or {"percent": "percent", "multiple": "multiple"}.get(prop.kind)
        for name, problem in _numbers(claim, near, unit, prop.kind):
            yield f"{claim.id}: {name}: {problem}"
        for name, problem in _days(claim, near, _read(text, lang, when), prop.kind):
            yield f"{claim.id}: {name}: {problem}"
        if told := [p for p in _proposed(text, when) if _is_same(p, claim, spans)]:
            if not any(p.status == claim.status for p in told):
                yield f"{claim.id}: status: {claim.status}, and the words say {told[0].status}"
            if not any(p.by and p.by[0] == claim.by[0] for p in told):
                yield f"{claim.id}: by: {claim.by[0]}, and the words say {told[0].by}"
            if not any(p.stage == claim.stage for p in told):
                yield f"{claim.id}: stage: {claim.stage}, and the words say {told[0].stage}"


def _numbers(claim: Claim, near: list[Quantity], unit: str | None, kind: str) -> Iterator[tuple[str, str]]:
    quotes = " ".join(span.quote or "" for span in claim.evidence)
    if is_number(claim.value):
        same = [q for q in near if q.value is not None and q.kind != "date" and q.value == claim.value]
        if not same:
            yield "value", f"{claim.value} is not among the numbers read"
        elif unit and not any(q.unit in (unit, None) for q in same):
            yield "unit", f"{unit}, and the words say {same[0].unit}"
        elif kind == "money" and not any(q.unit == unit for q in same) and unit != _currency(near, unit):
            yield "unit", f"{unit}, and no other currency stands in the sentence"
        if same and not any(q.hedge == claim.hedge for q in same):
            yield "hedge", f"{claim.hedge}, and the words say {same[0].hedge}"
    elif claim.lo is not None or claim.hi is not None:
        same = [q for q in near if q.lo is not None and (q.lo, q.hi) == (claim.lo, claim.hi)]
        told = next((b for words, b in VAGUE.items() if re.search(words, quotes)), None)
        for name, end, said in zip(("lo", "hi"), (claim.lo, claim.hi), told or (None, None), strict=True):
            if not same and end != (None if said is None else Decimal(said)):
                yield name, f"{end}, and « {quotes} » says {said}"
        if not same and told and claim.hedge != "vague":
            yield "hedge", f"{claim.hedge}, and « {quotes} » is vague"
        vague = [q for q in near if q.hedge == "vague" and q.unit]
        if vague and unit and not any(q.unit == unit for q in vague):
            yield "unit", f"{unit}, and the words say {vague[0].unit}"


def _currency(near: list[Quantity], unit: str | None) -> str | None:
    """The currency of the words around an amount that has none; the dollar where none is named, as in this coverage."""
    named = {q.unit for q in near if q.kind == "money" and q.unit}
    return unit if unit in named else "USD" if not named else None


def _days(claim: Claim, near: list[Quantity], whole: list[Quantity], kind: str) -> Iterator[tuple[str, str]]:
    """Dates stand in the sentence, else in the article; the time of an amount is the date nearest to the amount."""
    days = [q for q in near if q.kind == "date" and q.value]
    known = {str(q.value) for q in days} or {str(q.value) for q in whole if q.kind == "date" and q.value}
    given = {"when": claim.when, "period": claim.period, "said_on": claim.said_on}
    if kind == "date" and isinstance(claim.value, str):
        given["value"] = claim.value
    at = next((q.start for q in near if q.kind != "date" and is_number(claim.value) and q.value == claim.value), None)
    for name, day in given.items():
        if name == "period" and at is not None and days:
            known = {str(min(days, key=lambda q: abs(q.start - at)).value)}
        if day is not None and day not in known:
            yield name, f"{day} is not among the dates read"


def _is_same(p: Proposal, claim: Claim, spans: list[tuple[int, int]]) -> bool:
    if not any(a <= p.start < b for a, b in spans) or p.property != claim.property:
        return False
    return (p.subject, p.object) == (claim.subject, claim.object) and p.value in (claim.value, None)


@cache
def _read(text: str, lang: str, published: str | None) -> list[Quantity]:
    try:
        return read(text, lang, published)
    except DataError:
        return []


_known: list[Any] = []


def know(world: World) -> None:
    """What propose may use: the names, deals and rounds of the unchanged data."""
    from analysis.articles.review import known_of

    _known[:] = [known_of(world.corpus())]
    _proposed.cache_clear()


@cache
def _proposed(text: str, published: str | None) -> list[Proposal]:
    return propose(text, published=published, known=_known[0] if _known else None).proposals


def against_table(world: World) -> Iterator[str]:
    """One line a field of a claim of reference that disagrees with its row of the table of sourced facts."""
    articles = {r.item.id: r.item for r in world.contents.of("article")}
    labels = {r.item.id: (r.item.label.en, r.item.kind) for r in world.contents.of("source")}
    properties = {r.item.id: r.item for r in world.contents.of("property")}
    pages: dict[str, set[str]] = {id: set() for id in articles}
    for record in world.contents.of("claim"):
        if record.item.id in world.rows:
            pages[record.item.article] |= _days_of(world.rows[record.item.id])
    for article in articles.values():
        first = article.primary.published if article.primary else None
        if first and first not in {article.published, *(d for d in pages[article.id] if len(d) > 4)}:
            yield f"{article.id}: primary.published: {first}, and the page and its rows give other days"
    for record in world.contents.of("claim"):
        claim: Claim = record.item
        row = world.rows.get(claim.id)
        if row is None:
            continue
        article = articles[claim.article or ""]
        for name, found, wanted in _cells(claim, row, properties[claim.property]):
            if name != "said_on" or claim.period not in _days_of(row) or found not in pages[article.id]:
                yield f"{claim.id}: {name}: {found}, and its row says {wanted}"
        if row["status"] != "computed":
            pairs = {"address": article.address, "source_title": article.title, "published": article.published or ""}
            for name, found in pairs.items():
                if found != row[name]:
                    yield f"{claim.id}: {name}: {found}, and its row says {row[name]}"
            name = article.publisher or "?"
            if name not in row["publisher"] and _letters(name) not in _letters(row["address"]):
                yield f"{claim.id}: publisher: {name}, and its row says {row['publisher']}"
            status = _status(claim, row, own=_is_own(claim, article, labels))
            if claim.status != status:
                yield f"{claim.id}: status: {claim.status}, and its row and its page say {status}"
            if claim.by and not any(labels[by][0] in f"{article.publisher} {article.title}" for by in claim.by):
                yield f"{claim.id}: by: nobody of {claim.by} is named by the page"
    for series, index in world.prices.items():
        if index != world.given_prices.get(series):
            yield f"{'/'.join(series)}: index: {index}, and the Bureau's table says {world.given_prices.get(series)}"


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", re.sub(r" \(.*\)", "", text).lower())


def _is_own(claim: Claim, article: Any, labels: dict[str, tuple[str, str]]) -> bool:
    """Whether the page, or the document that it passes on, is a party's own or a regulator's."""
    label, kind = labels[claim.by[0]] if claim.by and claim.by[0] in labels else ("", "")
    own = f"{article.publisher} {article.primary.publisher if article.primary else ''}"
    return kind == "party" and (label in own or "SEC" in own)


def _status(claim: Claim, row: dict[str, str], *, own: bool) -> str:
    """A page that only tells of a party's statement reports it."""
    return "reported" if row["status"] == "confirmed" and not own else row["status"]


def _cells(claim: Claim, row: dict[str, str], prop: Any) -> Iterator[tuple[str, Any, str]]:
    text, unit = row["value"], row["unit"]
    if row["status"] == "computed" and claim.status != "derived":
        yield "status", claim.status, "derived"
    allowed = _days_of(row)
    given = {"when": claim.when, "period": claim.period, "said_on": claim.said_on}
    if prop.kind == "date":
        given["value"] = claim.value
    for name, day in given.items():
        if day is not None and day not in allowed:
            yield name, day, " or ".join(sorted(allowed))
    if row["status"] == "computed":
        if claim.unit and unit and claim.unit != unit:
            yield "unit", claim.unit, unit
        return
    hedged = next((hedge for words, hedge in HEDGES.items() if re.search(words, f"{row['property']} {text}")), None)
    if is_number(claim.value) or claim.lo is not None:
        hedge = "range" if re.search(r"\d-\d|\d to \d", text) and unit != "date" else hedged or "exact"
        if claim.hedge != hedge:
            yield "hedge", claim.hedge, hedge
    if unit == "stance" and claim.value != text:
        yield "value", claim.value, text
    if is_number(claim.value):
        if claim.value not in _numbers_of(text):
            yield "value", claim.value, text
        if claim.unit and claim.unit != _unit_of(text, unit):
            yield "unit", claim.unit, _unit_of(text, unit)
    if claim.lo is not None or claim.hi is not None:
        told = (
            next((b for words, b in VAGUE.items() if re.search(words, text)), None) or (*_range(text), None, None)[:2]
        )
        for name, end, said in zip(("lo", "hi"), (claim.lo, claim.hi), told, strict=True):
            if end != said:
                yield name, end, text
        if claim.unit and claim.unit != _unit_of(text, unit):
            yield "unit", claim.unit, _unit_of(text, unit)


_SCALES = {"m": 10**6, "bn": 10**9, "": 1}
_COUNTED = {"third": 33, "quarter": 25, "doubled": 2, "three": 3}


def _numbers_of(text: str) -> list[Decimal]:
    """The numbers of a cell: digits with their scale, numbers in words, and how many names a list has."""
    found = [
        Decimal(number) * _SCALES[scale]
        for number, scale in re.findall(r"(-?\d+(?:\.\d+)?(?:e\d+)?) ?(bn|m|)(?![a-z])", text)
    ]
    found += [Decimal(number) for word, number in _COUNTED.items() if word in text]
    return [*found, Decimal(len(text.split(",")))] if not re.search(r"\d", text) else found


def _range(text: str) -> list[Decimal]:
    return [Decimal(number) for number in re.findall(r"\d+(?:\.\d+)?(?:e\d+)?", text)]


def _unit_of(text: str, unit: str) -> str:
    if unit != "text":
        return unit
    for words, told in (
        (r"\$", "USD"),
        (r"shares", "shares"),
        (r"third|quarter|minority", "percent"),
        ("month", "months"),
    ):
        if re.search(words, text):
            return told
    return "people"


def _days_of(row: dict[str, str]) -> set[str]:
    """The dates that a row gives: its time, what stands in brackets there, its value."""
    days = set()
    for text in (row["as_of"], row["value"]):
        for year, half, quarter in re.findall(r"(\d{4})-(?:H(\d)|Q(\d))", text):
            first = (int(half) - 1) * 6 + 1 if half else (int(quarter) - 1) * 3 + 1
            days.add(f"{year}-{first:02}/{year}-{first + (5 if half else 2):02}")
        days |= set(re.findall(r"(?<!\d)\d{4}(?:-\d\d){0,2}(?![\d-])", text))
    return {day for day in days if _is_day(day)}


def _is_day(text: str) -> bool:
    try:
        edtf.bounds(text)
    except DataError:
        return False
    return 1900 < int(text[:4]) < 2100
