"""Every amount of money, percentage, multiple, count, age, date and period of a text, in French or English.

One pass: an expression finds the places where a quantity may begin, and each is read from there. Positions are code
points of the text as given, whatever its typography. Values are decimals in base units.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Any

from analysis.articles import amounts, dates, grammar
from analysis.articles.lexicon import LANGS
from analysis.articles.typography import Flat, flatten
from analysis.errors import DataError, one_of


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity as written.

    Attributes:
        kind: money, percent, multiple, count, age or date.
        start: first code point in the text as given; `end` is one past the last.
        value: in base units, an EDTF text for a date; null for a range, a vague amount, an unresolved date.
        lo: with `hi`, the ends of a range; null otherwise.
        unit: ISO 4217, percent, points, multiple, years, date, or the thing counted; null where unknown.
        hedge: one of schema.HEDGES.
        inherited: the currency was taken from the words around.
        note: what a reader should check, such as a weekday that contradicts its day.
    """

    kind: str
    start: int
    end: int
    text: str
    value: Decimal | str | None
    lo: Decimal | None = None
    hi: Decimal | None = None
    unit: str | None = None
    hedge: str = "exact"
    inherited: bool = False
    note: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The quantity as plain data; `inherited` and `note` appear only where they say something."""
        row: dict[str, Any] = {"kind": self.kind, "start": self.start, "end": self.end, "text": self.text}
        row |= {"value": _plain(self.value), "lo": _plain(self.lo), "hi": _plain(self.hi)}
        row |= {"unit": self.unit, "hedge": self.hedge}
        return row | ({"inherited": True} if self.inherited else {}) | ({"note": self.note} if self.note else {})


def read(text: str, lang: str = "auto", published: str | None = None) -> list[Quantity]:
    """The quantities of a text, in reading order, none overlapping another.

    Args:
        text: any text; nothing in it makes this fail.
        lang: fr, en or auto.
        published: EDTF; without it a relative date has no value.

    >>> [(q.text, q.value, q.unit, q.hedge) for q in read("un peu plus de 14 milliards de dollars", "fr")]
    [('14 milliards de dollars', Decimal('14000000000'), 'USD', 'slightly_above')]
    """
    if lang not in ("auto", *LANGS):
        raise DataError(f"lang: {one_of(lang, ('auto', *LANGS))}")
    if lang == "auto":
        lang = language(text) or "en"
    flat, reference = flatten(text), dates.Reference.of(published)
    g = grammar.grammar(lang)
    found: list[amounts.Amount] = []
    out: list[Quantity] = []
    cursor = 0
    low = flat.low
    for match in _anchors(lang).finditer(low):
        pos = match.start()
        if pos < cursor:
            continue
        if (match["date"] or low[pos].isdigit()) and (dated := dates.date_at(flat, lang, reference, pos)):
            start, cursor, value, note = dated
            out.append(_quantity(flat, "date", start, cursor, value=value, unit="date", note=note))
            continue
        start_of = match if match["date"] is None else _anchors(lang, dated=False).match(low, pos)
        if start_of and (amount := amounts.amount_at(flat, g, start_of, cursor)):
            found.append(amount)
            cursor = amount.end
        elif low[pos].isdigit():
            cursor = _RUN.match(low, pos).end()  # type: ignore[union-attr]
    found = amounts.joined(flat, g, found)[::-1]
    while found:  # each goes as its quantity comes: there are many, and both are held otherwise
        out.append(_of_amount(flat, found.pop()))
    out.sort(key=lambda quantity: quantity.start)
    return _with_countries(out)


# « 16 milliards de couronnes », after « 3,6 milliards de couronnes norvégiennes »: the country's own, until another is named.
_SHARED = re.compile(
    r"(?:(?P<named>norwegian|danish|czech|swedish|mexican|chilean|colombian|argentine|philippine|indonesian|indian|pakistani) )?"
    r"(?P<money>crown|couronne|krone|peso|rupee|roupie|franc)s?(?P<after> (?:[a-z]+i?en|suedois|danois|tcheque|cfa)[a-z]*)?$"
)


_SHARERS = {"SEK", "NOK", "DKK", "CZK", "MXN", "CLP", "COP", "ARS", "PHP", "IDR", "INR", "CHF", "XOF"}


def _with_countries(found: list[Quantity]) -> list[Quantity]:
    """Money whose name several countries share, in the currency of the last one that was named."""
    last: dict[str, str | None] = {}
    for i, quantity in enumerate(found):
        if quantity.unit not in _SHARERS:
            continue
        if match := _SHARED.search(flatten(quantity.text[-40:]).low):
            if match["named"] or match["after"]:
                last[match["money"]] = quantity.unit
            elif match["money"] in last:
                found[i] = replace(quantity, unit=last[match["money"]])
    return found


_RUN = re.compile(r"[0-9]+")


@cache
def _anchors(lang: str, *, dated: bool = True) -> re.Pattern[str]:
    """Where a quantity may begin: a digit, or a word of these; what is neither is passed over at once."""
    words = (dates.anchors(lang) + "|" if dated else "") + grammar.anchors(lang)
    return re.compile(rf"(?=[0-9a-z])(?:(?=[0-9])(?<![0-9])|(?<!\w)(?:{words}))")


def _quantity(flat: Flat, kind: str, start: int, end: int, **rest: Any) -> Quantity:
    first, last = flat.span(start, end)
    text = flat.given[first:last]
    return Quantity(kind, first, last, flat.said.setdefault(text, text), **rest)


def _of_amount(flat: Flat, a: amounts.Amount) -> Quantity:
    value, hi = a.value, a.hi
    return _quantity(
        flat, a.kind or "count", a.start, a.end, value=None if hi is not None else value, lo=value if hi is not None else None,
        hi=hi, unit=a.unit, hedge=a.hedge, inherited=a.inherited,
    )  # fmt: skip


def _plain(value: Decimal | str | None) -> int | float | str | None:
    if value is None or isinstance(value, str):
        return value
    return int(value) if value == value.to_integral_value() else float(value)


_FRENCH = re.compile(
    r"\b(?:le|la|les|des|du|une|est|dans|pour|qui|sur|au|aux|par|ses|cette|avec|d|l|et|en|il|elle|a|de)\b"
)
_ENGLISH = re.compile(r"\b(?:the|of|and|to|in|is|was|that|for|with|on|its|by|from|said|will|has|at|it|as|an|a)\b")


def language(text: str) -> str | None:
    """fr or en, by their commonest words in the first 20,000 characters; null where neither stands out.

    >>> language("Le groupe a cédé sa filiale."), language("The group sold its unit."), language("Der Konzern verkauft.")
    ('fr', 'en', None)
    """
    sample = flatten(text[:20_000]).low
    french, english = len(_FRENCH.findall(sample)), len(_ENGLISH.findall(sample))
    many = len(re.findall(r"\b[a-z']+", sample))
    if max(french, english) * 12 < many:
        return None
    return None if french == english == 0 else "fr" if french >= english else "en"
