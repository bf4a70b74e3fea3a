"""Claims made comparable: which count, which fact each speaks of, how sure it is, between which two keys it lies."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import inf
from typing import Any

import polars as pl

from analysis.articles import edtf
from analysis.articles.corpus import Corpus
from analysis.facts.interval import HEDGES, bounds

Row = dict[str, Any]
# The order of the policy, finer where two rank alike but are worded apart; `TIERS` is what families are chosen by.
RANKS = {1: "confirmed", 2: "reported", 3: "reported", 4: "asserted", 5: "estimated", 6: "derived"}
TIERS = {1: 1, 2: 2, 3: 3, 4: 3, 5: 4, 6: 5}
VOUCHED = {"confirmed": 1, "asserted": 4, "estimated": 5}
PINNED, OWN_TIER = 0, 5  # our own sums narrow a fact, but never choose between what sources say
WORDED = ("text", "choice", "relation")
NEVER = -(2**31)  # the day of a claim without a date
ULP = 2.3e-16  # just over half the gap between two neighbouring floats, as a share: steps off an end that is ruled out
NEAR = 1e-9  # how far, as a share, a number may lie outside a range that it bounds


def is_ours(row: Row) -> bool:
    """Whether a claim is our own derivation: a formula without a value."""
    return row["formula"] is not None and all(row[name] is None for name in ("value", "lo", "hi", "value_text"))


def set_aside(row: Row, policy: str, as_of: date | None) -> str | None:
    """Why a claim does not count (opinion, superseded, rejected, not yet public, …), null where it does; in order."""
    if row["review_state"] in ("rejected", "proposed"):
        return str(row["review_state"])
    if row["superseded_by"] is not None:
        return "superseded"
    if row["status"] == "opinion":
        return "opinion"
    if is_ours(row):
        return None
    if as_of and (row["known_on"] is None or row["known_on"] > as_of):
        return "not yet public" if row["known_on"] else "undated"
    return "not confirmed" if policy == "official" and row["status"] != "confirmed" else None


@dataclass(slots=True)
class Heard:
    """A claim made comparable: which fact it speaks of, how sure it is, between which two keys it lies."""

    row: Row
    rule: Row
    told: str | None  # what it says in words: its text, else the object it names
    fact: tuple[str, ...]
    since: date | None
    on: date | None
    strand: str | None
    rank: int
    tier: int
    lo: float | None
    hi: float | None
    klo: float
    khi: float
    day: int
    voice: str | None

    @property
    def order(self) -> tuple[Any, ...]:
        """Best first: surest, plainest, latest, then by id, so that nothing is by chance."""
        return (self.tier, self.row["hedge"] != "exact", self.rank, -self.day, self.row["id"])

    def holds(self, low: float, high: float) -> bool:
        """Whether it shares a point with a range."""
        return self.klo <= high and self.khi >= low

    def within(self, low: float, high: float) -> bool:
        """Whether what it says lies in a range that it shares a point with."""
        if (value := self.row["value"]) is None:
            return self.klo >= low and self.khi <= high
        return bool(low - NEAR * abs(low) <= value <= high + NEAR * abs(high))


class Listener:
    """What claims are heard by: the rules of their properties, the kinds of their sources, and the pins."""

    def __init__(self, corpus: Corpus, pins: Collection[str] = ()) -> None:
        self.rules = {row["id"]: row for row in corpus.properties.iter_rows(named=True)}
        self.kinds = dict(corpus.sources.select("id", "kind").iter_rows())
        self.spans = {name: numbered(tree) for name, tree in corpus.broader.items()}
        self.tops = {name: {word.lower(): top(tree, word) for word in tree} for name, tree in corpus.broader.items()}
        self.pins = pins

    def hear(self, rows: Iterable[Row]) -> list[Heard]:
        """The claims, in order."""
        heard = [self._heard(row) for row in rows]
        words = {_word(each.told) for each in heard if each.rule["kind"] in WORDED and each.told is not None}
        points = dict(zip(words, pl.Series(list(words), dtype=pl.Utf8).hash().cast(pl.Float64), strict=True))
        for each in heard:
            if each.rule["kind"] in WORDED:
                each.lo = each.hi = None
                if each.told is not None:
                    word = _word(each.told)
                    each.lo, each.hi = self.spans.get(each.row["property"], {}).get(word) or (points[word],) * 2
                each.klo, each.khi = -inf if each.lo is None else each.lo, inf if each.hi is None else each.hi
        return heard

    def _heard(self, row: Row) -> Heard:
        rule = self.rules.get(row["property"]) or {"kind": None, "cardinality": None, "unit": None, "key": None}
        told = row["object"] if row["value_text"] is None else row["value_text"]
        since = on = strand = None
        if rule["cardinality"] == "over_time":
            if time := row["period"] or row["when"] or row["said_on"] or str(row["known_on"] or ""):
                since, on = edtf.bounds(time)
            if row["property"] in self.tops and told is not None:
                strand = self.tops[row["property"]].get(_word(told), _word(told))
        fact = (row["subject"], row["property"], *_parts(row, rule, on, strand))
        rank, tier = self._rank(row)
        voice = None if row.get("input_rank") else row["origin"] or row["article_id"] or ""  # our own sum is no voice
        day = NEVER if row["known_on"] is None else row["known_on"].toordinal()
        return Heard(row, rule, told, fact, since, on, strand, rank, tier, *_ends(row), day, voice)

    def _rank(self, row: Row) -> tuple[int, int]:
        """How sure a claim is. An outlet passed on by another is a named source; alone it speaks in its own voice."""
        rank = row.get("input_rank")
        tier = OWN_TIER
        if rank is None:
            kind, status = self.kinds.get(row["origin"]), row["status"]
            named = kind in ("named", "party") or (kind == "outlet" and len(row["by"] or ()) > 1)
            rank = (2 if named else 3) if status == "reported" else VOUCHED.get(status, 6)
            tier = TIERS[rank]
        return rank, PINNED if row["id"] in self.pins else tier


def numbered(tree: dict[str, str]) -> dict[str, tuple[float, float]]:
    """Each word's first and last number in a walk of narrow -> broad; all below nought, clear of other words.

    So a narrower word lies inside the broader (interim CEO within CEO) as one interval in another.
    """
    inner: dict[str, list[str]] = {}
    for narrow, broad in sorted(tree.items()):
        inner.setdefault(broad, []).append(narrow)
    spans: dict[str, tuple[float, float]] = {}
    count = -1e6

    def walk(word: str, above: tuple[str, ...]) -> None:
        nonlocal count
        count += 1
        start = count
        for narrow in inner.get(word, []):
            if narrow not in above:
                walk(narrow, (*above, narrow))
        spans[word.lower()] = (start, count)

    for word in sorted(set(inner) - set(tree)):
        walk(word, (word,))
    return spans


def top(tree: dict[str, str], word: str) -> str:
    """The broadest word above a narrow one."""
    for _ in tree:
        word = tree.get(word, word)
    return word.lower()


def _word(told: str) -> str:
    return told.lower().strip()


def _parts(row: Row, rule: Row, on: date | None, strand: str | None) -> tuple[str | None, ...]:
    """What names a fact after its subject and property: its property's keys, a state's time, a foreign currency."""
    cardinality, keys, unit = rule["cardinality"], rule["key"] or (), row["unit"]
    unknown = cardinality is None
    itself = row["object"] if "object" in keys or unknown else None
    if cardinality == "many":
        value = None if row["value"] is None else str(row["value"])
        itself = next((part for part in (row["object"], row["value_text"], value) if part is not None), None)
    period = row["period"] if "period" in keys or unknown else None
    if cardinality == "over_time":
        period = row["period"] or (on.isoformat() if on else "undated")
    foreign = rule["kind"] == "money" and unit != (rule["unit"] or "USD")
    basis = row["basis"] if "basis" in keys or unknown else None
    return itself, basis, strand, period, unit if foreign else None


def _ends(row: Row) -> tuple[float | None, float | None, float, float]:
    """The ends that a number's hedge and last written digit give, and the keys to compare them by."""
    lo, hi, open_lo, open_hi = row["lo"], row["hi"], False, False
    if row.get("input_rank") is None and row["hedge"] in HEDGES:
        hedge, unit, step = HEDGES[row["hedge"]], row["unit"], row["written_unit"] or 0.0
        ends = bounds(row["value"], row["hedge"], step, unit=unit)
        open_lo = hedge.open_lo and lo is None
        open_hi = hedge.open_hi and hi is None and step > 0 and not (unit == "percent" and ends.hi == 100)
        lo, hi = _filled(lo, ends.lo), _filled(hi, ends.hi)
    klo = -inf if lo is None else lo + abs(lo) * ULP + 1e-300 if open_lo else lo
    khi = inf if hi is None else hi - abs(hi) * ULP - 1e-300 if open_hi else hi
    return lo, hi, klo, max(klo, khi)  # more than 100 % is a point


def _filled(given: float | None, computed: Decimal | None) -> float | None:
    """An end of the file, else the computed one; 14 digits, so that two neighbours meet in one and the same number."""
    return given if given is not None or computed is None else float(f"{computed:.13e}")
