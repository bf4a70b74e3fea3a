"""The policy, one fact at a time in plain Python, for the few claims of a study; the guide says it aloud.

`bulk` does the same for millions of claims, all facts at once; a test holds the two together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import accumulate
from math import inf
from typing import Any, NamedTuple

import polars as pl

from analysis.articles import edtf
from analysis.articles.corpus import Corpus
from analysis.facts.interval import HEDGES, bounds

Row = dict[str, Any]
POLICIES = ("balanced", "official", "latest")
# The order of the policy, finer where two rank alike but are worded apart; `TIERS` is what families are chosen by.
RANKS = {1: "confirmed", 2: "reported", 3: "reported", 4: "asserted", 5: "estimated", 6: "derived"}
TIERS = {1: 1, 2: 2, 3: 3, 4: 3, 5: 4, 6: 5}
VOUCHED = {"confirmed": 1, "asserted": 4, "estimated": 5}
PINNED, OWN_TIER = 0, 5  # our own sums narrow a fact, but never choose between what sources say
BEATEN = {"origins": "fewer origins", "later": "earlier", "tie": "outweighed"}  # why a claim as sure is in dissent
WORDED = ("text", "choice", "relation")
NEVER = -(2**31)  # the day of a claim without a date
ULP = 2.3e-16  # just over half the gap between two neighbouring floats, as a share: steps off an end that is ruled out
NEAR = 1e-9  # how far, as a share, a number may lie outside a range that it bounds
SHOWN = 12  # alternatives listed for one unresolved fact
ALTERNATIVE = pl.Struct({"value": pl.Float64, "value_text": pl.Utf8, "lo": pl.Float64, "hi": pl.Float64, "claims": pl.List(pl.Utf8)})  # fmt: skip
TEXTS = ("id", "subject", "property", "object", "basis", "period")
FACT: dict[str, Any] = dict.fromkeys(TEXTS, pl.Utf8) | {
    "value": pl.Float64, "value_text": pl.Utf8, "lo": pl.Float64, "hi": pl.Float64, "unit": pl.Utf8,
    "standing": pl.Utf8, "stage": pl.Utf8, "hedge": pl.Utf8, "support": pl.List(pl.Utf8),
    "dissent": pl.List(pl.Struct({"claim": pl.Utf8, "why": pl.Utf8})), "origins": pl.Int64, "step": pl.Utf8,
    "known_on": pl.Date, "when": pl.Utf8, "alternatives": pl.List(ALTERNATIVE), "since": pl.Date, "on": pl.Date,
    "kind": pl.Utf8, "over_time": pl.Boolean, "strand": pl.Utf8,
}  # fmt: skip


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


def facts_of(claims: Iterable[Row], listener: Listener, *, newest_first: bool = False) -> list[Row]:
    """The facts that claims support, each with its `rank`: the columns of `FACT`.

    Args:
        claims: those that count, each once; computed ones with `input_rank` and `input_origins`.
        listener: of the corpus.
        newest_first: prefer the latest family, then the one with most origins (policy `latest`).
    """
    by_fact: dict[tuple[str, ...], list[Heard]] = defaultdict(list)
    for each in listener.hear(claims):
        by_fact[each.fact].append(each)
    return [_fact(sorted(heard, key=lambda each: each.order), newest_first) for heard in by_fact.values()]


class Region(NamedTuple):
    """Where a fact lies, the step that decided (null, origins, later, tie), its tier, and what ties."""

    lo: float
    hi: float
    step: str | None = None
    at: int | None = None
    ties: tuple[tuple[float, float], ...] = ()


def region(claims: list[Heard], newest_first: bool) -> Region:
    """Where a fact lies.

    Tier by tier: the claims of a tier that still fit what surer ones left are compared; where they share a point they
    narrow it, else the family with most origins wins, then the latest; equal families leave the fact tied.
    """
    lo, hi = max(each.klo for each in claims), min(each.khi for each in claims)
    if lo <= hi:
        return Region(lo, hi)
    lo, hi, step, at = -inf, inf, None, None
    for tier in sorted({each.tier for each in claims}):
        near = [each for each in claims if each.tier == tier and each.holds(lo, hi)]
        if not near:
            continue
        spans = [(max(each.klo, lo), min(each.khi, hi)) for each in near]
        low, high = max(low for low, _ in spans), min(high for _, high in spans)
        if low > high:
            best, by = _best(near, _families(spans), newest_first)
            if by == "tie":
                return Region(best[0][0], max(high for _, high in best), by, tier, tuple(best))
            (low, high), step, at = best[0], step or by, tier if at is None else at
        lo, hi = low, high
    return Region(lo, hi, step, at)


def _families(spans: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """What each largest set of ranges that share a point has in common: a start whose next neighbour is an end."""
    starts, ends = sorted({low for low, _ in spans}), sorted({high for _, high in spans})
    found, at = [], 0
    for start, after in zip(starts, [*starts[1:], inf], strict=True):
        while ends[at] < start:
            at += 1
        if ends[at] < after or after == inf:
            found.append((start, ends[at]))
    return found


def _best(
    claims: list[Heard], families: list[tuple[float, float]], newest_first: bool
) -> tuple[list[tuple[float, float]], str]:
    """The family with most origins, then that which holds the latest claim; or all that are equal, a tie.

    What has no date is neither earlier nor later: only the policy `latest` puts it last.
    """
    members = {family: [each for each in claims if each.holds(*family)] for family in families}
    for step in ("later", "origins") if newest_first else ("origins", "later"):
        if step == "origins":
            weight = {family: len({each.voice for each in members[family]}) for family in families}
        else:
            weight = {family: max(each.day for each in members[family]) for family in families}
        most = max(weight.values())
        level = {most} if step == "origins" or newest_first else {most, NEVER}
        families = [family for family in families if weight[family] in level]
        if len(families) == 1:
            return families, step
    return families, "tie"


def _fact(claims: list[Heard], newest_first: bool) -> Row:
    """One fact of its claims, best first."""
    pinned = any(each.tier == PINNED for each in claims)
    if newest_first:
        newest = max(each.day for each in claims)
        for each in claims:
            each.tier = PINNED if each.tier == PINNED else 1 if each.day == newest else 2
    found = region(claims, newest_first)
    held = [each for each in claims if each.holds(found.lo, found.hi)]
    out = [each for each in claims if not each.holds(found.lo, found.hi)]
    within = [each for each in held if each.within(found.lo, found.hi)]
    best, tied = (within or held)[0], found.step == "tie"
    worded = best.rule["kind"] in WORDED
    others = [_alternative(claims, family, worded) for family in found.ties[:SHOWN]]
    lo, hi = _shared(held) if not tied else _spread(others)
    row, told = best.row, best.told if worded else best.row["value_text"]
    rank = _needed(held)
    origins = len({each.voice for each in held} - {None})
    return {
        "id": "/".join(part for part in best.fact if part is not None),
        **{name: row[name] for name in ("subject", "property", "object", "basis", "period")},
        "value": row["value"] if within and not tied else None, "value_text": told if within and not tied else None,
        "lo": None if worded else lo, "hi": None if worded else hi, "unit": row["unit"],
        "standing": "unresolved" if tied else RANKS[rank], "stage": row["stage"], "hedge": row["hedge"],
        "support": [] if tied else [each.row["id"] for each in held],
        "dissent": [{"claim": each.row["id"], "why": _why(each, found, pinned)} for each in out],
        "origins": max(origins, row.get("input_origins") or 0),
        "step": "pinned" if pinned else found.step or ("standing" if out else "agreement"),
        "known_on": row["known_on"], "when": row["when"], "alternatives": others, "since": best.since, "on": best.on,
        "kind": best.rule["kind"], "over_time": best.rule["cardinality"] == "over_time", "strand": best.strand,
        "rank": rank,
    }  # fmt: skip


def _needed(held: list[Heard]) -> int:
    """How sure the weakest claim is that the range needs: at each end the surest that reaches it."""
    low = max((each for each in held if each.lo is not None), key=lambda each: each.lo or 0.0, default=None)
    high = min((each for each in held if each.hi is not None), key=lambda each: each.hi or 0.0, default=None)
    return max((each.rank for each in (low, high) if each), default=min(each.rank for each in held))


def _shared(held: list[Heard]) -> tuple[float | None, float | None]:
    lows, highs = [e.lo for e in held if e.lo is not None], [e.hi for e in held if e.hi is not None]
    return max(lows, default=None), min(highs, default=None)


def _spread(families: list[Row]) -> tuple[float | None, float | None]:
    """What equal families reach together; open where one of them is."""
    lows, highs = [each["lo"] for each in families], [each["hi"] for each in families]
    return None if None in lows else min(lows), None if None in highs else max(highs)


def _alternative(claims: list[Heard], family: tuple[float, float], worded: bool) -> Row:
    """One of the equal families of a tied fact: its range and its claims."""
    own = [each for each in claims if each.klo <= family[0] and each.khi >= family[1]]
    lo, hi = (None, None) if worded else _shared(own)
    value = next((each.row["value"] for each in own if each.row["value"] is not None), None)
    told = next((each.told for each in own if each.told is not None), None)
    return {"value": value, "value_text": told, "lo": lo, "hi": hi, "claims": [each.row["id"] for each in own]}


def _why(claim: Heard, found: Region, pinned: bool) -> str:
    """Why a claim lies outside its fact's range."""
    if pinned:
        return "not pinned"
    return BEATEN.get(found.step or "", "less sure") if claim.tier == found.at else "less sure"


def as_frame(rows: list[Row]) -> pl.DataFrame:
    """Facts as a frame, sorted by id."""
    rows = sorted(rows, key=lambda row: row["id"])
    return pl.DataFrame([_column(name, [row[name] for row in rows], kind) for name, kind in FACT.items()])


def _column(name: str, values: list[Any], kind: Any) -> pl.Series:
    """A column; of lists each filled one is built once and the empty one, because Polars builds them one by one."""
    if name == "support":
        return pl.Series(name, ["\x1f".join(value) for value in values], dtype=pl.Utf8).str.extract_all(r"[^\x1f]+")
    if not isinstance(kind, pl.List):
        return pl.Series(name, values, dtype=kind)
    places = accumulate(bool(value) for value in values)
    built = pl.Series(name, [[], *filter(None, values)], dtype=kind)
    return built.gather([place if value else 0 for place, value in zip(places, values, strict=True)])
