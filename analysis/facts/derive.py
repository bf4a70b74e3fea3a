"""Our own derivations: a formula without a value, computed from facts each time, as sure as its weakest input."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import polars as pl

from analysis.articles.corpus import Corpus
from analysis.errors import DataError
from analysis.facts.formula import Formula, as_share, as_unit, parse
from analysis.facts.interval import Interval, point

LINKS = ("acquirer", "target", "org", "maker")
OURS = pl.col("formula").is_not_null() & pl.all_horizontal(pl.col("value", "lo", "hi", "value_text").is_null())
Refresh = Callable[[pl.DataFrame, pl.DataFrame], pl.DataFrame]


def with_derivations(
    facts: pl.DataFrame, derivations: pl.DataFrame, *, corpus: Corpus, refresh: Refresh
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Add what formulas give, those first whose inputs wait for no other.

    Args:
        facts: what the sources' own claims give, with `rank`.
        derivations: claims with a formula and no value.
        corpus: for the subjects that a name like `target.revenue` goes through.
        refresh: facts and computed claims -> the facts with these claims among the others.

    Returns:
        The facts, and one row a derivation that could not be computed: `claim`, `reason`.
    """
    linked = {row["id"]: row for row in corpus.subjects.to_dicts()}
    waiting = {row["id"]: (row, _parsed(row)) for row in derivations.sort("id").to_dicts()}
    left: list[tuple[str, str]] = []
    while waiting:
        targets = {(row["subject"], row["property"]) for row, _ in waiting.values()}
        ready = [id for id, (row, formula) in waiting.items() if not targets & set(_inputs(row, formula, linked))]
        if not ready:
            left += [(id, "circular formula") for id in waiting]
            break
        computed = []
        for id in ready:
            row, formula = waiting.pop(id)
            result = _computed(row, formula, facts, linked)
            if result is None:
                left.append((id, "an input is unknown"))
            else:
                computed.append(row | result)
        if computed:
            facts = refresh(facts, _as_claims(computed, derivations))
    return facts, pl.DataFrame(left, schema={"claim": pl.Utf8, "reason": pl.Utf8}, orient="row")


def _parsed(row: dict[str, Any]) -> Formula:
    try:
        return parse(row["formula"])
    except DataError as error:
        raise DataError(f"{row['file']}:{row['line']}: claim '{row['id']}': {error}") from error


def _inputs(row: dict[str, Any], formula: Formula, linked: dict[str, dict]) -> Iterator[tuple[str, str]]:
    """The subject and property that each name of a formula stands for."""
    for name in formula.names:
        link, _, property = name.rpartition(".")
        yield (linked.get(row["subject"], {}).get(link) or "" if link else row["subject"]), property


def _computed(row: dict[str, Any], formula: Formula, facts: pl.DataFrame, linked: dict) -> dict[str, Any] | None:
    """Value, ends and sureness of a derivation; None where an input is unknown, unresolved or not the only one."""
    found = [_input(row, facts, *pair) for pair in _inputs(row, formula, linked)]
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


def _input(row: dict[str, Any], facts: pl.DataFrame, subject: str, property: str) -> dict[str, Any] | None:
    """The one fact that a name means: that with the claim's own basis, period and object where there are several."""
    found = facts.filter(
        pl.col("subject") == subject, pl.col("property") == property, pl.col("standing") != "unresolved"
    ).sort("on", nulls_last=False)
    if found["over_time"].any() and not row["period"]:
        found = found.tail(1)
    for key in (name for name in ("basis", "period", "object") if row[name]):
        same = found.filter(pl.col(key) == row[key])
        found = same if found.height > 1 and same.height else found
    known = found.height == 1 and any(end[0] is not None for end in (found["lo"], found["hi"]))
    return found.row(0, named=True) if known else None


def _as_claims(rows: list[dict[str, Any]], derivations: pl.DataFrame) -> pl.DataFrame:
    schema = {**derivations.schema, "input_rank": pl.Int8(), "input_origins": pl.Int64()}
    return pl.DataFrame({name: [row.get(name) for row in rows] for name in schema}, schema=schema)
