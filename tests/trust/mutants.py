"""Every change that the sweep makes: one field of one record, one price, one default, one digit of a text."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from analysis.articles.schema import HEDGES, STAGES, STATUSES, Claim
from tests.trust.world import Path_, World

KINDS = (
    "value", "unit", "position", "quote", "date", "hedge", "status", "stage", "source", "choice", "price index",
    "parameter", "text digit",
)  # fmt: skip
STRICT = ("value", "unit", "position", "quote", "date")  # fewer than 1 in 100 of these may survive
OTHER_DAYS = {"as_of": ["2025-06-13", "2013-01-01"], "dollars": ["2025-05", "2014-02"]}


@dataclass(frozen=True)
class Mutant:
    """One change: what kind it is, where it stands, what was there and what is put there."""

    kind: str
    name: str  # of the record: a claim's id, a notebook
    path: Path_
    old: Any
    new: Any
    record: int = -1  # in World.contents; -1 for prices, parameters and texts

    def __str__(self) -> str:
        return f"{self.name}: {'.'.join(map(str, self.path))}: {self.old} -> {self.new}"


def mutants_of(world: World) -> list[Mutant]:
    """All of them, in the order of the files."""
    return [*_of_records(world), *_of_prices(world), *_of_parameters(world), *_of_texts(world)]


def _pick(choices: list[Any], *about: Any, count: int = 1) -> list[Any]:
    """The same few of several choices on every run and every machine."""
    return sorted(choices, key=lambda choice: zlib.crc32(repr((about, choice)).encode()))[:count]


def _of_records(world: World) -> Iterator[Mutant]:
    others = _Others(world)
    for at, record in enumerate(world.contents.records):
        row, name = world.raw[at], getattr(record.item, "id", record.kind)
        made = {"claim": _claim, "article": _article, "source": _source, "property": _property, "correction": _fix}
        for kind, path, new in made.get(record.kind, _nothing)(row, record.item, others):
            old: Any = row
            for step in path:
                old = old.get(step) if isinstance(old, dict) else old[step]
            if old is None and path == ("stage",):
                old = "done"
            if old is None and path == ("hedge",):
                old = "exact"
            if new != old:
                yield Mutant(kind, name, path, old, new, at)


class _Others:
    """What stands elsewhere in data/ and could stand here by mistake."""

    def __init__(self, world: World) -> None:
        claims = [r.item for r in world.contents.of("claim")]
        self.properties = {r.item.id: r.item for r in world.contents.of("property")}
        self.sources = [r.item.id for r in world.contents.of("source")]
        self.subjects = [r.item.id for r in world.contents.of("subject") if r.item.type == "org"]
        self.articles = [r.item for r in world.contents.of("article")]
        self.quotes = sorted({e.quote for c in claims for e in c.evidence if e.quote})
        self.starts = sorted({e.start for c in claims for e in c.evidence if e.start is not None})
        self.units = sorted({c.unit for c in claims if c.unit})

    def units_like(self, unit: str) -> list[str]:
        """Units of the same make: currencies for a currency, things counted for a thing counted."""
        return [u for u in self.units if u != unit and u.isupper() == unit.isupper()] or ["GBP"]


def _nothing(row: dict[str, Any], item: Any, others: _Others) -> Iterator[tuple[str, Path_, Any]]:
    yield from ()


def _claim(row: dict[str, Any], item: Claim, others: _Others) -> Iterator[tuple[str, Path_, Any]]:
    prop = others.properties[item.property]
    for name in ("value", "lo", "hi"):
        if isinstance(row.get(name), int | Decimal):
            yield from (("value", (name,), new) for new in numbers_near(row[name]))
    for number in re.finditer(r"\d+(?:\.\d+)?", row.get("formula", "")):
        for new in numbers_near(Decimal(number[0])):
            yield "value", ("formula",), f"{row['formula'][: number.start()]}{new}{row['formula'][number.end() :]}"
    if "unit" in row:
        units = _pick(others.units_like(row["unit"]), item.id, count=2)
        yield from (("unit", ("unit",), unit) for unit in units)
    if "hedge" in row or any(name in row for name in ("value", "lo", "hi") if isinstance(row.get(name), int | Decimal)):
        yield from (
            ("hedge", ("hedge",), new) for new in _pick([h for h in HEDGES if h != item.hedge], item.id, count=2)
        )
    yield from (("status", ("status",), new) for new in _pick([s for s in STATUSES if s != item.status], item.id))
    yield from (("stage", ("stage",), new) for new in _pick([s for s in STAGES if s != item.stage], item.id))
    for name in ("when", "period", "said_on", *(["value"] if prop.kind == "date" else [])):
        if name in row:
            yield from (("date", (name,), new) for new in days_near(row[name]))
    if prop.kind == "choice" and "value" in row:
        yield "choice", ("value",), _pick([c for c in prop.choices if c != row["value"]] or ["none"], item.id)[0]
    for i, source in enumerate(row["by"]):
        yield "source", ("by", i), _pick([s for s in others.sources if s != source], item.id)[0]
    for i, span in enumerate(row.get("evidence", [])):
        yield from _span(span, ("evidence", i), others)


def _span(span: dict[str, Any], path: Path_, others: _Others) -> Iterator[tuple[str, Path_, Any]]:
    elsewhere = _pick([s for s in others.starts if s != span["start"]], span["start"])[0]
    for name, news in (
        ("start", [span["start"] + 1, max(span["start"] - 1, 2), elsewhere]),
        ("len", [span["len"] + 1, span["len"] - 1, span["len"] * 2]),
        ("sha", [_other_digit(span["sha"], 7, "0123456789abcdef")]),
    ):
        yield from (("position", (*path, name), new) for new in news)
    if quote := span.get("quote"):
        letters = [i for i, char in enumerate(quote) if char.isalpha()]
        for i in letters[len(letters) // 2 :][:1]:
            yield "quote", (*path, "quote"), _replaced(quote, i, "x" if quote[i] != "x" else "y")
        yield "quote", (*path, "quote"), _pick([q for q in others.quotes if q != quote], quote)[0]
        for digit in re.finditer(r"\d", quote):
            yield "quote", (*path, "quote"), _replaced(quote, digit.start(), str((int(digit[0]) + 1) % 10))


def _article(row: dict[str, Any], item: Any, others: _Others) -> Iterator[tuple[str, Path_, Any]]:
    if "published" in row:
        yield from (("date", ("published",), new) for new in days_near(row["published"]))
    if "published" in row.get("primary", {}):
        yield from (("date", ("primary", "published"), new) for new in days_near(row["primary"]["published"]))
    if "text_chars" in row:
        yield from (("value", ("text_chars",), new) for new in numbers_near(row["text_chars"]))
    for name in ("publisher", "title", "address"):
        if name in row:
            there = sorted({getattr(a, name) for a in others.articles if getattr(a, name) not in (None, row[name])})
            yield "source", (name,), _pick(there, item.id)[0]
    for name in ("publisher", "title"):
        if name in row.get("primary", {}):
            there = sorted({getattr(a.primary, name) for a in others.articles if a.primary} - {row["primary"][name]})
            yield "source", ("primary", name), _pick(there, item.id)[0]


def _source(row: dict[str, Any], item: Any, others: _Others) -> Iterator[tuple[str, Path_, Any]]:
    yield (
        "source",
        ("kind",),
        _pick([k for k in ("party", "named", "unnamed", "outlet") if k != row["kind"]], item.id)[0],
    )
    for name in ("subject", "speaks_for"):
        if name in row:
            yield "source", (name,), _pick([s for s in others.subjects if s != row[name]], item.id)[0]


def _property(row: dict[str, Any], item: Any, others: _Others) -> Iterator[tuple[str, Path_, Any]]:
    if "unit" in row:
        yield from (("unit", ("unit",), new) for new in _pick(others.units_like(row["unit"]), item.id, count=2))


def _fix(row: dict[str, Any], item: Any, others: _Others) -> Iterator[tuple[str, Path_, Any]]:
    if "put" in row and re.match(r"\d{4}", str(row["put"])):
        yield from (("date", ("put",), new) for new in days_near(row["put"]))
    for digit in re.finditer(r"\d", str(row.get("found", ""))):
        yield "date", ("found",), _replaced(row["found"], digit.start(), str((int(digit[0]) + 1) % 10))


def _of_prices(world: World) -> Iterator[Mutant]:
    for key, index in world.prices.items():
        yield Mutant("price index", "cpi_u_2012.csv", key, index, str(numbers_near(Decimal(index))[0]))


def _of_parameters(world: World) -> Iterator[Mutant]:
    deals = sorted(r.item.id for r in world.contents.of("subject") if r.item.type == "deal")
    orgs = sorted(r.item.id for r in world.contents.of("subject") if r.item.type == "org")
    articles = [r.item.id for r in world.contents.of("article")]
    for notebook, defaults in world.defaults.items():
        for name, old in defaults.items():
            news: list[Any] = [choice for choice in world.choices[name] if choice != old]
            news += OTHER_DAYS.get(name, [])
            if name == "articles":
                news += [[articles[0]], ["no-such-article"]]
            if name in ("deal", "baseline", "supplier"):
                there = orgs if name == "supplier" else deals
                news += [*_pick([id for id in there if id != old], notebook, count=2), f"{old}x"]
            yield from (Mutant("parameter", notebook, (name,), old, new) for new in [*news, f"{old}?"])


def _of_texts(world: World) -> Iterator[Mutant]:
    for article, text in world.texts.items():
        for digit in re.finditer(r"\d", text):
            yield Mutant("text digit", article, (digit.start(),), digit[0], str((int(digit[0]) + 1) % 10))


def numbers_near(number: int | Decimal) -> list[Any]:
    """The number with its last significant digit another, with its first another, and ten times it.

    >>> numbers_near(14_300_000_000)
    [14400000000, 24300000000, 143000000000]
    """
    text = str(number)
    digits = [i for i, char in enumerate(text) if char.isdigit()]
    significant = [i for i in digits if text[i] != "0"] or digits
    news = [_replaced(text, i, str(int(text[i]) % 9 + 1)) for i in (significant[-1], significant[0])]
    if (ten := number * 10) != number:
        news.append(str(ten))
    return list(dict.fromkeys(type(number)(new) for new in news))


def days_near(edtf: str) -> list[str]:
    """The date in another year, and another day, month or year as finely as it is known.

    >>> days_near("2025-06-12"), days_near("2024")
    (['2024-06-12', '2025-06-13'], ['2023', '2025'])
    """
    first, slash, last = edtf.partition("/")
    parts = (last or first).split("-")
    before = first + slash if slash else ""
    year = f"{int(first[:4]) - 1}{first[4:]}{slash}{last}"
    if len(parts) == 1:
        other = str(int(parts[0]) + 1)
    elif len(parts) == 2:
        other = f"{parts[0]}-{int(parts[1]) % 12 + 1:02}"
    else:
        other = str(date(*map(int, parts)) + timedelta(days=1))
    return [year, before + other]


def _replaced(text: str, place: int, new: str) -> str:
    return text[:place] + new + text[place + 1 :]


def _other_digit(text: str, place: int, digits: str) -> str:
    return _replaced(text, place, digits[(digits.index(text[place]) + 1) % len(digits)])
