"""The numbers that a memo may name: facts, measures and findings, each with what it rests on and a reference."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from functools import cached_property
from typing import Any

import msgspec

from analysis.articles import wording
from analysis.errors import DataError, nearest
from analysis.facts.deals import deals_from
from analysis.facts.facts import Facts
from analysis.facts.measures import measures_from
from analysis.figures import marks
from analysis.figures.answers import FINDINGS

REF = re.compile(r"\b((?:finding:)?[a-z][\w.-]*[\w])#([0-9a-f]{8})(?![0-9a-zA-Z])")
FORMATS = ("x", "%", "$", "range", "date", "bare")


class Number(msgspec.Struct, frozen=True):
    """What a memo prints. `value`, `lo` and `hi` in `unit`; `text` where the value is a word or a date; `claims` behind it."""

    path: str
    label: str
    value: float | None = None
    lo: float | None = None
    hi: float | None = None
    unit: str | None = None
    text: str | None = None
    standing: str | None = None
    claims: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()

    @property
    def ref(self) -> str:
        """`<path>#<8 hex>`: moves when value, range, standing or claims do; printed in the footnote."""
        plain = [self.path, *(_ten(n) for n in (self.value, self.lo, self.hi)), self.unit, self.text, self.standing]
        whole = marks.canonical([*plain, sorted(self.claims)])
        return f"{self.path}#{hashlib.sha256(whole.encode()).hexdigest()[:8]}"

    def shown(self, lang: str, form: str = "") -> str:
        """The number as a sentence has it, in a language and a form of `FORMATS`."""
        if self.text is not None:
            return wording.day(self.text, lang) if self.unit == "date" or form == "date" else self.text
        if form == "range":
            return wording.interval(self.lo, self.hi, self.unit, lang)
        unit = {"x": "multiple", "%": "percent"}.get(form, self.unit)
        value = self.value
        if value is None:
            return wording.interval(self.lo, self.hi, unit, lang)
        if form == "%" and self.unit in ("multiple", "share"):
            value *= 100
        return wording.quantity(value, unit, lang)


def _ten(number: float | None) -> str | None:
    return None if number is None else f"{number:.10g}"


class Numbers:
    """Every number that can be named, under one set of facts.

    A path is `deal.meta-scale-ai-2025.price` (type, id and property of a subject, then object, basis or period where
    several facts fit) or `finding:price_ratio_real`.
    """

    def __init__(self, facts: Facts, lang: str = "en") -> None:
        self.facts, self.lang = facts, lang

    @cached_property
    def _known(self) -> dict[str, Number]:
        found: dict[str, Number] = {}
        for number in [*self._from_facts(), *self._from_deals(), *self._from_findings()]:
            found[number.path] = number
        return found

    def __getitem__(self, path: str) -> Number:
        """The number of a path.

        Raises:
            DataError: nothing has that path, or its sources disagree and none prevails; the message names the choices.
        """
        if path not in self._known:
            start = path.rsplit(".", 1)[0]
            near = [known for known in self._known if known.startswith(start + ".")][:8]
            choices = f" There are {', '.join(near)}." if near else nearest(path, self._known)
            raise DataError(f"'{path}': no fact or finding has this name under policy {self.facts.policy}.{choices}")
        number = self._known[path]
        if number.standing == "unresolved":
            raise DataError(
                f"'{path}': the sources disagree and none prevails: {'; '.join(number.alternatives)}. Pin a claim."
            )
        if number.value is None and number.text is None and number.lo is None and number.hi is None:
            raise DataError(f"'{path}': is not known under policy {self.facts.policy}. Leave it out, or write that.")
        return number

    def all(self) -> Iterable[Number]:
        """Every number, for a memo's typed amounts to be held against."""
        return self._known.values()

    def _from_facts(self) -> Iterable[Number]:
        for row in self.facts.frame.iter_rows(named=True):
            subject = row["subject"].replace(":", ".", 1)
            keys = [row[key].replace(":", ".", 1) for key in ("object", "basis", "period") if row[key]]
            label = f"{self.facts.corpus.label(row['subject'], self.lang)}, {self.facts.corpus.label(row['property'], self.lang)}"
            yield self._number(".".join([subject, row["property"], *keys]), label, row, row["support"])

    def _from_deals(self) -> Iterable[Number]:
        """A deal's fields by their plain name, and its measures."""
        deals = deals_from(self.facts)
        corpus = self.facts.corpus
        fields = [name.removesuffix("_standing") for name in deals.columns if name.endswith("_standing")]
        for row in deals.iter_rows(named=True):
            path, name = row["deal_id"].replace(":", ".", 1), corpus.label(row["deal_id"], self.lang)
            for field in fields:
                if row[f"{field}_standing"]:
                    value = row[field]
                    text = None if isinstance(value, int | float) or value is None else str(value)
                    parts = {"value": value if text is None else None, "value_text": text, "lo": row.get(f"{field}_lo"),
                             "hi": row.get(f"{field}_hi"), "unit": row.get(f"{field}_unit"), "standing": row[f"{field}_standing"]}  # fmt: skip
                    yield self._number(
                        f"{path}.{field}", f"{name}, {corpus.label(field, self.lang)}", parts, row[f"{field}_claims"]
                    )
        for row in measures_from(deals, self.facts).iter_rows(named=True):
            path = f"{row['deal_id'].replace(':', '.', 1)}.{row['measure']}"
            label = f"{corpus.label(row['deal_id'], self.lang)}, {wording.word('measure', row['measure'], self.lang)}"
            yield self._number(path, label, row, row["claims"])

    def _from_findings(self) -> Iterable[Number]:
        for find in FINDINGS.values():
            for row in find(self.facts):
                if not isinstance(row["value"], str):
                    label = wording.word("finding", row["id"], self.lang)
                    yield self._number(f"finding:{row['id']}", label, row, row["claims"])

    @staticmethod
    def _number(path: str, label: str, row: dict[str, Any], claims: Iterable[str]) -> Number:
        return Number(path, label, value=row["value"], lo=row["lo"], hi=row["hi"], unit=row["unit"], text=row.get("value_text"),
                      standing=row["standing"], claims=tuple(sorted(claims or ())),
                      alternatives=tuple(str(a) for a in row.get("alternatives") or ()))  # fmt: skip
