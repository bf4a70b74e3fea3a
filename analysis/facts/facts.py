"""Facts: what is held true, one row a fact, with what supports it and what speaks against it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from types import SimpleNamespace
from typing import Any

import polars as pl

from analysis.articles import edtf
from analysis.articles.corpus import Corpus
from analysis.errors import DataError, one_of
from analysis.facts.interval import Interval


class Fact(SimpleNamespace):
    """One row of `Facts.frame`, its columns as attributes."""

    @property
    def interval(self) -> Interval:
        """Where the value lies [base units]; open where nothing is said."""
        return Interval(self.lo, self.hi)

    def __getitem__(self, name: str) -> Any:
        return getattr(self, name)

    def __repr__(self) -> str:
        """The fact in one line: what, its value and range, its standing."""
        from analysis.facts.views import fact_text

        return fact_text(self)


@dataclass(frozen=True)
class Facts:
    """The facts of a corpus under a policy, as public on a day.

    `frame` has one row a fact: `value`, `lo` and `hi` in base units (null: unknown), `standing`, `support`
    (claims, best first), `dissent` (claims and why), `origins` (voices in support), `step` (which decided: agreement,
    standing, origins, later, pinned, tie), `alternatives` of an unresolved fact; `since` and `on`, the first and last
    day that a state over time is about.
    `set_aside` has a row a claim that did not count, with the reason.
    """

    frame: pl.DataFrame
    set_aside: pl.DataFrame
    corpus: Corpus
    policy: str = "balanced"
    as_of: str = ""
    scope: str = "all"
    articles: list[str] = field(default_factory=list)
    n_undated: int = 0

    def __repr__(self) -> str:
        """What was held true, in one line: how many facts, of how many claims, under which policy."""
        public = f", as public on {self.as_of}" if self.as_of else ""
        return (
            f"{self.frame.height} facts of {self.corpus.claims.height} claims, {self.set_aside.height} set aside; "
            f"policy {self.policy}, scope {self.scope}{public}"
        )

    def _repr_html_(self) -> str:
        from analysis.facts.views import facts_html

        return facts_html(self)

    def once(self, name: str, make: Callable[[], Any]) -> Any:
        """What `make` gives, computed the first time it is asked for under that name: facts never change."""
        held = vars(self).setdefault("_held", {})
        if name not in held:
            held[name] = make()
        return held[name]

    def rows(self, subject: str | None, property: str) -> list[dict[str, Any]]:
        """The facts of a subject's property, or of all subjects', as dicts, not to be changed, in the order of `frame`.

        For many small questions: each costs a look-up, where a filter costs half a millisecond.
        """
        return self.once("rows", self._grouped).get((subject, property), [])

    def _grouped(self) -> dict[tuple[str | None, str], list[dict[str, Any]]]:
        grouped: dict[tuple[str | None, str], list[dict[str, Any]]] = defaultdict(list)
        for row in self.frame.iter_rows(named=True):
            grouped[row["subject"], row["property"]].append(row)
            grouped[None, row["property"]].append(row)
        return grouped

    def one(
        self,
        subject: str,
        property: str,
        *,
        object: str | None = None,
        basis: str | None = None,
        period: str | None = None,
    ) -> Fact | None:
        """The fact, or None where nothing is known; the latest state of what changes over time.

        Raises:
            DataError: several facts fit; one of object, basis or period must be given.
        """
        found = self._about(subject, property, object=object, basis=basis, period=period)
        if found.is_empty():
            return None
        if found["over_time"].any():
            return _fact(self.latest(found))
        if found.height > 1:
            plain = found.filter(pl.all_horizontal(pl.col("basis", "period", "object").is_null()))
            if plain.height != 1:
                ids = ", ".join(found["id"].head(6))
                raise DataError(f"{subject} {property}: {found.height} facts fit: {ids}. Name object, basis or period.")
            found = plain
        return _fact(found)

    def history(self, subject: str, property: str, object: str | None = None) -> pl.DataFrame:
        """Every state of what changes over time, oldest first; the rows of `frame`."""
        found = self._about(subject, property, object=object)
        return found.sort("on", "known_on", "id", nulls_last=False)

    def about(self, subject: str, property: str | None = None) -> pl.DataFrame:
        """The facts of a subject, or of one of its properties.

        Raises:
            DataError: no such subject or property.
        """
        known = self.corpus.subjects["id"].to_list()
        if subject not in known and subject not in self.frame["subject"]:
            raise DataError(f"subject {one_of(subject, known, most=3)}")
        names = self.corpus.properties["id"].to_list()
        if property and property not in names:
            raise DataError(f"property {one_of(property, names, most=6)}")
        named = [pl.col("property") == property] if property else []
        return self.frame.filter(pl.col("subject") == subject, *named)

    def explain(self, subject: str, property: str, lang: str = "en", **keys: str | None) -> str:
        """Say in words what is held true, who supports it, who does not and why, and which step decided."""
        from analysis.facts.explain import explain

        return explain(self, subject, property, lang=lang, **keys)

    def _about(self, subject: str, property: str, **keys: str | None) -> pl.DataFrame:
        given = [pl.col(name) == value for name, value in keys.items() if value is not None]
        return self.frame.filter(pl.col("subject") == subject, pl.col("property") == property, *given)

    def latest(self, states: pl.DataFrame) -> pl.DataFrame:
        """The last state that had begun on `as_of`; a plan only where nothing has begun."""
        if self.as_of:
            begun = states.filter(pl.col("since").fill_null(date.min) <= edtf.bounds(self.as_of)[1])
            states = begun if begun.height else states
        coming = pl.col("stage").is_in(["planned", "conditional", "intention"])
        return states.sort("on", coming, "known_on", "id", nulls_last=False).tail(1)


def _fact(rows: pl.DataFrame) -> Fact:
    return Fact(**rows.row(0, named=True))
