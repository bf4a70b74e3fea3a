"""Our own derivations: a formula without a value, computed from facts each time, as sure as its weakest input."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from analysis.articles.corpus import Corpus
from analysis.errors import DataError
from analysis.facts.formula import Formula, as_share, as_unit, parse
from analysis.facts.interval import Interval, point

Row = dict[str, Any]
Pair = tuple[str, str]  # a subject and a property


class Derivations:
    """Claims with a formula and no value, and what their names stand for: of the subject itself, or of one it links to."""

    def __init__(self, claims: list[Row], corpus: Corpus) -> None:
        self.linked = {row["id"]: row for row in corpus.subjects.iter_rows(named=True)} if claims else {}
        self.waiting = [(row, _parsed(row)) for row in sorted(claims, key=lambda row: row["id"])]

    def pairs(self) -> set[Pair]:
        """The subjects and properties that they take from or give."""
        return {each for row, formula in self.waiting for each in (pair(row), *self._inputs(row, formula))}

    def add(self, facts: list[Row], again: Callable[[list[Row]], list[Row]]) -> tuple[list[Row], list[tuple[str, str]]]:
        """Add what the formulas give, those first whose inputs wait for no other.

        Args:
            facts: what the sources' own claims give.
            again: computed claims -> the facts about their subjects' properties, these claims among the others.

        Returns:
            The facts, and each derivation that could not be computed with the reason.
        """
        by_id = {fact["id"]: fact for fact in facts}
        waiting, left = self.waiting, []
        while waiting:
            targets = {pair(row) for row, _ in waiting}
            ready = [each for each in waiting if not targets & set(self._inputs(*each))]
            if not ready:
                left += [(row["id"], "circular formula") for row, _ in waiting]
                break
            about: dict[Pair, list[Row]] = defaultdict(list)
            for fact in by_id.values():
                about[pair(fact)].append(fact)
            results = [(row, _computed(row, formula, about, self._inputs(row, formula))) for row, formula in ready]
            left += [(row["id"], "an input is unknown") for row, result in results if result is None]
            by_id |= {fact["id"]: fact for fact in again([row | result for row, result in results if result])}
            done = {row["id"] for row, _ in ready}
            waiting = [each for each in waiting if each[0]["id"] not in done]
        return list(by_id.values()), left

    def _inputs(self, row: Row, formula: Formula) -> Iterator[Pair]:
        for name in formula.names:
            link, _, property = name.rpartition(".")
            yield (self.linked.get(row["subject"], {}).get(link) or "" if link else row["subject"]), property


def pair(row: Row) -> Pair:
    """What a claim or a fact is about."""
    return row["subject"], row["property"]


def _parsed(row: Row) -> Formula:
    try:
        return parse(row["formula"])
    except DataError as error:
        raise DataError(f"{row['file']}:{row['line']}: claim '{row['id']}': {error}") from error


def _computed(row: Row, formula: Formula, about: dict[Pair, list[Row]], pairs: Iterator[Pair]) -> Row | None:
    """Value, ends and sureness of a derivation; None where an input is unknown, unresolved or not the only one."""
    found = [_input(row, about.get(each, [])) for each in pairs]
    inputs = [fact for fact in found if fact is not None]
    if len(inputs) < len(found):
        return None
    named = list(zip(formula.names, inputs, strict=True))
    span = formula.evaluate({name: as_share(Interval(f["lo"], f["hi"]), f["unit"]) for name, f in named})
    whole = as_unit(span, row["unit"])
    if not whole.known:
        return None
    value = None
    if all(fact["value"] is not None for fact in inputs):
        exact = as_unit(
            formula.evaluate({name: as_share(point(f["value"]), f["unit"]) for name, f in named}), row["unit"]
        )
        value = None if exact.lo is None or exact.hi is None else float((exact.lo + exact.hi) / 2)
    days = [fact["known_on"] for fact in inputs]
    return {
        "value": value,
        "lo": None if whole.lo is None else float(whole.lo),
        "hi": None if whole.hi is None else float(whole.hi),
        "input_rank": max((fact["rank"] for fact in inputs), default=6),
        "input_origins": min((fact["origins"] for fact in inputs), default=0),
        "known_on": max(days) if days and None not in days else None,
    }


def _input(row: Row, facts: list[Row]) -> Row | None:
    """The one fact that a name means: that with the claim's own basis, period and object where there are several."""
    found = sorted(
        (fact for fact in facts if fact["standing"] != "unresolved"), key=lambda f: (f["on"] or date.min, f["id"])
    )
    if any(fact["over_time"] for fact in found) and not row["period"]:
        found = found[-1:]
    for key in (name for name in ("basis", "period", "object") if row[name]):
        same = [fact for fact in found if fact[key] == row[key]]
        found = same if len(found) > 1 and same else found
    return found[0] if len(found) == 1 and (found[0]["lo"] is not None or found[0]["hi"] is not None) else None
