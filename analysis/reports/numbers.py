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

PATH = re.compile(r"(?:finding:|\b(?:deal|org|person|round|product|event)\.)[a-z0-9][a-z0-9_.-]*$")
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
    words: str | None = None  # `text` in the language asked for
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
            return wording.day(self.text, lang) if self.unit == "date" or form == "date" else self.words or self.text
        self._check(form)
        if form == "range":
            return wording.interval(self.lo, self.hi, self.unit, lang)
        unit = {"x": "multiple", "%": "percent"}.get(form, self.unit)
        value = self.value
        if value is None:
            return wording.interval(self.lo, self.hi, unit, lang)
        if (self.lo is None) != (self.hi is None):  # a bound: what is said is at least, or at most, so much
            return wording.interval(value if self.hi is None else None, None if self.hi is None else value, unit, lang)
        if form == "%" and self.unit in ("multiple", "share"):
            value *= 100
        return wording.quantity(value, unit, lang)

    def _check(self, form: str) -> None:
        """Refuse a form that would make another quantity of the number: no amount of money is a percentage."""
        money = self.unit is not None and len(self.unit) == 3 and self.unit.isupper()
        fits = {"$": money, "x": self.unit in ("multiple", "share"), "%": self.unit in ("percent", "multiple", "share")}
        if not fits.get(form, True):
            raise DataError(f"'{self.path}': form '{form}' does not fit its unit, {self.unit}. Leave the form out.")


_KEPT: dict[
    tuple[int, str], Numbers
] = {}  # of the facts met last; each holds its facts, so that no other gets their id


def numbers_of(facts: Facts, lang: str = "en") -> Numbers:
    """The numbers under one set of facts: the same for every memo that is filled in or checked under it."""
    key = id(facts), lang
    if key not in _KEPT:
        if len(_KEPT) >= 4:
            del _KEPT[next(iter(_KEPT))]
        _KEPT[key] = Numbers(facts, lang)
    return _KEPT[key]


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
            start, _, last = path.rpartition(".")
            near = [known for known in self._known if known.startswith(start + ".")]
            same = near or [known for known in self._known if known.endswith("." + last)] or self._known
            choices = nearest(path, same) or (f" There are {', '.join(near[:8])}." if near else "")
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
            keys = [row[key].replace(":", ".", 1) for key in ("object", "basis", "period") if row[key]]
            label = self._label(row["subject"], self.facts.corpus.label(row["property"], self.lang))
            yield self._number(".".join([_dotted(row["subject"]), row["property"], *keys]), label, row, row["support"])

    def _from_deals(self) -> Iterable[Number]:
        """A deal's fields by their plain name, and its measures."""
        deals = deals_from(self.facts)
        fields = [name.removesuffix("_standing") for name in deals.columns if name.endswith("_standing")]
        for row in deals.iter_rows(named=True):
            for field in fields:
                if row[f"{field}_standing"]:
                    cells = {name: row.get(f"{field}_{name}") for name in ("lo", "hi", "unit", "standing")}
                    value = row[field]
                    cells |= {"value": None, "value_text": value} if isinstance(value, str) else {"value": value}
                    label = self._label(row["deal_id"], self._field(field))
                    yield self._number(f"{_dotted(row['deal_id'])}.{field}", label, cells, row[f"{field}_claims"])
        for row in measures_from(deals, self.facts).iter_rows(named=True):
            label = self._label(row["deal_id"], _lower(wording.word("measure", row["measure"], self.lang)))
            yield self._number(f"{_dotted(row['deal_id'])}.{row['measure']}", label, row, row["claims"])

    def _from_findings(self) -> Iterable[Number]:
        for find in FINDINGS.values():
            for row in find(self.facts):
                if not isinstance(row["value"], str):
                    label = wording.word("finding", row["id"], self.lang)
                    yield self._number(f"finding:{row['id']}", label[0].upper() + label[1:], row, row["claims"])

    def _label(self, subject: str, what: str) -> str:
        return f"{self.facts.corpus.label(subject, self.lang)}, {what}"

    def _field(self, field: str) -> str:
        """A field of a deal in words; what is the acquirer's own says so."""
        corpus = self.facts.corpus
        if (label := corpus.label(field, self.lang)) != field:
            return label
        own = field.removeprefix("acquirer_")
        party = wording.word("party", "acquirer", self.lang)
        return (
            f"{corpus.label(own, self.lang)} ({party})" if own != field else wording.word("measure", field, self.lang)
        )

    def _number(self, path: str, label: str, row: dict[str, Any], claims: Iterable[str]) -> Number:
        text, unit = row.get("value_text"), row["unit"]
        words = wording.worded(text, self.facts.corpus, self.lang) if text and unit != "date" else text
        others = tuple(self._alternative(other, unit) for other in row.get("alternatives") or ())
        return Number(path, label, value=row["value"], lo=row["lo"], hi=row["hi"], unit=unit, text=text, words=words,
                      standing=row["standing"], claims=tuple(sorted(claims or ())), alternatives=others)  # fmt: skip

    def _alternative(self, other: dict[str, Any], unit: str | None) -> str:
        """One of the values between which a fact is not decided, with its claims."""
        if other["value_text"]:
            shown = wording.worded(other["value_text"], self.facts.corpus, self.lang)
        else:
            value = other["value"]
            plain = value is not None
            shown = wording.quantity(value, unit, self.lang) if plain else wording.interval(other["lo"], other["hi"], unit, self.lang)  # fmt: skip
        return f"{shown} ({', '.join(other['claims'])})"


def _dotted(subject: str) -> str:
    return subject.replace(":", ".", 1)


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:]
