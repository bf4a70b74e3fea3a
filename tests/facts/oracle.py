"""The policy in plain Python, for one fact at a time: slow, short, to be read beside the guide."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

TIER = {"confirmed": 1, "asserted": 3, "estimated": 4, "derived": 5}
NAMED = {"paper", "buyer"}
TINY = Fraction(1, 10**15)  # an end that is ruled out lies this far inside


def tier(claim: dict[str, Any]) -> int:
    if claim["status"] == "reported":
        return 2 if claim["by"][0] in NAMED or (claim["by"][0] in ("agency", "site") and len(claim["by"]) > 1) else 3
    return TIER[claim["status"]]


def ends(claim: dict[str, Any]) -> tuple[Any, Any]:
    """The claim's ends as comparable numbers, a ruled-out end a little inside."""
    value, half = Fraction(claim["value"]), Fraction(claim["written_unit"]) / 2
    return {
        "exact": (value - half, value + half - TINY),
        "above": (value + TINY, Fraction(10**30)),
        "at_least": (value, Fraction(10**30)),
        "below": (Fraction(-(10**30)), value - TINY),
        "at_most": (Fraction(-(10**30)), value),
    }[claim["hedge"]]


def families(claims: list[dict[str, Any]], low: Fraction, high: Fraction) -> dict[frozenset[str], tuple[Any, Any]]:
    """The largest sets of claims that share a point between low and high, and what they share."""
    spans = {c["id"]: ends(c) for c in claims}
    starts = [max(low, lo) for lo, _ in spans.values()]
    sets = {frozenset(id for id, (lo, hi) in spans.items() if lo <= at <= hi) for at in starts}
    largest = [s for s in sets if s and not any(s < other for other in sets)]
    return {s: (max(low, *(spans[i][0] for i in s)), min(high, *(spans[i][1] for i in s))) for s in largest}


def region(claims: list[dict[str, Any]]) -> tuple[Any, Any, str]:
    """Where the fact lies and how it was decided: agreement, standing, origins, later or tie."""
    low, high = Fraction(-(10**30)), Fraction(10**30)
    claims, first = list({c["id"]: c for c in claims}.values()), None
    for level in (1, 2, 3, 4, 5):
        these = [c for c in claims if tier(c) == level]
        these = [c for c in these if ends(c)[0] <= high and ends(c)[1] >= low]
        if not these:
            continue
        found = families(these, low, high)
        if len(found) > 1:
            by_id = {c["id"]: c for c in these}
            step, found = best(found, by_id)
            if len(found) > 1:
                return min(lo for lo, _ in found.values()), max(hi for _, hi in found.values()), "tie"
            first = first or step
        low, high = next(iter(found.values()))
    out = [c for c in claims if ends(c)[1] < low or ends(c)[0] > high]
    return low, high, first or ("standing" if out else "agreement")


def best(found: dict, by_id: dict[str, Any]) -> tuple[str, dict]:
    """Keep the families with most origins, then those that hold the latest claim."""
    count = {s: len({by_id[i]["by"][0] for i in s}) for s in found}
    found = {s: span for s, span in found.items() if count[s] == max(count.values())}
    if len(found) == 1:
        return "origins", found
    day = {s: max((by_id[i]["known_on"].toordinal() if by_id[i]["known_on"] else -1) for i in s) for s in found}
    return "later", {s: span for s, span in found.items() if day[s] in (max(day.values()), -1)}
