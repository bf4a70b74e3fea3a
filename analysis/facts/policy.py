"""The policy, one fact at a time in plain Python, for the few claims of a study; the guide says it aloud.

`bulk` does the same for millions of claims, all facts at once; a test holds the two together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import accumulate
from math import inf
from typing import Any, NamedTuple

import polars as pl

from analysis.facts.heard import NEVER, PINNED, RANKS, WORDED, Heard, Listener, Row

POLICIES = ("balanced", "official", "latest")
BEATEN = {"origins": "fewer origins", "later": "earlier", "tie": "outweighed"}  # why a claim as sure is in dissent
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


def facts_of(claims: Iterable[Row], listener: Listener, *, newest_first: bool) -> list[Row]:
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
