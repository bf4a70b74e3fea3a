"""The number in a quote: is it there, and how exactly was it written? (« 14,3 milliards » -> a unit of 100 million)"""

from __future__ import annotations

import re
from decimal import Decimal

_DIGITS = re.compile(r"\d+(?:[ .,'\u00a0\u202f]\d{3})+(?:[.,]\d+)?(?!\d)|\d+[.,]\d+|\d+")
_SCALES = [Decimal(10) ** power for power in (0, 3, 6, 9, 12)]
_WORDS = {
    1: "un une one an first premier première premiere début single sole million milliard billion trillion",
    2: "deux two second seconde deuxième deuxiéme double doubled doubling doublé doublée doubler doublement twice",
    3: "trois three third troisième tiers triple triplé triplée tripled",
    4: "quatre four fourth quatrième quart quarter quadruple quadruplé",
    5: "cinq five fifth cinquième quintuple",
    6: "six sixth sixième",
    7: "sept seven seventh septième",
    8: "huit eight eighth huitième",
    9: "neuf nine ninth neuvième",
    10: "dix ten tenth dixième dizaine dizaines decuple",
    11: "onze eleven",
    12: "douze twelve douzaine dozen dozens",
    13: "treize thirteen",
    14: "quatorze fourteen",
    15: "quinze fifteen quinzaine",
    16: "seize sixteen",
    20: "vingt twenty vingtaine",
    30: "trente thirty trentaine",
    40: "quarante forty",
    50: "cinquante fifty moitié half",
    60: "soixante sixty",
    100: "cent cents hundred hundreds centaine centaines",
    1000: "mille millier milliers thousand thousands",
}
_VALUE_OF = {word: Decimal(value) for value, words in _WORDS.items() for word in words.split()}
_UNITS = [Decimal(10) ** power for power in (12, 9, 6)]


def written_unit(quote: str, value: Decimal) -> Decimal | None:
    """One unit of the last written digit of `value` in a quote, in base units; null where it is not there.

    >>> written_unit("14,3 milliards de dollars", Decimal(14_300_000_000))
    Decimal('100000000')
    """
    fits = [
        (scale, Decimal(10) ** -decimals * scale)
        for number, decimals in _readings(quote)
        for scale in _SCALES
        if number * scale == value
    ]
    return max(fits)[1] if fits else None


def press_unit(value: Decimal) -> Decimal:
    """The same for an amount without a quote: as the press writes it, in the largest of tn, bn and m."""
    scale = next((unit for unit in _UNITS if abs(value) >= unit), Decimal(1))
    scaled = (value / scale).normalize()
    exponent = scaled.as_tuple().exponent
    return scale * Decimal(10) ** min(0, exponent if isinstance(exponent, int) else 0)


def quotes_number(quote: str, value: Decimal) -> bool:
    """Whether a quote holds the number: in digits, or as a word (« deuxième », « plus que doublée », "half")."""
    if written_unit(quote, value) is not None:
        return True
    words = re.findall(r"[^\W\d_]+", quote.lower())
    return any(_VALUE_OF[word] * scale == value for word in words if word in _VALUE_OF for scale in _SCALES)


def _readings(quote: str) -> list[tuple[Decimal, int]]:
    """Each number of a quote as (number, decimals written), a mark before three digits read both ways."""
    readings = []
    for match in _DIGITS.finditer(quote):
        written = match.group()
        parts = re.split(r"[ .,'\u00a0\u202f]", written)
        if all(len(part) == 3 for part in parts[1:]) and len(parts[0]) <= 3:
            readings.append((Decimal("".join(parts)), 0))
        if len(parts) > 1 and not written[-len(parts[-1]) - 1].isspace():
            readings.append((Decimal("".join(parts[:-1]) + "." + parts[-1]), len(parts[-1])))
        if len(parts) == 1:
            readings.append((Decimal(written), 0))
    return readings
